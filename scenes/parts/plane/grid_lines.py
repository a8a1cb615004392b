"""Which lines of a grid a window shows, wherever a map of the plane has taken them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from nnmath.plane_map import PlaneMap
from nnmath.turning_over import TurnedMap
from scenes.parts.plane.view import View

FloatArray = npt.NDArray[np.float64]

# A map that shrinks the plane more than so many times would need more lines than can be drawn. They are long
# enough for a map that presses it flat.
_MOST_LINES, _LONGEST = 5.0, 1e6
# While a fold is under way, the half that it presses flat is still seen so many times as far: as many lines
# at most, and lines as long at most, which leaves no end of one in sight before all is flat.
_MOST_STRETCHED, _LONGEST_STRETCHED = 3.0, 1e6
# What follows a fold lengthens them again, by no more than leaves their places exact.
_MOST_AFTER = 1e3
# Of a plane seen at a slant, lines are drawn so many times as far off as the window reaches; each goes on for
# ever, which is so many units.
_FARTHEST, _FOR_EVER = 1.5, 1e10


@dataclass(frozen=True, eq=False)
class GridLines:
    """Lines of the plane before the map, `(n, 2, 2)` in data units.

    Attributes:
        grid: upright ones first, without the axes. axes: both axes, the level one first.
        nearest: how near to each other the map brings parallel lines, in scene units.
    """

    grid: FloatArray
    axes: FloatArray
    nearest: float

    @classmethod
    def reaching(cls, view: View, plane_map: PlaneMap, spacing: float) -> Self:
        """Return the lines that cover what `view` sees of the plane after the map, and reach its edges."""
        if isinstance(plane_map, TurnedMap):
            return cls._to_the_horizon(view, plane_map, spacing)
        low, high = _before(view, plane_map, _MOST_LINES, _MOST_STRETCHED)
        start, end = _before(view, plane_map, _LONGEST, _LONGEST_STRETCHED)
        xs, ys = (_multiples(a, b, spacing) for a, b in zip(low, high, strict=True))
        upright = np.array([[[x, start[1]], [x, end[1]]] for x in xs if x]).reshape(-1, 2, 2)
        level = np.array([[[start[0], y], [end[0], y]] for y in ys if y]).reshape(-1, 2, 2)
        axes = np.array([[[start[0], 0.0], [end[0], 0.0]], [[0.0, start[1]], [0.0, end[1]]]])
        matrix = plane_map.outer_matrix @ plane_map.matrix
        lengths = np.maximum(np.hypot(*matrix), 1e-9)
        nearest = abs(float(np.linalg.det(matrix))) / float(lengths.max()) * spacing * view.unit
        return cls(np.concatenate([upright, level]), axes, nearest)

    @classmethod
    def _to_the_horizon(cls, view: View, plane_map: TurnedMap, spacing: float) -> Self:
        """Return the lines of a plane seen at a slant, which go on for ever.

        Parallel lines meet on the horizon: every second one runs back from there, so that none ends.
        """
        reach = _FARTHEST * float(np.abs(_around(*view.seen_bounds)).max())
        places = [k for k in _multiples(-reach, reach, spacing) if k]
        families = []
        for axis in (0, 1):
            lines = np.zeros((len(places), 2, 2))
            lines[:, :, axis] = np.array(places)[:, None]
            lines[:, :, 1 - axis] = _from_near_to_far(plane_map.heights[1 - axis])
            lines[1::2] = lines[1::2, ::-1]
            families.append(lines)
        ways = np.array([np.outer(_from_near_to_far(plane_map.heights[k]), np.eye(2)[k]) for k in (0, 1)])
        axes = np.stack([ways, ways[:, ::-1]], axis=1).reshape(-1, 2, 2)
        matrix = plane_map.matrix
        flat = abs(float(np.linalg.det(matrix))) / max(float(np.hypot(*matrix).max()), 1e-9)
        return cls(np.concatenate(families), axes, flat * spacing * view.unit)


def _from_near_to_far(height: float) -> FloatArray:
    """Return an axis's ends `(2,)`, the near one first, where one unit of it rises so high."""
    return np.array([1.0, -1.0]) * (_FOR_EVER if height > 0 else -_FOR_EVER)


def _before(view: View, plane_map: PlaneMap, most: float, stretched: float) -> tuple[FloatArray, FloatArray]:
    """Return the box that the map takes over all that is seen.

    It is as large as if the map shrank nothing more than `most` times, and its fold no more than `stretched`.
    """
    seen = _around(*view.seen_bounds)
    outer, inner = plane_map.outer_matrix, plane_map.matrix
    if plane_map.fold.any():
        folded = (seen - plane_map.outer_offset) @ _inverse(outer, min(most, _MOST_AFTER)).T
        low, high = folded.min(axis=0), folded.max(axis=0)
        low = np.where(low < 0, low / np.maximum(1.0 - plane_map.fold, 1.0 / stretched), low)
        placed = (_around(low, high) - plane_map.offset) @ _inverse(inner, most).T
    else:
        offset = outer @ plane_map.offset + plane_map.outer_offset
        placed = (seen - offset) @ _inverse(outer @ inner, most).T
    # The axes are always among the lines.
    return np.minimum(placed.min(axis=0), -1e-3), np.maximum(placed.max(axis=0), 1e-3)


def _inverse(matrix: FloatArray, most: float) -> FloatArray:
    """Return the inverse of a matrix (2, 2), in which nothing grows more than `most` times."""
    left, sizes, right = np.linalg.svd(matrix)
    inverse: FloatArray = (right.T / np.maximum(sizes, 1.0 / most)) @ left.T
    return inverse


def _around(low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the corners `(4, 2)` of a box."""
    return np.array([[low[0], low[1]], [low[0], high[1]], [high[0], low[1]], [high[0], high[1]]])


def _multiples(low: float, high: float, spacing: float) -> list[float]:
    return [spacing * k for k in range(math.ceil(low / spacing), math.floor(high / spacing) + 1)]
