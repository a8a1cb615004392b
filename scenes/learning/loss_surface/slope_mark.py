"""The gradient at a point of the map: square across the line of equal loss; and the step against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import LEFT, VGroup

from nnmath import FloatArray
from scenes.learning.loss_surface.landscape import Landscape
from scenes.learning.loss_surface.numbers import LossSurfaceNumbers
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, clipped
from scenes.parts.plane.view import Viewed
from scenes.parts.surface.contours import Contour
from scenes.parts.surface.lines import FaintLines
from scenes.parts.writing.placing import Obstacle, Placed, boxes_at, boxes_of, grown, place, size_of
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_equals, math_significant, significant
from scenes.style.theme import Role, Theme

# The gradient says a direction; how steep it is, the number says.
_LENGTH = 1.25
_SQUARE = 0.26
# Where names are looked for around an arrow, and what they keep from arrows, the ball and each other.
_ANGLES = -np.pi / 4 + np.linspace(0.0, 2 * np.pi, 16, endpoint=False)
_DISTANCES, _CLEAR, _BALL, _APART = (0.16, 0.35, 0.6, 1.0), 0.16, 0.22, 0.1
_RATE_DIGITS = 4
# How much smaller than other formulas numbers may become and still be read.
_SMALLEST = 0.6


class SlopeMark(VGroup, Viewed):
    """The gradient at a point of the map.

    Attributes:
        place: the point, `(2,)` in scene units. direction: of the gradient on the map, `(2,)` of length 1.
        line: the line of equal loss through the point. square: the right angle between the two.
        gradient, step: arrows; the step is as long as it is.
        names: of the arrows.
    """

    def __init__(
        self,
        theme: Theme,
        landscape: Landscape,
        numbers: LossSurfaceNumbers,
        line: tuple[Contour, ...],
        within: Region,
        taken: Sequence[Placed] = (),
    ) -> None:
        """Prepare the marks.

        Args:
            line: that of equal loss through the point.
            within: what names keep within. taken: other writing that they keep clear of.
        """
        super().__init__()
        weights, gradient = numbers.point, numbers.gradient
        relief, viewpoint = landscape.relief, landscape.viewpoint
        self.within, self.view = within, landscape.view
        lifted = tuple(relief.lift(each, np.full(len(each), one.level)) for one in line for each in one.lines)
        self.line = FaintLines(
            relief, viewpoint, theme["boundary"], 5.0, window=landscape.surface.window
        ).take(lifted)
        self.line.set_z_index(1.0)
        self.place = viewpoint.project(np.append(weights - relief.middle, 0.0)[None])[0]
        # On the map both axes have the same unit, so a direction among the weights is one on the map.
        size = float(np.hypot(*gradient))
        self.direction = gradient / size if size else np.zeros(2)
        self.change = -numbers.learning_rate * gradient * viewpoint.unit
        self.square = Segments(theme["boundary"], 3.5).set_z_index(2.0)
        self.gradient, self.step = Arrow(theme["slope"], width=8.0), Arrow(theme["step"], width=8.0)
        for arrow in (self.gradient, self.step):
            arrow.set_z_index(2.5)
        self.names = VGroup(
            Formula("nabla L", theme, size=FORMULA_SIZE, role="slope", halo=True),
            Formula("-eta nabla L", theme, size=FORMULA_SIZE, role="step", halo=True),
        ).set_z_index(4)
        self._name(taken)
        self.add(self.line, self.square, self.gradient, self.step, self.names)

    def _name(self, taken: Sequence[Placed]) -> None:
        """Stand the names beside the arrows, clear of both, of the ball and of what else is written."""
        shares = np.linspace(0.0, 1.0, 9)[:, None]
        spans = _LENGTH * self.direction, self.change
        arrows = np.concatenate([self.place + shares * span for span in spans])
        written = [*taken]
        for name, span in zip(self.names, spans, strict=True):
            size = size_of(name)
            round_about = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
            places = [
                self.place + share * span + round_about * (size / 2 + away)
                for share in (0.7, 1.0, 0.4)
                for away in _DISTANCES
            ]
            obstacles = [
                Obstacle(boxes_at(arrows), reach=_CLEAR),
                Obstacle(boxes_at(self.place[None], 2 * _BALL)),
                *(Obstacle(grown(boxes_of([other]), _APART)) for other in written),
            ]
            found = place(size, np.concatenate(places), obstacles, within=self.within)
            name.move_to(np.append(found.middle, 0.0))
            written.append(name)

    def climb(self, share: float) -> Self:
        """Show this share of the gradient's arrow, and of the right angle."""
        self._reach(self.gradient, share * _LENGTH * self.direction)
        across = np.array([-self.direction[1], self.direction[0]])
        side = share * _SQUARE
        corners = self.place + side * np.array([across, across + self.direction, self.direction])
        pieces = np.stack([corners[:-1], corners[1:]], axis=1)
        self.square.set_pieces(pieces if side > 0 and self.direction.any() else np.zeros((0, 2, 2)))
        return self

    def descend(self, share: float) -> Self:
        """Show this share of the step's arrow."""
        self._reach(self.step, share * self.change)
        return self

    def _reach(self, arrow: Arrow, span: FloatArray) -> None:
        """Point so far from the place, cut off where the stage ends."""
        ends = np.array([[self.place, self.place + span]])
        kept = clipped(ends, self.within)
        arrow.reach(*(kept[0] if len(kept) else np.repeat(self.place[None], 2, axis=0)))


def gradient_lines(theme: Theme, numbers: LossSurfaceNumbers, region: Region) -> VGroup:
    """Return the gradient, η and the step in numbers; as written, the step is −η times the gradient."""
    for digits in (3, 2, 1):
        # Powers of ten may be too wide for so many digits.
        lines = VGroup(
            *(Formula(text, theme, size=FORMULA_SIZE, role=role) for text, role in _written(numbers, digits))
        )
        if max(line.width for line in lines) * _SMALLEST <= region.width:
            break
    gap = min(0.62, (region.height - 0.2) / 3)
    factor = min(1.0, region.width / max(line.width for line in lines), gap / 0.5)
    for k, line in enumerate(lines):
        line.scale(factor).stand_at(np.array([region.left, region.top - gap * (k + 0.8), 0.0]), LEFT)
    return lines.set_z_index(PANEL)


def _written(numbers: LossSurfaceNumbers, digits: int) -> tuple[tuple[str, Role], ...]:
    """Return the gradient, η and the step in so many digits, and each one's colour."""
    slopes = [significant(each, digits) for each in numbers.gradient.tolist()]
    rate = significant(numbers.learning_rate, _RATE_DIGITS)
    changes = [-rate * slope for slope in slopes]
    steps = [significant(float(each), digits) for each in changes]
    gradient, step = (
        "({}, {})".format(*(math_significant(each, digits) for each in pair)) for pair in (slopes, steps)
    )
    return (
        (f"nabla L = {gradient}", "slope"),
        (f"eta = {math_significant(rate, _RATE_DIGITS)}", "step"),
        (f"-eta nabla L {math_equals(steps == changes)} {step}", "step"),
    )
