"""Beside the chart an upright line for every function, on which its outputs are collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.numbers import ActivationFunctionsNumbers
from scenes.parts.charts.chart import Chart
from scenes.parts.charts.number_line import round_values
from scenes.parts.marks.segments import BackdropSegments, Segments
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

_GAP = 0.12
# How far names stand below the columns, and marks beside them.
_NAME, _ASIDE = 0.5, 0.14
# What parts the numbers beside the columns from the lines they name.
_BESIDE = 0.1
_SHRINK = 0.95


class OutputColumns(VGroup):
    """One column a function, each its line and its name; heights are those of the chart.

    Attributes:
        diameter: the largest at which the marks of every function, side by side, fit its column.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        chart: Chart,
        numbers: ActivationFunctionsNumbers,
        write: Callable[..., Formula],
        *,
        safe: Region,
        largest: float,
    ) -> None:
        """Set up the columns of all functions.

        Args:
            write: makes a formula of markup, in the scene's theme and language.
            safe: what names keep within.
            largest: the diameter of marks where there is room, in scene units.
        """
        super().__init__()
        self.theme, self.chart, self.numbers, self.write = theme, chart, numbers, write
        shares = [1.0] * len(numbers.functions)
        self.slots = region.columns(*shares, gap=_GAP)
        # The stage ends beyond where words may stand.
        named = replace(region, right=min(region.right, safe.right)).columns(*shares, gap=_GAP)
        for k, slot in enumerate(named):
            line = Segments(theme["muted"], 3.5).set_z_index(1)
            line.set_pieces(np.array([[[self.x(k), chart.inner.bottom], [self.x(k), chart.inner.top]]]))
            name = write(numbers.functions[k].call, size=LABEL_SIZE, halo=True)
            name.fit(slot.width)
            left = max(self.x(k), slot.left + name.width / 2)
            name.stand_at(np.array([left, chart.inner.bottom - _NAME, 0.0]))
            self.add(VGroup(line, name))
        self.diameter = self._largest_fit(largest)

    def x(self, index: int) -> float:
        """Return where a function's column stands, in scene units from the left."""
        return self.slots[index].left + _ASIDE

    def _largest_fit(self, diameter: float) -> float:
        room, numbers = self.slots[0].width - 2 * _ASIDE, self.numbers
        while True:
            width = diameter / self.chart.units[1]
            tallest = max(numbers.stacks(function, width).tallest for function in numbers.functions)
            if tallest * diameter <= room:
                return diameter
            diameter *= _SHRINK

    def places(self, index: int) -> FloatArray:
        """Return where a function's outputs are collected, side by side where equal, `(n, 2)`."""
        function = self.numbers.functions[index]
        levels = self.numbers.stacks(function, self.diameter / self.chart.units[1]).levels
        heights = _heights(self.chart, function.outputs)
        return np.column_stack([self.x(index) + _ASIDE + (levels + 0.5) * self.diameter, heights])

    def span(self, index: int) -> Segments:
        """Return the stretch of a column from a function's lowest to its highest output."""
        outputs = self.numbers.functions[index].outputs
        ends = _heights(self.chart, np.array([outputs.min(), outputs.max()]))
        span = Segments(self.theme["area"], 9.0)
        span.set_z_index(2.5)
        return span.set_pieces(np.column_stack([np.full(2, self.x(index)), ends])[None])

    def numbers_beside(self) -> VGroup:
        """Return the heights of the level lines as numbers on the left of the columns."""
        values, places = _round_heights(self.chart)
        right, numbers = self.slots[0].left - _BESIDE, VGroup()
        for value, height in zip(values, _heights(self.chart, values), strict=True):
            number = self.write(math_number(value, places), size=SMALL_SIZE, role="muted")
            numbers.add(number.move_to([right - number.width / 2, height, 0.0]))
        return numbers


def level_lines(chart: Chart, theme: Theme, left: float, right: float) -> Segments:
    """Return lines at a few round heights of a chart, behind all columns."""
    heights = _heights(chart, _round_heights(chart)[0])
    lines = BackdropSegments(theme["ghost"], 2.0)
    lines.set_z_index(-4)
    return lines.set_pieces(np.array([[[left, y], [right, y]] for y in heights]))


def _round_heights(chart: Chart) -> tuple[FloatArray, int]:
    """Return a few round values of y that a chart shows, `(k,)`, and the decimals they take."""
    values, _, places = round_values(*chart.y_range, 5)
    return values, places


def _heights(chart: Chart, values: FloatArray) -> FloatArray:
    """Return how high values of y `(k,)` stand, `(k,)` in scene units."""
    return chart.to_scene(np.column_stack([0 * values, values]))[:, 1]
