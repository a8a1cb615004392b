"""Maps of the plane that are a linear map, a shift, and a fold along the axes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class PlaneMap:
    """The map x -> outer_matrix fold(matrix x + offset) + outer_offset of the plane.

    A fold of 0 leaves an axis alone; a fold of 1 lays everything negative along it onto the other axis, as
    ReLU does to one hidden unit; in between, negative coordinates shrink by the factor 1 - fold.

    Attributes:
        matrix: (2, 2). offset: (2,). fold: (2,), each in [0, 1].
        outer_matrix: (2, 2). outer_offset: (2,). What is done after the fold; nothing unless given.

    Raises ValueError for another shape, entries that are not finite, or a fold outside [0, 1].
    """

    matrix: FloatArray = field(default_factory=lambda: np.eye(2))
    offset: FloatArray = field(default_factory=lambda: np.zeros(2))
    fold: FloatArray = field(default_factory=lambda: np.zeros(2))
    outer_matrix: FloatArray = field(default_factory=lambda: np.eye(2))
    outer_offset: FloatArray = field(default_factory=lambda: np.zeros(2))

    def __post_init__(self) -> None:
        for name in ("matrix", "outer_matrix"):
            object.__setattr__(self, name, arrays.as_matrix(getattr(self, name), name, (2, 2)))
        for name in ("offset", "outer_offset"):
            object.__setattr__(self, name, arrays.as_vector(getattr(self, name), name, 2))
        fold = arrays.as_vector(self.fold, "fold", 2)
        if fold.min() < 0 or fold.max() > 1:
            raise ValueError(f"fold must lie between 0 and 1; got {fold.tolist()}")
        object.__setattr__(self, "fold", fold)

    @property
    def columns(self) -> FloatArray:
        """Where i and j point before any fold, column by column, (2, 2)."""
        return self.matrix

    def apply(self, points: ArrayLike) -> FloatArray:
        """Map points (n, 2) to (n, 2); ValueError for other shapes."""
        return arrays.frozen(self._folded(self._affine(arrays.as_points(points, "points"))))

    def apply_to_lines(self, starts: ArrayLike, ends: ArrayLike) -> FloatArray:
        """Map straight lines, from starts (n, 2) to ends (n, 2), to the polylines (n, 4, 2) that they become.

        The image of a line bends only where matrix x + offset crosses an axis; those two places are the
        inner corners, exactly. A line that does not cross an axis has its start as that corner. Raises
        ValueError for other shapes.
        """
        first = self._affine(arrays.as_points(starts, "starts"))
        last = self._affine(arrays.as_points(ends, "ends"))
        crosses = (first < 0) != (last < 0)
        along = np.where(crosses, last - first, 1.0)
        share = np.sort(np.where(crosses, -first / along, 0.0), axis=1)
        corners = first[:, None, :] + share[:, :, None] * (last - first)[:, None, :]
        polylines = np.concatenate([first[:, None], corners, last[:, None]], axis=1)
        return arrays.frozen(self._folded(polylines))

    def _affine(self, points: FloatArray) -> FloatArray:
        moved: FloatArray = points @ self.matrix.T + self.offset
        return moved

    def _folded(self, points: FloatArray) -> FloatArray:
        folded = np.where(points < 0, points * (1.0 - self.fold), points)
        moved: FloatArray = folded @ self.outer_matrix.T + self.outer_offset
        return moved
