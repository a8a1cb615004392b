"""Harder curves: a straight line tries to stay between two curves that close in on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from manim import UP, FadeIn, VGroup, there_and_back

from nnmath import Dataset
from scenes.linear_algebra.harder_curves.numbers import (
    DEFINITION,
    HarderCurvesNumbers,
    HarderCurvesParameters,
)
from scenes.linear_algebra.harder_curves.placed_line import PlacedLine
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.space import Space
from scenes.parts.plane.straight_line import StraightLine
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.parts.writing.tally import Tally
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene
from scenes.stage.writing import Writing
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import fixed, math_percent

# The ring around a point on the wrong side, in diameters of the point.
_RING, _WIDE_RING = 1.7, 2.6


class HarderCurves(ExplainerScene[HarderCurvesParameters, HarderCurvesNumbers]):
    """Two curves close in; the line between them does its best, and its errors are counted as it moves."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_start()
        self.close_in()
        self.come_too_close()
        self.turn_line()
        self.give_verdict()

    def set_stage(self) -> None:
        numbers = self.numbers
        ends = (numbers.first_dataset, numbers.last_dataset)
        self.view = View.filling(self.layout, [dataset.points for dataset in ends])
        self.space = Space(self.view, self.theme, numbers.first_dataset)
        self.rings = Dots(self.colour("wrong"), _RING * self.space.diameter).set_z_index(2.5)
        line = numbers.first_line
        self.line = StraightLine(self.view, self.theme, line.normal, line.offset)
        self.line.set_z_index(4)
        self.compose_panel()
        self.show(numbers.first_dataset, line)

    def compose_panel(self) -> None:
        right, total = self.numbers.right, self.numbers.total
        self.gap = Tally(self.gap_words, round(100 * self.parameters.from_gap))
        self.right = Tally(partial(self.count_words, "right_of"), total)
        self.wrong = Tally(partial(self.count_words, "wrong_count", role="wrong"), 0)
        share = f"frac({right}, {total}) {math_percent(right, total)}"
        self.share = self.formula(share, size=FORMULA_SIZE * 1.1)
        self.tallies = VGroup(self.gap, self.right, self.wrong)
        stack(self.layout.panel, [*self.tallies, self.share], self.layout.panel_flow, gap=0.4)

    def gap_words(self, hundredths: int) -> Writing:
        return self.label("gap", {"gap": fixed(hundredths / 100)}, size=FORMULA_SIZE)

    def count_words(self, key: str, count: int, **style: Any) -> Writing:
        """Return how many points are right, or wrong, in words."""
        values = {"right": count, "wrong": count, "total": self.numbers.total}
        return self.label(key, values, size=FORMULA_SIZE, **style)

    def show(self, dataset: Dataset, line: PlacedLine) -> None:
        """Put points, line, rings and counts where they belong at one instant."""
        for cloud, label in zip(self.space.dots, dataset.classes, strict=True):
            cloud.set_positions(self.view.to_scene(dataset.of_class(label)))
        self.line.lay(line.normal, line.offset)
        self.rings.set_positions(self.view.to_scene(dataset.points[line.wrong]))
        self.right.show(len(dataset) - line.wrong_count)
        self.wrong.show(line.wrong_count)

    def drive(self, show: Callable[[float], object], **options: Any) -> Drive:
        """Return the animation of points, line, rings and counts together."""
        moving = VGroup(*self.space.dots, self.line, self.rings, *self.tallies)
        return Drive(moving, show, **options)

    def move_to_gap(self, start: float, end: float, **options: Any) -> Drive:
        """Return the animation in which the gap goes from `start` to `end`."""

        def show(t: float) -> None:
            gap = start + t * (end - start)
            self.show(self.numbers.dataset_at(gap), self.numbers.line_at(gap))
            self.gap.show(round(100 * gap))

        return self.drive(show, **options)

    # The beats.

    def show_start(self) -> None:
        self.add(self.space.plane)
        with self.beat("start", wrong=self.numbers.first_line.wrong_count):
            self.appear(*self.space.dots, self.gap, run_time=0.8)
            self.play(self.line.draw(run_time=1.2))
            self.appear(self.rings, self.right, self.wrong)

    def close_in(self) -> None:
        with self.beat("close-in"):
            self.play(self.move_to_gap(self.parameters.from_gap, self.numbers.turning_gap, run_time=2.6))

    def come_too_close(self) -> None:
        numbers = self.numbers
        with self.beat("too-close", wrong=numbers.last_line.wrong_count):
            self.play(self.move_to_gap(numbers.turning_gap, self.parameters.to_gap, run_time=3.0))

    def turn_line(self) -> None:
        numbers = self.numbers

        def show(t: float) -> None:
            self.show(numbers.last_dataset, numbers.turned(t))

        with self.beat("turn"):
            # To one side and back, then to the other.
            self.play(self.drive(show, start=0.0, end=0.5, run_time=2.2))
            self.play(self.drive(show, start=0.5, end=1.0, run_time=2.2))

    def give_verdict(self) -> None:
        numbers, rings = self.numbers, self.rings
        small, wide = (share * self.space.diameter for share in (_RING, _WIDE_RING))

        def pulse(t: float) -> None:
            rings.resize(small + t * (wide - small))

        self.show(numbers.last_dataset, numbers.last_line)
        with self.beat("verdict", right=numbers.right, total=numbers.total):
            swell = Drive(rings, pulse, rate_func=there_and_back, run_time=1.2)
            self.play(swell, FadeIn(self.share, shift=0.2 * UP), run_time=1.2)
