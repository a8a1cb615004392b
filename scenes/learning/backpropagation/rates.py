"""The factors of the chain rule where they live: on an edge, or in a neuron, with their numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import AnimationGroup, Circle, VGroup, VMobject

from scenes.learning.backpropagation.links import Factor, Link
from scenes.learning.backpropagation.numbers import BackpropagationNumbers
from scenes.learning.backpropagation.picture import Picture
from scenes.parts.network.edge import Edge, EdgeWidths
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, place, size_of
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_significant
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_WIDTH, _THIN = 9.0, 4.0
# An arrow's tip in the middle of its edge, in scene units, and as a share of the edge at the most.
_TIP, _MOST_TIP = 0.3, 0.4
_SHARES = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)
_CLEAR = 0.1
_ALONG = np.linspace(0.0, 1.0, 80)[:, None]


class Rate(VGroup):
    """One factor: lines back along its edges, or a ring around its neuron, and perhaps its name and number.

    Attributes:
        lines: the lines. ring: of the neuron whose own slope the factor is, or None.
        label: what stands beside them, or None where there is no room. number: the number in it.
        middle: where the factor is at home, `(2,)`.
    """

    def __init__(self, theme: Theme, factor: Factor, role: Role, picture: Picture) -> None:
        super().__init__()
        self.theme, self.factor = theme, factor
        self.role: Role = role
        scale = min(1.0, picture.diagram.radius / 0.36)
        edges = edges_of(factor, picture)
        many = len(edges) > 1
        self.lines = [
            Edge(theme, edge.end, edge.start, role, EdgeWidths(plain=scale * (_THIN if many else _WIDTH)))
            for edge in edges
        ]
        for line in self.lines:
            line.set_z_index(PANEL + 0.3)
            line.show(0.0)
        self.tip = VMobject(stroke_width=0, fill_color=theme[role], fill_opacity=1.0)
        self.tip.set_z_index(PANEL + 0.4)
        self.ring: Circle | None = None
        if not edges:
            neuron = picture.diagram.neuron(factor.of.column, factor.of.k)
            self.ring = neuron.ring.copy().set_fill(opacity=0.0).set_stroke(theme[role], width=9.0)
            self.ring.set_z_index(PANEL + 2)
            self.middle: FloatArray = neuron.middle[:2]
        else:
            self.middle = np.mean([line.at(0.5) for line in self.lines], axis=0)
        self.label: Formula | None = None
        self.add(*self.lines, self.tip, *([] if self.ring is None else [self.ring]))

    @property
    def markup(self) -> str:
        """The number as it is written."""
        return math_significant(self.factor.value, self.factor.digits)

    def write(self, label: Formula) -> None:
        """Have a label beside the line."""
        self.label = label
        self.add(label)

    def light(self, **options: Any) -> AnimationGroup:
        """Return the animation in which the lines run back, or the ring lights up, and the label appears."""
        parts: list[VMobject] = [*self.lines, self.tip]

        def show(t: float) -> None:
            for line in self.lines:
                line.show(t)
            if len(self.lines) == 1:
                self._point(t)
            if self.ring is not None:
                self.ring.set_stroke(opacity=t)
            if self.label is not None:
                self.label.set_fill(opacity=t)

        parts += [part for part in (self.ring, self.label) if part is not None]
        return AnimationGroup(Drive(VGroup(*parts), show, introducer=True, **options))

    def _point(self, t: float) -> None:
        """Have the arrow's tip on its way to the middle of the line."""
        line = self.lines[0]
        length = float(np.hypot(*(line.end - line.start)))
        along = (line.end - line.start) / length
        size = min(_TIP, _MOST_TIP * length)
        head = line.at(min(t, 0.5)) + along * size / 2
        neck = head - along * size
        half = np.array([-along[1], along[0]]) * size * 0.5
        corners = np.array([head, neck + half, neck - half, head])
        self.tip.set_points_as_corners(np.column_stack([corners, np.zeros(4)]))
        self.tip.set_fill(opacity=1.0 if t > 0.15 else 0.0)


class Rates(VGroup):
    """All factors, the loss's own first.

    Attributes:
        each: one for every factor. labelled: whether all have a label beside their line.
    """

    def __init__(
        self, numbers: BackpropagationNumbers, theme: Theme, picture: Picture, within: Region
    ) -> None:
        super().__init__()
        roles = [factor_role(numbers, factor, picture) for factor in numbers.factors]
        self.each = [
            Rate(theme, factor, role, picture) for factor, role in zip(numbers.factors, roles, strict=True)
        ]
        labels = self._labels(theme, picture, within)
        self.labelled = bool(labels)
        for rate, label in zip(self.each, labels, strict=False):
            rate.write(label)
        self.add(*self.each)

    def _labels(self, theme: Theme, picture: Picture, within: Region) -> list[Formula]:
        """Return a label for every factor in its place, or none if one would not be clear of the rest."""
        diagram = picture.diagram
        edges = [edge for layer in range(picture.columns - 1) for edge in diagram.edges(layer)]
        lines = np.concatenate([edge.at(_ALONG) for edge in (*edges, *picture.loss_edges)])
        neurons = [neuron.ring for column in range(picture.columns) for neuron in diagram.column(column)]
        things = [*neurons, picture.loss.ring, *picture.names.values(), *picture.targets]
        labels: list[Formula] = []
        for rate in self.each:
            if len(rate.lines) != 1:
                return []
            markup = f"{rate.factor.name} = {named('number', rate.markup)}"
            paint: dict[str, Role] = {"number": rate.role}
            label = Formula(markup, theme, size=LABEL_SIZE, role=rate.role, paint=paint)
            label.set_z_index(PANEL + 3)
            obstacles = [
                Obstacle(boxes_at(lines, 2 * _CLEAR)),
                Obstacle(boxes_of([*things, *labels])),
            ]
            found = place(size_of(label), _beside(rate.lines[0], label), obstacles, within=within)
            if found.crowding > 0:
                return []
            labels.append(label.move_to(np.append(found.middle, 0.0)))
        return labels


def _beside(line: Edge, label: Formula) -> FloatArray:
    """Return places beside a line, `(n, 2)`, above it first."""
    run, rise = np.abs(line.end - line.start)
    aside = label.height / 2 + label.width / 2 * rise / max(run, 1e-9) + _CLEAR + 0.06
    up = np.array([0.0, aside])
    return np.array([line.at(share) + side * up for side in (1, -1) for share in _SHARES])


def edges_of(factor: Factor, picture: Picture) -> list[Edge]:
    """Return the edges that a factor lives on, none if it lives in a neuron."""
    diagram, (of, by) = picture.diagram, (factor.of, factor.by)
    layer, m, n = picture.numbers.place
    if by.kind == "weight":
        return [diagram.edge(layer, m, n)]
    if by.kind == "sum":
        return []
    if of.kind == "neuron":
        return [diagram.edge(of.column - 1, of.k, by.k)]
    return edges_behind(by, picture)


def edges_behind(link: Link, picture: Picture) -> list[Edge]:
    """Return the edges of all ways from a neuron to the loss."""
    diagram, last = picture.diagram, picture.columns - 1
    if link.column == last:
        return [picture.loss_edges[link.k]]
    behind = diagram.edges(link.column, n=link.k)
    for layer in range(link.column + 1, last):
        behind += diagram.edges(layer)
    return [*behind, *picture.loss_edges]


def factor_role(numbers: BackpropagationNumbers, factor: Factor, picture: Picture) -> Role:
    """Return a factor's colour: the loss's, that of the weight's edge, or that of what is working."""
    if factor.of.kind == "loss":
        return "loss"
    if factor.by.kind == "weight":
        layer, _, n = numbers.place
        role = picture.diagram.column_role(layer, n)
        return "slope" if role == "edge" else role
    return "active"
