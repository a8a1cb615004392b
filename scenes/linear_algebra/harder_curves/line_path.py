"""The line that does its best between two curves while they close in on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from nnmath import BestLine, Dataset, FloatArray, best_line
from scenes.linear_algebra.harder_curves.placed_line import (
    PlacedLine,
    angle_of,
    best_offset,
    nearest_angle,
    right_at,
)

# Gaps at which the best line is searched for; the line turns evenly from one to the next.
_SEARCHED = 4
_BISECTIONS = 24


@dataclass(frozen=True)
class LinePath:
    """The line at every gap between the curves.

    Attributes:
        dataset_at: the curves that stand so far apart.
        gaps, angles, offsets: `(k,)`, where the line was searched for, in falling order of gap; it is perfect
            up to the second one, if it is so at the first.
        first, best: the best straight line found at the first and at the last gap.
    """

    dataset_at: Callable[[float], Dataset]
    gaps: FloatArray
    angles: FloatArray
    offsets: FloatArray
    first: BestLine
    best: BestLine

    @classmethod
    def search(cls, dataset_at: Callable[[float], Dataset], first: float, last: float) -> Self:
        """Search the best line at several gaps from `first` to `last`; as long as one is perfect it stays."""
        dataset = dataset_at(first)
        first_found = found = best_line(dataset.points, dataset.labels)
        gaps, angles, offsets = [first], [angle_of(found.normal)], [found.offset]
        start = first
        if found.right == found.total:
            start = _last_perfect(dataset_at, angles[0], last, first)
            gaps.append(start)
            angles.append(angles[0])
            offsets.append(best_offset(dataset_at(start), angles[0], found.offset))
        searched = np.linspace(start, last, _SEARCHED)[1:].tolist() if start > last else []
        for gap in searched:
            dataset = dataset_at(gap)
            found = best_line(dataset.points, dataset.labels)
            gaps.append(gap)
            angles.append(nearest_angle(dataset, found, angles[-1]))
            offsets.append(best_offset(dataset, angles[-1], found.offset))
        return cls(dataset_at, np.array(gaps), np.array(angles), np.array(offsets), first_found, found)

    def line_at(self, gap: float) -> PlacedLine:
        """Return the line at `gap`: turned evenly between those searched, in its best place."""
        # np.interp wants rising gaps.
        angle, offset = (
            float(np.interp(gap, self.gaps[::-1], ends[::-1])) for ends in (self.angles, self.offsets)
        )
        dataset = self.dataset_at(gap)
        return PlacedLine.on(dataset, angle, best_offset(dataset, angle, offset))


def _last_perfect(dataset_at: Callable[[float], Dataset], angle: float, low: float, high: float) -> float:
    """Return the least gap from `low` to `high` at which a line of this direction is still perfect."""

    def perfect(gap: float) -> bool:
        dataset = dataset_at(gap)
        return right_at(dataset, angle) == len(dataset)

    if perfect(low):
        return low
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if perfect(middle) else (middle, high)
    return high
