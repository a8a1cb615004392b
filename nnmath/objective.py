"""What training makes small, as a function of a network's parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray
from nnmath.backpropagation import chain_rule, decay_penalty
from nnmath.losses import Loss, find_loss
from nnmath.network import Network, propagate, unflatten


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """The loss of a network over k examples, weight decay included, for any parameters (p,) it might have.

    inputs (k, n); targets (k, m) as the loss prepared them. Its methods take parameters as they are, in the
    order of Network.parameters; numbers that overflow come back as infinity or NaN.
    """

    network: Network
    inputs: FloatArray
    targets: FloatArray
    loss: Loss
    weight_decay: float

    @classmethod
    def of(
        cls,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        loss: str | Loss,
        weight_decay: float = 0.0,
    ) -> Objective:
        """Check inputs (k, n), targets (k, m) and weight_decay against the network; raises ValueError."""
        chosen = find_loss(loss)
        decay = arrays.as_number(weight_decay, "weight_decay", at_least=0)
        forward = network.forward(inputs)
        prepared = chosen.prepare(targets, forward.output.shape)
        return cls(network, forward.inputs, prepared, chosen, decay)

    def __len__(self) -> int:
        return len(self.inputs)

    def of_examples(self, rows: IntArray) -> Objective:
        """The same over some of the examples, given by their row numbers (b,)."""
        return Objective(self.network, self.inputs[rows], self.targets[rows], self.loss, self.weight_decay)

    def batches(self, size: int, *, rng: np.random.Generator) -> Iterator[Objective]:
        """Yield one pass through the examples in a new order, `size` at a time; the last may be smaller."""
        order = rng.permutation(len(self))
        for first in range(0, len(order), size):
            yield self.of_examples(order[first : first + size])

    def outputs(self, parameters: FloatArray) -> FloatArray:
        """What the network gives with these parameters (p,): (k, m)."""
        _, activations = propagate(self.network, unflatten(self.network, parameters), self.inputs)
        return activations[-1]

    def value(self, parameters: FloatArray) -> float:
        """The loss at these parameters (p,)."""
        weights = [weights for weights, _ in unflatten(self.network, parameters)]
        with np.errstate(over="ignore", invalid="ignore"):
            return self._measure(self.outputs(parameters), weights)

    def value_and_gradient(self, parameters: FloatArray) -> tuple[float, FloatArray]:
        """The loss and its gradient (p,) at these parameters (p,)."""
        pairs = list(unflatten(self.network, parameters))
        weights = [weights for weights, _ in pairs]
        gradient = np.empty_like(parameters)
        with np.errstate(over="ignore", invalid="ignore"):
            pre_activations, activations = propagate(self.network, pairs, self.inputs)
            value = self._measure(activations[-1], weights)
            slope = self.loss.slope(activations[-1], self.targets)
            values = [self.inputs, *activations]
            sweep = chain_rule(self.network, weights, values, pre_activations, slope, self.weight_decay)
        for (by_weights, by_bias), part in zip(unflatten(self.network, gradient), sweep, strict=True):
            by_weights[...], by_bias[...] = part[-2:]
        return value, gradient

    def _measure(self, outputs: FloatArray, weights: Sequence[FloatArray]) -> float:
        return self.loss.measure(outputs, self.targets) + decay_penalty(weights, self.weight_decay)
