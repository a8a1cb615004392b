"""A plane map is what its formula says, for points and for the lines between them."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnmath.plane_map import PlaneMap

# Decimals rather than floats: no coordinate so small that a product underflows.
coordinates = st.integers(-400, 400).map(lambda n: n / 100)
matrices = arrays(np.float64, (2, 2), elements=coordinates)
vectors = arrays(np.float64, 2, elements=coordinates)
folds = arrays(np.float64, 2, elements=st.integers(0, 10).map(lambda n: n / 10))
clouds = arrays(np.float64, st.tuples(st.integers(1, 12), st.just(2)), elements=coordinates)
maps = st.builds(PlaneMap, matrices, vectors, folds, matrices, vectors)


def one_by_one(plane_map: PlaneMap, point: np.ndarray) -> list[float]:
    """Map one point with nothing but scalar arithmetic."""
    (a, b), (c, d) = plane_map.matrix.tolist()
    x, y = (float(number) for number in point)
    u = a * x + b * y + float(plane_map.offset[0])
    v = c * x + d * y + float(plane_map.offset[1])
    u = u if u >= 0 else u * (1 - float(plane_map.fold[0]))
    v = v if v >= 0 else v * (1 - float(plane_map.fold[1]))
    (a, b), (c, d) = plane_map.outer_matrix.tolist()
    p, q = plane_map.outer_offset.tolist()
    return [a * u + b * v + p, c * u + d * v + q]


def distance_to_polyline(points: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Return how far each of points (n, 2) is from the polyline through corners (k, 2)."""
    distances = []
    for start, end in itertools.pairwise(corners):
        along = end - start
        length = float(along @ along)
        share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
        distances.append(np.hypot(*(points - start - share[:, None] * along).T))
    return np.min(distances, axis=0)


@given(maps, clouds)
def test_every_point_goes_where_the_formula_says(plane_map: PlaneMap, points: np.ndarray) -> None:
    expected = [one_by_one(plane_map, point) for point in points]
    assert plane_map.apply(points) == pytest.approx(np.array(expected), abs=1e-9)


@given(matrices, vectors, clouds)
def test_a_full_fold_is_relu_and_no_fold_is_affine(
    matrix: np.ndarray, offset: np.ndarray, points: np.ndarray
) -> None:
    before = points @ matrix.T + offset
    assert PlaneMap(matrix, offset).apply(points) == pytest.approx(before, abs=1e-12)
    folded = PlaneMap(matrix, offset, np.ones(2)).apply(points)
    assert folded == pytest.approx(np.maximum(before, 0), abs=1e-12)


@given(maps, clouds, clouds)
def test_the_image_of_a_line_is_the_polyline(
    plane_map: PlaneMap, starts: np.ndarray, ends: np.ndarray
) -> None:
    count = min(len(starts), len(ends))
    starts, ends = starts[:count], ends[:count]
    polylines = plane_map.apply_to_lines(starts, ends)
    assert polylines.shape == (count, 4, 2)
    for start, end, corners in zip(starts, ends, polylines, strict=True):
        shares = np.linspace(0, 1, 101)[:, None]
        samples = plane_map.apply(start + shares * (end - start))
        assert distance_to_polyline(samples, corners).max() < 1e-8
        # Not longer than the image either: sampled length never exceeds the true one, and comes close.
        true_length = np.hypot(*np.diff(corners, axis=0).T).sum()
        sampled_length = np.hypot(*np.diff(samples, axis=0).T).sum()
        assert sampled_length <= true_length + 1e-8
        assert sampled_length >= true_length * 0.9 - 1e-8
        assert corners[[0, -1]] == pytest.approx(samples[[0, -1]], abs=1e-9)


@given(matrices, vectors, clouds, clouds)
def test_the_corners_lie_on_the_axes(
    matrix: np.ndarray, offset: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> None:
    count = min(len(starts), len(ends))
    polylines = PlaneMap(matrix, offset).apply_to_lines(starts[:count], ends[:count])
    for start, first, second, end in polylines:
        crossed = [k for k in (0, 1) if (start[k] < 0) != (end[k] < 0)]
        corners = [corner for corner in (first, second) if not np.array_equal(corner, start)]
        for axis in crossed:
            touching = [abs(corner[axis]) < 1e-9 for corner in (first, second)]
            assert any(touching)
        assert len(corners) <= len(crossed)


def test_a_crease_falls_exactly_on_the_axis() -> None:
    plane_map = PlaneMap(fold=np.array([1.0, 0.0]))
    (corners,) = plane_map.apply_to_lines(np.array([[-3.0, 1.0]]), np.array([[1.0, 5.0]]))
    # From the left to the y axis, reached at height 4, all is laid onto that axis.
    assert [0.0, 4.0] in corners.tolist()
    assert corners[:3, 0].tolist() == [0.0, 0.0, 0.0]
    assert corners[3].tolist() == [1.0, 5.0]


@given(folds, clouds)
def test_what_is_not_negative_stays_whatever_the_fold(fold: np.ndarray, points: np.ndarray) -> None:
    assert np.array_equal(PlaneMap(fold=fold).apply(np.abs(points)), np.abs(points))


@given(maps, clouds)
def test_the_outer_map_comes_last(plane_map: PlaneMap, points: np.ndarray) -> None:
    inner = PlaneMap(plane_map.matrix, plane_map.offset, plane_map.fold).apply(points)
    outer = PlaneMap(plane_map.outer_matrix, plane_map.outer_offset).apply(inner)
    assert plane_map.apply(points) == pytest.approx(outer, abs=1e-12)


def test_left_to_itself_it_moves_nothing() -> None:
    points = np.array([[1.5, -2.0], [-0.25, 3.0], [0.0, 0.0]])
    assert np.array_equal(PlaneMap().apply(points), points)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fold": [0.0, 1.1]}, r"fold must lie between 0 and 1; got \[0\.0, 1\.1\]"),
        ({"fold": [-0.1, 0.0]}, "fold must lie between 0 and 1"),
        ({"matrix": np.eye(3)}, r"matrix must have shape \(2, 2\)"),
        ({"outer_matrix": [1.0, 2.0]}, r"outer_matrix must have shape \(2, 2\)"),
        ({"offset": [1.0]}, "offset must be a vector of 2 numbers"),
        ({"outer_offset": [0.0, math.inf]}, "outer_offset must be finite"),
    ],
)
def test_what_is_no_map_is_refused_by_name(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PlaneMap(**changed)  # type: ignore[arg-type]


def test_nothing_given_is_changed_and_nothing_returned_can_be() -> None:
    matrix, points = np.eye(2), np.array([[1.0, 2.0]])
    plane_map = PlaneMap(matrix)
    matrix[0, 0] = 7.0
    image = plane_map.apply(points)
    assert image.tolist() == points.tolist()
    for result in (image, plane_map.matrix, plane_map.apply_to_lines(points, points)):
        assert not result.flags.writeable
