"""Two axes with their own scales, for curves of numbers against numbers."""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from manim import VGroup, linear

from scenes.layout import LABEL_SIZE, SMALL_SIZE, Point, Region
from scenes.numerals import math_number
from scenes.parts.motion import Drive
from scenes.parts.number_line import round_step
from scenes.parts.segments import Segments, clipped, polyline
from scenes.parts.writing import Formula, Writing
from scenes.theme import Theme

FloatArray = npt.NDArray[np.float64]

# Room beside the axes for their numbers and names, in scene units.
_LEFT, _BELOW, _ABOVE, _RIGHT = 0.75, 0.75, 0.5, 0.3
_TICK = 0.09


class Chart(VGroup):
    """An x axis and a y axis in a region, with numbers at round places.

    Without names it has no numbers either, and its axes fill the region.

    Attributes:
        inner: the region that curves keep within.
        x_range, y_range: the data that it shows, lowest and highest.
        across, up: the height of the x axis and the place of the y axis, in scene units.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        *,
        x_name: Writing | None = None,
        y_name: Writing | None = None,
        crossing: Literal["origin", "corner"] = "origin",
        most_ticks: tuple[int, int] = (8, 5),
    ) -> None:
        """Lay out the axes, crossing in the lower left corner or, as far as on show, where both are 0."""
        super().__init__()
        self.theme = theme
        self.x_range, self.y_range = x_range, y_range
        self.inner = region
        if x_name is not None and y_name is not None:
            self.inner = Region(
                region.left + _LEFT, region.bottom + _BELOW, region.right - _RIGHT, region.top - _ABOVE
            )
        inside = (_anchor(x_range), _anchor(y_range)) if crossing == "origin" else (x_range[0], y_range[0])
        corner = self.point(*inside)
        self.up, self.across = float(corner[0]), float(corner[1])
        self.axes = Segments(theme["muted"], 3.5)
        self.axes.set_pieces(
            np.array(
                [
                    [[self.inner.left, self.across], [self.inner.right + 0.1, self.across]],
                    [[self.up, self.inner.bottom], [self.up, self.inner.top + 0.1]],
                ]
            )
        )
        self.ticks = Segments(theme["muted"], 3.0)
        self.numbers, self.names = VGroup(), VGroup()
        if x_name is not None and y_name is not None:
            self._mark(most_ticks, x_name.width + 0.3)
            x_name.move_to([self.inner.right - x_name.width / 2, self.across - 0.45, 0.0])
            y_name.move_to([self.up + y_name.width / 2 + 0.2, self.inner.top + 0.26, 0.0])
            self.names.add(x_name, y_name)
        self.add(self.axes, self.ticks, self.numbers, self.names)
        self.set_z_index(1)

    def _mark(self, most_ticks: tuple[int, int], x_name_room: float) -> None:
        pieces = []
        for axis, (limits, most) in enumerate(zip((self.x_range, self.y_range), most_ticks, strict=True)):
            step = round_step(limits[1] - limits[0], most)
            places = max(0, -math.floor(math.log10(step)))
            for k in range(math.ceil(limits[0] / step), math.floor(limits[1] / step) + 1):
                value = k * step
                if axis == 0:
                    x, y = self.point(value, 0.0)[0], self.across
                    pieces.append([[x, y - _TICK], [x, y + _TICK]])
                    where = np.array([x, y - 0.3, 0.0])
                    # The name of the axis stands at its end.
                    at_other_axis = abs(x - self.up) < 0.2 and self.across > self.inner.bottom
                    crowded = x > self.inner.right - x_name_room or at_other_axis
                else:
                    x, y = self.up, self.point(0.0, value)[1]
                    pieces.append([[x - _TICK, y], [x + _TICK, y]])
                    where = np.array([x - 0.4, y, 0.0])
                    crowded = abs(y - self.across) < 0.2
                if not crowded:
                    written = math_number(value, places)
                    number = Formula(written, self.theme, size=SMALL_SIZE, role="muted", halo=True)
                    self.numbers.add(number.move_to(where))
        self.ticks.set_pieces(np.array(pieces))

    def to_scene(self, points: FloatArray) -> FloatArray:
        """Map data `(n, 2)` to scene points `(n, 2)`."""
        low = np.array([self.x_range[0], self.y_range[0]])
        span = np.array([self.x_range[1], self.y_range[1]]) - low
        corner = np.array([self.inner.left, self.inner.bottom])
        room = np.array([self.inner.width, self.inner.height])
        placed: FloatArray = corner + (np.asarray(points, dtype=float) - low) / span * room
        return placed

    def point(self, x: float, y: float) -> Point:
        """Return the scene point `(3,)` of one pair of data."""
        return np.append(self.to_scene(np.array([[x, y]]))[0], 0.0)

    def scene_slope(self, slope: float) -> float:
        """Return the slope on screen of a line whose slope in data is `slope`."""
        x_unit = self.inner.width / (self.x_range[1] - self.x_range[0])
        y_unit = self.inner.height / (self.y_range[1] - self.y_range[0])
        return slope * y_unit / x_unit


class Curve(Segments):
    """A curve in a chart through data points `(n, 2)`, cut off at the chart's edges."""

    def __init__(self, chart: Chart, points: FloatArray, colour: str, *, width: float = 6.0) -> None:
        super().__init__(colour, width)
        self.chart, self.data = chart, np.asarray(points, dtype=float)
        self.set_z_index(2)
        self.show(1.0)

    def show(self, share: float) -> None:
        """Draw this share of the curve, by x, from its left end."""
        x = self.data[:, 0]
        end = x[0] + share * (x[-1] - x[0])
        drawn = self.data[x <= end]
        tip = np.array([[end, np.interp(end, x, self.data[:, 1])]])
        corners = self.chart.to_scene(np.concatenate([drawn, tip]))
        self.set_pieces(clipped(polyline(corners), self.chart.inner))

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the curve is drawn from left to right."""
        return Drive(self, self.show, introducer=True, **{"rate_func": linear, **options})


def _anchor(limits: tuple[float, float]) -> float:
    return min(max(0.0, limits[0]), limits[1])


def axis_name(markup: str, theme: Theme) -> Formula:
    """Return the name of an axis as a formula."""
    return Formula(markup, theme, size=LABEL_SIZE, role="muted", halo=True)
