"""The straight line that puts most points of two classes on the right side, by brute force."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray

# Up to this many points every order in which a line can meet them is tried.
EXACT_POINTS = 300
SWEEP_DIRECTIONS = 1440
SWEEP_REFINEMENTS = 3
SWEEP_KEPT = 12
_CHUNK_NUMBERS = 1_000_000
# Differences of scores below this share of the data's size are rounding errors.
_RESOLUTION = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class BestLine:
    """A line and how well it does: class 1 is predicted where points @ normal >= offset.

    normal (2,) has length 1. right of total points are on the right side. exact is False when there were too
    many points to try every line, so that a better one may exist.
    """

    normal: FloatArray
    offset: float
    right: int
    total: int
    exact: bool

    @property
    def accuracy(self) -> float:
        """The share of points on the right side, 0 to 1."""
        return self.right / self.total


def linearly_separable(points: ArrayLike, labels: ArrayLike) -> bool:
    """Tell whether some straight line parts the points (n, 2) of class 1 from those of class 0.

    Exact for any number of points: a line does if w x + b >= 1 on class 1 and <= -1 on class 0 for some w and
    b, which is a linear programme without objective. Raises ValueError, also for one class only.
    """
    checked = arrays.as_points(points, "points")
    classes = arrays.as_binary_labels(labels, "labels", len(checked))
    centre = checked.mean(axis=0)
    size = float(np.abs(checked - centre).max()) or 1.0
    rows = np.column_stack([(checked - centre) / size, np.ones(len(checked))])
    signs = np.where(classes == 1, -1.0, 1.0)[:, None]
    found = linprog(np.zeros(3), A_ub=signs * rows, b_ub=-np.ones(len(rows)), bounds=(None, None))
    return bool(found.status == 0)


def best_line(points: ArrayLike, labels: ArrayLike) -> BestLine:
    """Find the line with most points (n, 2) on the side of their label (n,), either side being class 1.

    Turning a line changes the order of the points along its normal only where it is parallel to a line
    through two of them, so one direction between each two such angles settles all lines: O(n^3 log n), exact
    up to 300 points. Beyond that an even sweep of directions is refined around its best. Among equally good
    lines of those tried the one farthest from the points it passes between is taken. Raises ValueError.
    """
    checked = arrays.as_points(points, "points")
    classes = arrays.as_binary_labels(labels, "labels", len(checked))
    # Lines stay lines when the data are moved and scaled; both keep rounding errors small.
    centre = checked.mean(axis=0)
    size = float(np.abs(checked - centre).max()) or 1.0
    scaled = (checked - centre) / size
    exact = len(checked) <= EXACT_POINTS
    if exact:
        angle, threshold, sign, right = _best_of(_settling_angles(scaled), scaled, classes)[0]
    else:
        spacing = math.pi / SWEEP_DIRECTIONS
        sweep: FloatArray = np.linspace(0.0, math.pi, SWEEP_DIRECTIONS, endpoint=False)
        tried = _best_of(sweep, scaled, classes)
        for _ in range(SWEEP_REFINEMENTS):
            nearby: FloatArray = np.linspace(-spacing, spacing, 33)
            around = np.array([candidate[0] for candidate in tried[:SWEEP_KEPT]])
            tried = _best_of((around[:, None] + nearby).ravel(), scaled, classes)
            spacing /= 16
        angle, threshold, sign, right = tried[0]
    normal = np.array([np.cos(angle), np.sin(angle)])
    # Where the sign is -1 class 1 is below the threshold; turning the normal round puts it above.
    offset = sign * (threshold * size + float(centre @ normal))
    return BestLine(arrays.frozen(sign * normal), offset, right, len(checked), exact)


def _settling_angles(points: FloatArray) -> FloatArray:
    """One direction of the normal, in [0, pi), between each two at which a pair of points changes order."""
    first, second = np.triu_indices(len(points), k=1)
    x, y = (points[second] - points[first]).T
    apart = np.hypot(x, y) > _RESOLUTION
    turning = np.unique(np.mod(np.arctan2(y[apart], x[apart]) + np.pi / 2, np.pi))
    if turning.size == 0:
        return np.array([0.0])
    following = np.append(turning[1:], turning[0] + np.pi)
    between: FloatArray = ((turning + following) / 2)[following - turning > _RESOLUTION]
    return between


def _best_of(angles: FloatArray, points: FloatArray, labels: IntArray) -> list[tuple[float, float, int, int]]:
    """The best threshold along each normal, best normals first: angle, threshold, sign and points right."""
    found: list[tuple[int, float, float, float, int]] = []
    per_chunk = max(1, _CHUNK_NUMBERS // len(points))
    for start in range(0, len(angles), per_chunk):
        chunk = angles[start : start + per_chunk]
        scores = np.cos(chunk)[:, None] * points[:, 0] + np.sin(chunk)[:, None] * points[:, 1]
        order = np.argsort(scores, axis=1)
        ranked = np.take_along_axis(scores, order, axis=1)
        steps = np.where(labels[order] == 1, -1, 1)
        # Entry i: the lowest i points are predicted class 0; entry 0 is left to the ends below.
        right = int(labels.sum()) + np.cumsum(steps, axis=1)[:, :-1]
        gaps = np.diff(ranked, axis=1)
        for sign, counts in ((1, right), (-1, len(points) - right)):
            # A threshold between two scores must have room; the gap decides between equal counts.
            merit = np.where(gaps > _RESOLUTION, counts + gaps / (gaps.max() + 1) / 2, -1.0)
            place = merit.argmax(axis=1)
            rows = np.arange(len(chunk))
            middles = (ranked[rows, place] + ranked[rows, place + 1]) / 2
            for row in rows[merit[rows, place] >= 0]:
                at = place[row]
                found.append(
                    (int(counts[row, at]), float(gaps[row, at]), float(chunk[row]), float(middles[row]), sign)
                )
        # A line beyond all points puts them all on one side.
        for sign, count in ((1, int(labels.sum())), (-1, int((labels == 0).sum()))):
            found.append((count, 0.0, float(chunk[0]), float(ranked[0, 0] - 1), sign))
    found.sort(key=lambda entry: (-entry[0], -entry[1]))
    return [(angle, threshold, sign, count) for count, _, angle, threshold, sign in found]
