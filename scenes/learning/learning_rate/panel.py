"""One of the three: a chart, the weight that walks in it, and what is written about it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from nnmath import FloatArray
from scenes.families.walking_weight.descent import Descent
from scenes.learning.learning_rate.beyond import Beyond
from scenes.learning.learning_rate.marks import DASHES, dashed, marks_of
from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.chart import Curve
from scenes.parts.charts.moving_chart import MovingChart
from scenes.parts.marks.rings import Rings
from scenes.parts.marks.segments import Segments
from scenes.stage.depths import PANEL, over_veil
from scenes.stage.drawn import Bounded
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_fixed
from scenes.style.theme import Role, Theme

# The ring around the lowest point is as large as what it goes around and its own width.
RING = 0.36
_AROUND, _TRAIL = 0.19, 0.17
_MARK = 0.2
# What a sample of a walk's line keeps from its heading, in scene units.
_APART = 0.16
# A label may take this share of the chart's width.
_LABEL_SHARE = 0.75


class Panel(VGroup, Bounded):
    """A walk in its chart.

    Attributes:
        chart, curve, goal: what stays.
        descent, beyond: where the weight is, in sight or out of it.
        labelled: whether the chart is wide enough, when apart, for the slope to be written in it.
        heading: the learning rate, with a part `rate`.
        mark, sample: before the heading, the walk's mark and a piece of its line.
    """

    def __init__(
        self,
        chart: MovingChart,
        theme: Theme,
        walk: Walk,
        goal: FloatArray,
        slope: str,
        weight: tuple[str, Role],
        *,
        rank: int,
        bounds: Region,
    ) -> None:
        """Prepare the walk.

        Args:
            rank: which of the walks it is, from 0.
            bounds: what all charts keep within.
            goal: the lowest point of the curve, `(2,)` in data.
            slope: formula markup for the word slope.
            weight: formula markup for the weight that walks, and its colour.
        """
        super().__init__()
        self.chart, self.walk, self.theme, self.bounds = chart, walk, theme, bounds
        self.curve = Curve(chart, walk.curve[:, :2], theme["loss"])
        trail = marks_of(theme, rank, _TRAIL, "faint")
        self.descent = Descent(chart, theme, walk, slope, rests=1, trail=trail, pile=False)
        self._lowest = goal
        self.goal = Rings(theme, _AROUND, "active").set_z_index(2.6)
        # The curve stands still below all that moves.
        self.descent.foot.set_z_index(2.65)
        self.beyond = Beyond(chart, theme, walk, *weight, goal)
        self.heading = Formula(
            f"eta = {named('rate', walk.rate_written)}", theme, size=1.1 * FORMULA_SIZE, role="step"
        )
        self.mark = marks_of(theme, rank, _MARK, "faint").set_z_index(PANEL + 1)
        self.sample = Segments(theme["loss"], 4.5).set_z_index(PANEL)
        self._dash = DASHES[rank]
        self.add(chart, self.curve, self.goal, self.descent, self.beyond)
        over_veil(self)
        self.labelled = self.descent.tangent.label.width <= _LABEL_SHARE * chart.inner.width

    def head(self, region: Region, factor: float, before: float, align: float) -> Self:
        """Put the heading into a region, smaller by a factor, its mark before it.

        Args:
            before: the room for the mark and the sample of its line, in scene units.
            align: -1 to stand at the left, 0 in the middle.
        """
        self.heading.scale(factor)
        width = before + self.heading.width
        left = region.left if align < 0 else region.center[0] - width / 2
        self.heading.stand_at(np.array([left + before, region.bottom + 0.04, 0.0]), LEFT)
        length = before - _APART
        middle = np.array([left + length / 2, self.heading.get_center()[1]])
        self.mark.set_positions(middle[None])
        self.sample.set_pieces(dashed(middle + np.array([[-0.5, 0.0], [0.5, 0.0]]) * length, self._dash))
        return self

    @property
    def heading_needed(self) -> tuple[float, float]:
        """Width and height of the heading in full size, without what is before it, in scene units."""
        return self.heading.width, self.heading.height

    def label_from(self) -> FloatArray:
        """Return where the slope is written at the start, now that the chart stands elsewhere, `(1, 2)`."""
        return self.descent.resting_places()

    def split_off(self) -> Self:
        """Write no slope any more if the chart, when apart, is too narrow for it."""
        if not self.labelled:
            self.descent.rests = 0
        return self

    def redraw(self, label_at: FloatArray) -> Self:
        """Draw everything at the start again where the chart is now, the slope written at `(1, 2)`."""
        self.curve.show(1.0)
        self.goal.set_positions(self.chart.to_scene(self._lowest[None]))
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
        if not self.labelled:
            label.move_to(np.append(self.descent.point.positions[0], 0.0))
        number = Formula(
            math_fixed(self.walk.steps[0].slope, self.walk.slope_places),
            self.theme,
            size=label.size,
            role="slope",
        )
        end = np.array([float(label.get_right()[0]), label.baseline, 0.0])
        return number.stand_at(end, RIGHT)
