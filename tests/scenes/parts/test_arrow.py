"""Arrows end where they are told to, and basis vectors are the columns of their matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scenes.parts.marks.arrow import Arrow
from scenes.parts.plane.basis_vectors import BasisVectors
from scenes.parts.plane.view import View
from scenes.style.layout import Region
from scenes.style.theme import THEMES

coordinates = st.integers(-300, 300).map(lambda n: n / 100)
points = arrays(np.float64, 2, elements=coordinates)
matrices = arrays(np.float64, (2, 2), elements=coordinates)
VIEW = View(Region(-2.2, -2.3, 6.6, 3.6), np.array([2.2, 0.65]), 0.8)
BASIS = BasisVectors(VIEW, THEMES["dark"])


@given(points, points)
def test_an_arrow_reaches_from_tail_to_head(tail: np.ndarray, head: np.ndarray) -> None:
    arrow = Arrow("#ffffff", tip=0.26).reach(tail, head)
    length = float(np.hypot(*(head - tail)))
    assert np.array_equal(arrow.tail, tail)
    assert np.array_equal(arrow.head, head)
    if length < 1e-6:
        assert len(arrow.tip.points) == len(arrow.shaft.points) == 0
        return
    corners = arrow.tip.points[:, :2]
    along = (head - tail) / length
    ahead = (corners - tail) @ along
    # The tip's foremost corner is the head, and the tip is no longer than the arrow.
    assert ahead.max() == pytest.approx(length, abs=1e-9)
    assert corners[np.argmax(ahead)] == pytest.approx(head, abs=1e-9)
    assert ahead.min() >= length - 0.26 - 1e-9
    assert ahead.min() >= -1e-9
    # It is the same on both sides.
    across = (corners - tail) @ np.array([-along[1], along[0]])
    assert across.max() == pytest.approx(-across.min(), abs=1e-9)
    (shaft,) = arrow.shaft.pieces
    assert shaft[0] == pytest.approx(tail)
    assert (shaft[1] - tail) @ along <= length + 1e-9


def test_an_arrow_can_shrink_to_nothing_and_grow_again() -> None:
    arrow = Arrow("#ffffff")
    for head in ([1.0, 0.0], [0.0, 0.0], [0.0, -2.0]):
        arrow.reach(np.zeros(2), np.array(head))
        assert bool(len(arrow.tip.points)) == any(head)


@settings(max_examples=60)
@given(matrices, points)
def test_i_and_j_are_the_columns(matrix: np.ndarray, offset: np.ndarray) -> None:
    BASIS.show(matrix, offset)
    origin = VIEW.origin + VIEW.unit * offset
    for arrow, column in ((BASIS.i, matrix[:, 0]), (BASIS.j, matrix[:, 1])):
        assert arrow.tail == pytest.approx(origin, abs=1e-9)
        assert arrow.head == pytest.approx(origin + VIEW.unit * column, abs=1e-9)
    assert BASIS.images == pytest.approx(matrix.T)


@settings(max_examples=60)
@given(matrices)
def test_names_stand_beside_their_tips(matrix: np.ndarray) -> None:
    BASIS.show(matrix)
    for arrow, name in zip((BASIS.i, BASIS.j), BASIS.names, strict=True):
        gap = np.hypot(*(name.get_center()[:2] - arrow.head))
        # Farther off only where the names would else meet.
        met = np.hypot(*(BASIS.i.head - BASIS.j.head)) < 0.8
        assert 0.1 < gap < (0.63 if met else 0.45)


def test_names_pass_each_other_where_i_and_j_are_nearly_the_same() -> None:
    for angle in np.linspace(0.0, 2 * np.pi, 25):
        along = np.array([np.cos(angle), np.sin(angle)])
        for turn in np.linspace(-0.3, 0.1, 21):
            other = np.array([np.cos(angle + turn), np.sin(angle + turn)])
            BASIS.show(np.column_stack([2.0 * along, 2.1 * other]))
            apart = np.hypot(*(BASIS.names[0].get_center() - BASIS.names[1].get_center())[:2])
            assert apart > 0.3


def test_growing_starts_at_the_origin_and_ends_at_the_columns() -> None:
    basis = BasisVectors(VIEW, THEMES["light"])
    basis.show(np.array([[2.0, 0.5], [0.0, -1.0]]))
    grow = basis.grow()
    grow._show(0.5)
    assert basis.i.head == pytest.approx(VIEW.origin + VIEW.unit * np.array([1.0, 0.0]))
    grow._show(1.0)
    assert basis.images == pytest.approx(np.array([[2.0, 0.0], [0.5, -1.0]]))
    grow._show(0.0)
    assert basis.i.head == pytest.approx(VIEW.origin)


@settings(max_examples=40)
@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=12))
def test_names_keep_clear_of_points_no_worse_than_before(pairs: list[tuple[float, float]]) -> None:
    points = VIEW.to_scene(np.array(pairs, dtype=float))

    def room(basis: BasisVectors, k: int) -> float:
        name = basis.names[k]
        apart = np.abs(points - name.get_center()[:2]) - [name.width / 2, name.height / 2]
        return float(np.hypot(*np.maximum(apart, 0.0).T).min())

    usual, moved = BasisVectors(VIEW, THEMES["dark"]), BasisVectors(VIEW, THEMES["dark"])
    moved.keep_clear(points)
    for k, arrow in enumerate((moved.i, moved.j)):
        assert room(moved, k) >= min(room(usual, k), 0.12) - 1e-9
        # A name stays by its own arrow's tip.
        assert np.hypot(*(moved.names[k].get_center()[:2] - arrow.head)) < 0.45
    assert moved.images == pytest.approx(np.eye(2))


def test_a_name_inside_the_angle_leaves_when_it_narrows() -> None:
    basis = BasisVectors(VIEW, THEMES["dark"])
    below = VIEW.to_scene(np.array([[1.2, -0.3]]))
    basis.keep_clear(below)
    assert basis.names[0].get_center()[1] > basis.i.head[1]
    heights = []
    for angle in np.linspace(np.pi / 2, 0.05, 60):
        basis.show(np.array([[1.0, np.cos(angle)], [0.0, np.sin(angle)]]))
        heights.append(basis.names[0].get_center()[1] - basis.i.head[1])
    # Below i in the end, and never with a jump.
    assert heights[-1] < 0
    assert np.abs(np.diff(heights)).max() < 0.06
