"""Activation functions: each bends a row of evenly spaced numbers in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from pydantic import Field, field_validator

from nnmath import Activation, FloatArray, find_activation, leaky_relu
from scenes.definition import SceneDefinition, SceneParameters
from scenes.style.numerals import math_equals, math_number, written

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FunctionName: TypeAlias = Literal["relu", "leaky_relu", "sigmoid", "tanh"]

_ALL: tuple[FunctionName, ...] = ("relu", "leaky_relu", "sigmoid", "tanh")
# A curve is drawn through this many points, 0 among them, where ReLU has its corner.
_SAMPLES = 241
# How far a curve is seen beyond the outermost points at the least, as a share of their reach.
_BEYOND = 0.08
LEAK_PLACES = 3
_SLOWLY = ("row", "ask", "bend", "over", "result")
# The levels that each function presses numbers to: one from below, or two from both sides.
_LEVELS: Mapping[FunctionName, tuple[float, ...]] = {
    "relu": (0.0,),
    "leaky_relu": (0.0,),
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
}


class ActivationFunctionsParameters(SceneParameters):
    """Parameters of `activation-functions`."""

    functions: tuple[FunctionName, ...] = Field(
        ("relu",),
        min_length=1,
        max_length=len(_ALL),
        description="which functions, in order: relu, leaky_relu, sigmoid, tanh; a single one plays slowly",
    )
    reach: float = Field(4.0, ge=1.0, le=8.0, description="the row of numbers goes from −reach to reach")
    points: int = Field(17, ge=5, le=25, description="how many numbers stand in the row")
    leak: float = Field(0.1, ge=0.0, le=0.999, description="slope of leaky ReLU left of 0")

    @field_validator("functions")
    @classmethod
    def _each_once(cls, functions: tuple[FunctionName, ...]) -> tuple[FunctionName, ...]:
        if len(set(functions)) < len(functions):
            raise ValueError("must name each function once")
        return functions


@dataclass(frozen=True)
class FunctionNumbers:
    """One function at work.

    Attributes:
        curve: points `(m, 2)` of its graph.
        inputs, outputs: the row, and what it makes of it, `(n,)` each.
        markup: its formula. call: how it is written when applied, the argument left out.
    """

    name: FunctionName
    activation: Activation
    curve: FloatArray
    inputs: FloatArray
    outputs: FloatArray
    markup: str
    call: str

    @property
    def levels(self) -> tuple[float, ...]:
        """The level that it presses numbers to from below, or the two between which it keeps them."""
        return _LEVELS[self.name]

    @property
    def zeroed(self) -> BoolArray:
        """Which inputs became 0 and were not 0 before, `(n,)`."""
        zeroed: BoolArray = (self.outputs == 0) & (self.inputs != 0)
        return zeroed

    def bent(self, inputs: FloatArray, share: float = 1.0) -> FloatArray:
        """Return what becomes of inputs `(n,)` when so much of the function is done: 0 nothing, 1 all."""
        bent: FloatArray = (1.0 - share) * inputs + share * self.activation(inputs)
        return bent

    def example(self, value: float, output: float) -> str:
        """Return one input and what it becomes, as formula markup."""
        # Equal only when both numbers are what they are written as.
        exact = all(abs(float(written(number)) - number) < 1e-12 for number in (value, output))
        return f"{self.call}({math_number(value)}) {math_equals(exact)} {math_number(output)}"


@dataclass(frozen=True)
class ActivationFunctionsNumbers:
    """The row of inputs, `(n,)`, and every function at work on it."""

    inputs: FloatArray
    functions: tuple[FunctionNumbers, ...]

    @property
    def corners(self) -> FloatArray:
        """The corners of what is shown of the line of unchanged inputs, `(2, 2)`."""
        end = float(self.inputs[-1]) * (1 + _BEYOND)
        return np.array([[-end, -end], [end, end]])

    @property
    def examples(self) -> tuple[int, ...]:
        """Which inputs are written out in numbers: the lowest and the highest."""
        return 0, len(self.inputs) - 1

    def captions(self) -> dict[str, str]:
        # Those of the beats that a single function has.
        function = self.functions[0]
        zeroed = bool(function.zeroed.any())
        return {
            "ask": f"ask-{function.name}",
            "bend": f"bend-{function.name}",
            "over": "over-zero" if zeroed else "over",
            "result": "result-zero" if zeroed else f"result-{function.name}",
        }

    def results(self) -> dict[str, Any]:
        rows: dict[str, FloatArray] = {"inputs": self.inputs}
        rows.update((function.name, function.outputs) for function in self.functions)
        return {name: row.tolist() for name, row in rows.items()}


def _formulas(leak: float) -> Mapping[FunctionName, tuple[str, str]]:
    """Return each function's name and what it makes of x, as formula markup."""
    return {
        "relu": ('upright("relu")', "max(0, x)"),
        "leaky_relu": ('upright("leaky")', f"max({math_number(leak, LEAK_PLACES)} x, x)"),
        "sigmoid": ("sigma", "sigma(x) = frac(1, 1 + e^(-x))"),
        "tanh": ("tanh", "frac(e^x - e^(-x), e^x + e^(-x))"),
    }


def compute(parameters: ActivationFunctionsParameters) -> ActivationFunctionsNumbers:
    """Apply every function to the row of numbers and along its whole curve."""
    reach = parameters.reach
    inputs = np.linspace(-reach, reach, parameters.points)
    # Exactly symmetric, so that the middle one of an odd number is 0.
    inputs = (inputs - inputs[::-1]) / 2
    along = np.linspace(-1.0, 1.0, _SAMPLES) * reach * (1 + _BEYOND)
    functions = []
    for name in parameters.functions:
        apply: Activation = leaky_relu(parameters.leak) if name == "leaky_relu" else find_activation(name)
        call, rule = _formulas(parameters.leak)[name]
        functions.append(
            FunctionNumbers(
                name=name,
                activation=apply,
                curve=np.column_stack([along, apply(along)]),
                inputs=inputs,
                outputs=apply(inputs),
                markup=f"y = {rule}",
                call=call,
            )
        )
    return ActivationFunctionsNumbers(inputs, tuple(functions))


def beats_of(parameters: ActivationFunctionsParameters) -> tuple[str, ...]:
    """Return the beats: a single function has one for each step, several have one each."""
    if len(parameters.functions) == 1:
        return _SLOWLY
    return ("row", *parameters.functions, "compare")


DEFINITION = SceneDefinition(
    home=__name__,
    name="activation-functions",
    summary="ReLU, leaky ReLU, sigmoid and tanh: what each does to a row of numbers.",
    parameters=ActivationFunctionsParameters,
    presets={"relu": {}, "all": {"functions": list(_ALL), "points": 9}},
    beats={
        "row": (),
        "ask": ("ask-relu", "ask-leaky_relu", "ask-sigmoid", "ask-tanh"),
        "bend": ("bend-relu", "bend-leaky_relu", "bend-sigmoid", "bend-tanh"),
        "over": ("over", "over-zero"),
        "result": ("result-zero", "result-leaky_relu", "result-sigmoid", "result-tanh"),
        "relu": (),
        "leaky_relu": (),
        "sigmoid": (),
        "tanh": (),
        "compare": (),
    },
    beats_of=beats_of,
    compute=compute,
    captions=ActivationFunctionsNumbers.captions,
    drawing="drawing:ActivationFunctions",
    lesson="scenes.linear_algebra.lesson",
    cover={"relu": "bend", "all": "compare"},
)
