"""`nnmath check`: measure the picture without encoding it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from explainer.audit.finding import Finding
from explainer.audit.looks import in_every_look
from explainer.cli.console import complain, say, say_json
from explainer.cli.options import (
    Aspect,
    Everything,
    Json,
    Lesson,
    Locale,
    Params,
    Scenes,
    Settings,
    Theme,
    folder_named,
)
from explainer.disk.files import require_writable
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.request.selection import select_jobs
from explainer.work.progress import displayed

PictureFolder = Annotated[
    Path | None,
    typer.Option(
        "--picture",
        metavar="DIR",
        help="Draw every finding, the two things outlined, as PNG into this folder.",
        parser=folder_named,
    ),
]

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath check --all[/bold]\n\n"
    "[bold]nnmath check relu-folding --theme dark --picture findings[/bold]\n\n"
    '[bold]nnmath check matrix-as-layer --set "weights=[[-123.456, 5]]" --locale en[/bold]'
)


def check(
    scenes: Scenes = None,
    everything: Everything = False,
    lesson: Lesson = None,
    settings: Settings = None,
    params: Params = None,
    aspect: Aspect = None,
    theme: Theme = None,
    locale: Locale = None,
    picture: PictureFolder = None,
    json: Json = False,
) -> None:
    """Measure words, overlaps, contrast, the plane and the pace, at rest and in motion.

    Every theme, locale and aspect is checked unless one is named. Ends with 2 if anything is found.
    """
    look = Wishes(theme=theme, locale=locale, aspect=aspect)
    chosen = select_jobs(
        scenes or [],
        everything=everything,
        lesson=lesson,
        settings=settings or [],
        params=params,
        look=look,
        warn=complain,
    )
    jobs = in_every_look(chosen, look)
    if picture is not None:
        require_writable(picture, "--picture")
    from explainer.audit.check import check_all

    with displayed(len(jobs)) as display:
        findings = check_all(jobs, progress=lambda job: display.end())
    pictures = [] if picture is None else _drawn(jobs, findings, picture)
    if json:
        reports = [{**asdict(finding), "message": finding.message} for finding in findings]
        if picture is not None:
            for report, file in zip(reports, pictures, strict=True):
                report["picture"] = None if file is None else str(file)
        say_json(reports, indent=2)
    else:
        for finding in findings:
            say(str(finding))
        say(f"{len(jobs)} checked, {len(findings) or 'nothing'} found")
        if picture is not None:
            say(f"{sum(file is not None for file in pictures)} drawn in {picture}")
    if findings:
        raise typer.Exit(2)


def _drawn(jobs: Sequence[Job], findings: Sequence[Finding], folder: Path) -> list[Path | None]:
    from explainer.audit.pictures import draw_all, place_of

    with displayed(len({place_of(finding) for finding in findings if finding.beat})) as display:
        return draw_all(jobs, findings, folder, progress=lambda job: display.end())
