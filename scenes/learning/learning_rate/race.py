"""The losses of all walks against their steps, in one chart: as many lines, each with its dash and its mark."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import ManimColor, VGroup

from nnmath import FloatArray
from scenes.learning.learning_rate.numbers import Walk
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.rings import Rings
from scenes.parts.marks.segments import Segments, clipped
from scenes.stage.depths import PANEL
from scenes.style.colour import blend, rgb
from scenes.style.theme import Theme

# The length of a dash and of the gap behind it, in scene units; a line without gaps has none.
_DASHES: tuple[tuple[float, float] | None, ...] = ((0.02, 0.13), None, (0.22, 0.14))
_WIDTH, _BEST_WIDTH = 4.5, 9.0
_MARK, _SHARE = 0.2, 0.8
# A ring's own width and what it keeps clear, for a ring as large as a mark.
_RING = 0.14
# The length of a sample of a line, and the room that it takes beside a heading.
SAMPLE, SAMPLE_ROOM = 0.7, 0.9


class Race(VGroup):
    """Marks that come from the curves of the walks, and the lines that join them.

    Attributes:
        chart: steps across, losses up.
        marks, lines: one of each for every walk.
        samples: a mark on a piece of its line, one for every walk.
    """

    def __init__(
        self, chart: Chart, theme: Theme, walks: tuple[Walk, ...], origins: tuple[FloatArray, ...]
    ) -> None:
        """Prepare the lines; `origins` are where the marks come from, `(steps + 1, 2)` in scene units."""
        super().__init__()
        self.chart, self.walks = chart, walks
        self.corners = [
            chart.to_scene(np.column_stack([np.arange(len(walk.path)), walk.path_losses])) for walk in walks
        ]
        size = min(_MARK, _SHARE * float(chart.units[0]))
        self.marks = VGroup(*(_marks(theme, k, size) for k in range(len(walks))))
        self.lines = VGroup(*(Segments(theme["loss"], _WIDTH) for _ in walks))
        # What is above the chart has no mark; its line leads out of the picture.
        self._seen = [corners[:, 1] <= chart.inner.top for corners in self.corners]
        self._origins = origins
        self._inks = rgb(theme["loss"]), rgb(theme["active"])
        self.samples = [self._sample(theme, k) for k in range(len(walks))]
        self.add(self.lines, self.marks)
        self.set_z_index(PANEL + 3)
        self.marks.set_z_index(PANEL + 5)
        self.fly(0.0)

    def fly(self, share: float) -> Self:
        """Have the marks come this share of the way from the curves to their steps."""
        for marks, start, end, seen in zip(self.marks, self._origins, self.corners, self._seen, strict=True):
            marks.set_positions((start + share * (end - start))[seen])
        return self

    def draw(self, taken: float) -> Self:
        """Draw the lines as far as after so many steps."""
        for line, corners, dash in zip(self.lines, self.corners, _DASHES, strict=True):
            steps = np.arange(len(corners))
            end = min(taken, float(steps[-1]))
            tip = [[np.interp(end, steps, corners[:, axis]) for axis in range(2)]]
            drawn = np.concatenate([corners[steps < end], tip])
            line.set_pieces(clipped(dashed(drawn, dash), self.chart.inner))
        return self

    def stress(self, best: tuple[int, ...], share: float) -> Self:
        """Widen the lines of the best walks, and light them up."""
        ink = ManimColor(blend(*self._inks, share))
        for k in best:
            self.lines[k].set_stroke(ink, width=_WIDTH + share * (_BEST_WIDTH - _WIDTH))
            for mark in (self.marks[k], *self.samples[k]):
                mark.set_stroke(ink)
        return self

    def _sample(self, theme: Theme, k: int) -> VGroup:
        line = Segments(theme["loss"], _WIDTH).set_pieces(
            dashed(np.array([[-SAMPLE / 2, 0.0], [SAMPLE / 2, 0.0]]), _DASHES[k])
        )
        mark = _marks(theme, k, _MARK).set_positions(np.zeros((1, 2)))
        sample = VGroup(line, mark).set_z_index(PANEL)
        mark.set_z_index(PANEL + 1)
        return sample


def _marks(theme: Theme, k: int, size: float) -> Dots:
    """Return round marks, square ones, or rings."""
    if k == 2:
        return Rings(theme, size - _RING, "loss")
    return Dots(theme["loss"], size, square=k == 1)


def dashed(corners: FloatArray, dash: tuple[float, float] | None) -> FloatArray:
    """Return the pieces `(m, 2, 2)` of a line through corners `(n, 2)`, dashed all along, or whole."""
    lengths = np.hypot(*np.diff(corners, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    cuts = along
    if dash is not None:
        starts = np.arange(0.0, along[-1], sum(dash))
        cuts = np.unique(np.concatenate([along, starts, np.minimum(starts + dash[0], along[-1])]))
    kept, corner = np.unique(along, return_index=True)
    points = np.column_stack([np.interp(cuts, kept, corners[corner, axis]) for axis in range(2)])
    pieces = np.stack([points[:-1], points[1:]], axis=1)
    if dash is None:
        return pieces
    middles = (cuts[:-1] + cuts[1:]) / 2
    drawn: FloatArray = pieces[middles % sum(dash) < dash[0]]
    return drawn
