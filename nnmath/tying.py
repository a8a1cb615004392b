"""Training in which some parameters are tied: they are one number, used in several places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray
from nnmath.losses import Loss
from nnmath.network import Network
from nnmath.objective import Objective
from nnmath.quasi_newton import minimised


def fit_tied(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str | Loss,
    ties: Sequence[Sequence[int]],
    weight_decay: float = 0.0,
    iterations: int = 1000,
) -> Network:
    """Train a network on inputs (k, n) and targets (k, m) with L-BFGS, some of its parameters tied.

    ties holds groups of parameters, named by their places in Network.parameters; those of a group are one
    number from the first, the mean of what they are, to the last. The derivative by such a number is the sum
    of those by its parameters. weight_decay counts every weight. Raises ValueError.
    (Liu and Nocedal, Mathematical Programming 45, 1989.)
    """
    count = network.parameter_count
    owners = _owners(ties, count)
    iterations = arrays.as_count(iterations, "iterations")
    objective = Objective.of(network, inputs, targets, loss, weight_decay)
    sizes = np.bincount(owners)
    start = np.bincount(owners, weights=np.array(network.parameters)) / sizes
    if not np.isfinite(objective.value(start[owners])):
        raise ValueError("network and inputs must be smaller: the loss overflows before training")

    def value_and_gradient(free: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = objective.value_and_gradient(free[owners])
        by_free: FloatArray = np.bincount(owners, weights=gradient).astype(np.float64)
        return value, by_free

    end = minimised(
        value_and_gradient, start, iterations=iterations, value_tolerance=1e-14, gradient_tolerance=1e-10
    )
    return network.with_parameters(end[owners])


def _owners(ties: Sequence[Sequence[int]], count: int) -> IntArray:
    """For each parameter, which of the free numbers it is, (count,)."""
    group = np.arange(count)
    taken: set[int] = set()
    for tie in arrays.as_items(ties, "ties"):
        places = [arrays.as_count(k, "ties", at_least=0, at_most=count - 1) for k in tie]
        if taken.intersection(places) or len(set(places)) < len(places):
            raise ValueError(f"ties must name every parameter once at the most; got {list(map(list, ties))}")
        taken.update(places)
        group[places] = min(places)
    return np.unique(group, return_inverse=True)[1].astype(np.int64)
