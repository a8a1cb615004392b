"""One layer: the plane is laid onto a line, and every point becomes one number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import FadeIn, VGroup, linear

from scenes.families.one_layer.drawing import COLUMN_PAINT, OneLayerScene
from scenes.linear_algebra.one_layer_map.line_reading import LineReading
from scenes.linear_algebra.one_layer_map.numbers import DEFINITION, OneLayerMapNumbers, OneLayerMapParameters
from scenes.linear_algebra.one_layer_map.passage import Passage
from scenes.stage.writing import Formula
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_factor, math_number, math_term, numeral

# The size of the marks where the points were, as a share of the points' own.
_GHOST = 0.6
# How much longer than the panel is wide a sum may be, before it is written on two lines.
_LONGEST = 1.25


class OneLayerMap(OneLayerScene[OneLayerMapParameters, OneLayerMapNumbers]):
    """W turns i and j onto the number line and everything rides along; b slides it."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.compose()
        self.introduce()
        self.give_numbers()
        self.lay_down()
        self.read_weights()
        self.shift_by_bias()
        self.follow_point()

    def compose(self) -> None:
        numbers = self.numbers
        self.sum = self.written_sum("=")
        if self.sum.width > _LONGEST * self.layout.panel_parts()[2].width:
            self.sum = self.written_sum("&=", cut=" \\ & quad ")
        self.total = self.formula(f"{math_equals(numbers.exact)} {math_number(numbers.shown_output)}")
        self.compose_panel(self.sum, self.total)

    def written_sum(self, equals: str, cut: str = "") -> Formula:
        """Return the picked point's products and the bias as they add up, `cut` between the products."""
        numbers = self.numbers
        (first, second), (x, y) = numbers.shown_weights.tolist(), numbers.shown_point.tolist()
        i = named("w11", f"{math_number(first)} dot {math_factor(x)}")
        j = named("w12", f"{math_factor(second)} dot {math_factor(y)}")
        return self.formula(f"{equals} {i} {cut}+ {j} {math_term(numbers.shown_bias)}", paint=COLUMN_PAINT)

    def values_in_neurons(self) -> Sequence[float]:
        return (*self.numbers.shown_point.tolist(), self.numbers.shown_output)

    def introduce(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("curves"):
            self.play(space.basis.grow(), run_time=1.0)
            self.play(*(cloud.reveal(rate_func=linear) for cloud in space.dots), run_time=1.6)

    def give_numbers(self) -> None:
        with self.beat("layer"):
            self.show_layer()

    def lay_down(self) -> None:
        with self.beat("turn"):
            self.turn(2.4)

    def read_weights(self) -> None:
        numbers, line, theme = self.numbers, self.line, self.theme
        first, second = numbers.shown_weights.tolist()
        i = f"bold(i): w_11 = {math_number(first)}"
        j = f"bold(j): w_12 = {math_number(second)}"
        self.readings = VGroup(
            LineReading(line, theme, numbers.weights[0], i, "basis_i", above=False),
            LineReading(line, theme, numbers.weights[1], j, "basis_j"),
        )
        with self.beat("read", first=numeral(first), second=numeral(second)):
            for reading in self.readings:
                self.play(reading.lift(run_time=1.2))

    def shift_by_bias(self) -> None:
        numbers = self.numbers
        name = f"b = {math_number(numbers.shown_bias)}"
        self.bias_reading = LineReading(self.line, self.theme, numbers.bias, name, "text")
        with self.beat("shift", bias=numeral(numbers.shown_bias)):
            self.disappear(self.readings, run_time=0.4)
            self.appear(self.bias_reading.name, run_time=0.4)
            self.play(self.bias_reading.grow(run_time=1.6), self.space.move(numbers.shifted, run_time=1.6))

    def follow_point(self) -> None:
        numbers, diagram = self.numbers, self.diagram
        ghosts = VGroup(*(cloud.copy().set_z_index(0) for cloud in self.space.dots))
        for ghost, label in zip(ghosts, numbers.dataset.classes, strict=True):
            ghost.set_positions(self.line_view.to_scene(numbers.dataset.of_class(label)))
            ghost.set_stroke(self.colour("faint")).resize(_GHOST * ghost.diameter)
        end = np.array([numbers.output, 0.0])
        written = (numbers.shown_point, numbers.shown_output)
        passage = Passage(self.line_view, self.theme, numbers.picked, end, label=1, written=written)
        with self.beat("numbers"):
            gone = [self.bias_reading, self.space.basis]
            if self.layout.panel_flow == "across":
                # Beside numbers in the neurons the small diagram has no room for the weights.
                gone.append(self.weights_on_edges)
            self.appear(ghosts, instead_of=gone)
            given = diagram.show_values(0, numbers.shown_point)
            self.play(FadeIn(passage.origin), given, FadeIn(self.sum), run_time=0.8)
            self.play(passage.draw(), diagram.pulses(0), run_time=1.2)
            output = diagram.show_values(1, [numbers.shown_output])
            self.play(FadeIn(passage.landing), output, FadeIn(self.total), run_time=0.8)
