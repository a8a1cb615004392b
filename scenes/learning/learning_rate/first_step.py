"""The first step of a walk in numbers: how long it is, and where it leads."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import numpy as np
from manim import LEFT, VGroup

from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.writing.stack import stack
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_fixed
from scenes.style.theme import Theme

_LINE = 0.16


class FirstStep(VGroup):
    """−η · slope = step, and below it weight + step = new weight, all as written.

    Attributes:
        product, step: the two sides of the first equation. sum, total: those of the second.
    """

    def __init__(self, region: Region, theme: Theme, walk: Walk, lines: Literal["two", "four"]) -> None:
        """Write the step in two lines, or each side of both equations in a line of its own."""
        super().__init__()
        first, places = walk.steps[0], walk.places
        slope = math_fixed(first.slope, places)
        slope = f"({slope})" if first.slope < 0 else slope
        exact = Decimal(repr(first.step)) == -Decimal(repr(walk.learning_rate)) * Decimal(repr(first.slope))
        change = math_fixed(abs(first.step), places)
        sign = "-" if first.step < 0 else "+"
        rate = named("rate", walk.rate_written)
        parts = (
            (f"-{rate} dot {named('slope', slope)}", "step", {"slope": "slope"}),
            (f"{math_equals(exact)} {math_fixed(first.step, places)}", "step", {}),
            (f"{math_fixed(first.weight, places)} {sign} {named('step', change)}", "text", {"step": "step"}),
            (f"= {math_fixed(first.next_weight, places)}", "text", {}),
        )
        self.product, self.step, self.sum, self.total = (
            Formula(markup, theme, size=FORMULA_SIZE, role=role, paint=paint) for markup, role, paint in parts
        )
        self._stand(region, lines)
        self.add(self.product, self.step, self.sum, self.total)
        self.set_z_index(PANEL)

    def _stand(self, region: Region, lines: Literal["two", "four"]) -> None:
        sides = (self.product, self.step, self.sum, self.total)
        if lines == "four":
            rows = [VGroup(side) for side in sides]
        else:
            for left, right in ((self.product, self.step), (self.sum, self.total)):
                right.stand_at(np.array([float(left.get_right()[0]) + _LINE, left.baseline, 0.0]), LEFT)
            rows = [VGroup(*sides[:2]), VGroup(*sides[2:])]
        factor = min(1.0, region.width / max(row.width for row in rows))
        for side in rows:
            side.scale(factor)
        stack(region, rows, gap=0.1)
