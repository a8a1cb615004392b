"""The pages of a bundle: one for each video, to be embedded, and one that shows them all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from urllib.parse import quote

from explainer.request.recipe import Recipe
from scenes.style.theme import THEMES, Role

_BUNDLE = Path(__file__).parent / "templates"
_ROLES: Mapping[str, Role] = {
    "page": "background",
    "surface": "surface",
    "text": "text",
    "muted": "muted",
    "link": "slope_up",
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
    said = _words(edition.locale)
    sentences = [edition.title, *(beat.caption for beat in edition.recipe.beats)]
    flat = (" ".join(sentence.split()) for sentence in sentences)
    return said["space"].join(text if text.endswith(_STOPS) else text + said["stop"] for text in flat)


def embed_page(edition: Edition) -> str:
    """Return the HTML page of one video: its colours follow the reader's, and nothing moves unasked."""
    said = _words(edition.locale)
    steps = "\n".join(
        f'<li><button type="button" data-start="{beat.start_s:g}" data-end="{beat.end_s:g}">'
        f"{escape(beat.caption)}</button></li>"
        for beat in edition.recipe.beats
    )
    return _filled(
        "embed.html",
        lang=escape(edition.locale),
        language=escape(said["language"]),
        title=escape(edition.title),
        width=str(edition.recipe.width),
        height=str(edition.recipe.height),
        dark=quote(edition.dark),
        light=quote(edition.light),
        steps_word=escape(said["steps"]),
        steps=steps,
        style=_style("embed.css"),
        script=_text("embed.js").rstrip(),
    )


def index_page(editions: Sequence[Edition], title: str | None = None) -> str:
    """Return the HTML page of a whole bundle, its editions by language; it needs no script."""
    by_locale = {locale: list(group) for locale, group in groupby(editions, key=lambda each: each.locale)}
    first = next(iter(by_locale), "en")
    links = "\n".join(
        f'<li><a href="#{locale}" lang="{locale}">{escape(_words(locale)["language"])}</a></li>'
        for locale in by_locale
    )
    return _filled(
        "index.html",
        lang=escape(first),
        title=escape(title or _words(first)["bundle"]),
        languages=f"<nav>\n<ul>\n{links}\n</ul>\n</nav>" if len(by_locale) > 1 else "",
        sections="\n".join(_section(locale, group) for locale, group in by_locale.items()),
        style=_style("index.css"),
    )


def embed_code(edition: Edition) -> str:
    """Return the line of HTML that shows a video on another page."""
    recipe = edition.recipe
    return (
        f'<iframe src="{quote(edition.folder)}/embed.html" title="{escape(edition.title)}" loading="lazy"'
        f' allowfullscreen style="width:100%;aspect-ratio:{recipe.width}/{recipe.height};border:0"></iframe>'
    )


def _section(locale: str, editions: Sequence[Edition]) -> str:
    articles = "\n".join(_article(edition) for edition in editions)
    heading = f"<h2>{escape(_words(locale)['language'])}</h2>"
    return f'<section id="{locale}" lang="{locale}">\n{heading}\n{articles}\n</section>'


def _article(edition: Edition) -> str:
    said, folder = _words(edition.locale), quote(edition.folder)
    files = "\n".join(
        f'<li><a href="{folder}/{quote(name)}">{escape(name)}</a></li>' for name in edition.files
    )
    return (
        f"<article>\n<h3>{escape(edition.title)}</h3>\n{embed_code(edition)}\n"
        f'<p class="note">{escape(said["embed"])}</p>\n'
        f"<pre><code>{escape(embed_code(edition))}</code></pre>\n"
        f"<details>\n<summary>{escape(said['files'])}</summary>\n"
        f'<ul class="files">\n{files}\n</ul>\n</details>\n</article>'
    )


def _style(name: str) -> str:
    colours = {
        f"{theme}_{word}": THEMES[theme][role] for theme in ("dark", "light") for word, role in _ROLES.items()
    }
    return _filled(name, **colours).rstrip()


def _filled(name: str, **values: str) -> str:
    return Template(_text(name)).substitute(values)


@cache
def _text(name: str) -> str:
    return (_BUNDLE / name).read_text(encoding="utf-8")


@cache
def _words(locale: str) -> dict[str, str]:
    words: dict[str, dict[str, str]] = tomllib.loads(_text("words.toml"))
    return words[locale]
