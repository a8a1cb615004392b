"""The level: every term begins where the last one ended, in whatever pose, and no piece covers another."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.charts.level import Level, Pose, lanes_of
from scenes.style.theme import THEMES, Role

TERMS = st.lists(st.one_of(st.just(0.0), st.floats(-50, 50)), min_size=1, max_size=7)
UPRIGHT = Pose(np.array([1.0, -2.0]), math.pi / 2, 0.4, 0.6)
LYING = Pose(np.array([1.5, -2.2]), 0.0, 0.5, 0.1)


def level(terms: list[float], pose: Pose = UPRIGHT) -> Level:
    roles: list[Role] = ["basis_i"] * len(terms)
    return Level(THEMES["dark"], roles, pose, (-60.0, 60.0)).show(np.array(terms))


@given(TERMS)
def test_pieces_follow_each_other_to_the_sum_and_none_covers_another(terms: list[float]) -> None:
    drawn = level(terms)
    assert drawn.total == pytest.approx(sum(terms), abs=1e-9)
    assert drawn.ends[0, 0] == pytest.approx(0.0, abs=1e-9)
    for (_, end), (start, _) in pairwise(drawn.ends):
        assert start == pytest.approx(end, abs=1e-9)
    boxes = []
    for piece, (start, end), lane in zip(drawn.pieces, drawn.ends, drawn.lanes, strict=True):
        if not piece.has_points():
            assert abs(end - start) * UPRIGHT.unit < 1e-3
            continue
        low, high = piece.points[:, :2].min(axis=0), piece.points[:, :2].max(axis=0)
        assert [low[1], high[1]] == pytest.approx(sorted([-2.0 + 0.4 * start, -2.0 + 0.4 * end]), abs=1e-9)
        assert [low[0], high[0]] == pytest.approx([0.7 + 0.6 * lane, 1.3 + 0.6 * lane])
        boxes.append((low, high))
    for k, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:k]:
            assert (np.minimum(high, other_high) - np.maximum(low, other_low)).min() < 1e-6
    assert drawn.mark.pieces[0, :, 1] == pytest.approx(-2.0 + 0.4 * sum(terms), abs=1e-9)


def test_a_term_that_turns_back_has_a_lane_of_its_own() -> None:
    assert lanes_of(np.array([0.0, 3.0, 4.0])).tolist() == [0, 0, 0]
    assert lanes_of(np.array([1.5, -2.0, 1.0])).tolist() == [0, 1, 2]
    assert lanes_of(np.array([-1.0, 0.0, -2.0, 0.0, 3.0])).tolist() == [0, 0, 0, 0, 1]


def test_lanes_may_be_kept() -> None:
    kept = Level(THEMES["dark"], ["basis_i", "basis_j"], UPRIGHT, (-9, 9), lanes=[0, 1])
    assert kept.show(np.array([0.0, -3.0])).lanes.tolist() == [0, 1]
    assert kept.show(np.array([5.0, 1.0])).lanes.tolist() == [0, 1]


@given(st.floats(-20, 20), st.floats(0.0, 1.0))
def test_it_falls_about_its_foot_and_swings_hardly_farther_up_or_down(value: float, t: float) -> None:
    pose = UPRIGHT.towards(LYING, t)
    tip = pose.at(value)
    assert np.hypot(*(tip - pose.foot)) == pytest.approx(abs(value) * pose.unit, abs=1e-9)
    heights = [float(each.at(end)[1]) for each in (UPRIGHT, LYING) for end in (value, 0.0)]
    slack = 0.02 * abs(value) * UPRIGHT.unit + 1e-9
    assert min(heights) - slack <= tip[1] <= max(heights) + slack


def test_a_fall_ends_where_it_should() -> None:
    for t, pose in ((0.0, UPRIGHT), (1.0, LYING)):
        between = UPRIGHT.towards(LYING, t)
        assert between.at(7.0, 1.0) == pytest.approx(pose.at(7.0, 1.0))
    # Values grow upwards and lanes to the right, then values to the right and lanes downwards.
    assert UPRIGHT.at(1.0, 1.0) - UPRIGHT.foot == pytest.approx([0.6, 0.4])
    assert LYING.at(1.0, 1.0) - LYING.foot == pytest.approx([0.5, -0.1])
