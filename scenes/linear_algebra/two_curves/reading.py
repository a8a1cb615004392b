"""A point's coordinates, read off the axes: how far it is along i, and how far along j."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Circle, VGroup

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.ground import Ground
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, place, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import CLASS_ROLES, COLUMN_ROLES, Theme

FloatArray = npt.NDArray[np.float64]

_MARK, _RING, _RING_WIDTH, _GROUND = 0.19, 0.2, 3.5, 0.34
# How far the ring swells when its point asks.
_SWOLLEN = 1.7
# From an axis to the middle of a number below it, and to the near end of one beside it.
_BELOW, _BESIDE = 0.36, 0.22
# What numbers keep from points, from lines, and from the sides of the stage.
_CLEAR, _LINE_CLEAR, _EDGE = 0.14, 0.08, 0.32
_ALONG = np.linspace(0.05, 1.0, 20)[:, None]


class Reading(VGroup, Viewed):
    """One point ringed, with a dashed line to each axis, and i and j stretched to where these arrive.

    Attributes:
        point: the data coordinates that it is at now, `(2,)`.
        mark, grey: the point in the colour and shape of its class, and in those of none; one is shown.
        values: the two coordinates as written beside the axes.
    """

    def __init__(self, view: View, theme: Theme, point: FloatArray, *, label: int) -> None:
        super().__init__()
        self.view = view
        self.stretches = VGroup(*(Segments(theme[role], 6.0) for role in COLUMN_ROLES[:2]))
        self.lines = Segments(theme["text"], 3.5)
        self.ring = Circle(_RING, color=theme["text"], stroke_width=_RING_WIDTH)
        self.mark = Dots(theme[CLASS_ROLES[label]], _MARK, square=label == 1)
        self.grey = Dots(theme["muted"], _MARK)
        self.ground = Ground(theme, _GROUND)
        self.values = VGroup(
            *(
                Formula(math_number(float(value)), theme, size=LABEL_SIZE, role=role, halo=True)
                for value, role in zip(point, COLUMN_ROLES[:2], strict=True)
            )
        )
        depths = {self.stretches: 4.0, self.lines: 4.2, self.ground: 5.5, self.mark: 5.6, self.grey: 5.6}
        for thing, depth in {**depths, self.ring: 5.7, self.values: 6.0}.items():
            thing.set_z_index(depth)
        self.add(self.stretches, self.lines, self.ground, self.mark, self.grey, self.ring, self.values)
        self.drained = False
        self.at(point)

    def at(self, point: FloatArray, share: float = 1.0) -> Self:
        """Read off another point, with this share of every line: the numbers stay where they are."""
        self.point = np.asarray(point, dtype=float)
        here = self.view.to_scene(self.point[None])
        feet = self.view.to_scene(np.diag(self.point))
        reached = here + share * (feet - here)
        self.lines.set_pieces(np.concatenate([dashes(here[0], end) for end in reached]))
        origin = self.view.origin
        for stretch, foot in zip(self.stretches, feet, strict=True):
            stretch.set_pieces(np.array([[origin, origin + share * (foot - origin)]]))
        nowhere = np.zeros((0, 2))
        self.mark.set_positions(nowhere if self.drained else here)
        self.grey.set_positions(here if self.drained else nowhere)
        self.ring.move_to(np.append(here[0], 0.0))
        self.ground.lie_under(here[0], self.view.to_scene(np.eye(2)))
        return self

    def drain(self) -> Self:
        """Take the colour and the shape of its class away from the point."""
        self.drained = True
        return self.at(self.point)

    def place_values(self, points: FloatArray, arrows: FloatArray) -> Self:
        """Write the coordinates where their lines meet the axes, clear of all that is drawn.

        Args:
            points: of the data, `(n, 2)`. arrows: points `(n, 2)` along i and j; both in scene units.
        """
        here, feet = self.view.to_scene(self.point[None])[0], self.view.to_scene(np.diag(self.point))
        lines = np.concatenate([here + _ALONG * (foot - here) for foot in feet])
        obstacles = [Obstacle(boxes_at(points), _CLEAR)]
        obstacles += [Obstacle(boxes_at(along), _LINE_CLEAR) for along in (lines, arrows)]
        room = self.view.region.inset(_EDGE)
        for axis, (value, foot) in enumerate(zip(self.values, feet, strict=True)):
            size = size_of(value)
            chosen = place(size, foot + _around(size, axis, self.point), obstacles, within=room)
            value.move_to(np.append(chosen.middle, 0.0))
            obstacles.append(Obstacle(boxes_at(chosen.middle[None], size), _LINE_CLEAR))
        return self

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the dashed lines reach for the axes, and i and j for them."""
        return Drive(
            VGroup(self.stretches, self.lines),
            lambda share: self.at(self.point, share),
            introducer=True,
            **options,
        )

    def glide(self, points: FloatArray, **options: Any) -> Drive:
        """Return the animation in which the point goes straight on to another one, `(2,)` in data."""
        start = self.point.copy()
        moving = VGroup(self.stretches, self.lines, self.ground, self.mark, self.grey, self.ring)
        return Drive(moving, lambda t: self.at(start + t * (points - start)), **options)

    def pulse(self, **options: Any) -> Drive:
        """Return the animation in which the ring swells and comes back."""

        def show(t: float) -> None:
            self.ring.set(width=2 * _RING * (1 + (_SWOLLEN - 1) * np.sin(np.pi * t)))

        return Drive(self.ring, show, **options)


def _around(size: FloatArray, axis: int, point: FloatArray) -> FloatArray:
    """Return where a number may stand about the foot of its line, the best place first, `(n, 2)`."""
    away, half = -np.copysign(1.0, point[1 - axis]), size / 2
    if axis == 0:
        aside = half[0] + 0.12
        steps = [(0, away), (aside, away), (-aside, away), (aside, -away), (-aside, -away)]
        return np.array([(x, y * _BELOW) for x, y in steps])
    beside, above = half[0] + _BESIDE, half[1] + 0.1
    steps = [(away, 0), (away, above), (away, -above), (-away, above), (-away, -above)]
    return np.array([(x * beside, y) for x, y in steps])
