"""One object is threshold, straight line and bent line, exactly where the numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnmath.plane_map import PlaneMap
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.press import Press
from scenes.parts.plane.view import View
from scenes.style.layout import LAYOUTS
from scenes.style.theme import THEMES

LAYOUT, DARK = LAYOUTS["16:9"], THEMES["dark"]
VIEW = View.filling(LAYOUT, [np.array([[4.5, 2.0], [-4.5, -2.0]])])
numbers = st.integers(-300, 300).map(lambda n: n / 100)


def boundary() -> Boundary:
    return Boundary(VIEW, DARK)


def to_data(places: np.ndarray) -> np.ndarray:
    """Return the data coordinates of scene points (n, 2)."""
    data: np.ndarray = (places - VIEW.origin) / VIEW.unit
    return data


def on_the_edge(places: np.ndarray) -> bool:
    """Tell whether all places (n, 2) are on the border of the frame."""
    frame = LAYOUT.frame
    sides = np.abs(places[:, [0, 0, 1, 1]] - [frame.left, frame.right, frame.bottom, frame.top])
    return bool((sides.min(axis=1) < 1e-6).all())


@settings(max_examples=60)
@given(numbers, numbers, numbers)
def test_a_line_is_where_its_equation_says_and_reaches_the_edges(a: float, b: float, offset: float) -> None:
    normal = np.array([a, b])
    assume(np.hypot(a, b) > 0.05)
    drawn = boundary().line(normal, offset).pieces
    if len(drawn):
        ends = drawn.reshape(-1, 2)
        assert to_data(ends) @ normal == pytest.approx([offset, offset], abs=1e-6)
        assert on_the_edge(ends)
        assert ends[0, 0] <= ends[1, 0] + 1e-9
    else:
        corners = np.array([[x, y] for x in (-64 / 9, 64 / 9) for y in (-4.0, 4.0)])
        sides = to_data(corners) @ normal - offset
        assert (sides > -1e-6).all() or (sides < 1e-6).all()


def test_a_bar_is_a_bar() -> None:
    assert boundary().bar(1.0, -2.0, -1.0).pieces.tolist() == [[[1.0, -2.0], [1.0, -1.0]]]


def test_a_mapped_line_bends_where_a_fold_bends_it() -> None:
    pieces = np.array([[[-3.0, 1.0], [3.0, 1.0]]])
    folded = PlaneMap(np.array([[1.0, 0.0], [1.0, 1.0]]), fold=np.array([1.0, 0.0]))
    drawn = to_data(boundary().mapped(pieces, folded).pieces.reshape(-1, 2))
    assert drawn[:, 0].min() == pytest.approx(0.0)
    assert [0.0, 1.0] in np.round(drawn, 9).tolist()
    assert drawn[np.argmax(drawn[:, 0])] == pytest.approx([2.0, 3.0], abs=1.1)


@settings(max_examples=30)
@given(st.floats(0, 1))
def test_it_glides_from_one_shape_to_the_other_and_ends_exactly(share: float) -> None:
    line = boundary().bar(0.5, -3.0, -2.0)
    target = line.line_shape(np.array([1.0, 1.0]), 2.0)
    glide = line.glide_to(target, rate_func=lambda t: t)
    glide.interpolate_mobject(share)
    assert len(line.pieces) == 1
    glide.interpolate_mobject(1.0)
    assert np.array_equal(line.pieces, boundary().line(np.array([1.0, 1.0]), 2.0).pieces)


def test_it_cannot_glide_into_another_number_of_pieces() -> None:
    with pytest.raises(ValueError, match="shape must have 1 pieces in the window; got 2"):
        boundary().bar(0.0, 0.0, 1.0).glide_to(np.array([[[0, 0], [1, 0]], [[1, 0], [1, 1]]]))


def test_it_is_drawn_from_its_start() -> None:
    line = boundary().line(np.array([0.0, 1.0]), 1.0)
    whole = line.pieces.copy()
    draw = line.draw(rate_func=lambda t: t)
    draw.interpolate_mobject(0.25)
    assert line.pieces[0, 0] == pytest.approx(whole[0, 0])
    assert line.pieces[0, 1] == pytest.approx(0.75 * whole[0, 0] + 0.25 * whole[0, 1])
    draw.interpolate_mobject(1.0)
    assert np.array_equal(line.pieces, whole)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_press_covers_the_negative_half_and_its_arrows_point_at_the_hinge(axis: int) -> None:
    press = Press(VIEW, DARK, axis)  # type: ignore[arg-type]
    hinge = to_data(press.hinge.pieces.reshape(-1, 2))
    assert hinge[:, axis] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert on_the_edge(press.hinge.pieces.reshape(-1, 2))
    tint = to_data(press.tint.points[:, :2])
    assert tint[:, axis].max() == pytest.approx(0.0, abs=1e-9)
    low, _ = VIEW.seen_bounds
    assert tint[:, axis].min() == pytest.approx(low[axis])
    for arrow in press.arrows:
        tail, head = to_data(np.array([arrow.tail, arrow.head]))
        assert tail[axis] < head[axis] < 0
        assert tail[1 - axis] == pytest.approx(head[1 - axis])
