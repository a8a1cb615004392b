"""The names of the two weights beside the ground, wherever it is seen from."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.parts.marks.arrow import Arrow
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.viewpoint import ABOVE, Viewpoint
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.theme import Theme

# How far beyond the rim a name stands, and how long its arrow is, in scene units.
_OUT, _ARROW, _GAP = 0.5, 0.8, 0.16


class AxisNames(VGroup):
    """w₁₁ and w₂₁, each before an arrow in the direction in which it grows."""

    def __init__(self, theme: Theme, relief: Relief, within: Region) -> None:
        super().__init__()
        self.relief, self.within = relief, within
        self.arrows, self.names = [], []
        for markup in ("w_(11)", "w_(21)"):
            self.names.append(Formula(markup, theme, size=FORMULA_SIZE, role="basis_i", halo=True))
            self.arrows.append(Arrow(theme["basis_i"], width=5.0, tip=0.2))
        self.add(*self.arrows, *self.names)
        self.set_z_index(PANEL)

    def look_from(self, viewpoint: Viewpoint) -> Self:
        """Stand beside the near edges of the ground; on the map, inside its corners."""
        tilt = float(np.sin(viewpoint.elevation))
        flat = max(0.0, (viewpoint.elevation / ABOVE - 0.75) / 0.25)
        for k, (name, arrow) in enumerate(zip(self.names, self.arrows, strict=True)):
            along = np.eye(3)[k]
            direction = viewpoint.project(along[None])[0] - viewpoint.place
            length = float(np.hypot(*direction))
            unit = direction / max(length, 1e-9)
            middle = self._edge(viewpoint, k) * (1 - flat) + self._corner(k) * flat
            size = np.array([name.width, name.height])
            half = _ARROW / 2 * unit
            named = middle - half - unit * (_GAP + np.abs(unit) @ size / 2)
            inwards = self._inwards(np.array([middle + half, named - size / 2, named + size / 2]))
            arrow.reach(middle - half + inwards, middle + half + inwards)
            name.move_to(np.append(named + inwards, 0.0))
            # An axis that points at the viewer is nothing to be seen.
            self._dim(k, 1.0 if k == 0 else min(1.0, tilt / 0.3))
        return self

    def _inwards(self, places: FloatArray) -> FloatArray:
        """Return by how much, `(2,)`, something through places `(k, 2)` must move to stand within."""
        box, low, high = self.within, places.min(axis=0), places.max(axis=0)
        short = np.maximum(np.array([box.left, box.bottom]) - low, 0.0)
        over = np.maximum(high - np.array([box.right, box.top]), 0.0)
        inwards: FloatArray = short - over
        return inwards

    def _dim(self, k: int, opacity: float) -> None:
        self.names[k].set_opacity(opacity)
        self.arrows[k].shaft.set_stroke(opacity=opacity)
        self.arrows[k].tip.set_fill(opacity=opacity)

    def _edge(self, viewpoint: Viewpoint, k: int) -> FloatArray:
        """Return a place `(2,)` outside the middle of the near edge along weight k."""
        corners = self.relief.corners
        edge = corners[0, len(corners[0]) // 2] if k == 0 else corners[len(corners) // 2, 0]
        outward = -np.eye(2)[1 - k]
        placed = viewpoint.project(edge[None])[0]
        out = np.array([outward @ viewpoint.right, outward @ viewpoint.away])
        if abs(out[1]) < 1e-6 or viewpoint.elevation < 1e-3:
            # From the front: below the ground.
            placed = viewpoint.place.copy()
            out = np.array([0.0, -1.0])
        beside: FloatArray = placed + _OUT * out / max(float(np.hypot(*out)), 1e-9)
        return beside

    def _corner(self, k: int) -> FloatArray:
        """Return a place `(2,)` inside the map: below on the right, or above on the left."""
        box = self.within
        if k == 0:
            return np.array([box.right - _ARROW / 2, box.bottom + 0.25])
        return np.array([box.left + 0.4, box.top - _ARROW / 2])
