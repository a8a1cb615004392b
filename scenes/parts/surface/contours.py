"""Lines of equal loss; free of Manim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.parts.surface.relief import Relief

FloatArray = npt.NDArray[np.float64]

# How often the stretch of a mesh's edge is narrowed on which a line crosses it.
_ROUNDS = 3


@dataclass(frozen=True)
class Contour:
    """Where the loss is `level`: lines of weights, `(k, 2)` each; a closed one ends where it begins."""

    level: float
    lines: tuple[FloatArray, ...]


def contours(
    relief: Relief, levels: Iterable[float], losses: Callable[[FloatArray], FloatArray]
) -> tuple[Contour, ...]:
    """Return the contours of a loss at some levels, those that the mesh does not reach left out.

    The mesh says between which of its corners a line crosses; where on the edge between them it does is found
    with the loss itself, so that at every corner of a line the loss is the line's level.

    Args:
        losses: returns the loss `(k,)` at weights `(k, 2)`.
    """
    if relief.flat:
        return ()
    # Importing it costs more than a hundredth of a second, which only those pay who draw contours.
    from contourpy import contour_generator

    heights = relief.heights(relief.losses)
    generator = contour_generator(relief.first, relief.second, heights)
    found: list[tuple[float, list[FloatArray]]] = []
    for level in levels:
        lines = [np.asarray(line) for line in generator.lines(float(relief.heights(level)))]
        if lines:
            found.append((level, lines))
    if not found:
        return ()
    corners = np.concatenate([line for _, lines in found for line in lines])
    wanted = np.concatenate([np.full(len(line), level) for level, lines in found for line in lines])
    exact = _on_edges(relief, corners, wanted, losses)
    result, begin = [], 0
    for level, lines in found:
        pieces = []
        for line in lines:
            pieces.append(exact[begin : begin + len(line)])
            begin += len(line)
        result.append(Contour(level, tuple(pieces)))
    return tuple(result)


def _on_edges(
    relief: Relief,
    corners: FloatArray,
    levels: FloatArray,
    losses: Callable[[FloatArray], FloatArray],
) -> FloatArray:
    """Move points `(k, 2)` along the mesh's edges on which they lie to where the loss is their level (k,)."""
    nodes = np.array([relief.first[0], relief.second[0]])
    spacing = np.array([relief.first[1] - relief.first[0], relief.second[1] - relief.second[0]])
    at = (corners - nodes) / spacing
    # Every point is on a line of the mesh; along that it may move.
    along = np.argmax(np.abs(at - np.rint(at)), axis=1)
    free = np.zeros_like(corners)
    free[np.arange(len(corners)), along] = 1.0
    fixed = nodes + np.rint(at) * spacing
    begin = np.where(free > 0, nodes + np.floor(at) * spacing, fixed)
    end = np.where(free > 0, nodes + np.ceil(at) * spacing, fixed)
    heights, wanted = relief.heights(relief.losses), relief.heights(levels)
    low, high = (
        heights[*np.rint((place - nodes) / spacing).astype(np.intp).T[::-1]] - wanted
        for place in (begin, end)
    )
    a, b = np.zeros(len(corners)), np.ones(len(corners))

    def above(share: FloatArray) -> FloatArray:
        return relief.heights(losses(begin + share[:, None] * (end - begin))) - wanted

    share = a
    for _ in range(_ROUNDS):
        # Ridders (IEEE Transactions on Circuits and Systems 26, 1979): exponentials straighten the curve.
        middle = (a + b) / 2
        value = above(middle)
        root = np.sqrt(np.maximum(value**2 - low * high, 1e-300))
        share = middle + (middle - a) * np.sign(low - high) * value / root
        found = above(share)
        inner = np.sign(value) != np.sign(found)
        left = np.sign(found) != np.sign(low)
        a, low, b, high = (
            np.where(inner, middle, np.where(left, a, share)),
            np.where(inner, value, np.where(left, low, found)),
            np.where(inner | left, share, b),
            np.where(inner | left, found, high),
        )
        # In order again, where the found point is the lower one.
        swap = a > b
        a, b = np.where(swap, b, a), np.where(swap, a, b)
        low, high = np.where(swap, high, low), np.where(swap, low, high)
    exact: FloatArray = begin + share[:, None] * (end - begin)
    return exact
