"""A threshold and what it decides: a bar on the strip of scores, and its twin, a line in the plane."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.linear_algebra.one_layer_classifier.numbers import OneLayerClassifierNumbers
from scenes.linear_algebra.one_layer_classifier.score_strip import ScoreStrip
from scenes.parts.marks.rings import Rings
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import kept_between
from scenes.stage.depths import over_veil
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_fixed, math_number
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_EDGE = 0.15


class Decision(VGroup):
    """One threshold at a time: its bar, its line, and a ring around every point that it gets wrong.

    Attributes:
        value: the threshold on show.
        bar, line: the twins; the line has no points where there is no line, since W is 0.
        name: the threshold as written.
        plane_rings, strip_rings: the rings, in the plane and on the strip.
    """

    def __init__(
        self,
        theme: Theme,
        numbers: OneLayerClassifierNumbers,
        view: View,
        strip: ScoreStrip,
        diameter: float,
        start: float,
    ) -> None:
        """Decide with the threshold `start`, for points as `view` shows them with marks of a diameter."""
        super().__init__()
        self.numbers, self.view, self.strip = numbers, view, strip
        self.bar, self.line = Boundary(strip.view, theme), Boundary(view, theme)
        self.name = Formula("s = 0", theme, size=FORMULA_SIZE, halo=True).set_z_index(6)
        self.plane_rings, self.strip_rings = Rings(theme, diameter), Rings(theme, diameter)
        for part in (self.bar, self.name, self.strip_rings):
            over_veil(part)
        self._places = view.to_scene(numbers.dataset.points)
        self.add(self.plane_rings, self.strip_rings, self.line, self.bar, self.name)
        self.show(start)

    def show(self, threshold: float) -> None:
        """Stand bar and line at a threshold and ring what is then wrong."""
        numbers, strip = self.numbers, self.strip
        self.value = threshold
        self.bar.take(strip.bar_at(threshold))
        if numbers.weights.any():
            self.line.line(numbers.weights, threshold - numbers.bias)
        wrong = numbers.wrong_at(threshold)
        for rings, places in ((self.plane_rings, self._places), (self.strip_rings, strip.positions)):
            rings.set_positions(places[wrong])
        self._write(threshold)

    def _write(self, threshold: float) -> None:
        settled = threshold in (self.numbers.threshold.value, self.numbers.first_threshold)
        places = self.strip.line.places
        number = math_number(threshold, places) if settled else math_fixed(threshold, max(places - 1, 1))
        self.name.rewrite(f"s = {number}")
        room = self.strip.line.region.inset(_EDGE)
        x = kept_between(float(self.strip.line.at(threshold)), self.name.width, room.left, room.right)
        self.name.move_to(np.array([float(x), self.strip.name_height, 0.0]))

    def pull_back(self, **options: Any) -> Drive | None:
        """Return the animation in which the line is born from the bar; None if none is to be seen."""
        whole, seen = self.line.shape, self.line.pieces.copy()
        if not len(seen):
            return None
        upper, frame = self.view, replace(self.view, window=self.strip.view.seen)
        bar = self.strip.bar_at(self.value)
        # From the bar's lower end to the line's, so that it does not turn about.
        if (seen[0, 1, 1] - seen[0, 0, 1]) < 0:
            bar = bar[:, ::-1]

        def show(share: float) -> None:
            self.line.view = upper if share >= 1.0 else frame
            self.line.take(whole if share >= 1.0 else bar + share * (seen - bar))

        return Drive(self.line, show, introducer=True, **options)

    def sweep(self, start: float, end: float, **options: Any) -> Drive:
        """Return the animation in which the threshold goes from `start` to `end`."""

        def show(share: float) -> None:
            self.show(end if share >= 1.0 else start + share * (end - start))

        return Drive(self, show, **options)

    def pulse(self, **options: Any) -> Drive:
        """Return the animation in which the rings swell for a moment."""

        def show(share: float) -> None:
            for rings in (self.plane_rings, self.strip_rings):
                rings.swell(0.5 * float(np.sin(np.pi * share)))

        return Drive(VGroup(self.plane_rings, self.strip_rings), show, **options)
