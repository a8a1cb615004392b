"""One layer as a classifier: a threshold on its line of scores, which is a straight line in the plane."""

from __future__ import annotations

from itertools import pairwise

from manim import LEFT, UL, FadeIn

from scenes.families.one_layer.drawing import COLUMN_PAINT, OneLayerScene
from scenes.families.scores import right_counter
from scenes.linear_algebra.one_layer_classifier.decision import Decision
from scenes.linear_algebra.one_layer_classifier.line_table import LineRow, LineTable
from scenes.linear_algebra.one_layer_classifier.numbers import (
    DEFINITION,
    OneLayerClassifierNumbers,
    OneLayerClassifierParameters,
)
from scenes.linear_algebra.one_layer_classifier.score_strip import ScoreStrip
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import fixed, math_percent
from scenes.style.theme import Role

# What the data keep from the edges of their part of the stage.
_MARGIN = 0.15


class OneLayerClassifier(OneLayerScene[OneLayerClassifierParameters, OneLayerClassifierNumbers]):
    """Every point gets a score; a threshold slides along them, and its line sweeps the plane."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.compose()
        self.show_layer()
        self.score_points()
        self.pull_threshold_back()
        self.sweep()
        self.tell_best()
        self.give_verdict()
        if self.numbers.trained:
            self.compare_losses()

    def set_stage(self) -> None:
        """Build the plane, in the upper part of the stage, and the strip of scores below it."""
        numbers, layout, frame = self.numbers, self.layout, self.layout.frame
        dataset = numbers.dataset
        self.strip = ScoreStrip(layout, self.theme, numbers.scores, dataset.labels, numbers.threshold.value)
        window = Region(frame.left, self.strip.top, frame.right, frame.top)
        region = self.strip.above(layout)
        self.view = View.fitting(region, [dataset.points], margin=_MARGIN, centred=0.9, window=window)
        seen = View(region, self.view.origin, self.view.unit, frame)
        self.space = Space(seen, self.theme, dataset)
        self.space.remove(self.space.basis)
        first = numbers.first_threshold
        self.decision = Decision(self.theme, numbers, self.view, self.strip, self.space.diameter, first)
        self.add(self.space)

    def compose(self) -> None:
        numbers = self.numbers
        top, middle, low = self.layout.panel_parts()
        self.compose_diagram(top)
        self.rule = self.formula(self.filled("s ="), paint=COLUMN_PAINT).within(middle, align=LEFT)
        first, self.below = low.rows(1.0, 1.4, gap=0.1)
        total = numbers.threshold.total
        self.count = right_counter(self, numbers.right_at(numbers.first_threshold), total)
        self.count.scale(min(1.0, first.width / self.count.width, first.height / self.count.height))
        self.count.move_to(first.at(0.0, 0.5), aligned_edge=LEFT)
        percent = math_percent(numbers.threshold.right, total)
        self.share = self.formula(percent, size=FORMULA_SIZE).within(self.below, align=UL)
        self.table = LineTable(self.theme, self.rows(), self.below)

    def rows(self) -> list[LineRow]:
        """Return what is written of this layer's line, and of the best one if that does better."""
        numbers = self.numbers
        counts = [numbers.threshold.right, numbers.best_right][: 2 if numbers.beaten else 1]
        losses = [loss for loss in (numbers.loss, numbers.best_loss) if loss is not None]
        rows = []
        for k, right in enumerate(counts):
            # The better of two numbers stands out.
            better = len(counts) > 1 and right == max(counts), len(losses) > 1 and losses[k] == min(losses)
            roles: list[Role] = ["active" if stands_out else "text" for stands_out in better]
            count = self.label("line_right", {"right": right}, role=roles[0])
            loss = None
            if losses:
                told = fixed(losses[k], numbers.loss_places)
                loss = self.label("line_loss", {"loss": told}, role=roles[1])
            rows.append(LineRow(count, loss, dashed=k == 1))
        return rows

    # The beats.

    def show_layer(self) -> None:
        with self.beat("layer"):
            self.appear(self.diagram, run_time=0.6)
            self.appear(self.weights_on_edges, self.rule, run_time=0.6)

    def score_points(self) -> None:
        space, strip = self.space, self.strip
        starts = space.view.to_scene(self.numbers.dataset.points)
        with self.beat("score"):
            self.appear(strip.veil, strip.line, run_time=0.6)
            fall = strip.fall(starts, space.diameter, run_time=1.6)
            self.play(fall, self.diagram.pulses(0, run_time=1.2))

    def pull_threshold_back(self) -> None:
        decision = self.decision
        with self.beat("threshold"):
            self.play(decision.bar.draw(run_time=0.6))
            back = decision.pull_back(run_time=1.4)
            if back is not None:
                self.play(back)
            self.appear(decision.name, decision.plane_rings, decision.strip_rings, self.count, run_time=0.6)

    def sweep(self) -> None:
        line, first, best = self.strip.line, self.numbers.first_threshold, self.numbers.threshold.value
        with self.beat("sweep"):
            for start, end, seconds in (
                (first, line.low, 0.8),
                (line.low, line.high, 3.0),
                (line.high, best, 1.0),
            ):
                sweep = self.decision.sweep(start, end, run_time=seconds)
                self.play(sweep, Drive(self.count, self.count_now, run_time=seconds))

    def count_now(self, _: float) -> None:
        """Count what is right with the threshold on show."""
        self.count.show(self.numbers.right_at(self.decision.value))

    def tell_best(self) -> None:
        with self.beat("best", **self.numbers.told()):
            self.play(FadeIn(self.share), self.decision.pulse(run_time=1.2), run_time=1.2)
            self.wait(PAUSE)

    def give_verdict(self) -> None:
        numbers = self.numbers
        with self.beat("verdict", **numbers.told()):
            if numbers.beaten:
                self.best = Boundary(self.view, self.theme, dashed=True, width=4.0)
                self.best.line(numbers.best.normal, numbers.best.offset)
                self.disappear(self.share, run_time=0.4)
                self.play(self.best.draw(run_time=1.2))
                self.appear(self.table.counts, run_time=0.6)
            elif numbers.wrong:
                self.play(self.decision.pulse(run_time=1.0))
            else:
                self.use_the_room()

    def use_the_room(self) -> None:
        """Move the threshold through all that are as good, and back."""
        low, high = self.numbers.room
        path = [self.decision.value, low, high, self.decision.value]
        for (start, end), seconds in zip(pairwise(path), (0.6, 1.0, 0.6), strict=True):
            self.play(self.decision.sweep(start, end, run_time=seconds))

    def compare_losses(self) -> None:
        numbers = self.numbers
        with self.beat("why", **numbers.told()):
            if not numbers.beaten:
                self.disappear(self.share, run_time=0.4)
                self.appear(self.table.counts, run_time=0.4)
            self.appear(self.table.losses, run_time=0.6)
            self.wait(PAUSE)
