"""Formulas of uneven size, and numbers that are said before they are counted."""

from __future__ import annotations

from typing import Any

import pytest
from manim import VGroup

from scenes.parts.writing.counter import Counter
from scenes.parts.writing.tally import Tally
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula, Writing
from scenes.style.markup import named

from .test_pictures import Audit, only


def lines(scene: Any, *sizes: float, apart: float = 0.8, across: float = 0.0) -> VGroup:
    """Return formulas of these sizes, one below the other."""
    return VGroup(
        *(
            scene.formula("x + y = 1", size=size).move_to(scene.at(0.5, 0.8, k * across, -k * apart))
            for k, size in enumerate(sizes)
        )
    )


@pytest.mark.parametrize(
    ("sizes", "found"), [((0.44, 0.44), False), ((0.44, 0.4), True), ((0.4, 0.44), True)]
)
def test_lines_of_a_formula_are_of_one_size(audit: Audit, sizes: tuple[float, ...], found: bool) -> None:
    def draw(scene: Any) -> None:
        scene.lines = lines(scene, *sizes)
        scene.appear(scene.lines)

    findings = audit(draw)
    assert [finding.kind for finding in findings] == (["formula size"] if found else [])
    if found:
        small = sizes.index(0.4)
        assert findings[0].things[0].startswith(f"formula lines[{small}]")
        assert findings[0].amount == "em 54.0 px, 0.91 of its neighbour's"


def test_formulas_far_apart_are_no_lines_of_one(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.lines = lines(scene, 0.44, 0.36, apart=2.5)
        scene.appear(scene.lines)

    assert audit(draw) == []


def test_subscripts_are_small_by_themselves(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        scene.appear(scene.formula("w_(11) x_1 + 2^(-3)").move_to(scene.at(0.5, 0.5)))

    assert audit(draw) == []


def test_a_part_that_was_shrunk(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        markup = f"{named('part', 'x')} + y"
        scene.sum = scene.formula(markup).move_to(scene.at(0.5, 0.5))
        scene.sum.submobjects[0].scale(0.9)
        scene.appear(scene.sum)

    findings = audit(draw)
    assert only(findings)[1] == "formula size"
    assert "0.90 of the rest's" in findings[0].amount


@pytest.mark.parametrize(("em", "found"), [(29.0, True), (31.0, False)])
def test_ideographs_have_an_em_to_keep(audit: Audit, em: float, found: bool) -> None:
    def draw(scene: Any) -> None:
        scene.note = scene.text("輸入", size=em / 135).move_to(scene.at(0.5, 0.5))
        scene.appear(scene.note)

    captions = {"first": "很好", "second": "很好"}
    findings = audit(draw, locale="zh-Hant", captions=captions, besides=("caption baseline", "contrast"))
    assert [finding.kind for finding in findings] == (["text size"] if found else [])
    if found:
        assert findings[0].amount.startswith("em 29.0 px, 1.0 px less than 30")


def counting(scene: Any, kind: type[Tally] | type[Counter], *values: int) -> None:
    """Let a counter go from one number to the next, evenly."""

    def write(value: int) -> Writing:
        written: Formula = scene.formula(str(value)).move_to(scene.at(0.5, 0.5))
        return written

    if kind is Counter:
        scene.count = Counter(scene.theme, "right", "en", values[0]).move_to(scene.at(0.5, 0.5))
    else:
        scene.count = Tally(write, values[0])
    scene.appear(scene.count)
    last = len(values) - 1
    scene.play(
        Drive(scene.count, lambda t: scene.count.show(values[min(int(t * last + 1e-6), last)]), run_time=1.0)
    )


@pytest.mark.parametrize("kind", [Tally, Counter])
@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("132 of 200 are right", True),
        ("13 and 2, 1320, 0.132 and 132.5", False),
        ("How many are right?", False),
        ("Of 200 are 1,000", False),
    ],
)
def test_a_number_that_is_said_too_soon(
    audit: Audit, kind: type[Tally] | type[Counter], caption: str, found: bool
) -> None:
    findings = audit(lambda scene: counting(scene, kind, 100, 120, 132), captions={"second": caption})
    assert [finding.kind for finding in findings] == (["number too soon"] if found else [])
    if found:
        assert findings[0].things == (f"caption “{caption}”", "count")
        # The caption's change, the appearance, and all of the counting but its last step.
        assert float(findings[0].amount.split()[3]) == pytest.approx(0.4 + 0.6 + 1.0, abs=0.2)


def test_a_count_that_is_over_may_be_said(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        counting(scene, Tally, 132, 132)

    assert audit(draw, captions={"second": "132 are right"}) == []
