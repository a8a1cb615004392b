"""The story that all 2-2-1 networks share: W₁ turns the plane, b₁ shifts it, W₂ reads off one number."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
from manim import FadeIn

from scenes.definition import P
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers
from scenes.families.scores import counted, strips_over
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_column, math_matrix, math_number

H = TypeVar("H", bound=HiddenPlaneNumbers)

PAINT = {"w11": "basis_i", "w21": "basis_i", "w12": "basis_j", "w22": "basis_j", "relu": "active"}
# Scores closer together than this still get a number line of this length.
_SHORTEST_LINE = 0.2
# What the names of i and j take up around their arrows' ends, besides the margin, in scene units.
_ROOM_FOR_NAMES = np.array([0.4, 0.3])
# How far inside the stage the points stay on their way, in scene units.
_INSIDE = 0.2


class HiddenPlaneScene(ExplainerScene[P, H], Generic[P, H]):
    """Base of the scenes in which a trained 2-2-1 network moves the plane and reads off a score.

    A subclass names `rule`, the markup of the first layer.
    """

    rule_markup = ""

    def set_stage(self) -> None:
        """Set the plane, which has room for all motions on it, and the panel."""
        named = [(self.numbers.arrow_ends(), _ROOM_FOR_NAMES)]
        self.wide_view = View.filling(self.layout, self.numbers.clouds(), around=named)
        self.space = Space(self.wide_view, self.theme, self.numbers.dataset)
        self.compose_panel()

    def compose_panel(self) -> None:
        numbers = self.numbers
        top, middle, low = self.layout.panel_parts()
        self.top, self.middle, self.low = top, middle, low
        self.diagram = NetworkDiagram(numbers.network, self.theme, top)
        self.rule = self.formula(self.rule_markup, paint=PAINT).within(middle)
        self.weights = self.formula(f"W_1 = {math_matrix(numbers.first.weights)}", paint=PAINT)
        self.bias = self.formula(f"bold(b)_1 = {math_column(numbers.first.bias)}")
        stack(low, [self.weights, self.bias], self.layout.panel_flow)
        self.score_rule = self.formula("y = W_2 bold(h) + b_2").within(middle)
        self.score_weights = self.formula(f"W_2 = {math_matrix(numbers.last.weights)}")
        self.score_bias = self.formula(f"b_2 = {math_number(numbers.last.bias[0])}")
        self.count = self.label("right_of", counted(numbers.threshold), size=FORMULA_SIZE)
        self.share = self.formula(
            f"{math_number(100 * numbers.threshold.accuracy, 1)} %", size=FORMULA_SIZE * 1.3
        )
        readings = [self.score_weights, self.score_bias, self.count, self.share]
        stack(low, readings, self.layout.panel_flow, gap=0.15)

    def show_curves(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("curves", parameters=self.numbers.network.parameter_count):
            self.appear(space.basis, *space.dots, run_time=0.8)
            self.appear(self.diagram, self.rule, run_time=1.0)

    def turn(self) -> None:
        self.add(self.space)
        with self.beat("turn"):
            self.play(FadeIn(self.weights), self.diagram.light_column(1), run_time=0.8)
            self.play(self.space.move(self.numbers.turned), run_time=2.4)

    def shift_by_bias(self) -> None:
        with self.beat("shift"):
            self.appear(self.bias)
            self.play(self.space.move(self.numbers.shifted), run_time=1.6)

    def show_last_layer(self) -> None:
        """Put the last layer into the panel and light it in the diagram."""
        self.play(
            *(FadeIn(thing) for thing in (self.score_rule, self.score_weights, self.score_bias)),
            self.diagram.light_column(2),
            run_time=0.6,
        )

    def set_score_line(self) -> None:
        """Lay the number line along the plane's x axis as it is now, and the strips that rise from it."""
        numbers, view = self.numbers, self.space.view
        low, high = float(numbers.marks.min()), float(numbers.marks.max())
        spare = max(0.0, _SHORTEST_LINE - (high - low)) / 2
        self.line = NumberLine(
            self.layout.stage, self.theme, low - spare, high + spare, float(view.origin[1])
        )
        self.strips = strips_over(self, self.line, numbers)

    def onto_line(self) -> tuple[float, float, tuple[np.ndarray, np.ndarray]]:
        """Return scale and zero of the score in data units, and the box that the points keep to."""
        view = self.space.view
        zero = (self.line.zero - float(view.origin[0])) / view.unit
        return self.line.unit / view.unit, zero, view.bounds_inside(_INSIDE)

    def read_off(self, **options: Any) -> Drive:
        """Return the animation in which the last layer takes the plane onto the number line."""
        place = self.onto_line()
        return self.space.move(lambda t: self.numbers.scored(t, *place), **options)
