"""One neuron: it weighs its inputs, adds them up, and says how much of that it lets through."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from nnmath import Activation, FloatArray, Layer, Network, find_activation
from scenes.definition import SceneDefinition, SceneParameters
from scenes.families.small_network import ActivationName, Row, Value
from scenes.learning.neuron.saying import brightness, verdict
from scenes.style.numerals import all_written, shown, written, written_dot

Story: TypeAlias = Literal["sum", "threshold", "plane"]

BEATS: dict[Story, tuple[str, ...]] = {
    "sum": ("inputs", "products", "level", "tip", "fire", "formula", "sweep"),
    "threshold": ("ask", "grow", "past", "lay", "again"),
    "plane": ("point", "field", "edge", "turn", "shift", "sharpen"),
}
# Numbers that many inputs leave little room for have one decimal less.
_MANY, _LONG = 3, 7
_LEFT_OVER = 1e-12
# Numbers that move by so much have one decimal on their way.
_FAR = 4.0
# By less, in degrees, w does not turn.
_LEAST_TURN = 1.0
# How far the bias takes the sum beyond 0, unless it is told where to go, and as a share of where it was.
_BEYOND, _SHARE = 5.0, 0.7
# A change of brightness that is seen.
_PLAIN = 0.3


class NeuronParameters(SceneParameters):
    """Parameters of `neuron`."""

    story: Story = Field(
        "sum",
        description="sum: how one output is computed; threshold: inputs grow until it fires; "
        "plane: what it says about every point, for two weights",
    )
    weights: Row = Field((0.0, 1.0), description="w, 1 to 6 numbers")
    bias: Value = Field(4.0, description="b, what is added to the sum")
    inputs: Row = Field(
        (2.0, 3.0), description="x, as many numbers as weights; the point that is picked out of the plane"
    )
    activation: ActivationName = Field("sigmoid", description="f, what the neuron makes of the sum")
    bias_to: Value | None = Field(
        None, description="where the bias moves; far enough to turn the neuron on or off if left out"
    )
    turn: float = Field(
        150.0,
        ge=-360.0,
        le=360.0,
        description="degrees by which w turns in the plane; by less than 1 it does not",
    )
    stretch: float = Field(2.0, ge=1.1, le=10.0, description="how many times as long w becomes in the plane")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        weights, inputs = len(self.weights), len(self.inputs)
        if self.story == "plane":
            if weights != 2:
                raise ValueError(f"weights has {_numbers(weights)} but story=plane needs two: give 2 weights")
            if not any(self.weights):
                raise ValueError("weights are all 0, so that story=plane has no edge: give one that is not 0")
        if self.story == "threshold" and not any(self.inputs):
            raise ValueError(
                "inputs are all 0, so that in story=threshold nothing grows: give one that is not 0"
            )
        if weights != inputs:
            raise ValueError(
                f"weights has {_numbers(weights)} but inputs has {_numbers(inputs)}: give one for each"
            )
        return self


def _numbers(count: int) -> str:
    return f"{count} number{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class NeuronNumbers:
    """One neuron and what it computes, from numbers as they are written.

    Attributes:
        weights, inputs: `(n,)` each. places: the decimals that these, and the bias, are written with.
        bias, bias_to: where the bias is, and where it moves.
        turn: of w in the plane, in radians. stretch: how many times as long it becomes there.
    """

    story: Story
    weights: FloatArray
    bias: float
    inputs: FloatArray
    activation: Activation
    bias_to: float
    places: int
    turn: float
    stretch: float

    @property
    def count(self) -> int:
        """How many inputs there are."""
        return len(self.weights)

    @property
    def name(self) -> str:
        """What the activation is called."""
        return self.activation.name

    def network_at(self, weights: FloatArray, bias: float) -> Network:
        """Return the neuron with other weights `(n,)` and another bias."""
        return Network((Layer(weights[None], np.array([bias]), self.activation),))

    @cached_property
    def network(self) -> Network:
        """The neuron."""
        return self.network_at(self.weights, self.bias)

    def output_at(self, pre_activation: float) -> float:
        """Return what the activation makes of a sum."""
        return float(self.activation(np.array([pre_activation]))[0])

    def terms_at(self, inputs: FloatArray, bias: float) -> FloatArray:
        """Return the products, then the bias: what adds up to the sum, `(n + 1,)`."""
        return np.append(self.weights * inputs, bias)

    def sum_at(self, inputs: FloatArray, bias: float) -> float:
        """Return w · x + b, rounded once; what is only left over from rounding inputs is 0."""
        total = float(written_dot(self.weights, inputs, float(bias)))
        largest = float(np.abs(self.terms_at(inputs, bias)).max())
        return 0.0 if abs(total) < _LEFT_OVER * largest else total

    def is_written(self, inputs: FloatArray, bias: float) -> bool:
        """Tell whether inputs and sum are exactly what is written for them."""
        total = written_dot(self.weights, inputs, float(bias))
        exact = all(float(written(value, self.places)) == value for value in inputs.tolist())
        return exact and written(float(total)) == total

    @cached_property
    def terms(self) -> FloatArray:
        """What adds up to the sum, `(n + 1,)`."""
        return self.terms_at(self.inputs, self.bias)

    @cached_property
    def running(self) -> tuple[Decimal, ...]:
        """The sum before the first term, and after every one, to the last digit: n + 2 numbers."""
        totals = [written_dot(self.weights[:k], self.inputs[:k]) for k in range(self.count + 1)]
        return (*totals, written_dot(self.weights, self.inputs, self.bias))

    def product(self, k: int) -> Decimal:
        """Return weight k times its input, counted from 0, to the last digit."""
        return written_dot(self.weights[k : k + 1], self.inputs[k : k + 1])

    @property
    def pre_activation(self) -> float:
        """The sum, z."""
        return float(self.running[-1])

    @property
    def output(self) -> float:
        """What the neuron says, y."""
        return self.output_at(self.pre_activation)

    @property
    def dot(self) -> float:
        """w · x, without the bias."""
        return float(self.running[-2])

    @property
    def moving_places(self) -> int:
        """The decimals of inputs, bias and sum while they move: few where they go far."""
        farthest = float(np.abs([*self.terms, self.bias_to]).max())
        return 1 if self.story != "plane" and farthest >= _FAR else 2

    @property
    def crossing(self) -> float | None:
        """The share of the inputs at which the sum is 0 when they grow from 0; None where it never is."""
        share = -self.bias / self.dot if self.dot else math.nan
        return share if 0 < share < 1 else None

    @property
    def rest(self) -> float:
        """The share of the inputs at which their growing pauses: at the crossing, or else half-way."""
        return 0.5 if self.crossing is None else self.crossing

    @cached_property
    def reach(self) -> float:
        """The output at which the neuron shines with its whole colour."""
        if self.name in ("sigmoid", "tanh"):
            return 1.0
        sums = [self.pre_activation, self.bias if self.story == "threshold" else self.swept]
        return max(abs(self.output_at(each)) for each in sums) or 1.0

    @property
    def swept(self) -> float:
        """The sum once the bias has moved."""
        return self.sum_at(self.inputs, self.bias_to)

    def brightness(self, output: float) -> float:
        """Return how brightly the neuron shines when it says `output`, in [0, 1]."""
        return brightness(output, self.reach)

    def captions(self) -> dict[str, str]:
        negative = bool((self.weights * self.inputs < 0).any() or self.bias < 0)
        one = self.count == 1
        return {
            "inputs": "inputs-one" if one else "inputs",
            "products": "products-one" if one else "products",
            "level": "level-down" if negative else "level",
            "fire": verdict(self.name, self.output),
            "sweep": self._sweep_caption(),
            "ask": "ask" if self.bias < 0 else "ask-free",
            "grow": self._grow_caption(),
            "past": self._past_caption(),
            "again": "again" if self.crossing is not None else "again-same",
            "sharpen": "sharpen" if self.name in ("sigmoid", "tanh") else "sharpen-steep",
        }

    def _sweep_caption(self) -> str:
        change = self.brightness(self.output_at(self.swept)) - self.brightness(self.output)
        if abs(change) < _PLAIN:
            return "sweep"
        return "sweep-dims" if change < 0 else "sweep-lights"

    def _grow_caption(self) -> str:
        if self.crossing is not None:
            return "grow-edge" if self.bias < 0 else "grow-edge-down"
        return "grow-still" if self.dot == 0 else "grow"

    def _past_caption(self) -> str:
        if self.crossing is not None:
            return "past" if self.bias < 0 else "past-off"
        if self.pre_activation > 0 and self.bias > 0:
            return "past-always"
        if self.pre_activation <= 0 and self.bias <= 0:
            return "past-never"
        # It ends, or begins, exactly where the sum is 0.
        return "past-last" if self.bias >= 0 and self.pre_activation == 0 else "past-first"

    def results(self) -> dict[str, Any]:
        common = {
            "weights": self.weights.tolist(),
            "bias": self.bias,
            "inputs": self.inputs.tolist(),
            "activation": self.name,
            "pre_activation": self.pre_activation,
            "output": self.output,
        }
        if self.story == "sum":
            moved = {"bias_to": self.bias_to, "output_at_bias_to": self.output_at(self.swept)}
            running = [float(total) for total in self.running]
            return {**common, "products": self.terms[:-1].tolist(), "running": running, **moved}
        if self.story == "threshold":
            return {**common, "threshold": -self.bias + 0.0, "crossing": self.crossing}
        return {**common, "bias_to": self.bias_to, "turn_degrees": math.degrees(self.turn)}


def compute(parameters: NeuronParameters) -> NeuronNumbers:
    """Return the neuron that the parameters describe, its numbers as they are written."""
    given = np.array([*parameters.weights, *parameters.inputs, parameters.bias])
    places = 2 if len(parameters.weights) > _MANY or _longest(given) > _LONG else 3
    weights, inputs = all_written(parameters.weights, places), all_written(parameters.inputs, places)
    bias = float(all_written(parameters.bias, places))
    if parameters.bias_to is not None:
        bias_to = float(all_written(parameters.bias_to, places))
    elif parameters.story == "plane":
        bias_to = -bias or shown(1.5 * float(np.hypot(*weights)), places)
    else:
        total = float(written_dot(weights, inputs, bias))
        far = max(_BEYOND, _SHARE * abs(total))
        bias_to = shown(bias - total + (far if total < 0 else -far), places)
    return NeuronNumbers(
        story=parameters.story,
        weights=weights,
        bias=bias,
        inputs=inputs,
        activation=find_activation(parameters.activation),
        bias_to=bias_to,
        places=places,
        turn=math.radians(parameters.turn),
        stretch=parameters.stretch,
    )


def _longest(values: FloatArray) -> int:
    return max(len(f"{value:.3f}".rstrip("0").rstrip(".")) for value in values.tolist())


def beats_of(parameters: NeuronParameters) -> tuple[str, ...]:
    """Return the beats of the story that is told, without those in which nothing would move."""
    stays = parameters.bias_to == parameters.bias
    still = {"turn": abs(parameters.turn) < _LEAST_TURN, "shift": stays, "sweep": stays}
    return tuple(beat for beat in BEATS[parameters.story] if not still.get(beat))


DEFINITION = SceneDefinition(
    home=__name__,
    name="neuron",
    summary="One neuron: inputs times weights, plus a bias, squashed into one number.",
    parameters=NeuronParameters,
    presets={
        "worked": {},
        "threshold": {"story": "threshold", "weights": [1, 2], "bias": -10, "inputs": [8, 4]},
        "plane": {
            "story": "plane",
            "weights": [-0.6, 0.8],
            "bias": 0.5,
            "inputs": [3, -0.5],
            "bias_to": -1.5,
            "turn": -150,
        },
    },
    beats={
        "inputs": ("inputs", "inputs-one"),
        "products": ("products", "products-one"),
        "level": ("level", "level-down"),
        "tip": (),
        "fire": (
            "fire-on",
            "fire-mostly",
            "fire-half",
            "fire-hardly",
            "fire-off",
            "fire-minus",
            "fire-between",
            "fire-zero",
            "fire-passed",
            "fire-leak",
            "fire-dead",
            "fire-same",
        ),
        "formula": (),
        "sweep": ("sweep", "sweep-dims", "sweep-lights"),
        "ask": ("ask", "ask-free"),
        "grow": ("grow", "grow-edge", "grow-edge-down", "grow-still"),
        "past": ("past", "past-off", "past-always", "past-never", "past-last", "past-first"),
        "lay": (),
        "again": ("again", "again-same"),
        "point": (),
        "field": (),
        "edge": (),
        "turn": (),
        "shift": (),
        "sharpen": ("sharpen", "sharpen-steep"),
    },
    beats_of=beats_of,
    compute=compute,
    captions=NeuronNumbers.captions,
    drawing="drawing:OneNeuron",
    lesson="scenes.learning.lesson",
    cover={"worked": "fire", "threshold": "past", "plane": "turn"},
)
