"""Running a job's scene: whole, without drawing, or for one picture."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from explainer.errors import UserError, one_line
from explainer.film.report import Progress
from explainer.play.characters import require_drawable
from explainer.play.frames import FrameSink, Rgba
from explainer.play.renderer import ExactRenderer, InstantRenderer, UndrawnRenderer
from explainer.play.session import private_session
from explainer.request.job import Job
from scenes.stage.scene import Beat, ExplainerScene, SceneSettings

Scene: TypeAlias = ExplainerScene[Any]


@dataclass(frozen=True)
class Rendering:
    """What a scene did: its title, frames, beats with times, the numbers it showed, its last picture."""

    title: str
    frames: int
    fps: int
    beats: tuple[Beat, ...]
    results: dict[str, Any]
    last_frame: Rgba

    @property
    def duration_s(self) -> float:
        return round(self.frames / self.fps, 6)


def build_scene(job: Job, renderer: ExactRenderer) -> Scene:
    """Return a job's scene on a renderer, ready to play; call it within a private session.

    Raises:
        UserError: if it would write a character that no font can draw.
    """
    require_drawable(job)
    definition = job.definition
    scene = definition.load_scene()(
        SceneSettings(job.parameters, job.theme, job.locale, job.aspect), renderer=renderer
    )

    def compute(parameters: Any) -> Any:
        # nnmath tells wrong arguments by ValueError, and here the arguments are what the user gave.
        try:
            return definition.compute(parameters)
        except ValueError as error:
            raise UserError(f"{job.stem}: {one_line(error)}") from error

    vars(scene)["definition"] = replace(definition, compute=compute)
    return scene


def render(job: Job, sink: FrameSink, on_progress: Callable[[Progress], None] | None = None) -> Rendering:
    """Draw every frame of a job into a sink.

    Raises:
        UserError: if the parameters are each in range but cannot be computed with.
    """
    with private_session(job):
        renderer = ExactRenderer(sink)
        scene = build_scene(job, renderer)
        writer = renderer.file_writer
        if on_progress is not None:
            writer.on_write = lambda frames: on_progress(Progress(frames, len(scene.beats)))
        scene.render()
        if writer.last_frame is None:
            raise RuntimeError(f"the scene {job.scene} plays nothing")
        return Rendering(
            title=scene.title_words(),
            frames=writer.frames,
            fps=job.fps,
            beats=tuple(scene.beats),
            results=scene.results(),
            last_frame=writer.last_frame,
        )


def pose(job: Job) -> Rendering:
    """Play a job's scene without drawing it, and draw its last picture alone.

    Raises:
        UserError: if the parameters are each in range but cannot be computed with.
    """
    with private_session(job):
        renderer = UndrawnRenderer()
        scene = build_scene(job, renderer)
        scene.render()
        return Rendering(
            title=scene.title_words(),
            frames=renderer.drawn_frames,
            fps=job.fps,
            beats=tuple(scene.beats),
            results=scene.results(),
            last_frame=renderer.picture(scene),
        )


def run_without_drawing(job: Job, after_beat: Callable[[Scene, Beat], None] | None = None) -> Scene:
    """Play a job's scene without drawing it, and return it as it stands at its end.

    Args:
        job: what to play; its size and frame rate count as in a rendering.
        after_beat: called at the end of every beat, with all mobjects in place and the clock right.
    """
    with private_session(job):
        scene = build_scene(job, UndrawnRenderer())
        if after_beat is not None:
            scene.after_beat = lambda beat: after_beat(scene, beat)
        scene.render()
    return scene


def still(job: Job, at: str | float | None = None) -> Rgba:
    """Return one picture `(height, width, 4)` of a job.

    Args:
        job: what to draw.
        at: the key of a beat, for its end; or seconds from the beginning; None for the end of the scene.

    Raises:
        UserError: if the beat is not played with these parameters, or the scene ends earlier.
    """
    return _still_at(job, float(at)) if isinstance(at, int | float) else _still_after(job, at)


def _still_after(job: Job, key: str | None) -> Rgba:
    pictures: list[Rgba] = []
    with private_session(job):
        renderer = UndrawnRenderer()
        scene = build_scene(job, renderer)

        def take(beat: Beat) -> None:
            if beat.key == key:
                pictures[:] = [renderer.picture(scene)]

        scene.after_beat = take
        scene.render()
        if key is None:
            return renderer.picture(scene)
    if not pictures:
        played = ", ".join(beat.key for beat in scene.beats)
        raise UserError(f"--at {key}: {job.stem} does not play this beat; choose one of: {played}")
    return pictures[0]


def _still_at(job: Job, seconds: float) -> Rgba:
    # An instant beyond all numbers is beyond the end, too.
    frame = int(min(seconds * job.fps + 1e-6, sys.maxsize))
    with private_session(job):
        renderer = InstantRenderer(frame)
        scene = build_scene(job, renderer)
        scene.render()
    if renderer.taken is None:
        if seconds <= renderer.time:
            return _still_after(job, None)
        end = f"{renderer.time:g}"
        raise UserError(f"--at {seconds:g}: {job.stem} ends after {end} seconds; give 0 to {end}")
    return renderer.taken
