"""One point of the plane and the number that it becomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import kept_between
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]

_RING, _MARK = 0.28, 0.15
_OVER, _UNDER = 0.42, 0.82
# What writing keeps from the edges of the stage.
_EDGE = 0.15


class Passage(VGroup):
    """A point ringed where it was and where it is on the x axis, with numbers at both, and dashes between.

    Attributes:
        start, end: where the point was and is, `(2,)` in data units.
        origin, landing: rings and numbers at either end. trail: the dashes.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        start: FloatArray,
        end: FloatArray,
        *,
        label: int,
        written: tuple[FloatArray, float],
    ) -> None:
        """Follow a point of class `label` from `start` to `end`, `(2,)` each; `written` stands at them."""
        super().__init__()
        self.start, self.end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        self._here, self._there = view.to_scene(np.array([self.start, self.end]))
        coordinates = ", ".join(math_number(float(x)) for x in written[0])
        # Over the point and the line alike, so that neither dots nor numbers of the line are in the way.
        top = max(self._here[1], self._there[1]) + _OVER
        bottom = min(self._here[1], self._there[1]) - _UNDER
        self.origin = self._end(theme, view, self._here, f"({coordinates})", top)
        self.landing = self._end(theme, view, self._there, math_number(written[1]), bottom)
        mark = Dots(theme[CLASS_ROLES[label]], _MARK, square=label == 1)
        self.origin.add(mark.set_positions(self._here[None]).set_z_index(1.9))
        self.trail = Segments(theme["text"], 3.0).set_z_index(1.7)
        self.add(self.trail, self.origin, self.landing)
        self.show(1.0)

    def _end(self, theme: Theme, view: View, place: FloatArray, markup: str, height: float) -> VGroup:
        ring = Dots(theme["text"], _RING).set_positions(place[None]).set_z_index(1.8)
        name = Formula(markup, theme, size=LABEL_SIZE * 1.1, halo=True).set_z_index(6)
        room = view.region.inset(_EDGE)
        x = kept_between(place[0], name.width, room.left, room.right)
        return VGroup(ring, name.move_to(np.array([x, height, 0.0])))

    def show(self, share: float) -> None:
        """Draw this share of the dashes, from where the point was."""
        self.trail.set_pieces(dashes(self._here, self._here + share * (self._there - self._here)))

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the dashes run from the point to its number."""
        return Drive(self.trail, self.show, introducer=True, **options)
