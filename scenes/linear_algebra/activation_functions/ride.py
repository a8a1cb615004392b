"""A row of numbers on its way: up to a function's curve, over to the axis of outputs, and on to a column."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.numbers import ActivationFunctionsNumbers, FunctionNumbers
from scenes.parts.charts.chart import Chart, Curve
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.stage.motion import Drive
from scenes.style.theme import Theme

LARGEST_DOT = 0.2
# In Manim's unit, a hundredth of a scene unit.
_CURVE_WIDTH, _GUIDE_WIDTH = 6.0, 2.0
# Points of a guide at which it is looked for.
_ALONG = np.linspace(0.0, 1.0, 61)


class Ride:
    """One function at work on the row.

    Attributes:
        function: what it makes of the row.
        curve, marks, guides: its drawing; the marks stand on the x axis at first.
    """

    def __init__(
        self, chart: Chart, theme: Theme, inputs: FloatArray, function: FunctionNumbers, diameter: float
    ) -> None:
        """Make ready the ride of `inputs` (n,) as marks of a diameter in scene units."""
        self.chart, self.inputs, self.function = chart, inputs, function
        self.curve = Curve(chart, function.curve, theme["active"], width=_CURVE_WIDTH)
        self.curve.set_z_index(1.5)
        self.marks = Dots(theme["active"], diameter).set_z_index(3.5)
        self.marks.set_positions(self._row())
        self.guides = Segments(theme["faint"], _GUIDE_WIDTH).set_z_index(1)

    def _row(self) -> FloatArray:
        return self.chart.to_scene(np.column_stack([self.inputs, np.zeros_like(self.inputs)]))

    def rise(self, **options: Any) -> Drive:
        """Return the animation in which every mark goes from the x axis straight to the curve."""
        row = self._row()

        def show(share: float) -> None:
            here = self.chart.to_scene(np.column_stack([self.inputs, share * self.function.outputs]))
            self.marks.set_positions(here)
            self.guides.set_pieces(np.stack([row, here], axis=1))

        return Drive(VGroup(self.guides, self.marks), show, introducer=True, **options)

    def cross(self, **options: Any) -> Drive:
        """Return the animation in which every mark goes from the curve straight to the y axis."""
        start = self.chart.to_scene(np.column_stack([self.inputs, self.function.outputs]))
        upright = np.stack([self._row(), start], axis=1)

        def show(share: float) -> None:
            here = self.chart.to_scene(np.column_stack([(1 - share) * self.inputs, self.function.outputs]))
            self.marks.set_positions(here)
            self.guides.set_pieces(np.concatenate([upright, np.stack([start, here], axis=1)]))

        return Drive(VGroup(self.guides, self.marks), show, **options)

    def carry(self, places: FloatArray, diameter: float, **options: Any) -> Drive:
        """Return the animation in which the marks move to `places` (n, 2) and take another diameter."""
        start, first = self.marks.positions, self.marks.diameter

        def show(share: float) -> None:
            self.marks.set_positions(start + share * (places - start))
            self.marks.resize(first + share * (diameter - first))

        return Drive(self.marks, show, **options)


def drawn_later(numbers: ActivationFunctionsNumbers) -> list[tuple[FloatArray, float]]:
    """Return points `(n, 2)` of what will rest in the chart, in data, and how far it reaches around them."""
    inputs, functions = numbers.inputs, numbers.functions
    drawn = [(function.curve, _CURVE_WIDTH / 200) for function in functions]
    drawn.append((np.column_stack([inputs, np.zeros_like(inputs)]), LARGEST_DOT / 2))
    # Several functions follow each other so fast that marks and guides rest at none of them.
    if len(functions) == 1:
        guides = [np.column_stack([inputs, share * functions[0].outputs]) for share in _ALONG]
        drawn += [(guides[-1], LARGEST_DOT / 2), (np.concatenate(guides), _GUIDE_WIDTH / 200)]
    return drawn
