"""A bias of its own against the sum: inputs grow until the neuron fires."""

from __future__ import annotations

from manim import FadeIn, VGroup

from scenes.learning.neuron.sum_story import SumStory
from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE
from scenes.style.numerals import math_number, numeral

# How far the dashes at the threshold reach beyond the level, in scene units.
_OUT = 0.5


class ThresholdStory(SumStory):
    """How large the sum must be."""

    def set_threshold(self) -> None:
        self.set_sum()
        numbers, picture = self.numbers, self.picture
        pose, height = picture.upright, -numbers.bias
        start, end = pose.at(height, -0.5), pose.at(height, -0.5)
        name = self.formula(math_number(height, numbers.places), size=LABEL_SIZE * 1.1)
        x = max(start[0] - _OUT - 0.12 - name.width / 2, self.layout.text_safe.left + name.width / 2)
        self.threshold_name = name.move_to([x, start[1], 0.0])
        start[0] = x + name.width / 2 + 0.12
        self.threshold = Segments(self.theme["text"], 3.5).set_pieces(dashes(start, end)).set_z_index(5)
        self.grown = 0.0
        picture.tell_total(0.0, name=False, resting=True)
        picture.wiring.tell_inputs(0.0 * numbers.inputs, moving=False)
        picture.wiring.tell_output(numbers.output_at(numbers.bias), moving=False)
        picture.wiring.neuron.glow(0.0)

    def ask_threshold(self) -> None:
        numbers, picture, wiring = self.numbers, self.picture, self.wiring
        nothing = 0.0 * numbers.inputs
        inside, level = wiring.neuron.inside, numbers.brightness(numbers.output_at(numbers.bias))
        assert inside is not None
        inside.set_fill(opacity=0.0)
        self.add(*wiring.weights, picture.total)

        def drop(t: float) -> None:
            self.level.show(numbers.terms_at(nothing, t * numbers.bias))
            picture.tell_total(self.level.total, name=False)

        def say(t: float) -> None:
            inside.set_fill(opacity=t)
            wiring.neuron.glow(t * level)

        with self.beat("ask", bias=numeral(numbers.bias, numbers.places)):
            self.play(Drive(VGroup(self.level, picture.total), drop), run_time=2.0)
            self.settle_grown(0.0)
            self.play(Drive(wiring.neuron, say), run_time=0.8)

    def grow_inputs(self) -> None:
        rest = self.numbers.rest
        with self.beat("grow"):
            if self.numbers.bias:
                self.appear(self.threshold, self.threshold_name, run_time=0.4)
            self.play(self.grow(rest), run_time=3.0)
            self.settle_grown(rest)
            self.wait(PAUSE)

    def pass_threshold(self) -> None:
        numbers = self.numbers
        sign = math_number(-numbers.bias, numbers.places)
        rule = f"bold(w) dot bold(x) > {sign}"
        self.rule = self.formula(rule, size=FORMULA_SIZE * 1.45).within(self.regions.formula)
        with self.beat("past", threshold=numeral(-numbers.bias, numbers.places)):
            self.play(self.grow(1.0), run_time=2.6)
            self.settle_grown(1.0)
            self.appear(self.rule, run_time=0.4)
            self.wait(PAUSE)

    def lay_down(self) -> None:
        picture, squashing = self.picture, self.squashing
        gone = [self.level.tube, *([self.threshold, self.threshold_name] if self.numbers.bias else [])]
        with self.beat("lay"):
            self.disappear(*gone, run_time=0.4)
            self.level.remove(self.level.tube)
            self.appear(squashing.chart, run_time=0.4)
            self.play(picture.tip(), run_time=2.2)
            total = self.numbers.pre_activation
            squashing.stand(total, 0.0)
            self.add(squashing.curve, *squashing.reading)
            self.play(squashing.curve.draw(), FadeIn(squashing.numbers, squashing.call), run_time=1.0)
            moved = VGroup(*squashing.reading)
            self.play(Drive(moved, lambda t: squashing.stand(total, 2.0 * t)), run_time=1.0)

    def ebb_and_flow(self) -> None:
        with self.beat("again"):
            self.play(self.grow(0.0), run_time=2.4)
            self.wait(0.4)
            self.play(self.grow(1.0), run_time=2.6)
            self.settle_grown(1.0)

    def grow(self, share: float) -> Drive:
        """Return the animation in which the inputs grow, or shrink, to a share of themselves."""
        numbers, start = self.numbers, self.grown

        def show(t: float) -> None:
            self.grown = start + t * (share - start)
            inputs = self.grown * numbers.inputs
            self.picture.show(inputs, numbers.bias)
            self.wiring.tell_inputs(inputs)

        return Drive(self.live(), show)

    def settle_grown(self, share: float) -> None:
        """Write everything at a share of the inputs as it is written at rest."""
        numbers = self.numbers
        self.picture.settle(share * numbers.inputs, numbers.bias)
