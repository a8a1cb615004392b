"""Hollow places for marks: where they have been, and where they must land again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.parts.marks.segments import straight
from scenes.stage.drawn import Backdrop
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_WIDTH, _OPACITY = 2.0, 0.8
_CORNERS = 24


class Hollows(VMobject, Backdrop):
    """Rims of marks, one subpath each: round ones, or square ones.

    Attributes:
        places: their middles, `(n, 2)` in scene units.
    """

    def __init__(
        self, theme: Theme, role: Role, places: FloatArray, diameter: float, *, square: bool = False
    ) -> None:
        super().__init__(stroke_color=theme[role], stroke_width=_WIDTH, stroke_opacity=_OPACITY)
        self.places = np.asarray(places, dtype=float)
        corners = 4 if square else _CORNERS
        angles = (np.arange(corners + 1) + 0.5 * square) * 2 * np.pi / corners
        # A square of this radius is as wide as the circle is.
        radius = diameter / 2 * (np.sqrt(2) if square else 1.0)
        rim = radius * np.column_stack([np.cos(angles), np.sin(angles)])
        rims = self.places[:, None] + rim
        self.set_points(straight(rims[:, :-1].reshape(-1, 2), rims[:, 1:].reshape(-1, 2)))
        self.set_z_index(2)
