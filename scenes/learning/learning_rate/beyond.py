"""Where a walk is that has left the picture: an arrow at the chart's edge, with the weight."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.arrow import Arrow
from scenes.parts.writing.placing import Obstacle, boxes_at, grown, kept_within, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.numerals import math_fixed
from scenes.style.theme import Role, Theme

# From the point at the edge to the arrow's ends, in scene units.
_NEAR, _FAR = 0.14, 0.36
# What the weight keeps from the point, from the curve and from the ring, and from the axis with its arrow.
_BESIDE, _CLEAR, _RING, _ABOVE = 0.22, 0.08, 0.3, 0.3
_GRID = 13
# Wider than this share of its room the weight stands without its name.
_MOST_SHRUNK = 1.1


class Beyond(VGroup):
    """An arrow out of the chart along its curve, and the weight that is too far away to be shown.

    Attributes:
        arrow, label: its drawing; there is none while the weight is in sight.
    """

    def __init__(
        self, chart: Chart, theme: Theme, walk: Walk, name: str, role: Role, goal: FloatArray
    ) -> None:
        """Prepare the arrow.

        Args:
            name: formula markup for the weight, in the colour of `role`.
            goal: the lowest point, `(2,)` in data, which is ringed.
        """
        super().__init__()
        self.chart, self.walk, self.name = chart, walk, name
        self.arrow = Arrow(theme["text"], width=5.0, tip=0.18)
        low, high = chart.x_range
        self._far = [weight for weight in walk.path.tolist() if not low <= weight <= high]
        self.label = Formula(self._longest(), theme, size=LABEL_SIZE, role=role, halo=True)
        room = chart.inner.width - _BESIDE - _CLEAR
        if self.label.width > _MOST_SHRUNK * room:
            # The number alone, in the weight's colour.
            self.name = ""
            self.label.rewrite(self._longest())
        self.label.fit(room)
        self._places = {side: self._free_place(side, goal) for side in (-1, 1) if self._far}
        self.add(self.arrow, self.label)
        self.set_z_index(6)
        self.show(float(walk.path[0]), 0.0)

    def _text(self, weight: float) -> str:
        number = math_fixed(weight, self.walk.places)
        return f"{self.name} = {number}" if self.name else number

    def _longest(self) -> str:
        return max((self._text(weight) for weight in self._far), key=len, default=self.name)

    def _edge(self, side: int) -> FloatArray:
        """Return where the curve leaves the chart at the left (-1) or the right (1), `(2,)`."""
        weight = self.chart.x_range[(side + 1) // 2]
        return self.chart.point(weight, self.walk.loss_at(weight))[:2]

    def _free_place(self, side: int, goal: FloatArray) -> FloatArray:
        """Return the middle of the longest label, `(2,)`, near an edge and clear of what is drawn."""
        edge, inner, chart = self._edge(side), self.chart.inner, self.chart
        curve = boxes_at(chart.to_scene(self.walk.curve[:, :2]))
        drawn = [Obstacle(grown(curve, _CLEAR)), Obstacle(boxes_at(chart.to_scene(goal[None])), reach=_RING)]
        drawn.append(Obstacle(boxes_at(edge[None]), reach=_BESIDE))
        room = Region(inner.left + _CLEAR, inner.bottom + _ABOVE, inner.right - _CLEAR, inner.top)
        across, up = np.meshgrid(
            np.linspace(room.left, room.right, _GRID), np.linspace(room.bottom, room.top, _GRID)
        )
        size = size_of(self.label)
        places = kept_within(np.column_stack([across.ravel(), up.ravel()]), size, room)
        return place(size, places, drawn, costs=np.hypot(*(places - edge).T)).middle

    def show(self, weight: float, lift: float) -> Self:
        """Tell where the weight is if it is out of sight and on its curve, `lift` being 1 then."""
        low, high = self.chart.x_range
        side = 1 if weight > high else -1 if weight < low else 0
        if side == 0 or lift < 1.0 or not self._far:
            self.arrow.reach(np.zeros(2), np.zeros(2))
            self.label.set_opacity(0.0)
            return self
        edge = self._edge(side)
        slope = self.chart.scene_slope(self.walk.slope_at(low if side < 0 else high))
        along = side * np.array([1.0, slope]) / np.hypot(1.0, slope)
        self.arrow.reach(edge + _NEAR * along, edge + _FAR * along)
        self.label.rewrite(self._text(weight))
        self.label.move_to(np.append(self._places[side], 0.0))
        self.label.set_opacity(1.0)
        return self
