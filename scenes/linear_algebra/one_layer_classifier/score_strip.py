"""The scores of all points on a number line, the classes one above the other."""

from __future__ import annotations

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

# Heights above the foot of the strip, in scene units: the line, and above that the classes and the bar.
_LINE, _LANES, _BAR = 0.56, (0.15, 0.37), (-0.14, 0.58)
_NAME, _TOP = 0.82, 1.02
_FADE = 0.12
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
        height = stage.bottom + _LINE
        reached = np.append(scores, threshold)
        low, high = float(reached.min()), float(reached.max())
        if high - low < _SAME:
            low, high = low - 1.0, high + 1.0
        self.line = NumberLine(stage, theme, low, high, height)
        self.top = height + _TOP
        self.heights = (height + _BAR[0], height + _BAR[1])
        self.name_height = height + _NAME
        region = Region(stage.left, stage.bottom, stage.right, self.top)
        self.view = View(region, np.array([self.line.zero, height]), self.line.unit, frame)
        solid = Region(frame.left, frame.bottom, frame.right, self.top - _FADE)
        self.veil = Veil(theme, Shade(solid, "top", _FADE), opacity=1.0).set_z_index(1)
        lanes = height + np.where(labels == 1, _LANES[1], _LANES[0])
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
