"""What the scenes about one layer share: the stage, the panel, and the way from the plane to the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from manim import Mobject, VGroup

from scenes.definition import P
from scenes.families.curves import ROOM
from scenes.families.one_layer.numbers import OneLayerNumbers
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.stack import stack
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import SMALL_SIZE
from scenes.style.numerals import math_matrix, math_term

L = TypeVar("L", bound=OneLayerNumbers)

COLUMN_PAINT = {"w11": "basis_i", "w12": "basis_j"}
# How much of its edge a weight may cover; the formula below gives it, too.
_COVERED = 0.8
# What readings take up above and below the line, and numbers over points, besides the margin, in scene units.
_READINGS, _NUMBERS = np.array([0.0, 1.15]), np.array([0.0, 0.3])


class OneLayerScene(ExplainerScene[P, L], Generic[P, L]):
    """A layer with two inputs and one output: its diagram, its formula, and the motion that it is."""

    def set_stage(self) -> None:
        """Build the plane, the line it will be laid onto, and the view that holds all of that motion."""
        numbers = self.numbers
        self.plane_view = View.filling(self.layout, [numbers.dataset.points, ROOM])
        self.line_view = View.filling(
            self.layout,
            numbers.clouds(),
            largest_unit=self.plane_view.unit,
            around=[(np.zeros((1, 2)), _READINGS), (numbers.dataset.points, _NUMBERS)],
        )
        self.space = Space(self.plane_view, self.theme, numbers.dataset, widest=self.line_view)
        self.line = NumberLine.along(self.line_view, self.theme)

    def compose_panel(self, *readings: Mobject) -> None:
        """Stand diagram and formula in the panel, with `readings` below."""
        numbers = self.numbers
        top, middle, low = self.layout.panel_parts()
        self.diagram = NetworkDiagram(numbers.drawn_network, self.theme, top, values=self.values_in_neurons())
        self.weights_on_edges = VGroup(
            *self.diagram.edge_labels(0, 0, most_covered=_COVERED, size=SMALL_SIZE)
        )
        self.rule = self.formula("f(bold(x)) = W bold(x) + b").within(middle)
        filled = f"= {math_matrix(numbers.shown_weights)} bold(x) {math_term(numbers.shown_bias)}"
        self.filled_rule = self.formula(filled, paint=COLUMN_PAINT)
        stack(low, [self.filled_rule, *readings], self.layout.panel_flow)

    def values_in_neurons(self) -> Sequence[float]:
        """Return the numbers that will stand in the diagram's neurons."""
        return ()

    def show_layer(self) -> None:
        """Fade in the diagram and the formula, in letters and in numbers."""
        self.appear(self.diagram, self.rule, run_time=0.8)
        self.appear(self.weights_on_edges, self.filled_rule, run_time=0.8)

    def turn(self, seconds: float) -> None:
        """Make room, let W act, and draw the number line that the plane has become."""
        space = self.space
        self.add(space)
        self.play(space.glide(self.line_view), self.diagram.light_column(1), run_time=0.8)
        self.play(space.move(self.numbers.turned), run_time=seconds)
        names = space.basis.names
        self.appear(self.line, instead_of=[names], run_time=0.4)
        # Nothing on the line needs them again, and the line's numbers stand where they would be.
        space.basis.remove(names)

    def slide(self) -> None:
        """Slide everything on the line by b."""
        self.play(self.space.move(self.numbers.shifted), run_time=1.6)
