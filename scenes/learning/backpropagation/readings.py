"""What neurons say: their activation or, on the way back, their share in the error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import numpy as np
from manim import VGroup

from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron
from scenes.stage.motion import Drive
from scenes.style.numerals import math_significant
from scenes.style.theme import Role

Kind = Literal["activation", "share"]
# No number in a diagram is larger than so many times the smallest.
_EVEN = 1.5
_ROLES: dict[Kind, Role] = {"activation": "active", "share": "slope"}


class Readings:
    """Numbers in the neurons of a diagram, which shine in mint by activation, in orange by share.

    Attributes:
        digits: of every number, or None where numbers would be too small to read: then neurons only shine.
        reach: by kind, for every column, the size at which its neurons shine with the whole colour.
        kinds: what each column says now.
    """

    def __init__(
        self, diagram: NetworkDiagram, digits: int | None, reach: dict[Kind, Sequence[float]]
    ) -> None:
        self.diagram, self.digits, self.reach = diagram, digits, reach
        self.kinds: dict[int, Kind] = {}
        self.most = np.inf

    def even_out(self, markups: Iterable[str]) -> None:
        """Write all numbers in sizes that differ little; `markups` are those that will be told."""
        neuron = self.diagram.neuron(0, 0)
        kept = neuron.inside.source if neuron.inside is not None else ""
        sizes = []
        for markup in set(markups):
            neuron.tell(markup)
            sizes.append(neuron.inside.size if neuron.inside is not None else np.inf)
        self.most = _EVEN * min(sizes, default=np.inf)
        if kept:
            self.write(neuron, kept)

    def write(self, neuron: Neuron, markup: str) -> None:
        """Have a neuron say something at once, no larger than numbers are here."""
        neuron.tell(markup)
        if neuron.inside is not None and neuron.inside.size > self.most:
            neuron.inside.scale(self.most / neuron.inside.size)

    def level(self, column: int, value: float, kind: Kind = "activation") -> float:
        """Return how brightly a neuron shines at a value, in [0, 1]."""
        return min(abs(value) / (self.reach[kind][column] or 1.0), 1.0)

    def show(self, column: int, values: Sequence[float], kind: Kind = "activation") -> None:
        """Show a value in every neuron of a column at once."""
        self.kinds[column] = kind
        for k, value in enumerate(values):
            self._tell(self.diagram.neuron(column, k), column, value, kind)

    def arrive(
        self, column: int, values: Sequence[float], kind: Kind = "activation", **options: Any
    ) -> Drive:
        """Return the animation in which values take the place of what a column's neurons said and shone.

        What is said and shone goes before the new comes: two writings in one place cannot be read.
        """
        neurons = [self.diagram.neuron(column, k) for k in range(len(values))]
        old = self.kinds.get(column, kind)
        changes = [
            self._change(neuron, column, value, old, kind)
            for neuron, value in zip(neurons, values, strict=True)
        ]
        self.kinds[column] = kind

        def show(t: float) -> None:
            for change in changes:
                change(t)

        return Drive(VGroup(*neurons), show, **{"run_time": 0.6, **options})

    def _change(
        self, neuron: Neuron, column: int, value: float, old: Kind, kind: Kind
    ) -> Callable[[float], None]:
        before, after = neuron.level, self.level(column, value, kind)
        spoke = 0.0
        if self.digits is not None:
            if neuron.inside is None:
                # What is drawn must be there, if hidden, before the motion begins.
                self.write(neuron, self.markup(value))
                assert neuron.inside is not None
                neuron.inside.set_fill(opacity=0.0)
            else:
                spoke = float(neuron.inside.submobjects[0].get_fill_opacity())
        same = old == kind

        def show(t: float) -> None:
            late = t >= 0.5
            if same:
                neuron.glow(before + t * (after - before), _ROLES[kind])
            else:
                share = 2.0 * t - 1.0 if late else 1.0 - 2.0 * t
                neuron.glow(share * (after if late else before), _ROLES[kind if late else old])
            if neuron.inside is not None:
                if late:
                    self.write(neuron, self.markup(value))
                neuron.inside.set_fill(opacity=2.0 * t - 1.0 if late else spoke * (1.0 - 2.0 * t))

        return show

    def _tell(self, neuron: Neuron, column: int, value: float, kind: Kind) -> None:
        if self.digits is not None:
            self.write(neuron, self.markup(value))
        neuron.glow(self.level(column, value, kind), _ROLES[kind])

    def markup(self, value: float) -> str:
        """Return a value as it stands in a neuron."""
        return math_significant(value, self.digits or 1, full=True)
