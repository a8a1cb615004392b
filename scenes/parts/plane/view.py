"""Where data coordinates stand on the stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.style.layout import Layout, Point, Region

FloatArray = npt.NDArray[np.float64]

# Enough for names to have their room but for a hundredth of a unit.
_ROUNDS = 6
# A picture may become so much smaller for the origin to be in the middle.
_CENTRED = 0.8


@dataclass(frozen=True)
class View:
    """A window on the plane: scene = origin + unit · data.

    Attributes:
        region: the part of the frame that the data keep within.
        origin: where data (0, 0) stands, `(2,)` in scene units; it may lie outside the region.
        unit: scene units to one unit of data, the same along both axes.
        window: the part of the frame in which the plane is seen, the region unless given.
    """

    region: Region
    origin: FloatArray
    unit: float
    window: Region | None = None

    @property
    def seen(self) -> Region:
        """The part of the frame in which grid and lines are drawn."""
        return self.window or self.region

    @classmethod
    def filling(cls, layout: Layout, points: Iterable[FloatArray], **options: Any) -> View:
        """Return the view in which all `points` fit the layout's stage, of a plane that fills the frame."""
        return cls.fitting(layout.stage, points, window=layout.frame, **options)

    @classmethod
    def fitting(
        cls,
        region: Region,
        points: Iterable[FloatArray],
        *,
        margin: float = 0.25,
        largest_unit: float = 1.0,
        centred: float = _CENTRED,
        around: Sequence[tuple[FloatArray, FloatArray]] = (),
        window: Region | None = None,
    ) -> View:
        """Return the view in which all `points`, arrays `(n, 2)`, fit the region less a margin.

        The data origin is in the middle of the region as far as the data allow.

        Args:
            centred: how small the picture may become for that, as a share of its size without it.
            around: further points `(n, 2)` with the room `(2,)` that names need around them, across and up,
                in scene units and besides the margin.
            window: where the plane is seen, if it is more than the region.
        """
        clouds = list(points)
        limits = (margin, largest_unit, centred)
        view = cls._fitting(region, [*clouds, *(ends for ends, _ in around)], *limits)
        # What is so large on screen is the larger in data the smaller the unit, and makes it smaller still.
        for _ in range(_ROUNDS if around else 0):
            grown = [ends + side * room / view.unit for ends, room in around for side in (-1.0, 1.0)]
            view = cls._fitting(region, [*clouds, *grown], *limits)
        return replace(view, window=window)

    @classmethod
    def _fitting(
        cls,
        region: Region,
        points: Iterable[FloatArray],
        margin: float,
        largest_unit: float,
        centred_share: float,
    ) -> View:
        cloud = np.concatenate([np.zeros((1, 2)), *points])
        low, high = cloud.min(axis=0), cloud.max(axis=0)
        inner = region.inset(margin)
        room = np.array([inner.width, inner.height])
        centred = np.maximum(np.abs(low), np.abs(high)) * 2
        # Off the middle only if that enlarges the picture noticeably.
        unit_centred = float(np.min(room / np.maximum(centred, 1e-9)))
        unit_free = float(np.min(room / np.maximum(high - low, 1e-9)))
        middle = region.center[:2]
        if min(unit_centred, largest_unit) >= centred_share * min(unit_free, largest_unit):
            return cls(region, middle, min(unit_centred, largest_unit))
        unit = min(unit_free, largest_unit)
        return cls(region, middle - unit * (low + high) / 2, unit)

    def to_scene(self, points: FloatArray) -> FloatArray:
        """Map data points `(n, 2)` to scene points `(n, 2)`."""
        placed: FloatArray = np.asarray(points, dtype=np.float64) * self.unit + self.origin
        return placed

    def point(self, x: float, y: float) -> Point:
        """Return the scene point `(3,)` of one data point."""
        return np.append(self.to_scene(np.array([[x, y]]))[0], 0.0)

    def towards(self, other: View, t: float) -> View:
        """Return the view at time `t` of an even zoom and glide from this one to `other`."""
        unit = self.unit * (other.unit / self.unit) ** t
        # The point that keeps its place while the unit changes makes the glide follow the zoom.
        share = t if np.isclose(self.unit, other.unit) else (unit - self.unit) / (other.unit - self.unit)
        return View(other.region, self.origin + share * (other.origin - self.origin), unit, other.window)

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """The lowest and highest data coordinates in the region, each `(2,)`."""
        return self.bounds_inside(0.0)

    @property
    def seen_bounds(self) -> tuple[FloatArray, FloatArray]:
        """The lowest and highest data coordinates in which the plane is seen, each `(2,)`."""
        return replace(self, region=self.seen).bounds

    def bounds_inside(self, margin: float) -> tuple[FloatArray, FloatArray]:
        """Return the lowest and highest data coordinates in the region less a margin in scene units."""
        inner = self.region.inset(margin)
        low, high = np.array([inner.left, inner.bottom]), np.array([inner.right, inner.top])
        return (low - self.origin) / self.unit, (high - self.origin) / self.unit


class Viewed:
    """What lives on the plane: it, and all that belongs to it, has its place in the region of its view."""

    view: View
