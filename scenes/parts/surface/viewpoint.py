"""From where a surface is seen; free of Manim."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

ABOVE = np.pi / 2


@dataclass(frozen=True)
class Viewpoint:
    """A camera far away, so that parallels stay parallel.

    A world point is (x, y, z): x and y on the ground, z up, all in one unit.

    Attributes:
        azimuth: by how much the camera has gone round, in radians; at 0, x points right and y away from it.
        elevation: how high it stands, in radians; at 0 it sees the ground as a line, at π/2 as a map.
        unit: scene units to one of the world.
        place: where the world's (0, 0, 0) stands, `(2,)` in scene units.
    """

    azimuth: float
    elevation: float
    unit: float
    place: FloatArray

    @property
    def right(self) -> FloatArray:
        """The direction on the ground, `(2,)`, that points right."""
        return np.array([np.cos(self.azimuth), -np.sin(self.azimuth)])

    @property
    def away(self) -> FloatArray:
        """The direction on the ground, `(2,)`, that points away from the camera."""
        return np.array([np.sin(self.azimuth), np.cos(self.azimuth)])

    def project(self, points: FloatArray) -> FloatArray:
        """Return where world points `(…, 3)` stand, `(…, 2)` in scene units."""
        ground, up = points[..., :2], points[..., 2]
        across = ground @ self.right
        above = ground @ self.away * np.sin(self.elevation) + up * np.cos(self.elevation)
        placed: FloatArray = self.place + self.unit * np.stack([across, above], axis=-1)
        return placed

    def towards(self, other: Viewpoint, t: float) -> Viewpoint:
        """Return the viewpoint at time `t` in [0, 1] of an even way from this one to `other`."""
        return Viewpoint(
            self.azimuth + t * (other.azimuth - self.azimuth),
            self.elevation + t * (other.elevation - self.elevation),
            self.unit * (other.unit / self.unit) ** t,
            self.place + t * (other.place - self.place),
        )

    def holding(self, low: FloatArray, high: FloatArray, points: FloatArray) -> Viewpoint:
        """Return the viewpoint from the same side whose picture of world points `(n, 3)` fills a box.

        The points touch two opposite edges of the box, whose corners are `low` and `high`, `(2,)` in scene
        units, and are in the middle between the two others.
        """
        seen = replace(self, unit=1.0, place=np.zeros(2)).project(points)
        least, most = seen.min(axis=0), seen.max(axis=0)
        unit = float(((high - low) / np.maximum(most - least, 1e-9)).min())
        return replace(self, unit=unit, place=(low + high) / 2 - unit * (least + most) / 2)
