"""Where drawn frames go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from manim.scene.section import Section

from explainer.play.rendering import Rgba


class FrameSink(Protocol):
    """Takes a video's raw frames in order."""

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Take one frame `(height, width, 4)`, top row first, shown `repeat` times; it never changes."""
        ...


class FrameWriter:
    """Stands where Manim expects the writer of segment files, and hands its frames to a sink instead.

    Attributes:
        frames: how many frames were written, repeats counted.
        last_frame: the frame written last, or None.
        on_write: called with `frames` after every frame.
    """

    def __init__(self, settings: Any, *, sink: FrameSink) -> None:
        self.output_plan = settings.plan
        self.output_spec = settings.plan.output
        self.sink = sink
        self.frames = 0
        self.last_frame: Rgba | None = None
        self.on_write: Callable[[int], None] | None = None
        self.subcaptions: list[Any] = []
        self.partial_movie_files: list[str | None] = []
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

    # Manim announces segments, their ends and the scene's; frames here follow one another without seams.
    def add_partial_movie_file(self, hash_animation: str | None) -> None: ...
    def begin_animation(self, allow_write: bool = False, *, animation_index: int = 0) -> None: ...
    def end_animation(self, allow_write: bool = False) -> None: ...
    def finish(self) -> None: ...
    def save_image(self, pixels: Rgba) -> None: ...
    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None: ...


class DiscardedFrames:
    """A sink that keeps nothing."""

    def write(self, pixels: Rgba, repeat: int) -> None:
        pass
