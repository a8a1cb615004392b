"""The losses of all walks against their steps, in one chart: lines, each with its dash and its mark."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import ManimColor, VGroup

from nnmath import FloatArray
from scenes.learning.learning_rate.marks import DASHES, dashed, marks_of
from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.moving_chart import MovingChart
from scenes.parts.marks.segments import Segments, clipped
from scenes.stage.depths import PANEL
from scenes.stage.drawn import Bounded
from scenes.style.colour import blend, rgb
from scenes.style.layout import Region
from scenes.style.theme import Theme

_WIDTH, _BEST_WIDTH = 4.5, 9.0
_MARK, _SHARE = 0.2, 0.8


class Race(VGroup, Bounded):
    """Marks that come from the curves of the walks, and the lines that join them.

    Attributes:
        chart: steps across, losses up.
        marks, lines: one of each for every walk.
        corners: where the lines turn, for every walk `(steps + 1, 2)` in scene units.
    """

    def __init__(
        self,
        chart: MovingChart,
        theme: Theme,
        walks: tuple[Walk, ...],
        origins: tuple[FloatArray, ...],
        bounds: Region,
    ) -> None:
        """Prepare the lines; `origins` are where the marks come from, `(steps + 1, 2)` in scene units."""
        super().__init__()
        self.chart, self.walks, self.bounds = chart, walks, bounds
        self.corners = [
            chart.to_scene(np.column_stack([np.arange(len(walk.path)), walk.path_losses])) for walk in walks
        ]
        size = min(_MARK, _SHARE * float(chart.units[0]))
        self.marks = VGroup(*(marks_of(theme, k, size, "faint") for k in range(len(walks))))
        self.lines = VGroup(*(Segments(theme["loss"], _WIDTH) for _ in walks))
        # What is above the chart has no mark; its line leads out of the picture.
        self._seen = [corners[:, 1] <= chart.inner.top for corners in self.corners]
        self._origins = origins
        self._inks = {role: rgb(theme[role]) for role in ("faint", "loss", "active")}
        self.add(self.lines, self.marks)
        self.set_z_index(PANEL + 3)
        self.marks.set_z_index(PANEL + 5)
        self.fly(0.0)

    def fly(self, share: float) -> Self:
        """Have the marks come this share of the way from the curves to their steps, and take their colour."""
        ink = ManimColor(blend(self._inks["loss"], self._inks["faint"], share))
        for marks, start, end, seen in zip(self.marks, self._origins, self.corners, self._seen, strict=True):
            marks.set_positions((start + share * (end - start))[seen]).set_stroke(ink)
        return self

    def draw(self, taken: float) -> Self:
        """Draw the lines as far as after so many steps."""
        for line, corners, dash in zip(self.lines, self.corners, DASHES, strict=True):
            steps = np.arange(len(corners))
            end = min(taken, float(steps[-1]))
            tip = [[np.interp(end, steps, corners[:, axis]) for axis in range(2)]]
            drawn = np.concatenate([corners[steps < end], tip])
            line.set_pieces(clipped(dashed(drawn, dash), self.chart.inner))
        return self

    def stress(self, best: tuple[int, ...], share: float) -> Self:
        """Widen the lines of the best walks, and light them up."""
        ink = ManimColor(blend(self._inks["active"], self._inks["loss"], share))
        for k in best:
            self.lines[k].set_stroke(ink, width=_WIDTH + share * (_BEST_WIDTH - _WIDTH))
            self.marks[k].set_stroke(ink)
        return self
