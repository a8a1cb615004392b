"""The parts of the scenes about one layer stand where their numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnmath import PlaneMap
from scenes.linear_algebra.one_layer_map.level_lines import LevelLines
from scenes.linear_algebra.one_layer_map.line_reading import LineReading
from scenes.linear_algebra.one_layer_map.picked_point import PickedPoint
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.plane.view import View
from scenes.parts.writing.tally import Tally
from scenes.stage.writing import Text
from scenes.style.layout import Region
from scenes.style.theme import DARK

STAGE = Region(-2.2, -2.3, 6.6, 3.6)
weights = st.tuples(*[st.floats(-5, 5).map(lambda w: round(w, 3))] * 2)


# The parts.


@given(st.floats(-8, 4), st.booleans(), st.floats(0, 1))
def test_a_reading_points_at_its_number(value, above, share) -> None:
    line = NumberLine(STAGE, DARK, -8.0, 4.0, 0.5)
    reading = LineReading(line, DARK, value, "b = 1", "text", above=above).show(share)
    assert reading.arrow.tail[0] == pytest.approx(float(line.at(0.0)))
    assert reading.arrow.head[0] == pytest.approx(float(line.at(value)))
    assert (reading.arrow.head[1] - 0.5) * (1 if above else -1) >= 0
    assert reading.name.get_left()[0] >= STAGE.left
    assert reading.name.get_right()[0] <= STAGE.right


def test_a_picked_point_is_ringed_wherever_it_goes() -> None:
    view = View(STAGE, STAGE.center[:2], 0.5)
    place, nothing = np.array([2.0, 1.0]), np.zeros((0, 2))
    point = PickedPoint(
        view, DARK, place, place, label=1, points=nothing, line=nothing, names=np.zeros((0, 4))
    )
    assert "2, 1" in point.origin.source
    point.show(PlaneMap(np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([-2.0, 0.0])))
    for marks in point.ring:
        assert marks.positions == pytest.approx(view.to_scene(np.array([[1.0, 0.0]])))
    name = point.landing("s = 1", 1.0)
    assert name.get_center()[0] == pytest.approx(view.to_scene(np.array([[1.0, 0.0]]))[0, 0])


@given(weights, st.floats(0.2, 1.0))
def test_level_lines_hold_their_equation(pair, unit) -> None:
    view = View(STAGE, STAGE.center[:2], unit, Region(-7, -4, 7, 4))
    point, values = np.array([0.5, 1.0]), np.array([-1.0, 0.0, 2.0])
    lines = LevelLines(view, DARK, np.array(pair), values, point, np.zeros((0, 2)), lambda t: PlaneMap())
    if not any(pair):
        assert not len(lines.line.pieces) + len(lines.others.pieces) + len(lines.places)
        return
    ends = (lines.line.pieces[0] - view.origin) / unit
    assert ends @ pair == pytest.approx(pair @ point, abs=1e-6)
    assert lines.places @ pair == pytest.approx(pair @ point, abs=1e-6)
    for piece in lines.others.pieces:
        level = (piece - view.origin) / unit @ pair
        assert level[0] == pytest.approx(level[1], abs=1e-6)
        assert np.abs(values - level[0]).min() < 1e-6


def test_a_tally_changes_in_place() -> None:
    tally = Tally(lambda n: Text(f"{n} of 200", DARK), 100)
    tally.scale(0.7).shift([1.0, 2.0, 0.0])
    drawn, size, baseline = tally.get_family(), tally.writing.size, tally.writing.baseline
    middle = tally.get_center()[0]
    tally.show(7)
    assert tally.writing.source == "7 of 200"
    assert tally.get_family() == drawn
    assert tally.writing.size == pytest.approx(size)
    assert tally.writing.baseline == pytest.approx(baseline)
    assert tally.get_center()[0] == pytest.approx(middle)
    fresh = Text("7 of 200", DARK).scale(0.7)
    assert tally.width == pytest.approx(fresh.width)
