"""One output, term by term: products fill a level, it lies down, the curve says what comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import FadeIn, VGroup, VMobject, linear

from scenes.learning.neuron.composition import Composition
from scenes.learning.neuron.numbers import NeuronNumbers, NeuronParameters
from scenes.learning.neuron.picture import Picture
from scenes.learning.neuron.saying import output_markup
from scenes.parts.network.pulses import Pulses
from scenes.parts.writing.flight import appear, arrive
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene, ticks
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named
from scenes.style.numerals import written

# Seconds in which all inputs come in.
_IN = 1.2
# So many inputs are followed one by one.
_FEW = 3
_PULSE = 0.24


class SumStory(ExplainerScene[NeuronParameters, NeuronNumbers]):
    """How one output is computed."""

    picture: Picture

    def set_sum(self) -> None:
        """Lay out neuron, level and curve for the story that is told."""
        numbers = self.numbers
        if numbers.story == "sum":
            states = [numbers.terms, numbers.terms_at(numbers.inputs, numbers.bias_to)]
        else:
            states = [numbers.terms, numbers.terms_at(0.0 * numbers.inputs, numbers.bias)]
        self.regions = Composition.of(self.layout, numbers.count)
        left = max(self.layout.text_safe.left, self.regions.curve.left - 0.3)
        safe = replace(self.layout.text_safe, left=left, bottom=self.layout.body.bottom)
        self.picture = Picture(numbers, self.theme, self.regions, states, safe)
        self.wiring, self.level = self.picture.wiring, self.picture.level
        self.squashing = self.picture.squashing
        self.add(self.wiring, self.level)

    # The beats of one sum.

    def send_inputs(self) -> None:
        wiring, numbers = self.wiring, self.numbers
        self.add(*wiring.weights)
        with self.beat("inputs"):
            wiring.tell_inputs(numbers.inputs, moving=False)
            inside = [ring.inside for ring in wiring.inputs if ring.inside is not None]
            for written in inside:
                written.set_fill(opacity=0.0)
            for written in inside:
                self.add(written)
                outside = written.copy().shift(np.array([self.layout.frame.left - 0.5, 0.0, 0.0]))
                outside.set_fill(written.get_fill_color(), opacity=1.0)
                flight = self.fly(written.submobjects[0], outside)
                self.play(flight, run_time=max(ticks(_IN / numbers.count), 0.4))
            self.play(self.pulses(), run_time=1.2)

    def multiply(self) -> None:
        wiring, few = self.wiring, self.numbers.count <= _FEW
        groups = [[k] for k in range(self.numbers.count)] if few else [list(range(self.numbers.count))]
        with self.beat("products"):
            for group in groups:
                products = [wiring.products[k].formula for k in group]
                self.disappear(*(wiring.weights[k] for k in group), run_time=0.2)
                for product in products:
                    for part in product.submobjects:
                        part.set_fill(opacity=0.0)
                    if product.has_part("weight"):
                        product.part("weight").set_fill(opacity=1.0)
                self.add(*(wiring.products[k] for k in group))
                for k, product in zip(group, products, strict=True):
                    self.play(*self.meet(k, product), run_time=0.6 if few else 0.4)
                if all(each.has_part("weight") and each.has_part("result") for each in products):
                    self.play(*(appear(each.part("result")) for each in products), run_time=0.4)

    def meet(self, k: int, product: Formula) -> list[Drive]:
        """Return the animations in which input k comes to its weight, or the product to where both met."""
        source = self.wiring.inputs[k].inside
        assert source is not None
        if not product.has_part("input"):
            return [self.fly(product.part("result"), source)]
        return [self.fly(product.part("input"), source), appear(product.part("dot"))]

    def fill_level(self) -> None:
        numbers, picture = self.numbers, self.picture
        count = numbers.count + 1
        with self.beat("level"):
            picture.tell_total(0.0, name=False, resting=True)
            self.appear(picture.total, run_time=0.4)
            pouring: list[Drive] = []
            for k, source in enumerate(self.sources()):
                self.add(picture.terms[k])
                flight = self.fly(picture.terms[k].submobjects[0], source)
                pour = self.pour(k)
                if numbers.count <= _FEW:
                    self.play(flight, run_time=0.6)
                    self.play(pour, run_time=0.8 if count < _FEW + 1 else 0.6)
                else:
                    # The next one is on its way while this one fills.
                    self.play(flight, *pouring, run_time=0.4)
                    pouring = [pour]
                    if k == count - 1:
                        self.play(pour, run_time=0.6)

    def sources(self) -> list[VMobject]:
        """Return what flies to the level, for every term: results on edges, and the bias."""
        formulas = [label.formula for label in self.wiring.products]
        results = [f.part("result") if f.has_part("result") else f.part("input") for f in formulas]
        return [*results, self.wiring.bias.submobjects[0]]

    def pour(self, k: int) -> Drive:
        """Return the animation in which term k joins those in the level, and the sum beside its mark."""
        numbers = self.numbers
        start, end = (np.where(np.arange(numbers.count + 1) < n, numbers.terms, 0.0) for n in (k, k + 1))
        last = k == numbers.count

        def show(t: float) -> None:
            self.level.show(start + t * (end - start))
            if t < 1.0:
                if end[k]:
                    self.picture.tell_total(self.level.total, name=False)
                return
            total = numbers.running[k + 1]
            exact = written(float(total)) == total
            self.picture.tell_total(float(total), name=last, resting=True, exact=exact)

        return Drive(VGroup(self.level, self.picture.total), show)

    def tip_level(self) -> None:
        picture = self.picture
        with self.beat("tip"):
            self.disappear(*picture.terms, self.level.tube, run_time=0.4)
            self.level.remove(self.level.tube)
            self.appear(self.squashing.chart, run_time=0.4)
            self.play(picture.tip(), run_time=2.4)

    def fire(self) -> None:
        squashing, total = self.squashing, self.numbers.pre_activation
        with self.beat("fire"):
            self.add(squashing.curve)
            self.play(squashing.curve.draw(), FadeIn(squashing.numbers, squashing.call), run_time=1.2)
            squashing.stand(total, 0.0)
            self.add(*squashing.reading)
            moved = VGroup(*squashing.reading)
            self.play(Drive(moved, lambda t: squashing.stand(total, 2.0 * t)), run_time=2.0)
            self.play(*self.light_neuron(), run_time=1.2)
            self.wait(PAUSE)

    def light_neuron(self) -> list[Drive]:
        """Return the animations in which the output flies from the curve, and the neuron shines with it."""
        wiring, squashing, numbers = self.wiring, self.squashing, self.numbers
        output = numbers.output
        wiring.tell_output(output, moving=False)
        inside = wiring.neuron.inside
        assert inside is not None
        read = Formula(output_markup(numbers.name, output, resting=True), self.theme, role="active")
        corner = squashing.across.pieces.reshape(-1, 2)
        at = corner[-1] if len(corner) else squashing.point.positions[0]
        read.move_to(np.append(at, 0.0))
        wiring.neuron.glow(0.0)
        self.add(inside)
        flight = self.fly(inside.submobjects[0], read)
        level = numbers.brightness(output)
        glow = Drive(wiring.neuron.ring, lambda t: wiring.neuron.glow(t * level))
        return [flight, glow]

    def write_formula(self) -> None:
        wiring, squashing = self.wiring, self.squashing
        markup = (
            f'{named("y", "y")} class("relation", {named("is", "=")}) '
            f"{named('f', 'f')}{named('open', 'paren.l')}"
            f'{named("dot", "bold(w) dot bold(x)")} class("binary", {named("plus", "+")}) {named("b", "b")}'
            f"{named('close', 'paren.r')}"
        )
        paint = {"y": "active", "f": "active", "open": "active", "close": "active", "b": wiring.roles[-1]}
        formula = self.formula(markup, size=FORMULA_SIZE * 1.45, paint=paint)
        self.line = formula.within(self.regions.formula)
        for part in formula.submobjects:
            part.set_fill(opacity=0.0)
        with self.beat("formula"):
            self.add(formula)
            self.play(self.pulses(), self.show_parts("dot"), run_time=1.2)
            self.play(self.show_parts("plus", "b"), self.swell(wiring.bias), run_time=0.8)
            self.play(self.show_parts("f", "open", "close"), self.swell(squashing.call), run_time=0.8)
            self.play(self.show_parts("y", "is"), wiring.neuron.light(), run_time=0.8)

    def show_parts(self, *names: str) -> Drive:
        """Return the animation in which parts of the formula appear."""
        parts = VGroup(*(self.line.part(name) for name in names))
        return Drive(parts, lambda t: parts.set_fill(opacity=t))

    def swell(self, written: Formula) -> Drive:
        """Return the animation in which writing grows and shrinks back."""
        middle, glyphs = written.get_center(), written.submobjects
        points = [part.points.copy() for part in glyphs]

        def show(t: float) -> None:
            factor = 1.0 + 0.25 * np.sin(np.pi * t)
            for part, each in zip(glyphs, points, strict=True):
                part.set_points(middle + factor * (each - middle))

        return Drive(written, show, rate_func=linear)

    def sweep_bias(self) -> None:
        numbers, picture = self.numbers, self.picture
        start, end = numbers.bias, numbers.bias_to

        def show(t: float) -> None:
            bias = start + t * (end - start)
            picture.show(numbers.inputs, bias)
            picture.wiring.tell_bias(bias)

        with self.beat("sweep"):
            moved = self.live()
            self.play(Drive(moved, show), run_time=2.6)
            self.wait(0.2)
            self.play(Drive(moved, show, start=1.0, end=0.0), run_time=2.4)
            picture.settle(numbers.inputs, numbers.bias)

    # Motion that several beats share.

    def pulses(self) -> Drive:
        """Return the animation in which a mark runs along every edge."""
        pulses = Pulses(self.theme["active"], _PULSE, self.regions.diagram)
        return pulses.run(self.wiring.edges)

    def live(self) -> VGroup:
        """Return all that changes when an input or the bias does."""
        wiring, squashing = self.wiring, self.squashing
        parts = [*wiring.inputs, wiring.neuron, wiring.bias, self.level, self.picture.total]
        # Before the level lies on its axis there is no curve.
        read = squashing.reading if self.picture.laid else []
        return VGroup(*parts, *read)

    def fly(self, target: VMobject, source: VMobject, **options: float) -> Drive:
        """Return the animation in which letters fly from `source` to become `target`, past all writing."""
        wiring = self.wiring
        resting: list[VMobject] = [self.title, *wiring.names, *self.picture.terms]
        resting += [label.formula for label in (*wiring.products, *wiring.weights)]
        # What flies into a neuron crosses its ring, whatever its way.
        rings = (*wiring.inputs, wiring.neuron)
        resting += [
            each.ring for each in rings if each.inside is None or target not in each.inside.submobjects
        ]
        resting += [self.picture.total, wiring.bias, self.squashing.call, *self.squashing.numbers]
        ends = {*target.get_family(), *source.get_family()}
        past = [thing for thing in resting if not ends & {*thing.get_family()}]
        return arrive(self.theme, target, source, within=self.layout.frame, past=past, **options)
