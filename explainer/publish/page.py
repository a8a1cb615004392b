"""The pages of a bundle: one for each video, to be embedded, and one that shows them all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from explainer.request.recipe import Recipe
from scenes.style.locales import DEFAULT_LOCALE
from scenes.style.theme import THEMES, Role

_TEMPLATES = Path(__file__).parent / "templates"
_ROLES: Mapping[str, Role] = {
    "page": "background",
    "surface": "surface",
    "text": "text",
    "muted": "muted",
    "link": "basis_i",
}
# What ends a sentence, so that a caption which ends on it needs no full stop.
_STOPS = tuple(".!?:…。！？：")


@dataclass(frozen=True)
class Edition:
    """One video in one language, as it stands in a bundle.

    Attributes:
        folder: where it is, seen from the bundle's folder, such as `two-curves/en`.
        title: the video's own.
        dark, light: the stems of its files.
        recipe: either variant's; they differ in the theme alone.
        files: the names of all its files, in the order in which to list them.
    """

    folder: str
    title: str
    dark: str
    light: str
    recipe: Recipe
    files: tuple[str, ...]

    @property
    def locale(self) -> str:
        return self.recipe.locale


def alt_text(edition: Edition) -> str:
    """Return what a video shows, for those who do not see it: its title and its captions."""
    said = _words()[edition.locale]
    sentences = [edition.title, *(beat.caption for beat in edition.recipe.beats)]
    flat = (" ".join(sentence.split()) for sentence in sentences)
    return said["space"].join(text if text.endswith(_STOPS) else text + said["stop"] for text in flat)


def embed_page(edition: Edition) -> str:
    """Return the HTML page of one video: its colours follow the reader's, and nothing moves unasked."""
    return _rendered("embed.html", edition=edition, said=_words()[edition.locale])


def index_page(editions: Sequence[Edition], title: str | None = None) -> str:
    """Return the HTML page of a whole bundle, its editions by language; it needs no script."""
    sections = {locale: list(group) for locale, group in groupby(editions, key=lambda each: each.locale)}
    first = next(iter(sections), DEFAULT_LOCALE)
    words = _words()
    return _rendered(
        "index.html", lang=first, title=title or words[first]["bundle"], sections=sections, words=words
    )


def embed_code(edition: Edition) -> str:
    """Return the line of HTML that shows a video on another page."""
    return _rendered("frame.html", edition=edition).strip()


def _rendered(name: str, **values: Any) -> str:
    return _templates().get_template(name).render(values)


@cache
def _templates() -> Environment:
    """Return the templates of all pages: whatever is filled into them is escaped, and nothing left out."""
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals["colours"] = {
        theme: {word: THEMES[theme][role] for word, role in _ROLES.items()} for theme in ("dark", "light")
    }
    return templates


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Return what the pages say, by language."""
    words: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (_TEMPLATES / "words.toml").read_text(encoding="utf-8")
    )
    return words
