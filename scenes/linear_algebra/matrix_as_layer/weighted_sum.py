"""A neuron's weighted sum, written out term by term."""

from __future__ import annotations

from typing import Any

from manim import AnimationGroup, VMobject

from scenes.linear_algebra.matrix_as_layer.numbers import MatrixAsLayerNumbers
from scenes.parts.writing.flight import appear
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_factor, math_number
from scenes.style.theme import COLUMN_ROLES, Theme

MOST_LINES = 3


class WeightedSum(Formula):
    """`y = w₁ x₁ + w₂ x₂ …`, every term in its column's colour; with numbers, the sum stands at the end.

    Attributes:
        terms: how many there are. lines: on how many lines they stand.
    """

    def __init__(
        self,
        theme: Theme,
        numbers: MatrixAsLayerNumbers,
        m: int,
        *,
        size: float = FORMULA_SIZE,
        lines: int = 1,
    ) -> None:
        """Write the sum that output m, counted from 0, comes to, in letters if there are no numbers."""
        weights, inputs, outputs = numbers.weights, numbers.inputs, numbers.outputs
        self.terms = terms = numbers.columns
        self.numeric, self.lines = outputs is not None, lines
        written = []
        breaks = {round(terms * k / lines) for k in range(1, lines)}
        for n in range(terms):
            if weights is not None and inputs is not None:
                first = math_factor(weights[m, n]) if n else math_number(weights[m, n])
                term = f"{first} dot {math_factor(inputs[n])}"
            else:
                term = f"w_({m + 1}{n + 1}) x_{n + 1}"
            plus = f'class("binary", {named(f"plus{n}", "+")}) ' if n else ""
            cut = "\\ & " if n in breaks else ""
            written.append(cut + plus + named(f"term{n}", term))
        begin = "&" if lines > 1 else ""
        markup = f"{named('name', numbers.output_name(m))} {begin}{named('is', '=')} {' '.join(written)}"
        if outputs is not None:
            sign, total = math_equals(numbers.exact[m]), math_number(outputs[m])
            markup += f' class("relation", {named("equals", sign)}) {named("total", total)}'
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

    def show_term(self, n: int, *, flying: bool = False, **options: Any) -> list[Drive]:
        """Return the animations in which term n, counted from 0, joins; its sign alone if it flies."""
        parts = [part for part in self._term(n) if not (flying and part is self.term(n))]
        return [appear(part, **options) for part in parts]

    def show_total(self, **options: Any) -> AnimationGroup:
        """Return the animation in which the number at the end appears."""
        return AnimationGroup(*(appear(self.part(name), **options) for name in ("equals", "total")))

    @property
    def result(self) -> VMobject:
        """What the sum comes to: the number at the end, or the name when there are only letters."""
        return self.part("total" if self.numeric else "name")

    def term(self, n: int) -> VMobject:
        """Return term n, counted from 0, without its sign."""
        return self.part(f"term{n}")

    def _term(self, n: int) -> list[VMobject]:
        return [self.part(name) for name in (f"plus{n}", f"term{n}") if self.has_part(name)]


def weighted_sums(
    theme: Theme, numbers: MatrixAsLayerNumbers, *, size: float, least: float, room: float
) -> list[WeightedSum]:
    """Return the sum of every output, all on as few lines as suit.

    Args:
        size, least: the em, and the least em that can be read, in scene units.
        room: the width to which they will shrink.
    """
    sums: list[WeightedSum] = []
    for lines in range(1, MOST_LINES + 1):
        sums = [WeightedSum(theme, numbers, m, size=size, lines=lines) for m in range(numbers.rows)]
        if room / max(written.width for written in sums) >= least / size:
            break
    return sums
