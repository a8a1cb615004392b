"""The plane: a grid that maps move, over a faint ghost of the grid as it was."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.segments import BackdropSegments, bent_pieces
from scenes.parts.plane.grid_lines import GridLines
from scenes.parts.plane.view import View, Viewed
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# Grid lines stand no closer than this before they move, in scene units.
_CLOSEST = 0.42
# Where a map brings them nearer together than this they grow fainter, down to so much.
_CROWDED, _FAINTEST = 0.35, 0.25


class Plane(VGroup, Viewed):
    """A square grid with its two axes, which reaches the edges of the window wherever a map takes it.

    Attributes:
        ghost: the grid before any map; it never moves.
        grid, axes: the lines that maps move.
        map: the map that they show now.
        spacing: data units between neighbouring lines.
    """

    def __init__(self, view: View, theme: Theme) -> None:
        """Draw the plane of `view`."""
        super().__init__()
        self.view = view
        self.map = PlaneMap()
        self.spacing = _spacing(view.unit)
        self.ghost = BackdropSegments(theme["ghost"], 1.8)
        self.grid = BackdropSegments(theme["grid"], 1.8)
        self.axes = BackdropSegments(theme["axis"], 3.2)
        self.add(self.ghost, self.grid, self.axes)
        for depth, lines in enumerate((self.ghost, self.grid, self.axes)):
            lines.set_z_index(-4 + depth)
        self.look(view)

    def show(self, plane_map: PlaneMap) -> Self:
        """Move the grid to where `plane_map` takes it."""
        self.map = plane_map
        lines = GridLines.reaching(self.view, plane_map, self.spacing)
        for pieces, drawing in ((lines.grid, self.grid), (lines.axes, self.axes)):
            drawing.set_pieces(self._images(pieces, plane_map), self.view.seen)
        # Lines that a map crowds together would be the strongest thing in the picture.
        self.grid.set_stroke(opacity=float(np.clip(lines.nearest / _CROWDED, _FAINTEST, 1.0)))
        return self

    def look(self, view: View) -> Self:
        """Draw everything as `view` sees it."""
        self.view = view
        still = GridLines.reaching(view, PlaneMap(), self.spacing)
        pieces = self._images(np.concatenate([still.grid, still.axes]), PlaneMap())
        self.ghost.set_pieces(pieces, view.seen)
        return self.show(self.map)

    def _images(self, lines: FloatArray, plane_map: PlaneMap) -> FloatArray:
        if not len(lines):
            return lines
        polylines = plane_map.apply_to_lines(lines[:, 0], lines[:, 1])
        corners = self.view.to_scene(polylines.reshape(-1, 2)).reshape(-1, 4, 2)
        return bent_pieces(corners if plane_map.fold.any() else corners[:, [0, 3]])


def _spacing(unit: float) -> float:
    """Return 1, 2, 5, 10 … or a fraction of them: the closest lines that are not crowded."""
    exponent = math.floor(math.log10(_CLOSEST / unit))
    steps = [m * 10.0**e for e in (exponent, exponent + 1) for m in (1, 2, 5)]
    wide_enough = next(step for step in steps if step * unit >= _CLOSEST)
    return wide_enough if unit < _CLOSEST else max(wide_enough, 1.0)
