"""The one file that overrides what Manim keeps to itself.

Every override says why it is there; a test by its side shows that Manim still has the method, with the
same arguments, and that without the override it still does what is said here. When a new release of Manim
breaks something, it breaks this file.
"""

from __future__ import annotations

import configparser
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, Self

import manim
import numpy as np
from manim import Animation, AnimationGroup, CairoRenderer, Camera, Mobject, Scene, VMobject, Wait, config
from manim._config.utils import ManimConfig
from manim.scene.section import Section
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.family import extract_mobject_family_members

from scenes.stage.drawn import Context, Drawn
from scenes.stage.frames import DiscardedFrames, FrameSink, Rgba

# More than floats lose in a quotient of seconds, and less than any frame.
_HAIR = 1e-6


class ExactScene(Scene):
    """A scene whose animations and pauses take the nearest whole number of frames, at every frame rate."""

    def wait(self, duration: float = 1.0, **options: Any) -> None:
        # Manim cuts the quotient of duration and frame time down: 0.6 s at 10 frames a second are 5.
        super().wait(duration + _HAIR, **options)

    def get_time_progression(self, run_time: float, *arguments: Any, **options: Any) -> Any:
        # Manim steps by adding up frame times, whose rounding sometimes yields a frame too many.
        frames = round(run_time * config.frame_rate)
        return super().get_time_progression((frames - 0.5) / config.frame_rate, *arguments, **options)

    def get_moving_and_static_mobjects(
        self, animations: Iterable[Animation]
    ) -> tuple[list[Mobject], list[Mobject]]:
        """Return what must be redrawn for every frame, and what lies under all of it and stays."""
        # Manim takes a group in which something moves for moving from the group's own depth on, so that
        # one word of a diagram has everything that lies between redrawn: up to a tenth of the time.
        moving = {id(member) for mobject in self._moved(animations) for member in mobject.get_family()}
        # What moves may have no points yet, such as a line about to be drawn.
        drawn = [
            mobject
            for mobject in extract_mobject_family_members(self.mobjects, use_z_index=True)
            if mobject.has_points() or (id(mobject) in moving and not mobject.submobjects)
        ]
        first = next((k for k, mobject in enumerate(drawn) if id(mobject) in moving), len(drawn))
        return drawn[first:], drawn[:first]

    def _moved(self, animations: Iterable[Animation]) -> Iterator[Mobject]:
        """Yield what animations, or updaters of their own, move."""
        for animation in animations:
            yield animation.mobject
            if isinstance(animation, AnimationGroup):
                yield from self._moved(animation.animations)
        yield from (member for member in self.get_mobject_family_members() if member.updaters)


class ExplainerCamera(Camera):
    """Lets what is `Drawn` draw itself; everything else is drawn as Manim does."""

    def display_vectorized(self, vmobject: VMobject, ctx: Context) -> Self:
        if isinstance(vmobject, Drawn):
            vmobject.draw_on(self, ctx)
        # Manim traces, fills and strokes what cannot be seen, too.
        elif vmobject.get_fill_opacity() != 0 or vmobject.get_stroke_opacity() != 0:
            super().display_vectorized(vmobject, ctx)
        return self

    def set_pixel_array(self, pixel_array: Any, convert_from_floats: bool = False) -> None:
        # A frame is begun on pixels of its own, so that they can be handed on without another copy.
        if convert_from_floats:
            super().set_pixel_array(pixel_array, convert_from_floats)
        else:
            self.pixel_array: Rgba = np.array(pixel_array)
        # Manim keeps a context for every array that it drew on, and knows arrays by their place in memory.
        self.pixel_array_to_cairo_context.clear()

    def set_cairo_context_path(self, ctx: Context, vmobject: VMobject) -> Self:
        # Manim finds subpaths and closes them anew in every frame, also of what stands still.
        traced = getattr(vmobject, "traced_path", None)
        if traced is None or not np.array_equal(traced[0], vmobject.points):
            super().set_cairo_context_path(ctx, vmobject)
            vmobject.traced_path = _TracedPath((vmobject.points.copy(), ctx.copy_path()))
        else:
            ctx.new_path()
            ctx.append_path(traced[1])
        return self


class _TracedPath(tuple[Any, ...]):
    """A mobject's points and the path that they make; copies of the mobject share it."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # Neither ever changes, and Cairo's paths cannot be copied.
        return self


class FrameWriter:
    """Stands where Manim expects the writer of segment files, and hands its frames to a sink instead.

    Manim's encodes every animation to a file of its own, and the files to one more, with settings of its
    own: here frames follow one another without seams, and what becomes of them is the sink's affair.

    Attributes:
        frames: how many frames were written, repeats counted.
        last_frame: the frame written last, or None.
        on_write: called with `frames` after every frame.
    """

    def __init__(self, settings: Any, *, sink: FrameSink) -> None:
        self.output_spec = settings.plan.output
        self.sink = sink
        self.frames = 0
        self.last_frame: Rgba | None = None
        self.on_write: Callable[[int], None] | None = None
        self.subcaptions: list[Any] = []
        self.sections = [Section("default.normal", None, "start", False)]

    def write_frame(self, pixels: Rgba, *, repeat: int = 1) -> None:
        if repeat > 0:
            self.sink.write(pixels, repeat)
            self.frames += repeat
            self.last_frame = pixels
            if self.on_write is not None:
                self.on_write(self.frames)

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        self.sections.append(Section(type_, None, name, skip_animations))

    def is_already_cached(self, hash_invocation: str) -> bool:
        return False

    def add_sound(self, sound_file: str, time: float | None = None, gain: float | None = None) -> NoReturn:
        raise NotImplementedError(f"explainers are silent; {sound_file!r} cannot be added")

    # What Manim announces about its files.
    def add_partial_movie_file(self, hash_animation: str | None) -> None: ...
    def begin_animation(self, allow_write: bool = False, *, animation_index: int = 0) -> None: ...
    def end_animation(self, allow_write: bool = False) -> None: ...
    def finish(self) -> None: ...
    def save_image(self, pixels: Rgba) -> None: ...
    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None: ...


@dataclass(frozen=True)
class Play:
    """One call of a scene's `play` or `wait`.

    Attributes:
        start_s, end_s: when it began and ended.
        held: whether nothing moved.
        run_times: the durations in seconds of its single animations, groups of animations left out.
    """

    start_s: float
    end_s: float
    held: bool
    run_times: tuple[float, ...]


class ExactRenderer(CairoRenderer):
    """Draws a scene whose time is a whole number of frames, whatever the frame rate.

    Attributes:
        plays: what was played so far.
    """

    time: float

    def __init__(self, sink: FrameSink, *, skip_animations: bool = False) -> None:
        super().__init__(
            file_writer_class=partial(FrameWriter, sink=sink),
            camera_class=ExplainerCamera,
            skip_animations=skip_animations,
        )
        self.plays: list[Play] = []

    @property
    def drawn_frames(self) -> int:
        """How many frames the scene has lasted so far."""
        frames: int = round(self.time * self.camera.frame_rate)
        return frames

    def get_frame(self) -> Rgba:
        # Nothing draws on these pixels any more: the camera begins the next frame on others.
        pixels: Rgba = self.camera.pixel_array
        return pixels

    def play(self, scene: Scene, *animations: Any, **options: Any) -> None:
        start = self.time
        super().play(scene, *animations, **options)
        # Manim adds up frame times, and such a sum drifts; a beat's times must be the same at every rate.
        self.time = self.drawn_frames / self.camera.frame_rate
        single = tuple(
            float(animation.run_time)
            for animation in scene.animations
            if not isinstance(animation, AnimationGroup | Wait)
        )
        held = bool(scene.is_current_animation_frozen_frame())
        self.plays.append(Play(start, self.time, held, single))


class UndrawnRenderer(ExactRenderer):
    """Plays every frame of a scene for someone to look at, and draws only what it is asked for.

    Attributes:
        on_frame: called at every frame, with everything in its place.
    """

    def __init__(self, *, skip_animations: bool = False) -> None:
        super().__init__(DiscardedFrames(), skip_animations=skip_animations)
        self.on_frame: Callable[[], object] | None = None

    # Manim draws whatever it plays, even what it skips, and copies every frame: most of the time it takes.

    def update_frame(self, scene: Scene, *arguments: Any, **options: Any) -> None:
        if self.on_frame is not None:
            self.on_frame()

    def save_static_frame_data(self, scene: Scene, static_mobjects: Any) -> None:
        self.static_image = None

    def picture(self, scene: Scene) -> Rgba:
        """Draw the scene as it stands and return its pixels `(height, width, 4)`."""
        super().update_frame(scene)
        return self.get_frame().copy()


class LeapingRenderer(UndrawnRenderer):
    """Plays a scene in no time: animations jump to their ends and the clock advances."""

    def __init__(self) -> None:
        super().__init__(skip_animations=True)

    def play(self, scene: Scene, *animations: Any, **options: Any) -> None:
        super().play(scene, *animations, **options)
        # When skipping, Manim leaves updaters where they stood just before the animations ended.
        scene.update_mobjects(0)


class InstantRenderer(UndrawnRenderer):
    """Plays a scene frame by frame but draws one frame alone, then ends it.

    Attributes:
        taken: the frame's pixels `(height, width, 4)`, or None while it has not come.
    """

    def __init__(self, frame: int) -> None:
        super().__init__()
        self.frame = frame
        self.taken: Rgba | None = None

    def update_frame(self, scene: Scene, *arguments: Any, **options: Any) -> None:
        self._scene = scene

    def add_frame(self, frame: Rgba, num_frames: int = 1) -> None:
        first = self.drawn_frames
        if first <= self.frame < first + num_frames:
            self.taken = self.picture(self._scene)
            # Manim's own way to stop at a given animation, which it takes for the scene's end.
            raise EndSceneEarlyException
        super().add_frame(frame, num_frames)


@contextmanager
def private_config(**settings: Any) -> Iterator[None]:
    """Give Manim its factory settings but for those named, and afterwards those that it had before.

    Settings from a `manim.cfg` that happens to lie about would change the picture without being in the
    recipe. Manim's own `tempconfig` sets everything twice, and to set the renderer, even to what it is,
    exchanges the bases of all classes of mobjects: 15 ms each time.
    """
    before = dict(config.items())
    _set(_factory_settings())
    config.update(settings)
    try:
        yield
    finally:
        _set(before)


@cache
def _factory_settings() -> Mapping[str, Any]:
    parser = configparser.ConfigParser()
    parser.read(Path(manim.__file__).parent / "_config" / "default.cfg", encoding="utf-8")
    return MappingProxyType(dict(ManimConfig().digest_parser(parser).items()))


def _set(settings: Mapping[str, Any]) -> None:
    config.update({name: value for name, value in settings.items() if config[name] != value})
