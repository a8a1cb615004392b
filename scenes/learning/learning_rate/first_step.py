"""The first step of a walk in numbers: how long it is, and where it leads."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

import numpy as np
from manim import LEFT, VGroup, VMobject

from scenes.learning.learning_rate.numbers import Walk
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_fixed
from scenes.style.theme import Role, Theme

# Before an equals sign, and from one line to the next, in ems; two equations stand farther apart than one.
_SIGN, _PITCH, _APART = 0.3, 1.15, 0.2
_CAPITAL = 0.72


class FirstStep(VGroup):
    """−η · slope = step, and below it weight + step = new weight, all as written.

    Attributes:
        product, step: the two sides of the first equation. weight, change, total: the terms of the second.
    """

    def __init__(
        self, theme: Theme, walk: Walk, lines: Literal["two", "many"], names: tuple[str, str] | None = None
    ) -> None:
        """Write the step in two lines, or nearly each number in a line of its own.

        Args:
            names: formula markup to write in place of the two factors, where they would be too long.
        """
        super().__init__()
        first, places = walk.steps[0], walk.places
        slope = math_fixed(first.slope, walk.slope_places)
        slope = f"({slope})" if first.slope < 0 else slope
        exact = Decimal(repr(first.step)) == -Decimal(repr(walk.learning_rate)) * Decimal(repr(first.slope))
        change = f"{'-' if first.step < 0 else '+'} med {math_fixed(abs(first.step), places)}"
        size = FORMULA_SIZE

        def side(markup: str, role: Role, **paint: Role) -> Formula:
            return Formula(markup, theme, size=size, role=role, paint=paint)

        rate, slope = names or (walk.rate_written, slope)
        self.product = side(f"-{named('rate', rate)} dot {named('slope', slope)}", "step", slope="slope")
        self.step = side(f"{math_equals(exact)} {math_fixed(first.step, places)}", "step")
        self.weight = side(math_fixed(first.weight, places), "text")
        self.change = side(change, "step")
        self.total = side(f"= {math_fixed(first.next_weight, places)}", "text")
        self.equations = [[self.product, self.step], [self.weight, self.change, self.total]]
        self._rows = self.equations if lines == "two" else [[each] for row in self.equations for each in row]
        self._breaks = 1 if lines == "two" else len(self.equations[0])
        self.add(*self.equations[0], *self.equations[1])
        self.set_z_index(PANEL)

    @property
    def needed(self) -> tuple[float, float]:
        """Width and height in full size, in scene units."""
        gap = _SIGN * FORMULA_SIZE
        widths = [sum(each.width for each in row) + gap * (len(row) - 1) for row in self._rows]
        ems = (len(self._rows) - 1) * _PITCH + _CAPITAL + _APART
        return max(widths), ems * FORMULA_SIZE

    def stand(self, region: Region, factor: float, align: float) -> Self:
        """Stand at the top of a region, smaller by a factor, at its left (-1) or in its middle (0)."""
        em = factor * FORMULA_SIZE
        baseline = region.top - _CAPITAL * em
        for k, row in enumerate(self._rows):
            if k == self._breaks:
                baseline -= _APART * em
            for side in row:
                side.scale(factor)
            width = sum(side.width for side in row) + _SIGN * em * (len(row) - 1)
            left = region.left if align < 0 else region.center[0] - width / 2
            for side in row:
                side.stand_at(np.array([left, baseline, 0.0]), LEFT)
                left += side.width + _SIGN * em
            baseline -= _PITCH * em
        return self

    def signs(self) -> list[VMobject]:
        """Return what of the product is neither the rate nor the slope."""
        factors = self.product.part("rate"), self.product.part("slope")
        return [each for each in self.product.submobjects if each not in factors]
