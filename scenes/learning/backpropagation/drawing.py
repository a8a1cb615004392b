"""Backpropagation: how much a weight moves the loss, and all weights at once, from the back to the front."""

from __future__ import annotations

from manim import Animation, FadeIn, FadeOut, VMobject

from scenes.learning.backpropagation.comparison import Comparison
from scenes.learning.backpropagation.composition import Composition, paced
from scenes.learning.backpropagation.cycle import Cycle
from scenes.learning.backpropagation.formulas import change_markup, loss_markup, share_markup, step_markup
from scenes.learning.backpropagation.links import derivative
from scenes.learning.backpropagation.nudging import Nudging
from scenes.learning.backpropagation.numbers import (
    DEFINITION,
    BackpropagationNumbers,
    BackpropagationParameters,
    Round,
)
from scenes.learning.backpropagation.picture import Picture
from scenes.learning.backpropagation.rates import Rates
from scenes.learning.backpropagation.terms import Terms
from scenes.parts.network.gradient_numbers import GradientNumbers
from scenes.parts.network.gradients import GradientEdges, back_pulses
from scenes.parts.network.pulses import Pulses
from scenes.parts.writing.flight import appear, arrive
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Shade
from scenes.style.markup import named
from scenes.style.numerals import math_bracketed, math_equals, math_significant
from scenes.style.theme import Role

# Seconds for a pass through all layers, for the way back, the hops of a nudge and further rounds; and for
# each half of a layer at the most.
_PASS, _BACK, _HOPS, _ROUNDS = 3.6, 3.8, 2.2, 3.0
_LAYER = 0.6
_LINE_SIZE, _RESULT_SIZE, _WORD_SIZE = 1.3 * FORMULA_SIZE, 0.86, 0.48


class Backpropagation(ExplainerScene[BackpropagationParameters, BackpropagationNumbers]):
    """A nudge runs forward to the loss; its derivative comes back, link by link and layer by layer."""

    definition = DEFINITION

    def construct(self) -> None:
        if self.numbers.fading is not None:
            self.comparison = Comparison(self, self.numbers.fading)
            self.comparison.play()
            return
        self.set_stage()
        self.pass_forward()
        self.nudge_a_weight()
        self.light_links()
        self.multiply()
        self.pass_back()
        self.take_step()
        self.go_round()

    def shades(self) -> tuple[Shade, ...]:
        return ()

    def set_stage(self) -> None:
        numbers, theme = self.numbers, self.theme
        for with_names in (False, True):
            self.parts = Composition.of(self.layout, named=with_names)
            self.picture = Picture(numbers, theme, self.parts.network)
            self.rates = Rates(numbers, theme, self.picture, self.layout.body)
            if self.rates.labelled:
                break
        self.diagram, self.readings = self.picture.diagram, self.picture.readings
        gradients = [layer.weights for layer in numbers.backward.layers]
        self.gradients = GradientEdges(self.diagram, theme, gradients)
        self.numbers_on_edges = GradientNumbers(self.diagram, theme, gradients, numbers.learning_rate)
        self.columns = self.picture.columns
        self.on_line: Formula | Terms | None = None
        self.add(self.picture)

    # The beats.

    def pass_forward(self) -> None:
        formula = self.line_formula(loss_markup(self.numbers), loss="loss", value="loss")
        with self.beat("forward"):
            self.run_forward(self.numbers.still)
            self.play(self.loss_pulses(), run_time=0.6)
            self.play(self.picture.loss_arrives(self.numbers.loss), FadeIn(formula), run_time=0.8)
        self.on_line = formula

    def nudge_a_weight(self) -> None:
        first = self.numbers.place[0]
        self.nudging = Nudging(self.numbers, self.theme, self.picture, self.parts.line)
        nudging = self.nudging
        with self.beat("nudge"):
            self.clear_line()
            nudging.show()
            nudging.changes.hide()
            self.add(nudging.changes)
            self.play(FadeIn(nudging.parts), *nudging.tell([0]), run_time=0.4)
            self.play(nudging.move({first: self.numbers.nudge}), run_time=0.6)
            hops = range(first + 1, self.columns + 1)
            for column in hops:
                self.play(*nudging.reach(column), run_time=paced(_HOPS, len(hops), 1.0))
            self.play(nudging.swing(), run_time=2.0)

    def light_links(self) -> None:
        nudging = self.nudging
        self.terms = self.product_terms()
        with self.beat("links"):
            back = nudging.move(dict.fromkeys(nudging.amounts, 0.0))
            self.play(back, *nudging.leave()[1:], run_time=0.6)
            self.play(nudging.leave()[0], self.gradients.stand_back(), run_time=0.4)
            self.terms.hide()
            self.add(self.terms)
            self.play(*self.written(self.terms.lead), run_time=0.4)
            for k, rate in enumerate(self.rates.each):
                names = [appear(self.terms.names[k])] if self.terms.names else []
                self.play(rate.light(), *names, run_time=0.8)

    def multiply(self) -> None:
        terms = self.terms
        with self.beat("product"):
            for k in range(len(terms.values)):
                sign = self.written(terms.signs[k - 1]) if k else []
                self.play(self.drop(k), *sign, run_time=1.0)
            self.play(*self.written(terms.tail), run_time=0.8)
            self.wait(PAUSE)

    def pass_back(self) -> None:
        last = self.columns - 1
        seconds = paced(_BACK, 2 * last, _LAYER)
        rule = self.line_formula(share_markup(self.numbers, lines=self.lines), **self.rule_colours())
        with self.beat("backward"):
            self.play(*self.lay_result_on_edge(), run_time=0.8)
            self.appear(rule, run_time=0.4)
            self.play(self.loss_pulses(back=True), run_time=0.4)
            for column in range(last, 0, -1):
                shares = self.picture.shares(column)
                self.play(*self.picture.arrive(column, shares, "share", run_time=seconds))
                wave = self.gradients.run_back([column - 1]), self.gradients.pulses(column - 1)
                self.play(*wave, *self.numbers_on_edges.appear(column - 1), run_time=seconds)
        self.on_line = rule

    def take_step(self) -> None:
        numbers, after = self.numbers, self.numbers.rounds[0]
        markup = step_markup(numbers, lines=self.lines)
        formula = self.line_formula(markup, weight=self.nudging.role, slope="slope", new="step")
        change = self.line_formula(change_markup(numbers.loss, after.loss), loss="loss", after="loss")
        with self.beat("step"):
            turning = self.gradients.dress("step"), *self.numbers_on_edges.turn()
            self.clear_line()
            self.play(*turning, FadeIn(formula), run_time=0.8)
            self.play(self.gradients.give_back(after.network), *self.numbers_on_edges.sink(), run_time=0.8)
            self.run_forward(after, seconds=1.6)
            self.play(self.loss_pulses(), FadeOut(formula), run_time=0.4)
            self.play(self.picture.loss_arrives(after.loss), FadeIn(change), run_time=0.6)
        self.on_line = change

    def go_round(self) -> None:
        names = ("forward", "error", "update")
        words = [self.label(name, size=_WORD_SIZE, role="muted") for name in names]
        self.cycle = Cycle(words, self.theme, self.parts.line)
        rounds = self.numbers.rounds
        with self.beat("cycle"):
            self.clear_line()
            self.play(FadeIn(self.cycle), run_time=0.4)
            for k, passed in enumerate(rounds):
                seconds = paced(_ROUNDS, 3 * len(rounds), 0.4) if k else 0.6 if len(rounds) < 6 else 0.4
                self.play(self.cycle.light(0), *self.all_forward(passed), run_time=seconds)
                error = self.picture.loss_arrives(passed.loss), self.loss_pulses()
                self.play(self.cycle.light(1), *error, run_time=seconds)
                if k + 1 < len(rounds):
                    update = self.update_to(rounds[k + 1])
                    self.play(self.cycle.light(2), *update, run_time=seconds)

    # What several beats share.

    def line_formula(self, markup: str, **paint: Role) -> Formula:
        """Return a formula on the line below the network."""
        return self.formula(markup, size=_LINE_SIZE, paint=paint).within(self.parts.line)

    @property
    def lines(self) -> int:
        """How many lines a long formula takes below the network."""
        return 1 if self.parts.wide else 2

    def rule_colours(self) -> dict[str, Role]:
        """Return the colours of a share and of the inputs that it meets."""
        layer = self.numbers.place[0]
        colours: dict[str, Role] = {"share": "slope"}
        for n in range(self.numbers.network.layers[layer].input_size):
            role = self.diagram.column_role(layer, n)
            colours[f"input{n}"] = "active" if role == "edge" else role
        return colours

    def clear_line(self) -> None:
        if self.on_line is not None:
            self.disappear(self.on_line, run_time=0.4)
            self.on_line = None

    def written(self, formula: Formula | None) -> list[Animation]:
        """Return the animations in which a hidden formula appears."""
        return [] if formula is None else [appear(part) for part in formula.submobjects]

    def product_terms(self) -> Terms:
        numbers, rates, wide = self.numbers, self.rates.each, self.parts.wide
        values = [rate.markup for rate in rates]
        equals = math_equals(numbers.product_is_exact)
        return Terms(
            self.parts.line,
            self.theme,
            [values[0], *map(math_bracketed, values[1:])],
            [rate.role for rate in rates],
            names=[] if self.rates.labelled else [rate.factor.name for rate in rates],
            lead=f"{derivative('L', numbers.links[0].name)} =",
            tail=f"{equals} {named('result', math_significant(numbers.product))}",
            tail_below=not wide,
            size=_LINE_SIZE if self.rates.labelled else FORMULA_SIZE,
            tail_size=_RESULT_SIZE,
        )

    def lay_result_on_edge(self) -> list[Animation]:
        """Return the animations in which the product flies onto its weight's edge, and its factors go."""
        result, (layer, m, n) = self.terms.tail, self.numbers.place
        label = self.numbers_on_edges.label(layer, m, n)
        leaving = [FadeOut(self.rates), self.gradients.run_back_one(layer, m, n)]
        if label is None or result is None:
            return [*leaving, FadeOut(self.terms)]
        self.numbers_on_edges.show(layer, m, n)
        self.add(self.numbers_on_edges)
        source = result.part("result").copy()
        (target,) = label.formula.submobjects
        flight = arrive(self.theme, target, source, within=self.layout.text_safe)
        result.part("result").set_fill(opacity=0.0)
        others = [part for part in self.terms.get_family() if part is not result.part("result")]
        return [*leaving, flight, FadeIn(label.backing), FadeOut(*(p for p in others if p.has_points()))]

    def drop(self, k: int) -> Drive:
        """Return the animation in which factor k falls from where it lives into the product."""
        rate, (target,) = self.rates.each[k], self.terms.values[k].submobjects
        if rate.label is not None:
            source = rate.label.part("number")
        else:
            source = target.copy().scale(0.6).move_to([*rate.middle, 0.0])
            source.set_fill(self.colour(rate.role), opacity=1.0)
        past = [*self.picture.names.values(), *self.picture.targets, *self.terms.names, self.title]
        past += [other.label for other in self.rates.each if other.label is not None and other is not rate]
        rings: list[VMobject] = [
            neuron.ring for c in range(self.columns) for neuron in self.diagram.column(c)
        ]
        return arrive(self.theme, target, source, within=self.layout.text_safe, past=[*past, *rings])

    def run_forward(self, passed: Round, *, seconds: float = _PASS) -> None:
        """Send pulses through all layers; every column says what it computes."""
        layers = self.columns - 1
        each = paced(seconds, 2 * layers, _LAYER)
        for layer in range(layers):
            self.play(self.diagram.pulses(layer), run_time=each)
            values = self.picture.values(layer + 1, passed)
            self.play(*self.picture.arrive(layer + 1, values, run_time=each))

    def all_forward(self, passed: Round) -> list[Animation]:
        """Return the animations in which all layers compute at once."""
        layers = range(self.columns - 1)
        columns = [self.picture.arrive(k + 1, self.picture.values(k + 1, passed)) for k in layers]
        return [*map(self.diagram.pulses, layers), *(each for column in columns for each in column)]

    def update_to(self, passed: Round) -> list[Animation]:
        """Return the animations in which pulses run back and all edges take a network's weights."""
        edges = [edge for layer in range(self.columns - 1) for edge in self.diagram.edges(layer)]
        diagram = self.diagram
        back = back_pulses(self.theme, edges, diagram.radius, diagram.region, "step")
        return [back, self.gradients.give_back(passed.network)]

    def loss_pulses(self, *, back: bool = False) -> Drive:
        """Return the animation in which outputs and targets meet in the loss, or it answers."""
        picture, diagram = self.picture, self.diagram
        if back:
            return back_pulses(self.theme, picture.loss_edges, diagram.radius, picture.region, "loss")
        pulses = Pulses(self.colour("active"), 0.2, picture.region)
        return pulses.run([*picture.loss_edges, *picture.target_edges])
