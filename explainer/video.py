"""One job's files: video, subtitles, poster and recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.encode import H264Encoder
from explainer.files import Staging
from explainer.job import Job
from explainer.picture import png
from explainer.recipe import Recipe
from explainer.render import Progress, render
from explainer.subtitles import webvtt


@dataclass(frozen=True)
class Video:
    """A finished video: its recipe, and its files by ending (`mp4`, `vtt`, `png`, `json`)."""

    recipe: Recipe
    files: Mapping[str, Path]


def make_video(job: Job, folder: Path, on_progress: Callable[[Progress], None] | None = None) -> Video:
    """Render a job into a folder; its files appear together, the video last, or none of them does.

    The poster is the video's last picture: every scene ends on what it has shown.
    """
    names = {ending: f"{job.stem}.{ending}" for ending in ("png", "vtt", "json", "mp4")}
    with Staging(folder, tuple(names.values())) as staging:
        encoder = H264Encoder(staging.path(names["mp4"]), *job.size, job.fps)
        try:
            rendering = render(job, encoder, on_progress)
            recipe = Recipe.of(job, rendering)
            encoder.save({"title": rendering.title, "comment": recipe.to_line()})
        except BaseException:
            encoder.abort()
            raise
        staging.write(names["png"], png(rendering.last_frame))
        staging.write(names["vtt"], webvtt(recipe.beats, job.locale))
        staging.write(names["json"], recipe.to_json())
        staging.publish()
    return Video(recipe, {ending: folder / name for ending, name in names.items()})
