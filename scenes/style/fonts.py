"""The fonts that every machine draws with, taken from installed packages and never from the system."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scenes.style.locales import LOCALES

LATIN_FAMILY = "Source Sans 3"
MATH_FAMILY = "New Computer Modern Math"


@cache
def font_files() -> tuple[Path, ...]:
    """Return the font files that text is set with; the mathematics font is built into Typst."""
    import fontpkg_source_sans_3
    import noto_cjk_sans_otc

    latin = Path(fontpkg_source_sans_3.ROOT) / "files" / "SourceSans3[wght].ttf"
    return latin, Path(noto_cjk_sans_otc.FONT_PATH)


def text_families(locale: str) -> tuple[str, ...]:
    """Return the font families for `locale`: Latin first, then the one for ideographs."""
    return (LATIN_FAMILY, LOCALES[locale].ideographs)


@cache
def _code_points() -> frozenset[int]:
    from fontTools.ttLib import TTCollection, TTFont

    latin, cjk = font_files()
    covered: set[int] = set()
    with TTFont(latin, lazy=True) as font:
        covered.update(font.getBestCmap())
    with TTCollection(cjk, lazy=True) as collection:
        covered.update(collection.fonts[0].getBestCmap())
    return frozenset(covered)


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that no text font can draw, each once, in order of appearance."""
    return [c for c in dict.fromkeys(text) if not c.isspace() and ord(c) not in _code_points()]
