"""Two classes on one line, side by side: over each other they could not be counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nnmath.plane_map import PlaneMap
from scenes.parts.plane.space import Space

FloatArray = npt.NDArray[np.float64]

# How far each class is off the line, against the size of its marks, and how flat the plane is by then.
_ASIDE, _FLAT = 0.62, 0.25


class SideBySide:
    """Moves the classes apart, across the line onto which a map presses the plane."""

    def __init__(self, space: Space, line: FloatArray) -> None:
        """Follow `space` until all of it lies on a line of direction `line` (2,), of length 1."""
        self.space = space
        self.across = np.array([-line[1], line[0]])

    def show(self, plane_map: PlaneMap) -> None:
        """Stand the classes as far apart as the map is flat."""
        largest, least = np.linalg.svd(plane_map.matrix)[1]
        share = float(np.clip(1.0 - least / max(_FLAT * largest, 1e-9), 0.0, 1.0))
        step = _ASIDE * self.space.diameter * share * self.across
        for cloud, side in zip(self.space.dots, (-1.0, 1.0), strict=False):
            cloud.set_positions(cloud.positions + side * step)
