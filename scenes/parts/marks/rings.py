"""Rings around what is wrong, as one cloud: where they touch they become one outline."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.stage.drawn import BackdropGroup
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

# Between a point and its ring, and the ring's own width, in scene units.
_CLEAR, _WIDTH = 0.055, 0.03


class Rings(VGroup):
    """A ring around every point of a cloud, below its marks.

    Attributes:
        outer, holes: discs in the ring's colour and smaller ones in the page's colour over them.
        diameter: of the rings, in scene units.
    """

    def __init__(self, theme: Theme, around: float, role: Role = "wrong") -> None:
        """Prepare rings around marks that are `around` scene units across."""
        super().__init__()
        self.diameter = around + 2 * (_CLEAR + _WIDTH)
        self.outer = Dots(theme[role], self.diameter).set_z_index(2.5)
        self.holes = Dots(theme["background"], around + 2 * _CLEAR).set_z_index(2.6)
        self.add(self.outer, BackdropGroup(self.holes))

    @property
    def positions(self) -> FloatArray:
        """Where they are, `(n, 2)` in scene units."""
        where: FloatArray = self.outer.positions
        return where

    def set_positions(self, positions: FloatArray) -> Self:
        """Stand around points `(n, 2)` in scene units."""
        for discs in (self.outer, self.holes):
            discs.set_positions(positions)
        return self

    def swell(self, share: float) -> Self:
        """Be larger by this share of their size."""
        hole = self.diameter - 2 * _WIDTH
        self.outer.resize(self.diameter * (1.0 + share))
        self.holes.resize(hole * (1.0 + share))
        return self
