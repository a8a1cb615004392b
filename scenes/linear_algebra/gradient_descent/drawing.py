"""Gradient descent: the slope says which way is down, and how far to go."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import FadeIn, VGroup, linear

from scenes.linear_algebra.gradient_descent.descent import RING, Descent, Goal
from scenes.linear_algebra.gradient_descent.numbers import (
    DEFINITION,
    GradientDescentNumbers,
    GradientDescentParameters,
)
from scenes.linear_algebra.gradient_descent.step_table import StepTable
from scenes.parts.charts.chart import Chart, Curve, axis_name
from scenes.parts.marks.dots import Dots
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene, ticks
from scenes.style.layout import LABEL_SIZE
from scenes.style.markup import quoted
from scenes.style.numerals import numeral

_LONGEST_REPEAT = 4.2
_STEP_TIME = 0.8
_MOST_PLAYS = 5
# Room under the curve for the steps, as a share of its height.
_FOOT = 0.17


class GradientDescent(ExplainerScene[GradientDescentParameters, GradientDescentNumbers]):
    """One weight of a network that really computes walks down its loss curve."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.draw_curve()
        self.show_slope()
        self.take_first_step()
        self.take_other_steps()
        self.show_end()

    def set_stage(self) -> None:
        numbers, name = self.numbers, f"w_({self.parameters.row}{self.parameters.column})"
        weights, losses = numbers.curve[:, 0], numbers.curve[:, 1]
        self.lowest = np.array([numbers.lowest, numbers.loss_at(numbers.lowest)])
        self.chart = Chart(
            self.layout.stage,
            self.theme,
            (float(weights[0]), float(weights[-1])),
            (-_FOOT * float(losses.max()), float(losses.max()) * 1.06),
            x_name=axis_name(name, self.theme),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            safe=self.layout.text_safe,
            clear_of=[(self.lowest[None], RING / 2)],
        )
        self.curve = Curve(self.chart, numbers.curve[:, :2], self.colour("loss"))
        self.descent = Descent(self.chart, self.theme, numbers, quoted(self.words.label("slope")))
        self.tangent = self.descent.tangent
        self.compose_panel(name)

    def compose_panel(self, name: str) -> None:
        # The diagram has the panel to itself until the table takes its place.
        panel, flow = self.layout.panel, self.layout.panel_flow
        room = panel.rows(3, 2)[0] if flow == "down" else panel
        self.diagram = NetworkDiagram(self.numbers.network, self.theme, room)
        walking = 0, self.parameters.row - 1, self.parameters.column - 1
        self.edge = self.diagram.edge(*walking)
        self.diagram.add(self.diagram.edge_label(*walking, name))
        self.table = StepTable(panel, self.theme, self.numbers, name, flow)
        self.place(0.0)

    def draw_curve(self) -> None:
        chart = self.chart
        self.add(chart)
        with self.beat("curve", weight=numeral(self.numbers.trained_weight)):
            self.appear(self.diagram)
            walker = Dots(self.colour("text"), 0.22).set_z_index(4)
            weights = self.numbers.curve[:, 0]

            def sweep(share: float) -> None:
                weight = weights[0] + share * (weights[-1] - weights[0])
                self.curve.show(share)
                self.edge.set_weight(float(weight), self.diagram.largest)
                walker.set_positions(chart.to_scene(np.array([[weight, self.numbers.loss_at(weight)]])))

            sweep(0.0)
            self.add(self.curve, walker)
            self.play(Drive(VGroup(self.edge, self.curve, walker), sweep, rate_func=linear), run_time=2.6)
            self.disappear(walker, run_time=0.2)

    def show_slope(self) -> None:
        tangent, entries = self.tangent, self.table.entries
        with self.beat("slope"):
            self.disappear(self.diagram, run_time=0.4)
            self.play(FadeIn(tangent.point, scale=2.0), FadeIn(entries[0]), run_time=0.6)
            self.appear(tangent.line, tangent.label, entries[1], run_time=1.0)

    def take_first_step(self) -> None:
        descent, entries = self.descent, self.table.entries
        with self.beat("step", eta=numeral(self.numbers.learning_rate, self.numbers.rate_places)):
            self.appear(descent.feet, descent.arrow, *entries[2:4], run_time=1.0)
            self.appear(entries[4], self.table.rule)
            self.add(descent.trail)
            self.play(self.walk(0.0, 1.0), run_time=1.0)

    def take_other_steps(self) -> None:
        numbers = self.numbers
        count = len(numbers.steps)
        with self.beat("repeat", count=count):
            if count > 1:
                # A few steps at a time, so that no single motion is too long to follow.
                stops = np.unique(np.linspace(1, count, min(count - 1, _MOST_PLAYS) + 1).astype(int))
                seconds = min(_STEP_TIME * (count - 1), _LONGEST_REPEAT) / (len(stops) - 1)
                for here, there in pairwise(stops):
                    self.play(self.walk(here, there), run_time=ticks(seconds))

    def show_end(self) -> None:
        descent, table = self.descent, self.table
        made = (*table.entries[2:], table.rule, descent.feet, descent.arrow)
        with self.beat("end", count=len(self.numbers.steps)):
            self.disappear(*made, run_time=0.4)
            table.write_arrival(self.tangent.role)
            self.appear(Goal(self.chart, self.theme, self.lowest), run_time=1.0)

    def walk(self, start: float, end: float) -> Drive:
        """Return the animation that takes the point from after `start` steps to after `end` steps."""
        moved = VGroup(self.descent, self.table)
        return Drive(moved, self.place, start=start, end=end, rate_func=linear)

    def place(self, progress: float) -> None:
        """Show the descent after so many steps, and the step just made in numbers."""
        step = self.numbers.steps[self.descent.show(progress)]
        self.table.write_step(step, self.tangent.role_of(step.slope))
