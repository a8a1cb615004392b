"""One of the three: a chart, the weight that walks in it, and what is written about it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from nnmath import FloatArray
from scenes.families.walking_weight.descent import Descent, Goal
from scenes.learning.learning_rate.beyond import Beyond
from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.chart import Curve
from scenes.parts.charts.moving_chart import MovingChart
from scenes.stage.depths import over_veil
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_fixed
from scenes.style.theme import Role, Theme


class Panel(VGroup):
    """A walk in its chart.

    Attributes:
        chart, curve, goal: what stays.
        descent, beyond: where the weight is, in sight or out of it.
        heading: the learning rate, with a part `rate`.
    """

    def __init__(
        self,
        chart: MovingChart,
        theme: Theme,
        walk: Walk,
        goal: FloatArray,
        slope: str,
        weight: tuple[str, Role],
    ) -> None:
        """Prepare the walk.

        Args:
            goal: the lowest point of the curve, `(2,)` in data.
            slope: formula markup for the word slope.
            weight: formula markup for the weight that walks, and its colour.
        """
        super().__init__()
        self.chart, self.walk, self.theme = chart, walk, theme
        self.curve = Curve(chart, walk.curve[:, :2], theme["loss"])
        self.descent = Descent(chart, theme, walk, slope, rests=1)
        self.goal = Goal(chart, theme, goal)
        self.beyond = Beyond(chart, theme, walk, *weight)
        self.heading = Formula(
            f"eta = {named('rate', walk.rate_written)}", theme, size=1.1 * FORMULA_SIZE, role="step"
        )
        self.add(chart, self.curve, self.goal, self.descent, self.beyond)
        over_veil(self)
        self._apart = self.descent.label_places

    def head(self, region: Region, before: float) -> Self:
        """Put the heading into a region, with room for something before it, in scene units."""
        self.heading.fit(region.width - before, region.height)
        self.heading.stand_at(region.at(0.5, 0.0) + [before / 2, 0.0, 0.0])
        return self

    def label_from(self) -> FloatArray:
        """Return where the slope is written at the start, now that the chart stands elsewhere, `(1, 2)`."""
        return self.descent.resting_places()

    def redraw(self, label_at: FloatArray) -> Self:
        """Draw everything at the start again where the chart is now, the slope written at `(1, 2)`."""
        self.curve.show(1.0)
        self.goal.stand()
        self.descent.label_places = label_at
        self.descent.show(0.0)
        return self

    def show(self, progress: float) -> Self:
        """Show the walk after so many steps, or where it ended if it has taken fewer."""
        moment = self.descent.show(min(progress, float(len(self.walk.steps))))
        self.beyond.show(moment.weight, moment.lift)
        return self

    def slope_number(self) -> Formula:
        """Return the slope's number where the label has it, to fly from there."""
        label = self.descent.tangent.label
        number = Formula(
            math_fixed(self.walk.steps[0].slope, self.walk.places), self.theme, size=label.size, role="slope"
        )
        end = np.array([float(label.get_right()[0]), label.baseline, 0.0])
        return number.stand_at(end, RIGHT)
