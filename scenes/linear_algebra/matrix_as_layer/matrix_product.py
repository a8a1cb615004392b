"""The product W x = y, the matrix's columns in their colours and every entry a part of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.linear_algebra.matrix_as_layer.numbers import MatrixAsLayerNumbers
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_number
from scenes.style.theme import COLUMN_ROLES, Role, Theme

FloatArray = npt.NDArray[np.float64]

_ROW_GAP = 0.45
_COLUMN_GAP, _NARROW_GAP = 0.6, 0.3
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
        numbers: MatrixAsLayerNumbers,
        *,
        size: float = FORMULA_SIZE,
        stacked: bool = False,
    ) -> None:
        """Write the product on one line, or W above x and y where the width is scarce."""
        self.rows, self.columns = rows, columns = numbers.rows, numbers.columns
        self.inputs = _entries(numbers.inputs, [f"x_{n + 1}" for n in range(columns)])
        self.outputs = _entries(numbers.outputs, [numbers.output_name(m) for m in range(rows)])
        entries = numbers.entries
        gap = _NARROW_GAP if max(len(str(entry)) for entry in entries.flat) > _LONG else _COLUMN_GAP
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
        # The numbers of y may be rounded.
        sign = math_equals(all(numbers.exact))
        w, x, y = (f"mat({style}, {entries})" for entries in (matrix, x, y))
        one_line = f"{w} {x} {sign} {y}"
        markup = f"W = {w} \\ bold(x) = {x} thick thick bold(y) {sign} {y}" if stacked else one_line
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
