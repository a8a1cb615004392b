"""Activation functions: a row of numbers rides up to the curve and over to the axis of outputs."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from scenes.linear_algebra.activation_functions.numbers import (
    DEFINITION,
    LEAK_PLACES,
    ActivationFunctionsNumbers,
    ActivationFunctionsParameters,
)
from scenes.linear_algebra.activation_functions.output_columns import OutputColumns, level_lines
from scenes.linear_algebra.activation_functions.ride import LARGEST_DOT, Ride, drawn_later
from scenes.linear_algebra.activation_functions.small_graphs import SmallGraphs
from scenes.parts.charts.chart import Chart, axis_name
from scenes.parts.marks.dots import Dots
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import numeral

# Chart and columns of outputs share the stage like these, the latter having so much and so much a function.
_CHART, _OUTPUTS, _OUTPUT = 5.0, 0.1, 1.25
# What parts level lines, and graphs, from the numbers beside the columns.
_BESIDE, _LEFT = 0.1, 0.3


class ActivationFunctions(ExplainerScene[ActivationFunctionsParameters, ActivationFunctionsNumbers]):
    """Evenly spaced numbers go in; what comes out is cut off or squashed."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_row()
        if len(self.numbers.functions) == 1:
            self.draw_curve()
            self.ride_up()
            self.cross_over()
            self.collect()
        else:
            for index in range(len(self.numbers.functions)):
                self.apply(index)
            self.compare()

    def title_words(self) -> str:
        functions = self.numbers.functions
        return self.words.title if len(functions) > 1 else self.words.label(functions[0].name)

    def set_stage(self) -> None:
        numbers, theme, stage, safe = self.numbers, self.theme, self.layout.stage, self.layout.text_safe
        shares = _CHART, _OUTPUTS + _OUTPUT * len(numbers.functions)
        region, outputs = stage.columns(*shares, gap=0.2)
        self.chart = Chart(
            region,
            theme,
            *numbers.window,
            x_name=axis_name("x", theme),
            y_name=axis_name("y", theme),
            safe=safe,
            clear_of=drawn_later(numbers),
        )
        self.levels = level_lines(self.chart, theme, stage.left, stage.right)
        # Curves pass under the numbers, whose rims keep them readable.
        self.chart.numbers.set_z_index(2)
        spacing = float((numbers.inputs[1] - numbers.inputs[0]) * self.chart.units[0])
        diameter = min(LARGEST_DOT, 0.7 * spacing)
        self.columns = OutputColumns(
            outputs, theme, self.chart, numbers, self.formula, safe=safe, largest=diameter
        )
        self.row = Dots(self.colour("text"), diameter).set_z_index(3)
        row = np.column_stack([numbers.inputs, np.zeros_like(numbers.inputs)])
        self.row.set_positions(self.chart.to_scene(row))
        self.compose_panel()
        self.prepare(0)

    def compose_panel(self) -> None:
        numbers, panel, flow = self.numbers, self.layout.panel, self.layout.panel_flow
        self.sheets = []
        for function in numbers.functions:
            sheet = VGroup(self.formula(function.markup, size=FORMULA_SIZE * 1.05))
            for k in numbers.examples:
                sheet.add(self.formula(function.example(numbers.inputs[k], function.outputs[k])))
            stack(panel, list(sheet), flow, gap=0.3)
            self.sheets.append(sheet)
        self.summary = VGroup(*(self.formula(function.markup) for function in numbers.functions))
        stack(panel, list(self.summary), flow, gap=0.3)

    def prepare(self, index: int) -> None:
        """Set curve, marks and guides of a function, ready to move."""
        function = self.numbers.functions[index]
        self.ride = Ride(self.chart, self.theme, self.numbers.inputs, function, self.row.diameter)

    def carry(self, index: int) -> Drive:
        """Return the animation in which the marks move to the function's column."""
        return self.ride.carry(self.columns.places(index), 0.92 * self.columns.diameter)

    def leak_words(self) -> dict[str, str]:
        return {"leak": numeral(self.parameters.leak, LEAK_PLACES)}

    # The beats.

    def show_row(self) -> None:
        low, high = (numeral(self.numbers.inputs[k]) for k in (0, -1))
        self.add(self.levels, self.chart)
        with self.beat("row", low=low, high=high):
            self.play(self.row.reveal(rate_func=linear), run_time=1.6)

    def draw_curve(self) -> None:
        with self.beat("curve", **self.leak_words()):
            self.appear(self.sheets[0][0])
            self.play(self.ride.curve.draw(), run_time=2.4)

    def ride_up(self) -> None:
        with self.beat("up"):
            self.row.set_stroke(self.colour("faint"))
            self.play(self.ride.rise(run_time=2.6))

    def cross_over(self) -> None:
        with self.beat("over"):
            self.play(self.ride.cross(run_time=2.6))
            self.appear(*self.sheets[0][1:])

    def collect(self) -> None:
        outputs = self.ride.function.outputs
        values = {"count": int((outputs == 0).sum()), "total": len(outputs), **self.leak_words()}
        with self.beat("result", **values):
            self.play(FadeIn(self.columns[0]), FadeOut(self.ride.guides), run_time=0.6)
            self.play(self.carry(0), run_time=2.0)

    def apply(self, index: int) -> None:
        """Show all that one function does to the row."""
        with self.beat(self.numbers.functions[index].name, **self.leak_words()):
            if index:
                self.disappear(self.ride.curve, self.sheets[index - 1], run_time=0.4)
                self.prepare(index)
            else:
                self.row.set_stroke(self.colour("faint"))
            ride = self.ride
            self.play(FadeIn(self.sheets[index]), ride.curve.draw(run_time=1.2), run_time=1.2)
            self.play(ride.rise(run_time=1.2))
            self.play(ride.cross(run_time=1.0))
            self.play(FadeOut(ride.guides), FadeIn(self.columns[index]), self.carry(index), run_time=1.0)

    def compare(self) -> None:
        functions, stage, inner = self.numbers.functions, self.layout.stage, self.chart.inner
        numbers = self.columns.numbers_beside()
        spans = VGroup(*(self.columns.span(k) for k in range(len(functions))))
        levels = level_lines(self.chart, self.theme, numbers.get_right()[0] + _BESIDE, stage.right)
        room = Region(stage.left, inner.bottom, numbers.get_left()[0] - _LEFT, inner.top)
        graphs = SmallGraphs(room, self.theme, self.chart, functions, self.formula)
        with self.beat("compare", count=len(functions)):
            gone = (self.chart, self.row, self.levels, self.ride.curve, self.sheets[-1])
            self.disappear(*gone, run_time=0.4)
            self.appear(graphs, levels, numbers, spans, self.summary, run_time=1.2)
