"""A matrix is a fully connected layer: entry (m, n) is the edge from neuron n to neuron m."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from nnmath.arrays import FloatArray
from nnmath.network import Layer, Network
from scenes.definition import SceneDefinition, SceneParameters
from scenes.style.numerals import all_written, math_factor, math_number, numeral, written, written_dot

MOST = 4
# The plane shows so many basis vectors at most, each with so many coordinates at most.
_MOST_LANDINGS, _MOST_ROWS = 3, 2
# Places that stand for any, in data units of axes without a unit.
_ANYWHERE = np.array([[1.7, 0.85], [0.6, 1.6], [1.0, -1.2]])
# With the most columns, numbers of more characters than this have one decimal.
_LONGEST_OF_MANY = 5

Weight: TypeAlias = Annotated[float, Field(ge=-999.99, le=999.99)]
Input: TypeAlias = Annotated[float, Field(ge=-999.99, le=999.99)]


class MatrixAsLayerParameters(SceneParameters):
    """Parameters of `matrix-as-layer`."""

    rows: int = Field(1, ge=1, le=MOST, description="rows of W, which are the output neurons")
    columns: int = Field(2, ge=1, le=MOST, description="columns of W, which are the input neurons")
    symbolic: bool | None = Field(
        None, description="letters instead of numbers; if left out, letters unless numbers are given"
    )
    weights: tuple[tuple[Weight, ...], ...] | None = Field(
        None, description="W, row by row; drawn from the seed if left out"
    )
    inputs: tuple[Input, ...] | None = Field(None, description="x; drawn from the seed if left out")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="seed of the numbers that are not given")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for name in ("weights", "inputs"):
            if self.symbolic and getattr(self, name) is not None:
                raise ValueError(f"{name} is given but symbolic is true: set symbolic=false to show numbers")
        if self.weights is not None:
            _check_count("weights", "row", len(self.weights), "rows", self.rows)
            for row in self.weights:
                _check_count("weights", "number", len(row), "columns", self.columns, of="in a row")
        if self.inputs is not None:
            _check_count("inputs", "number", len(self.inputs), "columns", self.columns)
        return self

    @property
    def in_letters(self) -> bool:
        """Whether letters stand for the numbers."""
        return self.weights is None and self.inputs is None if self.symbolic is None else self.symbolic


def _check_count(name: str, noun: str, given: int, size_name: str, size: int, of: str = "") -> None:
    """Raise ValueError unless parameter `name` has as many of `noun` as parameter `size_name` says."""
    if given == size:
        return
    has, needed = (f"{count} {noun}{'' if count == 1 else 's'}{of and ' ' + of}" for count in (given, size))
    other = f"set {size_name}={given} or " if 1 <= given <= MOST else ""
    raise ValueError(f"{name} has {has} but {size_name} is {size}: {other}give {needed}")


@dataclass(frozen=True)
class MatrixAsLayerNumbers:
    """The layer, and the arithmetic as it is shown.

    Attributes:
        rows, columns: the shape of W.
        network: the layer, without bias, or None when there are only letters.
        weights, inputs: as they are written, `(rows, columns)` and `(columns,)`.
        outputs: the product of what is written, `(rows,)`, written alike.
        exact: for every output, whether what is written is the product to the last digit.
    """

    rows: int
    columns: int
    network: Network | None = None
    weights: FloatArray | None = None
    inputs: FloatArray | None = None
    outputs: FloatArray | None = None
    exact: tuple[bool, ...] = ()

    @property
    def entries(self) -> npt.NDArray[np.object_]:
        """The entries of W as formula markup, letters or numbers, `(rows, columns)`."""
        entries = np.empty((self.rows, self.columns), dtype=object)
        for m, n in np.ndindex(entries.shape):
            letters = f"w_({m + 1}{n + 1})"
            entries[m, n] = letters if self.weights is None else math_number(float(self.weights[m, n]))
        return entries

    @property
    def tips(self) -> FloatArray | None:
        """Where i, j and k land, `(columns, 2)`; on a line, the second number is 0.

        None where there is no plane to land on. Letters stand for any numbers, and so do their places.
        """
        if self.rows > _MOST_ROWS or self.columns > _MOST_LANDINGS:
            return None
        tips = np.zeros((self.columns, 2))
        tips[:, : self.rows] = (
            _ANYWHERE[: self.columns, : self.rows] if self.weights is None else self.weights.T
        )
        return tips

    def product(self, m: int, n: int) -> str:
        """Return what runs along the edge from input n to output m, counted from 0, as formula markup."""
        if self.weights is None or self.inputs is None:
            return f"w_({m + 1}{n + 1}) x_{n + 1}"
        return f"{math_number(self.weights[m, n])} dot {math_factor(self.inputs[n])}"

    def output_name(self, m: int) -> str:
        """Return what output m, counted from 0, is called, as formula markup."""
        return "y" if self.rows == 1 else f"y_{m + 1}"

    def captions(self) -> dict[str, str]:
        single, landing = self.columns == 1, self.tips is not None
        return {
            "column": "column" if landing else "column-edges",
            "columns": "columns" if self.columns > 2 else "columns-two" if landing else "columns-two-edges",
            "row": "row-one" if single else "row",
            "output": "output-one" if single else "output",
            "rows": {1: "rows-one", 2: "rows-two"}.get(self.rows, "rows"),
        }

    def results(self) -> dict[str, Any]:
        shape = {"rows": self.rows, "columns": self.columns}
        if self.weights is None or self.inputs is None or self.outputs is None:
            return shape
        return {
            **shape,
            "weights": self.weights.tolist(),
            "inputs": self.inputs.tolist(),
            "outputs": self.outputs.tolist(),
        }


def compute(parameters: MatrixAsLayerParameters) -> MatrixAsLayerNumbers:
    """Return the layer that the parameters describe and what it makes of its inputs."""
    rows, columns = parameters.rows, parameters.columns
    if parameters.in_letters:
        return MatrixAsLayerNumbers(rows, columns)
    rng = np.random.default_rng(parameters.seed)
    drawn_weights, drawn_inputs = _halves(rng, (rows, columns)), _halves(rng, (columns,))
    given_weights = drawn_weights if parameters.weights is None else np.array(parameters.weights)
    given_inputs = drawn_inputs if parameters.inputs is None else np.array(parameters.inputs)
    places = _places(given_weights, given_inputs)
    weights, inputs = all_written(given_weights, places), all_written(given_inputs, places)
    network = Network((Layer(weights, np.zeros(rows)),))
    sums = [written_dot(row, inputs) for row in weights]
    outputs = all_written([float(total) for total in sums])
    exact = tuple(total == written(output) for total, output in zip(sums, outputs.tolist(), strict=True))
    return MatrixAsLayerNumbers(rows, columns, network, weights, inputs, outputs, exact)


def _places(weights: FloatArray, inputs: FloatArray) -> int:
    """Return the decimals that leave numbers large enough to be read in the narrowest frame."""
    longest = max(len(numeral(float(value))) for value in (*weights.flat, *inputs))
    return 1 if len(inputs) == MOST and longest > _LONGEST_OF_MANY else 2


def _halves(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return multiples of one half between −3 and 3, none of them nought, so that sums have few decimals."""
    sizes = rng.integers(1, 7, shape) / 2
    signs: FloatArray = rng.choice([-1.0, 1.0], shape)
    return sizes * signs


def beats_of(parameters: MatrixAsLayerParameters) -> tuple[str, ...]:
    """Return the beats that play: a single column has no others."""
    beats = ("inputs", "column", "columns", "row", "output", "rows", "words")
    return beats if parameters.columns > 1 else tuple(beat for beat in beats if beat != "columns")


DEFINITION = SceneDefinition(
    home=__name__,
    name="matrix-as-layer",
    summary="A matrix is a fully connected layer: its rows feed neurons, its columns leave them.",
    parameters=MatrixAsLayerParameters,
    presets={
        "1x2-symbolic": {},
        "1x2-numbers": {"weights": [[1, 5]], "inputs": [3, 3]},
        "2x2-symbolic": {"rows": 2},
        "2x3-symbolic": {"rows": 2, "columns": 3},
        "random": {"rows": 3, "columns": 3, "symbolic": False, "seed": 19},
    },
    beats={
        "inputs": (),
        "column": ("column", "column-edges"),
        "columns": ("columns", "columns-two", "columns-two-edges"),
        "row": ("row", "row-one"),
        "output": ("output", "output-one"),
        "rows": ("rows", "rows-two", "rows-one"),
        "words": (),
    },
    compute=compute,
    captions=MatrixAsLayerNumbers.captions,
    drawing="drawing:MatrixAsLayer",
    lesson="scenes.linear_algebra.lesson",
    beats_of=beats_of,
    cover={"": "column", "random": "rows"},
)
