"""The tangent of a curve at a point, with its slope as a number."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.charts.chart import Chart
from scenes.parts.marks.segments import Segments, clipped
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, grown, kept_within, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_fixed
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# Half of the tangent's length, in scene units and as a share of the chart's width at the most.
_HALF_LENGTH, _HALF_SHARE = 1.0, 0.22
# What the label keeps clear around itself and from the point, in scene units.
_CLEARANCE, _NEAR = 0.12, 0.2
_ANGLES = np.pi / 4 + np.linspace(0.0, 2 * np.pi, 24, endpoint=False)
_DISTANCES = np.linspace(0.25, 2.5, 10)
_BELOW = 0.5  # what standing below the point counts for, in scene units


class Tangent(VGroup):
    """The tangent at a point of a curve and `slope = …` beside it, in one colour.

    Attributes:
        at: the point in data. slope: in data, as drawn.
        line, label: its drawing.
    """

    def __init__(self, chart: Chart, theme: Theme, name: str, *, places: int = 2) -> None:
        """Prepare the tangent; `name` is formula markup for the word slope, `places` its decimals."""
        super().__init__()
        self.chart, self.theme, self.name, self.places = chart, theme, name, places
        self.line = Segments(theme["slope"], 5.0).set_z_index(4)
        self.label = Formula(f"{name} = 0", theme, size=FORMULA_SIZE, role="slope", halo=True)
        self.label.set_z_index(6)
        self.at = np.zeros(2)
        self.slope = 0.0
        self.add(self.line, self.label)

    def show(
        self, x: float, y: float, slope: float, label_at: FloatArray | None = None, share: float = 1.0
    ) -> Self:
        """Touch the curve at data (x, y) with this slope; the label stands at `label_at`, (2,) on screen.

        Args:
            share: how much of its length it has, and how opaque the label is.
        """
        centre = self._draw(x, y, slope, share)
        self.label.rewrite(f"{self.name} = {math_fixed(slope, self.places)}")
        place = centre + np.array([0.0, _DISTANCES[0] + self.label.height]) if label_at is None else label_at
        self.label.move_to(np.append(place, 0.0))
        self.label.set_opacity(share)
        return self

    def touch(self, x: float, y: float, slope: float, share: float = 1.0) -> Self:
        """Touch the curve at data (x, y) with so much of the tangent, and write no slope."""
        self._draw(x, y, slope, share)
        self.label.set_opacity(0.0)
        return self

    def _draw(self, x: float, y: float, slope: float, share: float) -> FloatArray:
        """Draw so much of the tangent; return its point, `(2,)` in scene units."""
        self.at, self.slope = np.array([x, y]), slope
        centre, along = self._line(x, y, slope)
        ends = np.array([[centre - share * along, centre + share * along]])
        self.line.set_pieces(clipped(ends, self.chart.inner) if share > 0 else np.zeros((0, 2, 2)))
        return centre

    def free_place(
        self, x: float, y: float, slope: float, curve: FloatArray, floor: float, beside: FloatArray
    ) -> FloatArray:
        """Return a place (2,) in the scene for the label near (x, y), clear of the tangent and of a curve.

        Args:
            curve: points `(n, 2)` in the scene that the label must not cover.
            floor: what it stays above, in scene units.
            beside: boxes `(n, 4)` of other things that it keeps clear of.
        """
        centre, along = self._line(x, y, slope)
        line = centre + np.linspace(-1.0, 1.0, 41)[:, None] * along
        drop = np.column_stack([np.full(21, centre[0]), np.linspace(self.chart.inner.bottom, centre[1], 21)])
        drawn = (boxes_at(curve), boxes_at(line), boxes_at(drop), boxes_of(self.chart.names), beside)
        obstacles = [Obstacle(grown(boxes, _CLEARANCE)) for boxes in drawn]
        obstacles.append(Obstacle(boxes_at(centre[None]), reach=_NEAR))
        size, inner = size_of(self.label), self.chart.inner
        room = Region(inner.left + _CLEARANCE, floor + _CLEARANCE, inner.right, inner.top)
        outward = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
        places = (centre + outward * size / 2 + outward * _DISTANCES[:, None, None]).reshape(-1, 2)
        places = kept_within(places, size, room)
        near = np.hypot(*np.maximum(np.abs(places - centre) - size / 2, 0.0).T)
        # Near, and above rather than below, where the step is.
        return place(size, places, obstacles, costs=near + _BELOW * (places[:, 1] < centre[1])).middle

    def _line(self, x: float, y: float, slope: float) -> tuple[FloatArray, FloatArray]:
        """Return the point and half of the tangent, `(2,)` each in scene units."""
        along = np.array([1.0, self.chart.scene_slope(slope)])
        half = min(_HALF_LENGTH, _HALF_SHARE * self.chart.inner.width)
        return self.chart.to_scene(np.array([[x, y]]))[0], along * half / np.hypot(*along)
