"""The languages that explainers are written in; all that is particular to one stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Locale:
    """How a language is written and how fast it is read.

    Attributes:
        name: its tag, such as `en`.
        line_length: most characters on a line of a caption.
        reading_speed: characters a second.
        spaced: whether lines break at spaces rather than between any two characters.
        ideographs: the font family that draws ideographs as this language writes them.
    """

    name: str
    line_length: int
    reading_speed: float
    spaced: bool
    ideographs: str = "Noto Sans CJK TC"


LOCALES: Mapping[str, Locale] = {
    locale.name: locale
    for locale in (
        Locale("en", 42, 15.0, spaced=True),
        Locale("zh-Hant", 16, 9.0, spaced=False),
        Locale("zh-Hans", 16, 9.0, spaced=False, ideographs="Noto Sans CJK SC"),
    )
}
DEFAULT_LOCALE = next(iter(LOCALES))
