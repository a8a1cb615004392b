"""The curve −log p, a point that slides along it, and what it reads."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath import FloatArray, negative_log
from scenes.learning.loss.numbers import CHANCE_PLACES
from scenes.learning.loss.reading import brief
from scenes.parts.charts.chart import Chart
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, clipped, dashes, polyline
from scenes.parts.plane.view import View, Viewed
from scenes.style.layout import Region
from scenes.style.numerals import fixed, shown
from scenes.style.theme import Theme

_SAMPLES = 240
_POINT, _MARK = 0.26, 0.2


class LogCurve(VGroup, Viewed):
    """−log p over p, drawn from 1 down to wherever a point has come.

    Attributes:
        chance: p at the point, with as many decimals as are written. cost: −log p there.
        curve, point, drop, level: its drawing; the level reaches from the point as far as it is told.
        marks: points that stay on the curve.
    """

    def __init__(self, chart: Chart, theme: Theme, room: Region, window: Region) -> None:
        """Draw on a chart that has a room to itself; the level may reach through the window."""
        super().__init__()
        self.chart, self.view = chart, View(room, np.zeros(2), 1.0, window)
        top = chart.y_range[1]
        costs = np.linspace(0.0, top, _SAMPLES)
        # Even steps of cost, since it is steep where p is small.
        self.samples = np.column_stack([np.exp(-costs), costs])
        self.curve = Segments(theme["loss"], 6.0).set_z_index(2)
        self.drop = Segments(theme["faint"], 3.0).set_z_index(1.5)
        self.level = Segments(theme["loss"], 3.0).set_z_index(1.5)
        self.point = Dots(theme["active"], _POINT).set_z_index(5)
        self.marks = Dots(theme["active"], _MARK).set_z_index(4)
        self.chance, self.cost = 1.0, 0.0
        self.add(self.curve, self.drop, self.level, self.marks, self.point)

    def slide(self, chance: float, *, drawn_to: float | None = None) -> Self:
        """Let the point be at p; the curve is drawn down to `drawn_to`, or to the point."""
        self.chance = shown(chance, CHANCE_PLACES)
        self.cost = float(negative_log([self.chance])[0])
        end = self.chance if drawn_to is None else drawn_to
        drawn = self.samples[self.samples[:, 0] > end]
        tip = np.array([[end, float(negative_log([end])[0])]])
        corners = self.chart.to_scene(np.concatenate([drawn, tip]))
        self.curve.set_pieces(clipped(polyline(corners), self.chart.inner))
        place = self.place
        self.point.set_positions(place[None])
        self.drop.set_pieces(dashes(np.array([place[0], self.chart.across]), place))
        return self.reach_to(place[0])

    @property
    def place(self) -> FloatArray:
        """Where the point is, `(2,)` in scene units."""
        (place,) = self.chart.to_scene(np.array([[self.chance, self.cost]]))
        return np.asarray(place, dtype=np.float64)

    def reach_to(self, x: float) -> Self:
        """Let the level of the point reach across to `x`, in scene units."""
        place = self.place
        self.level.set_pieces(dashes(place, np.array([x, place[1]])))
        return self

    def mark(self, chances: FloatArray) -> Self:
        """Put the points that stay at these p, `(n,)`."""
        points = np.column_stack([chances, negative_log(chances)]) if len(chances) else np.zeros((0, 2))
        self.marks.set_positions(self.chart.to_scene(points))
        return self

    @property
    def told(self) -> str:
        """What the point reads; p and −log p as written."""
        if self.chance == 1.0:
            return "−log 1 = 0"
        return f"−log {fixed(self.chance, CHANCE_PLACES)} ≈ {fixed(self.cost, 2)}"

    @property
    def read(self) -> str:
        """What the point reads at rest, without idle noughts."""
        return self.told if self.chance == 1.0 else f"−log {brief_chance(self.chance)} ≈ {brief(self.cost)}"


def brief_chance(chance: float) -> str:
    """Return a probability as it is written at rest."""
    return fixed(chance, CHANCE_PLACES).rstrip("0").rstrip(".")
