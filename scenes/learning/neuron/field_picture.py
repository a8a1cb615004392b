"""The field of one neuron, the line where its sum is 0, and w as an arrow that stands on that line."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.learning.neuron.numbers import NeuronNumbers
from scenes.learning.neuron.saying import SQUASHING
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, polyline
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.field import Field, signed
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Layout
from scenes.style.theme import Role, Theme

# How far the plane is seen: so many widths of the edge, 1 / |w|, to the stage's nearest side at the least,
# the line no farther out than one share of that, and the arrow no longer than another.
_WIDTHS, _LINE, _ARROW, _POINT_OUT = 4.2, 0.45, 0.5, 0.85
_CORNER, _AHEAD, _POINT = 0.2, 0.26, 0.27
_NEGATIVE: Role = "edge"
_PLACES = np.linspace(-0.85, 0.85, 35)


def view_of(numbers: NeuronNumbers, layout: Layout) -> View:
    """Return the view in which the neuron's edge, wherever it goes, and the point are well seen."""
    stage = layout.stage
    half = min(stage.width, stage.height) / 2
    length = float(np.hypot(*numbers.weights))
    farthest = max(abs(numbers.bias), abs(numbers.bias_to)) / length
    picked = float(np.hypot(*numbers.inputs))
    seen = max(_WIDTHS / length, farthest / _LINE, picked / _POINT_OUT)
    return View(stage, stage.center[:2], half / seen, layout.frame)


class FieldPicture(VGroup, Viewed):
    """What a neuron says of every point, live.

    Attributes:
        weights, bias: those that are shown, `(2,)` and a number.
        field, boundary: what it says, and where its sum is 0.
        arrow, corner, name: w standing on that line at the foot of the origin, and the right angle there.
        point: the point that is asked about, at `at`, `(2,)` in data units.
        scale: how much shorter than w the arrow is. reach: the output with the deepest colour.
    """

    def __init__(self, numbers: NeuronNumbers, theme: Theme, layout: Layout) -> None:
        super().__init__()
        self.numbers, self.theme = numbers, theme
        self.view = view_of(numbers, layout)
        half = min(layout.stage.width, layout.stage.height) / 2
        longest = float(np.hypot(*numbers.weights)) * numbers.stretch * self.view.unit
        self.scale_of_arrow = min(1.0, _ARROW * half / longest)
        self.both_ways = numbers.name in ("tanh", "identity", "leaky_relu")
        self.field = Field(self.view, theme, ("active", _NEGATIVE) if self.both_ways else ("active",))
        self.reach = 1.0
        if numbers.name not in SQUASHING:
            self.reach = (
                float(np.abs(self.outputs(self.field.at, numbers.weights, numbers.bias)).max()) or 1.0
            )
        self.boundary = Boundary(self.view, theme)
        self.arrow = Arrow(theme["boundary"], width=8.0, tip=0.32).set_z_index(5)
        self.corner = Segments(theme["boundary"], 3.0).set_z_index(5)
        self.name = Formula("bold(w)", theme, size=FORMULA_SIZE * 1.1, halo=True).set_z_index(6.5)
        self.point = Dots(theme["text"], _POINT).set_z_index(6)
        self.add(self.field, self.boundary, self.corner, self.arrow, self.name, self.point)
        self.stand(numbers.inputs)
        self.show(numbers.weights, numbers.bias)

    def outputs(self, points: FloatArray, weights: FloatArray, bias: float) -> FloatArray:
        """Return what the neuron says of points `(n, 2)`, `(n,)`."""
        outputs: FloatArray = self.numbers.network_at(weights, bias).forward(points).output[:, 0]
        return outputs

    def shares(self, points: FloatArray) -> FloatArray:
        """Return the depth of every colour at points `(n, 2)` with the weights on show, `(n, roles)`."""
        outputs = self.outputs(points, self.weights, self.bias) / self.reach
        return signed(outputs) if self.both_ways else outputs[:, None]

    @property
    def output(self) -> float:
        """What the neuron says of the point."""
        return float(self.outputs(self.at[None], self.weights, self.bias)[0])

    @property
    def glow(self) -> tuple[float, Role]:
        """How brightly the neuron shines, and in which colour: those of the field where the point is."""
        output = self.output
        role: Role = _NEGATIVE if self.both_ways and output < 0 else "active"
        return min(abs(output) / self.reach, 1.0), role

    def stand(self, at: FloatArray) -> Self:
        """Put the point elsewhere, `(2,)` in data units."""
        self.at = np.asarray(at, dtype=np.float64)
        self.point.set_positions(self.view.to_scene(self.at[None]))
        return self

    def show(self, weights: FloatArray, bias: float, *, field: bool = True) -> Self:
        """Show the neuron with other weights `(2,)` and another bias."""
        self.weights, self.bias = np.asarray(weights, dtype=np.float64), float(bias)
        if field:
            self.field.show(self.shares)
        self.boundary.line(self.weights, -self.bias)
        self.raise_arrow(1.0)
        return self

    @property
    def foot(self) -> FloatArray:
        """Where the arrow stands: the point of the line nearest to the origin, `(2,)` in data units."""
        return -self.bias * self.weights / float(self.weights @ self.weights)

    def raise_arrow(self, share: float) -> Self:
        """Let the arrow be so much of its length."""
        reach = self.foot + share * self.scale_of_arrow * self.weights
        tail, head = self.view.to_scene(np.array([self.foot, reach]))
        self.arrow.reach(tail, head)
        along = self.weights / float(np.hypot(*self.weights))
        across = np.array([-along[1], along[0]])
        self.name.move_to(np.append(head + _AHEAD * along + 0.0 * across, 0.0))
        corners = np.array(
            [tail + _CORNER * across, tail + _CORNER * (across + along), tail + _CORNER * along]
        )
        self.corner.set_pieces(polyline(corners))
        return self

    def line_name(self, markup: str) -> Formula:
        """Return a formula that names the line, where it is clear of all that stands on the plane."""
        written = Formula(markup, self.theme, size=LABEL_SIZE * 1.1, halo=True)
        written.set_z_index(6.5)
        view, size = self.view, size_of(written)
        along = self.weights[::-1] * np.array([-1.0, 1.0]) / float(np.hypot(*self.weights))
        normal = self.weights / float(np.hypot(*self.weights))
        half = np.hypot(view.region.width, view.region.height) / 2
        foot = view.to_scene(self.foot[None])[0]
        off = float(np.abs(normal) @ size) / 2 + 0.16
        places = np.concatenate(
            [foot + side * off * normal + half * _PLACES[:, None] * along for side in (-1, 1)]
        )
        marks = np.array([self.arrow.tail, (self.arrow.tail + self.arrow.head) / 2, self.arrow.head])
        obstacles = [Obstacle(boxes_at(np.concatenate([marks, self.point.positions]), 0.5), reach=0.3)]
        obstacles.append(Obstacle(boxes_at(self.boundary.pieces.reshape(-1, 2), 0.3), reach=0.2))
        far = np.abs(np.concatenate([_PLACES, _PLACES]) - 0.45)
        middle = place(size, places, obstacles, within=view.region.inset(0.15), costs=far).middle
        written.move_to(np.append(middle, 0.0))
        return written
