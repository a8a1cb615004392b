"""Activation functions: the line of all numbers is bent, and the outputs are read off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.axis_numbers import AxisNumbers
from scenes.linear_algebra.activation_functions.bent_line import BentLine, flat, unchanged
from scenes.linear_algebra.activation_functions.numbers import (
    DEFINITION,
    LEAK_PLACES,
    ActivationFunctionsNumbers,
    ActivationFunctionsParameters,
    FunctionNumbers,
)
from scenes.linear_algebra.activation_functions.outputs import Outputs
from scenes.linear_algebra.activation_functions.panels import Panels
from scenes.linear_algebra.activation_functions.pressing import Pressing
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View
from scenes.parts.writing.counter import Counter
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.veil import Veil
from scenes.style.layout import FORMULA_SIZE, Region, Shade
from scenes.style.numerals import numeral

# No plane is drawn larger than this, in scene units to one of data.
_LARGEST_UNIT = 2.6
# In a square picture the plane has more room, and the panel is so high.
_LOW_PANEL, _ABOVE_STAGE = 1.05, 0.25


class ActivationFunctions(ExplainerScene[ActivationFunctionsParameters, ActivationFunctionsNumbers]):
    """Evenly spaced numbers go in; what comes out is cut off or squashed."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_row()
        if self.several:
            for index in range(len(self.numbers.functions)):
                self.apply(index)
            self.compare()
        else:
            self.ask()
            self.bend()
            self.read_outputs()
            self.collect()

    def title_words(self) -> str:
        functions = self.numbers.functions
        return self.words.title if len(functions) > 1 else self.words.label(functions[0].name)

    def panel_region(self) -> Region:
        panel = self.layout.panel
        return panel if self.layout.aspect != "1:1" else replace(panel, bottom=panel.top - _LOW_PANEL)

    def shades(self) -> tuple[Shade, ...]:
        if self.layout.aspect != "1:1":
            return super().shades()
        return self.layout.panel_shade_to(self.panel_region().bottom), self.layout.caption_shade

    def set_stage(self) -> None:
        numbers, theme, stage = self.numbers, self.theme, self.layout.stage
        if self.layout.aspect == "1:1":
            stage = replace(stage, top=self.panel_region().bottom - _ABOVE_STAGE)
        view = View.fitting(stage, [numbers.corners], largest_unit=_LARGEST_UNIT, window=self.layout.frame)
        self.plane = Plane(view, theme)
        self.bent = BentLine(view, theme, numbers.inputs, flat)
        self.several = len(numbers.functions) > 1
        self.outputs = Outputs(self.bent, numbers.functions[0])
        resting = np.zeros((0, 2)) if self.several else self.outputs.side_by_side()
        outputs = [function.outputs for function in numbers.functions]
        self.axis_numbers = AxisNumbers(view, theme, numbers.inputs, outputs, self.bent.diameter / 2, resting)
        self.compose_panel()
        self.prepare(numbers.functions[0])
        self.add(self.plane, self.axis_numbers, self.bent)

    def compose_panel(self) -> None:
        numbers, flow, panel = self.numbers, self.layout.panel_flow, self.panel_region()
        low = self.layout.aspect == "1:1"
        first, rest = panel.columns(1.3, 5.6) if low else panel.rows(0.6, panel.height - 0.9)
        self.identity = self.formula("y = x", size=FORMULA_SIZE * 1.05, role="muted").within(first)
        function = numbers.functions[0]
        most = 0 if self.several else int(function.zeroed.sum())
        words = self.words.label("became_zero", total=len(numbers.inputs))
        self.counter = Counter(self.theme, words, self.settings.locale, 0, widest=most)
        self.counted = [self.counter] if most else []
        self.sheets = []
        for function in numbers.functions:
            sheet = VGroup(self.label(function.name, role="active")) if self.several else VGroup()
            sheet.add(self.formula(function.markup, size=FORMULA_SIZE * 1.05))
            if not self.several and flow == "down":
                for k in numbers.examples:
                    example = function.example(function.inputs[k], function.outputs[k])
                    sheet.add(self.formula(example, size=FORMULA_SIZE * 1.05))
            stack(rest, [*sheet, *self.counted], flow, gap=0.3)
            self.sheets.append(sheet)

    def prepare(self, function: FunctionNumbers) -> None:
        """Make ready what a function will do to the row."""
        self.function = function
        self.pressing = Pressing(self.bent.view, self.theme, self.numbers.inputs, function)

    def leak_words(self) -> dict[str, str]:
        return {"leak": numeral(self.parameters.leak, LEAK_PLACES)}

    def press(self, run_time: float) -> None:
        """Let the function bend the line."""
        bent, function, pressing = self.bent, self.function, self.pressing

        def show(share: float) -> None:
            bent.take(lambda inputs: function.bent(inputs, share), output=share)
            pressing.press(share)

        self.play(Drive(VGroup(bent, pressing), show, run_time=run_time))

    # The beats.

    def show_row(self) -> None:
        with self.beat("row"):
            self.play(self.bent.bend(flat, unchanged, run_time=1.6), FadeIn(self.identity, run_time=0.6))
            self.ghost = self.bent.ghost()
            self.add(self.ghost)

    def ask(self) -> None:
        with self.beat("ask"):
            self.appear(self.pressing)
            self.wait(PAUSE)

    def bend(self) -> None:
        with self.beat("bend", **self.leak_words()):
            self.appear(self.sheets[0][0])
            self.press(2.8)
            self.wait(PAUSE)

    def read_outputs(self) -> None:
        zeroed = self.function.zeroed

        def count(places: FloatArray) -> None:
            self.counter.show(int((zeroed & (places[:, 0] == 0)).sum()))

        with self.beat("over"):
            if self.counted:
                self.appear(self.counter, run_time=0.4)
            self.play(self.outputs.cross(count, run_time=2.4))

    def collect(self) -> None:
        values = {
            "count": int(self.function.zeroed.sum()),
            "total": len(self.numbers.inputs),
            **self.leak_words(),
        }
        with self.beat("result", **values):
            self.play(FadeOut(self.outputs.guides), self.outputs.part(run_time=1.0), run_time=1.0)
            if len(self.sheets[0]) > 1:
                self.appear(*self.sheets[0][1:])

    def apply(self, index: int) -> None:
        """Show all that one function does to the row."""
        function = self.numbers.functions[index]
        with self.beat(function.name, **self.leak_words()):
            if index:
                back = self.bent.bend(self.function.activation, unchanged, (1, 0), run_time=0.8)
                gone = (FadeOut(self.sheets[index - 1], run_time=0.4), FadeOut(self.pressing, run_time=0.4))
                self.play(*gone, back)
                self.prepare(function)
            self.appear(self.sheets[index], self.pressing)
            self.wait(0.4)
            self.press(1.4)

    def compare(self) -> None:
        numbers, layout = self.numbers, self.layout
        panels = Panels(layout, self.theme, numbers.inputs, numbers.functions, numbers.corners, self.formula)
        side = next(veil for veil in self.mobjects if isinstance(veil, Veil))
        bar = Region(layout.frame.left, layout.title.bottom, layout.frame.right, layout.frame.top)
        top = Veil(self.theme, Shade(bar, "bottom", 0.4))
        with self.beat("compare", count=len(numbers.functions)):
            # Writing goes first; the line itself gives way only as its four likes come.
            written = (self.axis_numbers, self.pressing, self.sheets[-1], self.identity)
            self.disappear(*written, run_time=0.4)
            old = (self.plane, self.bent, self.ghost, side)
            shown = (panels.planes, panels.ghosts, panels.lines, top)
            self.play(*map(FadeOut, old), *map(FadeIn, shown), run_time=0.6)
            self.appear(panels.names, run_time=0.4)
            self.play(panels.bend(run_time=2.6))
            self.wait(PAUSE)
