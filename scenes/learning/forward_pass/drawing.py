"""Forward pass: numbers run through a network, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, FadeOut, VGroup, VMobject, smooth, squish_rate_func

from scenes.learning.forward_pass.annotated_network import AnnotatedNetwork
from scenes.learning.forward_pass.composition import Composition
from scenes.learning.forward_pass.equation import general, letters
from scenes.learning.forward_pass.numbers import (
    DEFINITION,
    GIVEN_PLACES,
    ForwardPassNumbers,
    ForwardPassParameters,
    places_in,
    says,
)
from scenes.learning.forward_pass.targets import Targets
from scenes.parts.network.wave import Wave, carried_on
from scenes.parts.writing.flight import appear, arrive_together
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, SMALL_SIZE, Region, Shade
from scenes.style.markup import named

_LINE_SIZE = FORMULA_SIZE * 1.2
# Seconds of a stage of an uninterrupted pass, by layers.
_STAGE = {1: 1.4, 2: 1.2, 3: 1.0, 4: 0.8, 5: 0.8}
# What a flight passes over comes when it has passed.
_LATE = squish_rate_func(smooth, 0.6, 1.0)
_LOWERED = "₁₂₃₄₅₆"


class ForwardPass(ExplainerScene[ForwardPassParameters, ForwardPassNumbers]):
    """Two inputs run through one network that computes what its neurons say."""

    definition = DEFINITION

    def setup(self) -> None:
        self.parts = Composition.of(self.layout, self.theme, self.numbers)
        super().setup()

    def shades(self) -> tuple[Shade, ...]:
        return ()

    def title_region(self) -> Region:
        return self.parts.title

    def construct(self) -> None:
        self.set_stage()
        self.name_parts()
        self.send_inputs()
        self.run_layers()
        self.write_in_matrices()
        self.give_output()
        self.run_second_input()

    def set_stage(self) -> None:
        numbers, locale = self.numbers, self.settings.locale
        self.layers = range(len(numbers.network.layers))
        headings = [self.heading(key) for key in ("input_layer", "hidden", "output_layer")]
        self.network = AnnotatedNetwork(
            self.theme,
            numbers,
            self.parts,
            [heading for heading in headings if heading],
            self.layout.body,
            locale,
        )
        self.diagram = self.network.diagram
        self.line: Formula | None = None
        self.targets: Targets | None = None

    def heading(self, key: str) -> str | tuple[str, ...]:
        """Return what a layer is called, a word to a line where it stands beside."""
        hidden = self.numbers.hidden
        if key == "hidden":
            if not hidden:
                return ""
            several = "hidden_rows" if self.parts.down else "hidden_layers"
            key = "hidden_layer" if hidden == 1 else several
        words = self.words.label(key, count=hidden)
        return tuple(words.split(" ")) if self.parts.down else words

    # The beats.

    def name_parts(self) -> None:
        for text in self.network.headings.texts:
            text.set_fill(opacity=0.0)
        self.add(self.network)
        last = len(self.numbers.sizes) - 1
        groups = [[0], [*range(1, last)], [last]] if last > 1 else [[0], [last]]
        with self.beat("network"):
            for k, columns in enumerate(groups):
                self.play(
                    self.network.headings.appear(k),
                    *(self.diagram.light_column(column) for column in columns),
                    run_time=0.6,
                )
                self.play(*(self.diagram.rest_column(column) for column in columns), run_time=0.4)

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
        numbers, network, diagram, column = self.numbers, self.network, self.diagram, layer + 1
        carried = carried_on(network.signals, layer, numbers.values(layer))
        edges = diagram.edges(layer)
        pulses = diagram.new_pulses().run(edges, sizes=carried.sizes, hollow=carried.hollow, run_time=0.8)

        def light(level: float) -> None:
            for edge, share in zip(edges, carried.levels.tolist(), strict=True):
                edge.shine(level * share)

        self.play(Drive(VGroup(*edges), light), *network.say_products(layer), run_time=0.4)
        self.play(pulses)
        sums = network.signals.arrive(column, numbers.sums(layer), shine=False, write=says)
        self.play(sums, *network.rename(column, "z"), diagram.light_column(column), run_time=0.4)
        squash = network.signals.arrive(column, numbers.values(column), write=says)
        dim = Drive(VGroup(*edges), light, start=1.0, end=0.0)
        back = [*network.rename(column), *network.say_weights(layer)]
        self.play(squash, diagram.rest_column(column), dim, *back, run_time=0.8)

    def write_in_matrices(self) -> None:
        with self.beat("matrices", count=self.numbers.network.parameter_count):
            if not self.parts.equations:
                if not self.numbers.crowded:
                    self.play(self.network.glide(self.network.last, run_time=0.8))
                self.write_formula()
                return
            self.play(self.network.glide(self.network.beside, run_time=0.8))
            for layer in self.layers:
                self.write_equation(layer)

    def write_equation(self, layer: int) -> None:
        """Let weights, inputs and outputs of a layer fly into its equation from where they are."""
        equation = self.parts.equations[layer]
        equation.hide()
        self.add(equation)
        weights = equation.weights()
        labels = [label.formula.submobjects[0] for label in self.network.weights[layer]]
        still = [] if labels else weights
        self.play(*map(appear, [*equation.rest(), *still]), *self.fly(weights, labels), run_time=0.8)
        before = self.parts.equations[layer - 1].vector("out") if layer else self.network.inside(0)
        self.play(*self.fly(equation.vector("in"), before), run_time=0.8)
        self.play(*self.fly(equation.vector("out"), self.network.inside(layer + 1)), run_time=0.6)

    def write_formula(self) -> None:
        """Write what every layer does, and of what size its weights are."""
        self.line = self.formula(general(self.numbers), size=_LINE_SIZE).within(self.parts.line)
        self.sizes = [self.size_of_layer(layer) for layer in self.layers] if self.numbers.crowded else []
        self.appear(self.line, run_time=0.8)
        for size in self.sizes:
            self.appear(size, run_time=0.4)

    def size_of_layer(self, layer: int) -> Formula:
        """Return what is written beside a layer: the rows and columns of its weights."""
        rows, columns = self.numbers.network.layers[layer].weights.shape
        index = f"_{layer + 1}" if self.numbers.hidden else ""
        first, second = (self.diagram.column(k).get_center() for k in (layer, layer + 1))
        size = f"{rows} times {columns}"
        written = self.formula(f"W{index} colon {size}", size=SMALL_SIZE, role="muted")
        if self.parts.down or written.width > float((second - first)[0]) - 0.2:
            written = self.formula(size, size=SMALL_SIZE, role="muted")
        middle = (first + second) / 2
        if self.parts.down:
            brackets = float(self.network.headings.bracket.get_left()[0])
            written.move_to([brackets - 0.1 - written.width / 2, middle[1], 0.0])
        else:
            written.move_to([middle[0], self.parts.sizes.center[1], 0.0])
        return written

    def give_output(self) -> None:
        numbers, largest = self.numbers, self.numbers.largest_output
        name = "y" if largest is None or numbers.sizes[-1] == 1 else f"y{_LOWERED[largest]}"
        with self.beat("output", name=name):
            if self.parts.equations:
                self.nest_equations()
            elif numbers.hidden == 1:
                self.nest_letters()
            where = self.network.last if self.parts.target is None else self.network.compared
            if not self.numbers.crowded or self.parts.target is not None:
                self.play(self.network.glide(where, run_time=0.8))
            if self.parts.target is not None:
                self.show_targets(self.parts.target)
            else:
                self.point_out_output(largest)
            self.wait(PAUSE)

    def nested(self) -> Formula:
        """Return the network as one function of x, the first layer within the second."""
        numbers = self.numbers
        inner = named("inner", letters(numbers, 0)[1])
        name, how = letters(numbers, 1, inner) if numbers.hidden else (letters(numbers, 0)[0], inner)
        return self.formula(f"{name} = {how}", size=_LINE_SIZE).within(self.parts.line)

    def nest_letters(self) -> None:
        """Let one function of x take the place of two."""
        if self.line is not None:
            self.disappear(self.line, run_time=0.4)
        self.line = self.nested()
        self.appear(self.line, run_time=0.4)

    def nest_equations(self) -> None:
        """Let the first equation become part of the second: the network is one function of x."""
        equations = self.parts.equations
        self.line = self.nested()
        source, target = equations[0].part("how"), self.line.part("inner")
        self.play(
            *(_vanish(part) for each in equations for part in each.submobjects if part is not source),
            run_time=0.4,
        )
        for part in self.line.submobjects:
            part.set_fill(opacity=0.0)
        self.add(self.line)
        flight = self.fly([target], [source])
        source.set_fill(opacity=0.0)
        rest = [part for part in self.line.submobjects if part is not target]
        self.play(*flight, *(appear(part, rate_func=_LATE) for part in rest), run_time=0.8)
        self.remove(*equations)

    def show_targets(self, region: Region) -> None:
        name = self.label("target", size=SMALL_SIZE, role="muted")
        self.targets = Targets(self.diagram, self.numbers, region, name)
        self.add(self.targets)
        self.play(self.targets.appear(), run_time=0.6)
        self.play(self.targets.compare(), run_time=1.0)

    def point_out_output(self, largest: int | None) -> None:
        """Light the outputs, or the largest of them."""
        neurons = list(self.diagram.column(len(self.numbers.sizes) - 1))
        if self.numbers.crowded and len(neurons) > 1:
            names = [
                neuron.write_beside(f"y_{k}", "below" if self.parts.down else "right", size=SMALL_SIZE)
                for k, neuron in enumerate(neurons, start=1)
            ]
            self.appear(*names, run_time=0.6)
        chosen = neurons if largest is None else [neurons[largest]]
        self.play(*(neuron.light() for neuron in chosen), run_time=0.6)

    def run_second_input(self) -> None:
        outputs = self.diagram.column(len(self.numbers.sizes) - 1)
        with self.beat("second"):
            gone: list[Animation] = [neuron.rest() for neuron in outputs]
            if self.targets is not None:
                gone.append(FadeOut(self.targets, run_time=0.4))
            if self.targets is not None and not self.numbers.crowded:
                self.play(*gone, run_time=0.4)
                self.play(self.network.glide(self.network.last, run_time=0.8))
                gone = []
            self.play_wave(self.wave(1), *gone)
            self.wait(PAUSE)

    # Motion that several beats share.

    def wave(self, example: int, *, enter: bool = True, until: int | None = None, stage: float = 0.0) -> Wave:
        """Return the pass of one of the two inputs."""
        return Wave(
            self.network.signals,
            self.numbers.forward,
            example=example,
            stage=stage or _STAGE[len(self.layers)],
            enter=enter,
            until=until,
            frame=self.layout.body if self.parts.down else self.layout.action_safe,
            write=self.said,
        )

    def said(self, column: int, value: float) -> str:
        """Return what a neuron of a column says."""
        return says(value, GIVEN_PLACES if self.numbers.crowded else places_in(column))

    def play_wave(self, wave: Wave, *others: Animation) -> None:
        """Let a pass run through, and other things happen as it begins."""
        for motion in wave.slices():
            self.play(motion, *others)
            others = ()

    def fly(self, targets: Sequence[VMobject], sources: Sequence[VMobject]) -> list[Animation]:
        """Return the animations in which letters fly from sources, if any, past all other writing."""
        if not sources:
            return []
        pairs = list(zip(targets, sources, strict=True))
        ends = {id(part) for pair in pairs for part in pair}
        resting: list[VMobject] = [*self.network.headings.texts]
        # What stands about the ends of all flights is no obstacle.
        near = {id(part) for each in self.parts.equations if targets[0] in each.submobjects for part in each}
        resting += [part for each in self.parts.equations for part in each if id(part) not in near]
        resting += [part for column in range(len(self.numbers.sizes)) for part in self.network.inside(column)]
        past = [thing for thing in resting if id(thing) not in ends]
        return [arrive_together(self.theme, pairs, within=self.layout.text_safe, past=past)]


def _vanish(part: VMobject) -> Drive:
    return Drive(part, lambda t: part.set_fill(opacity=1.0 - t))
