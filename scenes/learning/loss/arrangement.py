"""Where examples stand: in one row or several, on one scale, so far apart that no square meets another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np

from nnmath import FloatArray
from scenes.parts.charts.number_line import round_values
from scenes.style.layout import Region

# A ring's radius, what is left free between two examples, and above and below a row, in scene units.
RING = 0.18
_APART, _ABOVE, _BELOW = 0.3, 0.44, 0.62
_MOST_ROWS, _MARKS_APART = 5, 0.4
_LARGEST_SPAN, _STEPS = 4.6, 120
# Of two ways to stand, the simpler one may be so much smaller.
_MUCH = 1.12


@dataclass(frozen=True)
class Scale:
    """The values that a scale holds, and where it has lines.

    Attributes:
        low, high: the least and the largest value. marks: round values between them, `(m,)`.
        places: the decimals of the marks.
    """

    low: float
    high: float
    marks: FloatArray
    places: int

    @classmethod
    def of(cls, values: FloatArray, most: int = 3) -> Self:
        """Return the scale of these values, with at most so many steps; from 0 to 1 if they lie there."""
        low, high = float(values.min()), float(values.max())
        if low >= 0.0 and high <= 1.0 and high > 0.2:
            return cls(0.0, 1.0, np.array([0.0, 1.0]), 0)
        if high - low < 1e-6 * max(abs(high), 1.0):
            low, high = low - 0.5, high + 0.5
        marks, _, places = round_values(low, high, most)
        return cls(low, high, marks, places)

    def spaced(self, unit: float) -> Scale:
        """Return the scale with no more marks than stand apart where a unit is so long, in scene units."""
        marks = self.marks
        while len(marks) > 1 and float(np.diff(marks).min()) * unit < _MARKS_APART:
            # What is left out last is 0, else the first one.
            marks = marks[marks == 0.0] if len(marks) <= 2 and 0.0 in marks else marks[::2]
        return replace(self, marks=marks)

    @property
    def span(self) -> float:
        return self.high - self.low


@dataclass(frozen=True)
class Arrangement:
    """Every example has its own place across; those of one row share their lines.

    Attributes:
        x: where the gaps of the examples stand, `(n,)`. rows: which row each is in, `(n,)`.
        floors: how high the least value of each row's scale is, `(r,)`.
        left, right: where the rows' lines begin and end. unit: scene units to one unit of data.
    """

    scale: Scale
    x: FloatArray
    rows: FloatArray
    floors: FloatArray
    left: float
    right: float
    unit: float

    def height(self, row: int, value: float) -> float:
        """Return how high a value stands in a row, in scene units."""
        return float(self.floors[row]) + self.unit * (value - self.scale.low)

    def heights(self, values: FloatArray) -> FloatArray:
        """Return how high one value of each example stands, `(n,)` in scene units."""
        heights: FloatArray = self.floors[self.rows.astype(int)] + self.unit * (values - self.scale.low)
        return heights

    def towards(self, other: Self, share: float) -> Arrangement:
        """Return the way of standing between this one and another with the same rows."""

        def between(a: FloatArray | float, b: FloatArray | float) -> FloatArray | float:
            return a + share * (b - a)

        names = ("x", "floors", "left", "right", "unit")
        moved = {name: between(getattr(self, name), getattr(other, name)) for name in names}
        return replace(self, **moved)  # type: ignore[arg-type]


Reach = Callable[[float], Sequence[tuple[float, float]]]


def arrange(
    region: Region,
    scale: Scale,
    reach: Reach,
    *,
    margin: float,
    most_area: float = np.inf,
    total: float = 0.0,
    floor: float | None = None,
    only: int | None = None,
    crowd: bool = False,
) -> Arrangement | None:
    """Return the way to stand in a region at which a unit is longest.

    Args:
        reach: for a unit in scene units, how far each example reaches left and right of its gap.
        margin: what the numbers of a row need left of it. total: the area of all squares in data, which may
            be at most `most_area` in scene units. floor: where a single row stands if it has room there.
        only: how many rows there must be, if not as many as suit. crowd: stand somehow where there is too
            little room; else the answer is None.
    """
    largest = min(_LARGEST_SPAN, region.height - _ABOVE - _BELOW) / scale.span
    largest = min(largest, float(np.sqrt(most_area / total)) if total > 0 else np.inf)
    units = [(unit, reach(unit)) for unit in (largest * np.geomspace(1.0, 0.02, _STEPS)).tolist()]
    found = [
        (next((unit for unit, far in units if _fits(region, scale, far, margin, rows, unit)), 0.0), rows)
        for rows in (range(1, _MOST_ROWS + 1) if only is None else [only])
    ]
    best = found[0]
    for unit, rows in found[1:]:
        if unit > _MUCH * best[0]:
            best = unit, rows
    if best[0] == 0.0 and only is None and not crowd:
        return None
    unit, rows = best[0] or units[-1][0], best[1] if best[0] or only else len(units[-1][1])
    standing = _standing(region, scale, reach(unit), margin, rows, unit)
    if floor is not None and rows == 1 and floor + scale.span * unit + _ABOVE <= region.top:
        return replace(standing, floors=np.array([floor]))
    return standing


def _split(count: int, rows: int) -> list[range]:
    edges = np.linspace(0, count, rows + 1).round().astype(int).tolist()
    return [range(a, b) for a, b in pairwise(edges)]


def _fits(
    region: Region,
    scale: Scale,
    reaches: Sequence[tuple[float, float]],
    margin: float,
    rows: int,
    unit: float,
) -> bool:
    if rows > len(reaches) or rows * (scale.span * unit + _ABOVE + _BELOW) > region.height + 1e-9:
        return False
    room = region.width - margin
    return all(sum(sum(reaches[k]) + _APART for k in row) <= room for row in _split(len(reaches), rows))


def _standing(
    region: Region,
    scale: Scale,
    reaches: Sequence[tuple[float, float]],
    margin: float,
    rows: int,
    unit: float,
) -> Arrangement:
    x, which = np.zeros(len(reaches)), np.zeros(len(reaches))
    left = region.left + margin
    for row, members in enumerate(_split(len(reaches), rows)):
        needed = sum(sum(reaches[k]) for k in members)
        spare = (region.right - left - needed) / max(len(members), 1)
        edge = left + spare / 2
        for k in members:
            x[k], which[k] = edge + reaches[k][0], row
            edge += sum(reaches[k]) + spare
    height = scale.span * unit + _ABOVE + _BELOW
    # What is left over lies above the rows, between them and below them alike.
    spare = (region.height - rows * height) / rows
    steps = np.arange(rows, dtype=np.float64) * (height + spare)
    floors: FloatArray = region.top - _ABOVE - scale.span * unit - spare / 2 - steps
    return Arrangement(scale, x, which, floors, left, region.right, unit)
