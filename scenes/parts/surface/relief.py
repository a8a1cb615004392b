"""A loss over two weights as a hilly ground; free of Manim."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenes.parts.surface.viewpoint import Viewpoint

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# A loss of the lowest plus this share of the range is where heights go from even to logarithmic.
_KNEE = 0.01
# How high the highest corner stands, as a share of the shorter side.
_RISE = 0.4
# A range that is a smaller share of the largest loss is flat.
_FLAT = 1e-9
# How often a line of sight is looked at, and how far above it the ground hides what is there, as a share of
# the rise: between the corners of the mesh the ground is not exactly where the loss is.
_LOOKS, _ABOVE = 40, 0.02
# Heights are looked up in a mesh so many times as fine.
_FINER = 5


@dataclass(frozen=True)
class Relief:
    """Losses at the corners of a mesh, and how high they stand.

    Losses differ by powers of ten, so heights are compressed: the height is the logarithm of how much the
    loss is above the lowest one, softened near it. A higher loss always stands higher; equal ones equally
    high.

    Attributes:
        first, second: the values of the weights at the mesh's columns `(n,)` and rows `(m,)`, ascending.
        losses: `(m, n)`.
        lowest, highest: the losses at heights 0 and 1, the extremes of the mesh unless given.
    """

    first: FloatArray
    second: FloatArray
    losses: FloatArray
    lowest: float | None = None
    highest: float | None = None

    @cached_property
    def limits(self) -> tuple[float, float]:
        """The losses at heights 0 and 1."""
        low = float(self.losses.min()) if self.lowest is None else self.lowest
        high = float(self.losses.max()) if self.highest is None else self.highest
        return low, high

    @property
    def flat(self) -> bool:
        """Whether the loss is the same everywhere."""
        low, high = self.limits
        return high - low <= _FLAT * abs(high)

    @cached_property
    def middle(self) -> FloatArray:
        """The weights `(2,)` in the middle, over the world's origin."""
        return np.array([self.first[0] + self.first[-1], self.second[0] + self.second[-1]]) / 2

    @cached_property
    def half(self) -> FloatArray:
        """How far the ground reaches from the middle, `(2,)`."""
        return np.array([np.ptp(self.first), np.ptp(self.second)]) / 2

    @property
    def rise(self) -> float:
        """How high a height of 1 is in the world, where a unit is one of weight."""
        return float(_RISE * 2 * self.half.min())

    def heights(self, losses: npt.ArrayLike) -> FloatArray:
        """Return heights, 0 for the lowest loss and 1 for the highest, of losses of any shape."""
        low, high = self.limits
        values = np.asarray(losses, dtype=np.float64)
        if self.flat:
            return np.zeros_like(values)
        knee = _KNEE * (high - low)
        above = np.maximum(values - low, 0.0)
        heights: FloatArray = np.log1p(above / knee) / np.log1p((high - low) / knee)
        return heights

    def loss_at_height(self, height: float) -> float:
        """Return the loss that stands at a height."""
        low, high = self.limits
        knee = _KNEE * (high - low)
        return float(low + knee * np.expm1(height * np.log1p((high - low) / max(knee, 1e-300))))

    def lift(self, weights: FloatArray, losses: npt.ArrayLike) -> FloatArray:
        """Return world points `(…, 3)` of weights `(…, 2)` at which the loss is `losses` (…)."""
        return np.concatenate([weights - self.middle, self.rise * self.heights(losses)[..., None]], axis=-1)

    @cached_property
    def corners(self) -> FloatArray:
        """The mesh's corners as world points, `(m, n, 3)`."""
        return self.lift(np.stack(np.meshgrid(self.first, self.second), axis=-1), self.losses)

    @cached_property
    def normals(self) -> FloatArray:
        """The directions `(m, n, 3)` of length 1 that stand on the ground at the mesh's corners."""
        by_second, by_first = np.gradient(self.corners[..., 2], self.second, self.first)
        upward = np.stack([-by_first, -by_second, np.ones_like(by_first)], axis=-1)
        normals: FloatArray = upward / np.linalg.norm(upward, axis=-1, keepdims=True)
        return normals

    def holds(self, weights: FloatArray) -> BoolArray:
        """Tell which weights `(…, 2)` have ground under them, `(…)`."""
        beyond = np.abs(weights - self.middle) > self.half * (1 + 1e-9)
        return np.asarray(~beyond.any(axis=-1))

    def hidden(self, points: FloatArray, viewpoint: Viewpoint) -> BoolArray:
        """Tell which world points `(k, 3)` on the ground are not seen as a hill is in the way, `(k,)`."""
        sine, cosine = np.sin(viewpoint.elevation), np.cos(viewpoint.elevation)
        if self.flat or cosine < 1e-6 or not len(points):
            return np.zeros(len(points), dtype=bool)
        # Where the line of sight is above the highest hill, nothing is in its way any more.
        far = np.minimum((self.rise - points[:, 2]) * cosine / max(sine, 1e-6), 3.0 * self.half.max())
        along = np.linspace(0.0, 1.0, _LOOKS + 1)[1:] * np.maximum(far, 0.0)[:, None]
        sight = points[:, None, 2] + along * sine / cosine
        places = points[:, None, :2] - along[..., None] * viewpoint.away
        ground = self._ground(places.reshape(-1, 2)).reshape(sight.shape)
        hidden: BoolArray = (ground > sight + _ABOVE * self.rise).any(axis=1)
        return hidden

    @cached_property
    def _fine(self) -> FloatArray:
        """How high the mesh stands at the corners of one that is several times as fine."""
        up = self.corners[..., 2]
        for axis in (0, 1):
            count = up.shape[axis]
            at = np.linspace(0.0, count - 1.0, (count - 1) * _FINER + 1)
            low = np.minimum(at.astype(np.intp), count - 2)
            share = at - low
            share = share[:, None] if axis == 0 else share
            up = np.take(up, low, axis) * (1 - share) + np.take(up, low + 1, axis) * share
        return up

    def _ground(self, places: FloatArray) -> FloatArray:
        """Return how high the mesh stands at world places `(k, 2)`, −1 beyond its rim, `(k,)`."""
        fine = self._fine
        rows, columns = fine.shape
        steps = np.array([columns - 1, rows - 1])
        at = np.rint((places + self.half) * (steps / (2 * self.half))).astype(np.int32)
        column, row = at[:, 0], at[:, 1]
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        index = np.where(inside, row * columns + column, 0)
        return np.where(inside, fine.ravel()[index], -1.0)
