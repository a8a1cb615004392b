"""A chart that can stand elsewhere at every instant, its numbers with it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Mobject

from scenes.parts.charts.chart import Chart
from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]


class MovingChart(Chart):
    """A chart whose inner region changes; numbers and names keep their size and their places on the axes.

    What is drawn in it follows by being drawn anew from the chart's `to_scene`.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._riders = [*self._riding()]

    def _riding(self) -> list[tuple[Mobject, FloatArray, FloatArray]]:
        """Return numbers and names, each with its place in data and how far it stands from there, `(2,)`."""
        edge, top = self.x_range[1], self.y_range[1]
        corner = np.array([self.x_range[0], self.y_range[0]])
        riding = []
        for rank, group in enumerate((self.x_numbers, self.y_numbers, self.names)):
            for each in group:
                middle = each.get_center()[:2]
                data = np.array(self.to_data(middle))
                # A number of an axis stands beside that axis, a name at its end.
                if rank < 2:
                    data[1 - rank] = corner[1 - rank]
                else:
                    data = np.array([edge, corner[1]] if each is self.names[0] else [corner[0], top])
                riding.append((each, data, middle - self.point(*data)[:2]))
        return riding

    def to_data(self, place: FloatArray) -> FloatArray:
        """Return the data `(2,)` at a place `(2,)` of the scene."""
        low = np.array([self.x_range[0], self.y_range[0]])
        span = np.array([self.x_range[1], self.y_range[1]]) - low
        inner = self.inner
        share = (place - [inner.left, inner.bottom]) / [inner.width, inner.height]
        data: FloatArray = low + share * span
        return data

    @property
    def written(self) -> tuple[Mobject, ...]:
        """Every number and name."""
        return (*self.x_numbers, *self.y_numbers, *self.names)

    def leave_out(self, *writings: Mobject) -> None:
        """Take away numbers or names for good; their ticks stay."""
        self._riders = [each for each in self._riders if all(each[0] is not gone for gone in writings)]
        for group in (self.x_numbers, self.y_numbers, self.names):
            group.remove(*writings)

    def occupy(self, inner: Region) -> Self:
        """Have curves keep within another region."""
        self.inner = inner
        self._draw_axes()
        self._draw_ticks()
        for each, data, aside in self._riders:
            each.move_to(np.append(self.point(*data)[:2] + aside, 0.0))
        return self
