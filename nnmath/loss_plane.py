"""The loss over two weights of a network, and gradient descent on it, all other parameters held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from itertools import islice, repeat

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray
from nnmath.losses import Loss
from nnmath.network import Network, propagate
from nnmath.objective import Objective
from nnmath.weight_place import WeightPlace

# So many numbers of a layer are computed at a time: they still fit a processor's cache.
_AT_A_TIME = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class PlaneDescent:
    """Steps of gradient descent on two weights, all numbers finite.

    weights (k + 1, 2) are those visited, the start first, and losses (k + 1,) the loss of the whole set
    there. gradients (k, 2) are those of the batches that made the steps: weights[i + 1] is weights[i] minus
    the learning rate times gradients[i]. passes (k + 1,) counts, at every weight, how often the set has been
    gone through. diverged_at is the number of steps after which a number overflowed, None if none did.
    """

    weights: FloatArray
    losses: FloatArray
    gradients: FloatArray
    passes: FloatArray
    learning_rate: float
    batch_size: int
    diverged_at: int | None = None

    def __len__(self) -> int:
        return len(self.gradients)


@dataclass(frozen=True, slots=True, eq=False)
class LossPlane:
    """The loss as a function of two weights alone: a plane through the space of all parameters.

    first and second are the places of the two weights; every other parameter stays as it is in the network.
    The loss is that of inputs (k, n) against targets (k, m), without weight decay. Every value is computed at
    the very weights that are asked for, by a forward pass; every gradient by backpropagation. Raises
    ValueError.
    """

    network: Network
    first: WeightPlace
    second: WeightPlace
    inputs: InitVar[ArrayLike]
    targets: InitVar[ArrayLike]
    loss: InitVar[str | Loss]
    _objective: Objective = field(init=False, repr=False)
    _indices: IntArray = field(init=False, repr=False)

    def __post_init__(self, inputs: ArrayLike, targets: ArrayLike, loss: str | Loss) -> None:
        places = [
            WeightPlace(*place).checked(self.network, name)
            for name, place in (("first", self.first), ("second", self.second))
        ]
        if places[0] == places[1]:
            raise ValueError(f"second must be another weight than first; got {tuple(places[1])} for both")
        object.__setattr__(self, "first", places[0])
        object.__setattr__(self, "second", places[1])
        indices = arrays.frozen(np.array([place.parameter_index(self.network) for place in places]))
        object.__setattr__(self, "_indices", indices)
        object.__setattr__(self, "_objective", Objective.of(self.network, inputs, targets, loss))

    @property
    def examples(self) -> int:
        """How many examples the loss is the mean of."""
        return len(self._objective)

    @property
    def own_weights(self) -> FloatArray:
        """The two weights (2,) that the network itself has."""
        return arrays.frozen(np.array(self.network.parameters)[self._indices])

    def network_at(self, weights: ArrayLike) -> Network:
        """The network with other numbers (2,) in place of the two weights."""
        return self.network.with_parameters(self._parameters(arrays.as_vector(weights, "weights", 2)))

    def loss_at(self, weights: ArrayLike) -> float:
        """The loss at one pair of weights (2,); ValueError if it overflows there."""
        return float(self.losses([arrays.as_vector(weights, "weights", 2)])[0])

    def losses(self, weights: ArrayLike) -> FloatArray:
        """The loss (k,) at pairs of weights (k, 2); ValueError if it overflows at one of them."""
        pairs = arrays.as_points(weights, "weights")
        losses = self._losses(pairs)
        _refuse_overflow(losses, pairs)
        return arrays.frozen(losses)

    def grid(self, first: ArrayLike, second: ArrayLike) -> FloatArray:
        """The loss (m, n) at every pair of n values of the first weight and m of the second.

        Row i belongs to second[i], column j to first[j]. ValueError if it overflows at one of them.
        """
        columns, rows = arrays.as_vector(first, "first"), arrays.as_vector(second, "second")
        pairs = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
        return arrays.frozen(self.losses(pairs).reshape(len(rows), len(columns)))

    def gradient_at(self, weights: ArrayLike) -> FloatArray:
        """The derivatives (2,) of the loss by both weights at a pair (2,); ValueError if they overflow."""
        pair = arrays.as_vector(weights, "weights", 2)
        gradient = self._gradient(self._objective, pair)
        _refuse_overflow(gradient.sum()[None], pair[None])
        return arrays.frozen(gradient)

    def descend(
        self,
        *,
        start: ArrayLike,
        learning_rate: float,
        steps: int,
        batch_size: int | None = None,
        rng: np.random.Generator | None = None,
    ) -> PlaneDescent:
        """Take steps of gradient descent from a pair of weights (2,).

        Each step goes against the gradient of batch_size examples, all of them when None. Batches smaller
        than the set are drawn in a new order in every pass and need rng; the last one of a pass may be
        smaller. The descent ends early, with a finite record, if it diverges. Raises ValueError, also when
        the loss overflows at the start.
        """
        pair = arrays.as_vector(start, "start", 2)
        rate = arrays.as_number(learning_rate, "learning_rate", above=0)
        count = arrays.as_count(steps, "steps")
        examples = len(self._objective)
        size = examples
        if batch_size is not None:
            size = arrays.as_count(batch_size, "batch_size", at_most=examples)
        self.loss_at(pair)
        visited, gradients, used = [pair], list[FloatArray](), [0]
        diverged_at = None
        for batch in islice(self._batches(size, rng), count):
            gradient = self._gradient(batch, visited[-1])
            with np.errstate(over="ignore", invalid="ignore"):
                following = visited[-1] - rate * gradient
            if not (np.isfinite(following).all() and np.isfinite(self._losses(following[None])).all()):
                diverged_at = len(gradients)
                break
            visited.append(following)
            gradients.append(gradient)
            used.append(used[-1] + len(batch))
        weights = np.array(visited)
        return PlaneDescent(
            weights=arrays.frozen(weights),
            losses=arrays.frozen(self._losses(weights)),
            gradients=arrays.frozen(np.array(gradients).reshape(-1, 2)),
            passes=arrays.frozen(np.array(used) / examples),
            learning_rate=rate,
            batch_size=size,
            diverged_at=diverged_at,
        )

    def _batches(self, size: int, rng: np.random.Generator | None) -> Iterator[Objective]:
        """Yield batches without end."""
        if size == len(self._objective):
            yield from repeat(self._objective)
        chosen = arrays.as_generator(rng, "rng")
        while True:
            yield from self._objective.batches(size, rng=chosen)

    def _gradient(self, objective: Objective, pair: FloatArray) -> FloatArray:
        gradient: FloatArray = objective.value_and_gradient(self._parameters(pair))[1][self._indices]
        return gradient

    def _losses(self, pairs: FloatArray) -> FloatArray:
        """The loss (k,) at pairs (k, 2), infinite or NaN where it overflows."""
        inputs, loss, targets = self._objective.inputs, self._objective.loss, self._objective.targets
        widest = max(self.network.sizes)
        together = max(1, _AT_A_TIME // (len(inputs) * widest))
        parts = []
        with np.errstate(over="ignore", invalid="ignore"):
            for begin in range(0, len(pairs), together):
                layers = self._stacked(pairs[begin : begin + together])
                _, activations = propagate(self.network, layers, inputs)
                parts.append(loss.each(activations[-1], targets).mean(axis=-1))
        return np.concatenate(parts)

    def _stacked(self, pairs: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
        """Every layer's weights and bias (m,): weights (m, n), or (k, m, n) where the pairs stand."""
        layers = []
        for number, layer in enumerate(self.network.layers):
            weights = layer.weights
            if number in (self.first.layer, self.second.layer):
                weights = np.repeat(weights[None], len(pairs), axis=0)
                for place, values in zip((self.first, self.second), pairs.T, strict=True):
                    if place.layer == number:
                        weights[:, place.row, place.column] = values
            layers.append((weights, layer.bias))
        return layers

    def _parameters(self, pair: FloatArray) -> FloatArray:
        parameters = np.array(self.network.parameters)
        parameters[self._indices] = pair
        return parameters


def _refuse_overflow(values: FloatArray, pairs: FloatArray) -> None:
    finite = np.isfinite(values)
    if not finite.all():
        worst = pairs[int(np.argmin(finite))]
        raise ValueError(f"weights must be closer to 0: the loss overflows at {worst[0]:g}, {worst[1]:g}")
