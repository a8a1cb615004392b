"""Drawn frames and where they go; free of Manim."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Rgba: TypeAlias = npt.NDArray[np.uint8]


class FrameSink(Protocol):
    """Takes a video's raw frames in order."""

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Take one frame `(height, width, 4)`, top row first, shown `repeat` times; it never changes."""
        ...


class DiscardedFrames:
    """A sink that keeps nothing."""

    def write(self, pixels: Rgba, repeat: int) -> None:
        pass
