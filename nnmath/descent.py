"""The loss along one weight of a network, and gradient descent along it, all other parameters held."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray
from nnmath.losses import Loss
from nnmath.network import Network
from nnmath.objective import Objective
from nnmath.weight_place import WeightPlace


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


@dataclass(frozen=True, slots=True, eq=False)
class LossSlice:
    """The loss as a function of one weight alone: a slice through the surface of the loss.

    The weight is weights[row, column] of a layer, all counted from 0; every other parameter stays as it is in
    the network. The loss is that of inputs (k, n) against targets (k, m), without weight decay. Every value
    is computed at the very weight that is asked for, by a forward pass; every slope by backpropagation.
    Raises ValueError.
    """

    network: Network
    layer: int
    row: int
    column: int
    inputs: InitVar[ArrayLike]
    targets: InitVar[ArrayLike]
    loss: InitVar[str | Loss]
    _objective: Objective = field(init=False, repr=False)
    _index: int = field(init=False, repr=False)

    def __post_init__(self, inputs: ArrayLike, targets: ArrayLike, loss: str | Loss) -> None:
        place = WeightPlace(self.layer, self.row, self.column).checked(self.network)
        for name, value in place._asdict().items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_index", place.parameter_index(self.network))
        object.__setattr__(self, "_objective", Objective.of(self.network, inputs, targets, loss))

    def loss_at(self, weight: float) -> float:
        """The loss at a weight; ValueError if it overflows there."""
        value = self._objective.value(self._parameters(arrays.as_number(weight, "weight")))
        if not np.isfinite(value):
            raise ValueError(f"weight must be closer to 0: the loss overflows at {weight:g}")
        return value

    def slope_at(self, weight: float) -> float:
        """The derivative of the loss by the weight at a weight; ValueError if it overflows there."""
        _, slope = self._at(arrays.as_number(weight, "weight"))
        if not np.isfinite(slope):
            raise ValueError(f"weight must be closer to 0: the slope overflows at {weight:g}")
        return slope

    def losses(self, weights: ArrayLike) -> FloatArray:
        """The loss (k,) at each of the weights (k,); ValueError if it overflows at one of them."""
        checked = arrays.as_vector(weights, "weights")
        values = [self._objective.value(self._parameters(weight)) for weight in checked.tolist()]
        return _finite(np.array(values), checked, "loss")

    def slopes(self, weights: ArrayLike) -> FloatArray:
        """The derivative of the loss (k,) at each of the weights (k,); ValueError if one overflows."""
        checked = arrays.as_vector(weights, "weights")
        return _finite(np.array([self._at(weight)[1] for weight in checked.tolist()]), checked, "slope")

    def descend(self, *, start: float, learning_rate: float, steps: int) -> WeightDescent:
        """Take steps of gradient descent from start.

        The descent ends early, with a finite record, if it diverges. Raises ValueError, also when the loss
        overflows at the start.
        """
        weight = arrays.as_number(start, "start")
        rate = arrays.as_number(learning_rate, "learning_rate", above=0)
        count = arrays.as_count(steps, "steps")
        rows: list[tuple[float, float, float, float, float]] = []
        diverged_at = None
        for number in range(count):
            value, slope = self._at(weight)
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

    def _at(self, weight: float) -> tuple[float, float]:
        """The loss and its slope, infinite or NaN if they overflow."""
        value, gradient = self._objective.value_and_gradient(self._parameters(weight))
        return value, float(gradient[self._index])

    def _parameters(self, weight: float) -> FloatArray:
        parameters = np.array(self.network.parameters)
        parameters[self._index] = weight
        return parameters


def _finite(values: FloatArray, weights: FloatArray, name: str) -> FloatArray:
    finite = np.isfinite(values)
    if not finite.all():
        worst = weights[int(np.argmin(finite))]
        raise ValueError(f"weights must be closer to 0: the {name} overflows at {worst:g}")
    return arrays.frozen(values)
