"""Contrast in every theme, and colours that every eye tells apart."""

from __future__ import annotations

from typing import Any

import pytest
from manim import Circle, Rectangle

from explainer.audit.check import check_all
from explainer.audit.contrast import theme_faults
from explainer.jobs.job import Job
from scenes.parts.marks.segments import Segments
from scenes.stage.drawn import BackdropGroup
from scenes.style.theme import THEMES, Theme

from .conftest import Probe
from .test_pictures import PAGE, Audit, a_box, line, only


def test_faint_text(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("faint", size=0.25, role="faint").move_to(scene.at(0.5, 0.5))
        scene.appear(scene.note)

    findings = audit(draw)
    assert only(findings) == ("second", "contrast", ("text note “faint”", PAGE))
    assert findings[0].amount.endswith("less than 4.5:1")


def test_large_text_may_be_fainter(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.appear(scene.text("faint", size=0.4, role="faint").move_to(scene.at(0.5, 0.5)))

    assert audit(draw) == []


def test_half_transparent_text_is_seen_blended(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("going").move_to(scene.at(0.5, 0.5)).set_opacity(0.25)
        scene.add(scene.note)

    assert only(audit(draw)) == ("second", "contrast", ("text note “going”", PAGE))


def test_text_is_compared_with_its_card(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("white on yellow").move_to(scene.at(0.5, 0.5))
        scene.appear(a_box(scene, fill_color="#ffe680"), scene.note)

    assert only(audit(draw)) == ("second", "contrast", ("text note “white on yellow”", PAGE))


def test_faint_drawing(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.line = line(scene, (0.2, 0.2), (0.8, 0.8), role="ghost")
        scene.appear(scene.line)

    assert only(audit(draw)) == ("second", "contrast", ("line", PAGE))


def test_a_backdrop_may_be_faint(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.appear(BackdropGroup(line(scene, (0.2, 0.2), (0.8, 0.8), role="ghost")))

    assert audit(draw) == []


def test_a_card_may_be_faint_and_another_shape_may_not(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        card = a_box(scene)
        scene.other = a_box(scene, 0.5, 0.5, fill_color=scene.colour("ghost")).shift([2.5, 0.0, 0.0])
        scene.appear(card, line(scene, (0.45, 0.5), (0.55, 0.5)), scene.other)

    assert only(audit(draw)) == ("second", "contrast", ("other", PAGE))


def test_an_edge_makes_a_faint_fill_visible(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        style = {"fill_color": scene.colour("surface"), "fill_opacity": 1.0}
        scene.appear(Circle(0.6, color=scene.colour("active"), **style).move_to(scene.at(0.5, 0.5)))

    assert audit(draw) == []


def test_a_line_on_a_shape_of_its_colour(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        ground = Rectangle(width=6, height=3, stroke_width=0, fill_color=scene.colour("loss"), fill_opacity=1)
        scene.line = Segments(scene.colour("loss"), 4.0).set_pieces(
            line(scene, (0.4, 0.5), (0.6, 0.5)).pieces
        )
        scene.appear(ground.move_to(scene.at(0.5, 0.5)), scene.line)

    assert only(audit(draw)) == ("second", "contrast", ("line", PAGE))


def in_two_themes(probe: Probe) -> list[Job]:
    return [probe.job.looking(theme=theme) for theme in ("dark", "light")]


def test_colours_are_measured_in_every_theme() -> None:
    def draw(scene: Any) -> None:
        scene.line = Segments("#ffffff", 4.0).set_pieces(line(scene, (0.2, 0.2), (0.8, 0.8)).pieces)
        scene.note = scene.text("tiny", size=0.2).move_to(scene.at(0.5, 0.1))
        scene.appear(scene.line, scene.note)

    probe = Probe(draw)
    jobs, done = in_two_themes(probe), list[Job]()
    findings = check_all(jobs, 1, done.append)
    assert {(finding.theme, finding.kind, finding.things[0]) for finding in findings} == {
        ("dark", "text size", "text note “tiny”"),
        ("light", "contrast", "line"),
    }
    assert done == jobs
    assert probe.computed == 1


def test_both_themes_are_told_apart_by_every_eye() -> None:
    assert [fault for theme in THEMES.values() for fault in theme_faults(theme)] == []


@pytest.mark.parametrize(
    ("one", "other", "sights"),
    [
        # Red and green of one lightness, which many confuse, and two colours that nobody tells apart.
        ("#c0504d", "#8a8a2e", {"protanopia", "deuteranopia"}),
        ("#4cc4f5", "#4cc4f0", {"typical", "protanopia", "deuteranopia", "tritanopia"}),
    ],
)
def test_colours_that_some_confuse(one: str, other: str, sights: set[str]) -> None:
    theme = Theme("odd", {**THEMES["dark"].colours, "class_0": one, "class_1": other})
    faults = list(theme_faults(theme))
    assert {fault.things for fault in faults} == {("class_0", "class_1")}
    assert {fault.amount.split()[3] for fault in faults} == sights


def test_a_theme_is_named_without_a_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    alike = Theme("dark", {**THEMES["dark"].colours, "basis_i": THEMES["dark"]["basis_j"]})
    monkeypatch.setattr("explainer.audit.check.THEMES", {**THEMES, "dark": alike})
    findings = check_all(in_two_themes(Probe(lambda scene: None)), 1)
    # Once for each sight, and not once for each video.
    assert len(findings) == 4
    assert str(findings[0]).startswith(
        "theme dark: colours alike: basis_i and basis_j: ΔE 0.0 to typical sight"
    )
