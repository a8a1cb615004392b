"""The unit square, wherever a map takes it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Polygon

from nnmath import PlaneMap
from scenes.parts.plane.view import View
from scenes.stage.motion import Drive
from scenes.style.theme import Theme

_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
# The width of its outline while it matters.
_LIT = 6.0


class UnitSquare(Polygon):
    """The square of i and j, whose area a map of the plane multiplies by its determinant."""

    def __init__(self, view: View, theme: Theme) -> None:
        super().__init__(*np.zeros((4, 3)), color=theme["area"], stroke_width=3.0, fill_opacity=0.175)
        self.view = view
        self.set_z_index(1)
        self.show(PlaneMap())

    def show(self, plane_map: PlaneMap) -> Self:
        """Lay the square where the map takes it."""
        placed = self.view.to_scene(plane_map.apply(_CORNERS))
        self.set_points_as_corners(np.column_stack([placed, np.zeros(len(placed))]))
        return self

    def light(self, **options: Any) -> Drive:
        """Return the animation in which its outline shows more strongly."""
        start = self.get_stroke_width()
        return Drive(self, lambda t: self.set_stroke(width=start + t * (_LIT - start)), **options)
