"""Every word that a viewer reads: a scene's own from its `words.toml`, and the few that all scenes share.

A words file has all languages side by side:

    [title]
    en = "…"

    [captions]
    plane.en = "…"

    [labels]
    slope.en = "…"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenes.style.locales import LOCALES, Locale

SHARED_WORDS = Path(__file__).with_name("words.toml")
MOST_LINES = 2
# Signs that may not begin a line of Chinese, and such as may not end one.
_NOT_FIRST = "，。、；：？！）」』》〉”’…%"
_NOT_LAST = "（「『《〈“‘"


class MissingWords(ValueError):
    """A words file lacks what is asked of it; the message names the file and what to add."""


@cache
def words_in(file: Path, locale: str) -> Mapping[str, str]:
    """Return all that a words file says in one language, by place, such as `captions.plane` or `title`.

    Raises:
        MissingWords: if there is no such file, or it is not TOML.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MissingWords(f"{file}: no words can be read from it ({error})") from error
    return in_language(tables, locale)


def in_language(tables: Mapping[str, object], locale: str) -> Mapping[str, str]:
    """Return what the tables of a words file say in one language, by place."""
    return dict(_spoken("", tables, locale))


def _spoken(place: str, table: Mapping[str, object], locale: str) -> Iterator[tuple[str, str]]:
    for name, inner in table.items():
        if isinstance(inner, Mapping):
            yield from _spoken(f"{place}.{name}" if place else name, inner, locale)
        elif name == locale:
            yield place, str(inner)


@dataclass(frozen=True)
class Words:
    """The captions and labels of one scene in one language.

    Attributes:
        file: the scene's words file.
    """

    locale: Locale
    file: Path

    @classmethod
    def of(cls, file: Path, locale: str) -> Words:
        return cls(LOCALES[locale], file)

    @property
    def title(self) -> str:
        return self._said("title")

    def caption(self, key: str, **values: object) -> str:
        """Return the caption `key` with its placeholders filled in."""
        return self._said(f"captions.{key}").format(**values)

    def label(self, key: str, **values: object) -> str:
        """Return a word on the stage: the scene's own, or else the one that all scenes share."""
        place = f"labels.{key}"
        shared = words_in(SHARED_WORDS, self.locale.name)
        own = words_in(self.file, self.locale.name)
        return (shared[place] if place in shared and place not in own else self._said(place)).format(**values)

    def texts(self) -> dict[str, str]:
        """Return everything that this scene may write, its placeholders empty, by where it stands."""
        return {**words_in(SHARED_WORDS, self.locale.name), **words_in(self.file, self.locale.name)}

    def _said(self, place: str) -> str:
        try:
            return words_in(self.file, self.locale.name)[place]
        except KeyError:
            raise MissingWords(f"{self.file}: no {place}.{self.locale.name}; add it") from None

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


def _latin(sign: str) -> bool:
    """Tell whether a sign belongs to words and formulas, w₁₁ and −0.5 among them, rather than to Chinese."""
    return ord(sign) < 0x2E80 and not sign.isspace() and sign not in _NOT_FIRST + _NOT_LAST
