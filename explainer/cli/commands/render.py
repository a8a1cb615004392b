"""`nnmath render`: make the files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Annotated, TypeAlias

import typer

from explainer.cli.console import complain, say_video
from explainer.cli.options import (
    DEFAULT_OUT,
    Aspect,
    Everything,
    Force,
    Formats,
    Fps,
    Jobs,
    Json,
    Lesson,
    Locale,
    MaxSize,
    Name,
    Out,
    Params,
    Project,
    Quality,
    Scenes,
    Scheduler,
    Settings,
    Size,
    Theme,
    Transparent,
)
from explainer.disk.files import require_writable
from explainer.jobs.job import Job
from explainer.jobs.look import QUALITIES, Wishes
from explainer.keep.cache import cache_at
from explainer.request.selection import select_jobs
from explainer.work.cluster import crew_on
from explainer.work.progress import displayed
from explainer.work.regenerate import Result, Run

DraftsFirst: TypeAlias = Annotated[
    bool, typer.Option("--drafts-first", help="Show what changed at draft quality before the one asked for.")
]

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath render two-curves@hard --quality draft[/bold]\n\n"
    "[bold]nnmath render relu-folding --set gap=0.6 --set seed=3 --theme light --locale zh-Hant[/bold]\n\n"
    "[bold]nnmath render --all --quality preview --jobs 2 --out videos[/bold]\n\n"
    "[bold]nnmath render --lesson learning --quality preview[/bold]\n\n"
    "[bold]nnmath render basis-vectors --format webm,gif --transparent --max-size 2MB[/bold]\n\n"
    "[bold]nnmath render --project lesson.toml[/bold]\n\n"
    "[bold]nnmath render ./my_scene.py@large[/bold]  a file of your own, or its folder (nnmath new-scene)\n\n"
    "[bold]nnmath render renders/two-curves.json[/bold]  makes the same video again"
)


def render(
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
    name: Name = None,
    project: Project = None,
    jobs: Jobs = None,
    force: Force = False,
    drafts_first: DraftsFirst = False,
    scheduler: Scheduler = None,
    json: Json = False,
) -> None:
    """Make videos: STEM.mp4 with STEM.vtt (subtitles), STEM.png (poster) and STEM.json (recipe).

    What is there already stays, and what was made before comes from the cache (nnmath cache). A video that
    takes the place of one with other parameters or looks says so. Instead of a scene, the recipe of a video
    or the video itself may be given: it is made again.
    """
    wanted = select_jobs(
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
        name=name,
        project=project,
        warn=complain,
    )
    require_writable(out)
    # Whoever forces, watches or changes a project means to replace.
    told_of_loss = not (force or drafts_first or project)
    with crew_on(scheduler, jobs) as crew:
        run = Run(out, cache_at(out, complain), crew, complain, force)
        failures: list[Result] = []
        if drafts_first:
            drafts = [job.looking(quality=QUALITIES["draft"]) for job in run.not_kept(wanted)]
            failures = _say_results(run, drafts, told_of_loss, as_json=json)
        hopeless = {failure.job.stem for failure in failures}
        hopeful = [job for job in wanted if job.stem not in hopeless]
        failures += _say_results(run, hopeful, told_of_loss, as_json=json)
    _end(failures, of=len(wanted))


def _say_results(run: Run, jobs: Sequence[Job], told_of_loss: bool, *, as_json: bool) -> list[Result]:
    """Report what is done as it gets done, and return what failed."""
    failures: list[Result] = []
    with displayed(len(jobs)) as display, closing(run.results(jobs, display)) as results:
        for result in results:
            if result.video is None:
                failures.append(result)
            else:
                say_video(result.video, state=result.state, as_json=as_json)
            if result.replaced and told_of_loss:
                complain(result.replaced)
    return failures


def _end(failures: Sequence[Result], of: int) -> None:
    errors = [(failure.job.stem, failure.error) for failure in failures if failure.error is not None]
    for stem, error in errors:
        complain(str(error) if of == 1 or str(error).startswith(stem) else f"{stem}: {error}")
    if errors:
        # That the machine failed weighs more than that the input was wrong.
        raise typer.Exit(min(error.exit_code for _, error in errors))
