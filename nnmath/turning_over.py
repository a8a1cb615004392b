"""A map of the plane that flips it, played as a turn in space about an axis, and seen from above."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray
from nnmath.plane_map import PlaneMap

# What comes nearer to the eye than this share of the eye's height is seen as if it were there.
_NEAREST = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class TurnedMap(PlaneMap):
    """The map x -> (matrix x, heights · x) of the plane into space, seen from above the origin.

    What rises towards the eye looks larger, what sinks looks smaller: a point is seen at
    matrix x / (1 - heights · x / eye).

    Attributes:
        heights: how high i and j stand above the plane, (2,).
        eye: how high the eye is.

    Raises ValueError for another shape, entries that are not finite, or an eye that is not above the plane.
    """

    heights: FloatArray = field(default_factory=lambda: np.zeros(2))
    eye: float = 1.0

    def __post_init__(self) -> None:
        PlaneMap.__post_init__(self)
        object.__setattr__(self, "heights", arrays.as_vector(self.heights, "heights", 2))
        if not (self.eye > 0 and math.isfinite(self.eye)):
            raise ValueError(f"eye must be above 0; got {self.eye}")

    @property
    def columns(self) -> FloatArray:
        """Where i and j are seen, column by column, (2, 2)."""
        return arrays.frozen(self.apply(np.eye(2)).T)

    def apply(self, points: ArrayLike) -> FloatArray:
        """Return where points (n, 2) are seen, (n, 2); ValueError for other shapes."""
        flat = arrays.as_points(points, "points")
        nearness = np.maximum(1.0 - flat @ self.heights / self.eye, _NEAREST)
        return arrays.frozen(flat @ self.matrix.T / nearness[:, None])

    def apply_to_lines(self, starts: ArrayLike, ends: ArrayLike) -> FloatArray:
        """Return where straight lines are seen, as polylines (n, 4, 2): they stay straight.

        What lies too near to the eye is cut off; a line that lies there whole has no length.
        """
        first, last = arrays.as_points(starts, "starts"), arrays.as_points(ends, "ends")
        low, high = (1.0 - ends @ self.heights / self.eye - _NEAREST for ends in (first, last))
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = np.clip(np.nan_to_num(low / (low - high)), 0.0, 1.0)
        begin = np.where(low < 0, np.where(high < 0, 1.0, crossing), 0.0)
        end = np.where((high < 0) & (low >= 0), crossing, 1.0)
        corners = [first + share[:, None] * (last - first) for share in (begin, begin, end, end)]
        seen = self.apply(np.concatenate(corners)).reshape(4, -1, 2)
        return arrays.frozen(np.swapaxes(seen, 0, 1))


def flip_axis(matrix: ArrayLike) -> FloatArray:
    """Return the direction, of length 1, of the line about which a matrix (2, 2) flips the plane, (2,).

    The polar decomposition writes the matrix as a reflection followed by stretches along two directions at
    right angles; the line is that of the reflection. Raises ValueError unless the determinant is negative.
    """
    (a, b), (c, d) = arrays.as_matrix(matrix, "matrix", (2, 2)).tolist()
    if a * d - b * c >= 0:
        raise ValueError("matrix must have a negative determinant")
    angle = math.atan2(b + c, a - d) / 2
    return arrays.frozen(np.array([math.cos(angle), math.sin(angle)]))


def turn_over(matrix: ArrayLike, t: float, *, eye: float) -> PlaneMap:
    """Return the map at time t in [0, 1] of a motion that turns the plane over in space, onto matrix (2, 2).

    The plane makes half a turn about its flip axis, while it is stretched as the matrix does afterwards. The
    result is exactly the identity at t = 0 and exactly the matrix at t = 1.

    Args:
        eye: how high above the plane the eye is, in units of the plane.
    """
    end = arrays.as_matrix(matrix, "matrix", (2, 2))
    axis = flip_axis(end)
    if t <= 0.0:
        return PlaneMap()
    if t >= 1.0:
        return PlaneMap(end)
    across = np.array([-axis[1], axis[0]])
    along, aside = np.outer(axis, axis), np.outer(across, across)
    stretches = end @ (along - aside)
    turned = along + math.cos(math.pi * t) * aside
    matrix_now = ((1 - t) * np.eye(2) + t * stretches) @ turned
    return TurnedMap(matrix_now, heights=math.sin(math.pi * t) * across, eye=eye)
