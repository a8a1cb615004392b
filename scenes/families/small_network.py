"""A small network given by its weights, or drawn from a seed: parameters of scenes about one forward pass."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from nnmath import Layer, Network, find_activation, random_network
from scenes.definition import SceneParameters

MOST_UNITS, MOST_HIDDEN = 6, 4

Value: TypeAlias = Annotated[float, Field(ge=-999.99, le=999.99)]
Row: TypeAlias = Annotated[tuple[Value, ...], Field(min_length=1, max_length=MOST_UNITS)]
Rows: TypeAlias = Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_UNITS)]
Units: TypeAlias = Annotated[int, Field(ge=1, le=MOST_UNITS)]
ActivationName: TypeAlias = Literal["sigmoid", "tanh", "relu", "leaky_relu", "identity"]
Seed: TypeAlias = Annotated[
    int, Field(ge=0, le=2**31 - 1, description="seed of the weights if none are given")
]


class SmallNetworkParameters(SceneParameters):
    """A network of up to five layers of up to six units, and what goes into it."""

    makes_idle = {"weights": ("hidden", "outputs", "seed")}

    inputs: Row = Field((2.0, 3.0), description="x, one number for each input neuron, 1 to 6")
    hidden: tuple[Units, ...] = Field(
        (2,), max_length=MOST_HIDDEN, description="units of each hidden layer, 1 to 6; at most 4 layers"
    )
    outputs: Units = Field(1, description="units of the output layer, 1 to 6")
    activation: ActivationName = Field("sigmoid", description="activation of the hidden layers")
    output_activation: ActivationName | None = Field(
        None, description="activation of the output layer; that of the hidden layers if left out"
    )
    weights: Annotated[tuple[Rows, ...], Field(min_length=1, max_length=MOST_HIDDEN + 1)] | None = Field(
        None,
        description="W of every layer, row by row, such as [[[1, 2], [3, 4]], [[5, 6]]], which decides"
        " how many layers and units there are; drawn from the seed if left out",
    )
    biases: Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_HIDDEN + 1)] | None = Field(
        None, description="b of every layer: [[1, 2], [3]] for a 2-2-1 network; all 0 if left out"
    )
    seed: Seed = 0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        sizes = self.sizes
        for number, (rows, (taken, units)) in enumerate(
            zip(self.weights or (), pairwise(sizes), strict=False), start=1
        ):
            for row in rows:
                if len(row) != taken:
                    before = "inputs has" if number == 1 else f"layer {number - 1} gives"
                    raise ValueError(
                        f"weights has {_numbers(len(row))} in a row of layer {number} but {before} "
                        f"{_numbers(taken)}: give rows of {taken}, one for each of its {units} neurons"
                    )
        if self.biases is not None and tuple(map(len, self.biases)) != sizes[1:]:
            raise ValueError(
                f"biases has {list(map(len, self.biases))} numbers by layer but the layers have "
                f"{list(sizes[1:])} units: give one bias for each"
            )
        return self

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units in each column, the inputs first."""
        if self.weights is None:
            return (len(self.inputs), *self.hidden, self.outputs)
        return (len(self.inputs), *map(len, self.weights))

    def network(self) -> Network:
        """Return the network: of the weights and biases given, or as `nnmath.random_network` draws it."""
        sizes = self.sizes
        activations = [self.activation] * (len(sizes) - 2) + [self.output_activation or self.activation]
        biases = self.biases or [np.zeros(units) for units in sizes[1:]]
        if self.weights is None:
            drawn = random_network(sizes, activations, rng=np.random.default_rng(self.seed))
            weights = [layer.weights for layer in drawn.layers]
        else:
            weights = [np.array(rows) for rows in self.weights]
        return Network(
            tuple(
                Layer(w, np.array(b), find_activation(a))
                for w, b, a in zip(weights, biases, activations, strict=True)
            )
        )


def _numbers(count: int) -> str:
    return f"{count} number{'' if count == 1 else 's'}"
