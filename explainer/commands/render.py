"""`nnmath render`: make the files."""

from __future__ import annotations

import typer

from explainer.console import say_video, watching
from explainer.files import require_writable
from explainer.options import (
    DEFAULT_OUT,
    Aspect,
    Everything,
    Json,
    Locale,
    Name,
    Out,
    Params,
    Quality,
    Scenes,
    Settings,
    Theme,
)
from explainer.selection import Look, select_jobs

_EPILOG = (
    "Examples:\n\n"
    "[bold]nnmath render two-curves@hard --quality draft[/bold]\n\n"
    "[bold]nnmath render relu-folding --set gap=0.6 --set seed=3 --theme light --locale zh-Hant[/bold]\n\n"
    "[bold]nnmath render --all --quality preview --out videos[/bold]\n\n"
    "[bold]nnmath render renders/two-curves.json[/bold]  makes the same video again"
)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("render", epilog=_EPILOG)(render)


def render(
    scenes: Scenes = None,
    everything: Everything = False,
    settings: Settings = None,
    params: Params = None,
    quality: Quality = None,
    aspect: Aspect = None,
    theme: Theme = None,
    locale: Locale = None,
    out: Out = DEFAULT_OUT,
    name: Name = None,
    json: Json = False,
) -> None:
    """Make videos: STEM.mp4 with STEM.vtt (subtitles), STEM.png (poster) and STEM.json (recipe).

    Instead of a scene, the recipe of a video or the video itself may be given: it is made again.
    """
    jobs = select_jobs(
        scenes or [],
        everything=everything,
        settings=settings or [],
        params=params,
        look=Look(theme, locale, aspect, quality),
        name=name,
    )
    require_writable(out)
    with watching(len(jobs)) as watch:
        # Before Manim's second of loading, so that the first bar is there at once.
        for job in jobs:
            watch.begin(job)
            from explainer.video import make_video

            video = make_video(job, out, watch.advance)
            watch.end()
            say_video(video, as_json=json)
