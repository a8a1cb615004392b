"""How large letters are on screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from explainer.audit.drawing import Drawing, Lettering
from explainer.audit.finding import Fault, pixels
from scenes.stage.writing import Formula, Text, Writing
from scenes.style.fonts import missing_characters, text_families
from scenes.style.typesetting import Outlines, set_formula, set_text

# In pixels at 1080p: for all text the letter x, for formulas and captions the letter H.
SMALLEST_X = 15.0
SMALLEST_ESSENTIAL_H = 24.0
# For all writing the em, which is 20 pixels at 720p.
SMALLEST_EM = 30.0
LARGE_H = 24.0
_ROUNDING = 0.05


@dataclass(frozen=True)
class Letters:
    """Heights of a font's letters in ems: a small letter without ascender, and a capital."""

    small: float
    capital: float


@cache
def _letters(kind: str, locale: str) -> Letters:
    """Return what the font itself draws: flat letters, which overshoot no line, and a whole ideograph."""
    families = text_families(locale)
    if kind == "formula":
        return Letters(_ink(set_formula("upright(x)", families)), _ink(set_formula("upright(H)", families)))
    if kind == "ideographs":
        # The body of an ideograph stands for both; it has no smaller letters.
        body = _ink(set_text(("国",), families))
        return Letters(body, body)
    return Letters(_ink(set_text(("x",), families)), _ink(set_text(("H",), families)))


def _ink(outlines: Outlines) -> float:
    return outlines.top - outlines.bottom


def letters_of(writing: Writing) -> Letters:
    """Return the heights of a writing's letters in scene units."""
    kind = "formula" if isinstance(writing, Formula) else "latin"
    if kind == "latin" and not any(c.isascii() and c.isalnum() for c in writing.source):
        kind = "ideographs" if any(is_ideograph(c) for c in writing.source) else kind
    letters, size = _letters(kind, writing.locale), writing.size
    return Letters(letters.small * size, letters.capital * size)


def is_ideograph(sign: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return unicodedata.name(sign, "").startswith("CJK ")


def faults(drawing: Drawing, caption: Text | None) -> Iterator[Fault]:
    """Find writing that is too small, and characters that no font can draw; `caption` is the caption."""
    for lettering in drawing.letterings:
        yield from _too_small(lettering, essential=lettering.writing is caption)
        yield from _missing(lettering)


def _too_small(lettering: Lettering, *, essential: bool) -> Iterator[Fault]:
    letters = letters_of(lettering.writing)
    small, capital = pixels(letters.small), pixels(letters.capital)
    if small < SMALLEST_X - _ROUNDING:
        yield Fault(
            "text size",
            (lettering.name,),
            f"x-height {small:.1f} px, {SMALLEST_X - small:.1f} px less than {SMALLEST_X:g}",
        )
    elif (em := pixels(lettering.writing.size)) < SMALLEST_EM - _ROUNDING:
        yield Fault(
            "text size",
            (lettering.name,),
            f"em {em:.1f} px, {SMALLEST_EM - em:.1f} px less than {SMALLEST_EM:g}",
        )
    essential = essential or isinstance(lettering.writing, Formula)
    if essential and capital < SMALLEST_ESSENTIAL_H - _ROUNDING:
        yield Fault(
            "text size",
            (lettering.name,),
            f"capitals {capital:.1f} px high, {SMALLEST_ESSENTIAL_H - capital:.1f} px less than"
            f" {SMALLEST_ESSENTIAL_H:g}",
        )


def _missing(lettering: Lettering) -> Iterator[Fault]:
    writing = lettering.writing
    # In a formula only what stands between quotes is text; the rest are names of signs.
    words = writing.source if isinstance(writing, Text) else "".join(writing.source.split('"')[1::2])
    for sign in missing_characters(words):
        yield Fault("missing character", (lettering.name,), f"no font draws {sign!r} (U+{ord(sign):04X})")
