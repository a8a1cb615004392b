"""What a forward pass leaves in a network: numbers in its neurons, as bright as they are active."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nnmath import FloatArray, ForwardPass
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron
from scenes.stage.motion import Drive
from scenes.style.numerals import math_brief
from scenes.style.theme import Role

# Activations that never leave [-1, 1]: their size is the brightness.
_BOUNDED = ("sigmoid", "tanh", "softmax")


class Signals:
    """The values of a forward pass in a diagram of the network that computed them.

    A neuron shines as brightly as it is active: its colour is 0 at an activation of 0, and whole at 1 for
    sigmoid, tanh and softmax, else at the largest activation of `passes`. Inputs keep the colour of their
    column, and do not shine.

    Attributes:
        diagram: where they are shown. places: the decimals of every number, unless others are asked for.
        reach: for every column of the diagram, the value at which its neurons shine with the whole colour.
    """

    def __init__(
        self,
        diagram: NetworkDiagram,
        passes: Sequence[ForwardPass],
        *,
        places: int = 2,
        role: Role = "active",
    ) -> None:
        """Prepare to show the `passes` of the diagram's network; ValueError if it has no numbers."""
        if diagram.network is None:
            raise ValueError("diagram must have a network with numbers")
        self.diagram, self.places, self.role = diagram, places, role
        layers = diagram.network.layers
        largest = [
            max(float(np.abs(each.activations[k]).max(initial=0.0)) for each in passes)
            for k in range(len(layers))
        ]
        self.reach = (
            np.inf,
            *(
                1.0 if layer.activation.name in _BOUNDED else most or 1.0
                for layer, most in zip(layers, largest, strict=True)
            ),
        )

    def level(self, column: int, value: float) -> float:
        """Return how brightly a neuron of a column shines at a value, in [0, 1]."""
        return min(abs(value) / self.reach[column], 1.0)

    def arrive(
        self,
        column: int,
        values: FloatArray,
        places: int | None = None,
        *,
        shine: bool = True,
        write: Callable[[float], str] | None = None,
        **options: Any,
    ) -> Drive:
        """Return the animation in which values take the place of what a column's neurons said and shone.

        What is said goes before what follows it comes, since two writings in one place cannot be read.

        Args:
            shine: whether the values are activations, or sums that nothing shines for yet.
            write: how a value is written, as formula markup; with `places` decimals unless given.
        """
        decimals = self.places if places is None else places
        said = write or (lambda value: math_brief(value, decimals))
        changes = [
            self._change(self.diagram.neuron(column, k), column, float(values[k]), shine, said)
            for k in self.diagram.shown[column]
        ]

        def show(t: float) -> None:
            for change in changes:
                change(t)

        return Drive(self.diagram.column(column), show, **{"run_time": 0.6, **options})

    def _change(
        self, neuron: Neuron, column: int, value: float, shine: bool, said: Callable[[float], str]
    ) -> Callable[[float], None]:
        """Return what shows a neuron at time `t` of its change to a value."""
        before, after = neuron.level, self.level(column, value) if shine else 0.0
        # What is drawn must be there, if hidden, before the motion begins.
        inside = neuron.inside or neuron.write(said(value)).set_fill(opacity=0.0)
        spoke = float(inside.submobjects[0].get_fill_opacity())

        def show(t: float) -> None:
            if t >= 0.5:
                neuron.tell(said(value))
                neuron.number = value
            neuron.glow(before + t * (after - before), self.role)
            inside.set_fill(opacity=(2.0 * t - 1.0) if t >= 0.5 else spoke * (1.0 - 2.0 * t))

        return show
