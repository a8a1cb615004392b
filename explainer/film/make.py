"""One job's files: video, subtitles, poster and recipe."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from explainer.disk.files import Staging
from explainer.encoding.encoders import Encoders
from explainer.encoding.picture import png
from explainer.encoding.transparency import page_of
from explainer.film.subtitles import webvtt
from explainer.film.video import Video
from explainer.jobs.description import describe_look
from explainer.jobs.job import Job
from explainer.jobs.versions import versions, with_requirements
from explainer.play.render import pose, render
from explainer.play.rendering import Progress, Rendering
from explainer.request.data_files import data_digests, recorded
from explainer.request.recipe import Recipe
from scenes import catalog, own
from scenes.style.theme import THEMES


def make_video(job: Job, folder: Path, on_progress: Callable[[Progress], None] | None = None) -> Video:
    """Render a job into a folder; its files appear together, the video last, or none of them does.

    One drawing makes all the job's formats. The poster is the picture that says most, at the end of
    the scene's cover beat. Where the poster is all that is asked for, nothing else is drawn.
    """
    moving = [name for name in reversed(job.look.formats) if name != "png"]
    endings = ("png", *(["vtt"] if moving else []), "json", *moving)
    names = {ending: f"{job.stem}.{ending}" for ending in endings}
    with Staging(folder, tuple(names.values())) as staging:
        encoders = Encoders.of(job, {name: staging.path(names[name]) for name in moving})
        try:
            rendering = render(job, encoders, on_progress) if moving else pose(job)
            recipe = recipe_of(job, rendering)
            encoders.save({"title": rendering.title, "comment": recipe.to_line()})
        except BaseException:
            encoders.abort()
            raise
        page = page_of(THEMES[job.look.theme]["background"]) if job.look.transparent else None
        staging.write(names["png"], png(rendering.poster, page))
        if moving:
            staging.write(names["vtt"], webvtt(recipe.beats, job.look.locale))
        staging.write(names["json"], recipe.to_json())
        staging.commit()
    return Video(recipe, {ending: folder / name for ending, name in names.items()})


def recipe_of(job: Job, rendering: Rendering) -> Recipe:
    """Return the recipe of a job that was rendered."""
    width, height = job.look.size
    by = catalog.announced(job.definition)
    foreign = None if by is None or by.ours else by.package
    recipe = Recipe(
        scene=job.scene,
        package=foreign,
        file=own.name_of(job.definition) if by is None else None,
        preset=job.preset,
        title=rendering.title,
        parameters=recorded(job.parameters, job.folder),
        data=data_digests(job.parameters, job.folder),
        **describe_look(job.look),
        width=width,
        height=height,
        fps=job.look.fps,
        frames=rendering.frames,
        duration_s=rendering.duration_s,
        beats=rendering.beats,
        results=_finite(rendering.results),
        versions=versions(*with_requirements(foreign)),
    )
    return recipe.renewed()


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
