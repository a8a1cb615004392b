"""Two curves: the question that all classifiers in this lesson answer."""

from __future__ import annotations

from manim import RIGHT, FadeIn, FadeOut, linear

from scenes.families.curves import ROOM
from scenes.linear_algebra.two_curves.legend import Legend
from scenes.linear_algebra.two_curves.numbers import DEFINITION, TwoCurvesNumbers, TwoCurvesParameters
from scenes.linear_algebra.two_curves.reading_lines import ReadingLines
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_column


class TwoCurves(ExplainerScene[TwoCurvesParameters, TwoCurvesNumbers]):
    """The plane, two curves of points on it, and the question which curve a point belongs to."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_plane()
        self.show_points()
        self.read_coordinates()
        self.show_labels()
        self.ask()

    def title_words(self) -> str:
        return self.words.label("title-own") if self.numbers.own else super().title_words()

    def set_stage(self) -> None:
        dataset = self.numbers.dataset
        view = View.filling(self.layout, [dataset.points, ROOM])
        self.space = Space(view, self.theme, dataset)
        self.reading = ReadingLines(view, self.theme, self.numbers.picked)
        self.vector = self.formula(
            f'bold(x) = mat(delim: "[", x_1; x_2) = {math_column(self.numbers.picked)}',
            size=FORMULA_SIZE * 1.1,
        )
        self.legend = Legend(self.theme, dataset.classes, size=FORMULA_SIZE * 1.1)
        self.question = self.formula("f(bold(x)) = y", size=FORMULA_SIZE * 1.4)
        stack(self.layout.panel, [self.vector, self.legend, self.question], self.layout.panel_flow, gap=0.5)

    def show_plane(self) -> None:
        with self.beat("plane"):
            self.appear(self.space.plane, run_time=0.8)
            self.play(self.space.basis.grow(), run_time=1.2)

    def show_points(self) -> None:
        count = len(self.numbers.dataset.of_class(0))
        with self.beat("points", count=count):
            for cloud in self.space.dots:
                self.play(cloud.reveal(rate_func=linear), run_time=1.4)

    def read_coordinates(self) -> None:
        reading = self.reading
        with self.beat("coordinates"):
            # The names of i and j make way for the numbers on the axes.
            self.play(FadeIn(reading.ring, scale=2.0), FadeOut(self.space.basis.names), run_time=0.4)
            self.play(reading.draw(), FadeIn(reading.values), FadeIn(self.vector), run_time=1.6)

    def show_labels(self) -> None:
        with self.beat("labels"):
            self.play(*(FadeIn(row, shift=0.3 * RIGHT) for row in self.legend.rows), run_time=1.0)

    def ask(self) -> None:
        with self.beat("question"):
            self.play(FadeIn(self.question, scale=1.2), run_time=1.0)
