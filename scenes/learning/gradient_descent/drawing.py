"""Gradient descent: the slope says which way is down, and how far to go."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from manim import RIGHT, FadeIn, VGroup, linear

from scenes.families.scores import right_counter
from scenes.families.walking_weight.descent import GROWN, RING, Descent, Goal
from scenes.learning.gradient_descent.bending_plane import BendingPlane
from scenes.learning.gradient_descent.composition import Composition
from scenes.learning.gradient_descent.numbers import (
    DEFINITION,
    GradientDescentNumbers,
    GradientDescentParameters,
)
from scenes.learning.gradient_descent.step_sum import StepSum
from scenes.parts.charts.chart import Chart, Curve
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.plane.view import View
from scenes.stage.depths import over_veil
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene, ticks
from scenes.style.layout import LABEL_SIZE, Region, Shade
from scenes.style.markup import quoted
from scenes.style.numerals import math_number
from scenes.style.theme import COLUMN_ROLES, Role

_LONGEST_REPEAT = 4.8
_STEP_TIME = 1.6
_MOST_PLAYS = 5
# Room under the curve for the steps, in scene units and as a share of the chart's height at the most.
_FOOT, _MOST_FOOT = 0.85, 0.3
# What a chart has besides the room for its curve, up and down.
_MARGINS = 1.25
_HEADROOM = 1.06
# Between the points and the edge of their region, and the title and the learning rate, in scene units.
_MARGIN, _BESIDE = 0.12, 0.15


class GradientDescent(ExplainerScene[GradientDescentParameters, GradientDescentNumbers]):
    """One weight of a network that really computes walks down its loss curve; its boundary follows."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_network()
        self.draw_curve()
        self.show_slope()
        self.take_first_step()
        self.take_other_steps()
        self.show_end()

    def shades(self) -> tuple[Shade, ...]:
        return Composition.of(self.layout).shades

    def title_region(self) -> Region:
        # The learning rate stands on its line.
        return replace(self.layout.title, right=Composition.of(self.layout).rate.left - _BESIDE)

    def set_stage(self) -> None:
        numbers, parts = self.numbers, Composition.of(self.layout)
        self.weight_name = f"w_({self.parameters.row}{self.parameters.column})"
        self.weight_role: Role = COLUMN_ROLES[self.parameters.column - 1]
        slope = quoted(self.words.label("slope"))
        self.lowest = np.array([numbers.lowest, numbers.loss_at(numbers.lowest)])
        self.chart = self.make_chart(parts)
        self.curve = Curve(self.chart, numbers.curve[:, :2], self.colour("loss"))
        self.descent = Descent(self.chart, self.theme, numbers, slope)
        self.goal = Goal(self.chart, self.theme, self.lowest)
        for part in (self.chart, self.curve, self.descent, self.descent.arrow_name, self.goal):
            over_veil(part)
        names = (self.weight_name, self.weight_role), slope
        self.sum = StepSum(parts.sum, self.theme, numbers, *names, parts.flow)
        rate = math_number(numbers.learning_rate, numbers.rate_places)
        self.rate = self.formula(f"eta = {rate}", size=LABEL_SIZE, role="step")
        self.rate.fit(parts.rate.width).stand_at(parts.rate.at(1.0, 0.0), RIGHT)
        self.make_plane(parts)
        self.diagram = NetworkDiagram(
            numbers.network, self.theme, parts.diagram, column_names=("x", "h", "s")
        )
        walking = 0, self.parameters.row - 1, self.parameters.column - 1
        self.edge = self.diagram.edge(*walking)
        self.diagram.add(self.diagram.edge_label(*walking, self.weight_name))

    def make_chart(self, parts: Composition) -> Chart:
        weights, losses = self.numbers.curve[:, 0], self.numbers.curve[:, 1]
        top, height = _HEADROOM * float(losses.max()), parts.chart.height - _MARGINS
        foot = min(_FOOT, _MOST_FOOT * height)
        return Chart(
            parts.chart,
            self.theme,
            (float(weights[0]), float(weights[-1])),
            (-top * foot / (height - foot), top),
            x_name=self.formula(self.weight_name, role=self.weight_role, size=LABEL_SIZE, halo=True),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            safe=self.layout.text_safe,
            clear_of=[(self.lowest[None], RING / 2)],
            lowest_tick=0.0,
        )

    def make_plane(self, parts: Composition) -> None:
        numbers = self.numbers
        view = View.fitting(parts.data, [numbers.dataset.points], margin=_MARGIN, window=parts.window)
        right = numbers.right_at(numbers.trained_weight)
        self.counter = right_counter(self, right, len(numbers.dataset))
        self.counter.scale(
            min(1.0, parts.count.width / self.counter.width, parts.count.height / self.counter.height)
        )
        self.counter.move_to(parts.count.center)
        self.bending = BendingPlane(view, self.theme, numbers, self.counter)

    def at_weight(self, weight: float) -> None:
        """Show everything but the descent at a weight."""
        self.bending.show(weight)
        self.edge.set_weight(weight, self.diagram.largest)

    # The beats.

    def show_network(self) -> None:
        numbers, plane = self.numbers, self.bending
        trained, first = numbers.trained_weight, float(numbers.curve[0, 0])
        self.add(plane.plane, *plane.dots, self.diagram)
        with self.beat("network"):
            self.appear(plane.boundary, plane.rings, self.counter)
            self.wait(PAUSE)
            self.add(plane.ghost)
            moved = VGroup(plane, self.edge, self.counter)
            self.play(Drive(moved, self.at_weight, start=trained, end=first), run_time=1.6)

    def draw_curve(self) -> None:
        weights, descent = self.numbers.curve[:, 0], self.descent
        first, last = float(weights[0]), float(weights[-1])

        def sweep(share: float) -> None:
            weight = first + share * (last - first)
            self.curve.show(share)
            descent.stand(weight, 1.0)
            self.bending.show(weight)

        with self.beat("curve"):
            self.disappear(self.diagram, run_time=0.4)
            self.appear(self.chart, run_time=0.4)
            sweep(0.0)
            self.add(self.curve, descent.point, descent.foot)
            moved = VGroup(self.curve, descent.point, descent.foot, self.bending, self.counter)
            self.play(Drive(moved, sweep, rate_func=linear), run_time=3.0)

    def show_slope(self) -> None:
        descent = self.descent
        end, start = float(self.numbers.curve[-1, 0]), float(self.numbers.path[0])

        def approach(share: float) -> None:
            """Take the point off the curve's end, along the axis, and up again where the descent begins."""
            along = min(max((share - 0.2) / 0.5, 0.0), 1.0)
            weight = start if along == 1.0 else end + along * (start - end)
            descent.stand(weight, 1.0 - share / 0.2 if share < 0.2 else max((share - 0.7) / 0.3, 0.0))
            self.bending.show(weight)

        with self.beat("slope"):
            moved = VGroup(descent.point, descent.foot, self.bending, self.counter)
            self.play(Drive(moved, approach), run_time=1.8)
            self.place(0.0)
            self.appear(descent.tangent, run_time=0.8)

    def take_first_step(self) -> None:
        descent, total = self.descent, self.sum.terms[2]
        with self.beat("step"):
            self.add(descent)
            terms = FadeIn(VGroup(self.rate, *self.sum.terms[:2], descent.arrow_name))
            self.play(terms, self.walk(0.0, GROWN, told=2), run_time=1.2)
            self.appear(total, self.sum.rule, run_time=0.4)
            self.play(self.walk(GROWN, 1.0), run_time=2.8)
            self.wait(PAUSE)

    def take_other_steps(self) -> None:
        count = len(self.numbers.steps)
        with self.beat("repeat"):
            self.disappear(self.descent.arrow_name, run_time=0.2)
            if count > 1:
                # A few steps at a time, so that no single motion is too long to follow.
                stops = np.unique(np.linspace(1, count, min(count - 1, _MOST_PLAYS) + 1).astype(int))
                seconds = min(_STEP_TIME * (count - 1), _LONGEST_REPEAT) / (len(stops) - 1)
                for here, there in pairwise(stops):
                    self.play(self.walk(here, there), run_time=ticks(seconds))

    def show_end(self) -> None:
        count, table, descent = len(self.numbers.steps), self.sum, self.descent
        with self.beat("end", count=count):
            # The slope from here on is another one than that of the step.
            self.disappear(*table.terms[1:], table.rule, run_time=0.4)
            table.write_arrival()
            descent.touch(count)
            self.appear(self.goal, descent.tangent, run_time=0.8)

    def walk(self, start: float, end: float, *, told: int = 3) -> Drive:
        """Return the animation that takes the point from after `start` steps to after `end` steps.

        Args:
            told: how many terms of the sum are on screen by then.
        """
        moved = VGroup(self.descent, *self.sum.terms[:told], self.bending, self.counter)
        return Drive(moved, self.place, start=start, end=end, rate_func=linear)

    def place(self, progress: float) -> None:
        """Show the descent after so many steps, the step in numbers, and the boundary at that weight."""
        moment = self.descent.show(progress)
        self.sum.write(self.numbers.steps[moment.step])
        # Where a step leads is not told before its arrow is there.
        self.sum.values[2].set_opacity(1.0 if moment.arrow == 1.0 else 0.0)
        self.bending.show(moment.weight)
