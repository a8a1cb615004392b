"""Weights that make no difference to what a network computes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.network import Layer, Network


def prune(network: Network, inputs: ArrayLike, *, below: float) -> Network:
    """Set the weights and biases to 0 that are next to nothing for every one of the inputs (k, n).

    A weight is if it adds less than `below` to any pre-activation, that is its size times the largest of its
    inputs; a bias is if its size is less. Layers follow each other, so that what a weight takes has come
    through pruned layers. The rest of the network is as it was. Raises ValueError.
    (A weight times its input as the measure: Sun et al., A simple and effective pruning approach for large
    language models, 2024.)
    """
    limit = arrays.as_number(below, "below", at_least=0)
    values = arrays.as_rows(inputs, "inputs", network.input_size)
    layers = []
    for layer in network.layers:
        adds = np.abs(layer.weights) * np.abs(values).max(axis=0)
        weights = np.where(adds < limit, 0.0, layer.weights)
        bias = np.where(np.abs(layer.bias) < limit, 0.0, layer.bias)
        layers.append(Layer(weights, bias, layer.activation))
        values = Network((layers[-1],)).forward(values).output
    return Network(tuple(layers))
