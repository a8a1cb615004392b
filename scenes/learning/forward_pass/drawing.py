"""Forward pass: numbers run through a network, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from manim import UP, Animation, FadeIn, FadeOut, VGroup, VMobject

from scenes.learning.forward_pass.composition import Composition
from scenes.learning.forward_pass.equation import LayerEquation, general, letters
from scenes.learning.forward_pass.numbers import (
    DEFINITION,
    GIVEN_PLACES,
    PLACES,
    ForwardPassNumbers,
    ForwardPassParameters,
    places_in,
    says,
)
from scenes.learning.forward_pass.targets import Targets
from scenes.parts.network.edge import DIM
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.headings import Headings
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.signals import Signals
from scenes.parts.network.wave import Wave, carried_on
from scenes.parts.writing.flight import appear, arrive_together
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, SMALL_SIZE, Region, Shade
from scenes.style.markup import named
from scenes.style.numerals import math_factor, math_number

# A neuron's radius where there is room.
_RADIUS = 0.62
# The em of the line of formula, and of weights on edges: the largest that fits.
_LINE_SIZE = FORMULA_SIZE * 1.2
_LABEL_SIZES = (0.42, 0.36, 0.3)
_COVER = 0.55
# Seconds of a stage of an uninterrupted pass, by layers.
_STAGE = {1: 1.4, 2: 1.2, 3: 1.0, 4: 0.8, 5: 0.8}
_WEIGHTS, _INPUTS, _OUTPUTS = 0.8, 0.8, 0.6
_LOWERED = "₁₂₃₄₅₆"


class ForwardPassScene(ExplainerScene[ForwardPassParameters, ForwardPassNumbers]):
    """Two inputs run through one network that computes what its neurons say."""

    definition = DEFINITION

    def shades(self) -> tuple[Shade, ...]:
        return ()

    def title_region(self) -> Region:
        return replace(self.layout.title, right=self.layout.text_safe.right)

    def construct(self) -> None:
        self.set_stage()
        self.name_parts()
        self.send_inputs()
        self.run_layers()
        self.write_in_matrices()
        self.give_output()
        self.run_second_input()

    # The stage.

    def set_stage(self) -> None:
        numbers, theme = self.numbers, self.theme
        self.parts = Composition.of(self.layout, theme, numbers)
        self.diagram = self.build_diagram()
        self.signals = Signals(self.diagram, [numbers.forward], places=PLACES)
        self.headings = self.build_headings()
        self.layers = range(len(numbers.network.layers))
        self.weights = [[] if numbers.crowded else self.labels(layer) for layer in self.layers]
        self.moved = VGroup(self.diagram, self.headings, *(each for every in self.weights for each in every))
        self.lift(-1.0)

    def build_diagram(self) -> NetworkDiagram:
        numbers, parts = self.numbers, self.parts
        said = [
            says(value, places_in(column))
            for column, values in enumerate(numbers.columns)
            for value in values.ravel().tolist()
        ]
        if not numbers.crowded:
            said += [says(value) for layer in range(len(numbers.network.layers)) for value in numbers.sums(layer)]
        diagram = NetworkDiagram(
            numbers.network,
            self.theme,
            parts.diagram,
            names="none" if numbers.crowded else "beside",
            values=said,
            radius=_RADIUS,
            flow="down" if parts.down else "across",
            web=numbers.crowded,
        )
        for layer in range(len(numbers.network.layers)):
            for edge in diagram.edges(layer):
                if not numbers.crowded:
                    edge.opacity_at_rest = DIM
                edge.shine(0.0)
        if numbers.hidden and not numbers.crowded:
            for column in (0, len(numbers.sizes) - 1):
                for neuron in diagram.column(column):
                    if neuron.label is not None:
                        neuron.label.next_to(neuron.ring, UP, buff=0.14)
        return diagram

    def build_headings(self) -> Headings:
        hidden = self.numbers.hidden
        middle = self.words.label("hidden_layer" if hidden == 1 else "hidden_layers", count=hidden)
        names = [self.words.label("input_layer"), *([middle] if hidden else []), self.words.label("output_layer")]
        lines = [tuple(name.split(" ", 1)) if self.parts.down else name for name in names]
        if self.parts.down and hidden > 1:
            lines[1] = tuple(middle.split(" "))
        return Headings(self.diagram, lines, self.parts.headings, self.settings.locale)

    def labels(self, layer: int, markups: Sequence[str] | None = None) -> list[EdgeLabel]:
        """Return the weights, or what else is asked for, on all edges of a layer; none where they do not fit."""
        places = self.numbers.given_places or GIVEN_PLACES
        written = markups or [math_number(edge.weight or 0.0, places) for edge in self.diagram.edges(layer)]
        for size in _LABEL_SIZES:
            found = self.diagram.edge_labels(layer, most_covered=_COVER, size=size, markups=written)
            if found:
                return found
        return []

    def lift(self, share: float) -> None:
        """Move all by a share of the way between the middle and the place over the strip, up or down."""
        offset = np.array([0.0, share * self.parts.lift])
        self.diagram.move_by(offset)
        for each in self.moved[1:]:
            each.shift(np.append(offset, 0.0))

    # The beats.

    def name_parts(self) -> None:
        for text in self.headings.texts:
            text.set_fill(opacity=0.0)
        self.add(self.diagram, self.headings, *(label for every in self.weights for label in every))
        with self.beat("network"):
            for k in range(len(self.headings.texts)):
                self.play(self.headings.appear(k), run_time=0.6)

    def send_inputs(self) -> None:
        with self.beat("input"):
            self.play_wave(self.wave(0, until=0, stage=1.4))

    def run_layers(self) -> None:
        with self.beat("layers"):
            if self.numbers.crowded:
                self.play_wave(self.wave(0, enter=False))
            else:
                for layer in self.layers:
                    self.run_layer(layer)
            self.wait(PAUSE)

    def run_layer(self, layer: int) -> None:
        """Let a layer sum, and then squash."""
        numbers, column = self.numbers, layer + 1
        carried = carried_on(self.signals, layer, numbers.values(layer))
        edges = self.diagram.edges(layer)
        pulses = self.diagram.new_pulses().run(edges, sizes=carried.sizes, hollow=carried.hollow)

        def light(level: float) -> None:
            for edge, share in zip(edges, carried.levels.tolist(), strict=True):
                edge.shine(level * share)

        self.play(Drive(VGroup(*edges), light), *self.say_products(layer), run_time=0.6)
        self.play(pulses, run_time=1.0)
        sums = self.signals.arrive(column, numbers.sums(layer), shine=False, write=says)
        self.play(sums, self.rename(column, "z"), self.diagram.light_column(column), run_time=0.4)
        squash = self.signals.arrive(column, numbers.values(column), write=says)
        name = self.diagram.column_names[column]
        dim = Drive(VGroup(*edges), light, start=1.0, end=0.0)
        self.play(squash, self.rename(column, name), self.diagram.rest_column(column), dim, *self.say_weights(layer), run_time=0.8)

    def write_in_matrices(self) -> None:
        with self.beat("matrices", count=self.numbers.network.parameter_count):
            if self.parts.equations:
                self.play(Drive(self.moved, self.lifter(), run_time=0.6))
                for layer in self.layers:
                    self.write_equation(layer)
            else:
                self.write_formula()

    def write_equation(self, layer: int) -> None:
        """Let weights, inputs and outputs of a layer fly into its equation from where they are."""
        equation = self.parts.equations[layer]
        equation.hide()
        self.add(equation)
        weights = {(m, n): part for m, row in enumerate(equation.weights()) for n, part in enumerate(row)}
        ends = [(m, n) for n in range(equation.shape[1]) for m in range(equation.shape[0])]
        from_edges = [
            (weights[end], label.formula.submobjects[0])
            for end, label in zip(ends, self.weights[layer], strict=False)
        ]
        still = [part for part in weights.values() if all(part is not target for target, _ in from_edges)]
        self.play(
            *self.appear_at_once([*equation.rest(), *still]), *self.fly(from_edges), run_time=_WEIGHTS
        )
        before = self.parts.equations[layer - 1].vector("out") if layer else self.inside(0)
        self.play(*self.fly(list(zip(equation.vector("in"), before, strict=True))), run_time=_INPUTS)
        given = zip(equation.vector("out"), self.inside(layer + 1), strict=True)
        self.play(*self.fly(list(given)), run_time=_OUTPUTS)

    def write_formula(self) -> None:
        """Write what every layer does, and of what size its weights are."""
        self.line = self.formula(general(self.numbers), size=_LINE_SIZE).within(self.parts.strip)
        self.sizes = VGroup(*(self.size_of_layer(layer) for layer in self.layers))
        self.appear(self.line, run_time=0.6)
        for size in self.sizes:
            self.appear(size, run_time=0.4)

    def size_of_layer(self, layer: int) -> Formula:
        """Return what is written beside a layer: the rows and columns of its weights."""
        rows, columns = self.numbers.network.layers[layer].weights.shape
        index = f"_{layer + 1}" if self.numbers.hidden else ""
        first, second = (np.array(self.diagram.column(k).get_center()) for k in (layer, layer + 1))
        room = float(np.abs(second - first).max())
        written = self.formula(f"W{index}: {rows} times {columns}", size=SMALL_SIZE, role="muted")
        if self.parts.down or written.width > room - 0.2:
            written = self.formula(f"{rows} times {columns}", size=SMALL_SIZE, role="muted")
        if self.parts.down:
            written.move_to([self.parts.headings.center[0], (first + second)[1] / 2, 0.0])
        else:
            written.move_to([(first + second)[0] / 2, self.parts.sizes.center[1], 0.0])
        return written

    def give_output(self) -> None:
        numbers = self.numbers
        largest = numbers.largest_output
        name = "" if largest is None else f"y{_LOWERED[largest]}" if numbers.sizes[-1] > 1 else "y"
        with self.beat("output", name=name):
            if self.parts.equations:
                self.collapse_equations()
            if numbers.target is not None and self.parts.target is not None:
                self.show_targets(self.parts.target)
            else:
                self.point_out_output(largest)
            self.wait(PAUSE)

    def collapse_equations(self) -> None:
        """Let the first equation become part of the second: the network is one function of x."""
        numbers, equations = self.numbers, self.parts.equations
        inner = named("inner", letters(numbers, 0)[1])
        name, how = letters(numbers, 1, inner) if numbers.hidden else (letters(numbers, 0)[0], inner)
        self.line = self.formula(f"{name} = {how}", size=_LINE_SIZE).within(self.parts.strip)
        self.line.set_fill(opacity=0.0)
        source = equations[0].part("how")
        others = [part for each in equations for part in each.submobjects if part is not source]
        self.play(*(FadeOut(part) for part in others), run_time=0.4)
        self.add(self.line)
        target = self.line.part("inner")
        rest = [part for part in self.line.submobjects if part is not target]
        self.remove(*equations)
        self.play(*self.fly([(target, source)]), *self.appear_at_once(rest), run_time=0.8)

    def show_targets(self, region: Region) -> None:
        name = self.label("target", size=SMALL_SIZE, role="muted")
        self.targets = Targets(self.diagram, self.numbers, region, name)
        self.add(self.targets)
        self.play(self.targets.appear(), run_time=0.6)
        self.play(self.targets.compare(), run_time=1.0)

    def point_out_output(self, largest: int | None) -> None:
        """Light the outputs, or the largest of them."""
        last = len(self.numbers.sizes) - 1
        neurons = list(self.diagram.column(last))
        if self.numbers.crowded and len(neurons) > 1:
            side = "below" if self.parts.down else "right"
            names = [neuron.write_beside(f"y_{k}", side) for k, neuron in enumerate(neurons, start=1)]
            self.appear(*names, run_time=0.6)
        chosen = neurons if largest is None else [neurons[largest]]
        self.play(*(neuron.light() for neuron in chosen), run_time=0.6)

    def run_second_input(self) -> None:
        last = self.diagram.column(len(self.numbers.sizes) - 1)
        with self.beat("second"):
            gone = [FadeOut(self.targets)] if self.numbers.target is not None else []
            self.play(*gone, *(neuron.rest() for neuron in last), run_time=0.2)
            self.play_wave(self.wave(1))
            self.wait(PAUSE)

    # Motion that several beats share.

    def wave(self, example: int, *, enter: bool = True, until: int | None = None, stage: float = 0.0) -> Wave:
        return Wave(
            self.signals,
            self.numbers.forward,
            example=example,
            stage=stage or _STAGE[len(self.layers)],
            enter=enter,
            until=until,
            frame=self.layout.action_safe,
            write=lambda column, value: says(value, places_in(column)),
        )

    def play_wave(self, wave: Wave) -> None:
        for motion in wave.slices():
            self.play(motion)

    def lifter(self) -> Callable[[float], None]:
        """Return what moves all to where it stands over the strip, by the share of the way that is behind it."""
        behind = 0.0

        def show(t: float) -> None:
            nonlocal behind
            self.lift(t - behind)
            behind = t

        return show

    def inside(self, column: int) -> list[VMobject]:
        """Return the numbers in a column's neurons."""
        return [neuron.inside.submobjects[0] for neuron in self.diagram.column(column)]

    def fly(self, pairs: Sequence[tuple[VMobject, VMobject]]) -> list[Animation]:
        """Return the animations in which letters fly, given as pairs of target and source, past all writing."""
        if not pairs:
            return []
        ends = {id(part) for pair in pairs for part in pair}
        resting = [*self.headings.texts, *(part for each in self.parts.equations for part in each.submobjects)]
        for column in range(len(self.numbers.sizes)):
            resting += self.inside(column)
        past = [thing for thing in resting if id(thing) not in ends]
        return [arrive_together(self.theme, pairs, within=self.layout.text_safe, past=past)]

    def appear_at_once(self, parts: Sequence[VMobject]) -> list[Animation]:
        """Return the animations in which hidden parts appear."""
        return [appear(part) for part in parts]

    def say_products(self, layer: int) -> list[Animation]:
        """Return the animations in which the weights on a layer's edges are multiplied by what they meet."""
        places, numbers = self.numbers.given_places or GIVEN_PLACES, self.numbers
        given = [says(value, places_in(layer)) for value in numbers.values(layer).tolist()]
        weights = numbers.network.layers[layer].weights
        ends = [(m, n) for n in range(weights.shape[1]) for m in range(weights.shape[0])]
        markups = [
            f"{math_number(float(weights[m, n]), places)} dot {_factor(given[n])}" for m, n in ends
        ]
        self.products = self.labels(layer, markups)
        return [self.swap(self.weights[layer], self.products)] if self.products else []

    def say_weights(self, layer: int) -> list[Animation]:
        """Return the animations in which the weights alone are on a layer's edges again."""
        return [self.swap(self.products, self.weights[layer])] if self.products else []

    def swap(self, old: Sequence[EdgeLabel], new: Sequence[EdgeLabel]) -> Drive:
        """Return the animation in which labels go, and then others come."""

        def show(t: float) -> None:
            for labels, opacity in ((old, 1.0 - 2.0 * t), (new, 2.0 * t - 1.0)):
                for label in labels:
                    label.set_opacity(min(max(opacity, 0.0), 1.0))

        show(0.0)
        return Drive(VGroup(*old, *new), show)

    def rename(self, column: int, letter: str) -> Drive:
        """Return the animation in which the names over a column's neurons get another letter."""
        named_neurons = [neuron for neuron in self.diagram.column(column) if neuron.label is not None]
        new = [f"{letter}{neuron.label.source[len(neuron.label.source.split('_')[0]):]}" for neuron in named_neurons]

        def show(t: float) -> None:
            for neuron, markup in zip(named_neurons, new, strict=True):
                if t >= 0.5 and neuron.label.source != markup:
                    neuron.label.rewrite(markup)
                neuron.label.set_fill(opacity=abs(2.0 * t - 1.0))

        return Drive(VGroup(*(neuron.label for neuron in named_neurons)), show)


def _factor(markup: str) -> str:
    return f"({markup})" if markup.startswith("-") or "10^" in markup else markup
