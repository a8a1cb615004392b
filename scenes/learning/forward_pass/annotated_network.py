"""The network on stage: its diagram with headings, names over neurons, and weights on edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from manim import LEFT, UP, VGroup, VMobject

from nnmath import FloatArray
from scenes.learning.forward_pass.composition import Composition
from scenes.learning.forward_pass.numbers import GIVEN_PLACES, PLACES, ForwardPassNumbers, places_in, says
from scenes.parts.network.edge import DIM, Edge
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.headings import Headings
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.signals import Signals
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

_ASIDE = 0.12
# The em of what is written on edges, the largest first, and how much of its edge it may cover.
_LABEL_SIZES = (0.42, 0.36, 0.3)
_COVER, _COVER_BESIDE = 0.55, 0.8
# More would run into each other where neurons come closer.
_MOST_LABELS = 6
_ON_THE_WAY = np.linspace(0.0, 1.0, 7).tolist()
# In a wide room columns stand so much farther apart than a diagram puts them.
_FARTHER = 1.5


@dataclass(frozen=True)
class Arrangement:
    """How far apart the neurons stand, as shares of the distances that a diagram gives them.

    Attributes:
        offset: how far all stand from there, `(2,)`.
        mixture: how much it is like each of those in which weights have places of their own, `(4,)`.
    """

    across: float
    up: float
    offset: FloatArray
    mixture: FloatArray

    def towards(self, other: Arrangement, t: float) -> Arrangement:
        """Return what is at time `t` of an even change to another one."""
        return Arrangement(
            self.across + t * (other.across - self.across),
            self.up + t * (other.up - self.up),
            self.offset + t * (other.offset - self.offset),
            self.mixture + t * (other.mixture - self.mixture),
        )


class AnnotatedNetwork(VGroup):
    """A network whose neurons can stand closer together or farther apart, with all that is written at them.

    Attributes:
        diagram: neurons and edges. headings: the names of its layers. signals: the values in its neurons.
        names: what is written over neurons, and left of inputs, by column; empty in a crowd.
        first, beside, last, compared: how it stands in the regions of its composition.
        weights: what is written on the edges of each layer; empty where there is no room.
        products: what is written there while they are multiplied.
    """

    def __init__(
        self,
        theme: Theme,
        numbers: ForwardPassNumbers,
        parts: Composition,
        headings: Sequence[str | tuple[str, ...]],
        within: Region,
        locale: str,
    ) -> None:
        super().__init__()
        self.theme, self.numbers, self.parts = theme, numbers, parts
        self.diagram = self._drawn()
        self.signals = Signals(self.diagram, [numbers.forward], places=PLACES)
        self.names = [self._named(column) for column in range(len(numbers.sizes))]
        self.headings = Headings(self.diagram, headings, within, locale, clearance=parts.clearance)
        regions = parts.first, parts.beside, parts.last, parts.compared
        self.first, self.beside, self.last, self.compared = (
            self._arrangement(region, kind) for kind, region in enumerate(regions)
        )
        self._now = self.first
        self.weights, self._shares = self._weighed()
        self._leave_out_what_collides()
        self.stand(self.first)
        self.products: list[EdgeLabel] = []
        self.add(self.diagram, self.headings, *(label for labels in self.weights for label in labels))

    def _drawn(self) -> NetworkDiagram:
        numbers, parts = self.numbers, self.parts
        columns = enumerate(numbers.columns)
        said = [says(value, places_in(k)) for k, values in columns for value in values.ravel().tolist()]
        if not numbers.crowded:
            said += [says(value) for sums in numbers.forward.pre_activations for value in sums[0].tolist()]
        else:
            said = [
                says(value, GIVEN_PLACES) for values in numbers.columns for value in values.ravel().tolist()
            ]
        diagram = NetworkDiagram(
            numbers.network,
            self.theme,
            parts.first,
            names="none",
            values=said,
            radius=parts.radius,
            flow="down" if parts.down else "across",
            web=numbers.crowded,
        )
        for layer in range(len(numbers.network.layers)):
            for edge in diagram.edges(layer):
                if not numbers.crowded:
                    edge.opacity_at_rest = DIM
                edge.shine(0.0)
        return diagram

    def _named(self, column: int) -> list[Formula]:
        """Write the names of a column's neurons, over them or left of inputs."""
        if self.numbers.crowded:
            return []
        names = []
        for k, neuron in enumerate(self.diagram.column(column), start=1):
            letter, size = self.diagram.column_names[column], self.numbers.sizes[column]
            alone = size == 1 and column == len(self.numbers.sizes) - 1
            # On a rim, since what enters passes behind it.
            name = Formula(
                letter if alone else f"{letter}_{k}", self.theme, size=LABEL_SIZE, role="muted", halo=True
            )
            if column:
                name.next_to(neuron.ring, UP, buff=_ASIDE)
            else:
                name.next_to(neuron.ring, LEFT, buff=_ASIDE)
            neuron.add(name.set_z_index(PANEL + 3))
            names.append(name)
        return names

    # Where all of it stands.

    def _arrangement(self, region: Region, kind: int) -> Arrangement:
        """Return the one that fits a region, weights standing on edges as in one `kind` of four."""
        diagram, first = self.diagram, self.parts.first
        middles = np.array(
            [neuron.middle[:2] for k in range(len(diagram.sizes)) for neuron in diagram.column(k)]
        )
        spans = np.maximum(np.ptp(middles, axis=0), 1e-9)
        room = np.array([region.width - 2 * diagram.half_width, region.height - 2 * diagram.radius])
        across, up = np.minimum(room / spans, [1.0, 1.0] if self.parts.down else [_FARTHER, 1.0]).tolist()
        return Arrangement(across, up, (region.center - first.center)[:2], np.eye(4)[kind])

    def _weighed(self) -> tuple[list[list[EdgeLabel]], list[list[tuple[float, ...]]]]:
        """Return the weights on all layers' edges, and where on them they stand in each arrangement."""
        places = self.numbers.given_places or GIVEN_PLACES
        weights: list[list[EdgeLabel]] = []
        shares: list[list[tuple[float, ...]]] = []
        for layer in range(len(self.numbers.network.layers)):
            edges = self.diagram.edges(layer)
            markups = [math_number(edge.weight or 0.0, places) for edge in edges]
            found, places_on = [], []
            for where in (self.compared, self.last, self.beside, self.first):
                self.stand(where)
                cover = _COVER if where is self.first else _COVER_BESIDE
                found.append(self.labels(layer, markups, cover))
                places_on.append([_share(*pair) for pair in zip(edges, found[-1], strict=False)])
            # The smallest ones fit everywhere.
            smallest = min(found, key=lambda labels: labels[0].height if labels else 0.0)
            weights.append(smallest)
            shares.append(list(zip(*reversed(places_on), strict=False)) if smallest else [])
        return weights, shares

    def _leave_out_what_collides(self) -> None:
        """Write no weights on edges where they would run into each other on their way elsewhere."""
        ways = ((self.first, self.beside), (self.beside, self.compared), (self.compared, self.last))
        for start, end in ways if any(self.weights) else ():
            for share in _ON_THE_WAY:
                self.stand(start.towards(end, share))
                for layer, labels in enumerate(self.weights):
                    if any(one.touches(other) for one, other in combinations(labels, 2)):
                        self.weights[layer] = []

    def labels(self, layer: int, markups: Sequence[str], cover: float = _COVER) -> list[EdgeLabel]:
        """Return what is to be written on all edges of a layer; nothing where it does not fit."""
        few = not self.numbers.crowded and len(markups) <= _MOST_LABELS
        for size in _LABEL_SIZES if few else ():
            found = self.diagram.edge_labels(layer, most_covered=cover, size=size, markups=markups)
            if found:
                return found
        return []

    def stand(self, where: Arrangement) -> None:
        """Stand somewhere."""
        self._now = where
        self.diagram.spread(where.across, where.up, where.offset)
        self.headings.follow()
        for layer, labels in enumerate(getattr(self, "weights", [])):
            edges = self.diagram.edges(layer)
            for edge, label, shares in zip(edges, labels, self._shares[layer], strict=False):
                share = float(np.dot(where.mixture, shares))
                label.move_to(np.append(edge.at(share), 0.0))

    def glide(self, to: Arrangement, **options: Any) -> Drive:
        """Return the animation in which it goes to stand elsewhere."""
        start = self._now
        return Drive(self, lambda t: self.stand(start.towards(to, t)), **{"run_time": 1.0, **options})

    # What is written.

    def inside(self, column: int) -> list[VMobject]:
        """Return the numbers in a column's neurons."""
        neurons = self.diagram.column(column)
        return [neuron.inside.submobjects[0] for neuron in neurons if neuron.inside is not None]

    def say_products(self, layer: int) -> list[Drive]:
        """Return the animations in which the weights on a layer's edges are multiplied by what they meet."""
        numbers, places = self.numbers, self.numbers.given_places or GIVEN_PLACES
        given = [_factor(says(value, places_in(layer))) for value in numbers.values(layer).tolist()]
        weights = numbers.network.layers[layer].weights
        ends = [(m, n) for n in range(weights.shape[1]) for m in range(weights.shape[0])]
        markups = [f"{math_number(float(weights[m, n]), places)} dot {given[n]}" for m, n in ends]
        self.products = self.labels(layer, markups)
        return [_swap(self.weights[layer], self.products)] if self.products else []

    def say_weights(self, layer: int) -> list[Drive]:
        """Return the animations in which the weights alone are on a layer's edges again."""
        return [_swap(self.products, self.weights[layer])] if self.products else []

    def rename(self, column: int, letter: str = "") -> list[Drive]:
        """Return the animations in which names in a column get another letter, or their own again."""
        names = self.names[column]
        own = self.diagram.column_names[column]
        new = [
            (letter or own) + name.source[name.source.find("_") :] * ("_" in name.source) for name in names
        ]

        def show(t: float) -> None:
            for name, markup in zip(names, new, strict=True):
                if t >= 0.5 and name.source != markup:
                    name.rewrite(markup)
                name.set_fill(opacity=abs(2.0 * t - 1.0))

        return [Drive(VGroup(*names), show)] if names else []


def _share(edge: Edge, label: EdgeLabel) -> float:
    """Return where on its edge a label stands."""
    along = edge.end - edge.start
    return float((label.get_center()[:2] - edge.start) @ along / (along @ along))


def _swap(old: Sequence[EdgeLabel], new: Sequence[EdgeLabel]) -> Drive:
    """Return the animation in which labels go, and then others come."""

    def show(t: float) -> None:
        for labels, opacity in ((old, 1.0 - 2.0 * t), (new, 2.0 * t - 1.0)):
            for label in labels:
                label.formula.set_fill(opacity=min(max(opacity, 0.0), 1.0))
                label.backing.set_fill(opacity=min(max(opacity, 0.0), 1.0))

    show(0.0)
    return Drive(VGroup(*old, *new), show)


def _factor(markup: str) -> str:
    """Return a number behind a sign of multiplication."""
    return f"({markup})" if markup.startswith("-") or "10^" in markup else markup
