"""One linear layer from the plane to the number line: what all scenes about it compute alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import Field

from nnmath.arrays import FloatArray
from nnmath.datasets import Dataset
from nnmath.linear_map import LinearMap
from nnmath.network import Layer, Network
from nnmath.plane_map import PlaneMap
from scenes.families.curves import PointsParameters
from scenes.families.exactness import joined
from scenes.style.numerals import all_written, shown, written

Weight: TypeAlias = Annotated[float, Field(ge=-5.0, le=5.0)]

# A basis vector that ends up shorter than this has no direction to turn to: it shrinks where it stands.
SLIGHT = 0.1
# A weight this many times smaller than the other one does not count beside it.
_THIN = 0.02
_INSTANTS = (0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0)


class OneLayerParameters(PointsParameters):
    """A layer whose weights and bias are given, and the curves that it maps."""

    weights: tuple[Weight, Weight] = Field((1.0, 1.0), description="W: w₁₁ and w₁₂, each from −5 to 5")
    bias: float = Field(-2.0, ge=-10.0, le=10.0, description="b, by which everything slides")

    def network(self) -> Network:
        """Return the layer that these parameters describe, as a network."""
        return Network((Layer(np.array([self.weights]), np.array([self.bias])),))


@dataclass(frozen=True)
class OneLayerNumbers:
    """A network of one layer, 2 to 1, and the motion in which it lays the plane onto the x axis."""

    dataset: Dataset
    network: Network

    def results(self) -> dict[str, Any]:
        """Return the numbers that every scene about a layer shows, as plain JSON values."""
        return {"weights": self.weights.tolist(), "bias": self.bias}

    @property
    def weights(self) -> FloatArray:
        """The two weights, `(2,)`."""
        weights: FloatArray = self.network.layers[0].weights[0]
        return weights

    @property
    def bias(self) -> float:
        return float(self.network.layers[0].bias[0])

    @cached_property
    def scores(self) -> FloatArray:
        """What the layer makes of every point, `(n,)`."""
        return joined(self.network.forward(self.dataset.points).output[:, 0])

    @property
    def shown_weights(self) -> FloatArray:
        """The weights as written, `(2,)`."""
        return all_written(self.weights)

    @property
    def shown_bias(self) -> float:
        """The bias as written."""
        return float(written(self.bias))

    def captions(self) -> dict[str, str]:
        return {"shift": "shift" if self.bias else "shift-none"}

    @property
    def marks(self) -> FloatArray:
        """The numbers, besides scores, that are read off the line, `(k,)`."""
        return np.array([0.0, *self.weights, self.bias, *(self.weights + self.bias)])

    @property
    def slight(self) -> bool:
        """Whether both weights are so small that plain decimals would be 0: the plane becomes a dot."""
        return not any(map(shown, self.weights.tolist()))

    @property
    def thin(self) -> int | None:
        """Which weight, 0 or 1, is next to nothing beside the other one; None if neither or both are."""
        sizes = np.abs(self.weights)
        if not sizes.any():
            return None
        return next((k for k in (0, 1) if sizes[k] <= _THIN * sizes[1 - k]), None)

    def turned(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the motion in which W acts: i and j turn onto the x axis."""
        exact = LinearMap(self.weights[None])
        turning = LinearMap(np.where(np.abs(self.weights) < SLIGHT, 0.0, self.weights)[None])
        return PlaneMap(turning.between(t) + t * (exact.embedded - turning.embedded))

    def shifted(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the slide by b along the x axis."""
        return PlaneMap(LinearMap(self.weights[None]).embedded, np.array([t * self.bias, 0.0]))

    def clouds(self) -> list[FloatArray]:
        """Return what the stage must hold, `(n, 2)` each: marks, and points at instants of the motion."""
        path = [*(self.turned(t) for t in _INSTANTS), self.shifted(1.0)]
        tips = np.eye(2)
        marks = np.column_stack([self.marks, np.zeros(len(self.marks))])
        return [marks, *(step.apply(np.concatenate([self.dataset.points, tips])) for step in path)]
