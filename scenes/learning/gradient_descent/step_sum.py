"""A step in numbers: the weight, what is added to it, and what they come to."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from manim import RIGHT, VGroup

from scenes.families.walking_weight.walk import Step
from scenes.learning.gradient_descent.numbers import GradientDescentNumbers
from scenes.parts.marks.segments import Segments
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_fixed
from scenes.style.theme import Role, Theme

_ROLES: tuple[Role, Role, Role] = ("text", "step", "text")
# What parts two terms, and a number from its name, in scene units.
_APART, _BELOW, _BESIDE = 0.45, 0.26, 0.4


class StepSum(VGroup):
    """One step at a time; as written, weight and step add up to the new weight.

    Across, every number stands below its name; down, beside it, and a line parts off the sum.

    Attributes:
        terms: the weight, the step and the new weight, name and number together.
        names, values: one formula a term; the sign of a sum is part of the number.
        rule: the line before the sum, downwards.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        numbers: GradientDescentNumbers,
        name: tuple[str, Role],
        slope: str,
        flow: Literal["down", "across"],
    ) -> None:
        """Make a sum with room for every step; `name`, with its colour, and `slope` are formula markup."""
        super().__init__()
        self.numbers, self.flow = numbers, flow
        symbol, role = name
        named: tuple[tuple[str, Role], ...] = (
            (symbol, role),
            (f"-eta dot {slope}", "step"),
            (f'{symbol}^"new"', role),
        )
        longest = [self._longest(k) for k in range(3)]
        self._equals = "= " if flow == "across" else ""
        self.names = [Formula(markup, theme, size=FORMULA_SIZE, role=role) for markup, role in named]
        self.values = [
            Formula(self._equals + text if k == 2 else text, theme, size=FORMULA_SIZE, role=role)
            for k, (text, role) in enumerate(zip(longest, _ROLES, strict=True))
        ]
        self.rule = Segments(theme["muted"], 3.0)
        self.terms = [VGroup(*pair) for pair in zip(self.names, self.values, strict=True)]
        self.add(*self.terms, self.rule)
        if flow == "across":
            self._stand_across(region)
        else:
            self._stand_down(region)
        self.set_z_index(PANEL)
        self._anchors = [float((v.get_right() if flow == "down" else v.get_left())[0]) for v in self.values]
        self.write(numbers.steps[0])

    def _longest(self, term: int) -> str:
        return max((self._written(step)[term] for step in self.numbers.steps), key=len)

    def _written(self, step: Step) -> tuple[str, str, str]:
        places = self.numbers.places
        change = math_fixed(abs(step.step), places)
        return (
            math_fixed(step.weight, places),
            f"{'+' if step.step > 0 else '-'} {change}",
            math_fixed(step.next_weight, places),
        )

    def _stand_across(self, region: Region) -> None:
        widths = [max(term[0].width, term[1].width) for term in self.terms]
        heights = [max(part.height for part in row) for row in (self.names, self.values)]
        needed = sum(widths) + 2 * _APART, sum(heights) + _BELOW
        factor = min(1.0, region.width / needed[0], region.height / needed[1])
        left, baselines = region.left, (region.top - factor * heights[0], region.bottom)
        spare = min(0.35, (region.width - factor * needed[0]) / 2)
        for term, width in zip(self.terms, widths, strict=True):
            for part, baseline in zip(term, baselines, strict=True):
                part.scale(factor)
                part.stand_at(np.array([left, baseline + 0.06, 0.0]), -RIGHT)
            left += factor * (width + _APART) + spare

    def _stand_down(self, region: Region) -> None:
        width = max(part.width for part in self.names) + max(part.width for part in self.values) + _BESIDE
        heights = [max(term[0].height, term[1].height) for term in self.terms]
        factor = min(1.0, region.width / width, region.height / (sum(heights) + 3 * _BELOW))
        gap = min((region.height - factor * sum(heights)) / 2, 0.3)
        top = region.top
        for k, (term, height) in enumerate(zip(self.terms, heights, strict=True)):
            name, value = (part.scale(factor) for part in term)
            baseline = top - factor * height
            name.stand_at(np.array([region.left, baseline, 0.0]), -RIGHT)
            value.stand_at(np.array([region.right, baseline, 0.0]), RIGHT)
            top = baseline - gap
            if k == 1:
                y = baseline - 0.5 * gap
                self.rule.set_pieces(np.array([[[region.left, y], [region.right, y]]]))

    def write(self, step: Step) -> Self:
        """Write a step's numbers in their places."""
        weight, change, new = self._written(step)
        texts = (weight, change, self._equals + new)
        for value, text, anchor in zip(self.values, texts, self._anchors, strict=True):
            self._rewrite(value, text, anchor)
        return self

    def write_arrival(self) -> Self:
        """Write the weight at which the last step ended in place of the one from which it went."""
        weight, (value, x) = float(self.numbers.path[-1]), (self.values[0], self._anchors[0])
        self._rewrite(value, math_fixed(weight, self.numbers.places), x)
        return self

    def _rewrite(self, value: Formula, text: str, anchor: float) -> None:
        """Write another number in a place, from or up to the same edge."""
        if value.source != text:
            value.rewrite(text)
            edge = value.get_right() if self.flow == "down" else value.get_left()
            value.shift(RIGHT * (anchor - float(edge[0])))
