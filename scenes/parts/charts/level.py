"""A level that terms fill and drain: a stacked bar with a zero line, upright or laid along an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from scenes.parts.marks.segments import Segments
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_MARK_WIDTH, _ZERO_WIDTH, _TUBE_WIDTH = 7.0, 3.5, 3.0
# How far the mark and the zero line stick out on either side, in scene units.
_MARK_OUT, _ZERO_OUT = 0.16, 0.2
# What parts two pieces, in stroke widths, and the least length of a piece, in scene units.
_PARTING, _LEAST = 2.5, 1e-4
_LATE = 8


@dataclass(frozen=True)
class Pose:
    """How a level stands.

    Attributes:
        foot: where 0 is, in the middle of the first lane, `(2,)` in scene units.
        angle: the direction in which values grow, in radians; lanes follow each other to its right.
        unit: scene units to one unit of value.
        lane: the width of a lane in scene units.
    """

    foot: FloatArray
    angle: float
    unit: float
    lane: float

    @property
    def up(self) -> FloatArray:
        """The direction in which values grow, `(2,)`."""
        return np.array([math.cos(self.angle), math.sin(self.angle)])

    @property
    def aside(self) -> FloatArray:
        """The direction in which lanes follow each other, `(2,)`."""
        return np.array([math.sin(self.angle), -math.cos(self.angle)])

    def at(self, value: float | FloatArray, lanes: float | FloatArray = 0.0) -> FloatArray:
        """Return the points `(…, 2)` of values, so many lanes beside the middle of the first one."""
        along = np.multiply.outer(np.asarray(value, dtype=float) * self.unit, self.up)
        beside = np.multiply.outer(np.asarray(lanes, dtype=float) * self.lane, self.aside)
        placed: FloatArray = self.foot + along + beside
        return placed

    def towards(self, other: Pose, t: float) -> Pose:
        """Return the pose at time `t` of a fall, from upright, into another one about the foot.

        The foot glides along as the level falls, and the unit changes late, when it is nearly down: so its
        ends rise hardly higher, and sink hardly lower, than they were or will be.
        """

        def between(a: float, b: float) -> float:
            return a + t * (b - a)

        return Pose(
            self.foot + (1.0 - math.cos(math.pi / 2 * t)) * (other.foot - self.foot),
            between(self.angle, other.angle),
            self.unit + t**_LATE * (other.unit - self.unit),
            between(self.lane, other.lane),
        )


class Level(VGroup):
    """Terms as pieces of a bar, each from where the last one ended, up or down; a mark stands at their sum.

    A term that turns back goes on in the next lane, so that no piece covers another one; a picture in which
    terms pass through 0 may keep every term in a lane of its own choice.

    Attributes:
        terms: the numbers shown, `(k,)`. lanes: the lane of each, `(k,)`.
        ends: where each begins and ends, `(k, 2)`.
        pieces: one a term. mark, zero, tube: at the sum, at 0, and around the first lane.
    """

    def __init__(
        self,
        theme: Theme,
        roles: Sequence[Role],
        pose: Pose,
        limits: tuple[float, float],
        *,
        lanes: Sequence[int] | None = None,
    ) -> None:
        """Make an empty level with a term for every role.

        Args:
            limits: what its tube reaches from and to, in values.
            lanes: the lane of every term; `lanes_of` the terms on show unless given.
        """
        super().__init__()
        self.theme, self.pose, self.limits = theme, pose, limits
        self._kept = None if lanes is None else np.array(lanes, dtype=np.int_)
        self.pieces = [
            VMobject(
                stroke_color=theme["background"],
                stroke_width=_PARTING,
                fill_color=theme[role],
                fill_opacity=1.0,
            )
            for role in roles
        ]
        self.tube = Segments(theme["faint"], _TUBE_WIDTH)
        self.zero = Segments(theme["muted"], _ZERO_WIDTH)
        self.mark = Segments(theme["boundary"], _MARK_WIDTH)
        self.add(self.tube, *self.pieces, self.zero, self.mark)
        for piece in self.pieces:
            piece.set_z_index(2)
        self.zero.set_z_index(3)
        self.mark.set_z_index(4)
        self.show(np.zeros(len(roles)))

    @property
    def total(self) -> float:
        """The sum, where the mark stands."""
        return float(self.ends[-1, 1]) if len(self.ends) else 0.0

    @property
    def widest(self) -> int:
        """The last lane in use."""
        return int(self.lanes.max(initial=0))

    def show(self, terms: FloatArray) -> Self:
        """Show other terms, `(k,)`."""
        self.terms = np.asarray(terms, dtype=np.float64)
        self.lanes = lanes_of(self.terms) if self._kept is None else self._kept
        tops = np.cumsum(self.terms)
        self.ends = np.column_stack([tops - self.terms, tops])
        return self.stand(self.pose)

    def stand(self, pose: Pose) -> Self:
        """Stand in another way."""
        self.pose = pose
        for piece, lane, (start, end) in zip(self.pieces, self.lanes, self.ends, strict=True):
            if abs(end - start) * pose.unit < _LEAST:
                piece.clear_points()
                continue
            values = np.array([start, end, end, start, start])
            corners = pose.at(values, lane + np.array([-0.5, -0.5, 0.5, 0.5, -0.5]))
            piece.set_points_as_corners(np.column_stack([corners, np.zeros(5)]))
        self.mark.set_pieces(self._across(self.total, _MARK_OUT))
        self.zero.set_pieces(self._across(0.0, _ZERO_OUT))
        low, high = self.limits
        corners = pose.at(np.array([low, high, high, low]), np.array([-0.5, -0.5, 0.5, 0.5]))
        self.tube.set_pieces(np.stack([corners, np.roll(corners, -1, axis=0)], axis=1))
        return self

    def _across(self, value: float, out: float) -> FloatArray:
        """Return a line across all lanes in use at a value, `(1, 2, 2)`, that sticks out so far."""
        beyond = out * self.pose.aside * min(self.pose.lane / (2 * out), 1.0)
        start, end = self.pose.at(value, -0.5) - beyond, self.pose.at(value, self.widest + 0.5) + beyond
        return np.array([[start, end]])


def lanes_of(terms: FloatArray) -> npt.NDArray[np.int_]:
    """Return the lane of every term `(k,)`: the next one where the way turns back; 0 turns nothing."""
    lanes, lane, way = [], 0, 0.0
    for term in np.asarray(terms, dtype=float).tolist():
        sign = math.copysign(1.0, term) if term else 0.0
        if sign and way and sign != way:
            lane += 1
        way = sign or way
        lanes.append(lane)
    return np.array(lanes, dtype=np.int_)
