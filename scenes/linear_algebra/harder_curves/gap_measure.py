"""The distance between the curves: an arrow with two heads, and its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.plane.view import View
from scenes.parts.writing.tally import Tally
from scenes.stage.writing import Writing
from scenes.style.theme import Theme

# Where it stands along x, in data units, off the grid's lines and the curves' tops.
AT = -3.3
_WIDTH, _TIP = 4.5, 0.2
# From the arrow's tip to its number, up and to the number's right end, in scene units.
_ABOVE, _BESIDE = 0.14, 0.3
# What number and arrow take up around the tip, across and up.
ROOM = np.array([1.1, 0.5])


class GapMeasure(VGroup):
    """The arrow from the lower curve to the upper one, and how long it is in words above it.

    Attributes:
        arrows: its two halves, down and up. number: how long it is, in hundredths.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        middle: float,
        mark: float,
        write: Callable[[int], Writing],
        gap: float,
    ) -> None:
        """Measure `gap` around `middle`, in data units; marks of size `mark` in scene units bound it.

        Args:
            write: how a gap in hundredths is written.
        """
        super().__init__()
        self.view, self.mark = view, mark
        self.middle = view.point(AT, middle)[:2]
        self.arrows = tuple(Arrow(theme["text"], width=_WIDTH, tip=_TIP) for _ in range(2))
        self.number = Tally(write, round(100 * gap))
        self.add(*self.arrows, self.number)
        for arrow in self.arrows:
            arrow.set_z_index(2)
        self.number.set_z_index(5)
        self.show(gap)

    def show(self, gap: float) -> Self:
        """Measure another gap."""
        length = max(self.view.unit * gap / 2 - self.mark / 2, 0.0)
        for arrow, way in zip(self.arrows, (-1.0, 1.0), strict=True):
            arrow.reach(self.middle, self.middle + np.array([0.0, way * length]))
        self.number.show(round(100 * gap))
        # The curve rises to the right of it.
        up = self.view.unit * gap / 2 + self.mark / 2 + _ABOVE
        right, top = self.middle + np.array([_BESIDE, up])
        half = np.array([self.number.width, self.number.height]) / 2
        self.number.move_to([right - half[0], top + half[1], 0.0])
        return self
