"""What Typst sets: text is data, parts are found, outlines are closed and always the same."""

from __future__ import annotations

import re

import numpy as np
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenes.style import typesetting
from scenes.style.fonts import font_files, text_families
from scenes.style.markup import named, part_key, quoted
from scenes.style.typesetting import TypesettingError, set_formula, set_text

FAMILIES = text_families("en")
# What would be code, markup or an escape, were it not data.
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.4": *',
    "@preview/x",
    '") #panic("got out")',
    '\\" ] #panic()',
    "back\\slash \\n \\u{41}",
    "a ] b [ c } d { e",
    "$ x^2 $ and $",
    "*bold* _low_ `raw` <label> @ref",
    "// comment /* and */",
    "= Heading",
    "https://example.org/~x",
    "#",
]


def subpaths(points: np.ndarray) -> list[np.ndarray]:
    """Cut cubic points (4k, 2) into subpaths, each (m, 4, 2), where a curve starts afresh."""
    curves = points.reshape(-1, 4, 2)
    jumps = np.flatnonzero(np.abs(curves[1:, 0] - curves[:-1, 3]).max(axis=1) > 1e-9) + 1
    return np.split(curves, jumps)


def contours(text: str) -> int:
    """Count the closed contours of a text's glyphs, read from the font file itself."""
    with TTFont(font_files()[0]) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        count = 0
        for sign in text:
            pen = DecomposingRecordingPen(glyphs)
            glyphs[names[ord(sign)]].draw(pen)
            count += sum(operation == "closePath" for operation, _ in pen.value)
    return count


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_data(text: str) -> None:
    (points,) = set_text((text,), FAMILIES).parts.values()
    assert len(subpaths(points)) == contours(text.replace(" ", ""))


@settings(max_examples=60)
@given(st.text([chr(n) for n in range(0x21, 0x7F)], min_size=1, max_size=12))
def test_every_sign_of_any_text_is_drawn(text: str) -> None:
    # The font draws some pairs, such as ft and ff, as one ligature.
    assume(not re.search("f[a-z]|t[ft]", text))
    (points,) = set_text((text,), FAMILIES).parts.values()
    assert len(subpaths(points)) == contours(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_within_a_formula_are_data_too(text: str) -> None:
    outlines = set_formula(f"x = {quoted(text)}", FAMILIES)
    plain = set_formula('x = "nn"', FAMILIES)
    assert outlines.parts.keys() == plain.parts.keys()


def test_a_formula_cannot_read_files() -> None:
    with pytest.raises(TypesettingError, match="cannot set"):
        set_formula('#read("/etc/passwd")', FAMILIES)


@pytest.mark.parametrize("markup", ["frac(1", "unknown_name(x)", '"open'])
def test_a_wrong_formula_is_refused(markup: str) -> None:
    with pytest.raises(TypesettingError, match="Typst cannot set"):
        set_formula(markup, FAMILIES)


FORMULAS = [
    'mat(delim: "[", 1, 2; 3, 4) bold(x)',
    "frac(partial L, partial w_(11)) = -0.35",
    "sqrt(x^2 + y^2) <= sum_(k=1)^n eta dot h_k",
    'bold(h) = upright("relu")(W_1 bold(x) + bold(b)_1)',
]


@pytest.mark.parametrize("markup", FORMULAS)
def test_every_outline_is_closed(markup: str) -> None:
    for points in set_formula(markup, FAMILIES).parts.values():
        assert np.isfinite(points).all()
        for path in subpaths(points):
            assert path[0, 0] == pytest.approx(path[-1, 3], abs=1e-9)
            assert len(path) >= 2


@pytest.mark.parametrize("lines", [("Hxg",), ("二维平面，点",), ("one", "two lines")])
def test_text_outlines_are_closed(lines: tuple[str, ...]) -> None:
    for points in set_text(lines, text_families("zh-Hant")).parts.values():
        for path in subpaths(points):
            assert path[0, 0] == pytest.approx(path[-1, 3], abs=1e-9)


def test_the_box_is_the_inks() -> None:
    outlines = set_formula(FORMULAS[0], FAMILIES)
    ink = np.concatenate(list(outlines.parts.values()))
    box = np.array([[outlines.left, outlines.bottom], [outlines.right, outlines.top]])
    assert box == pytest.approx(np.array([ink.min(axis=0), ink.max(axis=0)]))


def test_parts_are_found_and_stand_where_they_are_written() -> None:
    outlines = set_formula(f"{named('left', 'a')} + {named('right', 'b')}", FAMILIES)
    left, right = outlines.parts[part_key("left")], outlines.parts[part_key("right")]
    assert left[:, 0].max() < right[:, 0].min()
    assert len(outlines.parts) == 3


def test_naming_a_part_changes_no_outline() -> None:
    plain = set_formula("frac(a, b) + c^2", FAMILIES)
    parted = set_formula(f"frac({named('top', 'a')}, b) + {named('base', 'c')}^2", FAMILIES)
    gathered = [np.concatenate(list(o.parts.values())) for o in (plain, parted)]
    ordered = [points[np.lexsort(points.T)] for points in gathered]
    assert ordered[0] == pytest.approx(ordered[1], abs=2e-4)


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_part_keys_are_colours_other_than_black(one: str, other: str) -> None:
    for name in (one, other):
        assert 0 < part_key(name) <= 0xFFFFFF
        assert part_key(name) == part_key(name)


def test_the_baseline_is_at_nought() -> None:
    standing, hanging = set_text(("Hx",), FAMILIES), set_text(("Hg",), FAMILIES)
    assert standing.bottom == pytest.approx(0.0, abs=2e-3)
    assert hanging.bottom < -0.15
    assert standing.top == pytest.approx(hanging.top, abs=1e-3)
    # The height of a capital H of the font, in ems.
    with TTFont(font_files()[0]) as font:
        height = font["OS/2"].sCapHeight / font["head"].unitsPerEm
    assert standing.top == pytest.approx(height, abs=0.01)
    digits, fraction = set_formula("2", FAMILIES), set_formula("frac(1, 2)", FAMILIES)
    assert digits.bottom == pytest.approx(0.0, abs=0.03)
    assert fraction.bottom < -0.3 < 0.3 < fraction.top


def test_lines_stand_below_each_other_centred() -> None:
    outlines = set_text(("mmmm", "m"), FAMILIES)
    (points,) = outlines.parts.values()
    second = points[points[:, 1] < -0.2]
    assert second[:, 0].mean() == pytest.approx((outlines.left + outlines.right) / 2, abs=0.02)
    assert outlines.bottom < -0.9


def test_outlines_do_not_depend_on_what_was_set_before() -> None:
    def setting(order: tuple[int, ...]) -> dict[int, np.ndarray]:
        typesetting._outlines.cache_clear()
        typesetting._compiler.cache_clear()
        done = {k: set_formula(FORMULAS[k], FAMILIES) for k in order}
        return {k: np.concatenate([done[k].parts[key] for key in sorted(done[k].parts)]) for k in done}

    first, second = setting((0, 1, 2, 3)), setting((3, 1, 0, 2))
    for k in range(4):
        assert np.array_equal(first[k], second[k])


def test_nothing_is_an_empty_picture() -> None:
    outlines = set_text(("",), FAMILIES)
    assert outlines.parts == {}
    assert (outlines.left, outlines.right) == (0.0, 0.0)


def test_languages_have_their_own_shapes_of_a_sign() -> None:
    traditional = set_text(("骨",), text_families("zh-Hant"))
    simplified = set_text(("骨",), text_families("zh-Hans"))
    (one,), (other,) = traditional.parts.values(), simplified.parts.values()
    assert one.shape != other.shape or not np.allclose(one, other)
