"""Writing keeps its size, its baseline and its colours, whatever is done to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import LEFT, ORIGIN, RIGHT

from scenes.stage.writing import Formula, Text
from scenes.style.layout import Region
from scenes.style.markup import named
from scenes.style.theme import THEMES

DARK = THEMES["dark"]
sizes = st.floats(0.2, 2)
places = st.floats(-5, 5)
factors = st.floats(0.2, 4)


def code(mobject: object) -> str:
    """Return a mobject's fill as #rrggbb."""
    return mobject.get_fill_color().to_hex().lower()  # type: ignore[attr-defined]


@settings(max_examples=30)
@given(sizes, places, places, factors)
def test_size_and_baseline_follow_every_move(size: float, x: float, y: float, factor: float) -> None:
    text = Text("Hxpg", DARK, size=size)
    assert text.size == pytest.approx(size)
    before = text.baseline
    text.shift(np.array([x, y, 0]))
    assert text.baseline == pytest.approx(before + y)
    text.scale(factor)
    assert text.size == pytest.approx(size * factor)
    # Capitals stand on the baseline: the top is a capital's height above it.
    assert text.get_top()[1] - text.baseline == pytest.approx(text._outlines.top * size * factor)


@settings(max_examples=30)
@given(places, places, st.sampled_from([LEFT, RIGHT, ORIGIN]))
def test_standing_somewhere_means_the_baseline(x: float, y: float, align: np.ndarray) -> None:
    for words in ("acemn", "gjpqy", "HTL"):
        text = Text(words, DARK, size=0.4).stand_at(np.array([x, y, 0]), align)
        assert text.baseline == pytest.approx(y, abs=1e-9)
        edges = {-1.0: text.get_left()[0], 0.0: text.get_center()[0], 1.0: text.get_right()[0]}
        assert edges[float(align[0])] == pytest.approx(x, abs=1e-9)


@settings(max_examples=20)
@given(sizes, places, places, factors)
def test_rewriting_keeps_place_size_and_colours(size: float, x: float, y: float, factor: float) -> None:
    formula = Formula(f"W = {named('w', '1')}", DARK, size=size, role="muted", paint={"w": "basis_i"})
    formula.shift(np.array([x, y, 0])).scale(factor).set_fill(opacity=0.4)
    baseline, left, top = formula.baseline, formula.get_left()[0], formula.part("w").get_top()[1]
    formula.rewrite(f"W = {named('w', '7')} + 1")
    assert formula.baseline == pytest.approx(baseline, abs=1e-6)
    assert formula.get_left()[0] == pytest.approx(left, abs=1e-6)
    assert formula.size == pytest.approx(size * factor)
    assert formula.part("w").get_top()[1] == pytest.approx(top, abs=0.03 * size * factor)
    assert code(formula.part("w")) == DARK["basis_i"]
    assert {code(part) for part in formula.submobjects} == {DARK["basis_i"], DARK["muted"]}
    assert all(part.get_fill_opacity() == pytest.approx(0.4) for part in formula.submobjects)
    assert formula.source.endswith("+ 1")


def test_parts_are_the_writings_own() -> None:
    formula = Formula(f"{named('one', 'x')} + y", DARK, paint={"one": "active"})
    assert formula.has_part("one")
    assert not formula.has_part("two")
    assert formula.part("one") in formula.submobjects
    assert code(formula.part("one")) == DARK["active"]
    with pytest.raises(KeyError, match=r"has no part .*two"):
        formula.part("two")


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_colours_come_from_the_theme(theme: object) -> None:
    text = Text("x", theme, role="wrong", halo=True)  # type: ignore[arg-type]
    (glyphs,) = text.submobjects
    assert code(glyphs) == theme["wrong"]  # type: ignore[index]
    assert glyphs.get_stroke_color(background=True).to_hex().lower() == theme["background"]  # type: ignore[index]


@settings(max_examples=30)
@given(
    st.floats(0.3, 6), st.floats(0.2, 3), st.sampled_from([-1.0, 0.0, 1.0]), st.sampled_from([-1.0, 0.0, 1.0])
)
def test_within_a_region_it_shrinks_but_never_grows(width: float, height: float, x: float, y: float) -> None:
    region = Region(-1.0, -2.0, -1.0 + width, -2.0 + height)
    text = Text("some words", DARK, size=0.5)
    full = text.width
    text.within(region, np.array([x, y, 0]))
    box = Region(text.get_left()[0], text.get_bottom()[1], text.get_right()[0], text.get_top()[1])
    assert region.contains(box)
    assert text.width <= full + 1e-9
    tight = text.width == pytest.approx(region.width) or text.height == pytest.approx(region.height)
    assert tight or text.width == pytest.approx(full)
    aligned = {-1.0: box.left - region.left, 0.0: box.left + box.right - region.left - region.right}
    aligned[1.0] = region.right - box.right
    assert aligned[x] == pytest.approx(0, abs=1e-9)
