"""The loss along one weight of a network, and gradient descent along it, all other parameters held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray
from nnmath.losses import Loss
from nnmath.network import Network
from nnmath.objective import Objective


@dataclass(frozen=True, slots=True, eq=False)
class WeightDescent:
    """Steps of gradient descent on one weight, (k,) numbers of each kind, all finite.

    At weights[i] the loss is losses[i] and its derivative slopes[i]; steps[i] is minus the learning rate
    times the slope, and next_weights[i] is weights[i] + steps[i]. diverged_at is the number of steps after
    which weight, loss or slope overflowed, None if they never did.
    """

    weights: FloatArray
    losses: FloatArray
    slopes: FloatArray
    steps: FloatArray
    next_weights: FloatArray
    learning_rate: float
    diverged_at: int | None = None

    def __len__(self) -> int:
        return len(self.weights)


class _Slice:
    """The loss as a function of one weight."""

    def __init__(
        self,
        network: Network,
        layer: int,
        row: int,
        column: int,
        inputs: ArrayLike,
        targets: ArrayLike,
        loss: str | Loss,
    ) -> None:
        layer = arrays.as_count(layer, "layer", at_least=0, at_most=len(network.layers) - 1)
        rows, columns = network.layers[layer].weights.shape
        row = arrays.as_count(row, "row", at_least=0, at_most=rows - 1)
        column = arrays.as_count(column, "column", at_least=0, at_most=columns - 1)
        before = sum(each.weights.size + each.bias.size for each in network.layers[:layer])
        self._index = before + row * columns + column
        self._objective = Objective.of(network, inputs, targets, loss)
        self._parameters = np.array(network.parameters)

    def at(self, weight: float) -> tuple[float, float]:
        """The loss and its slope, infinite or NaN if they overflow."""
        self._parameters[self._index] = weight
        value, gradient = self._objective.value_and_gradient(self._parameters)
        return value, float(gradient[self._index])


def loss_along_weight(
    network: Network,
    layer: int,
    row: int,
    column: int,
    values: ArrayLike,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: str | Loss,
) -> FloatArray:
    """The loss (k,) for each of the values (k,) of weights[row, column] in a layer, counted from 0.

    Raises ValueError, also when the loss overflows at one of the values.
    """
    part = _Slice(network, layer, row, column, inputs, targets, loss)
    weights = arrays.as_vector(values, "values")
    losses = np.array([part.at(float(weight))[0] for weight in weights])
    if not np.isfinite(losses).all():
        worst = weights[int(np.argmin(np.isfinite(losses)))]
        raise ValueError(f"values must be closer to 0: the loss overflows at {worst:g}")
    return arrays.frozen(losses)


def descend_one_weight(
    network: Network,
    layer: int,
    row: int,
    column: int,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: str | Loss,
    *,
    start: float,
    learning_rate: float,
    steps: int,
) -> WeightDescent:
    """Take steps of gradient descent on weights[row, column] of a layer, counted from 0, beginning at start.

    The slope is the analytic derivative over all inputs (k, n). The descent ends early, with a finite record,
    if it diverges. Raises ValueError, also when the loss overflows at the start.
    """
    part = _Slice(network, layer, row, column, inputs, targets, loss)
    weight = arrays.as_number(start, "start")
    rate = arrays.as_number(learning_rate, "learning_rate", above=0)
    count = arrays.as_count(steps, "steps")
    rows: list[tuple[float, float, float, float, float]] = []
    diverged_at = None
    for number in range(count):
        value, slope = part.at(weight)
        step = -rate * slope
        following = weight + step
        if not np.isfinite([value, slope, step, following]).all():
            diverged_at = number
            break
        rows.append((weight, value, slope, step, following))
        weight = following
    if not rows:
        raise ValueError(f"start must be closer to 0: the loss or its slope overflows at {weight:g}")
    weights, losses, slopes, changes, following_weights = map(arrays.frozen, np.array(rows).T)
    return WeightDescent(weights, losses, slopes, changes, following_weights, rate, diverged_at)
