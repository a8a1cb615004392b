"""`basis-vectors` as one writes it in plain Manim: a Dot per point, a NumberPlane, ApplyMatrix, Text.

The same beats for the same times, so that both render the same number of frames. Used by `against_manim.py`.
"""

from __future__ import annotations

import os

import numpy as np
from manim import (
    BLUE,
    DOWN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UL,
    UP,
    YELLOW,
    ApplyMatrix,
    Arrow,
    Dot,
    FadeIn,
    FadeOut,
    MathTypst,
    NumberPlane,
    Polygon,
    Scene,
    Text,
    VGroup,
    linear,
)

POINTS = int(os.environ.get("TWIN_POINTS", "200"))
UNIT = 0.72
CENTRE = np.array([2.2, 0.65, 0.0])


class BasisVectorsTwin(Scene):
    """A shear of the plane with the two curves on it."""

    def construct(self) -> None:
        plane = NumberPlane(x_range=(-10, 10), y_range=(-7, 7), x_length=20 * UNIT, y_length=14 * UNIT)
        plane.shift(CENTRE)
        x = np.linspace(-4.5, 4.5, POINTS // 2)
        arch = 0.7 * np.cos(np.pi * x / 6)
        dots = VGroup(
            *(
                Dot(CENTRE + UNIT * np.array([a, b + side * 0.95, 0]), radius=0.06, color=colour)
                for side, colour in ((-1, YELLOW), (1, BLUE))
                for a, b in zip(x, arch, strict=True)
            )
        )
        i = Arrow(CENTRE, CENTRE + UNIT * RIGHT, buff=0, color=BLUE)
        j = Arrow(CENTRE, CENTRE + UNIT * UP, buff=0, color=RED)
        point = Dot(CENTRE + UNIT * np.array([3, 2, 0]), radius=0.11)
        square = Polygon(
            ORIGIN, RIGHT, RIGHT + UP, UP, stroke_width=0, fill_opacity=0.3, fill_color=YELLOW
        ).scale(UNIT, about_point=ORIGIN)
        square.shift(CENTRE).apply_matrix([[1, 1], [0, 1]], about_point=CENTRE)
        formulas = VGroup(
            MathTypst('W = mat(delim: "[", 1, 1; 0, 1)'),
            MathTypst('p = mat(delim: "[", 3; 2) = 3 i + 2 j', font_size=36),
            MathTypst('W p = mat(delim: "[", 5; 2)', font_size=36),
            MathTypst("det W = 1", font_size=36),
        )
        formulas.arrange(DOWN, buff=0.5).move_to(4.6 * LEFT + 0.4 * UP)
        title = Text("Where do i and j land?", font_size=30).to_corner(UL)
        self.add(title, plane)
        self.say("Point p is a recipe", None)
        self.play(FadeIn(dots), FadeIn(i), FadeIn(j), run_time=0.6)
        self.play(FadeIn(formulas[1]), FadeIn(point), run_time=1.6)
        self.wait(1.4)
        self.say("A matrix has two columns")
        self.play(FadeIn(formulas[0]), run_time=0.8)
        self.play(i.animate.set_stroke(width=9), run_time=1.0, rate_func=linear)
        self.play(j.animate.set_stroke(width=9), run_time=1.0, rate_func=linear)
        self.wait(1.0)
        self.say("All space goes with them")
        shear = [[1, 1], [0, 1]]
        moved = (plane, dots, i, j, point)
        self.play(*(ApplyMatrix(shear, thing, about_point=CENTRE) for thing in moved), run_time=2.6)
        self.wait(1.4)
        self.say("The recipe stays the same")
        self.play(FadeIn(formulas[2]), point.animate.scale(1.2), run_time=1.6)
        self.wait(1.0)
        self.say("The unit square changed shape")
        self.play(FadeIn(square), FadeIn(formulas[3]), run_time=1.2)
        self.wait(1.6)

    def say(self, words: str, last: Text | None = None) -> None:
        new = Text(words, font_size=34).to_edge(DOWN)
        old = getattr(self, "caption", last)
        self.caption = new
        self.play(FadeIn(new), *([FadeOut(old)] if old is not None else []), run_time=0.4)
