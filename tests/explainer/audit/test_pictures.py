"""Every fault of a picture is found, in its beat and by name; what only looks like one is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import Arc, Circle, FadeIn, Rectangle, Square, VGroup

from explainer.audit.check import Finding
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View
from scenes.stage.depths import PANEL
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive

Audit = Callable[..., list[Finding]]
EDGE = "the edge of the stage"
PAGE = "what lies behind it"


def only(findings: list[Finding]) -> tuple[str, str, tuple[str, ...]]:
    """Return beat, kind and things of the one finding that there is to be."""
    assert len(findings) == 1, "\n".join(map(str, findings))
    return findings[0].beat, findings[0].kind, findings[0].things


def amount(findings: list[Finding]) -> float:
    """Return the first number in what the only finding says about how much."""
    return float(findings[0].amount.split()[0])


def line(scene: Any, start: tuple[float, float], end: tuple[float, float], role: str = "text") -> Segments:
    """Return a line between two points of the stage, given as fractions of it."""
    ends = np.array([[scene.at(*start)[:2], scene.at(*end)[:2]]])
    return Segments(scene.colour(role), 4.0).set_pieces(ends)


def a_box(scene: Any, width: float = 3.0, height: float = 2.0, **style: Any) -> Rectangle:
    """Return a filled shape without an edge in the middle of the stage."""
    chosen = {"fill_color": scene.colour("surface"), "fill_opacity": 1.0, "stroke_width": 0, **style}
    return Rectangle(width=width, height=height, **chosen).move_to(scene.at(0.5, 0.5))


def test_a_plain_picture_has_no_fault(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.label_here = scene.text("a label").move_to(scene.at(0.5, 0.8))
        scene.curve = Arc(1.0, 0.0, 3.0, color=scene.colour("loss")).move_to(scene.at(0.5, 0.3))
        scene.appear(scene.label_here, scene.curve, scene.formula("a + b").move_to(scene.layout.panel.center))

    for theme in ("dark", "light"):
        for locale in ("en", "zh-Hant", "zh-Hans"):
            captions = {} if locale == "en" else {"first": "一切都好", "second": "看這裡"}
            assert audit(draw, theme=theme, locale=locale, captions=captions) == []


def test_small_text(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("tiny", size=0.2).move_to(scene.at(0.5, 0.5))
        scene.appear(scene.note)

    findings = audit(draw)
    assert only(findings) == ("second", "text size", ("text note “tiny”",))
    # Source Sans 3 says of itself that x is 486 thousandths of the em high; 135 px to the unit.
    assert f"x-height {0.2 * 0.486 * 135:.1f} px" in findings[0].amount


def test_small_formula_has_small_capitals(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.appear(scene.formula("a + b", size=0.2595).move_to(scene.at(0.5, 0.5)))

    findings = audit(draw)
    assert only(findings)[:2] == ("second", "text size")
    assert findings[0].amount.startswith("capitals 23.9 px")


def test_scaled_text_is_measured_as_it_stands(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.appear(scene.text("shrunk", size=0.4).scale(0.4).move_to(scene.at(0.5, 0.5)))

    assert only(audit(draw))[:2] == ("second", "text size")


def test_unseen_text_is_not_measured(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.add(scene.text("tiny", size=0.1).move_to(scene.at(0.5, 0.5)).set_opacity(0))
        scene.appear(scene.text("large").move_to(scene.at(0.5, 0.5)))

    assert audit(draw) == []


def test_text_near_the_edge(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("far right")
        scene.note.shift([scene.layout.frame.right * 0.9 + 0.1 - scene.note.get_right()[0], 2.0, 0.0])
        scene.appear(scene.note)

    findings = audit(draw)
    assert only(findings) == ("second", "text-safe area", ("text note “far right”", "the right edge"))
    assert amount(findings) == pytest.approx(13.5, abs=0.1)


def test_shape_near_the_edge(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.disc = Circle(0.4, color=scene.colour("loss"), stroke_width=10.0)
        # Action keeps 3.5 % from the edge, which half the stroke's width crosses here.
        scene.disc.move_to([0.93 * scene.layout.frame.right - 0.4, 1.0, 0.0])
        scene.appear(scene.disc)

    findings = audit(draw)
    assert only(findings) == ("second", "action-safe area", ("disc", "the right edge"))
    assert amount(findings) == pytest.approx(0.05 * 135, abs=0.1)


def test_text_on_text(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.one = scene.text("one thing").move_to(scene.at(0.5, 0.5))
        scene.other = scene.formula("x + y").move_to(scene.at(0.5, 0.5))
        scene.appear(scene.one, scene.other)

    findings = audit(draw)
    assert only(findings) == ("second", "overlap", ("text one “one thing”", "formula other “x + y”"))


def test_text_that_fits_between_lines_is_not_on_text(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        two = scene.text(("above", "below")).move_to(scene.at(0.5, 0.5)).scale(2.0)
        between = scene.text("-").move_to(scene.at(0.5, 0.5))
        scene.appear(two, between)

    assert audit(draw) == []


def test_text_on_a_curve(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.curve = Arc(1.0, 0.0, 3.1, color=scene.colour("loss"), arc_center=scene.at(0.5, 0.5))
        scene.note = scene.text("on top").move_to(scene.at(0.5, 0.5, 0.0, 1.0))
        scene.appear(scene.curve, scene.note)

    assert only(audit(draw)) == ("second", "overlap", ("text note “on top”", "curve"))


def test_text_under_an_arch_is_not_on_it(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.curve = Arc(1.0, 0.0, 3.1, color=scene.colour("loss"), arc_center=scene.at(0.5, 0.5))
        scene.appear(scene.curve, scene.text("inside").move_to(scene.at(0.5, 0.5, 0.0, 0.4)))

    assert audit(draw) == []


@pytest.mark.parametrize(("miss", "hit"), [(0.03, False), (0.01, True)])
def test_strokes_count_with_their_width(audit: Audit, miss: float, hit: bool) -> None:
    def draw(scene: Any) -> None:
        note = scene.text("HHH").move_to(scene.at(0.5, 0.5))
        under = line(scene, (0.2, 0.5), (0.8, 0.5)).set_stroke(width=4.0)
        # The line's own half width is 0.02 units.
        under.shift([0.0, note.get_bottom()[1] - scene.at(0.5, 0.5)[1] - miss, 0.0])
        scene.appear(under, note)

    findings = audit(draw)
    assert [finding.kind for finding in findings] == (["overlap"] if hit else [])
    if hit:
        assert amount(findings) == pytest.approx(0.01 * 135, abs=0.1)


def test_text_on_a_dot(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("label").move_to(scene.at(0.5, 0.5))
        scene.dots = Dots(scene.colour("class_0")).set_positions(
            np.array([scene.at(0.2, 0.2)[:2], scene.note.get_center()[:2], scene.at(0.8, 0.8)[:2]])
        )
        scene.appear(scene.dots, scene.note)

    assert only(audit(draw)) == ("second", "overlap", ("text note “label”", "dots"))


def test_text_on_a_line_is_fine_with_a_halo(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        note = scene.text("label", halo=True).move_to(scene.at(0.5, 0.5))
        scene.appear(line(scene, (0.1, 0.5), (0.9, 0.5)), note)

    assert audit(draw) == []


def test_a_halo_does_not_help_against_what_is_drawn_later(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("label", halo=True).move_to(scene.at(0.5, 0.5))
        scene.later = line(scene, (0.1, 0.5), (0.9, 0.5)).set_z_index(PANEL + 1)
        scene.appear(scene.note, scene.later)

    assert only(audit(draw)) == ("second", "overlap", ("text note “label”", "later"))


def test_text_on_a_line_is_fine_on_a_card_between(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        note = scene.text("label").move_to(scene.at(0.5, 0.5))
        scene.appear(line(scene, (0.1, 0.5), (0.9, 0.5)), a_box(scene), note)

    assert audit(draw) == []


@pytest.mark.parametrize("style", [{"fill_opacity": 0.4, "fill_color": "#404040"}, {"width": 0.4}])
def test_no_card_is_what_shines_through_or_is_too_small(audit: Audit, style: dict[str, Any]) -> None:
    def draw(scene: Any) -> None:
        scene.line = line(scene, (0.1, 0.5), (0.9, 0.5))
        box = BackdropGroup(a_box(scene, **style))
        scene.note = scene.text("wide label").move_to(scene.at(0.5, 0.5))
        scene.appear(scene.line, box, scene.note)

    assert only(audit(draw)) == ("second", "overlap", ("text note “wide label”", "line"))


def test_a_card_under_the_line_is_none(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.line = line(scene, (0.1, 0.5), (0.9, 0.5))
        scene.note = scene.text("label").move_to(scene.at(0.5, 0.5))
        scene.appear(a_box(scene), scene.line, scene.note)

    assert only(audit(draw)) == ("second", "overlap", ("text note “label”", "line"))


def test_covered_text(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("hidden").move_to(scene.at(0.5, 0.5))
        scene.cover = a_box(scene, fill_color=scene.colour("loss")).set_z_index(PANEL + 1)
        scene.appear(scene.note, scene.cover)

    findings = audit(draw)
    assert only(findings) == ("second", "overlap", ("text note “hidden”", "cover"))
    assert findings[0].amount.endswith("covered by it")


def test_text_in_a_ring_is_not_on_it(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        ring = Circle(0.6, color=scene.colour("active"), fill_opacity=0.0).move_to(scene.at(0.5, 0.5))
        scene.appear(VGroup(ring, scene.formula("0.5").move_to(ring)))

    assert audit(draw) == []


def test_text_on_the_grid_is_fine_but_not_on_its_axes(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        view = View(scene.layout.stage.inset(0.1), scene.at(0.5, 0.5)[:2], 1.0)
        scene.plane = Plane(view, scene.theme)
        scene.add(scene.plane)
        scene.free = scene.text("over the grid").move_to(scene.at(0.5, 0.5, 2.0, 1.0))
        scene.caught = scene.text("over an axis").move_to(scene.at(0.5, 0.5, 0.0, -1.4))
        scene.appear(scene.free, scene.caught)

    assert only(audit(draw)) == ("second", "overlap", ("text caught “over an axis”", "plane.axes"))


@pytest.mark.parametrize("backing", ["rim", "veil"])
def test_text_on_an_axis_is_fine_on_a_backing(audit: Audit, backing: str) -> None:
    def draw(scene: Any) -> None:
        view = View(scene.layout.stage, scene.at(0.5, 0.5)[:2], 1.0, scene.layout.frame)
        scene.plane = Plane(view, scene.theme)
        where = scene.at(0.5, 0.5, 0.0, -1.4)
        if backing == "veil":
            # The level axis runs through the panel.
            where = np.array([scene.layout.panel.center[0], where[1] + 1.4, 0.0])
        scene.note = scene.text("over an axis", halo=backing == "rim").move_to(where)
        scene.add(scene.plane, scene.note)

    assert audit(draw) == []


def test_a_plane_that_is_a_backdrop_has_axes_that_are_one(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        plane = Plane(View(scene.layout.stage, scene.at(0.5, 0.5)[:2], 1.0), scene.theme)
        scene.appear(BackdropGroup(plane), scene.text("over it").move_to(scene.at(0.5, 0.5, 0.0, -1.4)))

    assert audit(draw) == []


def test_a_shape_across_the_edge_of_the_stage(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        view = View(scene.layout.stage.inset(0.1), scene.at(0.5, 0.5)[:2], 1.0)
        scene.add(Plane(view, scene.theme))
        edge = view.region.left
        scene.square = Square(1.0, color=scene.colour("loss")).move_to([edge - 0.3, 0.2, 0.0])
        scene.appear(scene.square)

    findings = audit(draw)
    assert only(findings) == ("second", "region", ("square", EDGE))
    assert amount(findings) == pytest.approx(0.2 * 135, abs=0.1)


def test_what_stands_in_the_place_of_captions(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        caption = scene.layout.caption
        scene.square = Square(0.5, color=scene.colour("loss")).move_to([-5.0, caption.top - 0.1, 0.0])
        scene.appear(scene.square)

    assert only(audit(draw)) == ("second", "region", ("square", "the caption region"))


def swinging(scene: Any, reach: float) -> tuple[Dots, Drive]:
    """Return two points, and the motion in which one goes `reach` units beyond the stage and returns."""
    dots = Dots(scene.colour("class_1"), 0.1)
    home, far = scene.at(0.9, 0.5)[:2], np.array([scene.layout.stage.right + reach, 0.0])

    def show(share: float) -> None:
        swing = np.sin(np.pi * share)
        dots.set_positions(np.array([scene.at(0.5, 0.5)[:2], home * (1 - swing) + far * swing]))

    show(0.0)
    return dots, Drive(dots, show, run_time=2.0)


def test_data_that_leave_the_stage_only_in_between(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.data, motion = swinging(scene, 0.4)
        scene.appear(scene.data)
        scene.play(motion)

    findings = audit(draw)
    assert only(findings) == ("second", "data off stage", ("data", EDGE))
    # The beat begins after the first one; then come caption, appearance and half of the motion.
    start = 0.4 + 1.0
    assert findings[0].seconds == pytest.approx(start + 0.4 + 0.6 + 1.0, abs=0.2)
    assert amount(findings) == pytest.approx(0.45 * 135, abs=2.0)
    assert findings[0].amount.endswith("1 of 2 points")


def test_data_that_stay(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        data, motion = swinging(scene, -0.1)
        scene.appear(data)
        scene.play(motion)

    assert audit(draw) == []


def test_marks_beside_the_stage_are_no_data(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        mark = Dots(scene.colour("class_1"), 0.2).set_positions(scene.layout.panel.center[None, :2])
        scene.play(FadeIn(mark, shift=np.array([0.3, 0.0, 0.0])))

    assert audit(draw) == []


def test_missing_character(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("A \U00013000").move_to(scene.at(0.5, 0.5))
        scene.appear(scene.note)

    findings = audit(draw)
    assert only(findings)[:2] == ("second", "missing character")
    assert "U+13000" in findings[0].amount


def test_a_finding_is_told_in_one_line(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.one = scene.text("one").move_to(scene.at(0.5, 0.5))
        scene.curve = line(scene, (0.1, 0.5), (0.9, 0.5))
        scene.appear(scene.one, scene.curve)

    (finding,) = audit(draw)
    told = str(finding)
    assert told.startswith("probe@plain (dark, en, 16:9) beat second at 3.")
    assert "text one “one” and curve" in told
    assert told.endswith("px into the letters")
    assert "\n" not in told
