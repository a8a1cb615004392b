"""Two layers shrink into one: the hidden column goes, and the edges that led to it lead on to the output."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from nnmath import Layer
from scenes.parts.network.edge import Edge
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron
from scenes.stage.motion import Drive

FloatArray = npt.NDArray[np.float64]

# The share of the time after which the hidden neurons are gone.
_GONE = 0.7


def shrink_to(diagram: NetworkDiagram, layer: Layer, **options: Any) -> Drive:
    """Return the animation in which a diagram of two layers becomes that of one 2-1 `layer`.

    Of each input's edges one grows on to the output, and takes the weight that the input has in `layer`; the
    others draw back, those of the inputs to where they come from and the last layer's to the output.
    """
    output = diagram.neuron(2, 0)
    hidden = [_Shrinking(diagram.neuron(1, m)) for m in diagram.shown[1]]
    largest = float(np.abs(layer.weights).max())
    kept = [
        _Growing(diagram.edge(0, n, n), diagram.neuron(0, n), output, float(layer.weights[0, n]), largest)
        for n in diagram.shown[0]
    ]
    back = [diagram.edge(0, m, n) for m in diagram.shown[1] for n in diagram.shown[0] if m != n]
    ahead = [(edge, edge.start.copy()) for edge in diagram.edges(1)]

    def show(t: float) -> None:
        left = max(1.0 - t / _GONE, 0.0)
        for neuron in hidden:
            neuron.show(left)
        for growing in kept:
            growing.show(t)
        for edge in back:
            edge.show(left)
        for edge, start in ahead:
            edge.start = edge.end + left * (start - edge.end)
            edge.show(1.0 if left else 0.0)

    return Drive(diagram, show, **options)


class _Shrinking:
    """A neuron that shrinks to its middle."""

    def __init__(self, neuron: Neuron) -> None:
        self.middle, self.ring = neuron.middle, neuron.ring
        self.width = float(neuron.ring.get_stroke_width())
        self.whole = [(member, member.points.copy()) for member in neuron.family_members_with_points()]

    def show(self, left: float) -> None:
        """Show what is left of it, in shares of its size."""
        for member, points in self.whole:
            member.set_points(self.middle + left * (points - self.middle) if left else np.zeros((0, 3)))
        self.ring.set_stroke(width=left * self.width)


class _Growing:
    """An edge to a hidden neuron that becomes the edge to the output."""

    def __init__(self, edge: Edge, first: Neuron, last: Neuron, weight: float, largest: float) -> None:
        self.edge, self.weight = edge, weight
        self.start, self.end = edge.start.copy(), edge.end.copy()
        self.new_start, self.new_end = first.ends_to(last)
        self.old_weight, self.old_width = edge.weight, float(edge.get_stroke_width())
        self.new_width = edge.widths.of(weight, largest)

    def show(self, t: float) -> None:
        """Show it at a share of its way."""
        edge = self.edge
        edge.start = self.start + t * (self.new_start - self.start)
        edge.end = self.end + t * (self.new_end - self.end)
        edge.weight = self.weight if t > 0.5 else self.old_weight
        edge.width_at_rest = self.old_width + t * (self.new_width - self.old_width)
        edge.set_stroke(width=edge.width_at_rest)
        edge.show(1.0)
