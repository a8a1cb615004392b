"""Rings around what is wrong, as one cloud: where they touch they become one outline."""

from __future__ import annotations

from typing import Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.parts.marks.dots import Dots
from scenes.stage.drawn import Context
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

# Between a point and its ring, and the ring's own width, in scene units.
_CLEAR, _WIDTH = 0.055, 0.03


class Rings(Dots):
    """A ring around every point of a cloud, below its marks.

    Attributes:
        hole: how wide the rings are inside, in scene units; `diameter` is how wide they are.
    """

    def __init__(self, theme: Theme, around: float, role: Role = "wrong") -> None:
        """Prepare rings around marks that are `around` scene units across."""
        self._size = around + 2 * (_CLEAR + _WIDTH)
        super().__init__(theme[role], self._size)
        self._holes = Dots(theme["background"], self.hole)
        self.set_z_index(2.5)

    @property
    def hole(self) -> float:
        return self.diameter - 2 * _WIDTH

    def swell(self, share: float) -> Self:
        """Be larger by this share of their size at first."""
        self.resize(self._size * (1.0 + share))
        self._holes.resize(self.hole)
        return self

    def draw_on(self, camera: Camera, context: Context) -> None:
        """Stamp discs, then take smaller ones out of them all, so that what lies below is seen inside."""
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        to_pixels = context.get_matrix()
        reach = self.diameter / 2 + 2.0 / to_pixels.xx
        low, high = self.positions.min(axis=0) - reach, self.positions.max(axis=0) + reach
        context.save()
        context.rectangle(*low, *(high - low))
        context.clip()
        context.push_group()
        super().draw_on(camera, context)
        context.identity_matrix()
        context.set_operator(cairo.OPERATOR_DEST_OUT)
        context.set_source_rgba(0.0, 0.0, 0.0, 1.0)
        self._holes.set_positions(self.positions)
        for x, y, mask in self._holes._stamps(to_pixels):
            context.mask_surface(mask, x, y)
        context.pop_group_to_source()
        context.paint()
        context.restore()
