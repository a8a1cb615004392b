"""Deciding between two classes: how many are right, and the best threshold there is."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray

# The share of an interval that is kept free at either end when a threshold is chosen inside it.
CLEARANCE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class BestThreshold:
    """The thresholds that put most scores on the right side, and a plain one among them.

    value is the threshold to show and use; with it right of total scores are right, and accuracy is their
    ratio. intervals (s, 2), in rising order, are all best choices: every threshold above the first and up to
    and including the second number of a row does as well. Ends may be infinite.
    """

    value: float
    right: int
    total: int
    intervals: FloatArray

    @property
    def accuracy(self) -> float:
        """The share of scores on the right side, 0 to 1."""
        return self.right / self.total


def count_right(scores: ArrayLike, labels: ArrayLike, threshold: float = 0.0) -> int:
    """How many scores (n,) agree with labels (n,), 0 or 1, when score >= threshold predicts class 1.

    Raises ValueError.
    """
    values = arrays.as_vector(scores, "scores")
    classes = _labels(labels, len(values))
    threshold = arrays.as_number(threshold, "threshold")
    return int(np.count_nonzero((values >= threshold) == (classes == 1)))


def accuracy(scores: ArrayLike, labels: ArrayLike, threshold: float = 0.0) -> float:
    """The share of scores (n,) on the right side of the threshold, 0 to 1; ValueError as in count_right."""
    return count_right(scores, labels, threshold) / len(np.asarray(scores))


def best_threshold(scores: ArrayLike, labels: ArrayLike) -> BestThreshold:
    """Find all thresholds with most scores (n,) right when score >= threshold predicts class 1.

    The value is a multiple of the largest power of ten that has one inside a best interval, a twentieth of
    the interval's width away from the scores at its ends; among several the one nearest to the middle of the
    widest interval. Unbounded intervals count only if there are no others. Raises ValueError, also when
    labels (n,) hold one class.
    """
    values = arrays.as_vector(scores, "scores")
    classes = arrays.as_binary_labels(labels, "labels", len(values))
    levels, position = np.unique(values, return_inverse=True)
    ones = np.bincount(position, weights=classes == 1)
    zeros = np.bincount(position, weights=classes == 0)
    # Entry i is for thresholds above level i - 1 and up to level i: the levels from i on are predicted 1.
    right = ones.sum() - np.concatenate([[0], np.cumsum(ones)]) + np.concatenate([[0], np.cumsum(zeros)])
    best = np.flatnonzero(right == right.max())
    ends = np.concatenate([[-np.inf], levels, [np.inf]])
    intervals = np.column_stack([ends[best], ends[best + 1]])
    value = _plainest(intervals)
    return BestThreshold(value, int(right.max()), len(values), arrays.frozen(intervals))


def _labels(labels: ArrayLike, length: int) -> arrays.IntArray:
    classes = arrays.as_labels(labels, "labels", length)
    if classes.max() > 1:
        raise ValueError(f"labels must be 0 or 1; got {classes.max()}")
    return classes


def _plainest(intervals: FloatArray) -> float:
    """The threshold of fewest digits inside intervals (s, 2) that are open below and closed above."""
    bounded = intervals[np.isfinite(intervals).all(axis=1)]
    if len(bounded) == 0:
        low, high = intervals[0].tolist()
        end = high if math.isfinite(high) else low
        # Beyond the outermost score there is room without end; as much again as its size is plenty.
        room = max(abs(end), 1.0)
        bounded = np.array([[end - room, end]] if math.isfinite(high) else [[end, end + room]])
        bounded = np.clip(bounded, -sys.float_info.max, sys.float_info.max)
    # Halves of the ends keep clear of overflow.
    halves = bounded / 2
    half_widths = halves[:, 1] - halves[:, 0]
    widest = int(np.argmax(half_widths))
    middle = float(halves[widest].sum())
    margin = 2 * CLEARANCE * half_widths
    inner = np.column_stack([bounded[:, 0] + margin, bounded[:, 1] - margin])
    largest = max(float(np.abs(bounded).max()), 1e-300)
    first = min(math.floor(math.log10(largest)) + 1, sys.float_info.max_10_exp)
    for exponent in range(first, first - 18, -1):
        unit = 10.0**exponent
        candidates = []
        for (low, high), (inner_low, inner_high) in zip(bounded.tolist(), inner.tolist(), strict=True):
            nearest = min(max(middle, inner_low), inner_high)
            for count in {math.floor(nearest / unit), math.ceil(nearest / unit)}:
                candidate = float(f"{count}e{exponent}")
                if low < candidate < high and inner_low <= candidate <= inner_high:
                    candidates.append(candidate)
        if candidates:
            return min(candidates, key=lambda candidate: (abs(candidate - middle), abs(candidate), candidate))
    # No decimal fits between these scores: the upper end belongs to the interval.
    return float(bounded[widest, 1])
