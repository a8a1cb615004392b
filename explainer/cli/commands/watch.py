"""`nnmath watch`: render again when something changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
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
from explainer.request.data_files import data_files
from explainer.request.job import Job
from explainer.request.look import Wishes
from explainer.request.selection import select_jobs

_EPILOG = (
    "Examples:\n\n"
    "[bold]nnmath watch two-curves --params mine.toml[/bold]\n\n"
    "[bold]nnmath watch --project lesson.toml --quality preview[/bold]"
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("watch", epilog=_EPILOG)(watch)


def watch(
    scenes: Scenes = None,
    everything: Everything = False,
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

    def data_of_all() -> list[Path]:
        return [path for job in selected() for path in data_files(job.parameters)]

    data = data_of_all()

    def files() -> list[Path]:
        nonlocal data
        # Where something is wrong, the rendering tells, and the data files are those of before.
        with suppress(UserError):
            data = data_of_all()
        return [*named, *data]

    require_writable(out)
    from explainer.work.watch import Rendering, watched

    options = {
        "--params": params,
        "--quality": quality,
        "--size": size,
        "--fps": fps,
        "--aspect": aspect,
        "--theme": theme,
        "--locale": locale,
        "--max-size": max_size,
        "--out": out,
        "--project": project,
        "--jobs": jobs,
    }
    given = [f"{option}={value}" for option, value in options.items() if value is not None]
    given += [f"--set={setting}" for setting in settings or []]
    given += [f"--format={names}" for names in formats or []]
    given += ["--transparent"] if transparent else []
    given += ["--all"] if everything else []
    command = [sys.executable, "-P", "-m", "explainer", "render", "--drafts-first", *given, *(scenes or [])]
    watched(Rendering(command), files, _tell)


def _tell(changes: Sequence[Path]) -> None:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    complain(f"{changes[0].name}{more} changed")
