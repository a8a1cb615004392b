"""Activation functions: a row of numbers rides up to the curve and over to the axis of outputs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.numbers import (
    DEFINITION,
    ActivationFunctionsNumbers,
    ActivationFunctionsParameters,
    FunctionNumbers,
)
from scenes.parts.charts.chart import Chart, Curve, axis_name
from scenes.parts.charts.number_line import round_values
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import BackdropSegments, Segments
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_number, numeral, shown

_LARGEST_DOT = 0.2
# In Manim's unit, a hundredth of a scene unit.
_CURVE_WIDTH, _GUIDE_WIDTH = 6.0, 2.0
# Chart and columns of outputs share the stage like these, the latter having so much and so much a function.
_CHART, _OUTPUTS, _OUTPUT = 5.0, 0.1, 1.25
# How far names stand below the columns, and marks beside them.
_NAME = 0.5
_ASIDE = 0.14
# Room for the name above a small graph.
_HEADING = 0.5
# What parts the numbers beside the columns from the lines they name.
_BESIDE = 0.1
# The least height of the chart in units, as a share of its width: no curve is drawn steeper than it helps.
_FLATTEST = 0.4


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
            for function in self.numbers.functions:
                self.apply(function)
            self.compare()

    def title_words(self) -> str:
        functions = self.numbers.functions
        return self.words.title if len(functions) > 1 else self.words.label(functions[0].name)

    # The stage.

    def set_stage(self) -> None:
        numbers, count = self.numbers, len(self.numbers.functions)
        shares = _CHART, _OUTPUTS + _OUTPUT * count
        region, outputs = self.layout.stage.columns(*shares, gap=0.2)
        low, high = np.minimum(numbers.extent[0], 0.0), numbers.extent[1]
        names = axis_name("x", self.theme), axis_name("y", self.theme)
        self.chart = Chart(
            region,
            self.theme,
            (float(low[0]), float(high[0])),
            (float(low[1]), max(float(high[1]), float(low[1] + _FLATTEST * (high[0] - low[0])))),
            x_name=names[0],
            y_name=names[1],
            safe=self.layout.text_safe,
            clear_of=self.drawn_later(),
        )
        self.levels = self.level_lines(self.layout.stage.left)
        # Curves pass under the numbers, whose rims keep them readable.
        self.chart.numbers.set_z_index(2)
        self.slots = outputs.columns(*[1.0] * count, gap=0.12)
        # The stage ends beyond where words may stand.
        named = replace(outputs, right=min(outputs.right, self.layout.text_safe.right))
        self.name_slots = named.columns(*[1.0] * count, gap=0.12)
        spacing = float(numbers.inputs[1] - numbers.inputs[0]) * self.unit(0)
        self.diameter = min(_LARGEST_DOT, 0.7 * spacing)
        self.row = Dots(self.colour("text"), self.diameter).set_z_index(3)
        self.row.set_positions(self.placed(numbers.inputs, np.zeros_like(numbers.inputs)))
        self.columns = [self.column(k) for k in range(count)]
        self.collected_diameter = self.largest_marks()
        self.compose_panel()
        self.prepare(0)

    def drawn_later(self) -> list[tuple[FloatArray, float]]:
        """Return points `(n, 2)` of what will rest in the chart, and how far it reaches around them."""
        inputs, functions = self.numbers.inputs, self.numbers.functions
        drawn = [(function.curve, _CURVE_WIDTH / 200) for function in functions]
        drawn.append((np.column_stack([inputs, np.zeros_like(inputs)]), _LARGEST_DOT / 2))
        # Several functions follow each other so fast that marks and guides rest at none of them.
        if len(functions) == 1:
            outputs = functions[0].outputs
            guides = [np.column_stack([inputs, share * outputs]) for share in np.linspace(0.0, 1.0, 61)]
            drawn += [(guides[-1], _LARGEST_DOT / 2), (np.concatenate(guides), _GUIDE_WIDTH / 200)]
        return drawn

    def unit(self, axis: int) -> float:
        """Return how long a unit of x (0) or y (1) is, in scene units."""
        ends = self.chart.to_scene(np.array([[0.0, 0.0], [1.0, 1.0]]))
        return float(ends[1, axis] - ends[0, axis])

    def round_heights(self) -> tuple[FloatArray, int]:
        """Return a few round values of y that the chart shows, `(k,)`, and the decimals they take."""
        values, _, places = round_values(*self.chart.y_range, 5)
        return values, places

    def level_lines(self, left: float) -> Segments:
        """Return lines at round heights from `left` to the end of the stage, behind all columns."""
        values, _ = self.round_heights()
        heights, right = self.placed(0 * values, values)[:, 1], self.layout.stage.right
        lines = BackdropSegments(self.colour("ghost"), 2.0)
        lines.set_z_index(-4)
        return lines.set_pieces(np.array([[[left, y], [right, y]] for y in heights]))

    def placed(self, xs: FloatArray, ys: FloatArray) -> FloatArray:
        """Return scene points `(n, 2)` of coordinates `(n,)` in the chart."""
        return self.chart.to_scene(np.column_stack([xs, ys]))

    def column(self, index: int) -> VGroup:
        """Return the upright line on which a function's outputs are collected, and its name."""
        slot, inner = self.name_slots[index], self.chart.inner
        line = Segments(self.colour("muted"), 3.5).set_z_index(1)
        x = self.column_x(index)
        line.set_pieces(np.array([[[x, inner.bottom], [x, inner.top]]]))
        name = self.formula(self.numbers.functions[index].call, size=LABEL_SIZE, halo=True)
        name.fit(slot.width)
        name.stand_at(np.array([max(x, slot.left + name.width / 2), inner.bottom - _NAME, 0.0]))
        return VGroup(line, name)

    def column_x(self, index: int) -> float:
        """Return where a function's column stands, in scene units from the left."""
        return self.slots[index].left + _ASIDE

    def compose_panel(self) -> None:
        numbers, panel = self.numbers, self.layout.panel
        self.sheets = []
        for function in numbers.functions:
            sheet = VGroup(self.formula(function.markup, size=FORMULA_SIZE * 1.05))
            for k in numbers.examples:
                sheet.add(self.formula(_example(function, numbers.inputs[k], function.outputs[k])))
            stack(panel, list(sheet), self.layout.panel_flow, gap=0.3)
            self.sheets.append(sheet)
        self.summary = VGroup(*(self.formula(function.markup) for function in numbers.functions))
        stack(panel, list(self.summary), self.layout.panel_flow, gap=0.3)

    def prepare(self, index: int) -> None:
        """Set curve, marks and guides of a function, ready to move."""
        function = self.numbers.functions[index]
        self.function, self.index = function, index
        self.curve = Curve(self.chart, function.curve, self.colour("active"), width=_CURVE_WIDTH)
        self.curve.set_z_index(1.5)
        self.marks = Dots(self.colour("active"), self.diameter).set_z_index(3.5)
        self.marks.set_positions(self.row.positions)
        self.guides = Segments(self.colour("faint"), _GUIDE_WIDTH).set_z_index(1)

    # Motions.

    def rise(self, **options: Any) -> Drive:
        """Return the animation in which every mark goes from the x axis straight to the curve."""
        inputs, outputs = self.numbers.inputs, self.function.outputs

        def show(share: float) -> None:
            here = self.placed(inputs, share * outputs)
            self.marks.set_positions(here)
            self.guides.set_pieces(np.stack([self.placed(inputs, 0 * outputs), here], axis=1))

        return Drive(VGroup(self.guides, self.marks), show, introducer=True, **options)

    def cross(self, **options: Any) -> Drive:
        """Return the animation in which every mark goes from the curve straight to the y axis."""
        inputs, outputs = self.numbers.inputs, self.function.outputs
        start = self.placed(inputs, outputs)
        upright = np.stack([self.placed(inputs, 0 * outputs), start], axis=1)

        def show(share: float) -> None:
            here = self.placed((1 - share) * inputs, outputs)
            self.marks.set_positions(here)
            self.guides.set_pieces(np.concatenate([upright, np.stack([start, here], axis=1)]))

        return Drive(VGroup(self.guides, self.marks), show, **options)

    def carry(self, **options: Any) -> Drive:
        """Return the animation in which the marks move to the function's column, side by side where equal."""
        outputs = self.function.outputs
        diameter = self.collected_diameter
        levels = self.numbers.stacks(self.function, diameter / self.unit(1)).levels
        start = self.placed(0 * outputs, outputs)
        end = np.column_stack([self.column_x(self.index) + _ASIDE + (levels + 0.5) * diameter, start[:, 1]])

        def show(share: float) -> None:
            self.marks.set_positions(start + share * (end - start))
            self.marks.resize(self.diameter + share * (0.92 * diameter - self.diameter))

        return Drive(self.marks, show, **options)

    def largest_marks(self) -> float:
        """Return the largest diameter at which the marks of every function, side by side, fit its slot."""
        numbers, diameter = self.numbers, self.diameter
        room = self.slots[0].width - 2 * _ASIDE
        while True:
            stacks = [numbers.stacks(function, diameter / self.unit(1)) for function in numbers.functions]
            if max(stack.tallest for stack in stacks) * diameter <= room:
                return diameter
            diameter *= 0.95

    # The beats.

    def show_row(self) -> None:
        low, high = (numeral(self.numbers.inputs[k]) for k in (0, -1))
        self.add(self.levels, self.chart)
        with self.beat("row", low=low, high=high):
            self.play(self.row.reveal(rate_func=linear), run_time=1.6)

    def draw_curve(self) -> None:
        with self.beat("curve", caption=f"curve-{self.function.name}", **self.leak_words()):
            self.play(FadeIn(self.sheets[0][0]), run_time=0.6)
            self.play(self.curve.draw(), run_time=2.4)

    def ride_up(self) -> None:
        with self.beat("up", caption="up-relu" if self.function.name == "relu" else "up"):
            self.row.set_stroke(self.colour("faint"))
            self.play(self.rise(run_time=2.6))

    def cross_over(self) -> None:
        with self.beat("over"):
            self.play(self.cross(run_time=2.6))
            self.play(*(FadeIn(example) for example in self.sheets[0][1:]), run_time=0.6)

    def collect(self) -> None:
        outputs = self.function.outputs
        values = {"count": int((outputs == 0).sum()), "total": len(outputs), **self.leak_words()}
        with self.beat("result", caption=f"result-{self.function.name}", **values):
            self.play(FadeIn(self.columns[0]), FadeOut(self.guides), run_time=0.6)
            self.play(self.carry(run_time=2.0))

    def apply(self, function: FunctionNumbers) -> None:
        """Show all that one function does to the row."""
        index = self.numbers.functions.index(function)
        sheet = self.sheets[index]
        with self.beat(function.name, caption=function.name, **self.leak_words()):
            if index:
                self.disappear(self.curve, self.sheets[index - 1], run_time=0.4)
                self.prepare(index)
            else:
                self.row.set_stroke(self.colour("faint"))
            self.play(FadeIn(sheet), self.curve.draw(run_time=1.2), run_time=1.2)
            self.play(self.rise(run_time=1.2))
            self.play(self.cross(run_time=1.0))
            self.play(FadeOut(self.guides), FadeIn(self.columns[index]), self.carry(), run_time=1.0)

    def compare(self) -> None:
        spans = VGroup(*(self.span(k) for k in range(len(self.columns))))
        numbers = self.numbers_beside_columns()
        levels = self.level_lines(numbers.get_right()[0] + _BESIDE)
        inner, left = self.chart.inner, self.layout.stage.left
        cells = self.cells(Region(left, inner.bottom, numbers.get_left()[0] - 0.3, inner.top))
        graphs = VGroup(*map(self.small_graph, self.numbers.functions, cells))
        with self.beat("compare", count=len(self.numbers.functions)):
            gone = (self.chart, self.row, self.levels, self.curve, self.sheets[-1])
            self.disappear(*gone, run_time=0.4)
            self.play(
                *(FadeIn(each) for each in (graphs, levels, numbers, spans, self.summary)), run_time=1.2
            )

    def cells(self, region: Region) -> list[Region]:
        """Return the region cut into one cell a function, at most two of them side by side."""
        count = len(self.numbers.functions)
        rows = region.rows(1.0, 1.0, gap=0.35)
        return [cell for row in rows for cell in row.columns(*[1.0] * math.ceil(count / 2), gap=0.4)]

    def small_graph(self, function: FunctionNumbers, cell: Region) -> VGroup:
        """Return a function's name above its curve; all are drawn to the same scale."""
        name = self.formula(function.call, size=LABEL_SIZE)
        name.move_to([cell.center[0], cell.top - name.height / 2, 0.0])
        plot = Region(cell.left, cell.bottom, cell.right, cell.top - _HEADING)
        chart = Chart(plot, self.theme, self.chart.x_range, self.chart.y_range)
        return VGroup(chart, Curve(chart, function.curve, self.colour("active"), width=5.0), name)

    def numbers_beside_columns(self) -> VGroup:
        """Return the round heights as numbers on the left of the columns."""
        values, places = self.round_heights()
        right = self.slots[0].left - _BESIDE
        numbers = VGroup()
        for value, height in zip(values, self.placed(0 * values, values)[:, 1], strict=True):
            number = self.formula(math_number(value, places), size=SMALL_SIZE, role="muted")
            numbers.add(number.move_to([right - number.width / 2, height, 0.0]))
        return numbers

    def span(self, index: int) -> Segments:
        """Return the stretch of a column from a function's lowest to its highest output."""
        outputs = self.numbers.functions[index].outputs
        ends = self.placed(np.zeros(2), np.array([outputs.min(), outputs.max()]))
        ends[:, 0] = self.column_x(index)
        span = Segments(self.colour("area"), 9.0).set_pieces(ends[None])
        span.set_z_index(2.5)
        return span

    def leak_words(self) -> dict[str, Any]:
        return {"leak": numeral(self.parameters.leak, 3)}


def _example(function: FunctionNumbers, value: float, output: float) -> str:
    """Return one input and what it becomes, as formula markup."""
    # Equal only when both numbers are what they are written as.
    exact = abs(shown(value) - value) < 1e-12 and abs(shown(output) - output) < 1e-12
    return f"{function.call}({math_number(value)}) {'=' if exact else 'approx'} {math_number(output)}"
