"""Letters fly from where their twins stand to where they belong, within the picture and past writing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.writing.flight import Flight, arrive
from scenes.stage.drawn import Flying
from scenes.stage.writing import Formula
from scenes.style.layout import Region
from scenes.style.theme import THEMES

DARK = THEMES["dark"]
ROOM = Region(-6.0, -3.5, 6.0, 3.5)
places = st.tuples(st.integers(-50, 50), st.integers(-30, 30)).map(
    lambda p: np.array([p[0] / 10, p[1] / 10, 0])
)


def written(place: np.ndarray, *, size: float = 0.4, role: str = "text") -> Formula:
    return Formula("w_(11)", DARK, size=size, role=role).move_to(place)  # type: ignore[arg-type]


@given(places, places)
def test_it_sets_out_from_its_twin_and_arrives_as_itself(start: np.ndarray, end: np.ndarray) -> None:
    source, target = written(start, size=0.7, role="basis_i"), written(end)
    flight = Flight(DARK, source.submobjects[0], target.submobjects[0], ROOM)
    assert isinstance(flight, Flying)
    assert flight.show(0.0).letters.points == pytest.approx(source.submobjects[0].points)
    assert flight.show(1.0).letters.points == pytest.approx(target.submobjects[0].points)
    assert flight.letters.get_stroke_width(background=True) > 0


@given(places, places)
def test_it_keeps_within_the_picture(start: np.ndarray, end: np.ndarray) -> None:
    source, target = written(start), written(end)
    flight = Flight(DARK, source.submobjects[0], target.submobjects[0], ROOM)
    for t in np.linspace(0.12, 0.88, 9):
        middle = flight.show(float(t)).get_center()
        assert abs(middle[0]) <= 6.0
        assert abs(middle[1]) <= 3.5


def test_it_makes_a_detour_around_what_is_written() -> None:
    source, target = written(np.array([-4.0, 0, 0])), written(np.array([4.0, 0, 0]))
    block = Formula("H H H H", DARK, size=1.0).move_to([0.0, 0.9, 0.0])
    free, past = (
        Flight(DARK, source.submobjects[0], target.submobjects[0], ROOM, things) for things in ((), (block,))
    )
    assert free.show(0.5).get_center()[1] > 0
    assert past.show(0.5).get_center()[1] < 0


def test_what_is_to_arrive_is_hidden_until_then() -> None:
    source, target = written(np.array([-4.0, 0, 0])), written(np.array([4.0, 0, 0]))
    animation = arrive(DARK, target.submobjects[0], source.submobjects[0], within=ROOM)
    assert target.submobjects[0].get_fill_opacity() == 0.0
    animation.interpolate(0.7)
    assert target.submobjects[0].get_fill_opacity() == 0.0
    animation.interpolate(1.0)
    assert target.submobjects[0].get_fill_opacity() == 1.0
