"""Where a piecewise linear network is linear, and where its output crosses a level: exact, without a grid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.activations import identity, relu, sigmoid
from nnmath.arrays import FloatArray
from nnmath.network import Network

MAX_REGIONS = 20_000
# Corners nearer to a crease than this share of the box are on it.
_RESOLUTION = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class LinearRegion:
    """A convex piece of the plane on which a network's last pre-activation is weights x + bias.

    corners (c, 2) counter-clockwise, weights (m, 2), bias (m,); active says for each hidden layer which units
    have a pre-activation above 0 there.
    """

    corners: FloatArray
    weights: FloatArray
    bias: FloatArray
    active: tuple[tuple[bool, ...], ...]


def linear_regions(network: Network, lower: ArrayLike, upper: ArrayLike) -> tuple[LinearRegion, ...]:
    """Cut the box from lower (2,) to upper (2,) along the creases of a network with two inputs.

    Hidden activations must be relu, leaky_relu or identity; any number of layers and units up to 20 000
    regions. Raises ValueError.
    """
    if network.input_size != 2:
        raise ValueError(f"network must have 2 inputs; got {network.input_size}")
    for layer in network.layers[:-1]:
        if not layer.activation.positively_homogeneous:
            raise ValueError(
                f"network must have hidden relu, leaky_relu or identity; got {layer.activation.name}"
            )
    low, high = arrays.as_vector(lower, "lower", 2), arrays.as_vector(upper, "upper", 2)
    if not (low < high).all():
        raise ValueError(
            f"upper must be above lower in both coordinates; got {high.tolist()} over {low.tolist()}"
        )
    box = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    # Each piece carries the map from the plane to the activations of the layer reached so far.
    pieces = [LinearRegion(box, np.eye(2), np.zeros(2), ())]
    for layer in network.layers[:-1]:
        following = []
        for piece in pieces:
            weights, bias = layer.weights @ piece.weights, layer.weights @ piece.bias + layer.bias
            slope = 0.0 if layer.activation == relu else layer.activation.slope
            for corners, active in _cut(piece.corners, weights, bias, folds=layer.activation != identity):
                factor = np.where(active, 1.0, 1.0 if slope is None else slope)
                following.append(
                    LinearRegion(corners, weights * factor[:, None], bias * factor, (*piece.active, active))
                )
            if len(following) > MAX_REGIONS:
                raise ValueError(
                    f"network must have at most {MAX_REGIONS} linear regions in the box; got more"
                )
        pieces = following
    last = network.layers[-1]
    return tuple(
        LinearRegion(
            arrays.frozen(piece.corners),
            arrays.frozen(last.weights @ piece.weights),
            arrays.frozen(last.weights @ piece.bias + last.bias),
            piece.active,
        )
        for piece in pieces
    )


def decision_boundary(network: Network, lower: ArrayLike, upper: ArrayLike, level: float = 0.0) -> FloatArray:
    """The segments (s, 2, 2) in the box from lower (2,) to upper (2,) on which the one output equals level.

    Each row is a start and an end; consecutive segments join where the boundary is one polyline. Exact for
    hidden relu, leaky_relu and identity and an output of identity or sigmoid. s is 0 if the level is not
    crossed. Raises ValueError for other networks.
    """
    if network.output_size != 1:
        raise ValueError(f"network must have 1 output; got {network.output_size}")
    output = network.layers[-1].activation
    score = arrays.as_number(level, "level")
    if output == sigmoid:
        score = arrays.as_number(level, "level", above=0, below=1)
        score = math.log(score) - math.log1p(-score)
    elif output != identity:
        raise ValueError(f"network must have an output of identity or sigmoid; got {output.name}")
    segments: list[FloatArray] = []
    for region in linear_regions(network, lower, upper):
        heights = region.corners @ region.weights[0] + (region.bias[0] - score)
        segment = _level_chord(region.corners, heights)
        # A boundary along a crease belongs to the regions on both sides, once is enough.
        if segment is not None and not any(_same(segment, other) for other in segments):
            segments.append(segment)
    return arrays.frozen(np.array(_chained(segments)).reshape(-1, 2, 2))


def _cut(
    corners: FloatArray, weights: FloatArray, bias: FloatArray, *, folds: bool
) -> list[tuple[FloatArray, tuple[bool, ...]]]:
    """Split a convex polygon by the zero lines of all units, with the sign of each unit on each part."""
    parts: list[tuple[FloatArray, tuple[bool, ...]]] = [(corners, ())]
    for row, offset in zip(weights, bias, strict=True):
        following = []
        for polygon, active in parts:
            heights = polygon @ row + offset
            heights = np.where(np.abs(heights) <= _RESOLUTION * _scale(polygon, row, offset), 0.0, heights)
            if not folds or not (heights.min() < 0 < heights.max()):
                following.append((polygon, (*active, bool(heights.sum() > 0))))
                continue
            following.append((_clip(polygon, heights), (*active, True)))
            following.append((_clip(polygon, -heights), (*active, False)))
        parts = following
    return parts


def _scale(polygon: FloatArray, row: FloatArray, offset: float) -> float:
    return float(np.abs(polygon).max() * np.abs(row).sum() + abs(offset))


def _clip(polygon: FloatArray, heights: FloatArray) -> FloatArray:
    """The part of a convex polygon where a linear height, given at its corners, is not negative."""
    kept: list[FloatArray] = []
    for index in range(len(polygon)):
        after = (index + 1) % len(polygon)
        if heights[index] >= 0:
            kept.append(polygon[index])
        if heights[index] * heights[after] < 0:
            share = heights[index] / (heights[index] - heights[after])
            kept.append(polygon[index] + share * (polygon[after] - polygon[index]))
    return np.array(kept)


def _level_chord(corners: FloatArray, heights: FloatArray) -> FloatArray | None:
    """The segment (2, 2) of a convex polygon on which a linear height, given at its corners, is zero."""
    tolerance = _RESOLUTION * float(np.abs(heights).max())
    signs = np.where(np.abs(heights) <= tolerance, 0, np.sign(heights))
    # Zero on the whole piece is an area; its outline is not a boundary between two sides.
    if not signs.any():
        return None
    hits = [corners[index] for index in np.flatnonzero(signs == 0)]
    for index in range(len(corners)):
        after = (index + 1) % len(corners)
        if signs[index] * signs[after] < 0:
            share = heights[index] / (heights[index] - heights[after])
            hits.append(corners[index] + share * (corners[after] - corners[index]))
    if len(hits) < 2:
        return None
    distances = [
        (float(np.hypot(*(b - a))), i, j) for i, a in enumerate(hits) for j, b in enumerate(hits) if i < j
    ]
    length, start, end = max(distances)
    return np.array([hits[start], hits[end]]) if length > _RESOLUTION * np.abs(corners).max() else None


def _near(first: FloatArray, second: FloatArray) -> bool:
    scale = max(float(np.abs(first).max()), float(np.abs(second).max()), 1e-300)
    return bool(np.abs(first - second).max() <= 1e-9 * scale)


def _same(first: FloatArray, second: FloatArray) -> bool:
    return _near(first, second) or _near(first, second[::-1])


def _chained(segments: list[FloatArray]) -> list[FloatArray]:
    """Order and turn segments so that each starts where the one before ends, as far as they join."""
    waiting = list(segments)
    ordered: list[FloatArray] = []
    while waiting:
        chain = [waiting.pop(0)]
        joined = True
        while joined:
            joined = False
            for index, segment in enumerate(waiting):
                for turned in (segment, segment[::-1]):
                    if _near(chain[-1][1], turned[0]):
                        chain.append(turned)
                    elif _near(chain[0][0], turned[1]):
                        chain.insert(0, turned)
                    else:
                        continue
                    joined = True
                    break
                if joined:
                    waiting.pop(index)
                    break
        ordered.extend(chain)
    return ordered
