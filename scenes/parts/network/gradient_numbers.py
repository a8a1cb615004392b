"""The derivatives by the weights in numbers on their edges, where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Animation, ManimColor, VGroup

from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.motion import Drive
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE
from scenes.style.numerals import math_significant
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_COVER = 0.5


class GradientNumbers(VGroup):
    """A number on every edge of those layers in which all have room.

    Attributes:
        labels: by layer, row and column. layers: those that have numbers.
    """

    def __init__(
        self, diagram: NetworkDiagram, theme: Theme, gradients: Sequence[FloatArray], learning_rate: float
    ) -> None:
        """Write the derivatives `(m, n)` of every layer, all of them hidden; they can turn into steps."""
        super().__init__()
        self.diagram, self.theme, self.gradients = diagram, theme, tuple(gradients)
        self.learning_rate = learning_rate
        self.labels: dict[tuple[int, int, int], EdgeLabel] = {}
        for layer, gradient in enumerate(gradients):
            # In the order of the diagram's edges.
            places = [(layer, m, n) for n in range(gradient.shape[1]) for m in range(len(gradient))]
            longest = [max(self._gradient(*place), self._step(*place), key=len) for place in places]
            for size in (LABEL_SIZE, SMALL_SIZE):
                found = diagram.edge_labels(layer, most_covered=_COVER, size=size, markups=longest)
                if found:
                    break
            for place, label in zip(places, found, strict=False):
                self.labels[place] = label
                self._tell(label, self._gradient(*place), "slope")
                label.formula.set_fill(opacity=0.0)
                label.backing.set_fill(opacity=0.0)
        self.layers = frozenset(layer for layer, _, _ in self.labels)

    def label(self, layer: int, m: int, n: int) -> EdgeLabel | None:
        """Return what stands on an edge, or None."""
        return self.labels.get((layer, m, n))

    def show(self, layer: int, m: int, n: int) -> None:
        """Have the number on an edge there at once, hidden or not."""
        self.add(self.labels[layer, m, n])

    def appear(self, layer: int, **options: Any) -> list[Animation]:
        """Return the animations in which the numbers of a layer appear, as far as they are not there."""
        labels = [label for place, label in self.labels.items() if place[0] == layer]
        labels = [label for label in labels if label not in self.submobjects]
        if not labels:
            return []
        self.add(*labels)

        def show(t: float) -> None:
            # The line beneath must have come by first.
            self._fade(labels, max(2.0 * t - 1.0, 0.0))

        return [Drive(VGroup(*labels), show, introducer=True, **options)]

    def turn(self, **options: Any) -> list[Animation]:
        """Return the animations in which each number turns into the step, −η times itself."""
        if not self.labels:
            return []
        turned = [False]

        def show(t: float) -> None:
            if t >= 0.5 and not turned[0]:
                turned[0] = True
                for place, label in self.labels.items():
                    self._tell(label, self._step(*place), "step")
            for label in self.labels.values():
                label.formula.set_fill(opacity=abs(2.0 * t - 1.0))

        return [Drive(self, show, **options)]

    def sink(self, **options: Any) -> list[Animation]:
        """Return the animations in which all numbers go."""
        labels = list(self.labels.values())
        return [Drive(self, lambda t: self._fade(labels, 1.0 - t), remover=True, **options)] if labels else []

    def _fade(self, labels: list[EdgeLabel], opacity: float) -> None:
        for label in labels:
            label.formula.set_fill(opacity=opacity)
            label.backing.set_fill(opacity=opacity)

    def _tell(self, label: EdgeLabel, markup: str, role: Role) -> None:
        label.formula.rewrite(markup).set_fill(ManimColor(self.theme[role]))
        label.formula.move_to(label.backing)

    def _gradient(self, layer: int, m: int, n: int) -> str:
        return math_significant(float(self.gradients[layer][m, n]))

    def _step(self, layer: int, m: int, n: int) -> str:
        return math_significant(-self.learning_rate * float(self.gradients[layer][m, n]))
