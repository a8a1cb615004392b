"""A step in numbers: weight, slope, learning rate, and what they come to."""

from __future__ import annotations

from typing import Literal

from scenes.linear_algebra.gradient_descent.number_table import NumberTable
from scenes.linear_algebra.gradient_descent.numbers import GradientDescentNumbers, Step
from scenes.style.layout import Region
from scenes.style.numerals import math_fixed, math_number
from scenes.style.theme import Role, Theme


class StepTable(NumberTable):
    """One step at a time; as written, weight and change add up to the new weight."""

    def __init__(
        self,
        region: Region,
        theme: Theme,
        numbers: GradientDescentNumbers,
        name: str,
        flow: Literal["down", "across"],
    ) -> None:
        """Make a table with room for every step; `name` is the weight's, as formula markup."""
        self.numbers = numbers
        slope = f"(dif L)/(dif {name})"
        symbols: list[tuple[str, Role]] = [
            (name, "text"),
            (slope, "slope"),
            ("eta", "text"),
            (f"-eta {slope}", "step"),
            (f'{name}^"new"', "text"),
        ]
        longest = max((text for step in numbers.steps for text in self._written(step)), key=len)
        super().__init__(region, theme, symbols, longest, flow=flow, summed=True)

    def _written(self, step: Step) -> list[str]:
        values = (step.weight, step.slope, step.step, step.next_weight)
        return [math_fixed(value, self.numbers.places) for value in values]

    def write_step(self, step: Step, role: Role) -> None:
        """Write a step's numbers; `role` is the colour of its slope."""
        weight, slope, change, new = self._written(step)
        self.colour(1, role)
        rate = math_number(self.numbers.learning_rate, self.numbers.rate_places)
        self.write([weight, slope, rate, change, new])

    def write_arrival(self, role: Role) -> None:
        """Write weight and slope where the last step ended, in place of that step's."""
        weight = float(self.numbers.path[-1])
        places = self.numbers.places
        self.colour(1, role)
        self.write([math_fixed(weight, places), math_fixed(self.numbers.slope_at(weight), places)])
