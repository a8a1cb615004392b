"""Analytic gradients of a network's loss by the chain rule, from the last layer back to the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray
from nnmath.losses import Loss, find_loss
from nnmath.network import ForwardPass, Network


@dataclass(frozen=True, slots=True, eq=False)
class LayerGradient:
    """The derivatives of the loss at one layer of m units that takes n numbers, for k examples.

    output_gradient (k, m) is by its activations, delta (k, m) by its pre-activations, input_gradient (k, n)
    by what it takes. weights (m, n) and bias (m,) are summed over the examples; weights hold the decay too.
    """

    output_gradient: FloatArray
    delta: FloatArray
    input_gradient: FloatArray
    weights: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Backpropagation:
    """A loss, and its gradient layer by layer (the first layer first) and flat.

    loss includes the penalty, which is half of weight_decay times the sum of all squared weights. gradient
    (p,) is in the order of Network.parameters.
    """

    forward: ForwardPass
    loss: float
    penalty: float
    layers: tuple[LayerGradient, ...]
    gradient: FloatArray


def backpropagate(
    network: Network, inputs: ArrayLike, targets: ArrayLike, loss: str | Loss, weight_decay: float = 0.0
) -> Backpropagation:
    """Differentiate the loss of inputs (k, n) against targets (k, m) by every value in the network.

    The loss is averaged as the loss says; weight_decay adds half of itself times the sum of squared weights,
    not biases. At the kink of ReLU its derivative is taken as 0. Raises ValueError.
    (Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986.)
    """
    chosen = find_loss(loss)
    decay = arrays.as_number(weight_decay, "weight_decay", at_least=0)
    forward = network.forward(inputs)
    prepared = chosen.prepare(targets, forward.output.shape)
    with np.errstate(over="ignore", invalid="ignore"):
        data_loss = chosen.measure(forward.output, prepared)
        weights = [layer.weights for layer in network.layers]
        penalty = decay_penalty(weights, decay)
        gradient = chosen.slope(forward.output, prepared)
        values = [forward.inputs, *forward.activations]
        parts = chain_rule(network, weights, values, forward.pre_activations, gradient, decay)
    layers = [LayerGradient(*map(arrays.frozen, part)) for part in parts]
    flat = np.concatenate([part for layer in layers for part in (layer.weights.ravel(), layer.bias)])
    if not (np.isfinite(data_loss + penalty) and np.isfinite(flat).all()):
        raise ValueError("inputs and network must be smaller: the loss or its gradient overflows")
    return Backpropagation(forward, data_loss + penalty, penalty, tuple(layers), arrays.frozen(flat))


def chain_rule(
    network: Network,
    weights: Sequence[FloatArray],
    values: Sequence[FloatArray],
    pre_activations: Sequence[FloatArray],
    gradient: FloatArray,
    weight_decay: float,
) -> list[tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]]:
    """Carry a gradient by the outputs (k, m) back through a network that has these weights (m, n).

    values are the inputs and then each layer's activations, (k, units) like pre_activations. Returns for each
    layer the fields of LayerGradient, in their order. Nothing is checked.
    """
    parts = []
    for index in range(len(weights) - 1, -1, -1):
        delta = network.layers[index].activation.pull_back(pre_activations[index], gradient)
        back = delta @ weights[index]
        by_weights = delta.T @ values[index] + weight_decay * weights[index]
        parts.append((gradient, delta, back, by_weights, delta.sum(axis=0)))
        gradient = back
    return parts[::-1]


def decay_penalty(weights: Sequence[FloatArray], weight_decay: float) -> float:
    """Half of weight_decay times the sum of squares of the weights (m, n) of all layers."""
    if weight_decay == 0:
        return 0.0
    return float(0.5 * weight_decay * sum(np.sum(matrix**2) for matrix in weights))
