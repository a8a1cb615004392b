"""The network that folds the plane, its loss along one of its weights, and that loss as a curve."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import numpy as np
from pydantic import Field

from nnmath import Dataset, FloatArray, LossSlice, Network
from scenes.families.curves import HARD_GAP, CurvesParameters, Gap, Seed
from scenes.families.exactness import trained_network
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers

LOSS = "binary_cross_entropy"
# The network is that of `relu-folding`.
_WEIGHT_DECAY = 1e-3
_RESTARTS = 6
# From two samples of the curve to one float, as good as.
_HALVINGS = 40

Start: TypeAlias = Annotated[float, Field(ge=-4.0, le=4.0)]
LearningRate: TypeAlias = Annotated[
    float,
    Field(
        ge=1e-4,
        le=10.0,
        description="η, the length of a step per unit of slope; below 0.0001 it would be written as 0",
    ),
]


class FoldingParameters(CurvesParameters):
    """The hard curves, and the start from which `relu-folding` trains."""

    gap: Gap = HARD_GAP
    seed: Seed = 6


class WalkingParameters(FoldingParameters):
    """Which weight of the folding network walks."""

    row: int = Field(2, ge=1, le=2, description="m of the first layer's weight wₘₙ that walks")
    column: int = Field(1, ge=1, le=2, description="n of the first layer's weight wₘₙ that walks")


def folding_network(parameters: FoldingParameters, dataset: Dataset) -> Network:
    """Train the 2-2-1 network of `relu-folding` on the points, its hidden units as that scene shows them."""
    trained = trained_network(
        dataset, (2,), seed=parameters.seed, restarts=_RESTARTS, weight_decay=_WEIGHT_DECAY
    )
    return HiddenPlaneNumbers.of(dataset, trained).network


def walking_slice(parameters: WalkingParameters, dataset: Dataset) -> LossSlice:
    """Return the loss of the folding network along the weight that walks."""
    network = folding_network(parameters, dataset)
    row, column = parameters.row - 1, parameters.column - 1
    return LossSlice(network, 0, row, column, dataset.points, dataset.labels, LOSS)


def trained_weight(loss_slice: LossSlice) -> float:
    """Return what training made of the weight that walks."""
    layer = loss_slice.network.layers[loss_slice.layer]
    return float(layer.weights[loss_slice.row, loss_slice.column])


def loss_curve(loss_slice: LossSlice, first: float, last: float, samples: int) -> FloatArray:
    """Return weight, loss and slope at evenly spaced weights, `(samples, 3)`."""
    weights = np.linspace(first, last, samples)
    return np.column_stack([weights, loss_slice.losses(weights), loss_slice.slopes(weights)])


def lowest_weight(loss_slice: LossSlice, curve: FloatArray) -> float:
    """Return the weight of least loss near the curve's lowest sample, by halving where the slope turns."""
    weights, losses, _ = curve.T
    sample = int(np.argmin(losses))
    low, high = float(weights[max(sample - 1, 0)]), float(weights[min(sample + 1, len(weights) - 1)])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if loss_slice.slope_at(middle) > 0 else (middle, high)
    found = (low + high) / 2
    # Between two samples there may be more than one dip.
    return found if loss_slice.loss_at(found) < losses[sample] else float(weights[sample])
