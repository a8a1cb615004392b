"""The network with its loss as one more node, their names, targets and readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import VGroup

from scenes.learning.backpropagation.links import neuron_name, share_name
from scenes.learning.backpropagation.numbers import BackpropagationNumbers, Round
from scenes.learning.backpropagation.readings import Kind, Readings
from scenes.parts.network.edge import Edge
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.neuron import Neuron, half_width_for
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_number, math_significant
from scenes.style.theme import Theme

RADIUS = 0.68
# The loss's ring is at least so large, and a name needs so much room above a ring, in scene units.
_LOSS_RADIUS, _NAME_ROOM, _ASIDE = 0.4, 0.52, 0.13
# Edges are at least so long, as a share of what neighbouring columns are apart.
_MOST_RADIUS = 0.26
# Neurons are not made smaller than this for the sake of their names, in scene units.
_NAMED_RADIUS = 0.33
# How far neighbours in a column are apart at the most, in radii.
_SPACING = 6.0
_DIGITS = (3, 2)
# Activations that never leave [-1, 1]: their size is the brightness.
_BOUNDED = ("sigmoid", "tanh")
_SAMPLES = 5


class Picture(VGroup):
    """A network's diagram, and at its right the loss, joined to every output.

    Attributes:
        diagram: of the network. readings: what its neurons say.
        loss: the node of the loss. loss_edges: one from every output. target_edges: one from every target, if
            there are several.
        targets: what the outputs should be.
        names: of hidden and output neurons, by column and place, where there is room for them.
    """

    def __init__(self, numbers: BackpropagationNumbers, theme: Theme, region: Region) -> None:
        super().__init__()
        self.numbers, self.theme, self.region = numbers, theme, region
        outputs = numbers.network.output_size
        self.targets = self._write_targets(outputs)
        aside = max(target.width for target in self.targets) + 0.35 if outputs > 1 else 0.0
        inner = replace(region, right=region.right - aside)
        sizes = numbers.network.sizes
        self.named = self._has_room_for_names(inner)
        body = replace(inner, top=inner.top - (_NAME_ROOM if self.named else 0.0))
        radius = min(RADIUS, _MOST_RADIUS * inner.width / len(sizes))
        if self.named:
            radius = min(radius, self._beside_names(inner))
        share = (len(sizes) - 1) / len(sizes)
        width = (inner.width - 2 * radius) * share + 2 * radius
        diagram_region = replace(body, right=body.left + width)
        digits: int | None = None
        for digits in _DIGITS:
            written = [math_significant(value, digits, full=True) for value in self._told()]
            self.diagram = NetworkDiagram(
                numbers.network,
                theme,
                diagram_region,
                names="none",
                values=written,
                radius=radius,
                spacing=_SPACING,
            )
            needed = half_width_for(written, theme, self.diagram.radius)
            if needed <= self.diagram.half_width + 1e-6:
                break
        else:
            digits = None
            self.diagram = self._drawn(diagram_region, radius, [])
        self.readings = self._read(digits)
        self._join_loss(inner)
        self._stand_targets(region)
        self.names: dict[tuple[int, int], Formula] = dict(self._write_names())
        self.add(self.diagram, *self.loss_edges, *self.target_edges, self.loss, *self.targets)
        self.add(*self.names.values())

    @property
    def columns(self) -> int:
        """How many columns of neurons there are; the loss is one more."""
        return len(self.numbers.network.sizes)

    def values(self, column: int, passed: Round) -> list[float]:
        """Return what a column's neurons say in a pass."""
        forward = passed.forward
        values: list[float] = (forward.inputs if column == 0 else forward.activations[column - 1])[0].tolist()
        return values

    def shares(self, column: int) -> list[float]:
        """Return every share of a column's neurons in the error."""
        shares: list[float] = self.numbers.backward.layers[column - 1].delta[0].tolist()
        return shares

    def show_loss(self, loss: float) -> None:
        """Show a loss at once."""
        self.loss.tell(self.loss_markup(loss))

    def loss_markup(self, loss: float) -> str:
        """Return a loss as it stands in its node."""
        return math_significant(loss, full=True)

    def arrive(
        self, column: int, values: Sequence[float], kind: Kind = "activation", **options: Any
    ) -> list[Drive]:
        """Return the animations in which values arrive in a column, with names of their kind."""
        arriving = [self.readings.arrive(column, values, kind, **options)]
        for (of, k), name in self.names.items():
            markup = self._markup_of(of, k, kind) if of == column else name.source
            if markup != name.source:
                arriving.append(_rename(name, markup, **{"run_time": 0.6, **options}))
        return arriving

    def _markup_of(self, column: int, k: int, kind: Kind) -> str:
        name = neuron_name if kind == "activation" else share_name
        return name(self.numbers.network.sizes, column, k)

    def loss_arrives(self, loss: float, **options: Any) -> Drive:
        """Return the animation in which a loss takes the place of the one before."""
        node = self.loss
        spoke = 0.0 if node.inside is None else 1.0
        if node.inside is None:
            node.write(self.loss_markup(loss)).set_fill(opacity=0.0)

        def show(t: float) -> None:
            if t >= 0.5:
                node.tell(self.loss_markup(loss))
            assert node.inside is not None
            node.inside.set_fill(opacity=2.0 * t - 1.0 if t >= 0.5 else spoke * (1.0 - 2.0 * t))

        return Drive(node, show, **{"run_time": 0.6, **options})

    # Construction.

    def _drawn(self, region: Region, radius: float, written: Sequence[str]) -> NetworkDiagram:
        return NetworkDiagram(
            self.numbers.network,
            self.theme,
            region,
            names="none",
            values=written,
            radius=radius,
            spacing=_SPACING,
        )

    def _told(self) -> Iterator[float]:
        """Yield all numbers that may stand in neurons."""
        numbers = self.numbers
        nudges = [numbers.nudged(share * numbers.nudge) for share in np.linspace(-1.0, 1.0, _SAMPLES)]
        for passed in (numbers.still, *nudges, *numbers.rounds):
            for values in (passed.forward.inputs, *passed.forward.activations):
                yield from values[0].tolist()
        for column in range(1, len(numbers.network.sizes)):
            yield from self.shares(column)

    def _has_room_for_names(self, region: Region) -> bool:
        return self._beside_names(region) >= _NAMED_RADIUS

    def _beside_names(self, region: Region) -> float:
        """Return the largest radius of neurons that leave room for a name above each."""
        return (region.height / max(self.numbers.network.sizes) - _NAME_ROOM) / 2

    def _read(self, digits: int | None) -> Readings:
        numbers = self.numbers
        passes = (numbers.still, *numbers.rounds)
        activations = [np.inf]
        for k, layer in enumerate(numbers.network.layers):
            largest = max(float(np.abs(each.forward.activations[k]).max()) for each in passes)
            activations.append(1.0 if layer.activation.name in _BOUNDED else largest)
        largest = max(float(np.abs(layer.delta).max()) for layer in numbers.backward.layers)
        shares = [largest] * len(activations)
        readings = Readings(self.diagram, digits, {"activation": activations, "share": shares})
        if digits is not None:
            readings.even_out(math_significant(value, digits, full=True) for value in self._told())
        readings.show(0, self.values(0, numbers.still))
        if digits is not None:
            for k, value in enumerate(self.values(0, numbers.still)):
                # These never change, and so need no noughts at their end.
                readings.write(self.diagram.neuron(0, k), math_significant(value, digits))
        return readings

    def _write_targets(self, outputs: int) -> list[Formula]:
        lead = "t = " if outputs == 1 else ""
        return [
            Formula(lead + math_number(target), self.theme, size=LABEL_SIZE if outputs == 1 else SMALL_SIZE)
            for target in self.numbers.targets.tolist()
        ]

    def _join_loss(self, inner: Region) -> None:
        diagram, last = self.diagram, self.columns - 1
        losses = [self.numbers.loss, *(each.loss for each in self.numbers.rounds)]
        losses += [self.numbers.nudged(sign * self.numbers.nudge).loss for sign in (-1, 1)]
        radius = max(diagram.radius, min(_LOSS_RADIUS, RADIUS))
        half = half_width_for(map(self.loss_markup, losses), self.theme, radius)
        outputs = [diagram.neuron(last, k) for k in diagram.shown[last]]
        step = float(outputs[0].middle[0] - diagram.neuron(last - 1, 0).middle[0])
        # The one target stands below it, and may be wider.
        room = max(half, self.targets[0].width / 2) if len(self.targets) == 1 else half
        x = min(float(outputs[0].middle[0]) + step, inner.right - room)
        center = np.array([x, diagram.region.center[1], 0.0])
        self.loss = Neuron(self.theme, center, radius, half_width=half, role="loss")
        self.loss_edges = [
            Edge(self.theme, *output.ends_to(self.loss), "loss").show(1.0) for output in outputs
        ]

    def _stand_targets(self, region: Region) -> None:
        self.target_edges: list[Edge] = []
        if len(self.targets) == 1:
            place = self.loss.ring.get_bottom() - np.array([0.0, _ASIDE, 0.0])
            self.targets[0].move_to(place - np.array([0.0, self.targets[0].height / 2, 0.0]))
        else:
            last = self.columns - 1
            width = max(target.width for target in self.targets)
            x = min(float(self.loss.ring.get_right()[0]) + 0.6 + width, region.right) - width / 2
            for k, target in enumerate(self.targets):
                target.move_to([x, self.diagram.neuron(last, k).middle[1], 0.0])
                start = np.array([target.get_left()[0] - 0.08, target.get_center()[1]])
                along = start - self.loss.port(1)
                self.target_edges.append(Edge(self.theme, start, self.loss.rim(along, 1), "faint").show(1.0))
                self.target_edges[-1].set_stroke(width=1.6)
            name = Formula("t", self.theme, size=LABEL_SIZE, role="muted")
            name.move_to(self.targets[0].get_top() + np.array([0.0, _ASIDE + name.height / 2, 0.0]))
            if float(name.get_top()[1]) <= region.top:
                self.add(name.set_z_index(PANEL + 3))
        for target in self.targets:
            target.set_z_index(PANEL + 3)

    def _write_names(self) -> Iterator[tuple[tuple[int, int], Formula]]:
        sizes = self.numbers.network.sizes
        if self.named:
            for column in range(1, self.columns):
                for k in range(sizes[column]):
                    yield (
                        (column, k),
                        self._name(self.diagram.neuron(column, k), neuron_name(sizes, column, k)),
                    )
        yield (self.columns, 0), self._name(self.loss, "L")

    def _name(self, neuron: Neuron, markup: str) -> Formula:
        name = Formula(markup, self.theme, size=LABEL_SIZE, role="muted", halo=True)
        place = neuron.ring.get_top() + np.array([0.0, _ASIDE, 0.0])
        name.move_to(place + np.array([0.0, name.height / 2, 0.0]))
        name.set_z_index(PANEL + 3)
        return name


def _rename(name: Formula, markup: str, **options: Any) -> Drive:
    """Return the animation in which a name goes, and another one comes in its place."""

    def show(t: float) -> None:
        if t >= 0.5 and name.source != markup:
            middle = float(name.get_center()[0])
            name.rewrite(markup).shift(np.array([middle - float(name.get_center()[0]), 0.0, 0.0]))
        name.set_fill(opacity=abs(2.0 * t - 1.0))

    return Drive(name, show, **options)
