"""Squares on gaps: their areas are the squared errors, and their numbers stand where there is room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.charts.squares import LabelPlaces, Squares, off_lines
from scenes.parts.marks.rectangles import Rectangles
from scenes.style.colour import rgb
from scenes.style.theme import DARK

errors = st.lists(st.floats(-2, 2), min_size=1, max_size=6)


@given(errors, st.floats(0.2, 3), st.floats(0, 1))
def test_areas_are_squared_errors(given_errors: list[float], unit: float, swept: float) -> None:
    values = np.array(given_errors)
    squares = Squares(DARK, "en", len(values), unit=unit)
    starts = np.column_stack([np.arange(len(values)) * 2.0, np.zeros(len(values))])
    inside = LabelPlaces(np.zeros(len(values)), np.zeros(len(values)))
    squares.show(starts, values, inside, "{:.3f}".format, swept=swept)
    assert squares.areas == pytest.approx(values**2 * swept, abs=1e-9)
    assert [label.source for label in squares.labels] == [f"{area:.3f}" for area in squares.areas]
    left, bottom, right, top = squares.drawing.boxes.T
    # Each stands on its gap: from the prediction to the target, and to the right of it.
    assert left == pytest.approx(starts[:, 0])
    assert top - bottom == pytest.approx(np.abs(values) * unit, abs=1e-9)
    assert right - left == pytest.approx(np.abs(values) * unit * swept, abs=1e-9)


def test_numbers_stand_inside_large_squares_and_beside_small_ones() -> None:
    squares = Squares(DARK, "en", 2, unit=2.0, clear=0.2)
    values, starts = np.array([0.8, -0.1]), np.array([[0.0, 0.0], [4.0, 1.0]])
    places = squares.rest(starts, values, ["0.64", "0.01"], np.array([[0.0], [1.0]]))
    assert places.beside.tolist() == [0.0, 1.0]
    squares.show(starts, values, places, "{:.2f}".format)
    large, small = squares.labels
    boxes = squares.drawing.boxes
    assert boxes[0, 0] < large.get_left()[0] < large.get_right()[0] < boxes[0, 2]
    assert small.get_left()[0] > max(boxes[1, 2], 4.2)
    # Off the line at 1.
    assert abs(small.get_center()[1] - 1.0) > small.height / 2


@given(st.floats(-3, 3), st.lists(st.floats(-3, 3), min_size=1, max_size=4))
def test_off_lines_is_near_and_off_every_line(middle: float, lines: list[float]) -> None:
    heights = np.array(lines)
    y = off_lines(middle, heights)
    spread = np.abs(heights[:, None] - heights)[~np.eye(len(heights), dtype=bool)]
    if not len(spread) or spread.min() > 0.6:
        assert np.abs(heights - y).min() >= 0.25
        assert abs(y - middle) <= 0.53


def test_rectangles_without_an_area_are_not_drawn() -> None:
    drawing = Rectangles("#ffffff").set_boxes(np.array([[0.0, 0, 2, 1], [1, 1, 1, 4]]))
    assert drawing.areas.tolist() == [2.0, 0.0]
    assert len(drawing.points) == 16


def test_the_rim_of_a_number_has_the_colour_of_what_it_stands_on() -> None:
    squares = Squares(DARK, "en", 1, unit=2.0)
    places = LabelPlaces(np.ones(1), np.zeros(1))
    squares.show(np.zeros((1, 2)), np.ones(1), places, str)
    (glyphs,) = squares.labels[0].submobjects
    page = rgb(DARK["background"])
    assert glyphs.get_stroke_rgbas(background=True)[0, :3] == pytest.approx(page, abs=0.01)
    squares.show(np.zeros((1, 2)), np.ones(1), LabelPlaces(np.zeros(1), np.zeros(1)), str)
    assert np.abs(glyphs.get_stroke_rgbas(background=True)[0, :3] - page).max() > 0.05
