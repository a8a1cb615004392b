"""A network whose two hidden neurons are twins but for one weight: swapped, they make the same network."""

from __future__ import annotations

import numpy as np

from nnmath import Dataset, Layer, Network, fit_tied, random_network, rescale_hidden
from nnmath.objective import Objective
from scenes.families.walking_weight.numbers import LOSS

_WEIGHT_DECAY = 1e-3
_STARTS = 3
_ITERATIONS = 400
# Parameters of a 2-2-1 network by their places: the neurons share x₂'s weight, bias and output weight.
_TIES = ((1, 3), (4, 5), (6, 7))
# What the farthest hidden value is, as a share of the farthest coordinate, as in `relu-folding`.
_REACH = 2 / 3


def twin_network(dataset: Dataset, seed: int) -> Network:
    """Train a 2-2-1 ReLU network whose hidden neurons differ in their weights of x₁ alone.

    The other parameters of one neuron are those of the other, as tied numbers from the first step of training
    to the last; so to exchange the two weights of x₁ is to swap the neurons, and the function stays the same.
    On the two curves, where training without ties ends in such a network by itself, it is the network of
    `relu-folding` to four digits. Of several starts the first that gets every point right is kept, else the
    best.
    """
    runs = []
    for start in range(_STARTS):
        runs.append(_trained(dataset, seed, start))
        if runs[-1][0][0] == 0:
            break
    first, last = min(runs, key=lambda each: each[0])[1].layers
    # The neuron that goes up with x₁ comes first.
    order = np.argsort(-first.weights[:, 0], kind="stable")
    ordered = Network((Layer(first.weights[order], first.bias, first.activation), last))
    return _scaled(ordered, dataset)


def _trained(dataset: Dataset, seed: int, start: int) -> tuple[tuple[int, float], Network]:
    """Return a network trained from one start, and its rank: wrong points, then the loss."""
    rng = np.random.default_rng([seed, start])
    drawn = random_network((2, 2, 1), ("relu", "identity"), rng=rng)
    begun = np.array(drawn.parameters)
    # Neurons that start alike stay alike.
    begun[[0, 2]] = np.abs(begun[[0, 2]]) * [1.0, -1.0]
    network = fit_tied(
        drawn.with_parameters(begun),
        dataset.points,
        dataset.labels,
        loss=LOSS,
        ties=_TIES,
        weight_decay=_WEIGHT_DECAY,
        iterations=_ITERATIONS,
    )
    objective = Objective.of(network, dataset.points, dataset.labels, LOSS, _WEIGHT_DECAY)
    scores = objective.outputs(network.parameters)[:, 0]
    wrong = int(np.count_nonzero((scores >= 0) != (dataset.labels == 1)))
    return (wrong, objective.value(network.parameters)), network


def _scaled(network: Network, dataset: Dataset) -> Network:
    """Return the same function with both hidden neurons scaled alike, as far as `relu-folding` shows them."""
    first = network.layers[0]
    moved, tips = dataset.points @ first.weights.T, np.concatenate([np.zeros((1, 2)), first.weights.T])
    reach = max(float(np.abs(each).max()) for each in (moved + first.bias, tips, tips + first.bias))
    wanted = _REACH * float(np.abs(dataset.points).max()) or 1.0
    return rescale_hidden(network, 0, np.full(2, wanted / (reach or wanted)))
