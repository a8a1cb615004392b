"""The plane: a grid that maps move, over a faint ghost of the grid as it was."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.segments import BackdropSegments, Segments, bent_pieces
from scenes.parts.plane.view import View, Viewed
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# Grid lines stand no closer than this, in scene units.
_CLOSEST = 0.42


class Plane(VGroup, Viewed):
    """A square grid with its two axes, cut off at the edges of the stage.

    Attributes:
        ghost: the grid before any map; it never moves.
        grid, axes: the lines that maps move.
        map: the map that they show now.
        spacing: data units between neighbouring lines.
    """

    def __init__(self, view: View, theme: Theme, *, reach: float = 1.0, widest: View | None = None) -> None:
        """Draw the plane of `view`; the moving grid covers `reach` times the stage.

        Args:
            widest: a view to which this one will zoom out; the grid fills the stage there too.
        """
        super().__init__()
        self.view = view
        self.map = PlaneMap()
        self.spacing = _spacing(view.unit)
        if widest is not None:
            reach = max(reach, 1.01 * _half(widest) / _half(view))
            self.spacing = max(self.spacing, _spacing(2 * widest.unit))
        self.ghost = BackdropSegments(theme["ghost"], 2.0)
        self.ghost_axes = BackdropSegments(theme["faint"], 2.0)
        self.grid = BackdropSegments(theme["grid"], 2.4)
        self.axes = Segments(theme["grid"], 4.5)
        self._lines = _grid_lines(view, self.spacing, reach)
        self._axis_lines = _axis_lines(view, self.spacing, reach)
        self.add(self.ghost, self.ghost_axes, self.grid, self.axes)
        for depth, lines in enumerate((self.ghost, self.ghost_axes, self.grid, self.axes)):
            lines.set_z_index(-4 + depth)
        self.look(view)

    def show(self, plane_map: PlaneMap) -> Self:
        """Move the grid to where `plane_map` takes it."""
        self.map = plane_map
        for lines, drawing in ((self._lines, self.grid), (self._axis_lines, self.axes)):
            drawing.set_pieces(self._images(lines, plane_map), self.view.region)
        return self

    def look(self, view: View) -> Self:
        """Draw everything as `view` sees it."""
        self.view = view
        still, still_axes = (lines(view, self.spacing, 1.0) for lines in (_grid_lines, _axis_lines))
        for lines, drawing in ((still, self.ghost), (still_axes, self.ghost_axes)):
            drawing.set_pieces(self._images(lines, PlaneMap()), view.region)
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


def _half(view: View) -> float:
    """Return how far from the origin the view shows the plane, in data units."""
    return float(np.max(np.abs(view.bounds)))


def _multiples(view: View, spacing: float, reach: float) -> tuple[FloatArray, FloatArray, float]:
    low, high = view.bounds
    half = _half(view) * reach
    if reach <= 1.0:
        steps = [
            spacing * np.arange(math.ceil(a / spacing), math.floor(b / spacing) + 1, dtype=np.float64)
            for a, b in zip(low, high, strict=True)
        ]
        return steps[0], steps[1], half
    count = math.ceil(half / spacing)
    both = spacing * np.arange(-count, count + 1, dtype=np.float64)
    return both, both, count * spacing


def _grid_lines(view: View, spacing: float, reach: float) -> FloatArray:
    """Return the lines `(n, 2, 2)` in data units, upright ones first, without the axes."""
    xs, ys, half = _multiples(view, spacing, reach)
    upright = [[[x, -half], [x, half]] for x in xs if x != 0]
    level = [[[-half, y], [half, y]] for y in ys if y != 0]
    return np.array(upright + level, dtype=float).reshape(-1, 2, 2)


def _axis_lines(view: View, spacing: float, reach: float) -> FloatArray:
    _, _, half = _multiples(view, spacing, reach)
    return np.array([[[-half, 0.0], [half, 0.0]], [[0.0, -half], [0.0, half]]])
