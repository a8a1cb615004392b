"""What runs into other things on its way is found, for how long and how deep; what may pass is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import FadeIn, FadeOut, Mobject, Rectangle, VGroup, linear

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View
from scenes.stage.depths import PANEL
from scenes.stage.drawn import Flying
from scenes.stage.motion import Drive
from scenes.stage.veil import Veil
from scenes.style.layout import Region, Shade

from .test_pictures import PAGE, Audit, amount, line, only

MOTION = "overlap in motion"


class Flight(VGroup, Flying):
    """Something on its way."""


def travel(
    scene: Any, mobject: Mobject, start: tuple[float, float], end: tuple[float, float], run_time: float = 1.0
) -> Drive:
    """Return the even motion of something from one point of the stage to another, as fractions of it."""
    ends = scene.at(*start), scene.at(*end)
    mobject.move_to(ends[0])
    return Drive(
        mobject,
        lambda t: mobject.move_to(ends[0] + t * (ends[1] - ends[0])),
        rate_func=linear,
        run_time=run_time,
    )


def passing(
    make: Callable[[Any], Mobject], *, run_time: float = 1.0, keep: float = 0.5
) -> Callable[[Any], None]:
    """Return a beat in which a resting text is passed by what `make` returns, `keep` of the stage up."""

    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5))
        scene.mover = make(scene)
        motion = travel(scene, scene.mover, (0.1, keep), (0.9, keep), run_time)
        scene.appear(scene.sign, scene.mover)
        scene.play(motion)

    return draw


def flight(scene: Any, **style: Any) -> Flight:
    """Return words that are declared as flying, over all that rests."""
    return Flight(scene.text("fly", **style).set_z_index(PANEL + 1))


def test_words_that_run_over_words(audit: Audit) -> None:
    findings = audit(passing(lambda scene: scene.text("moving"), run_time=2.0))
    assert only(findings) == ("second", MOTION, ("text sign “HHHH”", "text mover “moving”"))
    # No deeper than small letters are high: the font's own x is 486 thousandths of the em.
    depth, _, _, seconds, _ = findings[0].amount.split()
    assert 0.5 * 0.36 * 0.486 * 135 < float(depth) <= 0.36 * 0.5 * 135
    # 0.8 of a stage of 8.75 units in 2 s; the two are together 1.9 units wide.
    assert float(seconds) == pytest.approx(1.9 / 3.5, abs=0.15)
    # After two captions' changes, a hold of 1 s and the appearance, half of the motion.
    assert findings[0].seconds == pytest.approx(0.4 + 1.0 + 0.4 + 0.6 + 1.0, abs=0.31)


def test_words_that_pass_above_others(audit: Audit) -> None:
    assert audit(passing(lambda scene: scene.text("moving"), keep=0.6)) == []


@pytest.mark.parametrize(("depth", "found"), [(5.0, False), (7.5, True)])
def test_some_pixels_may_be_shared_for_an_instant(audit: Audit, depth: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("H").move_to(scene.at(0.5, 0.5))
        scene.mover = scene.text("H").move_to(scene.at(0.5, 0.5))
        height = scene.sign.height

        def show(t: float) -> None:
            up = height * 3 - np.sin(np.pi * t) * (height * 2 + depth / 135)
            scene.mover.move_to(scene.at(0.5, 0.5, 0.0, up))

        show(0.0)
        scene.appear(scene.sign, scene.mover)
        scene.play(Drive(scene.mover, show, rate_func=linear, run_time=2.0))

    findings = audit(draw)
    assert [finding.kind for finding in findings] == ([MOTION] if found else [])
    if found:
        assert amount(findings) == pytest.approx(depth, abs=0.3)


@pytest.mark.parametrize(("halo", "found"), [(False, True), (True, False)])
def test_a_line_that_sweeps_over_words(audit: Audit, halo: bool, found: bool) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH", halo=halo).move_to(scene.at(0.5, 0.5))
        scene.line = line(scene, (0.1, 0.3), (0.1, 0.7))
        scene.appear(scene.sign, scene.line)
        scene.play(travel(scene, scene.line, (0.3, 0.5), (0.7, 0.5), 3.0))

    findings = audit(draw)
    assert [finding.things for finding in findings] == ([("text sign “HHHH”", "line")] if found else [])


def test_a_grid_that_moves_is_no_obstacle(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        view = View(scene.layout.stage.inset(0.1), scene.at(0.5, 0.5)[:2], 1.0)
        scene.plane = Plane(view, scene.theme)
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5, 1.1, 0.5))
        scene.appear(scene.plane, scene.sign)
        turn = np.array([[0.0, -1.0], [1.0, 0.0]])
        scene.play(
            Drive(
                scene.plane,
                lambda t: scene.plane.show(PlaneMap(np.eye(2) * (1 - t) + turn * t)),
                run_time=2.0,
            )
        )

    assert audit(draw) == []


def test_points_that_run_over_words(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5))
        scene.cloud = Dots(scene.colour("class_0"), 0.2)
        scene.cloud.set_positions(np.array([scene.at(0.1, 0.5)[:2], scene.at(0.1, 0.8)[:2]]))
        scene.appear(scene.sign, scene.cloud)
        scene.play(travel(scene, scene.cloud, (0.1, 0.65), (0.9, 0.65)))

    assert only(audit(draw)) == ("second", MOTION, ("text sign “HHHH”", "cloud"))


def test_what_flies_may_pass_on_a_rim(audit: Audit) -> None:
    assert audit(passing(lambda scene: flight(scene, halo=True), run_time=1.0)) == []


def test_what_flies_may_pass_on_a_card_of_its_own(audit: Audit) -> None:
    def carried(scene: Any) -> Mobject:
        words = flight(scene)
        style = {"stroke_width": 0, "fill_color": scene.colour("surface"), "fill_opacity": 1.0}
        card = Rectangle(width=words.width + 0.1, height=words.height + 0.1, **style)
        return Flight(card.set_z_index(PANEL + 0.5), words)

    assert audit(passing(carried)) == []


def test_without_a_backing_it_may_not(audit: Audit) -> None:
    findings = audit(passing(flight))
    assert only(findings)[1] == MOTION
    assert findings[0].amount.endswith("flies without a backing")


def test_nor_below_what_rests(audit: Audit) -> None:
    findings = audit(passing(lambda scene: flight(scene, halo=True).set_z_index(PANEL - 1)))
    assert only(findings)[1] == MOTION
    assert findings[0].amount.endswith("flies under it")


def test_nor_for_long(audit: Audit) -> None:
    findings = audit(passing(lambda scene: flight(scene, halo=True), run_time=3.0))
    assert only(findings)[1] == MOTION
    assert findings[0].amount.endswith("flies over it, at most 0.4 s")


def test_nor_if_it_is_not_declared(audit: Audit) -> None:
    mover = flight
    findings = audit(passing(lambda scene: VGroup(*mover(scene, halo=True).submobjects)))
    assert only(findings)[1] == MOTION


def test_two_that_fly_may_not_meet(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.one, scene.other = (
            Flight(scene.text(words, halo=True).set_z_index(PANEL + 1)) for words in ("there", "back")
        )
        there = travel(scene, scene.one, (0.1, 0.5), (0.9, 0.5))
        back = travel(scene, scene.other, (0.9, 0.5), (0.1, 0.5))
        scene.appear(scene.one, scene.other)
        scene.play(there, back)

    findings = audit(draw)
    assert only(findings)[1] == MOTION
    assert findings[0].amount.endswith("both fly")


def test_two_marks_that_fly_may_not_meet(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.one, scene.other = (
            Flight(Dots(scene.colour("active"), 0.3).set_positions(scene.at(x, 0.5)[None, :2]))
            for x in (0.1, 0.9)
        )
        scene.appear(scene.one, scene.other)
        scene.play(
            travel(scene, scene.one, (0.1, 0.5), (0.9, 0.5)),
            travel(scene, scene.other, (0.9, 0.5), (0.1, 0.5)),
        )

    findings = audit(draw)
    assert only(findings) == ("second", MOTION, ("one[0]", "other[0]"))


def exchange(scene: Any, before: Mobject, after: Mobject, *, together: bool = True) -> None:
    """Let one thing take another's place."""
    scene.appear(before)
    if together:
        scene.play(FadeOut(before), FadeIn(after), run_time=1.0)
    else:
        scene.play(FadeOut(before), run_time=1.0)
        scene.play(FadeIn(after), run_time=1.0)


@pytest.mark.parametrize(("words", "together"), [("other", True), ("other", False), ("words", True)])
def test_words_that_fade_into_others(audit: Audit, words: str, together: bool) -> None:
    def draw(scene: Any) -> None:
        scene.before = scene.text("words").move_to(scene.at(0.5, 0.5))
        scene.after = scene.text(words).move_to(scene.at(0.5, 0.5))
        exchange(scene, scene.before, scene.after, together=together)

    findings = audit(draw)
    if together and words != "words":
        assert only(findings) == ("second", MOTION, ("text before “words”", "text after “other”"))
    else:
        assert findings == []


def test_words_that_fade_into_a_drawing(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.before = scene.text("words").move_to(scene.at(0.5, 0.5))
        scene.after = line(scene, (0.4, 0.5), (0.6, 0.5))
        exchange(scene, scene.before, scene.after)

    assert only(audit(draw)) == ("second", MOTION, ("text before “words”", "after"))


def test_what_lies_on_words_only_between_two_motions(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5))
        scene.line = line(scene, (0.4, 0.5), (0.6, 0.5))
        scene.appear(scene.sign, scene.line, run_time=0.4)
        scene.wait(2.0)
        scene.disappear(scene.line, run_time=0.4)

    findings = audit(draw)
    assert only(findings)[1:] == (MOTION, ("text sign “HHHH”", "line"))
    # The pause, and all of both fades but their faintest frame.
    assert float(findings[0].amount.split()[3]) == pytest.approx(2.6, abs=0.15)


def test_what_comes_to_rest_on_words_is_told_once(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5))
        scene.mover = scene.text("moving")
        motion = travel(scene, scene.mover, (0.1, 0.5), (0.5, 0.5))
        scene.appear(scene.sign, scene.mover)
        scene.play(motion)

    assert only(audit(draw))[1] == "overlap"


def test_copied_letters_are_letters(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.sign = scene.text("HHHH").move_to(scene.at(0.5, 0.5))
        source = scene.text("word").move_to(scene.at(0.1, 0.5))
        scene.copied = source.submobjects[0].copy()
        scene.appear(scene.sign, source)
        # Fast enough to have left its like at the next look.
        scene.play(travel(scene, scene.copied, (0.1, 0.5), (0.9, 0.5), 0.8))
        scene.disappear(source, scene.copied)

    findings = audit(draw)
    assert {finding.things for finding in findings} == {("text sign “HHHH”", "letters copied")}


def veiled(scene: Any, *, opacity: float = 0.94, width: float = 4.0) -> Veil:
    """Return a veil in the middle of the stage, over a line and under a text that are put on screen."""
    scene.line = line(scene, (0.1, 0.5), (0.9, 0.5))
    scene.sign = scene.text("over it").move_to(scene.at(0.5, 0.5))
    x, y, _ = scene.at(0.5, 0.5)
    solid = Region(x - width / 2, y - 1.0, x + width / 2, y + 1.0)
    veil = Veil(scene.theme, Shade(solid, "top", 0.3), opacity=opacity)
    scene.add(scene.line, veil, scene.sign)
    return veil


@pytest.mark.parametrize("style", [{}, {"opacity": 0.9}])
def test_words_on_a_veil_may_stand_on_drawings(audit: Audit, style: dict[str, Any]) -> None:
    assert audit(lambda scene: veiled(scene, **style)) == []


@pytest.mark.parametrize("style", [{"opacity": 0.8}, {"width": 0.5}])
def test_no_veil_is_what_shines_through_or_is_too_small(audit: Audit, style: dict[str, Any]) -> None:
    findings = audit(lambda scene: veiled(scene, **style))
    assert ("overlap", ("text sign “over it”", "line")) in [(each.kind, each.things) for each in findings]


def test_things_may_move_under_a_veil(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        veiled(scene)
        scene.play(travel(scene, scene.line, (0.5, 0.4), (0.5, 0.6)))

    assert audit(draw) == []


@pytest.mark.parametrize(("opacity", "found"), [(0.94, False), (0.3, True)])
def test_contrast_on_a_veil(audit: Audit, opacity: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        x, y, _ = scene.at(0.5, 0.5)
        ground = Rectangle(width=3, height=1.5, stroke_width=0, fill_color="#ffffff", fill_opacity=1.0)
        veil = Veil(scene.theme, Shade(Region(x - 2, y - 1, x + 2, y + 1), "top", 0.3), opacity=opacity)
        scene.sign = scene.text("white").move_to([x, y, 0.0])
        scene.add(ground.move_to([x, y, 0.0]), veil, scene.sign)

    findings = audit(draw)
    assert [(each.kind, each.things) for each in findings] == (
        [("contrast", ("text sign “white”", PAGE))] if found else []
    )
