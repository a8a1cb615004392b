"""Bars that stand on one baseline, or hang from it, each with its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.rectangles import Rectangles
from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.depths import PANEL
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_ABOVE = 0.12
# The rim of a number, which may stand on lines across.
WIDE_RIM = 18.0
_DIGIT = 0.66


class Bars(VGroup):
    """Bars whose heights are numbers that can be other ones at every instant; negative ones hang down.

    Attributes:
        values: what they show, `(n,)`.
        x: the middle of each, `(n,)`; floor: the baseline; both in scene units.
        unit: scene units to one unit of value. width: of a bar.
        drawing: the bars. labels: a number at the end of each.
    """

    def __init__(
        self,
        theme: Theme,
        locale: str,
        x: FloatArray,
        *,
        floor: float,
        unit: float,
        width: float,
        write: Callable[[float], str],
        role: Role = "loss",
        fill: float = 0.75,
        size: float = LABEL_SIZE,
        rim: float = WIDE_RIM,
        room: float = np.inf,
    ) -> None:
        """Make bars of no height.

        Args:
            fill: the opacity of their insides. size: the em of the numbers, rim: how wide theirs is.
            room: in scene units; a number that is wider is not shown.
        """
        super().__init__()
        self.x, self.floor, self.unit, self.width_of_bar = np.asarray(x, dtype=float), floor, unit, width
        self.write, self.room = write, room
        self.opacities = np.ones(len(self.x))
        self.values = np.zeros(len(self.x))
        self.drawing = Rectangles(theme[role], fill=fill)
        self.drawing.set_z_index(1.5)
        self.labels = [LiveNumber("0", theme, locale, size=size, halo=True) for _ in self.x]
        for label in self.labels:
            label.set_rim(theme["background"], rim).set_z_index(PANEL)
        self.add(self.drawing, *self.labels)
        self.show(self.values)

    @property
    def boxes(self) -> FloatArray:
        """Left, bottom, right and top of each bar, `(n, 4)` in scene units."""
        return self.drawing.boxes

    @property
    def heights(self) -> FloatArray:
        """How far each bar reaches from the baseline as drawn, `(n,)` in data; negative ones hang."""
        up, down = self.boxes[:, 3] - self.floor, self.floor - self.boxes[:, 1]
        heights: FloatArray = np.where(up > down, up, -down) / self.unit
        return heights

    def show(self, values: FloatArray, write: Callable[[float], str] | None = None) -> Self:
        """Show other values; `write` tells how numbers are written while they move."""
        self.values = np.asarray(values, dtype=np.float64)
        ends, half = self.floor + self.values * self.unit, self.width_of_bar / 2
        low, high = np.minimum(ends, self.floor), np.maximum(ends, self.floor)
        self.drawing.set_boxes(np.column_stack([self.x - half, low, self.x + half, high]))
        for k, (label, value) in enumerate(zip(self.labels, self.values.tolist(), strict=True)):
            label.say((write or self.write)(value))
            drop = _ABOVE + _DIGIT * label.size
            y = high[k] + _ABOVE if value >= 0 else low[k] - drop
            label.stand(np.array([self.x[k], y, 0.0]))
        return self.show_labels(self.opacities)

    def show_labels(self, shown: FloatArray | float) -> Self:
        """Set how opaque each number is, `(n,)` or one for all."""
        self.opacities = np.array(np.broadcast_to(shown, len(self.labels)), dtype=np.float64)
        for label, wanted in zip(self.labels, self.opacities.tolist(), strict=True):
            opacity = wanted if label.width <= self.room else 0.0
            for glyphs in label.submobjects:
                glyphs.set_fill(opacity=opacity).set_stroke(opacity=opacity, background=True)
        return self
