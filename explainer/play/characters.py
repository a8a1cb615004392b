"""Whether the fonts have every character that a video would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.errors import UserError
from explainer.jobs.job import Job
from scenes.style.fonts import missing_characters
from scenes.style.words import Words


def require_drawable(job: Job) -> None:
    """Raise a UserError for the first character of a caption, label or parameter that no font can draw.

    Pango and Typst draw an empty box in its place and say nothing.
    """
    for place, text in _texts(job):
        # What is ASCII needs no look into the fonts, which costs a fifth of a second.
        if text.isascii():
            continue
        for sign in missing_characters(text):
            raise UserError(
                f"{job.stem}: {place} has {sign!r} (U+{ord(sign):04X}), which no font here can draw;"
                " write it with other characters"
            )


def _texts(job: Job) -> Iterator[tuple[str, str]]:
    words = Words.of(job.definition.words_file, job.look.locale)
    for key, text in words.texts().items():
        yield f"{key}.{job.look.locale}", text
    yield from _strings("parameter ", job.parameters.model_dump(mode="json"))


def _strings(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _strings(f"{place}.{name}" if place[-1] != " " else f"{place}{name}", item)
    elif isinstance(value, list):
        for k, item in enumerate(value):
            yield from _strings(f"{place}[{k}]", item)
