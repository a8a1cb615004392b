"""A straight arrow whose ends are set, in any direction and of any length, nought included."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.parts.marks.segments import Segments

FloatArray = npt.NDArray[np.float64]


class Arrow(VGroup):
    """A shaft and a filled tip in one colour.

    Attributes:
        tail, head: its ends, `(2,)` in scene units.
    """

    def __init__(self, colour: str, *, width: float = 6.0, tip: float = 0.26, opacity: float = 1.0) -> None:
        super().__init__()
        self._tip_length = tip
        self.shaft = Segments(colour, width, opacity=opacity)
        self.tip = VMobject(stroke_width=0, fill_color=colour, fill_opacity=opacity)
        self.tail = self.head = np.zeros(2)
        self.add(self.shaft, self.tip)

    def reach(self, tail: FloatArray, head: FloatArray) -> Self:
        """Point from `tail` to `head`; a short arrow has a smaller tip."""
        self.tail, self.head = np.asarray(tail, dtype=float)[:2], np.asarray(head, dtype=float)[:2]
        span = self.head - self.tail
        length = float(np.hypot(*span))
        if length < 1e-6:
            self.shaft.clear_points()
            self.tip.clear_points()
            return self
        along = span / length
        across = np.array([-along[1], along[0]])
        tip = min(self._tip_length, 0.5 * length)
        neck = self.head - along * tip
        half = across * tip * 0.42
        corners = np.array([self.head, neck + half, neck - half, self.head])
        self.tip.set_points_as_corners(np.column_stack([corners, np.zeros(4)]))
        self.shaft.set_pieces(np.array([[self.tail, neck + along * tip * 0.2]]))
        return self
