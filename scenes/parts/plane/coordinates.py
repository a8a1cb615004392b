"""Where an arrow's tip is: dashed legs along the axes, each with its number, and the arrow they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import Circle, VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, grown, place, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

# How far off its leg a number may stand, besides half its size, and where along it: the best first.
_OFF, _ALONG = (0.12, 0.3, 0.55), (0.5, 0.3, 0.7, 0.05, 0.95, -0.3, 1.3)
# How far numbers keep off each other and off names.
_APART = 0.07
# The ring about a tip; those of two arrows to one place are both seen.
_RING, _OUTER_RING = 0.18, 0.26
_SAMPLES = np.linspace(0.0, 1.0, 17)[:, None]


class Coordinates(VGroup, Viewed):
    """Two dashed legs from the origin to a tip, their numbers, and the arrow from the origin to the tip.

    Attributes:
        tip: in data units, `(2,)`.
        corners: origin, corner and tip, `(3, 2)` in scene units. ends: of the arrow, `(2, 2)`.
        legs, numbers: along the level axis and along the upright one, in this order.
        arrow: slim, where it says where something will land; then a ring is about its tip.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        tip: FloatArray,
        numbers: tuple[str, ...],
        *,
        role: Role,
        up_first: bool = False,
        size: float = FORMULA_SIZE,
        slim: bool = True,
        lane: float = 0.0,
    ) -> None:
        """Draw the coordinates of a data point `tip` (2,), whose `numbers` are written as markup.

        On a number line, where tips have one number, the arrow runs beside the line in a lane, and the level
        leg leads from its head to the line.

        Args:
            lane: how far above the line the arrow runs, in data units.
            up_first: whether the upright leg begins at the origin, and the level one ends at the tip.
        """
        super().__init__()
        self.tip, self.up_first, self.lane = np.asarray(tip, dtype=float), up_first, lane
        self.legs = tuple(Segments(theme[role], 3.6).set_z_index(4.4) for _ in range(2))
        self.arrow = Arrow(theme[role], **({"width": 3.0, "tip": 0.2} if slim else {})).set_z_index(4.5)
        self.numbers = tuple(
            Formula(number, theme, size=size, role=role, halo=True).set_z_index(6.5) for number in numbers
        )
        # Where the arrow lies under another, its end is still seen.
        self.ring = Circle(
            _OUTER_RING if up_first else _RING, color=theme[role], stroke_width=3.6
        ).set_z_index(5.4)
        self.add(*self.legs, self.arrow, *([self.ring] if slim else []), *self.numbers)
        self.look(view)

    def look(self, view: View) -> Self:
        """Draw legs and arrow as `view` sees them; the numbers stay where they were placed."""
        self.view = view
        corner = [0.0, self.tip[1]] if self.up_first else [self.tip[0], 0.0]
        self.corners = view.to_scene(np.array([[0.0, 0.0], corner, self.tip]))
        self.ends = self.corners[[0, 2]] + np.array([0.0, self.lane * view.unit])
        for axis in (0, 1):
            self.legs[axis].set_pieces(dashes(*self._leg(axis)))
        self.arrow.reach(*self.ends)
        self.ring.move_to(np.append(self.ends[1], 0.0))
        return self

    def _leg(self, axis: int) -> tuple[FloatArray, FloatArray]:
        if self.lane:
            return self.ends[1], self.corners[2]
        first = int(axis == 1) if not self.up_first else int(axis == 0)
        return self.corners[first], self.corners[first + 1]

    def place_numbers(self, obstacles: Iterable[Obstacle], within: Region) -> None:
        """Stand each number beside its leg, where it keeps clear of `obstacles` and in a region."""
        rings = [Obstacle(grown(boxes_of([self.ring]), 0.03))] if self.ring in self.submobjects else []
        keep_off = [
            *obstacles,
            *rings,
            Obstacle(boxes_at(self.corners[0] + _SAMPLES * self._span()), reach=0.05),
        ]
        for axis, number in enumerate(self.numbers):
            start, end = self._leg(axis)
            # The usual place is outside the triangle of legs and arrow.
            outside = self._outside(axis)
            reach = size_of(number)[1 - axis] / 2
            candidates = np.array(
                [
                    start + share * (end - start) + side * (reach + off)
                    for off in _OFF
                    for side in (outside, -outside)
                    for share in _ALONG
                ]
            )
            if self.lane:
                # Beyond the arrow's head.
                ahead = np.sign(self.tip[0]) or 1.0
                beyond = np.array([ahead * (size_of(number)[0] / 2 + _OFF[0]), 0.0])
                candidates = np.concatenate([self.ends[1:] + beyond, candidates])
            number.move_to(np.append(place(size_of(number), candidates, keep_off, within=within).middle, 0.0))
            keep_off.append(Obstacle(grown(boxes_of([number]), _APART)))

    def _span(self) -> FloatArray:
        span: FloatArray = self.corners[2] - self.corners[0]
        return span

    def _outside(self, axis: int) -> FloatArray:
        """Return the direction across a leg that leads out of the triangle, `(2,)`."""
        other = 1 - axis
        direction = np.zeros(2)
        leads_away = (axis == 1) != self.up_first
        sign = 1.0 if self._span()[other] >= 0 else -1.0
        direction[other] = sign if leads_away else -sign
        return direction

    def draw_leg(self, axis: Literal[0, 1], **options: Any) -> Drive:
        """Return the animation in which a leg grows."""
        leg, (start, end) = self.legs[axis], self._leg(axis)
        return Drive(
            leg,
            lambda t: leg.set_pieces(dashes(start, start + t * (end - start))),
            introducer=True,
            **options,
        )

    def draw_arrow(self, **options: Any) -> Drive:
        """Return the animation in which the arrow grows from the origin to the tip."""
        tail, head = self.ends

        def show(t: float) -> None:
            self.arrow.reach(tail, tail + t * (head - tail))
            self.ring.set_stroke(opacity=max(2.0 * t - 1.0, 0.0))

        drawn = VGroup(self.arrow, self.ring) if self.ring in self.submobjects else self.arrow
        return Drive(drawn, show, introducer=True, **options)
