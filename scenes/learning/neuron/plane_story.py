"""What one neuron says about every point: a field, its edge, and the arrow w that stands on it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from manim import LEFT, FadeIn, VGroup

from nnmath import FloatArray
from scenes.learning.neuron.field_picture import FieldPicture
from scenes.learning.neuron.numbers import NeuronNumbers, NeuronParameters
from scenes.learning.neuron.saying import output_markup
from scenes.learning.neuron.wiring import Wiring
from scenes.parts.plane.plane import Plane
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_brief, math_number

# The point that is asked about goes once around the origin if it is so far from it, else around a place at
# that distance; as shares of what is seen.
_NEAR = 0.25
_LINES, _RADIUS = 0.62, 0.72


class PlaneStory(ExplainerScene[NeuronParameters, NeuronNumbers]):
    """The field of one neuron."""

    def set_plane(self) -> None:
        numbers, theme = self.numbers, self.theme
        self.picture_of_field = FieldPicture(numbers, theme, self.layout)
        self.plane = Plane(self.picture_of_field.view, theme)
        diagram, line, table = self.panel_parts()
        widest, self.largest = -8.88, float(np.hypot(*numbers.weights)) * numbers.stretch
        self.wiring = Wiring(
            numbers, theme, diagram, _RADIUS, values=[widest], largest=self.largest, bias=False
        )
        self.rule = self.formula("y = f(bold(w) dot bold(x) + b)").within(line, align=LEFT)
        self.numbers_written = [
            Formula("0", theme, size=FORMULA_SIZE, role=role) for role in self.wiring.roles
        ]
        left, top = table.left, table.top
        step = min(_LINES, table.height / 3)
        self.anchors = [np.array([left, top - 0.36 - k * step, 0.0]) for k in range(3)]
        for written in self.numbers_written:
            written.set_z_index(PANEL)
        self.tell(moving=False)
        self.add(self.plane, self.wiring, self.rule, *self.numbers_written)

    def panel_parts(self) -> tuple[Region, Region, Region]:
        """Return where the neuron, its rule and its numbers stand."""
        panel = self.layout.panel
        if self.layout.panel_flow == "down":
            neuron, line, table = panel.rows(2.5, 0.5, 2.0, gap=0.2)
            return neuron, line, table
        neuron, rest = panel.columns(3.6, 3.2, gap=0.35)
        line, table = rest.rows(0.5, 2.0, gap=0.1)
        return neuron, line, table

    def tell(self, *, moving: bool = True) -> None:
        """Write point, weights, bias and output as they are in the picture."""
        picture, numbers = self.picture_of_field, self.numbers
        values = [*picture.weights.tolist(), picture.bias]
        for written, name, value, anchor in zip(
            self.numbers_written, ("w_1", "w_2", "b"), values, self.anchors, strict=True
        ):
            text = math_brief(value, 2) if moving else math_number(value, numbers.places)
            if written.source != f"{name} = {text}":
                written.rewrite(f"{name} = {text}").stand_at(anchor, LEFT)
        self.wiring.tell_inputs(picture.at, moving=moving)
        for edge, weight in zip(self.wiring.edges, picture.weights.tolist(), strict=True):
            edge.set_weight(weight, self.largest)
        self.wiring.neuron.tell(output_markup(numbers.name, picture.output, resting=not moving))
        self.wiring.neuron.glow(*picture.glow)

    # The beats.

    def ask_about_point(self) -> None:
        picture = self.picture_of_field
        self.add(picture.point)
        start, center = picture.at, self.middle_of_way()

        def wander(t: float) -> None:
            picture.stand(start if t >= 1.0 else center + turned(start - center, 2 * math.pi * t))
            self.tell(moving=t < 1.0)

        with self.beat("point"):
            self.play(Drive(VGroup(picture.point, self.wiring), wander), run_time=3.0)

    def middle_of_way(self) -> FloatArray:
        """Return the place that the point goes around, `(2,)`."""
        picture = self.picture_of_field
        seen = min(picture.view.region.width, picture.view.region.height) / 2 / picture.view.unit
        if np.hypot(*picture.at) > _NEAR * seen:
            return np.zeros(2)
        away: FloatArray = picture.at + np.array([0.0, 2 * _NEAR * seen])
        return away

    def flood_field(self) -> None:
        picture = self.picture_of_field
        away = np.hypot(*(picture.field.at - picture.at).T)
        with self.beat("field"):
            self.play(picture.field.flood(picture.shares, away / away.max()), run_time=2.4)

    def draw_edge(self) -> None:
        picture = self.picture_of_field
        with self.beat("edge"):
            self.play(picture.boundary.draw(), run_time=1.2)
            self.line_name = picture.line_name("bold(w) dot bold(x) + b = 0")
            self.appear(self.line_name, run_time=0.4)
            arrow = VGroup(picture.arrow, picture.corner, picture.name)
            self.play(
                FadeIn(picture.corner, picture.name),
                Drive(arrow, picture.raise_arrow, introducer=True),
                run_time=1.2,
            )

    def turn_weights(self) -> None:
        numbers, picture = self.numbers, self.picture_of_field
        weights, bias = picture.weights, picture.bias
        with self.beat("turn"):
            self.forget_line_name()
            self.play(
                self.move(lambda t: (turned(weights, t * numbers.turn), bias)),
                run_time=3.0,
            )
            self.wait(PAUSE)

    def shift_edge(self) -> None:
        numbers, picture = self.numbers, self.picture_of_field
        weights, bias = picture.weights, picture.bias
        with self.beat("shift"):
            self.forget_line_name()
            self.play(
                self.move(lambda t: (weights, bias + t * (numbers.bias_to - bias))),
                run_time=2.4,
            )

    def sharpen_edge(self) -> None:
        numbers, picture = self.numbers, self.picture_of_field
        weights, bias = picture.weights, picture.bias

        def stretched(t: float) -> tuple[FloatArray, float]:
            factor = numbers.stretch**t
            return factor * weights, factor * bias

        with self.beat("sharpen"):
            self.forget_line_name()
            self.play(self.move(stretched), run_time=2.6)

    def forget_line_name(self) -> None:
        """Take the line's name away before the line moves."""
        if self.line_name in self.mobjects:
            self.disappear(self.line_name, run_time=0.4)

    def move(self, at: Callable[[float], tuple[FloatArray, float]]) -> Drive:
        """Return the animation in which weights and bias change, and all that follows from them."""
        picture = self.picture_of_field

        def show(t: float) -> None:
            picture.show(*at(t))
            self.tell()

        return Drive(VGroup(picture, self.wiring, *self.numbers_written), show)


def turned(vector: FloatArray, angle: float) -> FloatArray:
    """Return a vector `(2,)` turned by an angle in radians, to the left where that is above 0."""
    cosine, sine = math.cos(angle), math.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]]) @ vector
