"""The looks that the audit looks at; free of Manim."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from scenes.style.layout import LAYOUTS
from scenes.style.locales import LOCALES
from scenes.style.theme import THEMES


def in_every_look(jobs: Iterable[Job], wishes: Wishes) -> list[Job]:
    """Return each job in every theme, language and aspect, but where somebody wishes for a certain one."""
    return [
        job.looking(theme=theme, locale=locale, aspect=aspect)
        for job in jobs
        for aspect in ([wishes.aspect] if wishes.aspect else LAYOUTS)
        for theme in ([wishes.theme] if wishes.theme else THEMES)
        for locale in ([wishes.locale] if wishes.locale else LOCALES)
    ]
