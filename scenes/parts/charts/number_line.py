"""A number line with ticks at round numbers."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.segments import Segments
from scenes.parts.plane.view import View
from scenes.stage.writing import Formula
from scenes.style.layout import SMALL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_TICK = 0.1
_NUMBERS_BELOW = 0.32
_MARGIN = 0.35
_TEXT_MARGIN = 0.15
# What parts a number from the next one at the least.
_APART = 0.08


def round_step(span: float, most: int) -> float:
    """Return the least of 1, 2, 5, 10 … times a power of ten that cuts `span` into at most `most` pieces."""
    least = span / most
    power = 10.0 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def round_values(low: float, high: float, most: int) -> tuple[FloatArray, float, int]:
    """Return the round values from low to high `(k,)`, at most `most` steps, their step and its decimals."""
    step = round_step(max(high - low, 1e-9), most)
    values = step * np.arange(math.ceil(low / step), math.floor(high / step) + 1, dtype=np.float64)
    return values, step, max(0, -math.floor(math.log10(step)))


class NumberLine(VGroup):
    """The numbers from `low` to `high` across a region, at height `height` in scene units.

    Attributes:
        unit: scene units to one unit of the line.
        zero: where 0 stands, in scene units from the left.
        line, ticks, numbers: its drawing.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        low: float,
        high: float,
        height: float,
        *,
        most_ticks: int = 8,
        seen: Region | None = None,
    ) -> None:
        """Lay the numbers into the region; the line runs on through what is `seen`, if given."""
        super().__init__()
        span = max(high - low, 1e-9)
        self.region = region
        self.low, self.high = low, high
        self.unit = (region.width - 2 * _MARGIN) / span
        self.zero = region.left + _MARGIN - low * self.unit
        self.line = Segments(theme["muted"], 3.5)
        self.ticks = Segments(theme["muted"], 3.0)
        ends = (region.left + 0.05, region.right - 0.05) if seen is None else (seen.left, seen.right)
        self.line.set_pieces(np.array([[[x, height] for x in ends]]))
        for most in range(most_ticks, 1, -1):
            values, _, decimals = round_values(low, high, most)
            numbers = [
                Formula(math_number(value, decimals), theme, size=SMALL_SIZE, role="muted", halo=True)
                for value in values.tolist()
            ]
            # Long numbers, such as those of a short line far from 0, stand farther apart.
            widest = max((number.width for number in numbers), default=0.0)
            if len(values) < 2 or widest + _APART <= (values[1] - values[0]) * self.unit:
                break
        places = self.at(values)
        self.ticks.set_pieces(
            np.array([[[x, height - _TICK], [x, height + _TICK]] for x in places]).reshape(-1, 2, 2)
        )
        self.numbers = VGroup()
        for number, x in zip(numbers, places, strict=True):
            number.move_to(np.array([x, height - _NUMBERS_BELOW, 0.0]))
            # A stage may reach farther than text may.
            if abs(x - region.center[0]) + number.width / 2 <= region.width / 2 - _TEXT_MARGIN:
                self.numbers.add(number)
        self.add(self.line, self.ticks, self.numbers)
        self.set_z_index(2)

    @classmethod
    def along(cls, view: View, theme: Theme) -> Self:
        """Return the numbers on the x axis of `view`, in its unit, from edge to edge of its region."""
        low, high = view.bounds_inside(_MARGIN)
        height = float(view.origin[1])
        return cls(view.region, theme, float(low[0]), float(high[0]), height, seen=view.seen)

    @property
    def places(self) -> int:
        """How many decimals tell numbers on the line apart."""
        return 2 if self.high - self.low > 0.5 else 4

    def at(self, values: npt.ArrayLike) -> FloatArray:
        """Return where `values` stand, in scene units from the left."""
        places: FloatArray = np.asarray(values, dtype=float) * self.unit + self.zero
        return places

    @property
    def height_now(self) -> float:
        """The line's height in scene units, wherever it has moved."""
        return float(self.line.points[0, 1])
