"""One linear layer from two inputs to one score: what all scenes about it compute alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import Field

from nnmath.arrays import FloatArray
from nnmath.datasets import Dataset
from nnmath.network import Layer, Network
from scenes.families.curves import PointsParameters
from scenes.families.exactness import joined
from scenes.style.numerals import all_written, shown, written

Weight: TypeAlias = Annotated[float, Field(ge=-5.0, le=5.0)]

# A weight this many times smaller than the other one does not count beside it.
_THIN = 0.02


class OneLayerParameters(PointsParameters):
    """A layer whose weights and bias are given, and the curves that it maps."""

    weights: tuple[Weight, Weight] = Field((1.0, 1.0), description="W: w₁₁ and w₁₂, each from −5 to 5")
    bias: float = Field(-2.0, ge=-10.0, le=10.0, description="b, by which every point is shifted")

    def network(self) -> Network:
        """Return the layer that these parameters describe, as a network."""
        return Network((Layer(np.array([self.weights]), np.array([self.bias])),))


@dataclass(frozen=True)
class OneLayerNumbers:
    """A network of one layer, 2 to 1, and the points that it scores."""

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

    @cached_property
    def drawn_network(self) -> Network:
        """The network as it is written and drawn as a diagram."""
        return self.network

    @property
    def shown_weights(self) -> FloatArray:
        """The weights as written, `(2,)`."""
        return all_written(self.drawn_network.layers[0].weights[0])

    @property
    def shown_bias(self) -> float:
        """The bias as written."""
        return float(written(float(self.drawn_network.layers[0].bias[0])))

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
