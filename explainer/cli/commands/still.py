"""`nnmath still`: one picture."""

from __future__ import annotations

from typing import Annotated

import typer

from explainer.cli.console import say, say_json
from explainer.cli.options import (
    DEFAULT_OUT,
    Aspect,
    Json,
    Locale,
    Name,
    OneScene,
    Out,
    Params,
    Quality,
    Settings,
    Size,
    Theme,
)
from explainer.disk.files import Staging, require_writable
from explainer.jobs.look import Wishes
from explainer.request.instant import instant_of, suffix_of
from explainer.request.selection import plain_name, select_jobs

At = Annotated[
    str | None,
    typer.Option("--at", metavar="BEAT|SECONDS", help="The end of a beat, or an instant; default: the end."),
]

EXAMPLES = (
    "Examples:\n\n"
    "[bold]nnmath still two-curves --at question[/bold]\n\n"
    "[bold]nnmath still relu-folding --at 12.5 --theme light --quality uhd[/bold]"
)


def still(
    scene: OneScene,
    at: At = None,
    settings: Settings = None,
    params: Params = None,
    quality: Quality = None,
    size: Size = None,
    aspect: Aspect = None,
    theme: Theme = None,
    locale: Locale = None,
    out: Out = DEFAULT_OUT,
    name: Name = None,
    json: Json = False,
) -> None:
    """Make one picture, STEM-BEAT.png or STEM-SECONDSs.png, in the colours and language asked for."""
    look = Wishes(theme=theme, locale=locale, aspect=aspect, quality=quality, size=size)
    (job,) = select_jobs([scene], everything=False, settings=settings or [], params=params, look=look)
    instant = instant_of(job, at)
    own_name = f"{job.stem}-{suffix_of(instant)}"
    file = f"{own_name if name is None else plain_name('--name', name)}.png"
    require_writable(out)

    from explainer.encoding import picture
    from explainer.play import render as rendering

    content = picture.png(rendering.still(job, instant))
    with Staging(out, (file,)) as staging:
        staging.write(file, content)
        (path,) = staging.commit()
    if json:
        say_json({"scene": job.scene, "preset": job.preset, "at": instant, "file": str(path)})
    else:
        say(str(path))
