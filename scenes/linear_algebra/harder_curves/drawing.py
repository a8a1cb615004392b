"""Harder curves: a straight line between two curves that close in on it, turned every way that there is."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup, there_and_back

from nnmath import Dataset
from scenes.families.scores import right_counter
from scenes.linear_algebra.harder_curves.angle_chart import AngleChart
from scenes.linear_algebra.harder_curves.composition import Composition
from scenes.linear_algebra.harder_curves.gap_measure import AT, ROOM, GapMeasure
from scenes.linear_algebra.harder_curves.numbers import (
    DEFINITION,
    HarderCurvesNumbers,
    HarderCurvesParameters,
)
from scenes.linear_algebra.harder_curves.placed_line import PlacedLine
from scenes.parts.marks.rings import Rings
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.counter import Counter
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Writing
from scenes.style.layout import LABEL_SIZE, Shade
from scenes.style.numerals import fixed

# By how much the rings swell when the verdict is given.
_SWELL = 0.5
_UPRIGHT = np.pi / 2
# The line turns faster where it is steep, by this power of the time.
_POWER = 1.5
# Between the points and the edge of their region, in scene units.
_MARGIN = 0.15


class HarderCurves(ExplainerScene[HarderCurvesParameters, HarderCurvesNumbers]):
    """Two curves close in; the line between them does its best, and no angle does better."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_start()
        self.close_in()
        self.come_too_close()
        self.turn_upright()
        self.try_every_angle()
        self.give_verdict()

    def shades(self) -> tuple[Shade, ...]:
        return Composition.of(self.layout).shades

    def set_stage(self) -> None:
        numbers, parts = self.numbers, Composition.of(self.layout)
        ends = (numbers.first_dataset, numbers.last_dataset)
        points = [dataset.points for dataset in ends]
        first = self.parameters.from_gap
        middle = numbers.arch_at(AT)
        around = [(np.array([[AT, middle + first / 2]]), ROOM)]
        self.view = View.fitting(parts.data, points, margin=_MARGIN, around=around, window=parts.window)
        self.space = Space(self.view, self.theme, numbers.first_dataset)
        self.rings = Rings(self.theme, self.space.diameter)
        self.line = Boundary(self.view, self.theme)
        self.gap = GapMeasure(self.view, self.theme, middle, self.space.diameter, self.gap_words, first)
        self.counter = self.make_counter(parts)
        name = self.label("right_by_angle", size=LABEL_SIZE, role="muted")
        self.chart = AngleChart(parts.chart, self.layout.text_safe, self.theme, numbers.sweep, name)
        self.show(numbers.first_dataset, numbers.first_line)

    def make_counter(self, parts: Composition) -> Counter:
        total, room = self.numbers.total, parts.count
        counter = right_counter(self, total, total)
        counter.scale(min(1.0, room.width / counter.width, room.height / counter.height))
        counter.move_to(room.center)
        counter.shift(np.array([room.left - float(counter.get_left()[0]), 0.0, 0.0]))
        return counter

    def gap_words(self, hundredths: int) -> Writing:
        return self.label("gap", {"gap": fixed(hundredths / 100)}, size=LABEL_SIZE, halo=True)

    def show(self, dataset: Dataset, line: PlacedLine) -> None:
        """Put points, line, rings and count where they belong at one instant."""
        for cloud, label in zip(self.space.dots, dataset.classes, strict=True):
            cloud.set_positions(self.view.to_scene(dataset.of_class(label)))
        self.line.line(line.normal, line.offset)
        self.rings.set_positions(self.view.to_scene(dataset.points[line.wrong]))
        self.counter.show(len(dataset) - line.wrong_count)

    def show_tilt(self, tilt: float) -> None:
        """Show the line of an angle in its best place, and the point that says how good it is."""
        line = self.numbers.sweep.line_at(tilt)
        self.show(self.numbers.last_dataset, line)
        self.chart.stand(tilt, self.numbers.total - line.wrong_count)

    def move_to_gap(self, start: float, end: float, **options: Any) -> Drive:
        """Return the animation in which the gap goes from `start` to `end`."""

        def show(t: float) -> None:
            gap = start + t * (end - start)
            self.show(self.numbers.dataset_at(gap), self.numbers.line_at(gap))
            self.gap.show(gap)

        moving = VGroup(*self.space.dots, self.line, self.rings, self.counter, self.gap)
        return Drive(moving, show, **options)

    def turn(self, start: float, end: float, *, draw: bool = False, **options: Any) -> Drive:
        """Return the animation in which the line turns between two angles, and draws the curve if wanted."""

        def show(tilt: float) -> None:
            self.show_tilt(tilt)
            if draw:
                self.chart.draw_to(tilt)

        moving = VGroup(self.line, self.rings, self.counter, self.chart.point, self.chart.curve)
        return Drive(moving, show, start=start, end=end, **options)

    # The beats.

    def show_start(self) -> None:
        self.add(self.space.plane, *self.space.dots, self.gap)
        with self.beat("start", wrong=self.numbers.first_line.wrong_count):
            self.play(self.line.draw(run_time=1.2))
            self.appear(self.rings, self.counter)

    def close_in(self) -> None:
        with self.beat("close-in"):
            self.play(self.move_to_gap(self.parameters.from_gap, self.numbers.turning_gap, run_time=1.8))

    def come_too_close(self) -> None:
        with self.beat("too-close"):
            self.play(self.move_to_gap(self.numbers.turning_gap, self.parameters.to_gap, run_time=2.4))

    def turn_upright(self) -> None:
        tilt = self.numbers.last_tilt
        with self.beat("turn"):
            self.disappear(self.gap, run_time=0.4)
            self.show_tilt(tilt)
            self.appear(self.chart.chart, self.chart.point)
            self.wait(PAUSE)
            self.play(self.turn(tilt, -_UPRIGHT), run_time=1.2)

    def try_every_angle(self) -> None:
        with self.beat("every-angle"):
            self.play(self.turn(-_UPRIGHT, 0.0, draw=True, rate_func=_slowing), run_time=2.2)
            self.play(self.turn(0.0, _UPRIGHT, draw=True, rate_func=_quickening), run_time=2.2)
            self.play(self.turn(_UPRIGHT, self.numbers.best_tilt), run_time=0.8)

    def give_verdict(self) -> None:
        numbers, rings = self.numbers, self.rings
        with self.beat("verdict", right=numbers.right, total=numbers.total):
            self.play(self.chart.level(run_time=1.0))
            self.appear(self.chart.ceiling_name, run_time=0.4)
            swell = Drive(rings, lambda t: rings.swell(_SWELL * t), rate_func=there_and_back)
            self.play(swell, run_time=1.0)
            self.wait(PAUSE)


def _quickening(t: float) -> float:
    return float(t**_POWER)


def _slowing(t: float) -> float:
    return 1.0 - _quickening(1.0 - t)
