"""`nnmath watch`: render again when something changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from explainer.cli.console import complain
from explainer.cli.options import (
    DEFAULT_OUT,
    Aspect,
    Everything,
    Formats,
    Fps,
    Jobs,
    Lesson,
    Locale,
    MaxSize,
    Out,
    Params,
    Project,
    Quality,
    Scenes,
    Settings,
    Size,
    Theme,
    Transparent,
)
from explainer.disk.files import require_writable
from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.keep.key import InputReader
from explainer.request.selection import select_jobs

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath watch two-curves --params mine.toml[/bold]\n\n"
    "[bold]nnmath watch --project lesson.toml --quality preview[/bold]"
)


def watch(
    context: typer.Context,
    scenes: Scenes = None,
    everything: Everything = False,
    lesson: Lesson = None,
    settings: Settings = None,
    params: Params = None,
    quality: Quality = None,
    size: Size = None,
    fps: Fps = None,
    aspect: Aspect = None,
    theme: Theme = None,
    locale: Locale = None,
    formats: Formats = None,
    transparent: Transparent = None,
    max_size: MaxSize = None,
    out: Out = DEFAULT_OUT,
    project: Project = None,
    jobs: Jobs = None,
) -> None:
    """Render, and again whenever parameters, project, data, captions or code are saved; Ctrl-C ends it.

    Only what a change affects is rendered: first at draft quality, then as asked for.
    """

    def selected() -> list[Job]:
        return select_jobs(
            scenes or [],
            everything=everything,
            lesson=lesson,
            settings=settings or [],
            params=params,
            look=Wishes(
                theme=theme,
                locale=locale,
                aspect=aspect,
                quality=quality,
                size=size,
                fps=fps,
                formats=formats,
                transparent=transparent,
                max_size=max_size,
            ),
            project=project,
        )

    named = [path for path in (params, project) if path is not None]

    def files_to_watch() -> list[Path]:
        reader = InputReader()
        return [*named, *(path for job in selected() for path in reader.inputs(job).stamps)]

    def files_without_fault() -> list[Path] | None:
        # Where something is wrong, the rendering tells.
        try:
            return files_to_watch()
        except UserError:
            return None

    # A fault at the very beginning ends the command, as it would end a rendering.
    files_to_watch()
    require_writable(out)
    from explainer.work.watch import RenderProcess, render_on_changes

    command = [sys.executable, "-P", "-m", "explainer", "render", "--drafts-first", *_words(context)]
    render_on_changes(RenderProcess(command), files_without_fault, _tell)


def _words(context: typer.Context) -> list[str]:
    """Return what was said after `nnmath watch`, word for word."""
    said: Sequence[str] = context.obj
    return list(said[1:])


def _tell(changes: Sequence[Path]) -> None:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    complain(f"{changes[0].name}{more} changed")
