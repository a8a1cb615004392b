"""Gradient descent: the slope says which way is down, and how far to go."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from manim import FadeIn, VGroup, linear

from scenes.linear_algebra.gradient_descent.number_table import NumberTable
from scenes.linear_algebra.gradient_descent.numbers import (
    DEFINITION,
    GradientDescentNumbers,
    GradientDescentParameters,
    Step,
)
from scenes.linear_algebra.gradient_descent.tangent import Tangent
from scenes.parts.charts.chart import Chart, Curve, axis_name
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene, ticks
from scenes.style.layout import LABEL_SIZE
from scenes.style.markup import quoted
from scenes.style.numerals import math_fixed, math_number, numeral

_LONGEST_REPEAT = 4.2
_STEP_TIME = 0.8
_MOST_PLAYS = 5
# Room under the curve for the steps, as a share of its height.
_FOOT = 0.17
# The diameter of the ring around the lowest point, and of the hole in it.
_RING, _HOLE = 0.4, 0.3


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
        numbers = self.numbers
        row, column = self.parameters.row, self.parameters.column
        self.weight_name = f"w_({row}{column})"
        weights, losses = numbers.curve[:, 0], numbers.curve[:, 1]
        self.chart = Chart(
            self.layout.stage,
            self.theme,
            (float(weights[0]), float(weights[-1])),
            (-_FOOT * float(losses.max()), float(losses.max()) * 1.06),
            x_name=axis_name(self.weight_name, self.theme),
            y_name=self.label("loss", role="muted", size=LABEL_SIZE),
            crossing="corner",
            safe=self.layout.text_safe,
            clear_of=[(np.array([[numbers.lowest, numbers.loss_at(numbers.lowest)]]), _RING / 2)],
        )
        self.curve = Curve(self.chart, numbers.curve[:, :2], self.colour("loss"))
        self.tangent = Tangent(
            self.chart,
            self.theme,
            quoted(self.words.label("slope")),
            places=numbers.places,
            flat=numbers.nearly_flat,
        )
        self.trail = Dots(self.colour("faint"), 0.16).set_z_index(3)
        self.feet = Segments(self.colour("faint"), 3.0).set_z_index(1.5)
        self.arrow = Arrow(self.colour("step"), width=6.0, tip=0.22)
        self.arrow.set_z_index(3)
        self.label_places = self.place_labels()
        self.compose_panel()

    def place_labels(self) -> np.ndarray:
        """Return where the slope's label rests after each number of steps, `(steps + 1, 2)`."""
        numbers = self.numbers
        curve = self.chart.to_scene(numbers.curve[:, :2])
        places = []
        for weight in numbers.path:
            touch = float(weight), numbers.loss_at(weight), numbers.slope_at(weight)
            # Shown first, since the label is as wide as its number.
            places.append(self.tangent.show(*touch).free_place(*touch, curve))
        return np.array(places)

    def compose_panel(self) -> None:
        numbers, name = self.numbers, self.weight_name
        # The diagram has the panel to itself until the table takes its place.
        panel = self.layout.panel
        room = panel.rows(3, 2)[0] if self.layout.panel_flow == "down" else panel
        self.diagram = NetworkDiagram(numbers.network, self.theme, room, card=True)
        self.edge = self.diagram.edge(0, self.parameters.row - 1, self.parameters.column - 1)
        mark = self.diagram.edge_label(0, self.parameters.row - 1, self.parameters.column - 1, name)
        self.diagram.add(mark)
        written = [
            math_fixed(value, numbers.places)
            for step in numbers.steps
            for value in (step.weight, step.slope, step.step, step.next_weight)
        ]
        slope = f"(dif L)/(dif {name})"
        self.table = NumberTable(
            self.layout.panel,
            self.theme,
            [
                (name, "text"),
                (slope, "slope_flat"),
                ("eta", "text"),
                (f"-eta {slope}", "step"),
                (f'{name}^"new"', "text"),
            ],
            max(written, key=len),
            flow=self.layout.panel_flow,
            summed=True,
        )
        self.write_step(numbers.steps[0])

    def write_step(self, step: Step) -> None:
        """Write one step's numbers into the table; they add up as written."""
        places, eta = self.numbers.places, math_number(self.numbers.learning_rate, 4)
        weight, slope, change, new = (
            math_fixed(value, places) for value in (step.weight, step.slope, step.step, step.next_weight)
        )
        self.table.colour(1, self.tangent.role_of(step.slope))
        self.table.write([weight, slope, eta, change, new])

    def write_arrival(self) -> None:
        """Write weight and slope where the last step ended into the table, in place of the step's."""
        weight = float(self.numbers.path[-1])
        slope = self.numbers.slope_at(weight)
        places = self.numbers.places
        self.table.colour(1, self.tangent.role_of(slope))
        self.table.write([math_fixed(weight, places), math_fixed(slope, places)])

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
        self.place(0.0)
        with self.beat("slope"):
            self.disappear(self.diagram, run_time=0.4)
            self.play(FadeIn(self.tangent.point, scale=2.0), FadeIn(self.table.entries[0]), run_time=0.6)
            self.appear(self.tangent.line, self.tangent.label, self.table.entries[1], run_time=1.0)

    def take_first_step(self) -> None:
        self.point_arrow(0)
        with self.beat("step", eta=numeral(self.numbers.learning_rate, 4)):
            self.appear(self.feet, self.arrow, *self.table.entries[2:4], run_time=1.0)
            self.appear(self.table.entries[4], self.table.rule)
            self.add(self.trail)
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
        numbers = self.numbers
        lowest = np.array([[numbers.lowest, numbers.loss_at(numbers.lowest)]])
        top = self.chart.to_scene(lowest)[0]
        goal = Segments(self.colour("slope_flat"), 4.0).set_z_index(2.5)
        goal.set_pieces(dashes(np.array([top[0], self.chart.across]), top))
        made = (*self.table.entries[2:], self.table.rule, self.feet, self.arrow)
        with self.beat("end", count=len(numbers.steps)):
            self.disappear(*made, run_time=0.4)
            self.write_arrival()
            self.appear(goal, self.goal_ring(top), run_time=1.0)

    def goal_ring(self, place: np.ndarray) -> VGroup:
        """Return a ring around the lowest point of the curve."""
        outer = Dots(self.colour("slope_flat"), _RING).set_positions(place[None]).set_z_index(2.6)
        inner = Dots(self.colour("background"), _HOLE).set_positions(place[None]).set_z_index(2.7)
        return VGroup(outer, BackdropGroup(inner))

    def walk(self, start: float, end: float) -> Drive:
        """Return the animation that takes the point from after `start` steps to after `end` steps."""
        moved = VGroup(self.tangent, self.trail, self.feet, self.arrow, self.table)
        return Drive(moved, self.place, start=start, end=end, rate_func=linear)

    def place(self, progress: float) -> None:
        """Show the descent after so many steps: point, tangent, arrow, trail and table."""
        numbers = self.numbers
        weight = numbers.weight_at(progress)
        # On arrival the step just made still shows: its sum is where the point stands.
        k = max(math.ceil(progress) - 1, 0)
        here, there = self.label_places[k], self.label_places[k + 1]
        label_at = here + (progress - k) * (there - here)
        self.tangent.show(weight, numbers.loss_at(weight), numbers.slope_at(weight), label_at)
        visited = numbers.path[: int(progress) + 1]
        losses = [numbers.loss_at(w) for w in visited]
        self.trail.set_positions(self.chart.to_scene(np.column_stack([visited, losses])))
        self.point_arrow(k)
        self.write_step(numbers.steps[k])

    def point_arrow(self, k: int) -> None:
        """Lay step k as an arrow along the weight axis, with a dashed line up to both its ends."""
        step = self.numbers.steps[k]
        ends = self.chart.to_scene(
            np.array([[w, self.numbers.loss_at(w)] for w in (step.weight, step.next_weight)])
        )
        height = self.chart.across + 0.3
        self.arrow.reach(np.array([ends[0, 0], height]), np.array([ends[1, 0], height]))
        lines = [dashes(np.array([x, self.chart.across]), np.array([x, y])) for x, y in ends]
        self.feet.set_pieces(np.concatenate(lines))
