"""The straight line that puts most points of two classes on the right side, by brute force."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray

# Up to this many points the best of all lines is found.
EXACT_POINTS = 1200
# Of equally good directions, how many are tried for the widest gap.
SPREAD_DIRECTIONS = 180
SWEEP_DIRECTIONS = 1440
REFINEMENTS = 3
REFINED = 6
_STEPS_BETWEEN = 16
_CHUNK_NUMBERS = 1_000_000
# Directions nearer to each other than this, in radians, are one: collinear points, but for rounding.
_SAME_DIRECTION = 1e-9
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
    # Importing it costs 0.3 s, which only those pay who ask.
    from scipy.optimize import linprog

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

    Any line can be moved until it meets a point, so lines through each point settle all; while such a line
    turns about its point, another one changes sides only where the line passes it: O(n^2 log n), exact up to
    1200 points. Beyond that an even sweep of directions is tried. Among equally good lines the direction is
    refined towards the one farthest from the points it passes between. Raises ValueError.
    """
    checked = arrays.as_points(points, "points")
    classes = arrays.as_binary_labels(labels, "labels", len(checked))
    # Lines stay lines when the data are moved and scaled; both keep rounding errors small.
    centre = checked.mean(axis=0)
    size = float(np.abs(checked - centre).max()) or 1.0
    scaled = (checked - centre) / size
    exact = len(checked) <= EXACT_POINTS
    spacing = math.pi / (SPREAD_DIRECTIONS if exact else SWEEP_DIRECTIONS)
    even: FloatArray = np.linspace(0.0, math.pi, SWEEP_DIRECTIONS, endpoint=False)
    tried = _best_of(_settling_angles(scaled, classes) if exact else even, scaled, classes)
    for _ in range(REFINEMENTS):
        nearby: FloatArray = np.linspace(-spacing, spacing, 2 * _STEPS_BETWEEN + 1)
        around = np.array([candidate[0] for candidate in tried[:REFINED]])
        tried = _best_of((around[:, None] + nearby).ravel(), scaled, classes)
        spacing /= _STEPS_BETWEEN
    angle, threshold, sign, right = tried[0]
    normal = np.array([np.cos(angle), np.sin(angle)])
    # Where the sign is -1 class 1 is below the threshold; turning the normal round puts it above.
    offset = sign * (threshold * size + float(centre @ normal))
    return BestLine(arrays.frozen(sign * normal), offset, right, len(checked), exact)


def _settling_angles(points: FloatArray, labels: IntArray) -> FloatArray:
    """Directions of the normal along which some line gets as many points right as any line does.

    If there are more than SPREAD_DIRECTIONS, an even choice of them.
    """
    most, found = 0, [np.zeros(1)]
    per_chunk = max(1, _CHUNK_NUMBERS // len(points))
    for start in range(0, len(points), per_chunk):
        counts, angles = _turned_about(points[start : start + per_chunk], points, labels)
        best = int(counts.max(initial=0))
        if best > most:
            most, found = best, []
        if best == most:
            found.append(angles[counts == most])
    every = np.unique(np.concatenate(found))
    chosen = np.linspace(0, len(every) - 1, min(len(every), SPREAD_DIRECTIONS)).round().astype(int)
    spread: FloatArray = every[chosen]
    return spread


def _turned_about(pivots: FloatArray, points: FloatArray, labels: IntArray) -> tuple[IntArray, FloatArray]:
    """How many points lines through pivots (p, 2) get right, for every direction that differs in it.

    Returns counts (k,) and the normals' angles (k,), each in the middle between two at which the line passes
    a point. Points in the pivot's own place go to the better side, by a line moved ever so little.
    """
    x, y = (points[:, axis] - pivots[:, axis, None] for axis in (0, 1))
    x[np.abs(x) <= _RESOLUTION] = 0.0
    y[np.abs(y) <= _RESOLUTION] = 0.0
    here = (x == 0) & (y == 0)
    ones = labels == 1
    # A normal just below angle 0 has these points above its line; each changes sides once in half a turn.
    above = (x > 0) | ((x == 0) & (y < 0))
    passing = np.where(here, np.inf, np.mod(np.arctan2(y, x) + np.pi / 2, np.pi))
    change = np.where(here, 0, np.where(above == ones, -1, 1))
    order = np.argsort(passing, axis=1)
    turning = np.take_along_axis(passing, order, axis=1)
    others = (~here).sum(axis=1, keepdims=True)
    at_start = ((above == ones) & ~here).sum(axis=1, keepdims=True)
    right = at_start + np.cumsum(np.take_along_axis(change, order, axis=1), axis=1)
    own = np.maximum((here & ones).sum(axis=1), (here & ~ones).sum(axis=1))[:, None]
    counts = own + np.maximum(right, others - right)
    following = np.column_stack([turning[:, 1:], np.full(len(pivots), np.inf)])
    last = np.isinf(following) & np.isfinite(turning)
    following = np.where(last, turning[:, :1] + np.pi, following)
    with np.errstate(invalid="ignore"):
        apart = following - turning > _SAME_DIRECTION
    return counts[apart], np.mod((turning[apart] + following[apart]) / 2, np.pi)


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
    # Mirror images differ by rounding alone: then the line that rises goes first, on every machine.
    found.sort(key=lambda entry: (-entry[0], -round(entry[1], 9), -entry[2]))
    return [(angle, threshold, sign, count) for count, _, angle, threshold, sign in found]
