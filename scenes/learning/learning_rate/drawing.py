"""The learning rate: one loss curve, one start, and three answers to how long a step should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from manim import AnimationGroup, FadeIn, VGroup, linear

from scenes.families.walking_weight.descent import GROWN
from scenes.learning.learning_rate.composition import Composition
from scenes.learning.learning_rate.first_step import FirstStep
from scenes.learning.learning_rate.numbers import DEFINITION, LearningRateNumbers, LearningRateParameters
from scenes.learning.learning_rate.panel import RING, Panel
from scenes.learning.learning_rate.race import Race
from scenes.learning.learning_rate.reading import Reading
from scenes.parts.charts.chart_row import ChartRow, between
from scenes.parts.charts.moving_chart import MovingChart
from scenes.parts.charts.number_line import round_step
from scenes.parts.writing.flight import appear, arrive
from scenes.parts.writing.frame import Frame
from scenes.stage.depths import over_veil
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene, ticks
from scenes.style.layout import LABEL_SIZE, Region, Shade
from scenes.style.markup import quoted
from scenes.style.theme import COLUMN_ROLES, Role

# The first steps, up to this one, are slow; all seconds that they, and then the others, may take.
_SLOW_STEPS = 4
_LONGEST_WALK, _LONGEST_RUN = 3.6, 2.8
_STEP_TIME, _MOST_PLAYS = 1.2, 4
# Room under the curve for the steps, as a share of the chart's height.
_FOOT, _HEADROOM = 0.16, 1.06
_MOST_TICKS = 8
# What a frame keeps from the heading that it stands around, in scene units.
_FRAME = 0.1
# Formulas smaller than this share of their size would be hard to read.
_LEAST_FACTOR = 0.63


class LearningRateScene(ExplainerScene[LearningRateParameters, LearningRateNumbers]):
    """One weight walks down its loss curve with three learning rates, at the same moments."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.ask()
        self.split_curve()
        self.take_first_step()
        self.walk_on()
        self.tell_fates()
        self.line_up_losses()
        self.show_best()

    def shades(self) -> tuple[Shade, ...]:
        return ()

    def title_region(self) -> Region:
        safe = self.layout.text_safe
        return Region(safe.left, self.layout.title.bottom, safe.right, safe.top)

    def set_stage(self) -> None:
        numbers, parts = self.numbers, Composition.of(self.layout)
        self.parts = parts
        role: Role = COLUMN_ROLES[self.parameters.column - 1]
        weight = f"w_({self.parameters.row}{self.parameters.column})", role
        slope = quoted(self.words.label("slope"))
        goal = np.array([numbers.lowest, numbers.loss_slice.loss_at(numbers.lowest)])
        self.row = ChartRow(
            parts.region,
            len(numbers.walks),
            lambda region: self.make_chart(region, weight, goal),
            flow=parts.flow,
            footer=parts.footer,
            heading=parts.heading,
            gap=parts.gap,
        )
        self.panels = [
            Panel(chart, self.theme, walk, goal, slope, weight, rank=k, bounds=parts.region)
            for k, (chart, walk) in enumerate(zip(self.row.charts, numbers.walks, strict=True))
        ]
        self.apart = [panel.label_from() for panel in self.panels]
        self.write_about()
        self.row.spread(0.0)
        self.gathered = self.panels[0].label_from()
        self.spread(0.0)

    def make_chart(self, region: Region, weight: tuple[str, Role], goal: np.ndarray) -> MovingChart:
        weights, losses = self.numbers.curve[:, 0], self.numbers.curve[:, 1]
        top = _HEADROOM * float(losses.max())
        return MovingChart(
            region,
            self.theme,
            (float(weights[0]), float(weights[-1])),
            (-top * _FOOT / (1.0 - _FOOT), top),
            x_name=self.formula(weight[0], role=weight[1], size=self.parts.name_size, halo=True),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            most_ticks=self.parts.most_ticks,
            clear_of=[(goal[None], RING / 2)],
            lowest_tick=0.0,
        )

    def write_about(self) -> None:
        """Write what stands above and below each chart, all alike in size, not yet to be seen."""
        words, locale, parts = self.words, self.settings.locale, self.parts
        step, loss = words.label("step"), words.label("loss")
        walks, heads, feet = self.numbers.walks, self.row.headings, self.row.footers
        self.sums = [FirstStep(self.theme, walk, parts.lines) for walk in walks]
        if _factor(feet[0], [each.needed for each in self.sums]) < _LEAST_FACTOR:
            names = "eta", quoted(words.label("slope"))
            self.sums = [FirstStep(self.theme, walk, parts.lines, names) for walk in walks]
        self.readings = [
            Reading(self.theme, walk, (step, loss, words.label(walk.fate)), locale, parts.lines)
            for walk in walks
        ]
        room = replace(heads[0], left=heads[0].left + parts.before, right=heads[0].right - _FRAME)
        factor = _factor(room, [panel.heading_needed for panel in self.panels])
        for panel, head in zip(self.panels, heads, strict=True):
            panel.head(head, factor, parts.before, parts.align)
        groups: tuple[Sequence[FirstStep | Reading], ...] = self.sums, self.readings
        for written in groups:
            factor = _factor(feet[0], [each.needed for each in written])
            for each, foot in zip(written, feet, strict=True):
                each.stand(foot, factor, parts.align)

    def spread(self, share: float) -> None:
        """Have the charts, and all that is drawn in them, come so far from one place to their own."""
        self.row.spread(share)
        for panel, apart in zip(self.panels, self.apart, strict=True):
            panel.redraw(self.gathered + share * (apart - self.gathered))

    # The beats.

    def ask(self) -> None:
        panel = self.panels[0]
        descent, start = panel.descent, self.numbers.start
        self.add(panel.chart, panel.curve)
        with self.beat("question"):
            descent.stand(start, 0.0)
            rising = VGroup(descent.point, descent.foot)
            self.play(Drive(rising, lambda lift: descent.stand(start, lift), introducer=True), run_time=1.0)
            self.appear(descent.tangent, panel.goal, run_time=0.6)
            self.wait(PAUSE)

    def split_curve(self) -> None:
        first = self.panels[0]
        with self.beat("split"):
            # What is written up the first chart's axis goes with it; nothing crosses it.
            upright = VGroup(*first.chart.y_numbers, first.chart.names[-1])
            written = [
                VGroup(*(each for each in panel.chart.written if each not in upright.submobjects))
                for panel in self.panels
            ]
            labels = [panel.descent.tangent.label for panel in self.panels if panel.labelled]
            self.disappear(written[0], first.descent.tangent.label, run_time=0.4)
            drawn = VGroup(upright)
            for panel in self.panels:
                descent = panel.split_off().descent
                descent.tangent.remove(descent.tangent.label)
                drawn.add(panel.chart.axes, panel.chart.ticks, panel.curve, panel.goal)
                drawn.add(descent.tangent, descent.point, descent.foot)
            self.play(Drive(drawn, self.spread, introducer=True), run_time=2.0)
            headings = VGroup(*(VGroup(panel.mark, panel.heading) for panel in self.panels))
            self.appear(VGroup(*written), *labels, run_time=0.6)
            self.appear(headings, run_time=0.6)

    def take_first_step(self) -> None:
        panels, sums = self.panels, self.sums
        with self.beat("first"):
            for panel in panels:
                panel.descent.tangent.add(panel.descent.tangent.label)
            self.place(0.0)
            self.add(*panels)
            products = [each.product for each in sums]
            for product in products:
                product.set_fill(opacity=0.0)
            self.add(*products)
            frame = self.layout.frame
            rates = [
                arrive(self.theme, product.part("rate"), panel.heading.part("rate"), within=frame)
                for panel, product in zip(panels, products, strict=True)
            ]
            slopes = [
                arrive(self.theme, product.part("slope"), panel.slope_number().submobjects[0], within=frame)
                for panel, product in zip(panels, products, strict=True)
            ]
            signs = [appear(glyphs) for each in sums for glyphs in each.signs()]
            self.play(*slopes, run_time=0.8)
            self.play(*rates, *signs, run_time=0.8)
            steps = VGroup(*(each.step for each in sums))
            self.play(FadeIn(steps), self.stepping(0.0, GROWN), run_time=1.2)
            self.appear(*(VGroup(*each.equations[1]) for each in sums), run_time=0.4)
            self.play(self.stepping(GROWN, 1.0), run_time=1.6)

    def walk_on(self) -> None:
        numbers = [each.numbers for each in self.readings]
        with self.beat("walk"):
            self.disappear(*self.sums, run_time=0.4)
            self.place(1.0)
            self.appear(*numbers, run_time=0.4)
            self.take_steps(1, self.halfway, _LONGEST_WALK)

    def tell_fates(self) -> None:
        with self.beat("fates"):
            self.take_steps(self.halfway, self.numbers.most_steps, _LONGEST_RUN)
            for reading in self.readings:
                self.appear(reading.verdict, run_time=0.4)
            self.wait(PAUSE)

    @property
    def halfway(self) -> int:
        """The step up to which the walks are slow."""
        count = self.numbers.most_steps
        return min(max(_SLOW_STEPS, count // 2), count)

    def take_steps(self, first: int, last: int, longest: float) -> None:
        """Have all walk from after `first` steps to after `last`, in so many seconds at the most.

        A few steps at a time, so that no single motion is too long to follow.
        """
        if first < last:
            stops = np.unique(np.linspace(first, last, min(last - first, _MOST_PLAYS) + 1).astype(int))
            seconds = min(_STEP_TIME * (last - first), longest) / (len(stops) - 1)
            for here, there in pairwise(stops):
                self.play(self.stepping(here, there), run_time=ticks(seconds))

    def line_up_losses(self) -> None:
        self.make_race()
        race, chart, first = self.race, self.race.chart, self.panels[0].chart
        upright = VGroup(*chart.y_numbers, chart.names[-1])
        written = VGroup(chart.ticks, *(each for each in chart.written if each not in upright.submobjects))
        with self.beat("losses"):
            self.add(race.marks)
            if chart.ticked[1] == first.ticked[1]:
                # The first chart's axes become those of all.
                VGroup(first.axes, *first.y_numbers, first.names[-1]).set_opacity(0.0)
                self.add(chart.axes, upright)
            else:
                written.add(chart.axes, *upright)
            self.disappear(*self.panels, run_time=0.6)
            moved = VGroup(chart.axes, upright, race.marks, *(panel.mark for panel in self.panels))
            self.play(Drive(moved, self.line_up), run_time=1.6)
            self.appear(written, run_time=0.4)
            race.draw(0.0)
            self.add(race)
            samples = [FadeIn(panel.sample) for panel in self.panels]
            lines = Drive(
                self.race.lines, self.race.draw, end=float(self.numbers.most_steps), rate_func=linear
            )
            self.play(lines, AnimationGroup(*samples), run_time=2.0)

    def make_race(self) -> None:
        numbers, row = self.numbers, self.row
        count = numbers.most_steps
        each = max(1, math.ceil(round_step(count, _MOST_TICKS)))
        first = self.panels[0].chart
        chart = MovingChart(
            row.around(row.plot),
            self.theme,
            (0.0, float(count)),
            first.y_range,
            x_name=self.label("step", role="muted", size=LABEL_SIZE),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            lowest_tick=0.0,
            most_ticks=self.parts.most_ticks,
            x_values=list(range(0, count + 1, each)),
        ).occupy(row.plot)
        origins = tuple(panel.descent.places() for panel in self.panels)
        over_veil(chart)
        self.race = Race(chart, self.theme, numbers.walks, origins, self.parts.region)
        self.line_up(0.0)

    def show_best(self) -> None:
        best = self.numbers.best
        with self.beat("best", rate=self.numbers.walks[best[0]].rate_written):
            frames = [Frame(self.theme, margin=_FRAME).appear_around(self.panels[k].heading) for k in best]
            stressed = [self.race.lines, self.race.marks]
            stressed += [part for k in best for part in (self.panels[k].mark, self.panels[k].sample)]
            wider = Drive(VGroup(*stressed), lambda share: self.stress(best, share))
            self.play(wider, *frames, run_time=1.0)

    def line_up(self, share: float) -> None:
        """Have the axes come so far from the first chart's to those of all steps, and the marks to theirs."""
        self.race.chart.occupy(between(self.row.inners[0], self.row.plot, share))
        self.race.fly(share)
        for panel, marks in zip(self.panels, self.race.marks, strict=True):
            panel.mark.set_stroke(marks.get_stroke_color())

    def stress(self, best: tuple[int, ...], share: float) -> None:
        """Stress the lines of the best walks so far, and their samples."""
        self.race.stress(best, share)
        for k in best:
            ink = self.race.lines[k].get_stroke_color()
            self.panels[k].mark.set_stroke(ink)
            self.panels[k].sample.set_stroke(ink)

    def stepping(self, start: float, end: float) -> Drive:
        """Return the animation that takes all weights from after `start` steps to after `end` steps."""
        moved = VGroup(*(VGroup(panel.descent, panel.beyond) for panel in self.panels))
        if start >= 1.0:
            # The numbers are on screen after the first step.
            moved.add(*(VGroup(reading.count, reading.loss) for reading in self.readings))
        return Drive(moved, self.place, start=start, end=end, rate_func=linear)

    def place(self, progress: float) -> None:
        """Show all walks after so many steps, and the numbers of the last whole one."""
        for panel, reading in zip(self.panels, self.readings, strict=True):
            panel.show(progress)
            reading.show(math.floor(progress + 1e-9))


def _factor(region: Region, sizes: Sequence[tuple[float, float]]) -> float:
    """Return by how much things of these widths and heights shrink so that each fits a region, at most 1."""
    return min(1.0, *(min(region.width / width, region.height / height) for width, height in sizes))
