"""A cloud of points as one mobject."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, VMobject

from scenes.stage.motion import Drive

FloatArray = npt.NDArray[np.float64]

# Manim's stroke widths are hundredths of a scene unit.
_WIDTH_PER_UNIT = 100.0
# Cairo rounds places to 1/256 of a pixel; this is more than that from 90 pixels of height on.
_NO_LENGTH = 4e-4
# A square as wide as a circle looks larger.
_SQUARE_SHARE = 0.86


class Dots(VMobject):
    """Points of one class: round marks, or square ones, so that colour is never the only cue.

    Every mark is a stroke of no length whose cap is the mark, hence one curve and not a circle of eight;
    `ExplainerCamera` stamps it.

    Attributes:
        positions: where the marks are, `(n, 2)` in scene units.
    """

    def __init__(self, colour: str, diameter: float = 0.11, *, square: bool = False) -> None:
        super().__init__(stroke_color=colour, fill_opacity=0.0)
        self.cap_style = CapStyleType.SQUARE if square else CapStyleType.ROUND
        self.square = square
        self.resize(diameter)

    def resize(self, diameter: float) -> Self:
        """Make the marks `diameter` scene units across."""
        self.diameter = diameter
        return self.set_stroke(width=diameter * _WIDTH_PER_UNIT * (_SQUARE_SHARE if self.square else 1.0))

    @property
    def mark_width(self) -> float:
        """The width of a mark in scene units, a square's side included."""
        return float(self.get_stroke_width()) / _WIDTH_PER_UNIT

    def set_positions(self, positions: FloatArray) -> Self:
        """Put the marks at `positions`, `(n, 2)` in scene units."""
        points = np.zeros((len(positions), 4, 3))
        points[:, :, :2] = positions[:, None, :]
        # Cairo draws no square cap on a line without direction.
        points[:, 3, 0] += _NO_LENGTH
        self.set_points(points.reshape(-1, 3))
        return self

    def reveal(self, **options: Any) -> Drive:
        """Return the animation in which the marks appear one after the other, in their order."""
        everything = self.positions.copy()
        return Drive(
            self,
            lambda share: self.set_positions(everything[: round(share * len(everything))]),
            introducer=True,
            **options,
        )

    @property
    def positions(self) -> FloatArray:
        middle: FloatArray = self.points.reshape(-1, 4, 3)[:, 0, :2]
        return middle
