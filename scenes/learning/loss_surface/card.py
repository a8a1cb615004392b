"""One network of the surface: its diagram, its two weights and its loss, live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import LEFT, VGroup

from nnmath import FloatArray, Network
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.numerals import math_brief, math_fixed, math_number, shown
from scenes.style.theme import Role, Theme

PAIR = "(w_(11), w_(21))"
_PLACES = 3
# What the two lines below the diagram need, in scene units, and at the most as a share of the height.
_LINES, _MOST = 1.0, 0.44
# How far a neuron swings out on its way, in radii.
_SWING = 1.3


class Card(VGroup):
    """A diagram over `(w₁₁, w₂₁) = …` and `L = …`, which follow the weights.

    Attributes:
        weights: the two weights on show, `(2,)`. loss: the loss there.
        diagram: of the network with those weights. pair, loss_line: what is written below.
        exchanged: by how much the hidden neurons have changed places, 1 when they have.
    """

    def __init__(
        self,
        theme: Theme,
        region: Region,
        role: Role,
        network_at: Callable[[FloatArray], Network],
        weights: FloatArray,
        loss: float,
        largest: float,
    ) -> None:
        """Stand in `region`; `largest` is the weight that is drawn widest."""
        super().__init__()
        lines_high = min(_LINES, _MOST * region.height)
        top = Region(region.left, region.bottom + lines_high, region.right, region.top)
        self.diagram = NetworkDiagram(network_at(weights), theme, top, column_names=("x", "h", "s"))
        self.network_at, self.largest, self.exchanged = network_at, largest, 0.0
        self.pair = Formula(_pair(np.array([-0.88, -0.88])), theme, size=FORMULA_SIZE, role=role)
        self.loss_line = Formula("L = 0.000", theme, size=FORMULA_SIZE, role="loss")
        lines = (self.pair, self.loss_line)
        factor = min(1.0, region.width / self.pair.width, lines_high / _LINES)
        left = region.center[0] - factor * self.pair.width / 2
        for line, up in zip(lines, (0.62, 0.08), strict=True):
            line.scale(factor).stand_at(np.array([left, region.bottom + up * lines_high, 0.0]), LEFT)
            line.set_z_index(PANEL)
        self._left = left
        self.add(self.diagram, self.pair, self.loss_line)
        self._homes = [self.neuron(k).middle.copy() for k in range(2)]
        self.show(weights, loss)

    def neuron(self, k: int) -> Neuron:
        """Return hidden neuron k."""
        return self.diagram.neuron(1, k)

    def show(self, weights: FloatArray, loss: float) -> Self:
        """Show the network with these weights `(2,)`."""
        self.weights, self.loss = np.array(weights), loss
        self.diagram.show_weights(self.network_at(weights), largest=self.largest)
        for line, text in ((self.pair, _pair(weights)), (self.loss_line, loss_written(loss))):
            if line.source != text:
                line.rewrite(text)
                line.shift(np.array([self._left - float(line.get_left()[0]), 0.0, 0.0]))
        return self

    def exchange(self, t: float) -> Self:
        """Have the hidden neurons come so far on their way to each other's place, their edges with them."""
        self.exchanged = t
        first, second = self._homes
        for k, (here, there) in enumerate(((first, second), (second, first))):
            aside = (1 if k == 0 else -1) * _SWING * self.diagram.radius * np.sin(np.pi * t)
            self.neuron(k).move_to(here + t * (there - here) + np.array([aside, 0.0, 0.0]))
        self.diagram.follow()
        return self

    def swap(self, **options: Any) -> Drive:
        """Return the animation in which the hidden neurons change places."""
        return Drive(self.diagram, self.exchange, **options)


def _pair(weights: FloatArray) -> str:
    first, second = (math_fixed(float(weight)) for weight in weights)
    return f"{PAIR} = ({first}, {second})"


def loss_written(loss: float) -> str:
    """Return the loss at an instant as formula markup."""
    number = math_brief(loss, _PLACES) if shown(loss, _PLACES) else math_number(loss, _PLACES)
    return f"L = {number}"
