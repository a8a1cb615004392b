"""One job's files: video, subtitles, poster and recipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explainer.disk.files import Staging
from explainer.encoding.encoders import Encoders
from explainer.encoding.picture import png
from explainer.encoding.transparency import page_of
from explainer.film.recipe import Recipe
from explainer.film.report import Progress, Video
from explainer.film.subtitles import webvtt
from explainer.play.render import pose, render
from explainer.request.job import Job
from scenes.style.theme import THEMES


def make_video(job: Job, folder: Path, on_progress: Callable[[Progress], None] | None = None) -> Video:
    """Render a job into a folder; its files appear together, the video last, or none of them does.

    One drawing makes all the job's formats. The poster is the video's last picture: every scene ends on
    what it has shown. Where the poster is all that is asked for, nothing else is drawn.
    """
    moving = [name for name in reversed(job.formats) if name != "png"]
    endings = ("png", *(["vtt"] if moving else []), "json", *moving)
    names = {ending: f"{job.stem}.{ending}" for ending in endings}
    with Staging(folder, tuple(names.values())) as staging:
        encoders = Encoders.of(job, {name: staging.path(names[name]) for name in moving})
        try:
            rendering = render(job, encoders, on_progress) if moving else pose(job)
            recipe = Recipe.of(job, rendering)
            encoders.save({"title": rendering.title, "comment": recipe.to_line()})
        except BaseException:
            encoders.abort()
            raise
        page = page_of(THEMES[job.theme]["background"]) if job.transparent else None
        staging.write(names["png"], png(rendering.last_frame, page))
        if moving:
            staging.write(names["vtt"], webvtt(recipe.beats, job.locale))
        staging.write(names["json"], recipe.to_json())
        staging.publish()
    return Video(recipe, {ending: folder / name for ending, name in names.items()})
