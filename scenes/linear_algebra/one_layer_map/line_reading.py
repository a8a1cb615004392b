"""A number read off a number line."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import AnimationGroup, FadeIn, VGroup

from scenes.parts.charts.number_line import NumberLine
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.writing.placing import kept_between
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.theme import Role, Theme

# How far from the line the arrow stands: below it there are the line's own numbers.
_ABOVE, _BELOW = 0.72, -0.92
_ASIDE = 0.34
# What writing keeps from the edges of the stage.
_EDGE = 0.15


class LineReading(VGroup):
    """An arrow from 0 to a value beside the line, dashes to the marks at its ends, and what it is called.

    Attributes:
        value: where it points, in units of the line.
        arrow, dashes, name: its drawing.
    """

    def __init__(
        self, line: NumberLine, theme: Theme, value: float, markup: str, role: Role, *, above: bool = True
    ) -> None:
        super().__init__()
        self.line, self.value = line, value
        self._offset = _ABOVE if above else _BELOW
        self.arrow = Arrow(theme[role]).set_z_index(5)
        self.dashes = Segments(theme[role], 2.5).set_z_index(1.5)
        self.name = Formula(markup, theme, size=FORMULA_SIZE, role=role, halo=True).set_z_index(6)
        self.name.fit(line.region.width - 2 * _EDGE)
        room = line.region.inset(_EDGE)
        x = kept_between(line.at(value / 2), self.name.width, room.left, room.right)
        aside = _ASIDE if above else -_ASIDE
        self.name.move_to(np.array([x, line.height_now + self._offset + aside, 0.0]))
        self.add(self.dashes, self.arrow, self.name)
        self.show(1.0)

    def show(self, share: float, *, length: float = 1.0) -> Self:
        """Lift the arrow this share of the way off the line, and draw this share of its length."""
        foot = self.line.height_now
        height = foot + share * self._offset
        tail, head = (np.array([float(self.line.at(x)), height]) for x in (0.0, length * self.value))
        self.arrow.reach(tail, head)
        marks = [dashes(end, np.array([end[0], foot])) for end in (tail, head)]
        self.dashes.set_pieces(np.concatenate(marks))
        return self

    def lift(self, **options: Any) -> AnimationGroup:
        """Return the animation in which the arrow leaves its place on the line, and its name appears."""
        rise = Drive(VGroup(self.dashes, self.arrow), self.show, introducer=True, **options)
        return AnimationGroup(rise, FadeIn(self.name), **options)

    def grow(self, **options: Any) -> Drive:
        """Return the animation in which the arrow grows from 0 to its value."""
        arrow = VGroup(self.dashes, self.arrow)
        return Drive(arrow, lambda share: self.show(1.0, length=share), introducer=True, **options)
