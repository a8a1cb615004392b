"""The scores of all points on a number line, the classes one above the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.charts.number_line import NumberLine
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.view import View
from scenes.stage.depths import over_veil
from scenes.stage.motion import Drive
from scenes.stage.veil import Veil
from scenes.style.layout import Layout, Region, Shade
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Heights:
    """Heights in scene units: of the line above the strip's foot, and of all else above the line."""

    line: float
    lanes: tuple[float, float]
    bar: tuple[float, float]
    name: float
    top: float


_ROOMY = _Heights(0.56, (0.15, 0.37), (-0.14, 0.58), 0.82, 1.02)
_COMPACT = _Heights(0.46, (0.13, 0.3), (-0.12, 0.44), 0.64, 0.84)
# A stage lower than this needs its height for the plane.
_LOW = 4.0
_FADE, _EDGE = 0.12, 0.1
# Scores nearer together than this are the same number but for rounding.
_SAME = 1e-6
_LARGEST = 0.1


class ScoreStrip(VGroup):
    """A strip at the foot of the stage, over a veil, with a mark for every score.

    Attributes:
        view: the strip as a window: 0 of the number line stands at its origin.
        line: the number line. veil: what hides the plane below it.
        clouds: the marks, one cloud for each class.
        positions: where every score's mark stands, `(n, 2)` in scene units.
        heights: of the bar's two ends.
    """

    def __init__(
        self,
        layout: Layout,
        theme: Theme,
        scores: FloatArray,
        labels: npt.NDArray[np.int64],
        threshold: float,
    ) -> None:
        """Lay scores `(n,)` of classes `(n,)`, and the threshold, over a number line that holds them all."""
        super().__init__()
        self.labels = labels
        stage, frame = layout.stage, layout.frame
        heights = _COMPACT if stage.height < _LOW else _ROOMY
        height = stage.bottom + heights.line
        reached = np.append(scores, threshold)
        low, high = float(reached.min()), float(reached.max())
        if high - low < _SAME:
            low, high = low - 1.0, high + 1.0
        # A stage reaches farther than writing may.
        right = min(stage.right, layout.text_safe.right + _EDGE)
        room = Region(stage.left, stage.bottom, right, stage.top)
        self.line = NumberLine(room, theme, low, high, height)
        self.top = height + heights.top
        self.heights = (height + heights.bar[0], height + heights.bar[1])
        self.name_height = height + heights.name
        region = Region(stage.left, stage.bottom, stage.right, self.top)
        self.view = View(region, np.array([self.line.zero, height]), self.line.unit, frame)
        solid = Region(frame.left, frame.bottom, frame.right, self.top - _FADE)
        self.veil = Veil(theme, Shade(solid, "top", _FADE), opacity=1.0).set_z_index(1)
        lanes = height + np.where(labels == 1, heights.lanes[1], heights.lanes[0])
        self.positions: FloatArray = np.column_stack([self.line.at(scores), lanes])
        self.diameter = _LARGEST
        self.clouds = tuple(
            Dots(theme[CLASS_ROLES[k]], _LARGEST, square=k == 1).set_z_index(3)
            for k in np.unique(labels).tolist()
        )
        # What is read is not to fade under the caption's veil.
        for part in (self.line, *self.clouds):
            over_veil(part)
        self.add(self.veil, self.line, *self.clouds)

    def above(self, layout: Layout) -> Region:
        """Return what is left of the stage above the strip."""
        stage = layout.stage
        return Region(stage.left, self.top, stage.right, stage.top)

    def bar_at(self, threshold: float) -> FloatArray:
        """Return the bar at a threshold, `(1, 2, 2)` in scene units."""
        x = float(self.line.at(threshold))
        return np.array([[[x, y] for y in self.heights]])

    def fall(self, starts: FloatArray, diameter: float, **options: Any) -> Drive:
        """Return the animation in which every point's mark goes to its score.

        Args:
            starts: where the points are, `(n, 2)` in scene units. diameter: of their marks.
        """

        def show(share: float) -> None:
            places = starts + share * (self.positions - starts)
            for k, cloud in zip(np.unique(self.labels).tolist(), self.clouds, strict=True):
                cloud.resize(diameter).set_positions(places[self.labels == k])

        self.diameter = diameter
        return Drive(VGroup(*self.clouds), show, introducer=True, **options)
