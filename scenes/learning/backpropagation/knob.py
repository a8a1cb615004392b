"""A knob on an edge: turning it is changing the weight."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Circle, VGroup

from scenes.parts.marks.segments import Segments
from scenes.stage.depths import PANEL
from scenes.style.theme import Role, Theme

# How far it turns at a share of 1, in radians, and where its mark begins and ends, in radii.
_TURN = 0.9
_FROM, _TO = 0.15, 0.82


class Knob(VGroup):
    """A round knob whose mark points up while the weight is what it was.

    Attributes:
        share: how far it is turned, of the nudge: 1 is one nudge up, to the right.
    """

    def __init__(self, theme: Theme, middle: npt.NDArray[np.float64], radius: float, role: Role) -> None:
        super().__init__()
        self.radius = radius
        self.middle = np.asarray(middle, dtype=float)[:2]
        self.face = Circle(
            radius,
            stroke_color=theme[role],
            stroke_width=4.0,
            fill_color=theme["background"],
            fill_opacity=1.0,
        ).move_to(np.append(self.middle, 0.0))
        self.mark = Segments(theme["text"], 5.0)
        self.face.set_z_index(PANEL + 2)
        self.mark.set_z_index(PANEL + 2.2)
        self.add(self.face, self.mark)
        self.turn(0.0)

    def turn(self, share: float) -> Self:
        """Point as far to the side as the weight is nudged."""
        self.share = share
        angle = _TURN * share
        along = self.radius * np.array([np.sin(angle), np.cos(angle)])
        self.mark.set_pieces(np.array([[self.middle + _FROM * along, self.middle + _TO * along]]))
        return self
