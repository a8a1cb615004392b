"""A flip played as a turn in space: where it begins and ends, about what, and what the eye sees."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnmath.plane_map import PlaneMap
from nnmath.turning_over import TurnedMap, flip_axis, turn_over

entries = st.integers(-40, 40).map(lambda n: n / 10)
times = st.integers(1, 99).map(lambda n: n / 100)
clouds = st.lists(st.tuples(entries, entries), min_size=1, max_size=8).map(np.array)


@st.composite
def flips(draw: st.DrawFn) -> np.ndarray:
    """Draw a matrix (2, 2) with a negative determinant."""
    (a, b), (c, d) = (draw(st.tuples(entries, entries)) for _ in range(2))
    assume(abs(a * d - b * c) > 0.01)
    return np.array([[a, b], [c, d]] if a * d < b * c else [[b, a], [d, c]])


@given(flips())
def test_the_axis_is_that_of_the_nearest_reflection(matrix: np.ndarray) -> None:
    left, _, right = np.linalg.svd(matrix)
    reflection = left @ right
    axis = flip_axis(matrix)
    assert reflection @ axis == pytest.approx(axis, abs=1e-9)
    assert math.hypot(*axis) == pytest.approx(1)


def test_no_axis_where_nothing_is_flipped() -> None:
    with pytest.raises(ValueError, match="negative determinant"):
        flip_axis([[0, -1], [1, 0]])


@given(flips(), clouds)
def test_it_begins_with_the_plane_and_ends_with_the_matrix(matrix: np.ndarray, points: np.ndarray) -> None:
    assert np.array_equal(turn_over(matrix, 0.0, eye=20.0).apply(points), points)
    assert turn_over(matrix, 1.0, eye=20.0).apply(points) == pytest.approx(points @ matrix.T, abs=1e-12)
    assert type(turn_over(matrix, 1.0, eye=20.0)) is PlaneMap


@given(st.integers(0, 359), clouds, times)
def test_a_reflection_is_a_rigid_half_turn_about_its_axis(degrees: int, points: np.ndarray, t: float) -> None:
    doubled = math.radians(2 * degrees)
    mirror = np.array([[math.cos(doubled), math.sin(doubled)], [math.sin(doubled), -math.cos(doubled)]])
    turned = turn_over(mirror, t, eye=20.0)
    assert isinstance(turned, TurnedMap)
    in_space = np.column_stack([points @ turned.matrix.T, points @ turned.heights])
    assert np.hypot(np.hypot(*in_space.T[:2]), in_space[:, 2]) == pytest.approx(np.hypot(*points.T))
    axis = np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])
    assert turned.apply(axis[None])[0] == pytest.approx(axis)
    # Half-way the plane stands upright: only what is on the axis has no height.
    upright = turn_over(mirror, 0.5, eye=20.0)
    assert isinstance(upright, TurnedMap)
    assert abs(points @ upright.heights) == pytest.approx(abs(points @ [-axis[1], axis[0]]))


@given(flips(), clouds, times)
def test_the_eye_sees_along_straight_rays(matrix: np.ndarray, points: np.ndarray, t: float) -> None:
    eye = 20.0
    turned = turn_over(matrix, t, eye=eye)
    assert isinstance(turned, TurnedMap)
    for point, seen in zip(points, turned.apply(points), strict=True):
        where = np.array([*(turned.matrix @ point), turned.heights @ point])
        ray = where - [0.0, 0.0, eye]
        assert np.cross(ray, np.array([*seen, 0.0]) - [0.0, 0.0, eye]) == pytest.approx(np.zeros(3), abs=1e-6)
    images = turned.apply(np.eye(2))
    assert images == pytest.approx(turned.columns.T)


@given(flips(), clouds, times)
def test_lines_are_where_their_points_are_seen(matrix: np.ndarray, points: np.ndarray, t: float) -> None:
    turned = turn_over(matrix, t, eye=30.0)
    starts, ends = points, points[::-1] + 1.0
    lines = turned.apply_to_lines(starts, ends)
    assert lines[:, 0] == pytest.approx(turned.apply(starts))
    assert lines[:, 3] == pytest.approx(turned.apply(ends))


def test_lines_are_cut_off_before_the_eye() -> None:
    standing = TurnedMap(np.array([[1.0, 0.0], [0.0, 0.5]]), heights=np.array([0.0, 1.0]), eye=2.0)
    low, high, gone = standing.apply_to_lines([[1, -1], [1, 3], [0, 3]], [[1, 3], [1, -1], [1, 5]])
    assert low[0] == pytest.approx(standing.apply([[1, -1]])[0])
    assert low[3] == pytest.approx(high[0])
    # All that is seen of the line lies on one side, towards the edge of what can be seen.
    assert low[3].min() > 100
    assert gone[0] == pytest.approx(gone[3])
