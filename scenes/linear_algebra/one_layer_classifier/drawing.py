"""One layer as a classifier: a threshold on its line, which is a straight line in the plane."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut

from nnmath.plane_map import PlaneMap
from scenes.families.one_layer.drawing import OneLayerScene
from scenes.families.scores import counted, strips_over
from scenes.linear_algebra.one_layer_classifier.line_key import LineKey
from scenes.linear_algebra.one_layer_classifier.numbers import (
    DEFINITION,
    OneLayerClassifierNumbers,
    OneLayerClassifierParameters,
)
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.straight_line import StraightLine
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.parts.writing.tally import Tally
from scenes.stage.motion import Drive
from scenes.stage.writing import Writing
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_percent, numeral

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
        self.count = Tally(self.count_words, threshold.right)
        percent = math_percent(threshold.right, threshold.total)
        self.share = self.formula(percent, size=FORMULA_SIZE * 1.1)
        self.compose_panel(self.count, self.share)

    def count_words(self, right: int) -> Writing:
        values = {**counted(self.numbers.threshold), "right": right}
        return self.label("right_of", values, size=FORMULA_SIZE)

    # The beats.

    def introduce(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("layer"):
            self.appear(space.basis, *space.dots, run_time=0.8)
            self.show_layer()

    def lay_down(self) -> None:
        with self.beat("turn"):
            self.turn(2.0)

    def shift_by_bias(self) -> None:
        with self.beat("shift", bias=numeral(self.numbers.shown_bias)):
            self.slide()

    def lift(self) -> None:
        numbers, space = self.numbers, self.space
        with self.beat("lift"):
            self.disappear(space.basis, run_time=0.4)
            space.remove(space.basis)
            self.look_closer()
            self.disappear(space.plane, run_time=0.4)
            self.strips = strips_over(self, self.line, numbers, self.line.places)
            self.play(self.strips.lift(space.dots), FadeIn(self.strips.names), run_time=1.6)

    def look_closer(self) -> None:
        """Change over to a line that the scores fill, where they would be heaped on a small part of it."""
        stage, view, scores = self.layout.stage, self.space.view, self.numbers.scores
        reached = np.append(scores, self.numbers.threshold.value)
        low, high = float(reached.min()), float(reached.max())
        close = high - low < _CLOSE * (self.line.high - self.line.low)
        if not close or np.ptp(scores) < _SAME:
            return
        closer = NumberLine(stage, self.theme, low, high, self.line.height_now)
        focus = View(stage, np.array([closer.zero, view.origin[1]]), closer.unit)
        self.play(self.space.glide(focus), FadeOut(self.line), FadeIn(closer), run_time=1.2)
        self.line = closer

    def find_threshold(self) -> None:
        numbers, strips = self.numbers, self.strips
        with self.beat("threshold", **counted(numbers.threshold), wrong=numbers.wrong):
            self.count_at(0.0)
            self.appear(self.count, run_time=0.4)
            self.play(strips.sweep(run_time=2.4), Drive(self.count, self.count_at, run_time=2.4))
            self.appear(strips.threshold_name, self.share)

    def count_at(self, share: float) -> None:
        """Count what is right when the threshold has come this share of its way."""
        self.count.show(self.numbers.right_at(self.strips.threshold_at(share)))

    def give_verdict(self) -> None:
        numbers, space = self.numbers, self.space
        wrong = Dots(self.colour("wrong"), _RING * space.diameter).set_z_index(2.5)
        wrong.set_positions(self.plane_view.to_scene(numbers.wrong_points))
        with self.beat("verdict", best=numbers.best_right, total=numbers.threshold.total):
            readings = (self.filled_rule, self.count, self.share)
            self.disappear(self.strips, self.line, *readings, *space.dots, run_time=0.4)
            space.look(self.plane_view).show(PlaneMap()).restore_marks()
            self.appear(space.plane, *space.dots)
            for line, key in self.lines():
                self.play(line.draw(), FadeIn(key), run_time=1.0)
            self.appear(wrong, run_time=0.4)

    def lines(self) -> list[tuple[StraightLine, LineKey]]:
        """Return the layer's line in the plane, and the best one if that does better, each with its key."""
        drawn = []
        for name, normal, offset, right in self.numbers.lines():
            dashed = name == "best_line"
            line = StraightLine(self.plane_view, self.theme, normal, offset, dashed=dashed)
            if line.ends is None:  # all points are on one side of it
                continue
            line.set_z_index(4)
            words = self.label(name, {"right": right, "total": self.numbers.threshold.total})
            drawn.append((line, LineKey(self.theme, words, dashed=dashed)))
        if drawn:
            stack(self.layout.panel_parts()[2], [key for _, key in drawn], self.layout.panel_flow)
        return drawn
