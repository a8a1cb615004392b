"""A weight on its way down a loss curve: the point with its tangent, the step as an arrow, and the trail."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.linear_algebra.gradient_descent.numbers import GradientDescentNumbers
from scenes.linear_algebra.gradient_descent.tangent import Tangent
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.drawn import BackdropGroup
from scenes.style.theme import Theme

# The diameter of the ring around the lowest point, and of the hole in it.
RING, _HOLE = 0.4, 0.3
# How high above the weight axis the arrow lies.
_OVER_AXIS = 0.3


class Descent(VGroup):
    """What shows where the weight stands after any number of steps, whole or not.

    Attributes:
        tangent, trail, feet, arrow: its drawing; the feet are dashed lines up to both ends of the arrow.
    """

    def __init__(self, chart: Chart, theme: Theme, numbers: GradientDescentNumbers, slope_name: str) -> None:
        """Prepare the descent; `slope_name` is formula markup for the word slope."""
        super().__init__()
        self.chart, self.numbers = chart, numbers
        self.tangent = Tangent(chart, theme, slope_name, places=numbers.places, flat=numbers.nearly_flat)
        self.trail = Dots(theme["faint"], 0.16).set_z_index(3)
        self.feet = Segments(theme["faint"], 3.0).set_z_index(1.5)
        self.arrow = Arrow(theme["step"], width=6.0, tip=0.22)
        self.arrow.set_z_index(3)
        self.add(self.tangent, self.trail, self.feet, self.arrow)
        self._label_places = self._resting_places()
        self.show(0.0)

    def _resting_places(self) -> FloatArray:
        """Return where the slope's label rests after each number of steps, `(steps + 1, 2)`."""
        numbers = self.numbers
        curve = self.chart.to_scene(numbers.curve[:, :2])
        places = []
        for weight in numbers.path:
            touch = float(weight), numbers.loss_at(weight), numbers.slope_at(weight)
            # Shown first, since the label is as wide as its number.
            places.append(self.tangent.show(*touch).free_place(*touch, curve))
        return np.array(places)

    def show(self, progress: float) -> int:
        """Show the descent after so many steps, and return which step that is part of, counted from 0."""
        numbers = self.numbers
        weight = numbers.weight_at(progress)
        # On arrival the step just made still shows: its sum is where the point stands.
        k = max(math.ceil(progress) - 1, 0)
        here, there = self._label_places[k], self._label_places[k + 1]
        label_at = here + (progress - k) * (there - here)
        self.tangent.show(weight, numbers.loss_at(weight), numbers.slope_at(weight), label_at)
        self.trail.set_positions(self._visited(0, int(progress) + 1))
        self._point_arrow(k)
        return k

    def _visited(self, first: int, end: int) -> FloatArray:
        """Return scene points `(n, 2)` of the curve where it was after `first` to less than `end` steps."""
        visited = np.column_stack([self.numbers.path, self.numbers.path_losses])
        return self.chart.to_scene(visited[first:end])

    def _point_arrow(self, k: int) -> None:
        """Lay step k as an arrow along the weight axis, with a dashed line up to both its ends."""
        floor, ends = self.chart.across, self._visited(k, k + 2)
        self.arrow.reach(*(np.array([x, floor + _OVER_AXIS]) for x in ends[:, 0]))
        lines = [dashes(np.array([x, floor]), np.array([x, y])) for x, y in ends]
        self.feet.set_pieces(np.concatenate(lines))


class Goal(VGroup):
    """A ring around a point of the chart, `(2,)` in data, and a dashed line up to it from the weight axis."""

    def __init__(self, chart: Chart, theme: Theme, point: FloatArray) -> None:
        place = chart.to_scene(point[None])
        line = Segments(theme["slope"], 4.0).set_z_index(2.5)
        line.set_pieces(dashes(np.array([place[0, 0], chart.across]), place[0]))
        outer = Dots(theme["slope"], RING).set_positions(place).set_z_index(2.6)
        inner = Dots(theme["background"], _HOLE).set_positions(place).set_z_index(2.7)
        super().__init__(line, outer, BackdropGroup(inner))
