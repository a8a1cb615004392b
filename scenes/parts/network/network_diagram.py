"""A network as neurons in columns, every pair of neighbours joined by the weight between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import AnimationGroup, VGroup

from nnmath.network import Network
from scenes.parts.marks.dots import Dots
from scenes.parts.network.arrangement import SPACING, Arrangement, Flow, Names
from scenes.parts.network.edge import Edge, EdgeWidths, FaintEdge
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.neuron import Neuron, Side, between_rims
from scenes.parts.network.pulses import Pulses
from scenes.parts.writing.placing import Obstacle, best, boxes_at, boxes_of, crowding, size_of
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import COLUMN_ROLES, Role, Theme

FloatArray = npt.NDArray[np.float64]

RADIUS = 0.36
_PULSE = 0.22
_LABEL_SHARES = (0.5, 0.45, 0.4, 0.55, 0.35, 0.6, 0.3, 0.65)  # the best places on an edge first
_ALONG = np.linspace(0.0, 1.0, 65)[:, None]  # shares of an edge that labels of others keep off
_CROWD = 20  # edges of a layer, from which on they are drawn narrower


class NetworkDiagram(VGroup):
    """The diagram of a network that computes, or of an architecture without numbers.

    Column 0 holds the inputs; layer k joins column k to column k + 1. All indices count from 0, so that
    `edge(k, m, n)` draws `network.layers[k].weights[m, n]`.

    Attributes:
        sizes: neurons in each column of the network. radius: of every neuron, in scene units.
        network: the network on show, or None when only sizes were given.
        largest: the size of the weight that is drawn widest.
        shown: for every column, which of its neurons are drawn; long columns leave out their middle.
        arrangement: their sizes and distances.
    """

    def __init__(
        self,
        network: Network | Sequence[int],
        theme: Theme,
        region: Region,
        *,
        names: Names = "inside",
        column_names: Sequence[str] | None = None,
        biases: bool = False,
        coloured: bool = True,
        values: Iterable[float | str] = (),
        radius: float = RADIUS,
        spacing: float = SPACING,
        most: int = 12,
        flow: Flow = "across",
        web: bool = False,
    ) -> None:
        """Draw the network in the middle of `region`.

        Args:
            network: the network, or its sizes when the weights are only letters.
            names: where the neurons' names stand, unless it is too crowded.
            column_names: a letter for each column; x, h, y unless given, with a layer number when deep.
            biases: whether every bias is written next to its neuron, unless it is too crowded.
            coloured: whether the first layer's edges have the colours of the matrix's columns.
            values: numbers, or markup, that will stand in neurons, which widen where these need it.
            radius: of a neuron, in scene units, where there is room.
            spacing: how far neighbouring neurons of a column are apart, in radii, where there is room.
            most: the longest column that is drawn in full.
            flow: whether columns follow each other rightwards, or stand as rows one below the other, as long
                as no names or biases are beside them.
            web: whether edges at rest are faint, as suits a crowd of them.
        """
        super().__init__()
        self.theme, self.region, self.flow, self.web = theme, region, flow, web
        self.network = network if isinstance(network, Network) else None
        self.sizes = network.sizes if isinstance(network, Network) else tuple(network)
        self.shown = tuple(_shown(size, most) for size in self.sizes)
        self.column_names = tuple(column_names or _letters(len(self.sizes)))
        self.coloured = coloured and self.sizes[0] <= len(COLUMN_ROLES)
        self.arrangement = Arrangement.fitting(
            region,
            theme,
            [len(shown) for shown in self.shown],
            names=names,
            biases=biases,
            markups=[value if isinstance(value, str) else math_number(value) for value in values],
            radius=radius,
            spacing=spacing,
            flow=flow,
        )
        self.radius, self.half_width = self.arrangement.radius, self.arrangement.half_width
        self._place()
        self._join()
        if self.arrangement.names != "none":
            self._write_names(self.arrangement.names)
        self.largest = 0.0
        if self.network is not None:
            self.largest = max(float(np.abs(layer.weights).max()) for layer in self.network.layers)
            self.show_weights(self.network)
        if self.arrangement.biases:
            self._write_biases()

    # What is drawn where.

    def neuron(self, column: int, k: int) -> Neuron:
        """Return neuron k of a column; KeyError when it is left out of a long column."""
        return self._neurons[column, k]

    def column(self, column: int) -> VGroup:
        """Return the neurons drawn in a column, from the top."""
        return VGroup(*(self._neurons[column, k] for k in self.shown[column]))

    def edge(self, layer: int, m: int, n: int) -> Edge:
        """Return the edge of weight [m, n] of a layer, from neuron n to neuron m; KeyError when left out."""
        return self._edges[layer, m, n]

    def edges(self, layer: int, *, m: int | None = None, n: int | None = None) -> list[Edge]:
        """Return a layer's edges; only those into neuron m, or out of neuron n, if given."""
        return [
            edge
            for (of, row, column), edge in self._edges.items()
            if of == layer and m in (None, row) and n in (None, column)
        ]

    def column_role(self, layer: int, n: int) -> Role:
        """Return the colour of the edges that leave neuron n of a layer's inputs."""
        return COLUMN_ROLES[n] if self.coloured and layer == 0 else "edge"

    def show_weights(self, network: Network, *, largest: float | None = None) -> Self:
        """Give every edge the width and dash of `network`, which must have the same sizes.

        `largest` is the weight drawn widest, so that a training run can keep one scale throughout.
        """
        if network.sizes != self.sizes:
            raise ValueError(f"network must have the sizes {self.sizes}; got {network.sizes}")
        self.network = network
        self.largest = self.largest if largest is None else largest
        for (layer, m, n), edge in self._edges.items():
            edge.set_weight(float(network.layers[layer].weights[m, n]), self.largest)
        return self

    def edge_labels(
        self,
        layer: int,
        m: int | None = None,
        n: int | None = None,
        *,
        most_covered: float,
        size: float = LABEL_SIZE,
        markups: Sequence[str] | None = None,
    ) -> list[EdgeLabel]:
        """Return labels for all edges into neuron m, or out of neuron n, or none where they would not fit.

        They fit where they keep off each other and cover at most such a share of any edge.

        Args:
            markups: what is written on each edge, the weights unless given.
        """
        labels: list[EdgeLabel] = []
        ends = [(row, column) for of, row, column in self._edges if of == layer]
        ends = [(row, column) for row, column in ends if m in (None, row) and n in (None, column)]
        for k, (row, column) in enumerate(ends):
            written = None if markups is None else markups[k]
            labels.append(self.edge_label(layer, row, column, written, size=size, apart_from=labels))
        shortest = min(float(np.hypot(*(edge.end - edge.start))) for edge in self.edges(layer, m=m, n=n))
        crowded = any(one.touches(other) for one, other in combinations(labels, 2))
        hiding = max(label.width for label in labels) > most_covered * shortest
        return [] if crowded or hiding else labels

    def edge_label(
        self,
        layer: int,
        m: int,
        n: int,
        markup: str | None = None,
        *,
        size: float = LABEL_SIZE,
        apart_from: Iterable[EdgeLabel] = (),
    ) -> EdgeLabel:
        """Return the weight, or other markup, to stand on its edge where most room is; it is not added.

        Where it can, it keeps off the labels that it is to be `apart_from`.
        """
        edge = self.edge(layer, m, n)
        letters = f"w_({m + 1}{n + 1})"
        written = markup or (letters if edge.weight is None else math_number(edge.weight))
        label = EdgeLabel(written, self.theme, self.column_role(layer, n), size=size)
        places = np.array([edge.at(share) for share in _LABEL_SHARES])
        drawn = [other.at(_ALONG) for other in self.edges(layer) if other is not edge]
        others = Obstacle(boxes_at(np.concatenate([np.zeros((0, 2)), *drawn])), reach=label.width)
        labels = [Obstacle(boxes_of([other])) for other in apart_from]
        # Its middle is on its edge, and only that keeps off other edges: where they meet they are all near.
        crowded = crowding(boxes_at(places), [others]) + crowding(boxes_at(places, size_of(label)), labels)
        # Ties, as on an edge alone, go to the middle.
        label.move_to(np.append(places[best(crowded)], 0.0))
        return label

    # Motion.

    def light_column(self, column: int, role: Role = "active") -> AnimationGroup:
        """Return the animation in which a column's neurons light up."""
        return AnimationGroup(*(neuron.light(role) for neuron in self.column(column)))

    def rest_column(self, column: int) -> AnimationGroup:
        """Return the animation in which a column's neurons go back to their own colour."""
        return AnimationGroup(*(neuron.rest() for neuron in self.column(column)))

    def show_values(
        self, column: int, values: Iterable[float], places: int = 2, **options: Any
    ) -> AnimationGroup:
        """Return the animation in which numbers appear in a column's neurons, one for every neuron."""
        numbers = list(values)
        return AnimationGroup(
            *(
                self.neuron(column, k).change_to_number(numbers[k], places, **options)
                for k in self.shown[column]
            )
        )

    def pulses(self, layer: int, *, m: int | None = None, n: int | None = None, **options: Any) -> Drive:
        """Return the animation in which a pulse runs along every edge of a layer, or into m, or out of n."""
        return self.new_pulses().run(self.edges(layer, m=m, n=n), **options)

    def new_pulses(self, region: Region | None = None) -> Pulses:
        """Return pulses of a size that suits, at home in the diagram's region or another one."""
        diameter = _PULSE * min(1.4, self.radius / RADIUS)
        return Pulses(self.theme["active"], diameter, region or self.region, page=self.theme["background"])

    def spread(self, across: float, up: float, offset: FloatArray) -> Self:
        """Stand with other distances between the neurons than at first, `offset` (2,) from there.

        The neurons keep their sizes; distances are `across` and `up` times those at first.
        """
        centre = self.region.center[:2]
        places = {key: centre + (home - centre) * [across, up] + offset for key, home in self._homes.items()}
        for key, neuron in self._neurons.items():
            neuron.shift(np.append(places[key] - neuron.middle[:2], 0.0))
        return self._join_at(places)

    def follow(self) -> Self:
        """Have the edges run between the neurons where they stand now."""
        return self._join_at({key: neuron.middle[:2] for key, neuron in self._neurons.items()})

    def _join_at(self, places: Mapping[tuple[int, int], FloatArray]) -> Self:
        for edge, start, end in zip(self._edges.values(), *self._ends(self._edges, places), strict=True):
            edge.aim(start, end)
        return self

    # Construction.

    def _place(self) -> None:
        """Set the neurons where they stand."""
        self._neurons: dict[tuple[int, int], Neuron] = {}
        for column, shown in enumerate(self.shown):
            for place, k in enumerate(shown):
                self._neurons[column, k] = Neuron(
                    self.theme,
                    self.region.center + self.arrangement.offset(column, place),
                    self.radius,
                    half_width=self.half_width,
                    role=COLUMN_ROLES[k] if self.coloured and column == 0 else "text",
                )
            self._mark_gap(column)
        self._homes = {key: neuron.middle[:2].copy() for key, neuron in self._neurons.items()}

    def _mark_gap(self, column: int) -> None:
        """Put three dots where the middle of a long column is left out."""
        shown = self.shown[column]
        gap = next(((a, b) for a, b in pairwise(shown) if b > a + 1), None)
        if gap is None:
            return
        above, below = (self._neurons[column, k] for k in gap)
        room = above.middle[1] - below.middle[1]
        for neuron in (self._neurons[column, k] for k in shown if k <= gap[0]):
            neuron.shift(np.array([0.0, 0.35 * room, 0.0]))
        for neuron in (self._neurons[column, k] for k in shown if k >= gap[1]):
            neuron.shift(np.array([0.0, -0.35 * room, 0.0]))
        middle = (above.middle + below.middle)[:2] / 2
        dots = Dots(self.theme["muted"], 0.4 * self.radius)
        dots.set_positions(middle + np.array([[0.0, 0.8], [0.0, 0.0], [0.0, -0.8]]) * self.radius)
        self.add(dots.set_z_index(PANEL))

    def _join(self) -> None:
        densest = max(len(first) * len(second) for first, second in pairwise(self.shown))
        widths = EdgeWidths().times(min(1.0, self.radius / RADIUS) * min(1.0, (_CROWD / densest) ** 0.5))
        places = {key: neuron.middle[:2] for key, neuron in self._neurons.items()}
        keys = [
            (layer, m, n)
            for layer in range(len(self.sizes) - 1)
            for n in self.shown[layer]
            for m in self.shown[layer + 1]
        ]
        kind = FaintEdge if self.web else Edge
        self._edges: dict[tuple[int, int, int], Edge] = {
            (layer, m, n): kind(self.theme, start, end, self.column_role(layer, n), widths)
            for (layer, m, n), start, end in zip(keys, *self._ends(keys, places), strict=True)
        }
        self.add(*self._edges.values(), *self._neurons.values())

    def _ends(
        self, edges: Collection[tuple[int, int, int]], places: Mapping[tuple[int, int], FloatArray]
    ) -> tuple[FloatArray, FloatArray]:
        """Return where edges `(layer, m, n)` begin and end, `(count, 2)` each, between neurons at places."""
        first = np.array([places[layer, n] for layer, _, n in edges]).reshape(-1, 2)
        second = np.array([places[layer + 1, m] for layer, m, _ in edges]).reshape(-1, 2)
        if self.flow == "across":
            # They aim at the middles of round ends; down the frame, what is inside a wide one is under it.
            reach = np.array([self.half_width - self.radius, 0.0])
            first, second = first + reach, second - reach
        return between_rims(first, second, self.radius, self.radius)

    def _name(self, column: int, k: int) -> str:
        name = self.column_names[column]
        return name if self.sizes[column] == 1 and column == len(self.sizes) - 1 else f"{name}_{k + 1}"

    def _write_names(self, names: Names) -> None:
        last = len(self.sizes) - 1
        for (column, k), neuron in self._neurons.items():
            markup = self._name(column, k)
            if names == "inside":
                neuron.write(markup)
            else:
                side: Side = "left" if column == 0 else "right" if column == last else "above"
                neuron.write_beside(markup, side)

    def _write_biases(self) -> None:
        # Away from the middle of the column, where no edges are.
        for (column, k), neuron in self._neurons.items():
            if column == 0:
                continue
            upper = neuron.middle[1] > self.region.center[1] + 1e-6
            side: Side = "above" if upper and neuron.label is None else "below"
            if self.network is None:
                neuron.write_bias("b" if self.sizes[column] == 1 else f"b_{k + 1}", side, size=SMALL_SIZE)
            else:
                bias = float(self.network.layers[column - 1].bias[k])
                neuron.write_bias(f"{'+' if bias >= 0 else ''}{math_number(bias)}", side, size=SMALL_SIZE)


def _shown(size: int, most: int) -> tuple[int, ...]:
    if size <= most:
        return tuple(range(size))
    half = most // 2
    return (*range(half), *range(size - half, size))


def _letters(columns: int) -> tuple[str, ...]:
    hidden = columns - 2
    if hidden <= 1:
        return ("x", *["h"] * hidden, "y")
    return ("x", *(f"h^(({k + 1}))" for k in range(hidden)), "y")
