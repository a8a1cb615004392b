"""How well a straight line can do at every angle, and where it stands then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from nnmath import Dataset, FloatArray, best_threshold
from scenes.linear_algebra.harder_curves.placed_line import PlacedLine, best_offset, normal_at

# From upright through level to upright again, a line every half degree.
_STEPS = 360
_QUARTER = np.pi / 2


@dataclass(frozen=True)
class AngleSweep:
    """The best line of every tilt, among the points of a data set.

    A line's tilt is its angle to the x axis in radians, from −π/2 to π/2.

    Attributes:
        tilts: `(k,)`, rising. rights: how many points the best line of each tilt gets right, `(k,)`.
        offsets: of these lines, along the normal that points up, `(k,)`; of lines equally good it is the one
            nearest to its neighbour.
    """

    dataset: Dataset
    tilts: FloatArray
    rights: np.ndarray[Any, np.dtype[np.int64]]
    offsets: FloatArray

    @classmethod
    def through(cls, dataset: Dataset, line: PlacedLine) -> Self:
        """Try lines of every tilt; they go on from `line`, whose tilt and its mirror image are among them."""
        own, up = _tilt_of(line)
        even = np.linspace(-_QUARTER, _QUARTER, _STEPS + 1)
        tilts = np.unique(np.concatenate([even, [own, -own]]))
        rights, offsets = np.zeros(len(tilts), dtype=np.int64), np.zeros(len(tilts))
        start, middle = int(np.searchsorted(tilts, own)), dataset.points.mean(axis=0)
        for order in (range(start, len(tilts)), range(start, -1, -1)):
            last = line.offset if up else -line.offset
            before = own
            for k in order:
                # It keeps its distance from the middle of the data as long as another one is no better.
                turned = normal_at(tilts[k] + _QUARTER) - normal_at(before + _QUARTER)
                angle, right = _better_side(dataset, float(tilts[k]))
                last = _up_offset(dataset, float(tilts[k]), angle, last + float(turned @ middle))
                rights[k], offsets[k], before = right, last, float(tilts[k])
        return cls(dataset, tilts, rights, offsets)

    def line_at(self, tilt: float) -> PlacedLine:
        """Return the line of a tilt in its best place."""
        angle, _ = _better_side(self.dataset, tilt)
        wanted = float(np.interp(tilt, self.tilts, self.offsets))
        offset = _up_offset(self.dataset, tilt, angle, wanted)
        return PlacedLine.on(self.dataset, angle, offset if _points_up(tilt, angle) else -offset)

    @property
    def most(self) -> int:
        """How many points the best line of all gets right."""
        return int(self.rights.max())

    @property
    def least(self) -> int:
        """How many points the best line of the worst tilt gets right."""
        return int(self.rights.min())

    def best_tilt_near(self, tilt: float) -> float:
        """Return, of the tilts at which a line does best, the one nearest to `tilt`."""
        best = self.tilts[self.rights == self.most]
        return float(best[np.argmin(np.abs(best - tilt))])


def _tilt_of(line: PlacedLine) -> tuple[float, bool]:
    """Return a line's tilt, and whether its normal is the one that points up, to the left if it is level."""
    turned = line.angle - _QUARTER
    half_turns = int(np.round(turned / np.pi))
    return float(np.clip(turned - half_turns * np.pi, -_QUARTER, _QUARTER)), half_turns % 2 == 0


def tilt_of(line: PlacedLine) -> float:
    """Return a line's angle to the x axis, in radians from −π/2 to π/2."""
    return _tilt_of(line)[0]


def _better_side(dataset: Dataset, tilt: float) -> tuple[float, int]:
    """Return the normal's angle for the side of a line of this tilt that class 1 had better be on.

    And how many points the line then gets right in its best place.
    """
    scores = dataset.points @ normal_at(tilt + _QUARTER)
    above, below = (best_threshold(sign * scores, dataset.labels).right for sign in (1.0, -1.0))
    return (tilt + _QUARTER, above) if above >= below else (tilt - _QUARTER, below)


def _points_up(tilt: float, angle: float) -> bool:
    return angle > tilt


def _up_offset(dataset: Dataset, tilt: float, angle: float, wanted: float) -> float:
    """Return the best offset nearest to `wanted`, both along the normal that points up."""
    sign = 1.0 if _points_up(tilt, angle) else -1.0
    return sign * best_offset(dataset, angle, sign * wanted)
