"""A straight line between two classes: its direction, its best place, and who stands on the wrong side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from nnmath import BestLine, Dataset, FloatArray, best_threshold

# The share of an interval of best places that the line keeps from either end of it.
_CLEARANCE = 0.05


@dataclass(frozen=True)
class PlacedLine:
    """A line on screen and how well it does there.

    Attributes:
        angle: of its normal, which points to class 1, in radians. offset: normal · x on the line.
        wrong: which points stand on the wrong side, `(n,)`.
    """

    angle: float
    offset: float
    wrong: np.ndarray[Any, np.dtype[np.bool_]]

    @classmethod
    def on(cls, dataset: Dataset, angle: float, offset: float) -> Self:
        """Place a line among the points of a data set."""
        ones = dataset.points @ normal_at(angle) >= offset
        return cls(angle, offset, ones != (dataset.labels == 1))

    @property
    def normal(self) -> FloatArray:
        return normal_at(self.angle)

    @property
    def wrong_count(self) -> int:
        return int(self.wrong.sum())


def normal_at(angle: float) -> FloatArray:
    """Return the normal `(2,)` of length 1 that points in a direction, in radians."""
    # Upright lines are upright to the last digit: points above each other have one score.
    return np.array([np.cos(angle), np.sin(angle)]).round(15)


def angle_of(normal: FloatArray) -> float:
    """Return the direction of a normal `(2,)`, in radians."""
    return float(np.arctan2(normal[1], normal[0]))


def right_at(dataset: Dataset, angle: float) -> int:
    """Return how many points the best line of a direction gets right."""
    return best_threshold(dataset.points @ normal_at(angle), dataset.labels).right


def best_offset(dataset: Dataset, angle: float, wanted: float) -> float:
    """Return the offset nearest to `wanted` at which a line of this direction does as well as it can."""
    scores = dataset.points @ normal_at(angle)
    intervals = best_threshold(scores, dataset.labels).intervals
    # A line beyond all points may be as good as any; it stays on the stage.
    ends = np.clip(intervals, scores.min() - 0.1, scores.max() + 0.1)
    inset = _CLEARANCE * (ends[:, 1] - ends[:, 0])
    nearest = np.clip(wanted, ends[:, 0] + inset, ends[:, 1] - inset)
    return float(nearest[np.argmin(np.abs(nearest - wanted))])


def nearest_angle(dataset: Dataset, found: BestLine, last: float) -> float:
    """Return, of the directions that do as well as `found`, the one to which the line turns least.

    The curves are their own mirror image but for noise, so every line has a twin that leans the other way.
    """
    angle = angle_of(found.normal)
    candidates = [angle, np.pi - angle, last]
    rights = [right_at(dataset, candidate) for candidate in candidates]
    turns = [
        float(np.remainder(candidate - last + np.pi, 2 * np.pi) - np.pi)
        for candidate, right in zip(candidates, rights, strict=True)
        if right == max(rights)
    ]
    return last + min(turns, key=abs)
