"""Dashed legs lead from the origin to the tip along the axes, and their numbers keep clear."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.plane.coordinates import Coordinates
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import Obstacle, boxes_of
from scenes.style.layout import LAYOUTS
from scenes.style.theme import THEMES

STAGE = LAYOUTS["16:9"].stage
VIEW = View(STAGE, np.array([2.0, 0.5]), 0.9)
numbers = st.integers(-20, 20).map(lambda n: n / 10)
tips = st.tuples(numbers, numbers).map(np.array)


def drawn(tip: np.ndarray, *, up_first: bool = False) -> Coordinates:
    entries = tuple(str(number) for number in tip.tolist())
    return Coordinates(VIEW, THEMES["dark"], tip, entries, role="basis_i", up_first=up_first)


@given(tips, st.booleans())
def test_each_leg_is_one_coordinate_long(tip: np.ndarray, up_first: bool) -> None:
    shown = drawn(tip, up_first=up_first)
    for axis, leg in enumerate(shown.legs):
        if abs(tip[axis]) > 0:
            pieces = leg.pieces.reshape(-1, 2)
            span = np.ptp(pieces, axis=0) / VIEW.unit
            assert span[1 - axis] == pytest.approx(0, abs=1e-9)
            assert span[axis] <= abs(tip[axis]) + 1e-9
            assert span[axis] >= abs(tip[axis]) - 0.11 / VIEW.unit
    assert (shown.arrow.head - VIEW.origin) / VIEW.unit == pytest.approx(tip, abs=1e-9)


@given(tips)
def test_numbers_keep_off_each_other_and_on_the_stage(tip: np.ndarray) -> None:
    shown = drawn(tip)
    shown.place_numbers([], STAGE)
    first, second = boxes_of(shown.numbers)
    assert Obstacle(first[None]).crowding(second[None])[0] == 0
    for left, bottom, right, top in (first, second):
        assert left >= STAGE.left - 1e-6
        assert right <= STAGE.right + 1e-6
        assert bottom >= STAGE.bottom - 1e-6
        assert top <= STAGE.top + 1e-6


@given(tips)
def test_it_stands_where_another_view_sees_it(tip: np.ndarray) -> None:
    shown, other = drawn(tip), View(STAGE, np.array([1.0, -0.5]), 0.4)
    shown.look(other)
    assert shown.corners[2] == pytest.approx(other.to_scene(tip[None])[0])
    assert shown.arrow.head == pytest.approx(shown.corners[2])
