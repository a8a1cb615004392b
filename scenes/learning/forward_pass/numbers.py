"""Two inputs run through one network: every sum and every activation on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import FloatArray, ForwardPass, Network
from scenes.definition import SceneDefinition
from scenes.families.small_network import MOST_UNITS, SmallNetworkParameters, Value
from scenes.style.numerals import all_written, math_brief, math_number, shown, written, written_dot

# Decimals of every number on the way, and of inputs; of weights and biases, in the order of preference.
PLACES, GIVEN_PLACES = 3, 2
_GIVEN_PLACES = (2, 3)
_HUGE = 99_999.5
# Numbers of more characters are written briefly.
_LONGEST = 6
# An activation so near to the end of its range is at the end.
_END = 0.005
_ENDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
# Equations of more layers are not written out.
_MOST_EQUATIONS = 2
_MOST_ENTRIES = 8
# Neurons of longer columns have no names.
_MOST_NAMED = 4

OptionalRow = Annotated[tuple[Value, ...], Field(max_length=MOST_UNITS)]


class ForwardPassParameters(SmallNetworkParameters):
    """Parameters of `forward-pass`."""

    second_inputs: OptionalRow = Field(
        (), description="another x that runs through afterwards; the inputs' opposites if left out"
    )
    target: OptionalRow = Field(
        (), description="what the output should be, one number for each output; not shown if left out"
    )

    @model_validator(mode="after")
    def _one_number_each(self) -> Self:
        sizes = self.sizes
        for name, values, wanted, what in (
            ("second_inputs", self.second_inputs, sizes[0], "inputs"),
            ("target", self.target, sizes[-1], "outputs"),
        ):
            if values and len(values) != wanted:
                raise ValueError(
                    f"{name} has {len(values)} numbers but there are {wanted} {what}: give {wanted},"
                    " or [] for none"
                )
        return self


@dataclass(frozen=True)
class ForwardPassNumbers:
    """What a network computes for two inputs.

    Attributes:
        forward: the pass of both, inputs `(2, n)`; the first one's is shown step by step.
        target: `(outputs,)`, or None.
    """

    network: Network
    forward: ForwardPass
    target: FloatArray | None

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units in each column, the inputs first."""
        return self.network.sizes

    @property
    def hidden(self) -> int:
        """How many hidden layers there are."""
        return len(self.network.layers) - 1

    @property
    def crowded(self) -> bool:
        """Whether there are too many neurons for names beside them and weights on their edges."""
        return self.hidden > 1 or max(self.sizes) > _MOST_NAMED

    @property
    def columns(self) -> tuple[FloatArray, ...]:
        """Inputs and activations, `(2, units)` for every column of the diagram."""
        return (self.forward.inputs, *self.forward.activations)

    def sums(self, layer: int) -> FloatArray:
        """Return what a layer, counted from 0, adds up for the first input, `(units,)`."""
        sums: FloatArray = self.forward.pre_activations[layer][0]
        return sums

    def values(self, column: int) -> FloatArray:
        """Return what stands in a column for the first input, `(units,)`."""
        values: FloatArray = self.columns[column][0]
        return values

    @cached_property
    def missing(self) -> FloatArray | None:
        """How far each output of the first input is from its target, as written, `(outputs,)`."""
        if self.target is None:
            return None
        missing = _all_read(self.target) - _all_read(self.values(-1))
        return np.array([shown(value, PLACES) for value in missing.tolist()])

    @cached_property
    def given_places(self) -> int | None:
        """With how many decimals weights and biases are written out, so that every layer adds up.

        None if they are not: there are too many layers or weights, or as written they give other numbers.
        """
        layers = self.network.layers
        if len(layers) > _MOST_EQUATIONS or max(layer.weights.size for layer in layers) > _MOST_ENTRIES:
            return None
        ways = (
            places for places in _GIVEN_PLACES if all(self._apart(k, places) <= 1 for k in range(len(layers)))
        )
        return next(ways, None)

    def is_exact(self, layer: int) -> bool:
        """Tell whether a layer, counted from 0, gives exactly the activations that are written."""
        return self._apart(layer, self.given_places or _GIVEN_PLACES[0]) == 0

    def _apart(self, layer: int, places: int) -> float:
        """Return how far a layer as written is from what is written for it, in units of the last digits."""
        own = self.network.layers[layer]
        inputs = self.read(layer)
        weights, bias = all_written(own.weights, places), all_written(own.bias, places)
        sums = [float(written_dot(row, inputs, float(b))) for row, b in zip(weights, bias, strict=True)]
        units = np.array([10.0 ** -decimals(value, PLACES) for value in self.values(layer + 1).tolist()])
        return float((np.abs(own.activation(np.array(sums)) - self.read(layer + 1)) / units).max().round(6))

    def read(self, column: int) -> FloatArray:
        """Return the first input's values in a column as a viewer reads them, `(units,)`."""
        return _all_read(self.values(column), places_in(column))

    # Captions.

    def captions(self) -> dict[str, str]:
        return {
            "network": "network" if self.hidden else "network-single",
            "input": "input" if self.sizes[0] > 1 else "input-one",
            "layers": self._layers_caption(),
            "matrices": self._matrices_caption(),
            "output": self._output_caption(),
            "second": self._second_caption(),
        }

    def _layers_caption(self) -> str:
        names = [layer.activation.name for layer in self.network.layers]
        if any(not self.values(column).any() for column in range(1, len(names))):
            return "layers-dead"
        if self._is_saturated:
            return "layers-saturated"
        if not self.hidden:
            return "layers-one-identity" if names == ["identity"] else "layers-one"
        return f"layers-{names[0]}" if len(set(names)) == 1 else "layers-mixed"

    @property
    def _is_saturated(self) -> bool:
        """Whether every layer squashes, and everything that it squashes to the end."""
        ends = [_ENDS.get(layer.activation.name) for layer in self.network.layers]
        return all(
            pair is not None and (np.abs(self.values(column)[:, None] - pair).min(axis=1) < _END).all()
            for column, pair in enumerate(ends, start=1)
        )

    def _matrices_caption(self) -> str:
        if self.given_places is None:
            return "matrices-many" if self.hidden else "matrices-many-one"
        return "matrices" if self.hidden else "matrices-one"

    def _output_caption(self) -> str:
        outputs = self.sizes[-1]
        if self.target is not None:
            if self.missing is not None and not self.missing.any():
                return "output-hit"
            return "output-target" if outputs == 1 else "output-targets"
        if outputs == 1:
            return "output"
        return "output-largest" if self.largest_output is not None else "output-even"

    @property
    def largest_output(self) -> int | None:
        """Which output is the largest as written, counted from 0; None if several are."""
        read = _all_read(self.values(-1))
        first = int(read.argmax())
        return first if (read == read[first]).sum() == 1 else None

    def _second_caption(self) -> str:
        (first, second), (one, other) = self.forward.inputs, self.forward.output
        if (first == second).all():
            return "second-same"
        if (one == other).all():
            return "second-unmoved"
        return "second-hardly" if (_all_read(one) == _all_read(other)).all() else "second"

    def results(self) -> dict[str, Any]:
        return {
            "sizes": list(self.sizes),
            "parameters": self.network.parameter_count,
            "inputs": self.forward.inputs.tolist(),
            "sums": [sums.tolist() for sums in self.forward.pre_activations],
            "activations": [values.tolist() for values in self.forward.activations],
            "outputs": self.forward.output.tolist(),
            "target": None if self.target is None else self.target.tolist(),
        }


def places_in(column: int) -> int:
    """Return the most decimals of what stands in a column's neurons."""
    return PLACES if column else GIVEN_PLACES


def says(value: float, places: int = PLACES) -> str:
    """Return what a neuron says, as formula markup: in full what is short, else with as many digits as fit.

    Noughts at the end say that more digits follow.
    """
    full = math_number(value, places)
    exact = float(written(value, places)) == value
    return full if exact and len(full) <= _LONGEST else math_brief(value, places)


def decimals(value: float, places: int = PLACES) -> int:
    """Return with how many decimals `says` writes a number that is longer."""
    return max(places + 1 - len(str(int(abs(shown(value, places))))), 0)


def _all_read(values: FloatArray, places: int = PLACES) -> FloatArray:
    """Return the numbers that a viewer reads where neurons say `values`, `(n,)`."""
    return np.array([_read(value, places) for value in values.tolist()])


def _read(value: float, places: int) -> float:
    if says(value, places) == math_number(value, places):
        return float(written(value, places))
    return float(written(value, 0)) if abs(value) >= _HUGE else shown(value, decimals(value, places))


def compute(parameters: ForwardPassParameters) -> ForwardPassNumbers:
    """Run both inputs through the network."""
    network = parameters.network()
    first = np.array(parameters.inputs)
    # No negative nought.
    second = np.array(parameters.second_inputs) if parameters.second_inputs else 0.0 - first
    target = np.array(parameters.target) if parameters.target else None
    return ForwardPassNumbers(network, network.forward(np.array([first, second])), target)


DEFINITION = SceneDefinition(
    home=__name__,
    name="forward-pass",
    summary="Numbers run through a network, layer by layer: each neuron sums, then squashes.",
    parameters=ForwardPassParameters,
    presets={
        "worked": {"inputs": [2.0, 3.0], "weights": [[[0, 1], [0, 1]], [[0, 1]]]},
        "three-inputs": {
            "inputs": [0.6, 0.4, 0.2],
            "weights": [[[0.4, -0.7, 0.9]], [[-1.6]]],
            "target": [1.0],
        },
        "deep": {
            "inputs": [0.5, 1.0, -0.7, 0.8],
            "hidden": [6, 6, 6, 6],
            "outputs": 3,
            "activation": "relu",
            "output_activation": "sigmoid",
            "seed": 2,
        },
    },
    beats={
        "network": ("network", "network-single"),
        "input": ("input", "input-one"),
        "layers": (
            "layers-sigmoid",
            "layers-tanh",
            "layers-relu",
            "layers-leaky_relu",
            "layers-identity",
            "layers-mixed",
            "layers-one",
            "layers-one-identity",
            "layers-dead",
            "layers-saturated",
        ),
        "matrices": ("matrices", "matrices-one", "matrices-many", "matrices-many-one"),
        "output": (
            "output",
            "output-largest",
            "output-even",
            "output-target",
            "output-targets",
            "output-hit",
        ),
        "second": ("second", "second-same", "second-unmoved", "second-hardly"),
    },
    compute=compute,
    captions=ForwardPassNumbers.captions,
    drawing="drawing:ForwardPass",
    lesson="scenes.learning.lesson",
    cover={"worked": "layers", "three-inputs": "output", "deep": "second"},
)
