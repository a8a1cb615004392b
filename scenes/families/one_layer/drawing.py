"""What the scenes about one layer share: its diagram, its formula, and the weights on its edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from manim import VGroup

from scenes.definition import P
from scenes.families.one_layer.numbers import OneLayerNumbers
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_matrix, math_term

L = TypeVar("L", bound=OneLayerNumbers)

COLUMN_PAINT = {"w11": "basis_i", "w12": "basis_j"}
# The em of weights on their edges, and how much of its edge a weight of that size may cover; the formula
# gives them, too.
_SIZES = ((LABEL_SIZE, 0.4), (SMALL_SIZE, 0.8))


class OneLayerScene(ExplainerScene[P, L], Generic[P, L]):
    """A layer with two inputs and one output, the score s."""

    def compose_diagram(self, region: Region) -> None:
        """Stand the layer's diagram in a region of the panel, with its weights on its edges."""
        drawn = self.numbers.drawn_network
        self.diagram = NetworkDiagram(
            drawn, self.theme, region, column_names=("x", "s"), values=self.values_in_neurons()
        )
        labels = (self.diagram.edge_labels(0, 0, most_covered=most, size=size) for size, most in _SIZES)
        self.weights_on_edges = VGroup(*next((fitting for fitting in labels if fitting), []))

    def filled(self, start: str) -> str:
        """Return the markup of the layer's formula in numbers, behind `start`, such as `s =`."""
        numbers = self.numbers
        return f"{start} {math_matrix(numbers.shown_weights)} bold(x) {math_term(numbers.shown_bias)}"

    def values_in_neurons(self) -> Sequence[float]:
        """Return the numbers that will stand in the diagram's neurons."""
        return ()
