"""Running a job's scene: whole, without drawing, or for one picture."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.play.characters import require_drawable
from explainer.play.rendering import Progress, Rendering
from explainer.play.session import private_session
from scenes.definition import SceneNumbers
from scenes.stage.beat import Beat
from scenes.stage.frames import FrameSink, Rgba
from scenes.stage.manim_internals import ExactRenderer, InstantRenderer, LeapingRenderer
from scenes.stage.scene import ExplainerScene, SceneSettings

Scene: TypeAlias = ExplainerScene[Any, Any]


def build_scene(job: Job, renderer: ExactRenderer, numbers: SceneNumbers) -> Scene:
    """Return the scene that draws a job's numbers on a renderer; call it within a private session.

    Raises:
        UserError: if it would write a character that no font can draw.
    """
    require_drawable(job)
    settings = SceneSettings(job.parameters, job.look.theme, job.look.locale, job.look.aspect)
    return job.definition.load_scene()(settings, numbers, renderer=renderer)


def render(
    job: Job,
    sink: FrameSink,
    on_progress: Callable[[Progress], None] | None = None,
    *,
    numbers: SceneNumbers | None = None,
) -> Rendering:
    """Draw every frame of a job into a sink.

    Args:
        numbers: the job's own, if they are computed already.

    Raises:
        UserError: if the parameters are each in range but cannot be computed with.
    """
    computed = numbers or job.compute()
    with private_session(job):
        renderer = ExactRenderer(sink)
        scene = build_scene(job, renderer, computed)
        writer = renderer.file_writer
        if on_progress is not None:
            writer.on_write = lambda frames: on_progress(Progress(frames, len(scene.beats)))
        poster = _Poster(job, scene, lambda: writer.last_frame)
        scene.render()
        if writer.last_frame is None:
            raise RuntimeError(f"the scene {job.scene} plays nothing")
        return _rendering(job, scene, writer.frames, writer.last_frame, poster.picture)


def pose(job: Job, *, numbers: SceneNumbers | None = None) -> Rendering:
    """Play a job's scene without drawing it, and draw its poster alone; see `render`."""
    computed = numbers or job.compute()
    with private_session(job):
        renderer = LeapingRenderer()
        scene = build_scene(job, renderer, computed)
        poster = _Poster(job, scene, lambda: renderer.picture(scene))
        scene.render()
        last = renderer.picture(scene) if poster.picture is None or not poster.is_last else poster.picture
        return _rendering(job, scene, renderer.drawn_frames, last, poster.picture)


class _Poster:
    """The picture at the end of the beat that says most; the last one where that beat is not played."""

    def __init__(self, job: Job, scene: Scene, picture_now: Callable[[], Rgba | None]) -> None:
        self.picture: Rgba | None = None
        self._scene = scene
        self._key = job.definition.cover_of(job.preset)
        self._picture_now = picture_now
        scene.after_beat = self._look

    def _look(self, beat: Beat) -> None:
        if beat.key == self._key:
            self.picture = self._picture_now()

    @property
    def is_last(self) -> bool:
        """Whether nothing was played after it."""
        return self.picture is not None and self._scene.beats[-1].key == self._key


def _rendering(job: Job, scene: Scene, frames: int, last: Rgba, poster: Rgba | None) -> Rendering:
    return Rendering(
        scene.title_words(),
        frames,
        job.look.fps,
        tuple(scene.beats),
        scene.results(),
        last,
        last if poster is None else poster,
    )


def run_without_drawing(
    job: Job,
    after_beat: Callable[[Scene, Beat], None] | None = None,
    *,
    numbers: SceneNumbers | None = None,
) -> Scene:
    """Play a job's scene without drawing it, and return it as it stands at its end.

    Args:
        job: what to play; its size and frame rate count as in a rendering.
        after_beat: called at the end of every beat, with all mobjects in place and the clock right.
    """
    computed = numbers or job.compute()
    with private_session(job):
        scene = build_scene(job, LeapingRenderer(), computed)
        if after_beat is not None:
            scene.after_beat = lambda beat: after_beat(scene, beat)
        scene.render()
    return scene


def still(job: Job, at: str | float | None = None, *, numbers: SceneNumbers | None = None) -> Rgba:
    """Return one picture `(height, width, 4)` of a job.

    Args:
        job: what to draw.
        at: the key of a beat, for its end; or seconds from the beginning; None for the end of the scene.
        numbers: the job's own, if they are computed already.

    Raises:
        UserError: if the beat is not played with these parameters, or the scene ends earlier.
    """
    computed = numbers or job.compute()
    if isinstance(at, int | float):
        return _still_at(job, computed, float(at))
    return _still_after(job, computed, at)


def _still_after(job: Job, numbers: SceneNumbers, key: str | None) -> Rgba:
    pictures: list[Rgba] = []
    with private_session(job):
        renderer = LeapingRenderer()
        scene = build_scene(job, renderer, numbers)

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


def _still_at(job: Job, numbers: SceneNumbers, seconds: float) -> Rgba:
    # An instant beyond all numbers is beyond the end, too.
    frame = int(min(seconds * job.look.fps + 1e-6, sys.maxsize))
    with private_session(job):
        renderer = InstantRenderer(frame)
        scene = build_scene(job, renderer, numbers)
        scene.render()
    if renderer.taken is None:
        if seconds <= renderer.time:
            return _still_after(job, numbers, None)
        end = f"{renderer.time:g}"
        raise UserError(f"--at {seconds:g}: {job.stem} ends after {end} seconds; give 0 to {end}")
    return renderer.taken
