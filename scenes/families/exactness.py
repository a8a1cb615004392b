"""What training and arithmetic leave of 0 and of equal numbers, put right before anything is shown of it."""

from __future__ import annotations

import numpy as np

from nnmath import Dataset, FloatArray, Layer, Network, prune, train_classifier

# What adds less than this to a score changes a probability by less than 0.03 %. Training ends where the loss
# falls no further, and does not tell it from 0.
_NOTHING = 1e-3
# Scores that differ by less than this share of the largest are one, but for rounding.
_RESOLUTION = 1e-12


def trained_network(
    dataset: Dataset,
    hidden: tuple[int, ...],
    activation: str = "relu",
    *,
    seed: int,
    restarts: int = 1,
    weight_decay: float = 1e-3,
) -> Network:
    """Train a classifier; weights and biases that training left next to 0 are 0.

    So are the last layer's weights where they give all points the same score. For the arguments, and the
    ValueError that it raises, see `nnmath.train_classifier`.
    """
    run = train_classifier(
        dataset, hidden, activation, seed=seed, restarts=restarts, weight_decay=weight_decay
    )
    pruned = prune(run.network, dataset.points, below=_NOTHING)
    scores = pruned.forward(dataset.points).output
    if np.ptp(scores) >= _NOTHING:
        return pruned
    # Weights that cancel each other but for what training cannot tell from 0.
    *others, last = pruned.layers
    level = Layer(np.zeros_like(last.weights), scores.mean(axis=0), last.activation)
    return prune(Network((*others, level)), dataset.points, below=_NOTHING)


def joined(scores: FloatArray) -> FloatArray:
    """Return scores `(n,)` of which those that differ by rounding errors only are equal."""
    order = np.argsort(scores)
    ranked = scores[order]
    apart = np.diff(ranked) > _RESOLUTION * float(np.abs(scores).max())
    begins = np.concatenate([[True], apart])
    equal: FloatArray = np.empty_like(scores)
    equal[order] = ranked[begins][np.cumsum(begins) - 1]
    return equal
