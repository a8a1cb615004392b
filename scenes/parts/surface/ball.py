"""Where a walk over a surface is now."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.stage.drawn import Backdrop
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

SIZE = 0.28
# The rim in the page's colour, and the eye in it, in scene units.
_RIM, _EYE = 0.035, 0.13


class PageDots(Dots, Backdrop):
    """Discs in the page's colour, which are there for the sake of what lies on them, or around them."""


class Ball(VGroup):
    """A round mark with an eye, on a rim in the page's colour so that it is seen on any ground."""

    def __init__(self, theme: Theme, role: Role) -> None:
        page = theme["background"]
        discs = ((page, SIZE + 2 * _RIM), (theme[role], SIZE), (page, _EYE))
        super().__init__(*((PageDots if colour == page else Dots)(colour, size) for colour, size in discs))
        for depth, disc in enumerate(self):
            disc.set_z_index(3.4 + 0.1 * depth)

    def stand_at(self, place: FloatArray) -> Self:
        """Stand at a place `(1, 2)` in scene units, or nowhere `(0, 2)`."""
        for disc in self:
            disc.set_positions(place)
        return self

    @property
    def place(self) -> FloatArray:
        """Where it stands, `(1, 2)`, or `(0, 2)`."""
        place: FloatArray = self[0].positions
        return place
