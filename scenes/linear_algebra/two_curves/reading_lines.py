"""A point's coordinates, read off the axes along dashed lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.ground import Ground
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import kept_between
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_AWAY = 0.36
# What a number keeps from the sides of the stage, which may be those of the frame.
_EDGE = 0.32


class ReadingLines(VGroup):
    """One point ringed, with a dashed line to each axis and the coordinate that it meets there.

    Attributes:
        point: the point's data coordinates, `(2,)`.
        values: the two coordinates as written, on the axes.
    """

    def __init__(self, view: View, theme: Theme, point: FloatArray, *, role: Role = "text") -> None:
        super().__init__()
        self.point = np.asarray(point, dtype=float)
        x, y = self.point
        self._ends = [view.to_scene(np.array([[x, y], foot])) for foot in ([x, 0.0], [0.0, y])]
        self.lines = Segments(theme[role], 3.5)
        self.ring = Dots(theme[role], 0.26).set_positions(self._ends[0][:1])
        ground = Ground(theme, 0.34).lie_under(self._ends[0][0], view.to_scene(np.eye(2)))
        below, beside = -np.copysign(_AWAY, y), -np.copysign(_AWAY * 1.5, x)
        feet = (view.point(x, 0) + np.array([0, below, 0]), view.point(0, y) + np.array([beside, 0, 0]))
        self.values = VGroup()
        for value, place in zip((x, y), feet, strict=True):
            number = Formula(math_number(value), theme, size=LABEL_SIZE, halo=True)
            room = view.region.inset(_EDGE)
            place[0] = kept_between(place[0], number.width, room.left, room.right)
            self.values.add(number.move_to(place))
        self.add(self.lines, self.ring, self.values)
        for depth, thing in enumerate((self.lines, self.ring, self.values)):
            thing.set_z_index(4 + depth)
        self.add(ground.set_z_index(self.ring.z_index - 0.1))
        self.show(1.0)

    def show(self, share: float) -> None:
        """Draw this share of each dashed line, from the point towards the axis."""
        self.lines.set_pieces(
            np.concatenate([dashes(start, start + share * (end - start)) for start, end in self._ends])
        )

    def draw(self) -> Drive:
        """Return the animation in which the dashed lines reach for the axes."""
        return Drive(self.lines, self.show, introducer=True)
