"""Two curves: the question that all classifiers in this lesson answer."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from scenes.linear_algebra.two_curves.drain import Drain
from scenes.linear_algebra.two_curves.legend import Legend
from scenes.linear_algebra.two_curves.numbers import (
    DEFINITION,
    FloatArray,
    TwoCurvesNumbers,
    TwoCurvesParameters,
)
from scenes.linear_algebra.two_curves.question import Question
from scenes.linear_algebra.two_curves.reading import Reading
from scenes.linear_algebra.two_curves.vector import CoordinateVector
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.counter import Counter
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_fixed

# The share of the points that are there in the first frame, and how much points swell for an instant.
_FIRST, _SWELL = 0.3, 1.2


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
        self.look_for_function()

    def title_words(self) -> str:
        return self.words.label("title-own") if self.numbers.own else super().title_words()

    def set_stage(self) -> None:
        dataset, theme = self.numbers.dataset, self.theme
        view = View.filling(self.layout, [dataset.points, np.eye(2)])
        self.space = Space(view, theme, dataset)
        self.places = [cloud.positions.copy() for cloud in self.space.dots]
        everything = np.concatenate(self.places)
        arrows = view.to_scene(np.linspace(0, 1, 12)[:, None, None] * np.eye(2)).reshape(-1, 2)
        self.reading = Reading(view, theme, self.numbers.picked, label=1).place_values(everything, arrows)
        self.question = Question(theme, self.settings.locale, self.words.label("or"))
        self.drain = Drain(view, theme, self.space.dots)
        self.compose_panel()
        self.gather(_FIRST)
        self.add(self.space, self.counter)

    def compose_panel(self) -> None:
        numbers, size = self.numbers, FORMULA_SIZE * 1.1
        total = len(numbers.dataset)
        self.counter = Counter(self.theme, self.words.label("points"), self.settings.locale, total)
        self.vector = CoordinateVector(self.theme, list(numbers.asked), size)
        self.legend = Legend(self.theme, numbers.dataset.classes, size=size)
        self.function = self.formula("f(bold(x)) = y", size=FORMULA_SIZE * 1.4)
        items = [self.counter, self.vector, self.legend, self.function]
        stack(self.layout.panel, items, self.layout.panel_flow, gap=0.4)

    def gather(self, share: float) -> None:
        """Show this share of every class, and how many points these are."""
        for cloud, places in zip(self.space.dots, self.places, strict=True):
            cloud.set_positions(places[: max(1, round(share * len(places)))])
        self.counter.show(sum(len(cloud.positions) for cloud in self.space.dots))

    def swell(self, cloud: Dots, run_time: float) -> Drive:
        """Return the animation in which the points of a class swell and shrink back."""
        own = self.space.diameter
        return Drive(cloud, lambda t: cloud.resize(own * (1 + _SWELL * np.sin(np.pi * t))), run_time=run_time)

    # The beats.

    def show_plane(self) -> None:
        with self.beat("plane"):
            gathered = VGroup(*self.space.dots, self.counter)
            self.play(Drive(gathered, self.gather, start=_FIRST, rate_func=linear, run_time=1.8))

    def show_points(self) -> None:
        count = len(self.numbers.dataset.of_class(0))
        with self.beat("points", count=count):
            for cloud in self.space.dots:
                self.play(self.swell(cloud, run_time=0.6))

    def read_coordinates(self) -> None:
        reading, vector = self.reading, self.vector
        with self.beat("coordinates"):
            self.add(reading.grey)
            # The names of i and j make way for the numbers on the axes.
            shown = (FadeIn(thing) for thing in (reading.ground, reading.mark, reading.ring))
            self.play(*shown, FadeOut(self.space.basis.names), run_time=0.4)
            self.play(reading.draw(run_time=1.0), FadeIn(vector.frame, run_time=1.0))
            self.play(FadeIn(reading.values), run_time=0.4)
            for index, value in enumerate(reading.values):
                self.play(vector.arrive(index, value, run_time=0.8))
                self.add(vector.entries[index])

    def show_labels(self) -> None:
        legend, examples = self.legend, self.space.view.to_scene(np.array(self.numbers.examples))
        with self.beat("labels"):
            for k, (cloud, place) in enumerate(zip(self.space.dots, examples, strict=True)):
                out = legend.come_out(k, place, cloud.diameter, run_time=0.8)
                self.play(out, self.swell(cloud, run_time=0.8))
                self.play(FadeIn(legend.names[k]), run_time=0.2)

    def ask(self) -> None:
        reading = self.reading
        here = float(self.space.view.to_scene(reading.point[None])[0, 0])
        with self.beat("question"):
            self.play(FadeOut(reading.values), run_time=0.4)
            self.play(self.drain.run(lambda front: reading.drain() if front > here else None, run_time=2.4))
            self.put_question()
            self.wait(PAUSE)

    def put_question(self) -> None:
        """Ask which class the point that is read off belongs to."""
        self.question.stand_by(self.reading, np.concatenate(self.places))
        self.play(self.reading.pulse(run_time=0.6), FadeIn(self.question, run_time=0.6, scale=0.6))

    def look_for_function(self) -> None:
        with self.beat("function"):
            self.play(FadeIn(self.function, scale=1.2), run_time=0.6)
            for point in self.numbers.asked[1:]:
                self.play(FadeOut(self.question), run_time=0.2)
                self.move_on(point)
                self.put_question()
            self.wait(PAUSE)

    def move_on(self, point: FloatArray) -> None:
        """Go on to another point, its numbers running along."""
        start, vector = self.reading.point.copy(), self.vector
        run = Drive(vector, lambda t: vector.write(start + t * (point - start), math_fixed), run_time=1.0)
        self.play(self.reading.glide(point, run_time=1.0), run)
        vector.write(point)
