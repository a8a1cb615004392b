"""The Python interface: what the command line does, asked for by keyword and answered with objects.

What a scene shows is set by its parameters, how it looks by the options that the signatures below name; every
other keyword is a parameter. Values may be what numpy has in their place, and paths.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypeAlias

from explainer.audit.finding import Finding
from explainer.disk.digests import json_digest
from explainer.disk.files import require_writable
from explainer.disk.workspace import temporary_workspace
from explainer.errors import MachineError, UserError
from explainer.film.still import Picture
from explainer.film.video import Video
from explainer.jobs.description import describe
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.keep.cache import Cache, cache_at
from explainer.request.instant import instant_of, suffix_of
from explainer.request.keywords import raised_by_keyword, setting_of, warn, wishes_of
from explainer.request.selection import select_jobs
from explainer.work.crew import local_crew
from explainer.work.progress import displayed
from explainer.work.regenerate import Run
from scenes.definition import SceneNumbers

__all__ = ["Finding", "Picture", "Video", "check", "compute", "render", "show", "still"]

# `relu-folding`, `relu-folding@hard`, or the file of a recipe or of a video that carries one.
Scene: TypeAlias = str | os.PathLike[str]

# Manim's configuration is global to a process: one job at a time, from whichever thread.
_DRAWING = threading.Lock()


@raised_by_keyword
def render(
    scene: Scene,
    /,
    *,
    theme: str | None = None,
    locale: str | None = None,
    aspect: str | None = None,
    quality: str | None = None,
    size: str | tuple[int, int] | None = None,
    fps: int | None = None,
    formats: str | Sequence[str] | None = None,
    transparent: bool | None = None,
    max_size: str | int | None = None,
    out: str | os.PathLike[str] = "renders",
    name: str | None = None,
    force: bool = False,
    **parameters: object,
) -> Video:
    """Make a video with its subtitles, poster and recipe, or find it in the cache, as `nnmath render` does.

    >>> video = render("two-curves", gap=0.6, theme="light", quality="draft", out="renders")
    >>> video
    <Video 'renders/two-curves.mp4': 854×480, 15 fps, 25.6 s>
    >>> video.results["points"], [beat.key for beat in video.beats]
    (200, ['plane', 'points', 'coordinates', 'labels', 'question', 'function'])

    Args:
        scene: a scene, `scene@preset`, or the file of a recipe or video to make again.
        theme: `dark` (as a rule), `light` or `print`.
        locale: `en`, `zh-Hant` or `zh-Hans`.
        aspect: `16:9`, `1:1` or `9:16`.
        quality: `draft`, `preview`, `hd` (as a rule) or `uhd`.
        size: another size in pixels, such as `(1200, 628)`.
        fps: other frames a second: a multiple of 5.
        formats: of `mp4` (as a rule), `webm`, `gif` and `png`, one or more.
        transparent: whether the page shows behind webm and png.
        max_size: the most bytes that a gif may have, or a size such as `2MB`.
        out: the folder for the files; it is made if it is missing.
        name: another name for the files.
        force: whether to make the video anew, whatever is there.
        parameters: the scene's own; `nnmath show SCENE` explains them.

    Raises:
        UserError: for anything given that is unknown, out of range or contradictory.
        MachineError: if the disk, the memory or a library fails.
    """
    wishes = wishes_of(
        theme=theme,
        locale=locale,
        aspect=aspect,
        quality=quality,
        size=size,
        fps=fps,
        formats=formats,
        transparent=transparent,
        max_size=max_size,
    )
    job = _job(scene, parameters, wishes, name)
    if not os.fspath(out):
        raise UserError("out='' must be the name of a folder; say '.' for this one")
    folder = Path(out)
    require_writable(folder)
    return _video(job, folder, cache_at(folder, warn), force=force)


@raised_by_keyword
def show(
    scene: Scene,
    /,
    *,
    theme: str | None = None,
    locale: str | None = None,
    aspect: str | None = None,
    quality: str | None = "preview",
    size: str | tuple[int, int] | None = None,
    fps: int | None = None,
    **parameters: object,
) -> Video:
    """Make a video to look at: as the last line of a notebook's cell, it plays in place.

    Its files lie in a temporary folder until the program ends; the user's own cache (`NNMATH_CACHE`, or
    `~/.cache/nnmath`) remembers it beyond.

    >>> show("two-curves", gap=0.6, quality="draft").results["points"]
    200

    See `render` for arguments and errors.
    """
    wishes = wishes_of(theme=theme, locale=locale, aspect=aspect, quality=quality, size=size, fps=fps)
    job = _job(scene, parameters, wishes)
    # The same request has the same place; another one does not take away what an earlier one returned.
    folder = _folder_for_showing() / json_digest(describe(job))[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return _video(job, folder, cache_at(None, warn))


@raised_by_keyword
def still(
    scene: Scene,
    /,
    *,
    at: str | float | None = None,
    theme: str | None = None,
    locale: str | None = None,
    aspect: str | None = None,
    quality: str | None = None,
    size: str | tuple[int, int] | None = None,
    **parameters: object,
) -> Picture:
    """Draw one picture, which shows itself in a notebook.

    >>> picture = still("two-curves", at="labels", gap=0.6, quality="draft")
    >>> picture
    <Picture of two-curves at labels: 854×480>
    >>> picture.pixels.shape
    (480, 854, 4)
    >>> picture.save("figures/labels.png").name
    'labels.png'

    Args:
        scene: as in `render`, as are the other arguments.
        at: the key of a beat, for its end; or seconds from the beginning; None for the end of the video.

    Raises:
        UserError: see `render`; also if the beat does not play with these parameters, or the video is over.
    """
    wishes = wishes_of(theme=theme, locale=locale, aspect=aspect, quality=quality, size=size)
    job = _job(scene, parameters, wishes)
    instant = instant_of(job, at)

    from explainer.play import render as rendering

    with _DRAWING:
        pixels = rendering.still(job, instant)
    return Picture(pixels, f"{job.stem} at {suffix_of(instant)}")


@raised_by_keyword
def check(
    scene: Scene,
    /,
    *,
    theme: str | None = None,
    locale: str | None = None,
    aspect: str | None = None,
    **parameters: object,
) -> list[Finding]:
    """Return what breaks a rule of the picture: letters too small, overlaps, too little contrast …

    Every theme, language and aspect is looked at unless one is named.

    >>> check("two-curves", gap=0.6, theme="dark", locale="en", aspect="16:9")
    []

    See `render` for arguments and errors; each finding has its `beat`, its `seconds` and a `message`.
    """
    wishes = wishes_of(theme=theme, locale=locale, aspect=aspect)
    from explainer.audit.looks import in_every_look

    jobs = in_every_look([_job(scene, parameters, wishes)], wishes)

    from explainer.audit.check import check_all

    with _DRAWING, displayed(len(jobs)) as display:
        return check_all(jobs, workers=1, progress=lambda job: display.end())


@raised_by_keyword
def compute(scene: Scene, /, **parameters: object) -> SceneNumbers:
    """Return the numbers that a scene would show, without Manim.

    >>> numbers = compute("one-layer-classifier@hard", gap=0.6)
    >>> numbers.results()["right"]
    160

    Args:
        scene: as in `render`.
        parameters: the scene's own.

    Raises:
        UserError: for a parameter that is unknown or out of range, or with which nothing can be computed.
    """
    return _job(scene, parameters, Wishes()).compute()


def _job(scene: Scene, parameters: Mapping[str, object], wishes: Wishes, name: str | None = None) -> Job:
    settings = [setting_of(parameter, value) for parameter, value in parameters.items()]
    (job,) = select_jobs(
        [os.fspath(scene)], everything=False, settings=settings, look=wishes, name=name, warn=warn
    )
    return job


def _video(job: Job, out: Path, kept: Cache, *, force: bool = False) -> Video:
    run = Run(out, kept, local_crew(1), warn, force)
    with _DRAWING, displayed(1) as display, closing(run.results([job], display)) as results:
        (result,) = results
    if result.video is None:
        raise result.error or MachineError(f"{job.stem}: there is no video")
    if result.replaced and not force:
        warn(result.replaced)
    return result.video


@cache
def _folder_for_showing() -> Path:
    """Return a folder that lasts as long as this process; if that is killed, the next one removes it."""
    workspace = temporary_workspace()
    atexit.register(workspace.__exit__, None, None, None)
    return workspace.__enter__().path
