"""The learning rate: one loss curve, one start, and three answers to how long a step should be."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from manim import AnimationGroup, FadeIn, VGroup, linear

from scenes.families.walking_weight.descent import GROWN, RING
from scenes.learning.learning_rate.composition import Composition
from scenes.learning.learning_rate.first_step import FirstStep
from scenes.learning.learning_rate.numbers import DEFINITION, LearningRateNumbers, LearningRateParameters
from scenes.learning.learning_rate.panel import Panel
from scenes.learning.learning_rate.race import SAMPLE, SAMPLE_ROOM, Race
from scenes.learning.learning_rate.reading import Reading
from scenes.parts.charts.chart_row import ChartRow
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

_LONGEST_WALK = 5.2
_STEP_TIME = 1.2
_MOST_PLAYS = 6
# Room under the curve for the steps, as a share of the chart's height.
_FOOT, _HEADROOM = 0.2, 1.06
_MOST_TICKS = 8


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
            Panel(chart, self.theme, walk, goal, slope, weight)
            for chart, walk in zip(self.row.charts, numbers.walks, strict=True)
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
            x_name=self.formula(weight[0], role=weight[1], size=LABEL_SIZE, halo=True),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            most_ticks=self.parts.most_ticks,
            clear_of=[(goal[None], RING / 2)],
            lowest_tick=0.0,
        )

    def write_about(self) -> None:
        """Write what stands above and below each chart, not yet to be seen."""
        words, locale, lines = self.words, self.settings.locale, self.parts.lines
        self.sums, self.readings = [], []
        for panel, head, foot in zip(self.panels, self.row.headings, self.row.footers, strict=True):
            panel.head(head, SAMPLE_ROOM)
            said = words.label("step"), words.label("loss"), words.label(panel.walk.fate)
            self.sums.append(FirstStep(foot, self.theme, panel.walk, lines))
            self.readings.append(Reading(foot, self.theme, panel.walk, said, locale, lines))

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
            self.play(
                Drive(rising, lambda lift: descent.stand(start, lift), introducer=True), run_time=1.0
            )
            self.appear(descent.tangent, panel.goal, run_time=0.6)
            self.wait(PAUSE)

    def split_curve(self) -> None:
        first, *others = self.panels
        with self.beat("split"):
            written = [VGroup(*panel.chart.numbers, *panel.chart.names) for panel in self.panels]
            labels = VGroup(*(panel.descent.tangent.label for panel in self.panels))
            self.disappear(written[0], first.descent.tangent.label, run_time=0.4)
            drawn = VGroup()
            for panel in self.panels:
                descent = panel.descent
                descent.tangent.remove(descent.tangent.label)
                drawn.add(panel.chart.axes, panel.chart.ticks, panel.curve, panel.goal)
                drawn.add(descent.tangent, descent.point, descent.foot)
            self.play(Drive(drawn, self.spread, introducer=True), run_time=2.0)
            for panel in self.panels:
                panel.descent.tangent.add(panel.descent.tangent.label)
            headings = VGroup(*(panel.heading for panel in self.panels))
            self.appear(VGroup(*written), labels, run_time=0.6)
            self.appear(headings, run_time=0.6)

    def take_first_step(self) -> None:
        panels, sums = self.panels, self.sums
        with self.beat("first"):
            self.add(*panels)
            products = [each.product for each in sums]
            for product in products:
                product.set_fill(opacity=0.0)
            self.add(*products)
            flights = []
            for panel, product in zip(panels, products, strict=True):
                rate, slope = product.part("rate"), product.part("slope")
                flights += [
                    arrive(self.theme, rate, panel.heading.part("rate"), within=self.layout.frame),
                    arrive(self.theme, slope, panel.slope_number().submobjects[0], within=self.layout.frame),
                ]
                flights += [
                    appear(glyphs) for glyphs in product.submobjects if glyphs not in (rate, slope)
                ]
            self.play(*flights, run_time=1.2)
            steps = VGroup(*(each.step for each in sums))
            self.play(FadeIn(steps), self.stepping(0.0, GROWN), run_time=1.2)
            self.appear(*(VGroup(each.sum, each.total) for each in sums), run_time=0.4)
            self.play(self.stepping(GROWN, 1.0), run_time=1.6)

    def walk_on(self) -> None:
        count, numbers = self.numbers.most_steps, [each.numbers for each in self.readings]
        with self.beat("walk"):
            self.disappear(*self.sums, run_time=0.4)
            self.place(1.0)
            self.appear(*numbers, run_time=0.4)
            if count > 1:
                stops = np.unique(np.linspace(1, count, min(count - 1, _MOST_PLAYS) + 1).astype(int))
                seconds = min(_STEP_TIME * (count - 1), _LONGEST_WALK) / (len(stops) - 1)
                for here, there in pairwise(stops):
                    self.play(self.stepping(here, there), run_time=ticks(seconds))

    def tell_fates(self) -> None:
        with self.beat("fates"):
            for reading in self.readings:
                self.appear(reading.verdict, run_time=0.6)
            self.wait(PAUSE)

    def line_up_losses(self) -> None:
        self.make_race()
        gone = [VGroup(panel) for panel in self.panels]
        with self.beat("losses"):
            self.add(self.race.marks)
            self.disappear(*gone, run_time=0.6)
            self.appear(self.race.chart, run_time=0.4)
            self.play(Drive(self.race.marks, self.race.fly), run_time=1.6)
            self.race.draw(0.0)
            self.add(self.race)
            samples = [FadeIn(sample) for sample in self.race.samples]
            lines = Drive(self.race.lines, self.race.draw, end=float(self.numbers.most_steps), rate_func=linear)
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
        self.race = Race(chart, self.theme, numbers.walks, origins)
        for panel, sample in zip(self.panels, self.race.samples, strict=True):
            sample.move_to(panel.heading.get_left() - [SAMPLE_ROOM - SAMPLE / 2, 0.0, 0.0])

    def show_best(self) -> None:
        best = self.numbers.best
        rate = self.numbers.walks[best[0]].learning_rate
        with self.beat("best", rate=f"{rate:g}"):
            frames = [
                Frame(self.theme, margin=0.12).appear_around(self.panels[k].heading) for k in best
            ]
            wider = Drive(self.race.lines, lambda share: self.race.stress(best, share))
            self.play(wider, *frames, run_time=1.0)

    def stepping(self, start: float, end: float) -> Drive:
        """Return the animation that takes all weights from after `start` steps to after `end` steps."""
        return Drive(VGroup(*self.panels), self.place, start=start, end=end, rate_func=linear)

    def place(self, progress: float) -> None:
        """Show all walks after so many steps, and the numbers of the last whole one."""
        for panel, reading in zip(self.panels, self.readings, strict=True):
            panel.show(progress)
            reading.show(math.floor(progress + 1e-9))
