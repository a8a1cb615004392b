"""Harder curves: a straight line tries to stay between two curves that close in on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import FadeIn, VGroup, there_and_back

from nnmath import Dataset
from scenes.linear_algebra.harder_curves.numbers import (
    DEFINITION,
    HarderCurvesNumbers,
    HarderCurvesParameters,
    PlacedLine,
)
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.space import Space
from scenes.parts.plane.straight_line import StraightLine
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.parts.writing.tally import Tally
from scenes.stage.motion import Drive
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import fixed, math_number, shown

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
        first, last = numbers.parameters.from_gap, numbers.parameters.to_gap
        datasets = [numbers.dataset_at(gap) for gap in (first, last)]
        self.view = View.fitting(self.layout.stage, [dataset.points for dataset in datasets])
        self.space = Space(self.view, self.theme, datasets[0])
        self.rings = Dots(self.colour("wrong"), _RING * self.space.dots[0].diameter).set_z_index(2.5)
        line = numbers.first_line
        self.line = StraightLine(self.view, self.theme, line.normal, line.offset)
        self.line.set_z_index(4)
        self.compose_panel()
        self.show(datasets[0], line)

    def compose_panel(self) -> None:
        numbers = self.numbers
        total = numbers.total
        self.gap = Tally(
            lambda hundredths: self.label("gap", {"gap": fixed(hundredths / 100)}, size=FORMULA_SIZE),
            round(100 * numbers.parameters.from_gap),
        )
        self.right = Tally(
            lambda right: self.label("right_of", {"right": right, "total": total}, size=FORMULA_SIZE), total
        )
        self.wrong = Tally(
            lambda wrong: self.label("wrong_count", {"wrong": wrong}, size=FORMULA_SIZE, role="wrong"), 0
        )
        percent = shown(100 * numbers.right / total, 1)
        equals = "=" if abs(percent - 100 * numbers.right / total) < 1e-9 else "approx"
        self.share = self.formula(
            f"frac({numbers.right}, {total}) {equals} {math_number(percent, 1)} %", size=FORMULA_SIZE * 1.1
        )
        self.tallies = VGroup(self.gap, self.right, self.wrong)
        stack(self.layout.panel, [*self.tallies, self.share], self.layout.panel_flow, gap=0.4)

    def show(self, dataset: Dataset, line: PlacedLine) -> None:
        """Put points, line, rings and counts where they belong at one instant."""
        for cloud, label in zip(self.space.dots, dataset.classes, strict=True):
            cloud.set_positions(self.view.to_scene(dataset.of_class(label)))
        self.line.ends = StraightLine(self.view, self.theme, line.normal, line.offset).ends
        self.line.show(1.0)
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
        numbers, space = self.numbers, self.space
        wrong = numbers.first_line.wrong_count
        self.add(space.plane)
        with self.beat("start", caption="start-wrong" if wrong else "start", wrong=wrong):
            self.play(*(FadeIn(cloud) for cloud in space.dots), FadeIn(self.gap), run_time=0.8)
            self.play(self.line.draw(run_time=1.2))
            self.play(FadeIn(self.rings), FadeIn(self.right), FadeIn(self.wrong), run_time=0.6)

    def close_in(self) -> None:
        numbers = self.numbers
        fits = numbers.line_at(numbers.turning_gap).wrong_count == 0
        with self.beat("close-in", caption="close-in" if fits else "close-in-wrong"):
            self.play(self.move_to_gap(numbers.parameters.from_gap, numbers.turning_gap, run_time=2.6))

    def come_too_close(self) -> None:
        numbers = self.numbers
        wrong = numbers.last_line.wrong_count
        with self.beat("too-close", caption="too-close" if wrong else "too-close-fits", wrong=wrong):
            self.play(self.move_to_gap(numbers.turning_gap, numbers.parameters.to_gap, run_time=3.0))

    def turn_line(self) -> None:
        numbers = self.numbers
        caption = "turn" if numbers.last_line.wrong_count else "turn-fits"
        if numbers.turning_helps:
            caption = "turn-any"

        def show(t: float) -> None:
            self.show(numbers.last_dataset, numbers.turned(t))

        with self.beat("turn", caption=caption):
            # To one side and back, then to the other.
            self.play(self.drive(show, start=0.0, end=0.5, run_time=2.2))
            self.play(self.drive(show, start=0.5, end=1.0, run_time=2.2))

    def give_verdict(self) -> None:
        numbers = self.numbers
        known = "verdict" if numbers.best.exact else "verdict-tried"
        caption = known if numbers.last_line.wrong_count else "verdict-fits"
        small, wide = (share * self.space.dots[0].diameter for share in (_RING, _WIDE_RING))
        self.show(numbers.last_dataset, numbers.last_line)
        with self.beat("verdict", caption=caption, right=numbers.right, total=numbers.total):
            pulse = Drive(
                self.rings,
                lambda t: self.rings.resize(small + t * (wide - small)),
                rate_func=there_and_back,
                run_time=1.2,
            )
            self.play(pulse, FadeIn(self.share, shift=np.array([0.0, 0.2, 0.0])), run_time=1.2)
