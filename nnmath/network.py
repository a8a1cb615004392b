"""Fully connected networks, and the forward pass with every value on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.activations import Activation, find_activation, identity, relu
from nnmath.arrays import FloatArray

MAX_UNITS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer, x -> activation(weights x + bias): weights (m, n), bias (m,), an activation or its name.

    Raises ValueError for shapes that do not fit and numbers that are not finite.
    """

    weights: FloatArray
    bias: FloatArray
    activation: Activation = identity

    def __post_init__(self) -> None:
        weights = arrays.as_rows(self.weights, "weights")
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "bias", arrays.as_vector(self.bias, "bias", len(weights)))
        object.__setattr__(self, "activation", find_activation(self.activation))

    @property
    def input_size(self) -> int:
        """How many numbers the layer takes."""
        return int(self.weights.shape[1])

    @property
    def output_size(self) -> int:
        """How many numbers the layer gives."""
        return int(self.weights.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class ForwardPass:
    """What a network computes on its way: inputs (k, n), then for each layer both values (k, units)."""

    inputs: FloatArray
    pre_activations: tuple[FloatArray, ...]
    activations: tuple[FloatArray, ...]

    @property
    def output(self) -> FloatArray:
        """The last layer's activations, (k, m)."""
        return self.activations[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers one after the other; ValueError when a layer does not take what the one before gives."""

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        layers = arrays.as_items(self.layers, "layers")
        if not layers or not all(isinstance(layer, Layer) for layer in layers):
            raise ValueError("layers must be one or more Layer objects")
        for number, (first, second) in enumerate(pairwise(layers), start=1):
            if first.output_size != second.input_size:
                raise ValueError(
                    f"layers must fit: layer {number} gives {first.output_size} numbers "
                    f"but layer {number + 1} takes {second.input_size}"
                )
        object.__setattr__(self, "layers", layers)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units in each column of the diagram, the inputs first."""
        return (self.input_size, *(layer.output_size for layer in self.layers))

    @property
    def input_size(self) -> int:
        """How many numbers the network takes."""
        return self.layers[0].input_size

    @property
    def output_size(self) -> int:
        """How many numbers the network gives."""
        return self.layers[-1].output_size

    @property
    def parameter_count(self) -> int:
        """How many weights and biases there are."""
        return sum(layer.weights.size + layer.bias.size for layer in self.layers)

    @property
    def parameters(self) -> FloatArray:
        """All parameters, (p,): for each layer its weights row by row, then its bias."""
        parts = [part for layer in self.layers for part in (layer.weights.ravel(), layer.bias)]
        return arrays.frozen(np.concatenate(parts))

    def with_parameters(self, parameters: ArrayLike) -> Network:
        """The same architecture with other parameters (p,), in the order of `parameters`."""
        vector = arrays.as_vector(parameters, "parameters", self.parameter_count)
        return Network(
            tuple(
                Layer(weights, bias, layer.activation)
                for layer, (weights, bias) in zip(self.layers, unflatten(self, vector), strict=True)
            )
        )

    def forward(self, inputs: ArrayLike) -> ForwardPass:
        """Compute every pre-activation and activation for inputs (k, n); ValueError if numbers overflow."""
        inputs = arrays.as_rows(inputs, "inputs", self.input_size)
        own = [(layer.weights, layer.bias) for layer in self.layers]
        pre_activations, activations = propagate(self, own, inputs)
        for number, pre_activation in enumerate(pre_activations, start=1):
            if not np.isfinite(pre_activation).all():
                raise ValueError(f"inputs must be smaller: the values overflow in layer {number}")
        return ForwardPass(
            inputs, tuple(map(arrays.frozen, pre_activations)), tuple(map(arrays.frozen, activations))
        )


def propagate(
    network: Network, parameters: Iterable[tuple[FloatArray, FloatArray]], inputs: FloatArray
) -> tuple[list[FloatArray], list[FloatArray]]:
    """Carry inputs (k, n) through a network that has these weights (m, n) and biases (m,), layer by layer.

    Returns each layer's pre-activations and activations, (k, units). Weights (g, m, n) are those of g
    networks at once, and what comes back is (g, k, units) from there on. Nothing is checked; numbers that
    overflow come back as infinity or NaN.
    """
    pre_activations: list[FloatArray] = []
    activations: list[FloatArray] = []
    values = inputs
    with np.errstate(over="ignore", invalid="ignore"):
        for layer, (weights, bias) in zip(network.layers, parameters, strict=True):
            pre_activations.append(values @ weights.mT + bias)
            values = layer.activation(pre_activations[-1])
            activations.append(values)
    return pre_activations, activations


def unflatten(network: Network, parameters: FloatArray) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Cut a flat vector (p,) into each layer's weights (m, n) and bias (m,), as views, unchecked."""
    start = 0
    for layer in network.layers:
        middle = start + layer.weights.size
        end = middle + layer.bias.size
        yield parameters[start:middle].reshape(layer.weights.shape), parameters[middle:end]
        start = end


def random_network(
    sizes: Sequence[int], activations: Sequence[str | Activation], *, rng: np.random.Generator
) -> Network:
    """A network with random weights and zero biases; sizes are inputs, hidden units and outputs.

    Weights are normal with variance 2 / n before ReLU and leaky ReLU (He et al., Delving deep into
    rectifiers, 2015) and 2 / (n + m) before the others (Glorot and Bengio, Understanding the difficulty of
    training deep feedforward neural networks, 2010), n and m being the layer's inputs and outputs. There is
    one activation, or its name, for each layer. Raises ValueError.
    """
    rng = arrays.as_generator(rng, "rng")
    counts = [arrays.as_count(size, "sizes", at_most=MAX_UNITS) for size in arrays.as_items(sizes, "sizes")]
    if len(counts) < 2:
        raise ValueError(f"sizes must be at least inputs and outputs; got {counts}")
    chosen_by_layer = arrays.as_items(activations, "activations")
    if len(chosen_by_layer) != len(counts) - 1:
        raise ValueError(f"activations must be a list of {len(counts) - 1}, one a layer; got {activations!r}")
    layers = []
    for (inputs, outputs), chosen in zip(
        pairwise(counts), map(find_activation, chosen_by_layer), strict=True
    ):
        rectifies = chosen.name in (relu.name, "leaky_relu")
        variance = 2.0 / inputs if rectifies else 2.0 / (inputs + outputs)
        weights = rng.normal(scale=np.sqrt(variance), size=(outputs, inputs))
        layers.append(Layer(weights, np.zeros(outputs), chosen))
    return Network(tuple(layers))


def rescale_hidden(network: Network, layer_index: int, factors: ArrayLike) -> Network:
    """Scale the units of a hidden layer by factors (units,) above 0 without changing the network's function.

    Row k of the layer's weights and bias is multiplied by factor k, column k of the next layer's weights is
    divided by it. The function stays because ReLU, leaky ReLU and the identity are positively homogeneous:
    f(c x) = c f(x) for c > 0. Raises ValueError for other activations, and for the output layer.
    """
    index = arrays.as_count(layer_index, "layer_index", at_least=0)
    if index >= len(network.layers) - 1:
        raise ValueError(
            f"layer_index must name a hidden layer, 0 to {len(network.layers) - 2}; got {layer_index}"
            if len(network.layers) > 1
            else "layer_index must name a hidden layer; got a network that has none"
        )
    layer, following = network.layers[index : index + 2]
    if not layer.activation.positively_homogeneous:
        raise ValueError(
            f"layer_index must name a layer with relu, leaky_relu or identity; got {layer.activation.name}"
        )
    scale = arrays.as_vector(factors, "factors", layer.output_size)
    if (scale <= 0).any():
        raise ValueError(f"factors must be positive; got {scale.min()}")
    scaled = Layer(layer.weights * scale[:, None], layer.bias * scale, layer.activation)
    divided = Layer(following.weights / scale, following.bias, following.activation)
    return Network((*network.layers[:index], scaled, divided, *network.layers[index + 2 :]))


def collapse_linear(network: Network) -> Layer:
    """The single layer that computes what a network without hidden activations computes.

    Two layers become weights W2 W1 and bias W2 b1 + b2, and so on. The last layer keeps its activation.
    Raises ValueError when a hidden activation is not the identity.
    """
    weights, bias = network.layers[0].weights, network.layers[0].bias
    for number, (hidden, layer) in enumerate(pairwise(network.layers), start=1):
        if hidden.activation != identity:
            raise ValueError(
                f"network must have no hidden activation; got {hidden.activation.name} in layer {number}"
            )
        weights, bias = layer.weights @ weights, layer.weights @ bias + layer.bias
    return Layer(weights, bias, network.layers[-1].activation)
