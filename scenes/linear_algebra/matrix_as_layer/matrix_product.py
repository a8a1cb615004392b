"""The product W x = y, its columns in their colours and every entry a part of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named
from scenes.style.numerals import math_number
from scenes.style.theme import COLUMN_ROLES, Role, Theme

FloatArray = npt.NDArray[np.float64]

_ROW_GAP = 0.45
_COLUMN_GAP, _NARROW_GAP = 0.8, 0.3
# Entries of more letters than this stand closer together.
_LONG = 6


class MatrixProduct(Formula):
    """A matrix times a column, in letters or in numbers; rows and columns count from 0.

    Attributes:
        rows, columns: the matrix's shape.
        inputs, outputs: what the entries of x and y say, as formula markup.
    """

    def __init__(
        self,
        theme: Theme,
        rows: int,
        columns: int,
        *,
        weights: FloatArray | None = None,
        inputs: FloatArray | None = None,
        outputs: FloatArray | None = None,
        sign: str = "=",
        size: float = FORMULA_SIZE,
    ) -> None:
        """Write letters, or numbers: weights (rows, columns), inputs (columns,), outputs (rows,).

        `sign` stands before y, whose numbers may be rounded.
        """
        self.rows, self.columns = rows, columns
        names = ["y"] if rows == 1 else [f"y_{m + 1}" for m in range(rows)]
        self.inputs = _entries(inputs, [f"x_{n + 1}" for n in range(columns)])
        self.outputs = _entries(outputs, names)
        letters = [f"w_({m + 1}{n + 1})" for m in range(rows) for n in range(columns)]
        entries = np.array(_entries(weights, letters), dtype=object).reshape(rows, columns)
        gap = _NARROW_GAP if weights is not None and max(map(len, entries.flat)) > _LONG else _COLUMN_GAP
        style = f'delim: "[", row-gap: #{_ROW_GAP}em, column-gap: #{gap}em'
        # Room between the entries and the brackets for a frame around the entries.
        matrix = "; ".join(
            "med " + ", ".join(named(f"w{m},{n}", entry) for n, entry in enumerate(row)) + " med"
            for m, row in enumerate(entries)
        )
        x, y = (
            "; ".join(named(f"{letter}{k}", entry) for k, entry in enumerate(column))
            for letter, column in (("x", self.inputs), ("y", self.outputs))
        )
        paint: dict[str, Role] = {}
        for n in range(columns):
            paint.update(dict.fromkeys([f"x{n}", *(f"w{m},{n}" for m in range(rows))], COLUMN_ROLES[n]))
        markup = f"mat({style}, {matrix}) mat({style}, {x}) {sign} mat({style}, {y})"
        super().__init__(markup, theme, size=size, paint=paint)

    def entry(self, m: int, n: int) -> VMobject:
        """Return the weight in row m and column n."""
        return self.part(f"w{m},{n}")

    def row(self, m: int) -> list[VMobject]:
        """Return the weights in row m."""
        return [self.entry(m, n) for n in range(self.columns)]

    def column(self, n: int) -> list[VMobject]:
        """Return the weights in column n."""
        return [self.entry(m, n) for m in range(self.rows)]

    def input(self, n: int) -> VMobject:
        """Return entry n of x."""
        return self.part(f"x{n}")

    def output(self, m: int) -> VMobject:
        """Return entry m of y."""
        return self.part(f"y{m}")

    def hide_outputs(self) -> None:
        """Leave the brackets of y empty."""
        for m in range(self.rows):
            self.output(m).set_fill(opacity=0.0)


def _entries(values: FloatArray | None, letters: list[str]) -> list[str]:
    return letters if values is None else [math_number(float(value)) for value in np.asarray(values).ravel()]
