"""The tangent of a curve at a point, with its slope as a number."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.charts.chart import Chart
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, clipped
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, grown, kept_within, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_fixed, shown
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_HALF_LENGTH = 1.25
# What the label keeps clear around itself and from the point, in scene units, and where it may stand.
_CLEARANCE, _NEAR, _ABOVE_AXIS = 0.12, 0.2, 0.6
_ANGLES = np.pi / 4 + np.linspace(0.0, 2 * np.pi, 24, endpoint=False)
_DISTANCES = np.linspace(0.25, 2.5, 10)
_BELOW = 0.5  # what standing below the point counts for, in scene units
_SIGNS: tuple[Role, Role] = ("slope", "slope")


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
        self.role: Role = "slope"
        self.add(self.line, self.point, self.label)
        for depth, thing in enumerate(self):
            thing.set_z_index(4 + depth)

    def show(self, x: float, y: float, slope: float, label_at: FloatArray | None = None) -> Self:
        """Touch the curve at data (x, y) with this slope; the label stands at `label_at`, (2,) on screen."""
        self.at, self.slope = np.array([x, y]), slope
        self.role = self.role_of(slope)
        centre, along = self._line(x, y, slope)
        self.line.set_pieces(clipped(np.array([[centre - along, centre + along]]), self.chart.inner))
        self.line.set_stroke(self.theme[self.role])
        self.point.set_positions(centre[None])
        self.label.role = self.role
        self.label.rewrite(f"{self.name} = {math_fixed(slope, self.places)}")
        place = centre + np.array([0.0, _DISTANCES[0] + self.label.height]) if label_at is None else label_at
        self.label.move_to(np.append(place, 0.0))
        return self

    def role_of(self, slope: float) -> Role:
        """Return the colour of a slope as it is written: falling, rising or nearly flat."""
        written = shown(slope, self.places)
        flat = abs(written) <= self.flat or written == 0
        return "slope" if flat else _SIGNS[written > 0]

    def free_place(self, x: float, y: float, slope: float, curve: FloatArray) -> FloatArray:
        """Return a place (2,) in the scene for the label near (x, y), clear of the tangent and of a curve.

        Args:
            curve: points `(n, 2)` in the scene that the label must not cover.
        """
        centre, along = self._line(x, y, slope)
        line = centre + np.linspace(-1.0, 1.0, 41)[:, None] * along
        drawn = (boxes_at(curve), boxes_at(line), boxes_of(self.chart.names))
        obstacles = [Obstacle(grown(boxes, _CLEARANCE)) for boxes in drawn]
        obstacles.append(Obstacle(boxes_at(centre[None]), reach=_NEAR))
        size, inner = size_of(self.label), self.chart.inner
        room = Region(
            inner.left + _CLEARANCE, inner.bottom + _ABOVE_AXIS + _CLEARANCE, inner.right, inner.top
        )
        outward = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
        places = (centre + outward * size / 2 + outward * _DISTANCES[:, None, None]).reshape(-1, 2)
        places = kept_within(places, size, room)
        near = np.hypot(*np.maximum(np.abs(places - centre) - size / 2, 0.0).T)
        # Near, and above rather than below, where the step's dashed lines are.
        return place(size, places, obstacles, costs=near + _BELOW * (places[:, 1] < centre[1])).middle

    def _line(self, x: float, y: float, slope: float) -> tuple[FloatArray, FloatArray]:
        """Return the point and half of the tangent, `(2,)` each in scene units."""
        along = np.array([1.0, self.chart.scene_slope(slope)])
        return self.chart.to_scene(np.array([[x, y]]))[0], along * _HALF_LENGTH / np.hypot(*along)
