"""The story that all 2-2-1 networks share: the first layer moves the plane, the last reads off one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from manim import RIGHT, UP, FadeIn, Mobject, VGroup

from nnmath import BestThreshold, FloatArray
from nnmath.plane_map import PlaneMap
from scenes.definition import P
from scenes.families.hidden_plane.axes import NamedAxes
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers, Line, LinePlace
from scenes.families.scores import right_counter, strips_over
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.ghost import Ghost
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.counter import Counter
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene, ticks
from scenes.style.layout import Region
from scenes.style.markup import named
from scenes.style.numerals import math_column, math_matrix, math_number

H = TypeVar("H", bound=HiddenPlaneNumbers)

PAINT = {"w11": "basis_i", "w21": "basis_i", "w12": "basis_j", "w22": "basis_j", "relu": "active"}
RELU = named("relu", 'upright("relu")')
# Scores closer together than this still get a number line of this length.
_SHORTEST_LINE = 0.2
# What the names of i and j take up around their arrows' ends, besides the margin, in scene units.
_ROOM_FOR_NAMES = np.array([0.4, 0.3])
# How far inside the stage the points stay on their way, in scene units.
_INSIDE = 0.2
# How far a bar across the number line reaches below it, and stays below the stage's upper edge.
_BELOW, _ABOVE = 0.14, 0.3
_APART = 0.15
# What three rules below each other take up at the least; two side by side stand so far apart.
_THREE_LINES, _BETWEEN = 1.3, 0.36


class HiddenPlaneScene(ExplainerScene[P, H], Generic[P, H]):
    """Base of the scenes in which a trained 2-2-1 network moves the plane and reads off a score.

    A subclass names `rules_markup`, what the network computes, line by line; its first line is the motion of
    the plane.

    Attributes:
        axes: of the plane that the first layer makes. ghost: what a map has left of its start.
        pieces: the boundary in the plane as it was, `(s, 2, 2)` in data units.
    """

    rules_markup: tuple[str, ...] = ()
    axes: NamedAxes
    ghost: Ghost
    pieces: FloatArray

    def set_stage(self) -> None:
        """Set the plane, which has room for all motions on it, and the panel."""
        named_ends = [(self.numbers.arrow_ends(), _ROOM_FOR_NAMES)]
        self.wide_view = View.filling(self.layout, self.numbers.clouds(), around=named_ends)
        self.space = Space(self.wide_view, self.theme, self.numbers.dataset)
        self.boundary = Boundary(self.wide_view, self.theme)
        self.compose_panel()
        self.add(self.space)

    def compose_panel(self) -> None:
        """Stand the diagram in the panel, the rules beside or below it, and numbers below these."""
        numbers, layout = self.numbers, self.layout
        diagram, line, low = layout.panel_parts()
        # Below the diagram, not beside it, the rules keep off its neurons.
        apart = _APART if layout.panel_flow == "down" else 0.0
        self.room = Region(line.left, low.bottom, line.right, line.top - apart)
        top, self.low = self.room.rows(1.75, 1.45, gap=0.1)
        self.diagram = NetworkDiagram(numbers.network, self.theme, diagram, column_names=("x", "h", "s"))
        self.rules = VGroup(*(self.formula(markup, paint=PAINT) for markup in self.rules_markup))
        lines: list[Mobject] = list(self.rules)
        if len(lines) > 2 and top.height < _THREE_LINES:
            first, second, *others = lines
            second.next_to(first, RIGHT, buff=_BETWEEN)
            second.shift(UP * (self.rules[0].baseline - self.rules[1].baseline))
            lines = [VGroup(first, second), *others]
        down = layout.panel_flow == "down"
        alike(lines, top.width)
        stack(top, lines, "down", align=-1.0 if down else 0.0, gap=0.28 if down else 0.16)

    def compose_numbers(self) -> None:
        """Set the numbers that stand behind the letters of both layers."""
        numbers, layout = self.numbers, self.layout
        weights = self.formula(f"W_1 = {math_matrix(numbers.first.weights)}", paint=PAINT)
        bias = self.formula(f"bold(b)_1 = {math_column(numbers.first.bias)}")
        # Where the other rules come later.
        below = float(self.rules[0].get_bottom()[1]) - 0.15
        room = Region(self.room.left, self.room.bottom, self.room.right, below)
        alike([weights, bias], room.width)
        stack(room, [weights, bias], layout.panel_flow, align=-1.0, gap=0.4)
        self.first_numbers = VGroup(weights, bias)
        weights = self.formula(f"W_2 = {math_matrix(numbers.last.weights)}")
        bias = self.formula(f"b_2 = {math_number(numbers.last.bias[0])}")
        alike([weights, bias], self.low.width)
        stack(self.low, [weights, bias], layout.panel_flow, align=-1.0, gap=0.1)
        self.last_numbers = VGroup(weights, bias)

    def count(self, threshold: BestThreshold) -> Counter:
        """Return the large count of what is right, in the place of the last layer's numbers."""
        counter = right_counter(self, threshold.right, threshold.total)
        stack(self.low, [counter], self.layout.panel_flow, align=-1.0)
        return counter

    def move_plane(self) -> None:
        """Let W₁ and then b₁ act, and name the axes of the plane that they make."""
        space, numbers = self.space, self.numbers
        self.ghost = space.leave_ghost()
        self.play(FadeIn(self.first_numbers), self.diagram.light_column(1), run_time=0.6)
        self.play(space.move(numbers.turned, run_time=1.6))
        shift = float(np.hypot(*numbers.first.bias)) * space.view.unit
        if shift:
            self.play(space.move(numbers.shifted, run_time=seconds_for(shift)))
        names = space.basis.names
        self.disappear(names, run_time=0.2)
        # The new axes' names need their places.
        space.basis.remove(names)
        self.add(space)
        self.appear(self.axes, run_time=0.4)

    def show_last_layer(self) -> None:
        """Put the last layer into the panel and light it in the diagram."""
        self.play(
            FadeIn(self.rules[-1]), FadeIn(self.last_numbers), self.diagram.light_column(2), run_time=0.6
        )

    def set_score_line(self) -> None:
        """Lay the number line below the plane, with the strips that rise from it."""
        numbers = self.numbers
        low, high = float(numbers.marks.min()), float(numbers.marks.max())
        spare = max(0.0, _SHORTEST_LINE - (high - low)) / 2
        self.line = NumberLine(self.layout.stage, self.theme, low - spare, high + spare, 0.0)
        # The boundary may pass over the line, but not over its numbers.
        self.line.numbers.set_z_index(6)
        self.strips = strips_over(self, self.line, numbers)
        self.line.shift(np.array([0.0, self.strips.floor - self.line.height_now, 0.0]))

    @property
    def place(self) -> LinePlace:
        """Where the number line is on the plane as it is seen now."""
        view, line = self.space.view, self.line
        zero, height = (np.array([line.zero, line.height_now]) - view.origin) / view.unit
        return LinePlace(line.unit / view.unit, float(zero), view.bounds_inside(_INSIDE), float(height))

    def read_off(self, *, back: bool = False, **options: Any) -> Drive:
        """Return the animation in which the last layer takes the plane, and the boundary, onto the line.

        Args:
            back: whether it is played backwards.
        """
        return self.ride(self.numbers.scored, self.numbers.decision, back=back, **options)

    def ride(
        self,
        map_at: Callable[[float, LinePlace], PlaneMap],
        line_at: Callable[[float, LinePlace], Line],
        *,
        back: bool = False,
        **options: Any,
    ) -> Drive:
        """Return the animation of a motion onto the number line; the boundary, if there is one, rides along.

        Args:
            map_at, line_at: where the motion takes the plane, and the boundary, at a time in [0, 1].
            back: whether it is played backwards.
        """
        place = self.place
        carried = bool(len(self.boundary.shape)) and self.numbers.parts

        def show(t: float) -> None:
            self.space.show(map_at(t, place))
            if carried:
                self.boundary.line(*line_at(t, place))

        start, end = (1.0, 0.0) if back else (0.0, 1.0)
        return Drive(self.space, show, start=start, end=end, **options)

    @property
    def bar(self) -> FloatArray:
        """The threshold's bar across the number line and its strips, `(1, 2, 2)` in scene units."""
        return self.bar_at(self.numbers.threshold.value)

    def bar_at(self, score: float) -> FloatArray:
        """Return such a bar at a score."""
        x = float(self.line.at(score))
        low, high = self.strips.floor - _BELOW, self.layout.stage.top - _ABOVE
        return np.array([[[x, low], [x, high]]])

    @property
    def upright(self) -> FloatArray:
        """The whole line through the threshold, across the number line, `(1, 2, 2)` in scene units."""
        x, seen = float(self.line.at(self.numbers.threshold.value)), self.layout.frame
        return np.array([[[x, seen.bottom], [x, seen.top]]])

    def carry_boundary(self, plane_map: PlaneMap) -> None:
        """Let the boundary of the plane as it was follow a map."""
        self.boundary.mapped(self.pieces, plane_map)


def seconds_for(distance: float) -> float:
    """Return how long a shift over so many scene units takes, in seconds."""
    return ticks(min(0.6 + 0.4 * distance, 1.6))


def alike(lines: Sequence[Mobject], width: float) -> None:
    """Shrink lines, all by one factor, so that the widest is at most `width` wide."""
    factor = min(1.0, *(width / max(line.width, 1e-9) for line in lines))
    for line in lines:
        line.scale(factor)
