"""A point as a column of two numbers, which come from the axes and may be others at every instant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.stage.depths import PANEL
from scenes.stage.drawn import Flying
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Point
from scenes.style.markup import named
from scenes.style.numerals import math_fixed, math_number
from scenes.style.theme import COLUMN_ROLES, Role, Theme

FloatArray = npt.NDArray[np.float64]

_NAMES = ("first", "second")


class FlyingNumber(Formula, Flying):
    """A number on its way, on a rim of its own."""


class CoordinateVector(VGroup):
    """x as a column of its entries' names, and as one of their numbers.

    Attributes:
        frame: all of it but the numbers. entries: the two numbers.
        point: the point that they are the coordinates of, `(2,)`.
    """

    def __init__(self, theme: Theme, points: Sequence[FloatArray], size: float = FORMULA_SIZE) -> None:
        """Write the first of some points, with room for the coordinates of all that lie among them."""
        super().__init__()
        self.theme = theme
        numbers = [write(float(v)) for point in points for v in point for write in (math_number, math_fixed)]
        widest = max(numbers, key=lambda number: Formula(number, theme, size=size).width)
        symbols = [named(f"x{k}", f"x_{k}") for k in (1, 2)]
        slots = [named(name, widest) for name in _NAMES]
        paint: dict[str, Role] = dict(zip(("x1", "x2"), COLUMN_ROLES, strict=False))
        self.frame = Formula(
            f'bold(x) = mat(delim: "[", {"; ".join(symbols)}) = mat(delim: "[", {"; ".join(slots)})',
            theme,
            size=size,
            paint=paint,
        )
        self.entries = VGroup(
            *(Formula(widest, theme, size=size, role=role) for role in COLUMN_ROLES[: len(_NAMES)])
        )
        for name, entry in zip(_NAMES, self.entries, strict=True):
            entry.move_to(self.frame.part(name).get_center())
            self.frame.remove(self.frame.part(name))
        self.add(self.frame, self.entries)
        self.set_z_index(PANEL)
        self.write(points[0])

    def write(self, point: FloatArray, number: Callable[[float], str] = math_number) -> Self:
        """Write another point's coordinates, `(2,)`, each in the middle of its place."""
        self.point = np.asarray(point, dtype=float)
        for entry, value in zip(self.entries, self.point.tolist(), strict=True):
            middle = entry.get_center()
            entry.rewrite(number(value)).move_to(middle)
        return self

    def arrive(self, index: int, source: Formula, **options: Any) -> Drive:
        """Return the animation in which a number flies from where it was read to its place in the column.

        The entry itself is to be shown when it has landed.
        """
        entry = self.entries[index]
        flying = FlyingNumber(source.source, self.theme, size=source.size, role=source.role, halo=True)
        flying.set_z_index(PANEL + 1)
        start, end = source.get_center(), entry.get_center()
        grown = entry.size / source.size
        state = {"size": 1.0}

        def show(t: float) -> None:
            size = 1.0 + t * (grown - 1.0)
            flying.scale(size / state["size"]).move_to(_between(start, end, t))
            state["size"] = size

        show(0.0)
        return Drive(flying, show, introducer=True, remover=True, **options)


def _between(start: Point, end: Point, t: float) -> Point:
    between: Point = start + t * (end - start)
    return between
