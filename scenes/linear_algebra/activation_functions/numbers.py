"""Activation functions: each bends a row of evenly spaced numbers in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from pydantic import Field, field_validator

from nnmath import Activation, FloatArray, find_activation, leaky_relu
from scenes.definition import SceneDefinition, SceneParameters
from scenes.parts.charts.stacking import Stacks, stack_scores
from scenes.style.numerals import math_equals, math_number, written

FunctionName: TypeAlias = Literal["relu", "leaky_relu", "sigmoid", "tanh"]

_ALL: tuple[FunctionName, ...] = ("relu", "leaky_relu", "sigmoid", "tanh")
# A curve is drawn through this many points, 0 among them, where ReLU has its corner.
_SAMPLES = 241
# How far a curve goes on beyond the outermost points, as a share of their reach.
_BEYOND = 0.08
# The least height of the chart in units, as a share of its width: no curve is drawn steeper than it helps.
_FLATTEST = 0.4
LEAK_PLACES = 3
_SLOWLY = ("row", "curve", "up", "over", "result")


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
        outputs: what it makes of the row, `(n,)`.
        markup: its formula. call: how it is written when applied, the argument left out.
    """

    name: FunctionName
    curve: FloatArray
    outputs: FloatArray
    markup: str
    call: str

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
    def extent(self) -> tuple[FloatArray, FloatArray]:
        """The lowest and highest coordinates of all curves, each `(2,)`."""
        curves = np.concatenate([function.curve for function in self.functions])
        return curves.min(axis=0), curves.max(axis=0)

    @property
    def window(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """What a chart shows of x and of y: all curves, and the row of numbers at y = 0."""
        low, high = np.minimum(self.extent[0], 0.0), self.extent[1]
        top = max(float(high[1]), float(low[1] + _FLATTEST * (high[0] - low[0])))
        return (float(low[0]), float(high[0])), (float(low[1]), top)

    def stacks(self, function: FunctionNumbers, width: float) -> Stacks:
        """Return how outputs that are nearer together than `width` stand side by side."""
        # A column of its own is centred on 0, where ReLU puts half of them.
        labels = np.zeros(len(self.inputs), dtype=np.int64)
        return stack_scores(function.outputs, labels, width=width, threshold=-width / 2)

    @property
    def examples(self) -> tuple[int, ...]:
        """Which inputs are written out in numbers: from far left to far right."""
        last = len(self.inputs) - 1
        return tuple(dict.fromkeys((0, last // 4, last - last // 4, last)))

    def captions(self) -> dict[str, str]:
        # Those of the beats that a single function has.
        name = self.functions[0].name
        up = "up-relu" if name == "relu" else "up"
        return {"curve": f"curve-{name}", "up": up, "result": f"result-{name}"}

    def results(self) -> dict[str, Any]:
        rows: dict[str, FloatArray] = {"inputs": self.inputs}
        rows.update((function.name, function.outputs) for function in self.functions)
        return {name: row.tolist() for name, row in rows.items()}


def _formulas(leak: float) -> Mapping[FunctionName, tuple[str, str]]:
    """Return each function's name and its right-hand side as formula markup."""
    return {
        "relu": ('upright("relu")', "max(0, x)"),
        "leaky_relu": ('upright("leaky")', f"max({math_number(leak, LEAK_PLACES)} x, x)"),
        "sigmoid": ("sigma", "frac(1, 1 + e^(-x))"),
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
                curve=np.column_stack([along, apply(along)]),
                outputs=apply(inputs),
                markup=f"{call}(x) = {rule}",
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
        "curve": ("curve-relu", "curve-leaky_relu", "curve-sigmoid", "curve-tanh"),
        "up": ("up", "up-relu"),
        "over": (),
        "result": ("result-relu", "result-leaky_relu", "result-sigmoid", "result-tanh"),
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
    cover={"relu": "over", "all": "compare"},
)
