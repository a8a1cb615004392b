"""The arc from i to j: which way round it runs says which side of the plane is seen."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, clipped, polyline
from scenes.parts.plane.view import View, Viewed
from scenes.style.theme import Theme

_RADIUS, _FROM, _TO, _CORNERS = 1.7, 0.07, 1.47, 33
# The last corners, which the head covers.
_HEAD = 4


class TurningArc(VGroup, Viewed):
    """An arc with a head from i towards j, wherever a map takes it."""

    def __init__(self, view: View, theme: Theme) -> None:
        super().__init__()
        self.view = view
        self.arc = Segments(theme["active"], 4.0)
        self.head = Arrow(theme["active"], width=4.0, tip=0.26)
        angles = np.linspace(_FROM, _TO, _CORNERS)
        self._corners = _RADIUS * np.column_stack([np.cos(angles), np.sin(angles)])
        self.add(self.arc, self.head)
        self.set_z_index(4.8)
        self.show(PlaneMap())

    def show(self, plane_map: PlaneMap) -> Self:
        """Lay the arc where the map takes it."""
        placed = self.view.to_scene(plane_map.apply(self._corners))
        self.arc.set_pieces(polyline(placed[: 1 - _HEAD]))
        self.head.reach(placed[-_HEAD], placed[-1])
        return self


class FlipAxis(Segments, Viewed):
    """The line about which the plane turns over, from one edge of the window to the other."""

    def __init__(self, view: View, theme: Theme, axis: np.ndarray) -> None:
        """Draw the line of direction `axis` (2,) through the origin."""
        super().__init__(theme["active"], 5.0)
        self.view = view
        far = 100.0 * np.asarray(axis, dtype=float)
        self.set_pieces(clipped(np.array([[view.origin - far, view.origin + far]]), view.seen))
        self.set_z_index(2)
