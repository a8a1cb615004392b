"""Every word that a viewer reads, by locale, from the files in `captions/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CAPTIONS = Path(__file__).parents[1] / "captions"


@dataclass(frozen=True)
class Locale:
    """How a language is written and how fast it is read.

    Attributes:
        line_length: most characters on a line of a caption.
        reading_speed: characters a second.
        spaced: whether lines break at spaces rather than between any two characters.
    """

    name: str
    line_length: int
    reading_speed: float
    spaced: bool


LOCALES: Mapping[str, Locale] = {
    "en": Locale("en", 42, 15.0, spaced=True),
    "zh-Hant": Locale("zh-Hant", 16, 9.0, spaced=False),
    "zh-Hans": Locale("zh-Hans", 16, 9.0, spaced=False),
}
MOST_LINES = 2
# Signs that may not begin a line of Chinese, and such as may not end one.
_NOT_FIRST = "，。、；：？！）」』》〉”’…%"
_NOT_LAST = "（「『《〈“‘"


@cache
def _table(locale: str) -> dict[str, Any]:
    with (CAPTIONS / f"{locale}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class Words:
    """The captions and labels of one scene in one language."""

    locale: Locale
    scene: str

    @classmethod
    def of(cls, scene: str, locale: str) -> Words:
        return cls(LOCALES[locale], scene)

    @property
    def title(self) -> str:
        return str(_table(self.locale.name)[self.scene]["title"])

    def caption(self, key: str, **values: object) -> str:
        """Return the caption `key` with its placeholders filled in."""
        return str(_table(self.locale.name)[self.scene]["beats"][key]).format(**values)

    def label(self, key: str, **values: object) -> str:
        """Return a word on the stage: the scene's own, or else the one that all scenes share."""
        table = _table(self.locale.name)
        labels = table[self.scene].get("labels", {})
        return str(labels[key] if key in labels else table["labels"][key]).format(**values)

    def texts(self) -> dict[str, str]:
        """Return everything that this scene may write, its placeholders empty, by where it stands."""
        table = _table(self.locale.name)
        return {
            key: text
            for section in ("labels", self.scene)
            for key, text in _flat(section, table.get(section, {})).items()
        }

    def lines(self, text: str) -> tuple[str, ...]:
        """Return `text` broken into as few lines as fit, of lengths as equal as may be."""
        return broken(text, self.locale)

    def reading_time(self, text: str) -> float:
        """Return the seconds that a reader of this language needs for `text`."""
        return len(text) / self.locale.reading_speed


def broken(text: str, locale: Locale) -> tuple[str, ...]:
    """Return `text` in one line if it fits, else cut in two where the longer half is shortest."""
    if len(text) <= locale.line_length:
        return (text,)
    if locale.spaced:
        cuts = [(text[:k], text[k + 1 :]) for k, sign in enumerate(text) if sign == " "]
    else:
        halves = [(text[:k].rstrip(), text[k:].lstrip()) for k in range(1, len(text))]
        cuts = [
            (first, second)
            for k, (first, second) in enumerate(halves, start=1)
            if first[-1:] not in _NOT_LAST
            and second[:1] not in _NOT_FIRST
            and not (_latin(text[k - 1]) and _latin(text[k]))
        ]
    if not cuts:
        return (text,)

    def badness(pair: tuple[str, str]) -> tuple[int, int]:
        # A break after a comma or colon reads best, if the halves stay nearly equal.
        after_sign = pair[0][-1:] in ",;:，；：。"
        return max(map(len, pair)) - (6 if after_sign else 0), len(pair[0])

    fitting = [pair for pair in cuts if max(map(len, pair)) <= locale.line_length]
    return min(fitting or cuts, key=badness)


def _flat(place: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        return {place: str(table)}
    parts = (_flat(f"{place}.{name}", inner) for name, inner in table.items())
    return {key: text for part in parts for key, text in part.items()}


def _latin(sign: str) -> bool:
    """Tell whether a sign belongs to words and formulas, w₁₁ and −0.5 among them, rather than to Chinese."""
    return ord(sign) < 0x2E80 and not sign.isspace() and sign not in _NOT_FIRST + _NOT_LAST
