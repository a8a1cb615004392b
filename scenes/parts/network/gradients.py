"""A gradient in a network: over every edge a line as wide as the loss's derivative by that weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath import Network
from scenes.parts.network.edge import DIM, Edge, EdgeWidths
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.pulses import Pulses
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.style.colour import blend, rgb
from scenes.style.layout import Region
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

# Wider apart than those of weights, so that a gradient can be seen to fade.
_WIDTHS = EdgeWidths(thinnest=0.9, widest=11.0)
_THINNEST = 0.9
_STANDS_BACK = 1.6
_PULSE, _PULSE_RADIUS = 0.22, 0.36


class GradientEdges(VGroup):
    """Lines that grow back along the edges of a diagram, dashed where the derivative is negative.

    A derivative of 0 has no line. While they are there, the edges below stand back, as thin lines.

    Attributes:
        gradients: for every layer the derivatives by its weights, `(m, n)`.
        largest: the size of the derivative that is drawn widest.
    """

    def __init__(
        self,
        diagram: NetworkDiagram,
        theme: Theme,
        gradients: Sequence[FloatArray],
        *,
        role: Role = "slope",
        largest: float | None = None,
    ) -> None:
        """Prepare the lines, none of them drawn yet."""
        super().__init__()
        self.diagram, self.theme = diagram, theme
        self.role: Role = role
        self.gradients = tuple(gradients)
        self.largest = max(float(np.abs(each).max()) for each in gradients) if largest is None else largest
        self._lines: dict[tuple[int, int, int], Edge] = {}
        for layer, m, n in self._places(range(len(self.gradients))):
            below = diagram.edge(layer, m, n)
            share = min(1.0, below.widths.widest / EdgeWidths().widest)
            widths = EdgeWidths(_THINNEST, max(share * _WIDTHS.widest, 2.6))
            line = Edge(theme, below.end, below.start, role, widths)
            line.set_weight(float(self.gradients[layer][m, n]), self.largest).show(0.0)
            line.set_z_index(PANEL + 0.3)
            self._lines[layer, m, n] = line
        self.add(*self._lines.values())

    def line(self, layer: int, m: int, n: int) -> Edge:
        """Return the line over the edge of weight [m, n] of a layer, from its end back to its start."""
        return self._lines[layer, m, n]

    def run_back_one(self, layer: int, m: int, n: int, **options: Any) -> Drive:
        """Return the animation in which a single line grows back."""
        line = self.line(layer, m, n)
        return Drive(line, lambda t: line.show(t if line.weight else 0.0), **options)

    def run_back(self, layers: Iterable[int], **options: Any) -> Drive:
        """Return the animation in which the lines of layers grow back, and the edges below stand back."""
        places = self._places(layers)
        below = [self.diagram.edge(*place) for place in places]
        thin = _thinning(below)
        lines = [self._lines[place] for place in places]
        drawn = [line.drawn for line in lines]

        def show(t: float) -> None:
            thin(t)
            for line, before in zip(lines, drawn, strict=True):
                # One that is there already stays.
                line.show(max(t, before) if line.weight else 0.0)

        return Drive(VGroup(*lines, *below), show, **options)

    def stand_back(self, **options: Any) -> Drive:
        """Return the animation in which all edges below stand back, as thin lines."""
        below = [self.diagram.edge(*place) for place in self._places(range(len(self.gradients)))]
        thin = _thinning(below)
        return Drive(VGroup(*below), thin, **options)

    def dress(self, role: Role, **options: Any) -> Drive:
        """Return the animation in which all lines take another colour."""
        old, new = rgb(self.theme[self.role]), rgb(self.theme[role])
        self.role = role

        def show(t: float) -> None:
            red, green, blue = (round(255 * float(part)) for part in blend(new, old, t))
            for line in self._lines.values():
                line.set_stroke(color=f"#{red:02x}{green:02x}{blue:02x}")

        return Drive(self, show, **{"run_time": 0.6, **options})

    def give_back(self, network: Network, **options: Any) -> Drive:
        """Return the animation in which the lines sink into their edges, which take a network's weights."""
        places = self._places(range(len(self.gradients)))
        lines = [self._lines[place] for place in places]
        below = [self.diagram.edge(*place) for place in places]
        before = [(edge.get_stroke_width(), edge.get_stroke_opacity()) for edge in below]
        widths = [line.get_stroke_width() for line in lines]
        weights = [float(network.layers[layer].weights[m, n]) for layer, m, n in places]

        def show(t: float) -> None:
            for line, width in zip(lines, widths, strict=True):
                line.set_stroke(width=(1.0 - t) * width)
                if t >= 1.0:
                    line.show(0.0)
                    line.set_stroke(width=width)
            for edge, weight, (width, opacity) in zip(below, weights, before, strict=True):
                edge.set_weight(weight, self.diagram.largest)
                wanted = edge.get_stroke_width()
                edge.set_stroke(width=width + t * (wanted - width), opacity=opacity + t * (1.0 - opacity))

        return Drive(VGroup(*lines, *below), show, **options)

    def pulses(self, layer: int, **options: Any) -> Drive:
        """Return the animation in which a pulse runs back along every edge of a layer."""
        return back_pulses(
            self.theme, self.diagram.edges(layer), self.diagram.radius, self.diagram.region, **options
        )

    def _places(self, layers: Iterable[int]) -> list[tuple[int, int, int]]:
        shown = self.diagram.shown
        return [(layer, m, n) for layer in layers for n in shown[layer] for m in shown[layer + 1]]


def _thinning(edges: Sequence[Edge]) -> Callable[[float], None]:
    """Return what shows edges on their way to standing back."""
    before = [(edge.get_stroke_width(), edge.get_stroke_opacity()) for edge in edges]

    def show(t: float) -> None:
        for edge, (width, opacity) in zip(edges, before, strict=True):
            thin = min(width, _STANDS_BACK)
            edge.set_stroke(width=width + t * (thin - width), opacity=opacity + t * (DIM - opacity))

    return show


def back_pulses(
    theme: Theme, edges: Sequence[Edge], radius: float, region: Region, role: Role = "slope", **options: Any
) -> Drive:
    """Return the animation in which pulses run back along edges between neurons of a radius."""
    pulses = Pulses(theme[role], _PULSE * min(1.0, radius / _PULSE_RADIUS), region)
    return pulses.run(edges, back=True, **options)
