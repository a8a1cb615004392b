"""One weight is nudged; the chain rule says how much the loss moves; all gradients come back by layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import (
    Backpropagation,
    FloatArray,
    ForwardPass,
    Layer,
    Network,
    backpropagate,
    find_loss,
    mean_squared_error,
)
from scenes.definition import SceneDefinition
from scenes.families.small_network import MOST_HIDDEN, MOST_UNITS, ActivationName, Row, SmallNetworkParameters
from scenes.learning.backpropagation.fading import Fading, fading_of
from scenes.learning.backpropagation.links import Factor, Link, factors_of, product, single_way
from scenes.style.numerals import significant

# Derivatives smaller than this are called nearly nought.
_FAINT = 1e-6
# At so many nudges it is looked which neurons move at all.
_NUDGES = 9

Place = tuple[
    Annotated[int, Field(ge=1, le=MOST_HIDDEN + 1)],
    Annotated[int, Field(ge=1, le=MOST_UNITS)],
    Annotated[int, Field(ge=1, le=MOST_UNITS)],
]


class BackpropagationParameters(SmallNetworkParameters):
    """Parameters of `backpropagation`."""

    inputs: Row = Field((-2.0, -1.0), description="x, one number for each input neuron, 1 to 6")
    targets: Row | None = Field(
        None, description="what the outputs should be, one number for each; all 1 if left out"
    )
    nudged_weight: Place = Field(
        (1, 1, 1), description="the weight that is nudged: its layer, row and column, counted from 1"
    )
    nudge: float = Field(0.2, ge=0.001, le=10, description="how far that weight is nudged, up and down")
    learning_rate: float = Field(1.0, ge=0.0001, le=10, description="η, the length of a step by the gradient")
    rounds: int = Field(3, ge=1, le=6, description="further rounds of forward, error and update at the end")
    rival: ActivationName | None = Field(
        None,
        description="another activation of the hidden layers: then the gradients of both networks are"
        " compared, and no weight is nudged",
    )

    @model_validator(mode="after")
    def _suits(self) -> Self:
        sizes = self.sizes
        if self.targets is not None and len(self.targets) != sizes[-1]:
            raise ValueError(
                f"targets has {len(self.targets)} numbers but the network has {sizes[-1]} outputs:"
                " give one target for each"
            )
        if self.rival == self.activation:
            raise ValueError(f"rival is {self.rival}, as activation is: give another one to compare it with")
        if self.rival is not None and len(sizes) < 3:
            raise ValueError(
                "rival needs a hidden layer, in which activations differ: give hidden, or no rival"
            )
        layer, row, column = self.nudged_weight
        if layer > len(sizes) - 1:
            raise ValueError(
                f"nudged_weight is in layer {layer} but there are {len(sizes) - 1}: give 1 to that"
            )
        if row > sizes[layer] or column > sizes[layer - 1]:
            raise ValueError(
                f"nudged_weight is in row {row} and column {column} but W of layer {layer} has"
                f" {sizes[layer]} rows and {sizes[layer - 1]} columns: give a place in it"
            )
        return self


@dataclass(frozen=True)
class Round:
    """A network, what it computes, and its loss."""

    network: Network
    forward: ForwardPass
    loss: float


@dataclass(frozen=True)
class BackpropagationNumbers:
    """A forward pass, its gradient, and steps by it.

    Attributes:
        network, inputs, targets: with what the first pass is made; `(n,)` and `(m,)`.
        backward: the first pass, its loss and its gradient.
        place: layer, row and column of the weight that is nudged, counted from 0. nudge: how far.
        factors: whose product is the derivative of the loss by that weight, the loss's own factor first.
        learning_rate: η. rounds: after every step by −η times the gradient.
        fading: the gradients of two networks by layers, if these are compared.
    """

    network: Network
    inputs: FloatArray
    targets: FloatArray
    backward: Backpropagation
    place: tuple[int, int, int]
    nudge: float
    factors: tuple[Factor, ...]
    learning_rate: float
    rounds: tuple[Round, ...]
    fading: Fading | None = None

    @property
    def loss(self) -> float:
        """The loss before any step."""
        return self.backward.loss

    @property
    def links(self) -> tuple[Link, ...]:
        """What the nudge moves on its way, from the weight to the loss."""
        return (self.factors[-1].by, *(factor.of for factor in self.factors[::-1]))

    @property
    def weight(self) -> float:
        """The weight that is nudged."""
        layer, m, n = self.place
        return float(self.network.layers[layer].weights[m, n])

    @property
    def slope(self) -> float:
        """The derivative of the loss by that weight."""
        layer, m, n = self.place
        return float(self.backward.layers[layer].weights[m, n])

    @property
    def product(self) -> Decimal:
        """The product of the factors as written, rounded to what is written of it."""
        return significant(float(product(self.factors)))

    @property
    def product_is_exact(self) -> bool:
        """Whether the product as written is that of the factors as written, to the last digit."""
        return product(self.factors) == self.product

    def nudged(self, change: float) -> Round:
        """Return the network, its pass and its loss with the weight so much larger."""
        layer, m, n = self.place
        old = self.network.layers[layer]
        weights = np.array(old.weights)
        weights[m, n] += change
        new = Layer(weights, old.bias, old.activation)
        return pass_of(
            Network((*self.network.layers[:layer], new, *self.network.layers[layer + 1 :])),
            self.inputs,
            self.targets,
        )

    def value_of(self, link: Link, passed: Round) -> float:
        """Return the number of a link in a pass."""
        layer, m, n = self.place
        if link.kind == "weight":
            return float(passed.network.layers[layer].weights[m, n])
        if link.kind == "loss":
            return passed.loss
        columns = passed.forward.pre_activations if link.kind == "sum" else passed.forward.activations
        return float(columns[link.column - 1][0, link.k])

    @cached_property
    def still(self) -> Round:
        """The first pass, as one of several."""
        return Round(self.network, self.backward.forward, self.loss)

    @cached_property
    def moved(self) -> frozenset[tuple[int, int]]:
        """The neurons, by column and place, that the nudge moves at all; the loss is a column of its own."""
        moving: set[tuple[int, int]] = set()
        for change in np.linspace(-self.nudge, self.nudge, _NUDGES).tolist():
            passed = self.nudged(change)
            pairs = zip(passed.forward.activations, self.still.forward.activations, strict=True)
            for column, (new, old) in enumerate(pairs, start=1):
                moving |= {(column, int(k)) for k in np.flatnonzero(new[0] != old[0])}
            if passed.loss != self.loss:
                moving.add((len(self.network.sizes), 0))
        return frozenset(moving)

    @property
    def loss_seen_to_move(self) -> bool:
        """Whether another number is written for the loss of either nudge."""
        losses = [self.nudged(change).loss for change in (-self.nudge, self.nudge)]
        return any(significant(loss) != significant(self.loss) for loss in losses)

    @property
    def no_gradient(self) -> bool:
        """Whether all derivatives are 0."""
        return not self.backward.gradient.any()

    def captions(self) -> dict[str, str]:
        if self.fading is not None:
            return {
                "networks": self.fading.kinship,
                "faded": self.fading.caption,
                "slopes": self.fading.slope_caption,
            }
        return {
            "nudge": self._nudge_caption(),
            "links": "links" if single_way(self.network, self.place[0]) else "links-ways",
            "product": self._product_caption(),
            "backward": "backward-none" if self.no_gradient else "backward",
            "step": self._step_caption(),
            "cycle": "cycle" if self.rounds[-1].loss < self.loss else "cycle-vain",
        }

    def _nudge_caption(self) -> str:
        if (len(self.network.sizes), 0) not in self.moved:
            return "nudge-none"
        return "nudge" if self.loss_seen_to_move else "nudge-faint"

    def _product_caption(self) -> str:
        smallest = min(abs(factor.value) for factor in self.factors)
        if smallest == 0.0 and not self._saturated():
            return "product-zero"
        return "product-faint" if smallest < _FAINT else "product"

    def _saturated(self) -> bool:
        """Tell whether a sigmoid is so flat on the weight's way that a float calls its slope 0."""
        layers = list(enumerate(self.network.layers))[self.place[0] :]
        forward = self.backward.forward
        return any(
            layer.activation.name in ("sigmoid", "tanh")
            and bool((layer.activation.derivative(forward.pre_activations[k]) == 0.0).any())
            for k, layer in layers
        )

    def _step_caption(self) -> str:
        if self.no_gradient:
            return "step-none"
        before, after = significant(self.loss), significant(self.rounds[0].loss)
        if before == after:
            return "step-faint"
        return "step-down" if after < before else "step-up"

    def results(self) -> dict[str, Any]:
        backward = self.backward
        layers = [
            {
                "weights": layer.weights.tolist(),
                "bias": layer.bias.tolist(),
                "shares": layer.delta[0].tolist(),
            }
            for layer in backward.layers
        ]
        activations = [values[0].tolist() for values in backward.forward.activations]
        if self.fading is not None:
            return {"activations": activations, "loss": self.loss, **self.fading.results()}
        return {
            "activations": activations,
            "loss": self.loss,
            "factors": {plain(factor): factor.value for factor in self.factors},
            "weight": self.weight,
            "gradient_of_weight": self.slope,
            "gradients": layers,
            "nudge": self.nudge,
            "loss_nudged": [self.nudged(change).loss for change in (-self.nudge, self.nudge)],
            "learning_rate": self.learning_rate,
            "loss_after_step": self.rounds[0].loss,
            "losses": [self.loss, *(each.loss for each in self.rounds)],
        }


def plain(factor: Factor) -> str:
    """Return a derivative's name in plain characters, such as dL/dy."""
    return "/".join(
        "d" + "".join(sign for sign in link.name if sign not in "_^()") for link in (factor.of, factor.by)
    )


def pass_of(network: Network, inputs: FloatArray, targets: FloatArray) -> Round:
    """Return what a network makes of inputs `(n,)`, and its loss against targets `(m,)`."""
    forward = network.forward(inputs[None])
    return Round(network, forward, find_loss(mean_squared_error).value(forward.output, targets[None]))


def steps(
    network: Network, inputs: FloatArray, targets: FloatArray, learning_rate: float, most: int
) -> Iterator[Round]:
    """Yield up to so many passes, each after a step of all parameters, as long as numbers stay finite."""
    for _ in range(most):
        try:
            gradient = backpropagate(network, inputs[None], targets[None], mean_squared_error).gradient
            with np.errstate(over="ignore", invalid="ignore"):
                network = network.with_parameters(network.parameters - learning_rate * gradient)
                passed = pass_of(network, inputs, targets)
        except ValueError:
            return
        if not np.isfinite(passed.loss):
            return
        yield passed


def compute(parameters: BackpropagationParameters) -> BackpropagationNumbers:
    """Run the network forward and back, and take steps by its gradient.

    Raises ValueError when its numbers, or those of the first step, are too large for floats.
    """
    network, inputs = parameters.network(), np.array(parameters.inputs)
    targets = np.ones(network.output_size) if parameters.targets is None else np.array(parameters.targets)
    backward = backpropagate(network, inputs[None], targets[None], mean_squared_error)
    layer, row, column = (each - 1 for each in parameters.nudged_weight)
    most = 1 + parameters.rounds
    rounds = tuple(steps(network, inputs, targets, parameters.learning_rate, most))
    if not rounds:
        raise ValueError(
            f"learning_rate must be smaller: {parameters.learning_rate:g} times the gradient overflows"
        )
    return BackpropagationNumbers(
        network=network,
        inputs=inputs,
        targets=targets,
        backward=backward,
        place=(layer, row, column),
        nudge=parameters.nudge,
        factors=factors_of(backward, network, (layer, row, column)),
        learning_rate=parameters.learning_rate,
        rounds=rounds,
        fading=None if parameters.rival is None else fading_of(parameters, parameters.rival, targets),
    )


STORY = ("forward", "nudge", "links", "product", "backward", "step", "cycle")
COMPARISON = ("networks", "fade", "faded", "slopes")


def beats_of(parameters: BackpropagationParameters) -> tuple[str, ...]:
    """Return the beats that play: those of one network, or of two that are compared."""
    return STORY if parameters.rival is None else COMPARISON


DEFINITION = SceneDefinition(
    home=__name__,
    name="backpropagation",
    summary="How much does a weight move the loss? The chain rule, and all gradients from back to front.",
    parameters=BackpropagationParameters,
    presets={
        "worked": {"weights": [[[1, 1], [1, 1]], [[1, 1]]]},
        "deep": {"inputs": [1, -0.5], "hidden": [3, 3, 3, 3], "seed": 18, "rival": "relu"},
    },
    beats={
        "forward": (),
        "nudge": ("nudge", "nudge-faint", "nudge-none"),
        "links": ("links", "links-ways"),
        "product": ("product", "product-zero", "product-faint"),
        "backward": ("backward", "backward-none"),
        "step": ("step-down", "step-up", "step-faint", "step-none"),
        "cycle": ("cycle", "cycle-vain"),
        "networks": ("networks", "networks-weights"),
        "fade": (),
        "faded": ("faded-first", "faded-second", "faded-both", "faded-neither", "faded-none"),
        "slopes": ("slopes-first", "slopes-second", "slopes-alike"),
    },
    compute=compute,
    captions=BackpropagationNumbers.captions,
    drawing="drawing:Backpropagation",
    lesson="scenes.learning.lesson",
    beats_of=beats_of,
    cover={"worked": "product", "deep": "faded"},
)
