"""What comes of playing a scene; free of Manim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenes.stage.beat import Beat
from scenes.stage.frames import Rgba


@dataclass(frozen=True)
class Progress:
    """How far a rendering has come: frames written and beats ended."""

    frames: int
    beats: int


@dataclass(frozen=True)
class Rendering:
    """What a scene did: its title, frames, beats with times, the numbers it showed, its last picture.

    The poster is the picture that says most: the end of the scene's cover beat.
    """

    title: str
    frames: int
    fps: int
    beats: tuple[Beat, ...]
    results: dict[str, Any]
    last_frame: Rgba
    poster: Rgba

    @property
    def duration_s(self) -> float:
        return round(self.frames / self.fps, 6)
