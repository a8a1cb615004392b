"""Gradients of two networks that differ in their activation alone, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnmath import Backpropagation, FloatArray, Network, backpropagate, mean_squared_error
from scenes.families.small_network import ActivationName, SmallNetworkParameters

# A gradient fades where the front layer has less than this share of the last layer's.
_FADED = 0.1
# Slopes of one network that are so many times the other's are clearly larger.
_LARGER = 1.25


@dataclass(frozen=True)
class Contender:
    """One of the networks.

    Attributes:
        activation: of its hidden layers, by name.
        backward: its pass and its gradient.
        means: the mean size of the derivatives by a layer's weights, the first layer first, `(layers,)`.
        slopes: the mean slope of the activation at its neurons, by hidden layer, `(layers - 1,)`.
    """

    activation: str
    network: Network
    backward: Backpropagation
    means: FloatArray
    slopes: FloatArray

    @property
    def share(self) -> float:
        """What the front layer's mean is of the last layer's; not a number if there is no gradient."""
        return float(self.means[0] / self.means[-1]) if self.means[-1] else float("nan")

    @property
    def fades(self) -> bool:
        """Whether the front layer gets much less than the last one."""
        return self.share < _FADED

    def results(self) -> dict[str, Any]:
        return {
            "activation": self.activation,
            "loss": self.backward.loss,
            "mean_gradients": self.means.tolist(),
            "mean_slopes": self.slopes.tolist(),
        }


@dataclass(frozen=True)
class Fading:
    """Two networks of the same sizes, from the same seed or of the same weights.

    Attributes:
        given: whether their weights were given.
    """

    contenders: tuple[Contender, Contender]
    given: bool

    @property
    def kinship(self) -> str:
        """The key of the caption that says what both have in common."""
        return "networks-weights" if self.given else "networks"

    @property
    def caption(self) -> str:
        """The key of the caption that says whose gradient fades."""
        first, second = self.contenders
        if np.isnan(first.share) or np.isnan(second.share):
            return "faded-none"
        if first.fades and second.fades:
            return "faded-both"
        return "faded-first" if first.fades else "faded-second" if second.fades else "faded-neither"

    @property
    def slope_caption(self) -> str:
        """The key of the caption that says whose slopes are smaller."""
        first, second = (float(each.slopes.mean()) if len(each.slopes) else 1.0 for each in self.contenders)
        if first * _LARGER < second:
            return "slopes-first"
        return "slopes-second" if second * _LARGER < first else "slopes-alike"

    def results(self) -> dict[str, Any]:
        return {"compared": [each.results() for each in self.contenders]}


def fading_of(parameters: SmallNetworkParameters, rival: ActivationName, targets: FloatArray) -> Fading:
    """Return the gradients of the network, and of the same with another activation in its hidden layers."""
    other = parameters.model_copy(
        update={
            "activation": rival,
            # The output layer stays the same, so that only hidden layers make the difference.
            "output_activation": parameters.output_activation or parameters.activation,
        }
    )
    inputs = np.array(parameters.inputs)
    first, second = (
        _contender(each.activation, each.network(), inputs, targets) for each in (parameters, other)
    )
    return Fading((first, second), given=parameters.weights is not None)


def _contender(activation: str, network: Network, inputs: FloatArray, targets: FloatArray) -> Contender:
    backward = backpropagate(network, inputs[None], targets[None], mean_squared_error)
    forward = backward.forward
    slopes = [
        float(layer.activation.derivative(before[0]).mean())
        for layer, before in zip(network.layers[:-1], forward.pre_activations, strict=False)
    ]
    means = [float(np.abs(layer.weights).mean()) for layer in backward.layers]
    return Contender(activation, network, backward, np.array(means), np.array(slopes))
