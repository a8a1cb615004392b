"""The base of all scenes: beats and their captions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from explainer.play.render import run_without_drawing
from explainer.request.job import Job
from scenes import catalog


def test_a_beat_shows_no_caption_that_it_does_not_declare(
    make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def construct(self: Any) -> None:
        with self.beat("plane", caption="points"):
            pass

    monkeypatch.setattr(catalog.definition("two-curves").load_scene(), "construct", construct)
    with pytest.raises(ValueError, match="beat 'plane' may have the captions plane; got 'points'"):
        run_without_drawing(make_job("two-curves"))


def test_a_beat_may_show_any_caption_that_it_declares(
    make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def construct(self: Any) -> None:
        with self.beat("points", count=7):
            pass
        with self.beat("points", caption="points-own", count=7):
            pass

    monkeypatch.setattr(catalog.definition("two-curves").load_scene(), "construct", construct)
    first, second = run_without_drawing(make_job("two-curves")).beats
    assert first.caption == "Two curves of points, 7 on each"
    assert second.caption == "Points of two classes, 7 of them in class 0"
    assert second.start_s == first.end_s
