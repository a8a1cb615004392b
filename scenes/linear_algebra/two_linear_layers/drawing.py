"""Two linear layers: one after the other they move the plane no further than one of them can."""

from __future__ import annotations

from manim import FadeIn, VGroup

from nnmath import Network
from scenes.families.hidden_plane.drawing import PAINT, HiddenPlaneScene
from scenes.families.scores import counted
from scenes.linear_algebra.two_linear_layers.numbers import (
    DEFINITION,
    TwoLinearLayersNumbers,
    TwoLinearLayersParameters,
)
from scenes.parts.marks.dots import Dots
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.writing.stack import stack
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_matrix, math_number

# A line that is so many times as wide as its place is too small to be read there.
_WIDEST = 1.65


class TwoLinearLayers(HiddenPlaneScene[TwoLinearLayersParameters, TwoLinearLayersNumbers]):
    """A trained 2-2-1 network without activation, and the single layer that does the same in one move."""

    definition = DEFINITION
    rule_markup = "bold(h) = W_1 bold(x) + bold(b)_1"

    def construct(self) -> None:
        self.set_stage()
        self.show_curves()
        self.turn()
        self.shift_by_bias()
        self.map_to_line()
        self.score()
        self.rewind()
        self.multiply()
        self.map_at_once()

    def set_stage(self) -> None:
        super().set_stage()
        self.set_score_line()
        self.compose_comparison()
        self.compose_product()

    def compose_comparison(self) -> None:
        """Set what two layers and one layer get right, in the place of the last layer's numbers."""
        numbers = self.numbers
        self.comparison = VGroup(
            self.label("two_layers", counted(numbers.threshold), size=FORMULA_SIZE),
            self.label("one_layer", counted(numbers.alone), size=FORMULA_SIZE),
        )
        stack(self.low, list(self.comparison), self.layout.panel_flow)

    def compose_product(self) -> None:
        """Set the network of one layer, and its weights multiplied out from those shown before."""
        numbers = self.numbers
        first, last = numbers.first, numbers.last
        self.single_diagram = NetworkDiagram(Network((numbers.collapsed,)), self.theme, self.top)
        self.single_rule = self.formula("y = W bold(x) + b").within(self.middle)
        result = math_matrix(numbers.shown_product)
        # The columns of W₂ belong to h₁ and h₂, not to i and j.
        outer = ", ".join(math_number(weight) for weight in last.weights[0])
        factors = self.formula(f'= mat(delim: "[", {outer}) {math_matrix(first.weights)}', paint=PAINT)
        if self.layout.panel_flow == "down" and factors.width < _WIDEST * self.layout.panel.width:
            name, whole = (self.formula(line, paint=PAINT) for line in ("W = W_2 W_1", f"= {result}"))
            self.product = VGroup(name, factors, whole)
        else:
            # There is no room for the factors, which were shown before.
            self.product = VGroup(self.formula(f"W = W_2 W_1 = {result}", paint=PAINT))
        self.product_bias = self.formula(f"b = W_2 bold(b)_1 + b_2 = {math_number(numbers.shown_bias)}")
        stack(self.low, [*self.product, self.product_bias], self.layout.panel_flow, gap=0.14)

    def map_to_line(self) -> None:
        with self.beat("read-off"):
            self.disappear(self.rule, self.weights, self.bias, run_time=0.4)
            self.show_last_layer()
            self.play(self.read_off(run_time=2.4))
            self.appear(self.line, instead_of=(self.space.plane, self.space.basis))

    def score(self) -> None:
        strips = self.strips
        self.drop = strips.lift(self.space.dots, start=1.0, end=0.0, run_time=0.8)
        with self.beat("score", **counted(self.numbers.threshold)):
            self.play(strips.lift(self.space.dots), FadeIn(strips.names), run_time=1.4)
            self.disappear(self.score_weights, self.score_bias, run_time=0.4)
            self.play(strips.sweep(run_time=1.4))
            self.appear(strips.threshold_name, run_time=0.4)
            self.appear(*self.comparison)

    def rewind(self) -> None:
        space, place = self.space, self.onto_line()
        with self.beat("rewind"):
            self.disappear(self.strips, self.comparison, self.score_rule, run_time=0.4)
            self.play(self.drop)
            self.appear(space.plane, space.basis, instead_of=[self.line], run_time=0.4)
            self.play(space.move(lambda t: self.numbers.rewound(t, *place), run_time=2.4))

    def multiply(self) -> None:
        with self.beat("product"):
            self.appear(self.product, run_time=1.0)
            single = (self.single_diagram, self.single_rule, self.product_bias)
            self.appear(*single, instead_of=[self.diagram], run_time=1.0)

    def map_at_once(self) -> None:
        space, place = self.space, self.onto_line()
        with self.beat("at-once"):
            self.play(space.move(lambda t: self.numbers.scored_at_once(t, *place), run_time=2.2))
            self.appear(self.line, self.slots(), instead_of=(space.plane, space.basis))
            self.play(self.strips.lift(space.dots), FadeIn(self.strips.names), run_time=1.4)
            self.appear(*self.strips.decision, run_time=0.4)

    def slots(self) -> VGroup:
        """Return an empty place for every point, where the two layers have taken it."""
        strips, labels = self.strips, self.numbers.dataset.labels
        slots = VGroup()
        for cloud, label in zip(self.space.dots, self.numbers.dataset.classes, strict=True):
            places = Dots(self.colour("faint"), strips.diameter, square=cloud.square)
            slots.add(places.set_positions(strips.targets[labels == label]).set_z_index(2))
        return slots
