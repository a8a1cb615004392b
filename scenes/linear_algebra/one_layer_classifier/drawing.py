"""One layer as a classifier: a threshold on its line, which is a straight line in the plane."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut

from nnmath.plane_map import PlaneMap
from scenes.families.one_layer.drawing import OneLayerScene
from scenes.linear_algebra.one_layer_classifier.line_key import LineKey
from scenes.linear_algebra.one_layer_classifier.numbers import (
    DEFINITION,
    OneLayerClassifierNumbers,
    OneLayerClassifierParameters,
)
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.charts.score_strips import ScoreStrips
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.straight_line import StraightLine
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.parts.writing.tally import Tally
from scenes.stage.motion import Drive
from scenes.stage.writing import Writing
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_number, shown
from scenes.style.theme import CLASS_ROLES

# Below this share of the line's length, scores are looked at more closely before they are stacked.
_CLOSE = 0.75
# Scores nearer together than this are the same number but for rounding.
_SAME = 1e-6
_RING = 1.7


class OneLayerClassifier(OneLayerScene[OneLayerClassifierParameters, OneLayerClassifierNumbers]):
    """The layer makes one number of every point; the best threshold decides, and is counted."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.compose()
        self.introduce()
        self.lay_down()
        self.shift_by_bias()
        self.lift()
        self.find_threshold()
        self.give_verdict()

    def compose(self) -> None:
        threshold = self.numbers.threshold
        percent = shown(100 * threshold.accuracy, 1)
        equals = "=" if abs(percent - 100 * threshold.accuracy) < 1e-9 else "approx"
        self.count = Tally(self.count_words, threshold.right)
        self.share = self.formula(
            f"{equals} {math_number(percent, 1)} %",
            size=FORMULA_SIZE * 1.1,
        )
        self.compose_panel(self.count, self.share)

    def count_words(self, right: int) -> Writing:
        total = self.numbers.threshold.total
        return self.label("right_of", {"right": right, "total": total}, size=FORMULA_SIZE)

    def set_stage(self) -> None:
        super().set_stage()
        self.diameters = [cloud.diameter for cloud in self.space.dots]

    # The beats.

    def introduce(self) -> None:
        numbers = self.numbers
        caption = "layer"
        if numbers.trained:
            blank = not numbers.shown_weights.any()
            thin = {None: "layer-trained", 0: "layer-thin-1", 1: "layer-thin-2"}[numbers.thin]
            caption = "layer-blank" if blank else thin
        self.add(self.space.plane)
        with self.beat("layer", caption=caption):
            self.show_curves()
            self.show_layer()

    def lay_down(self) -> None:
        numbers = self.numbers
        blank = not numbers.shown_weights.any()
        thin = {None: "turn", 0: "turn-thin-1", 1: "turn-thin-2"}[numbers.thin]
        with self.beat("turn", caption="turn-zero" if blank else thin):
            self.turn(2.0)

    def shift_by_bias(self) -> None:
        with self.beat("shift", **self.shift_words):
            self.slide()

    def lift(self) -> None:
        numbers, space = self.numbers, self.space
        with self.beat("lift"):
            self.disappear(space.basis, run_time=0.4)
            space.remove(space.basis)
            self.look_closer()
            self.play(FadeOut(space.plane), run_time=0.4)
            self.strips = ScoreStrips(
                self.layout.stage,
                self.theme,
                self.line,
                numbers.scores,
                numbers.dataset.labels,
                numbers.threshold.value,
                self.formula(f"y = {math_number(numbers.threshold.value, self.places)}", halo=True),
                (self.class_name(0), self.class_name(1)),
            )
            self.play(self.strips.lift(space.dots), FadeIn(self.strips.class_names), run_time=1.6)

    def class_name(self, label: int) -> Writing:
        return self.label(f"class_{label}", role=CLASS_ROLES[label], halo=True)

    @property
    def places(self) -> int:
        """How many decimals tell numbers on the line apart."""
        return 2 if self.line.high - self.line.low > 0.5 else 4

    def look_closer(self) -> None:
        """Change over to a line that the scores fill, where they would be heaped on a small part of it."""
        numbers, stage, view = self.numbers, self.layout.stage, self.space.view
        scores = numbers.scores
        low = float(min(scores.min(), numbers.threshold.value))
        high = float(max(scores.max(), numbers.threshold.value))
        close = high - low < _CLOSE * (self.line.high - self.line.low)
        if not close or np.ptp(scores) < _SAME:
            return
        closer = NumberLine(stage, self.theme, low, high, self.line.height_now)
        focus = View(stage, np.array([closer.zero, view.origin[1]]), closer.unit)
        self.play(self.space.glide(focus), FadeOut(self.line), FadeIn(closer), run_time=1.2)
        self.line = closer

    def find_threshold(self) -> None:
        numbers, strips = self.numbers, self.strips
        threshold = numbers.threshold
        values = {"right": threshold.right, "total": threshold.total, "wrong": numbers.wrong}
        with self.beat("threshold", caption="threshold" if numbers.wrong else "threshold-perfect", **values):
            self.count_at(0.0)
            self.play(FadeIn(self.count), run_time=0.4)
            count = Drive(self.count, self.count_at, run_time=2.4)
            self.play(strips.sweep(run_time=2.4), count)
            self.play(FadeIn(strips.threshold_name), FadeIn(self.share), run_time=0.6)

    def count_at(self, share: float) -> None:
        """Count what is right when the threshold has come this share of its way."""
        self.count.show(self.numbers.right_at(self.strips.threshold_at(share)))

    def give_verdict(self) -> None:
        numbers, space = self.numbers, self.space
        wrong = Dots(self.colour("wrong"), _RING * self.diameters[0]).set_z_index(2.5)
        wrong.set_positions(self.plane_view.to_scene(numbers.wrong_points))
        values = {"best": numbers.best_right, "total": numbers.threshold.total}
        with self.beat("verdict", caption=self.verdict, **values):
            readings = (self.filled_rule, self.count, self.share)
            self.disappear(self.strips, self.line, *readings, *space.dots, run_time=0.4)
            space.look(self.plane_view).show(PlaneMap())
            for cloud, diameter in zip(space.dots, self.diameters, strict=True):
                cloud.resize(diameter)
            self.play(*(FadeIn(thing) for thing in (space.plane, *space.dots)), run_time=0.6)
            for line, key in self.lines():
                self.play(line.draw(), FadeIn(key), run_time=1.0)
            self.play(FadeIn(wrong), run_time=0.4)

    @property
    def verdict(self) -> str:
        """The caption that says what a straight line can and cannot do here."""
        numbers = self.numbers
        if not numbers.wrong:
            return "verdict-perfect"
        if numbers.best_right == numbers.threshold.total:
            return "verdict-better"
        return "verdict-limit" if numbers.best.exact else "verdict-found"

    def lines(self) -> list[tuple[StraightLine, LineKey]]:
        """Return the layer's line in the plane, and the best one if that does better, each with its key."""
        numbers, total = self.numbers, self.numbers.threshold.total
        found = []
        # Weights that are nought but for rounding have no line.
        if numbers.shown_weights.any():
            offset = numbers.threshold.value - numbers.bias
            line = StraightLine(self.plane_view, self.theme, numbers.weights, offset)
            name = self.label("this_layer", {"right": numbers.threshold.right, "total": total})
            found.append((line.set_z_index(4), LineKey(self.theme, name)))
        if numbers.best_right > numbers.threshold.right:
            best = numbers.best
            line = StraightLine(self.plane_view, self.theme, best.normal, best.offset, dashed=True)
            name = self.label("best_line", {"right": numbers.best_right, "total": total})
            found.append((line.set_z_index(4), LineKey(self.theme, name, dashed=True)))
        _, _, low = self.layout.panel_parts()
        if found:
            stack(low, [key for _, key in found], self.layout.panel_flow)
        return found
