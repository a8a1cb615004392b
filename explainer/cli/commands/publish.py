"""`nnmath publish`: a bundle for the web."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from explainer.cli.console import complain, say, say_json
from explainer.cli.options import (
    DEFAULT_OUT,
    Aspect,
    Everything,
    Force,
    Fps,
    Jobs,
    Json,
    Lesson,
    Params,
    Project,
    Quality,
    Scenes,
    Settings,
    Size,
    folder_named,
)
from explainer.disk.files import require_writable
from explainer.jobs.look import Wishes, require
from explainer.keep.cache import cache_at
from explainer.publish.bundle import Published, plans, publish
from explainer.request.selection import select_jobs
from explainer.work.cluster import crew_on
from explainer.work.progress import displayed
from explainer.work.regenerate import Result, Run
from scenes.style.locales import LOCALES

Bundle: TypeAlias = Annotated[
    Path,
    typer.Option("--bundle", metavar="DIR", help="The folder to make the bundle in.", parser=folder_named),
]
Locales: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--locale", metavar="NAMES", help="One or more of en (default), zh-Hant and zh-Hans."),
]

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath publish two-curves relu-folding --bundle site[/bold]\n\n"
    "[bold]nnmath publish --all --locale en,zh-Hant --quality preview --bundle site[/bold]"
)


def publish_bundle(
    bundle: Bundle,
    scenes: Scenes = None,
    everything: Everything = False,
    lesson: Lesson = None,
    settings: Settings = None,
    params: Params = None,
    quality: Quality = None,
    size: Size = None,
    fps: Fps = None,
    aspect: Aspect = None,
    locale: Locales = None,
    project: Project = None,
    jobs: Jobs = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Make a folder for a web site: videos for dark and light pages, posters, subtitles, alt text, pages.

    Each video has an embed.html that follows the reader's colours and moves only when asked to; index.html
    shows them all. Nothing in it asks for anything outside the folder.
    """
    locales = [name.strip() for item in locale or [] for name in item.split(",")]
    for name in locales:
        require("locale", name, LOCALES)
    wanted = select_jobs(
        scenes or [],
        everything=everything,
        lesson=lesson,
        settings=settings or [],
        params=params,
        look=Wishes(aspect=aspect, quality=quality, size=size, fps=fps),
        project=project,
        warn=complain,
    )
    require_writable(bundle, "--bundle")
    to_make = plans(wanted, locales)
    failures: list[Result] = []
    count = sum(len(plan.jobs) for plan in to_make)
    with crew_on(None, jobs) as crew, displayed(count) as display:
        cache = cache_at(DEFAULT_OUT, complain)
        done = publish(to_make, bundle, lambda folder: Run(folder, cache, crew, complain, force), display)
        with closing(done):
            for published in done:
                failures += published.failures
                _say(published, bundle, as_json=json)
    for failure in failures:
        complain(f"{failure.job.stem}: {failure.error}")
    if failures:
        raise typer.Exit(min(failure.error.exit_code for failure in failures if failure.error is not None))
    if not json:
        say(f"{bundle / 'index.html'}  the whole bundle")


def _say(published: Published, bundle: Path, *, as_json: bool) -> None:
    edition = published.edition
    if edition is None:
        return
    page = bundle / edition.folder / "embed.html"
    if as_json:
        files = [str(bundle / edition.folder / name) for name in edition.files]
        recipe = edition.recipe
        say_json(
            {
                "scene": recipe.scene,
                "preset": recipe.preset,
                "locale": edition.locale,
                "page": str(page),
                "files": files,
            }
        )
    else:
        say(f"{page}  {edition.title} ({edition.locale})")
