"""Linear maps of the plane, and the maps in between when one of them is played as a motion."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray

# Turns closer than this to a half turn, in radians, have no shortest way round.
HALF_TURN_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class LinearMap:
    """The map x -> matrix x of the plane into the plane (2, 2) or onto the number line (1, 2).

    Raises ValueError for another shape or for entries that are not finite.
    """

    matrix: FloatArray

    def __post_init__(self) -> None:
        matrix = arrays.as_array(self.matrix, "matrix")
        if matrix.shape not in ((1, 2), (2, 2)):
            raise ValueError(f"matrix must have shape (1, 2) or (2, 2); got shape {matrix.shape}")
        object.__setattr__(self, "matrix", matrix)

    def apply(self, points: ArrayLike) -> FloatArray:
        """Map points (n, 2) to (n, m), m being the rows of the matrix; ValueError for other shapes."""
        return arrays.frozen(arrays.as_points(points, "points") @ self.matrix.T)

    @property
    def embedded(self) -> FloatArray:
        """The matrix as a map into the plane, (2, 2): a number line lies on the x axis."""
        if len(self.matrix) == 2:
            return self.matrix
        return arrays.frozen(np.vstack([self.matrix, np.zeros(2)]))

    @property
    def basis_images(self) -> FloatArray:
        """Where i and j land in the plane, (2, 2): row 0 is the image of i, row 1 the image of j."""
        return arrays.frozen(self.embedded.T)

    @property
    def determinant(self) -> float:
        """The signed factor by which areas grow; 0 for a map onto the number line."""
        (a, b), (c, d) = self.embedded.tolist()
        return float(a * d - b * c)

    def between(self, t: float) -> FloatArray:
        """The map at time t of a motion from the identity (t = 0) to the embedded matrix (t = 1), (2, 2).

        Each basis vector turns and stretches by itself, see between_maps. Raises ValueError for t outside
        [0, 1].
        """
        return between_maps(np.eye(2), self.embedded, t)


def between_maps(start: ArrayLike, end: ArrayLike, t: float) -> FloatArray:
    """The map at time t of a motion from start (2, 2) to end (2, 2) that turns each basis vector's image.

    Angle and length of each column change evenly, the angle by the shorter way round. An exact half turn
    follows the turn of the other column, and goes counter-clockwise if that one gives no answer. A column
    that ends (or starts) at zero keeps its one direction. The result is exactly start at t = 0 and exactly
    end at t = 1. Raises ValueError for other shapes and for t outside [0, 1].
    """
    start = arrays.as_matrix(start, "start", (2, 2))
    end = arrays.as_matrix(end, "end", (2, 2))
    t = _time(t)
    if t == 0.0:
        return start
    if t == 1.0:
        return end
    turns = [_shorter_turn(start[:, k], end[:, k]) for k in (0, 1)]
    columns = []
    for k in (0, 1):
        turn = turns[k]
        if abs(turn) > math.pi - HALF_TURN_TOLERANCE:
            other = turns[1 - k]
            decided = HALF_TURN_TOLERANCE < abs(other) <= math.pi - HALF_TURN_TOLERANCE
            direction = math.copysign(1.0, other) if decided else 1.0
            turn = turn if turn * direction > 0 else turn + math.copysign(2 * math.pi, direction)
        first = start[:, k] if start[:, k].any() else end[:, k]
        angle = _angle(first) + t * turn
        length = (1 - t) * math.hypot(*start[:, k]) + t * math.hypot(*end[:, k])
        columns.append((length * math.cos(angle), length * math.sin(angle)))
    return arrays.frozen(np.array(columns).T)


def _time(t: float) -> float:
    # Easing functions can end a rounding error outside the interval.
    return min(1.0, max(0.0, arrays.as_number(t, "t", at_least=-1e-9, at_most=1 + 1e-9)))


def _angle(vector: FloatArray) -> float:
    return math.atan2(vector[1], vector[0])


def _shorter_turn(start: FloatArray, end: FloatArray) -> float:
    """The angle in [-pi, pi] from one vector to the other, 0 if either is zero."""
    if not start.any() or not end.any():
        return 0.0
    return math.remainder(_angle(end) - _angle(start), 2 * math.pi)
