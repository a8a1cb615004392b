"""Frames with nothing on them, and pictures that stand still for longer than anybody needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import FadeOut

from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View
from scenes.stage.veil import Veil
from scenes.style.layout import Shade

from .conftest import Probe
from .test_pacing import change
from .test_pictures import Audit, only

# No letters long enough to be read.
SHORT = {"first": "a", "second": "b"}


def emptied(scene: Any) -> Plane:
    """Take away all that a scene begins with, and put a grid there instead."""
    scene.remove(scene.mark)
    scene.plane = Plane(View(scene.layout.stage, scene.at(0.5, 0.5)[:2], 1.0), scene.theme)
    scene.add(scene.plane, Veil(scene.theme, Shade(scene.layout.title, "bottom", 0.5)))
    return scene.plane


@pytest.mark.parametrize(("seconds", "found"), [(0.2, False), (1.0, True)])
def test_a_bare_grid_between_two_pictures(audit: Audit, seconds: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        emptied(scene)
        scene.wait(seconds)
        change(scene)

    findings = audit(draw)
    assert [finding.kind for finding in findings] == (["bare frame"] if found else [])
    if found:
        # The last frame in which the new thing is not seen yet is bare, too.
        assert findings[0].amount.endswith(f"for {seconds + 0.1:.1f} s")


def test_a_grid_that_moves_is_bare_all_the_same(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        plane = emptied(scene)
        scene.play(plane.animate.shift(np.array([0.1, 0.0, 0.0])), run_time=1.0)
        change(scene)

    assert "bare frame" in {finding.kind for finding in audit(draw)}


def test_the_first_frame_may_not_be_bare(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(scene: Any) -> None:
        change(scene)

    probe = Probe(draw, SHORT)
    scene_class = probe._scene(probe.job.definition)

    class Empty(scene_class):  # type: ignore[misc,valid-type]
        def construct(self) -> None:
            with self.beat("first"):
                change(self)
            with self.beat("second"):
                change(self)

    monkeypatch.setattr(Probe, "_scene", lambda self, defined: Empty)
    findings = audit(draw, captions=SHORT)
    assert only(findings) == ("first", "bare frame", ("the picture",))
    assert findings[0].seconds == 0.0


@pytest.mark.parametrize(("seconds", "found"), [(2.8, False), (3.4, True)])
def test_a_picture_that_stands_still(audit: Audit, seconds: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        change(scene)
        scene.wait(seconds)

    # The beat ends with a hold of 1 s.
    findings = audit(draw, captions=SHORT)
    assert [finding.kind for finding in findings] == (["still picture"] if found else [])
    if found:
        assert findings[0].seconds == pytest.approx(0.4 + 1.0 + 0.4 + 0.6)
        assert findings[0].amount.startswith("unchanged for 4.4 s")


def test_reading_takes_time(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        change(scene)
        scene.wait(3.4)

    # Of 45 letters, which take 3 s, most are unread when the change is over.
    assert audit(draw, captions={**SHORT, "second": "Forty-five letters are read in three seconds."}) == []


def test_captions_alone_change_no_picture(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.wait(4.0)

    findings = audit(draw, captions=SHORT)
    assert only(findings)[1] == "still picture"
    # From the first frame, over both captions.
    assert findings[0].seconds == 0.0


def test_any_change_will_do(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        change(scene)
        scene.wait(2.8)
        scene.mark.set_stroke(scene.colour("text"))
        scene.wait(2.8)

    findings = audit(draw, captions=SHORT, besides=("caption time", "caption baseline"))
    assert findings == []


def test_what_fades_leaves_a_bare_frame(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.play(FadeOut(scene.mark), run_time=0.6)

    findings = audit(draw, captions=SHORT)
    assert only(findings)[1] == "bare frame"
