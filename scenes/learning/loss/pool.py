"""Squares that pour into one column, of which an equal share is left: the mean, as a square."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup, smooth

from nnmath import FloatArray
from scenes.parts.charts.squares import FILL
from scenes.parts.marks.rectangles import Rectangles
from scenes.parts.marks.segments import Segments
from scenes.style.layout import Region
from scenes.style.theme import Theme

# How long one square is on its way, as a share of the pouring; when on it it has come down, and moves off.
_FLIGHT, _DOWN, _OFF = 0.6, 0.5, 0.4
# How opaque the mean is.
_MEAN_FILL = 0.9


class Pool(VGroup):
    """What is poured together: at every instant each part has the area that it brought.

    Attributes:
        unit: scene units to one unit of data. sources: the squares that pour, `(n, 4)` in scene units.
        solid: what counts. shares: outlines of the equal shares. floor: the line that it stands on.
        column: its width, in scene units. way: how far each square has come, landed:
            whether it has arrived, `(n,)` each.
    """

    def __init__(self, theme: Theme, block: Region, areas: FloatArray, unit: float) -> None:
        """Prepare the column for squares of these areas `(n,)` in data."""
        super().__init__()
        self.block, self.unit, self.count = block, unit, len(areas)
        self.total = float(areas.sum()) * unit**2
        self.solid = Rectangles(theme["loss"], fill=FILL).set_z_index(5)
        self.shares = Rectangles(theme["loss"], fill=0.0, edge=2.5).set_z_index(4.8)
        middle = float(block.center[0])
        self.floor = Segments(theme["muted"], 3.5)
        self.floor.set_pieces(np.array([[[block.left, block.bottom], [block.right, block.bottom]]]))
        side = np.sqrt(self.total / self.count)
        self.column = max(side, self.total / block.height) if self.total else 0.0
        heights = areas * unit**2 / self.column if self.total else np.zeros(len(areas))
        self.tops = block.bottom + np.concatenate([[0.0], np.cumsum(heights)])
        self.middle = middle
        self.way, self.landed = np.zeros(len(areas)), np.zeros(len(areas), dtype=bool)
        self.pouring = False
        self.sources: FloatArray = np.zeros((0, 4))
        self.add(self.solid)

    @property
    def area(self) -> float:
        """What is solid and has arrived, in square units of data."""
        areas = self.solid.areas
        if self.pouring:
            areas = areas[self.landed]
        return float(areas.sum()) / self.unit**2

    @property
    def top(self) -> float:
        """How high it reaches, or will once all has arrived, in scene units."""
        if self.pouring:
            return float(self.tops[-1])
        return float(self.solid.boxes[:, 3].max(initial=self.block.bottom))

    def pour(self, share: float) -> Self:
        """Let so much of the pouring be done: squares leave one after the other, and flatten on their way."""
        start = np.linspace(0.0, 1.0 - _FLIGHT, self.count) if self.count > 1 else np.zeros(1)
        length = _FLIGHT if self.count > 1 else 1.0
        passed = (share - start) / length
        # They come down and flatten before they are under the number.
        early = np.array([float(smooth(t)) for t in np.clip(passed / _DOWN, 0.0, 1.0)])
        way = np.array([float(smooth(t)) for t in np.clip((passed - _OFF) / (1.0 - _OFF), 0.0, 1.0)])
        source = self.sources
        areas = (source[:, 2] - source[:, 0]) * (source[:, 3] - source[:, 1])
        target = np.column_stack([np.full(self.count, self.middle), (self.tops[:-1] + self.tops[1:]) / 2])
        middle = (source[:, :2] + source[:, 2:]) / 2
        middle = middle + np.column_stack([way, early]) * (target - middle)
        side = np.sqrt(np.maximum(areas, 1e-18))
        width = side ** (1.0 - early) * max(self.column, 1e-9) ** early
        size = np.column_stack([width, areas / width]) / 2
        self.way, self.landed, self.pouring = way, way >= 1.0, True
        self.solid.set_boxes(np.concatenate([middle - size, middle + size], axis=1))
        return self

    def divide(self, share: float) -> Self:
        """Cut the column into as many equal shares as there are examples, and take all but one away."""
        height = self.total / self.column
        left = height * (1.0 - share * (1.0 - 1.0 / self.count))
        self.pouring = False
        self.solid.set_boxes(self._boxes(self.column, left))
        edges = self.block.bottom + height * np.linspace(0.0, 1.0, self.count + 1)
        # What has been taken away leaves no outline.
        edges = np.minimum(edges, self.block.bottom + left)
        sides = np.repeat(
            [[self.middle - self.column / 2, self.middle + self.column / 2]], self.count, axis=0
        )
        self.shares.set_boxes(np.column_stack([sides[:, 0], edges[:-1], sides[:, 1], edges[1:]]))
        self.shares.set_stroke(opacity=min(1.0, 4.0 * share))
        return self

    def square_up(self, share: float) -> Self:
        """Turn what is left into a square; its area stays."""
        self.pouring = False
        area = self.total / self.count
        width = self.column ** (1.0 - share) * np.sqrt(area) ** share
        self.solid.set_boxes(self._boxes(float(width), area / float(width)))
        self.shares.set_boxes(np.zeros((0, 4)))
        self.solid.set_fill(opacity=FILL + share * (_MEAN_FILL - FILL))
        return self

    def show_mean(self, mean: float) -> Self:
        """Show the square whose area is `mean`, in square units of data."""
        side = float(np.sqrt(mean)) * self.unit
        self.pouring = False
        self.solid.set_fill(opacity=_MEAN_FILL)
        self.solid.set_boxes(self._boxes(side, side))
        return self

    def _boxes(self, width: float, height: float) -> FloatArray:
        bottom = self.block.bottom
        return np.array([[self.middle - width / 2, bottom, self.middle + width / 2, bottom + height]])
