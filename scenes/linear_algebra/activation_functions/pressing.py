"""What a function is about to do to the line of numbers, shown before it does it."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, Circle, Polygon, VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.numbers import FunctionNumbers
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import BackdropSegments
from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import Backdrop
from scenes.stage.writing import Formula
from scenes.style.layout import SMALL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

_TINT, _FAINT = 0.13, 0.4
_HINGE, _PIVOT = 6.0, 0.22
# Arrows keep so far from the line and from where it will lie, and are at least so long.
_OFF, _SHORTEST = 0.2, 0.35
# They begin at the inputs next to these shares of the reach.
_AT = (-0.88, -0.62, -0.36, 0.36, 0.62, 0.88)
# Numbers of levels stand so far inside them, and from the left edge of the stage.
_NUMBER, _NUMBER_FROM = 0.26, 0.35


class _Tint(Polygon, Backdrop):
    """A part of the plane, tinted."""


class Pressing(VGroup, Viewed):
    """Tinted, the levels that no output will have; lit, those that they are pressed to; arrows on the way.

    Attributes:
        tints, levels, arrows: its drawing. pivot: where ReLU's line will bend; none for other functions.
        numbers: of the levels that are not on the axis, at their left ends.
    """

    def __init__(self, view: View, theme: Theme, inputs: FloatArray, function: FunctionNumbers) -> None:
        super().__init__()
        self.view, self.theme = view, theme
        self.bounded = len(function.levels) > 1
        heights = view.to_scene(np.column_stack([np.zeros(len(function.levels)), function.levels]))[:, 1]
        seen = view.seen
        boxes = [(seen.bottom, float(heights[0]))]
        if self.bounded:
            boxes.append((float(heights[-1]), seen.top))
        self.tints = VGroup(*(self._tint(*box) for box in boxes)).set_z_index(-2.5)
        ends = [[[seen.left, y], [seen.right, y]] for y in heights.tolist()]
        self.levels = BackdropSegments(theme["active"], _HINGE).set_pieces(np.array(ends)).set_z_index(0.5)
        self.arrows = VGroup(*self._arrows(inputs, function)).set_z_index(2)
        self.pivot = VGroup()
        if not self.bounded:
            ring = Circle(_PIVOT, color=theme["active"], stroke_width=5.0)
            self.pivot.add(ring.move_to(view.point(0.0, 0.0)).set_z_index(4))
        self.numbers = VGroup()
        for value, y in zip(function.levels, heights.tolist(), strict=True):
            if value:
                self.numbers.add(self._number(value, y))
        self._keep_apart()
        self.add(self.tints, self.levels, self.arrows, self.pivot, self.numbers)

    def _tint(self, bottom: float, top: float) -> _Tint:
        left, right = self.view.seen.left, self.view.seen.right
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        return _Tint(
            *([x, y, 0.0] for x, y in corners),
            color=self.theme["active"],
            stroke_width=0.0,
            fill_opacity=_TINT,
        )

    def _arrows(self, inputs: FloatArray, function: FunctionNumbers) -> list[Arrow]:
        """Return arrows from some inputs, unchanged, to their outputs."""
        reach = float(inputs[-1])
        arrows = []
        for k in dict.fromkeys(int(np.abs(inputs - share * reach).argmin()) for share in _AT):
            value, output = float(inputs[k]), float(function.outputs[k])
            tail, head = self.view.to_scene(np.array([[value, value], [value, output]]))
            length = abs(float(head[1] - tail[1]))
            if length > 2 * _OFF + _SHORTEST:
                off = np.array([0.0, np.copysign(_OFF, head[1] - tail[1])])
                arrow = Arrow(self.theme["active"], width=4.0, tip=0.2)
                arrows.append(arrow.reach(tail + off, head - off))
        return arrows

    def _number(self, value: float, height: float) -> Formula:
        number = Formula(math_number(value), self.theme, size=SMALL_SIZE, role="active", halo=True)
        left = self.view.region.left + _NUMBER_FROM
        # Between the levels, where the line never passes.
        inward = -np.copysign(_NUMBER, value)
        number.move_to([left + number.width / 2, height + inward, 0.0])
        number.set_z_index(2)
        return number

    def _keep_apart(self) -> None:
        """Stand a second number beside the first one where both have no room above each other."""
        if len(self.numbers) == 2:
            low, high = self.numbers
            if high.get_center()[1] - low.get_center()[1] < 1.2 * low.height:
                high.next_to(low, RIGHT, buff=0.15, coor_mask=np.array([1, 0, 0]))

    def press(self, share: float) -> None:
        """Show so much of the pressing done: arrows go first, then the tint; only bounds stay, faintly."""
        for arrow in self.arrows:
            arrow.set_opacity(float(np.clip(1 - 2.5 * share, 0.0, 1.0)))
            arrow.tip.set_stroke(width=0)
        self.tints.set_fill(opacity=_TINT * (1 - share))
        self.levels.set_stroke(opacity=1 - share * (1 - _FAINT) if self.bounded else 1 - share)
        self.pivot.set_stroke(opacity=1 - share**4)
