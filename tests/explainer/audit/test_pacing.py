"""Captions that cannot be read in their time or place, and changes that cannot be followed."""

from __future__ import annotations

from typing import Any

import pytest
from manim import Circle, FadeIn

from .test_pictures import Audit, amount, only


def change(scene: Any, run_time: float = 0.6) -> None:
    """Let something appear."""
    disc = Circle(0.4, color=scene.colour("loss")).move_to(scene.at(0.5, 0.5))
    scene.play(FadeIn(disc), run_time=run_time)


@pytest.mark.parametrize(
    ("locale", "line", "limit"),
    [
        ("en", "Nineteen letters, then twenty-six more of them", 46),
        ("zh-Hant", "這一行字剛好有二十三個字一個也不多一個也不少啊", 23),
    ],
)
def test_length_of_a_caption(audit: Audit, locale: str, line: str, limit: int) -> None:
    assert len(line) == limit
    first = {"first": "Well" if locale == "en" else "很好"}
    assert audit(change, captions={**first, "second": line[1:]}, locale=locale) == []
    findings = audit(change, captions={**first, "second": line}, locale=locale)
    assert only(findings) == ("second", "caption length", (f"caption “{line}”",))
    assert findings[0].amount == f"{limit} characters, 1 more than {limit - 1}"


def test_length_of_a_line(audit: Audit) -> None:
    # Lines count where a caption may have two.
    captions = {"first": "好", "second": "很好很好 / 這一行字剛好有十七個字不多也不少啊"}
    findings = audit(change, captions=captions, locale="zh-Hant", aspect="1:1")
    assert only(findings)[1] == "caption length"
    assert findings[0].amount == "17 characters on a line, 1 more than 16"


@pytest.mark.parametrize(("aspect", "most"), [("16:9", 1), ("1:1", 2), ("9:16", 2)])
def test_number_of_lines(audit: Audit, aspect: str, most: int) -> None:
    # Wide enough for no two of them to stand side by side.
    lines = [letter * 14 for letter in ("W", "M", "W")] if most > 1 else ["W" * 22, "M" * 22]
    captions = {"second": " / ".join(lines[:most])}
    assert audit(change, captions=captions, aspect=aspect) == []
    captions = {"second": " / ".join(lines[: most + 1])}
    # A line too many may not fit its region either.
    findings = audit(change, captions=captions, aspect=aspect, besides=("region",))
    assert only(findings) == ("second", "caption lines", (f"caption “{' / '.join(lines[: most + 1])}”",))


@pytest.mark.parametrize("words", ["well", "gypsy", f"{'W' * 14} / {'g' * 14}"])
@pytest.mark.parametrize("shift", [0.0, 0.03, -0.03])
def test_captions_on_one_baseline(audit: Audit, words: str, shift: float) -> None:
    def draw(scene: Any) -> None:
        change(scene)
        scene.caption_bar.caption.shift([0.0, shift, 0.0])

    findings = audit(draw, captions={"first": "all", "second": words}, aspect="1:1", besides=())
    assert [finding.kind for finding in findings] == (["caption baseline"] if shift else [])
    if shift:
        assert amount(findings) == pytest.approx(0.03 * 135, abs=0.1)
        assert findings[0].amount.endswith("below it" if shift < 0 else "above it")


def test_too_little_time_to_read(audit: Audit) -> None:
    words = "Forty letters take two and two thirds s."
    findings = audit(change, captions={"second": words}, patience=False)
    assert only(findings) == ("second", "reading time", (f"caption “{words}”",))
    # 0.4 s for the caption's change, 0.6 s for the other, 1 s of rest.
    assert findings[0].amount == "shown 2.00 s, 0.67 s less than it takes"


def test_chinese_is_read_more_slowly(audit: Audit) -> None:
    captions = {"first": "好", "second": "二十個字在兩秒之內是讀不完的真的真的哦哦"}
    findings = audit(change, captions=captions, patience=False, locale="zh-Hans")
    assert only(findings)[:2] == ("second", "reading time")


def test_too_short_a_rest(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.stage.scene.SHORTEST_HOLD", 0.6)

    def draw(scene: Any) -> None:
        change(scene, 1.0)

    findings = audit(draw, captions={"first": "Well said and read", "second": "Quick"})
    assert [(finding.beat, finding.kind) for finding in findings] == [("first", "hold"), ("second", "hold")]
    assert findings[1].things == ("caption “Quick”",)
    assert findings[1].amount.startswith("held 0.60 s")


def test_a_caption_that_stays_too_long(audit: Audit) -> None:
    def draw(scene: Any) -> None:
        for _ in range(3):
            change(scene, 2.0)

    findings = audit(draw)
    assert only(findings)[:2] == ("second", "caption time")
    assert amount(findings) == pytest.approx(0.4 + 6.0 + 1.0)


def test_a_caption_lasts_until_the_next_one(audit: Audit) -> None:
    # What is played after the beat is still under its caption.
    def then(scene: Any) -> None:
        scene.wait(2.6)
        change(scene)
        scene.wait(2.8)

    findings = audit(change, captions={"second": "Fifteen letters"}, then=then)
    assert only(findings) == ("second", "caption time", ("caption “Fifteen letters”",))
    assert amount(findings) == pytest.approx(0.4 + 0.6 + 1.0 + 6.0)


@pytest.mark.parametrize("run_time", [0.1, 3.4])
def test_changes_too_quick_or_too_slow(audit: Audit, run_time: float) -> None:
    def draw(scene: Any) -> None:
        change(scene, run_time)

    findings = audit(draw)
    assert only(findings) == ("second", "motion", ("a change",))
    assert f"takes {run_time:.2f} s" in findings[0].amount
    assert findings[0].seconds == pytest.approx(1.4 + 0.4, abs=0.11)
