"""How many points the best line of every angle gets right, as a curve under a ceiling."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import RIGHT, VGroup

from nnmath import FloatArray
from scenes.linear_algebra.harder_curves.angle_sweep import AngleSweep
from scenes.parts.charts.chart import Chart, Curve
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.depths import over_veil
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula, Writing
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.theme import Theme

_MARKS = (-90.0, -45.0, 0.0, 45.0, 90.0)
# Room above and below the curve, as shares of its height, and the least height as a share of all points.
_ABOVE, _BELOW, _FLATTEST = 0.5, 0.18, 0.1
# More than all points cannot be right, by a little.
_BEYOND_ALL = 1.02
_POINT, _CEILING = 0.24, 4.0


class AngleChart(VGroup):
    """The count against the line's angle in degrees.

    Attributes:
        chart, curve: axes, and the count by angle as far as it is drawn.
        point: the angle and the count of the line on show.
        ceiling, ceiling_name: the most that any line gets right, as a level line and a number.
    """

    def __init__(self, region: Region, safe: Region, theme: Theme, sweep: AngleSweep, name: Writing) -> None:
        """Draw the axes; `name` says what the upright one counts."""
        super().__init__()
        self.sweep = sweep
        data = np.column_stack([np.degrees(sweep.tilts), sweep.rights])
        height = max(sweep.most - sweep.least, _FLATTEST * len(sweep.dataset))
        top = min(sweep.most + _ABOVE * height, _BEYOND_ALL * len(sweep.dataset))
        self.chart = Chart(
            region,
            theme,
            (-90.0, 90.0),
            (sweep.most - (1.0 + _BELOW) * height, top),
            x_name=Formula("90 degree", theme, size=SMALL_SIZE, role="muted", halo=True),
            y_name=name,
            crossing="corner",
            most_ticks=(4, 4),
            safe=safe,
            x_values=_MARKS,
        )
        self._finish_numbers()
        self.curve = Curve(self.chart, data, theme["active"])
        self.point = Dots(theme["text"], _POINT).set_z_index(5)
        self.ceiling = Segments(theme["text"], _CEILING).set_z_index(3)
        self.ceiling_name = Formula(str(sweep.most), theme, size=LABEL_SIZE, halo=True).set_z_index(6)
        self._ends = self.chart.to_scene(np.array([[-90.0, sweep.most], [90.0, sweep.most]]))
        place = self._ends[1] + np.array([0.0, 0.14])
        self.ceiling_name.stand_at(np.append(place, 0.0), RIGHT)
        self.add(self.chart, self.curve, self.point, self.ceiling, self.ceiling_name)
        over_veil(self)
        self.curve.show(0.0)

    def _finish_numbers(self) -> None:
        """Write the last number of the x axis, with the unit of all, where the axis has its name."""
        name = self.chart.names[0]
        last = self.chart.point(90.0, 0.0)[0]
        name.stand_at(np.array([last + 0.3, self.chart.x_numbers[0].baseline, 0.0]), RIGHT)

    def stand(self, tilt: float, right: int) -> Self:
        """Put the point at a line's angle, in radians, and its count."""
        self.point.set_positions(self.chart.to_scene(np.array([[np.degrees(tilt), right]])))
        return self

    def draw_to(self, tilt: float) -> Self:
        """Draw the curve from upright as far as an angle, in radians."""
        self.curve.show(float(np.degrees(tilt) + 90.0) / 180.0)
        return self

    def level(self, **options: Any) -> Drive:
        """Return the animation in which the ceiling is drawn."""
        start, end = self._ends

        def show(share: float) -> None:
            self.ceiling.set_pieces(dashes(start, start + share * (end - start)))

        return Drive(self.ceiling, show, introducer=True, **options)

    @property
    def ceiling_at(self) -> FloatArray:
        """Both ends of the ceiling, `(2, 2)` in scene units."""
        return self._ends
