"""Two axes with their own scales, for curves of numbers against numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from manim import VGroup, linear

from scenes.parts.charts.number_line import round_values
from scenes.parts.marks.segments import Segments, clipped, polyline
from scenes.parts.writing.placing import Obstacle, best, boxes_at, boxes_of, crowding, grown, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula, Writing
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Point, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]
# A value of an axis and how it is written, not yet in its place.
_Numbered: TypeAlias = tuple[float, Formula]

# Room beside the axes for their numbers and names, in scene units; on the left it is the least.
_LEFT, _BELOW, _ABOVE, _RIGHT = 0.75, 0.75, 0.5, 0.3
_TICK = 0.09
# From the x axis to the middle of its numbers, where a curve runs along it too; and from the y axis to the
# near end of its own.
_UNDER, _FARTHER, _BESIDE = 0.3, 0.42, 0.25
# What parts two numbers of an axis, and a number from other things, at the least.
_APART, _CLEAR = 0.12, 0.05
# A number nearer to the other axis than this is left out.
_CROSSING = 0.2


class Chart(VGroup):
    """An x axis and a y axis in a region, with numbers at round places.

    Without names it has no numbers either, and its axes fill the region.

    Attributes:
        inner: the region that curves keep within.
        ticked: the values at which the x axis, and the y axis, have ticks.
        x_range, y_range: the data that it shows, lowest and highest.
        across, up: the height of the x axis and the place of the y axis, in scene units.
        numbers: what is written beside both axes, `x_numbers` and `y_numbers`.
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
        safe: Region | None = None,
        clear_of: Sequence[tuple[FloatArray, float]] = (),
        lowest_tick: float = -np.inf,
        x_values: Sequence[float] | None = None,
    ) -> None:
        """Lay out the axes, crossing in the lower left corner or, as far as on show, where both are 0.

        Args:
            most_ticks: steps on either axis; there are fewer where numbers would not stand apart.
            safe: what numbers keep within besides the region.
            clear_of: where numbers give way to what is drawn in the chart: points `(n, 2)` in data, and
                how far from them the drawing reaches, in scene units.
            lowest_tick: the y axis has no numbers and ticks below it.
            x_values: where the x axis has numbers, if not at round places.
        """
        super().__init__()
        self.theme = theme
        self.x_range, self.y_range = x_range, y_range
        self.inner, self.crossing = region, crossing
        self.axes = Segments(theme["muted"], 3.5)
        self.ticks = Segments(theme["muted"], 3.0)
        self.ticked: tuple[list[float], list[float]] = [], []
        self.x_numbers, self.y_numbers, self.names = VGroup(), VGroup(), VGroup()
        self.numbers = VGroup(self.x_numbers, self.y_numbers)
        if x_name is not None and y_name is not None:
            height = region.height - _BELOW - _ABOVE
            at_heights = _numbered(y_range, height, most_ticks[1], 1, theme)
            at_heights = [each for each in at_heights if each[0] >= lowest_tick]
            left = self._left_margin(region, safe or region, at_heights)
            self.inner = Region(
                region.left + left, region.bottom + _BELOW, region.right - _RIGHT, region.top - _ABOVE
            )
        self._draw_axes()
        if x_name is not None and y_name is not None:
            x_name.move_to([self.inner.right - x_name.width / 2, self.across - 0.45, 0.0])
            y_name.move_to([self.up + y_name.width / 2 + 0.2, self.inner.top + 0.26, 0.0])
            self.names.add(x_name, y_name)
            along = _numbered(x_range, self.inner.width, most_ticks[0], 0, theme)
            if x_values is not None:
                along = [(value, _number(math_number(value), theme)) for value in x_values]
            self._mark(along, at_heights)
            self._place_numbers(along, at_heights, clear_of)
        self.add(self.axes, self.ticks, self.numbers, self.names)
        self.set_z_index(1)

    def _left_margin(self, region: Region, safe: Region, numbered: Sequence[_Numbered]) -> float:
        """Return how far right of the region's edge curves begin, so that y numbers have their room."""
        edge = max(safe.left - region.left, 0.0)
        needed = edge + _BESIDE + max((number.width for _, number in numbered), default=0.0)
        # The y axis stands at this share of what the margins leave; the numbers may use what is before it.
        low, high = self.x_range
        share = (self._corner()[0] - low) / (high - low)
        if share < 1.0:
            needed = (needed - share * (region.width - _RIGHT)) / (1.0 - share)
        return max(_LEFT, needed)

    def _corner(self) -> tuple[float, float]:
        """Return where the axes cross, in data."""
        if self.crossing == "corner":
            return self.x_range[0], self.y_range[0]
        return _anchor(self.x_range), _anchor(self.y_range)

    def _draw_axes(self) -> None:
        corner, inner = self.point(*self._corner()), self.inner
        self.up, self.across = float(corner[0]), float(corner[1])
        across = [[inner.left, self.across], [inner.right + 0.1, self.across]]
        up = [[self.up, inner.bottom], [self.up, inner.top + 0.1]]
        self.axes.set_pieces(np.array([across, up]))

    def _mark(self, along: Sequence[_Numbered], at_heights: Sequence[_Numbered]) -> None:
        """Have a tick at every round value."""
        self.ticked = [value for value, _ in along], [value for value, _ in at_heights]
        self._draw_ticks()

    def _draw_ticks(self) -> None:
        at = [self.point(value, 0.0)[0] for value in self.ticked[0]]
        pieces = [[[x, self.across - _TICK], [x, self.across + _TICK]] for x in at]
        at = [self.point(0.0, value)[1] for value in self.ticked[1]]
        pieces += [[[self.up - _TICK, y], [self.up + _TICK, y]] for y in at]
        self.ticks.set_pieces(np.array(pieces).reshape(-1, 2, 2))

    def _place_numbers(
        self,
        along: Sequence[_Numbered],
        at_heights: Sequence[_Numbered],
        clear_of: Sequence[tuple[FloatArray, float]],
    ) -> None:
        """Write the numbers beside the axes, where nothing else is drawn."""
        inner, x_name_room = self.inner, self.names[0].width + 0.3
        drawn = [boxes_at(self.to_scene(points), 2 * reach) for points, reach in clear_of]
        y_axis = np.array([[self.up, inner.bottom, self.up, inner.top]])
        # The name of the axis stands at its end.
        along = [each for each in along if self.point(each[0], 0.0)[0] <= inner.right - x_name_room]
        places = [
            [self._beside_x(value, side * distance) for value, _ in along]
            for distance in (_UNDER, _FARTHER)
            for side in self._sides
        ]
        self.x_numbers.add(*_settled(along, places, np.concatenate([*drawn, y_axis])))
        heights = [self.point(0.0, value)[1] for value, _ in at_heights]
        at_heights = [
            each for each, y in zip(at_heights, heights, strict=True) if abs(y - self.across) >= _CROSSING
        ]
        places = [[self._beside_y(*each, side) for each in at_heights] for side in self._sides]
        written = boxes_of([*self.x_numbers, *self.names])
        self.y_numbers.add(*_settled(at_heights, places, np.concatenate([*drawn, written])))

    @property
    def _sides(self) -> tuple[int, ...]:
        """The sides of an axis that numbers may take, the best first; curves fill what a corner opens to."""
        return (-1,) if self.crossing == "corner" else (-1, 1)

    def _beside_x(self, value: float, above: float) -> FloatArray:
        """Return the middle `(2,)` of a number so far above the x axis, in scene units."""
        return np.array([self.point(value, 0.0)[0], self.across + above])

    def _beside_y(self, value: float, number: Formula, side: int) -> FloatArray:
        """Return the middle `(2,)` of a number that ends left (-1) or begins right (1) of the y axis."""
        return np.array([self.up + side * (_BESIDE + number.width / 2), self.point(0.0, value)[1]])

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

    @property
    def units(self) -> FloatArray:
        """How long a unit of x and one of y is, `(2,)` in scene units."""
        ends = self.to_scene(np.array([[0.0, 0.0], [1.0, 1.0]]))
        units: FloatArray = ends[1] - ends[0]
        return units

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


def _numbered(
    limits: tuple[float, float], length: float, most: int, axis: int, theme: Theme
) -> list[_Numbered]:
    """Return round values within limits, as numbers that stand apart on an axis.

    Args:
        length: of the axis in scene units. axis: 0 if numbers follow each other along it, 1 if up it.
        most: steps at the most.
    """
    span = limits[1] - limits[0]
    numbered: list[_Numbered] = []
    for count in range(most, 0, -1):
        values, step, places = round_values(*limits, count)
        numbered = [(value, _number(math_number(value, places), theme)) for value in values.tolist()]
        sizes = [(number.width, number.height)[axis] for _, number in numbered]
        if all(length * step / span - (a + b) / 2 >= _APART for a, b in pairwise(sizes)):
            break
    return numbered


def _number(markup: str, theme: Theme) -> Formula:
    return Formula(markup, theme, size=SMALL_SIZE, role="muted", halo=True)


def _settled(
    numbered: Sequence[_Numbered], places: Sequence[Sequence[FloatArray]], taken: FloatArray
) -> list[Formula]:
    """Move numbers to where they are clear of boxes `(n, 4)` and return those; the others have no place.

    Args:
        places: for each line beside the axis, the best first, the middle `(2,)` of every number there.
    """
    middles = np.reshape(places, (len(places), len(numbered), 2))
    sizes = np.reshape([size_of(number) for _, number in numbered], (len(numbered), 2))
    blocked = crowding(boxes_at(middles, sizes), [Obstacle(grown(taken, _CLEAR))]) > 0
    settled = []
    for sign in (-1, 0, 1):
        # Those on one side of 0 stay on one line, so that they are read as a row.
        row = [k for k, (value, _) in enumerate(numbered) if np.sign(value) == sign]
        line = best(blocked[:, row].sum(axis=1))
        free = [k for k in row if not blocked[line, k]]
        settled += [numbered[k][1].move_to(np.append(middles[line, k], 0.0)) for k in free]
    return settled


def axis_name(markup: str, theme: Theme) -> Formula:
    """Return the name of an axis as a formula."""
    return Formula(markup, theme, size=LABEL_SIZE, role="muted", halo=True)
