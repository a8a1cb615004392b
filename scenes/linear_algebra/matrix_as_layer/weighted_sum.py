"""A neuron's weighted sum, written out term by term."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import AnimationGroup, VMobject

from scenes.linear_algebra.matrix_as_layer.flight import appear
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named
from scenes.style.numerals import math_factor, math_number
from scenes.style.theme import COLUMN_ROLES, Theme

FloatArray = npt.NDArray[np.float64]


class WeightedSum(Formula):
    """`y = w₁ x₁ + w₂ x₂ …`, every term in its column's colour; with numbers, the sum stands at the end.

    Attributes:
        terms: how many there are.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        row: int,
        terms: int,
        *,
        weights: FloatArray | None = None,
        inputs: FloatArray | None = None,
        total: float | None = None,
        sign: str = "=",
        size: float = FORMULA_SIZE,
        lines: int = 1,
    ) -> None:
        """Write the sum of row number `row`, in letters unless weights, inputs and their total are given.

        Weights and inputs are `(terms,)`; `sign` stands before the total, which may be rounded. Long terms
        may take several `lines`.
        """
        self.terms = terms
        self.numeric = weights is not None and inputs is not None and total is not None
        written = []
        breaks = {round(terms * k / lines) for k in range(1, lines)}
        for n in range(terms):
            if weights is not None and inputs is not None:
                first = math_factor(weights[n]) if n else math_number(weights[n])
                term = f"{first} dot {math_factor(inputs[n])}"
            else:
                term = f"w_({row}{n + 1}) x_{n + 1}"
            plus = f'class("binary", {named(f"plus{n}", "+")}) ' if n else ""
            cut = "\\ & " if n in breaks else ""
            written.append(cut + plus + named(f"term{n}", term))
        begin = "&" if lines > 1 else ""
        markup = f"{named('name', name)} {begin}{named('is', '=')} {' '.join(written)}"
        if total is not None:
            markup += f' class("relation", {named("equals", sign)}) {named("total", math_number(total))}'
        paint = {f"term{n}": COLUMN_ROLES[n] for n in range(terms)}
        super().__init__(markup, theme, size=size, paint=paint)

    def hide_terms(self) -> None:
        """Leave only the name and the sign of equality."""
        for n in range(self.terms):
            for part in self._term(n):
                part.set_fill(opacity=0.0)
        self.hide_total()

    def hide_total(self) -> None:
        """Leave out the number at the end."""
        if self.numeric:
            self.part("equals").set_fill(opacity=0.0)
            self.part("total").set_fill(opacity=0.0)

    def show_term(self, n: int, **options: Any) -> AnimationGroup:
        """Return the animation in which term n, counted from 0, joins the sum."""
        return AnimationGroup(*(appear(part, **options) for part in self._term(n)))

    def show_total(self, **options: Any) -> AnimationGroup:
        """Return the animation in which the number at the end appears."""
        return AnimationGroup(*(appear(self.part(name), **options) for name in ("equals", "total")))

    @property
    def result(self) -> VMobject:
        """What the sum comes to: the number at the end, or the name when there are only letters."""
        return self.part("total" if self.numeric else "name")

    def _term(self, n: int) -> list[VMobject]:
        return [self.part(name) for name in (f"plus{n}", f"term{n}") if self.has_part(name)]
