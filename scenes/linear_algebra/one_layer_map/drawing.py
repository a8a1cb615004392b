"""One layer: W flattens the plane onto a line, and a whole line of points arrives as one number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, FadeIn, VGroup

from nnmath.arrays import FloatArray
from nnmath.plane_map import PlaneMap
from scenes.families.curves import ROOM
from scenes.families.one_layer.drawing import COLUMN_PAINT, OneLayerScene
from scenes.linear_algebra.one_layer_map.level_lines import LevelLines
from scenes.linear_algebra.one_layer_map.line_reading import LineReading
from scenes.linear_algebra.one_layer_map.numbers import DEFINITION, OneLayerMapNumbers, OneLayerMapParameters
from scenes.linear_algebra.one_layer_map.picked_point import PickedPoint
from scenes.parts.charts.number_line import NumberLine, round_values
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.ghost import Ghost
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import boxes_of
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE
from scenes.stage.writing import Formula
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_factor, math_number, math_term, numeral

# How much longer than the panel is wide a sum may be, before it is written on two lines.
_LONGEST = 1.25
# What readings take up above and below the line, and numbers over points, besides the margin, in scene units.
_READINGS, _NUMBERS = np.array([0.0, 1.15]), np.array([0.0, 0.3])
# How far off the line the classes lie side by side, beyond their own size, in scene units.
_ASIDE = 0.05
# How strong the plane as it was is again at the end.
_SEEN_AGAIN = 0.75
# From where to where the threshold's bar reaches: its lower end keeps off the line's numbers.
_BAR = np.array([-0.14, 0.6])


class OneLayerMap(OneLayerScene[OneLayerMapParameters, OneLayerMapNumbers]):
    """W takes every point straight to its number on a line; b shifts them all."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.compose()
        self.show_layer()
        self.ask_for_level()
        self.flatten()
        self.read_weights()
        self.shift_by_bias()
        self.draw_threshold()

    def set_stage(self) -> None:
        """Build the plane in the one view that holds all of the motion, and what lies on it."""
        numbers = self.numbers
        self.view = View.filling(
            self.layout,
            [*numbers.clouds(), ROOM[:1] / 2],
            centred=1.0,
            around=[(np.zeros((1, 2)), _READINGS), (numbers.dataset.points, _NUMBERS)],
        )
        self.space = Space(self.view, self.theme, numbers.dataset)
        self.line = NumberLine.along(self.view, self.theme)
        low, high = (float(end[0]) for end in self.view.bounds)
        self.levels = LevelLines(
            self.view,
            self.theme,
            numbers.weights,
            round_values(low, high, 8)[0],
            numbers.picked,
            numbers.dataset.points[numbers.on_level(0.5 * self.space.diameter / self.view.unit)],
            numbers.flattened,
        )
        self.point = PickedPoint(
            self.view,
            self.theme,
            numbers.picked,
            numbers.shown_point,
            label=1,
            points=self.view.to_scene(numbers.dataset.points),
            line=self.levels.along,
            names=boxes_of(self.space.basis.names),
        )
        self.parting = 0.0
        self.space.followers += [self.part_classes, self.levels.show, self.point.show]
        self.add(self.space)

    def part_classes(self, _: PlaneMap) -> None:
        """Lay the classes side by side, class 1 above the line and class 0 below, as the plane grows flat."""
        aside = self.parting * (self.space.diameter / 2 + _ASIDE)
        for cloud, label in zip(self.space.dots, self.numbers.dataset.classes, strict=True):
            cloud.set_positions(cloud.positions + np.array([0.0, aside if label else -aside]))

    def compose(self) -> None:
        numbers = self.numbers
        top, middle, low = self.layout.panel_parts()
        self.compose_diagram(top)
        self.rule = self.formula("s = W bold(x) + b").within(middle, align=LEFT)
        self.filled_rule = self.formula(self.filled("="), paint=COLUMN_PAINT)
        self.sum = self.written_sum("=")
        if self.sum.width > _LONGEST * low.width:
            self.sum = self.written_sum("&=", cut=" \\ & quad ")
        self.total = self.formula(f"{math_equals(numbers.exact)} {math_number(numbers.shown_output)}")
        stack(
            low,
            [self.filled_rule, self.sum, self.total],
            self.layout.panel_flow,
            align=-1.0 if self.layout.panel_flow == "down" else 0.0,
        )

    def written_sum(self, equals: str, cut: str = "") -> Formula:
        """Return the picked point's products and the bias as they add up, `cut` between the products."""
        numbers = self.numbers
        (first, second), (x, y) = numbers.shown_weights.tolist(), numbers.shown_point.tolist()
        i = named("w11", f"{math_number(first)} dot {math_factor(x)}")
        j = named("w12", f"{math_factor(second)} dot {math_factor(y)}")
        return self.formula(f"{equals} {i} {cut}+ {j} {math_term(numbers.shown_bias)}", paint=COLUMN_PAINT)

    def values_in_neurons(self) -> Sequence[float]:
        return (*self.numbers.shown_point.tolist(), self.numbers.shown_output)

    # The beats.

    def show_layer(self) -> None:
        with self.beat("layer"):
            self.appear(self.diagram, self.rule, run_time=0.6)
            self.appear(self.weights_on_edges, self.filled_rule, run_time=0.6)

    def ask_for_level(self) -> None:
        diagram, levels = self.diagram, self.levels
        with self.beat("level"):
            given = diagram.show_values(0, self.numbers.shown_point)
            self.play(FadeIn(self.point), given, run_time=0.8)
            self.wait(PAUSE)
            self.play(levels.draw(run_time=1.0))
            self.appear(levels.others, levels.beads, run_time=0.6)

    def flatten(self) -> None:
        numbers, space = self.numbers, self.space

        def acting(t: float) -> PlaneMap:
            self.parting = t
            return numbers.flattened(t)

        self.level_reading = self.point.landing(
            f"W bold(x) = {math_number(numbers.shown_level)}", numbers.level
        )
        with self.beat("flatten"):
            self.ghost = self.leave_ghost()
            self.add(self.levels.ghost)
            self.disappear(self.point.origin, run_time=0.4)
            self.play(space.move(acting, run_time=3.0), self.diagram.pulses(0, run_time=1.6))
            # Nothing on the line needs names again, and the line's numbers stand where they would be.
            names = space.basis.names
            self.disappear(names, run_time=0.2)
            space.basis.remove(names)
            self.appear(self.line, run_time=0.4)
            self.appear(self.level_reading, run_time=0.4)
            self.wait(PAUSE)

    def read_weights(self) -> None:
        numbers, line, theme = self.numbers, self.line, self.theme
        first, second = numbers.shown_weights.tolist()
        i = f"bold(i): w_11 = {math_number(first)}"
        j = f"bold(j): w_12 = {math_number(second)}"
        self.readings = VGroup(
            LineReading(line, theme, numbers.weights[0], i, "basis_i", above=False),
            LineReading(line, theme, numbers.weights[1], j, "basis_j"),
        )
        with self.beat("read", first=numeral(first), second=numeral(second)):
            self.disappear(self.level_reading, run_time=0.4)
            below, above = self.readings
            # Lifted downwards it would cross the line's numbers.
            self.play(below.grow(run_time=0.8), FadeIn(below.name), run_time=0.8)
            self.play(above.lift(run_time=0.8))

    def shift_by_bias(self) -> None:
        numbers = self.numbers
        name = f"b = {math_number(numbers.shown_bias)}"
        self.bias_reading = LineReading(self.line, self.theme, numbers.bias, name, "text")
        self.score_reading = self.point.landing(f"s = {math_number(numbers.shown_output)}", numbers.output)
        with self.beat("shift", bias=numeral(numbers.shown_bias)):
            self.disappear(self.readings, run_time=0.4)
            self.appear(self.bias_reading.name, self.sum, run_time=0.4)
            self.play(self.bias_reading.grow(run_time=1.4), self.space.move(numbers.shifted, run_time=1.4))
            output = self.diagram.show_values(1, [numbers.shown_output])
            self.play(FadeIn(self.score_reading), output, FadeIn(self.total), run_time=0.6)

    def draw_threshold(self) -> None:
        numbers = self.numbers
        self.bar = Boundary(self.view, self.theme)
        # Below the numbers, whose rims keep it off them.
        self.boundary = Boundary(self.view, self.theme).set_z_index(1.5)
        with self.beat("threshold"):
            self.disappear(self.bias_reading, self.space.basis, run_time=0.4)
            self.play(self.bar.take(self.bar_at(numbers.output)).draw(run_time=0.6))
            if numbers.weights.any():
                line = self.boundary.line_shape(numbers.weights, numbers.level)
                # From the bar's lower end to the line's, so that it does not turn about.
                order = slice(None, None, 1 if line[0, 1, 1] > line[0, 0, 1] else -1)
                self.boundary.take(self.bar.shape[:, order])
                # Back along the map: first b is undone, then W.
                self.play(self.boundary.glide_to(self.bar_at(numbers.level)[:, order], run_time=0.6))
                self.play(self.boundary.glide_to(line, run_time=1.4), self.bring_back(run_time=1.4))
            self.wait(PAUSE)

    def leave_ghost(self) -> Ghost:
        """Leave a faint copy of the plane as it is, without i, which stays on the line among the numbers."""
        ghost = self.space.leave_ghost()
        ghost.remove(next(part for part in ghost if isinstance(part, Arrow)))
        return ghost

    def bring_back(self, **options: Any) -> Drive:
        """Return the animation in which the plane as it was can be seen again."""
        clouds = VGroup(*(part for part in self.ghost if isinstance(part, Dots)))
        low, high = float(clouds[0].get_stroke_opacity()), _SEEN_AGAIN
        return Drive(clouds, lambda share: clouds.set_stroke(opacity=low + share * (high - low)), **options)

    def bar_at(self, number: float) -> FloatArray:
        """Return a bar across the number line, `(1, 2, 2)` in scene units."""
        x, y = float(self.line.at(number)), self.line.height_now
        return np.array([[[x, y + end] for end in _BAR.tolist()]])
