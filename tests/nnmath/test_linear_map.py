import math
import pickle

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import LinearMap, between_maps

entries = st.floats(-10, 10).map(lambda value: round(value, 6))
matrices = st.lists(st.lists(entries, min_size=2, max_size=2), min_size=1, max_size=2).map(np.array)
squares = st.lists(st.lists(entries, min_size=2, max_size=2), min_size=2, max_size=2).map(np.array)
times = st.floats(0, 1)


def rotation(angle: float) -> np.ndarray:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def polygon_area(corners: np.ndarray) -> float:
    x, y = corners.T
    return 0.5 * float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))


@given(matrices, st.lists(st.tuples(entries, entries), min_size=1, max_size=6))
def test_a_point_is_its_coordinates_steps_along_the_images_of_i_and_j(matrix, points) -> None:
    linear_map = LinearMap(matrix)
    image_i, image_j = linear_map.basis_images
    landed = linear_map.apply(points)
    assert landed.shape == (len(points), len(matrix))
    for (x1, x2), end in zip(points, landed, strict=True):
        assert_allclose((x1 * image_i + x2 * image_j)[: len(matrix)], end, atol=1e-9)
    assert not image_i[len(matrix) :].any()


@given(squares)
def test_area_of_a_triangle_scales_by_the_determinant(matrix) -> None:
    triangle = np.array([[0.5, -1.0], [2.0, 0.25], [-1.0, 3.0]])
    linear_map = LinearMap(matrix)
    grown = polygon_area(linear_map.apply(triangle))
    assert_allclose(grown, linear_map.determinant * polygon_area(triangle), atol=1e-8)
    assert_allclose(linear_map.determinant, np.linalg.det(matrix), atol=1e-8)


@given(st.lists(entries, min_size=2, max_size=2))
def test_a_map_onto_the_number_line_ends_on_the_x_axis_without_area(row) -> None:
    linear_map = LinearMap([row])
    assert linear_map.determinant == 0
    assert_array_equal(linear_map.embedded, [row, [0, 0]])


@given(matrices)
def test_a_motion_starts_at_the_identity_and_ends_at_the_matrix_exactly(matrix) -> None:
    linear_map = LinearMap(matrix)
    assert_array_equal(linear_map.between(0), np.eye(2))
    assert_array_equal(linear_map.between(1), linear_map.embedded)


@given(matrices, times)
def test_a_motion_has_no_jumps(matrix, t) -> None:
    linear_map = LinearMap(matrix)
    later = min(1.0, t + 1e-7)
    # No column is longer than 15 and none turns faster than a half turn in the whole time.
    assert_allclose(linear_map.between(later), linear_map.between(t), atol=1e-4)


@given(matrices, times)
def test_lengths_stay_between_their_ends_and_no_vector_turns_more_than_half_way(matrix, t) -> None:
    linear_map = LinearMap(matrix)
    middle, end = linear_map.between(t), linear_map.embedded
    for k in (0, 1):
        length = np.hypot(*middle[:, k])
        ends = sorted([1.0, np.hypot(*end[:, k])])
        assert ends[0] - 1e-9 <= length <= ends[1] + 1e-9
        if min(length, ends[0]) > 1e-6:
            start_to_middle = abs(angle_between(np.eye(2)[k], middle[:, k]))
            middle_to_end = abs(angle_between(middle[:, k], end[:, k]))
            assert_allclose(
                start_to_middle + middle_to_end, abs(angle_between(np.eye(2)[k], end[:, k])), atol=1e-6
            )


def angle_between(first: np.ndarray, second: np.ndarray) -> float:
    return math.atan2(first[0] * second[1] - first[1] * second[0], float(first @ second))


@given(st.floats(-math.pi, math.pi), times)
def test_between_of_a_rotation_is_the_rotation_by_a_part_of_its_angle(angle, t) -> None:
    assume(abs(abs(angle) - math.pi) > 1e-6)
    assert_allclose(LinearMap(rotation(angle)).between(t), rotation(t * angle), atol=1e-9)


@pytest.mark.parametrize(
    "half_turn", [rotation(math.pi), rotation(-math.pi), -np.eye(2), np.diag([-3.0, -3.0])]
)
def test_a_half_turn_turns_counter_clockwise_all_in_one(half_turn) -> None:
    size = np.hypot(*half_turn[:, 0])
    for t in (0.1, 0.25, 0.5, 0.9):
        expected = (1 - t + t * size) * rotation(t * math.pi)
        assert_allclose(LinearMap(half_turn).between(t), expected, atol=1e-9)


def test_onto_the_line_j_turns_clockwise_and_keeps_its_length() -> None:
    linear_map = LinearMap([[1, 1]])
    for t in np.linspace(0, 1, 11):
        i, j = linear_map.between(t).T
        assert_allclose(i, [1, 0], atol=1e-12)
        assert_allclose(j, [math.cos((1 - t) * math.pi / 2), math.sin((1 - t) * math.pi / 2)], atol=1e-12)


@pytest.mark.parametrize(
    ("matrix", "direction"),
    [([[-1, 1]], -1), ([[-1, -1]], 1), ([[-1.0, 0.0], [-0.0, 1.0]], 1), ([[-2, 0]], 1)],
)
def test_an_exact_half_turn_follows_the_other_vector_else_goes_counter_clockwise(matrix, direction) -> None:
    i = LinearMap(matrix).between(0.5)[:, 0]
    assert i[1] * direction > 0.5
    assert_allclose(i[0], 0, atol=1e-12)


def test_a_vector_that_ends_or_starts_at_zero_keeps_its_direction() -> None:
    for t in (0.2, 0.7):
        assert_allclose(LinearMap([[2, 0], [0, 0]]).between(t)[:, 1], [0, 1 - t], atol=1e-12)
        grown = between_maps(np.zeros((2, 2)), [[3, 0], [4, -1]], t)
        assert_allclose(grown, np.array([[3, 0], [4, -1]]) * t, atol=1e-12)


@given(squares, squares, times)
def test_between_maps_is_symmetric_in_time(start, end, t) -> None:
    turns = [angle_between(start[:, k], end[:, k]) for k in (0, 1)]
    assume(all(abs(turn) < math.pi - 1e-6 for turn in turns))
    assert_allclose(between_maps(start, end, t), between_maps(end, start, 1 - t), atol=1e-8)
    assert_array_equal(between_maps(start, end, 0), start)
    assert_array_equal(between_maps(start, end, 1), end)


def test_a_map_can_be_pickled_and_not_changed() -> None:
    linear_map = LinearMap([[1, 2], [3, 4]])
    assert_array_equal(pickle.loads(pickle.dumps(linear_map)).matrix, linear_map.matrix)
    with pytest.raises(ValueError, match="read-only"):
        linear_map.between(1)[0, 0] = 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LinearMap([[1, 2, 3]]), r"matrix must have shape \(1, 2\) or \(2, 2\); got shape \(1, 3\)"),
        (lambda: LinearMap([1, 2]), r"matrix must have shape .*got shape \(2,\)"),
        (lambda: LinearMap([[1, math.nan]]), r"matrix must be finite; got nan at index \(0, 1\)"),
        (lambda: LinearMap([[1, 2]]).apply([1, 2]), r"points must have shape"),
        (lambda: LinearMap([[1, 2]]).between(1.5), r"t must be .*got 1.5"),
        (lambda: LinearMap([[1, 2]]).between(math.nan), r"t must be .*got nan"),
        (lambda: between_maps([[1, 2]], np.eye(2), 0), r"start must have shape \(2, 2\); got shape \(1, 2\)"),
        (lambda: between_maps(np.eye(2), [[1, 2]], 0), r"end must have shape"),
    ],
)
def test_bad_arguments_are_named(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
