"""The half of the plane that is about to be pressed flat, and the hinge that it is pressed onto."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from manim import Polygon, VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments
from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import Backdrop
from scenes.style.layout import Region
from scenes.style.theme import Theme

_TINT = 0.13
# Where the arrows stand along the hinge, as shares of the room, and how long and how far off it they are.
_ALONG, _LENGTH, _OFF = (0.22, 0.5, 0.78), 0.95, 0.16
# What an arrow keeps from the axis that it runs along.
_CLEAR = 0.5


class _Tint(Polygon, Backdrop):
    """The half-plane, tinted."""


class Press(VGroup, Viewed):
    """Everything negative along one axis, tinted; the other axis lit as its hinge; arrows from it to there.

    Attributes:
        axis: 0 if what lies left of the upright axis is pressed, 1 if what lies below the level one.
        tint, hinge, arrows: its drawing.
    """

    def __init__(self, view: View, theme: Theme, axis: Literal[0, 1]) -> None:
        super().__init__()
        self.view, self.axis = view, axis
        self.hinge = Segments(theme["active"], 6.0).set_z_index(2)
        self.arrows = VGroup(*(Arrow(theme["active"], width=4.0, tip=0.2) for _ in _ALONG)).set_z_index(2)
        colour = theme["active"]
        self.tint = _Tint(*np.zeros((4, 3)), color=colour, stroke_width=0.0, fill_opacity=_TINT)
        self.tint.set_z_index(-2.5)
        self._lay()
        self.add(self.tint, self.hinge, self.arrows)

    def _lay(self) -> None:
        seen, room, across = self.view.seen, self.view.region, 1 - self.axis
        hinge = float(self.view.origin[self.axis])
        low, high = np.array([seen.left, seen.bottom]), np.array([seen.right, seen.top])
        ends = np.array([low, high])
        ends[:, self.axis] = hinge
        self.hinge.set_pieces(ends[None])
        far = high.copy()
        far[self.axis] = hinge
        (left, bottom), (right, top) = low, far
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        self.tint.set_points_as_corners([[x, y, 0.0] for x, y in corners])
        for arrow, share in zip(self.arrows, _ALONG, strict=True):
            head = np.zeros(2)
            head[self.axis] = hinge - _OFF
            head[across] = self._beside_axis(_at(room, across, share))
            tail = head.copy()
            tail[self.axis] -= _LENGTH
            arrow.reach(tail, head)

    def _beside_axis(self, place: float) -> float:
        """Return the place along the hinge nearest to this one that keeps off the other axis."""
        axis = float(self.view.origin[1 - self.axis])
        return place if abs(place - axis) >= _CLEAR else axis + math.copysign(_CLEAR, place - axis)


def _at(room: Region, across: int, share: float) -> float:
    return float(room.at(share, share)[across])
