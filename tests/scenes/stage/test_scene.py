"""The base of all scenes: beats and their captions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from explainer.jobs.job import Job
from explainer.play.render import run_without_drawing
from scenes import catalog

MakeJob = Callable[..., Job]
Play = Callable[[Mapping[str, str]], Any]


@pytest.fixture
def play_points(make_job: MakeJob, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Return a function that plays a scene's beat `points` with captions chosen so."""

    def construct(self: Any) -> None:
        with self.beat("points", count=7):
            pass

    def play(chosen: Mapping[str, str]) -> Any:
        definition = catalog.definition("two-curves")
        scene_class = definition.load_scene()
        monkeypatch.setattr(scene_class, "construct", construct)
        monkeypatch.setattr(scene_class, "definition", replace(definition, captions=lambda numbers: chosen))
        return run_without_drawing(make_job("two-curves"))

    return play


def test_a_beat_shows_no_caption_that_it_does_not_declare(play_points: Play) -> None:
    with pytest.raises(
        ValueError, match="beat 'points' may have the captions points, points-own; got 'plane'"
    ):
        play_points({"points": "plane"})


@pytest.mark.parametrize("chosen", [{}, {"points": "points"}, {"plane": "nowhere"}])
def test_a_beat_has_its_first_caption_unless_another_one_is_chosen(chosen: dict[str, str], play_points: Play):
    (beat,) = play_points(chosen).beats
    assert beat.caption == "Two curves of points, 7 on each"


def test_a_beat_has_the_caption_that_is_chosen_for_the_numbers(play_points: Play) -> None:
    (beat,) = play_points({"points": "points-own"}).beats
    assert beat.caption == "Points of two classes, 7 in class 0"


def test_what_appears_instead_of_others_comes_as_they_go(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def construct(self: Any) -> None:
        first, second = self.text("first"), self.text("second")
        self.appear(first, run_time=0.4)
        assert first in self.mobjects
        self.appear(second, instead_of=[first], run_time=0.4)
        assert second in self.mobjects
        assert first not in self.mobjects

    monkeypatch.setattr(catalog.definition("two-curves").load_scene(), "construct", construct)
    assert run_without_drawing(make_job("two-curves")).time == pytest.approx(0.8)
