"""Playing a scene in full, frame by frame, without drawing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from manim import AnimationGroup, Wait

from explainer.play.frames import DiscardedFrames
from explainer.play.renderer import ExactRenderer
from explainer.play.rendering import Rgba

# Coarse, since what moves is looked at and not shown; every duration is a whole number of such frames.
FRAME_RATE = 10


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


class PlaybackRenderer(ExactRenderer):
    """Plays every frame of a scene for someone to look at, and draws none.

    Attributes:
        plays: what was played so far.
        on_frame: called at every frame, with everything in its place.
    """

    def __init__(self) -> None:
        super().__init__(DiscardedFrames())
        self.plays: list[Play] = []
        self.on_frame: Callable[[], None] | None = None

    def play(self, scene: Any, *animations: Any, **options: Any) -> None:
        start = self.time
        super().play(scene, *animations, **options)
        single = tuple(
            float(animation.run_time)
            for animation in scene.animations
            if not isinstance(animation, AnimationGroup | Wait)
        )
        held = bool(scene.is_current_animation_frozen_frame())
        self.plays.append(Play(start, self.time, held, single))

    def update_frame(self, scene: Any, *arguments: Any, **options: Any) -> None:
        if self.on_frame is not None:
            self.on_frame()

    def save_static_frame_data(self, scene: Any, static_mobjects: Any) -> None:
        self.static_image = None

    def get_frame(self) -> Rgba:
        pixels: Rgba = self.camera.pixel_array
        return pixels
