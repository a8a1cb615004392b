"""Curves, boxes and outlines as arrays, and the distances between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# A curve is followed by this many straight pieces, and a long piece looked at this often, in scene units.
_STEPS = 8
_SPACING = 0.02
_STRAIGHT = 1e-5


def curves_of(points: FloatArray) -> FloatArray:
    """Return control points `(4k, 3)` as cubic curves `(k, 4, 2)`; an unfinished curve is left out."""
    whole = len(points) // 4 * 4
    # A copy: Manim moves points in place.
    curves: FloatArray = np.array(points[:whole, :2], dtype=np.float64).reshape(-1, 4, 2)
    return curves


def _corners(curves: FloatArray) -> FloatArray:
    """Return points on cubic curves `(k, 4, 2)` from start to end: `(k, steps + 1, 2)`."""
    start, end = curves[:, :1], curves[:, 3:]
    thirds = np.array([1 / 3, 2 / 3])[None, :, None]
    bend = np.abs(curves[:, 1:3] - (start + (end - start) * thirds)).max(initial=0.0)
    t = np.linspace(0.0, 1.0, 2 if bend < _STRAIGHT else _STEPS + 1)
    weights = np.stack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    corners: FloatArray = np.einsum("sc,kcd->ksd", weights, curves)
    return corners


def pieces_of(curves: FloatArray) -> FloatArray:
    """Return cubic curves `(k, 4, 2)` as straight pieces `(n, 2, 2)`."""
    corners = _corners(curves)
    return np.stack([corners[:, :-1], corners[:, 1:]], axis=2).reshape(-1, 2, 2)


def contours_of(curves: FloatArray) -> list[FloatArray]:
    """Return the closed outlines `(n, 2)` that consecutive curves `(k, 4, 2)` make."""
    if not len(curves):
        return []
    breaks = np.flatnonzero(np.abs(curves[1:, 0] - curves[:-1, 3]).max(axis=1) > 1e-6) + 1
    return list(map(np.concatenate, np.split(_corners(curves), breaks)))


def boxes_of(contours: list[FloatArray]) -> FloatArray:
    """Return the bounding boxes `(n, 4)` of outlines, as left, bottom, right, top."""
    boxes = [np.concatenate([contour.min(axis=0), contour.max(axis=0)]) for contour in contours]
    return np.array(boxes).reshape(-1, 4)


def region_around(points: FloatArray, margin: float = 0.0) -> Region:
    """Return the bounding box of points `(n, 2)` with a margin."""
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return Region(float(left - margin), float(bottom - margin), float(right + margin), float(top + margin))


def sampled(pieces: FloatArray) -> FloatArray:
    """Return points `(m, 2)` close together along straight pieces `(n, 2, 2)`."""
    lengths = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T)
    counts = np.maximum(np.ceil(lengths / _SPACING).astype(int), 1) + 1
    which = np.repeat(np.arange(len(pieces)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    share = ((np.arange(len(which)) - first) / (counts[which] - 1))[:, None]
    points: FloatArray = pieces[which, 0] * (1 - share) + pieces[which, 1] * share
    return points


def depths(points: FloatArray, boxes: FloatArray, *, square: bool = False) -> FloatArray:
    """Return how deep points `(m, 2)` lie in boxes `(n, 4)`: `(m, n)`, below nought outside.

    Inside, the depth is the distance to the nearest side; outside, less the distance to the box, measured
    along the axes if `square`.
    """
    low = points[:, None] - boxes[None, :, :2]
    high = boxes[None, :, 2:] - points[:, None]
    nearest = np.minimum(low, high)
    inner: FloatArray = nearest.min(axis=2)
    if square:
        return inner
    outer: FloatArray = np.hypot(*np.moveaxis(np.minimum(nearest, 0.0), 2, 0))
    return np.where(inner >= 0, inner, -outer)


def shared_depth(one: FloatArray, other: FloatArray) -> float:
    """Return how far the boxes `(n, 4)` and `(m, 4)` reach into each other at most; below nought if apart."""
    if not len(one) or not len(other):
        return -np.inf
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    return float((high - low).min(axis=2).max())


def inside(points: FloatArray, contours: list[FloatArray]) -> BoolArray:
    """Tell which points `(m, 2)` lie inside closed outlines, by their winding number."""
    winding = np.zeros(len(points), dtype=np.int64)
    for contour in contours:
        near = ((points >= contour.min(axis=0)) & (points <= contour.max(axis=0))).all(axis=1)
        if near.any():
            x, y = points[near, :1], points[near, 1:]
            (x0, y0), (x1, y1) = contour.T, np.roll(contour, -1, axis=0).T
            side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
            winding[near] += ((y0 <= y) & (y1 > y) & (side > 0)).sum(axis=1)
            winding[near] -= ((y0 > y) & (y1 <= y) & (side < 0)).sum(axis=1)
    within: BoolArray = winding != 0
    return within


def corners_and_centres(boxes: FloatArray) -> FloatArray:
    """Return the corners and the centre of every box `(n, 4)`: `(5n, 2)`."""
    left, bottom, right, top = boxes.T
    across = [left, right, left, right, (left + right) / 2]
    up = [bottom, bottom, top, top, (bottom + top) / 2]
    return np.column_stack([np.concatenate(across), np.concatenate(up)])


@dataclass(frozen=True, eq=False)
class Shape:
    """Cubic curves `(k, 4, 2)`, one at least, and what is measured of them, each only once."""

    curves: FloatArray

    @cached_property
    def pieces(self) -> FloatArray:
        """The curves as straight pieces, `(n, 2, 2)`."""
        return pieces_of(self.curves)

    @cached_property
    def contours(self) -> list[FloatArray]:
        """The curves as closed outlines."""
        return contours_of(self.curves)

    @cached_property
    def boxes(self) -> FloatArray:
        """The tight boxes of the outlines, `(n, 4)`."""
        return boxes_of(self.contours)

    @cached_property
    def core(self) -> Region:
        """The bounding box of the curves."""
        return region_around(self.pieces.reshape(-1, 2))
