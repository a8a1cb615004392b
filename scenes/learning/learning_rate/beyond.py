"""Where a walk is that has left the picture: an arrow at the chart's edge, with the weight."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.arrow import Arrow
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.numerals import math_fixed
from scenes.style.theme import Role, Theme

# From the point at the edge to the arrow's ends and to the number, in scene units.
_NEAR, _FAR, _BESIDE = 0.16, 0.42, 0.24


class Beyond(VGroup):
    """An arrow out of the chart along its curve, and the weight that is too far away to be shown.

    Attributes:
        arrow, label: its drawing; there is none while the weight is in sight.
    """

    def __init__(self, chart: Chart, theme: Theme, walk: Walk, name: str, role: Role) -> None:
        """Prepare the arrow; `name`, in the colour of `role`, is formula markup for the weight."""
        super().__init__()
        self.chart, self.walk, self.name = chart, walk, name
        self.arrow = Arrow(theme["text"], width=5.0, tip=0.18)
        self.label = Formula(f"{name} = 0", theme, size=LABEL_SIZE, role=role, halo=True)
        self.add(self.arrow, self.label)
        self.set_z_index(6)
        self.show(0.0, 0.0)

    def show(self, weight: float, lift: float) -> Self:
        """Tell where the weight is, if it is out of sight and on its curve, `lift` being 1 then."""
        low, high = self.chart.x_range
        side = 1 if weight > high else -1 if weight < low else 0
        if side == 0 or lift < 1.0:
            self.arrow.reach(np.zeros(2), np.zeros(2))
            self.label.set_opacity(0.0)
            return self
        edge = high if side > 0 else low
        place = self.chart.point(edge, self.walk.loss_at(edge))[:2]
        slope = self.chart.scene_slope(self.walk.slope_at(edge))
        along = side * np.array([1.0, slope]) / np.hypot(1.0, slope)
        self.arrow.reach(place + _NEAR * along, place + _FAR * along)
        text = f"{self.name} = {math_fixed(weight, self.walk.places)}"
        if self.label.source != text:
            self.label.rewrite(text)
        width = min(self.label.width, self.chart.inner.width - 2 * _BESIDE)
        self.label.fit(width)
        self.label.move_to([place[0] - side * (_BESIDE + width / 2), place[1], 0.0])
        self.label.set_opacity(1.0)
        return self
