"""The tangent of a curve at a point, with its slope as a number."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.layout import FORMULA_SIZE
from scenes.numerals import fixed, shown
from scenes.parts.chart import Chart
from scenes.parts.dots import Dots
from scenes.parts.segments import Segments, clipped
from scenes.parts.writing import Formula
from scenes.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_HALF_LENGTH = 1.25
# How far the label stands from the point, and what it keeps clear around itself, in scene units.
_NEAR, _FAR, _CLEARANCE = 0.25, 0.7, 0.12
_ABOVE_AXIS = 0.6
_DIRECTIONS = ((1, 1), (-1, 1), (0, 1), (1, 0.3), (-1, 0.3), (1, -0.6), (-1, -0.6), (0, -1))
_SIGNS: tuple[Role, Role] = ("slope_down", "slope_up")


class Tangent(VGroup):
    """A point on a curve, the tangent there, and `slope = …` beside it, coloured by the slope's sign.

    Attributes:
        at: the point in data. slope: in data, as drawn. role: which sign the slope has as written.
    """

    def __init__(self, chart: Chart, theme: Theme, name: str, *, places: int = 2, flat: float = 0.0) -> None:
        """Prepare the tangent.

        Args:
            name: formula markup for the word slope.
            places: decimals of the slope.
            flat: the size of slope up to which it counts as nearly nought.
        """
        super().__init__()
        self.chart, self.theme, self.name, self.places, self.flat = chart, theme, name, places, flat
        self.line = Segments(theme["text"], 5.0)
        self.point = Dots(theme["text"], 0.26)
        self.label = Formula(f"{name} = 0", theme, size=FORMULA_SIZE, halo=True)
        self.at = np.zeros(2)
        self.slope = 0.0
        self.role: Role = "slope_flat"
        self.add(self.line, self.point, self.label)
        for depth, thing in enumerate((self.line, self.point, self.label)):
            thing.set_z_index(4 + depth)

    def show(self, x: float, y: float, slope: float, label_at: FloatArray | None = None) -> Self:
        """Touch the curve at data (x, y) with this slope; the label stands at `label_at`, (2,) on screen."""
        self.at, self.slope = np.array([x, y]), slope
        written = fixed(slope, self.places)
        self.role = self.role_of(slope)
        centre, along = self._line(x, y, slope)
        self.line.set_pieces(clipped(np.array([[centre - along, centre + along]]), self.chart.inner))
        self.line.set_stroke(self.theme[self.role])
        self.point.set_positions(centre[None])
        self.label.role = self.role
        self.label.rewrite(f"{self.name} = {written.replace('−', '-')}")
        place = centre + np.array([0.0, _FAR]) if label_at is None else label_at
        self.label.move_to(np.append(place, 0.0))
        return self

    def role_of(self, slope: float) -> Role:
        """Return the colour of a slope: falling, rising or nearly flat."""
        flat = abs(slope) <= self.flat or shown(slope, self.places) == 0
        return "slope_flat" if flat else _SIGNS[slope > 0]

    def free_place(self, x: float, y: float, slope: float, obstacles: FloatArray) -> FloatArray:
        """Return a place (2,) in the scene for the label near (x, y), clear of the tangent and of obstacles.

        Args:
            obstacles: points `(n, 2)` in the scene that the label must not cover, such as the curve's.
        """
        centre, along = self._line(x, y, slope)
        taken = np.concatenate([obstacles, centre + np.linspace(-1.0, 1.0, 41)[:, None] * along])
        half = np.array([self.label.width, self.label.height]) / 2
        inner = self.chart.inner
        for direction in _DIRECTIONS:
            for distance in (_NEAR, _FAR):
                place = centre + np.array(direction) * (half + distance)
                low, high = place - half - _CLEARANCE, place + half + _CLEARANCE
                within = low[0] >= inner.left and high[0] <= inner.right and high[1] <= inner.top
                free = not ((taken >= low) & (taken <= high)).all(axis=1).any()
                if within and low[1] >= inner.bottom + _ABOVE_AXIS and free:
                    return place
        above = centre + np.array([0.0, _FAR + float(half[1])])
        low, high = np.array([inner.left, inner.bottom]) + half, np.array([inner.right, inner.top]) - half
        return np.clip(above, low, high)

    def _line(self, x: float, y: float, slope: float) -> tuple[FloatArray, FloatArray]:
        """Return the point and half of the tangent, `(2,)` each in scene units."""
        along = np.array([1.0, self.chart.scene_slope(slope)])
        return self.chart.to_scene(np.array([[x, y]]))[0], along * _HALF_LENGTH / np.hypot(*along)
