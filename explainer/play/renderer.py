"""Manim's Cairo renderer, made exact in time and in its held frames."""

from __future__ import annotations

from functools import partial
from typing import Any

from manim import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException

from explainer.play.frames import DiscardedFrames, FrameSink, FrameWriter
from explainer.play.rendering import Rgba
from scenes.stage.camera import ExplainerCamera


class ExactRenderer(CairoRenderer):  # type: ignore[misc]
    """Draws a scene whose time is a whole number of frames, whatever the frame rate."""

    def __init__(self, sink: FrameSink, *, skip_animations: bool = False) -> None:
        super().__init__(
            file_writer_class=partial(FrameWriter, sink=sink),
            camera_class=ExplainerCamera,
            skip_animations=skip_animations,
        )

    @property
    def drawn_frames(self) -> int:
        """How many frames the scene has lasted so far."""
        frames: int = round(self.time * self.camera.frame_rate)
        return frames

    def play(self, scene: Any, *animations: Any, **options: Any) -> None:
        super().play(scene, *animations, **options)
        # Sums of many small floats drift; a beat's times must be the same at every frame rate.
        self.time = self.drawn_frames / self.camera.frame_rate

    def render(self, scene: Any, time: float, moving_mobjects: Any = None) -> None:
        # Manim adds up frame times to find the instants of an animation, and may find one too many.
        if time < scene.duration - 0.25 / self.camera.frame_rate:
            super().render(scene, time, moving_mobjects)

    def freeze_current_frame(self, duration: float) -> None:
        # Manim cuts the quotient down to an integer: 0.6 s at 15 frames a second may become 8 frames.
        frames = round(duration * self.camera.frame_rate)
        self.add_frame(self.get_frame(), num_frames=frames)

    def update_frame(self, scene: Any, mobjects: Any = None, *arguments: Any, **options: Any) -> None:
        if self.static_image is not None and mobjects is not None and len(mobjects) == 0:
            # Manim would draw everything a second time over the still picture, and so make soft edges
            # hard and translucent things dense for as long as the picture is held.
            self.camera.set_frame_to_background(self.static_image)
            return
        super().update_frame(scene, mobjects, *arguments, **options)


class UndrawnRenderer(ExactRenderer):
    """Plays a scene in no time: animations jump to their ends, the clock advances, nothing is drawn."""

    def __init__(self) -> None:
        super().__init__(DiscardedFrames(), skip_animations=True)

    def play(self, scene: Any, *animations: Any, **options: Any) -> None:
        super().play(scene, *animations, **options)
        # When skipping, Manim leaves updaters where they stood just before the animations ended.
        scene.update_mobjects(0)

    def update_frame(self, scene: Any, *arguments: Any, **options: Any) -> None:
        pass

    def save_static_frame_data(self, scene: Any, static_mobjects: Any) -> None:
        self.static_image = None

    def get_frame(self) -> Rgba:
        pixels: Rgba = self.camera.pixel_array
        return pixels

    def picture(self, scene: Any) -> Rgba:
        """Draw the scene as it stands and return its pixels `(height, width, 4)`."""
        self.static_image = None
        super().update_frame(scene)
        pixels: Rgba = self.camera.pixel_array.copy()
        return pixels


class InstantRenderer(ExactRenderer):
    """Plays a scene frame by frame but draws one frame alone, then ends it.

    Attributes:
        taken: the frame's pixels `(height, width, 4)`, or None while it has not come.
    """

    def __init__(self, frame: int) -> None:
        super().__init__(DiscardedFrames())
        self.frame = frame
        self.taken: Rgba | None = None

    def update_frame(self, scene: Any, *arguments: Any, **options: Any) -> None:
        self._scene = scene

    def save_static_frame_data(self, scene: Any, static_mobjects: Any) -> None:
        self.static_image = None

    def add_frame(self, frame: Rgba, num_frames: int = 1) -> None:
        first = self.drawn_frames
        if first <= self.frame < first + num_frames:
            super().update_frame(self._scene)
            self.taken = self.camera.pixel_array.copy()
            raise EndSceneEarlyException
        super().add_frame(frame, num_frames)

    def get_frame(self) -> Rgba:
        pixels: Rgba = self.camera.pixel_array
        return pixels
