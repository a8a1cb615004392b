"""Squares on upright gaps: as wide as the gap is long, each with the number of its area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.rectangles import Rectangles
from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.depths import PANEL
from scenes.style.colour import blend, rgb
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

FILL = 0.22
# What a number keeps from the edges of the square that it stands in, and from the one that it stands beside.
_INSIDE, _BESIDE = 0.13, 0.14
# The middle of a number beside a square keeps so far from lines across.
_OFF_LINES = 0.26
_HURRY = 2.5


@dataclass(frozen=True)
class LabelPlaces:
    """Where the numbers of squares stand.

    Attributes:
        beside: 0 in the middle of its square, 1 beside it, `(n,)`; between them on its way.
        lift: how far above the middle of its gap, `(n,)` in scene units.
    """

    beside: FloatArray
    lift: FloatArray

    def towards(self, other: Self, share: float) -> LabelPlaces:
        """Return the places on the way to other ones; numbers hurry, while their squares have room."""
        share = min(1.0, _HURRY * share)
        return LabelPlaces(
            self.beside + share * (other.beside - self.beside), self.lift + share * (other.lift - self.lift)
        )


class Squares(VGroup):
    """Squares to the right of gaps, as one mobject, and their numbers.

    Attributes:
        unit: scene units to one unit of data, the same across and up.
        drawing: the squares. labels: a number for each.
        areas: what is drawn of each square, `(n,)` in square units of data.
    """

    def __init__(
        self,
        theme: Theme,
        locale: str,
        count: int,
        *,
        unit: float,
        clear: float = 0.0,
        size: float = LABEL_SIZE,
        role: Role = "loss",
    ) -> None:
        """Make `count` squares; `clear` is how far right of a gap what marks its ends reaches."""
        super().__init__()
        self.theme, self.unit, self.clear = theme, unit, clear
        self.drawing = Rectangles(theme[role], fill=FILL)
        self.drawing.set_z_index(1.0)
        self.labels = [LiveNumber("0", theme, locale, size=size, halo=True) for _ in range(count)]
        for label in self.labels:
            label.set_z_index(PANEL)
        self._page = rgb(theme["background"])
        self._inside = blend(rgb(theme[role]), self._page, FILL)
        self.add(self.drawing, *self.labels)

    @property
    def areas(self) -> FloatArray:
        areas: FloatArray = self.drawing.areas / self.unit**2
        return areas

    def fits(self, side: float, text: str) -> bool:
        """Tell whether a number has room in a square of that side, in scene units."""
        width, height = self._size(text)
        return side >= max(width + 2 * _INSIDE, height + 2 * self.clear)

    def reach(self, side: float, text: str) -> float:
        """Return how far right of its gap a square of that side and its number reach, in scene units."""
        if self.fits(side, text):
            return side
        return max(side, self.clear) + _BESIDE + self._size(text)[0]

    def rest(
        self, starts: FloatArray, errors: FloatArray, texts: list[str], lines: FloatArray
    ) -> LabelPlaces:
        """Return where numbers stand at rest: inside where there is room.

        Args:
            starts: where gaps begin, `(n, 2)` in scene units. errors: their signed lengths, `(n,)` in data.
            lines: heights of lines across that numbers beside keep off, `(n, m)` in scene units.
        """
        beside, lift = np.zeros(len(errors)), np.zeros(len(errors))
        for k, (error, text) in enumerate(zip(errors.tolist(), texts, strict=True)):
            if not self.fits(abs(error) * self.unit, text):
                middle = starts[k, 1] + error * self.unit / 2
                beside[k], lift[k] = 1.0, off_lines(middle, lines[k]) - middle
        return LabelPlaces(beside, lift)

    def show(
        self,
        starts: FloatArray,
        errors: FloatArray,
        places: LabelPlaces,
        write: Callable[[float], str],
        *,
        swept: float = 1.0,
    ) -> Self:
        """Show so much of the squares, from their gaps on, on gaps that begin at `starts` (n, 2)."""
        up, width = errors * self.unit, np.abs(errors) * self.unit * swept
        x, y = starts[:, 0], starts[:, 1]
        boxes = np.column_stack([x, np.minimum(y, y + up), x + width, np.maximum(y, y + up)])
        self.drawing.set_boxes(boxes)
        for k, label in enumerate(self.labels):
            label.say(write(float(self.areas[k])))
            share = float(places.beside[k])
            aside = max(float(width[k]), self.clear) + _BESIDE + label.width / 2
            across = (1.0 - share) * float(width[k]) / 2 + share * aside
            label.centre_at(np.array([x[k] + across, y[k] + up[k] / 2 + places.lift[k]]))
            label.set_rim(self._rim(share))
        return self

    def empty(self, shares: FloatArray) -> Self:
        """Leave the edges only; behind the numbers so much of the colour is gone, `(n,)`."""
        self.drawing.set_fill(opacity=0.0)
        for label, share in zip(self.labels, shares.tolist(), strict=True):
            label.set_rim(self._rim(share))
        return self

    def fill_up(self, share: float) -> Self:
        """Bring so much of the colour back."""
        self.drawing.set_fill(opacity=FILL * share)
        for label in self.labels:
            label.set_rim(self._rim(1.0 - share))
        return self

    def _rim(self, outside: float) -> str:
        """Return the colour of what a number stands on, so that its rim is not seen."""
        mixed = blend(self._page, self._inside, min(max(outside, 0.0), 1.0))
        return "#" + "".join(f"{round(255 * part):02x}" for part in mixed.tolist())

    def _size(self, text: str) -> tuple[float, float]:
        label = self.labels[0]
        return label.width_of(text), 0.66 * label.size


def off_lines(middle: float, lines: FloatArray) -> float:
    """Return the height nearest to `middle` that is off all lines; of two as near, the higher one."""
    heights = [middle, *(lines + _OFF_LINES), *(lines - _OFF_LINES)]
    free = [y for y in heights if (np.abs(lines - y) >= _OFF_LINES - 1e-9).all()] or [middle]
    return float(min(free, key=lambda y: (round(abs(y - middle), 6), -y)))
