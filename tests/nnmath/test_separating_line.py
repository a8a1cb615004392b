import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import best_line, linearly_separable, two_curves

coordinates = st.integers(-4, 4).map(float)
clouds = st.lists(st.tuples(coordinates, coordinates, st.integers(0, 1)), min_size=2, max_size=9).filter(
    lambda rows: len({label for *_, label in rows}) == 2
)


def right_of(line, points, labels) -> int:
    return int(np.sum((points @ line.normal >= line.offset) == (labels == 1)))


def most_right_by_separable_subsets(points, labels) -> int:
    """Every way a line can part the points is a line through two of them, nudged: try all nudges."""
    best = max(labels.sum(), len(labels) - labels.sum())
    for i in range(len(points)):
        for j in range(len(points)):
            along = points[j] - points[i]
            if not along.any():
                continue
            side = along[0] * (points[:, 1] - points[i, 1]) - along[1] * (points[:, 0] - points[i, 0])
            place = (points - points[i]) @ along
            on = side == 0
            # Turned about a place on the line, its points part in order of place; moved, they stay together.
            for cut in [-math.inf, *np.unique(place[on]) + 1e-6]:
                for early in (True, False):
                    above = np.where(on, (place > cut) == early, side > 0)
                    right = int(np.sum(above == (labels == 1)))
                    best = max(best, right, len(labels) - right)
    return int(best)


def test_no_straight_line_gets_more_than_174_of_the_hard_curves() -> None:
    hard = two_curves(0.7)
    line = best_line(hard.points, hard.labels)
    assert (line.right, line.total, line.exact) == (174, 200, True)
    assert line.accuracy == 0.87
    assert right_of(line, hard.points, hard.labels) == 174
    easy = two_curves(1.9)
    assert best_line(easy.points, easy.labels).right == 200


@settings(max_examples=200)
@given(clouds)
def test_a_small_cloud_agrees_with_lines_through_its_points(rows) -> None:
    points = np.array([row[:2] for row in rows])
    labels = np.array([row[2] for row in rows])
    line = best_line(points, labels)
    assert line.right == right_of(line, points, labels) == most_right_by_separable_subsets(points, labels)
    assert np.hypot(*line.normal) == pytest.approx(1)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 6, 1000]))
def test_a_crowd_agrees_too_with_many_points_in_one_place_or_one_row(seed, cells) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, cells, size=(24, 2)).astype(float)
    labels = rng.permutation(np.repeat([0, 1], [10, 14]))
    assert best_line(points, labels).right == most_right_by_separable_subsets(points, labels)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_moving_turning_and_swapping_changes_no_count(seed) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(25, 2))
    labels = rng.permutation(np.repeat([0, 1], [12, 13]))
    expected = best_line(points, labels).right
    turn = rng.uniform(0, 6)
    rotation = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    for moved in (points @ rotation.T, 1e3 * points + 500, points * [1, -1]):
        line = best_line(moved, labels)
        assert line.right == expected == right_of(line, moved, labels)
    assert best_line(points, 1 - labels).right == expected


def test_many_points_are_swept_and_no_worse_than_the_exact_line_for_fewer() -> None:
    many = two_curves(0.7, 1000)
    line = best_line(many.points, many.labels)
    assert not line.exact
    assert line.right == right_of(line, many.points, many.labels)
    few = two_curves(0.7, 150)
    exact = best_line(few.points, few.labels)
    assert exact.exact
    # The exact line for the thinned curves is a candidate for the full ones.
    assert line.right >= right_of(exact, many.points, many.labels)


def test_points_in_one_place_are_all_one_class() -> None:
    line = best_line(np.ones((5, 2)), [0, 1, 1, 0, 1])
    assert line.right == 3
    assert right_of(line, np.ones((5, 2)), np.array([0, 1, 1, 0, 1])) == 3


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="labels must hold both classes"):
        best_line([[1, 2], [3, 4]], [1, 1])
    with pytest.raises(ValueError, match="points must have shape"):
        best_line([[1, 2, 3]], [1])


@given(st.integers(0, 10_000), st.floats(-1.0, 1.0))
def test_separable_means_that_the_best_line_gets_all_right(seed: int, shift: float) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(14, 2))
    labels = (points @ rng.normal(size=2) + shift > 0).astype(int)
    if rng.random() < 0.5:
        labels[rng.integers(14)] ^= 1
    if len(np.unique(labels)) < 2:
        labels[0] ^= 1
    assert linearly_separable(points, labels) == (best_line(points, labels).right == 14)


def test_the_two_curves_are_separable_while_the_gap_is_wide() -> None:
    for gap, expected in ((1.9, True), (1.3, True), (1.1, False), (0.7, False)):
        curves = two_curves(gap)
        assert linearly_separable(curves.points, curves.labels) is expected
