"""One weight is nudged, and what it moves shows it at every instant: edge, neurons, loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Animation, Circle, FadeOut, VGroup, linear, smooth, squish_rate_func

from scenes.learning.backpropagation.links import Link
from scenes.learning.backpropagation.numbers import BackpropagationNumbers, Round
from scenes.learning.backpropagation.picture import Picture
from scenes.learning.backpropagation.terms import Terms
from scenes.parts.marks.segments import Segments
from scenes.parts.network.pulses import Pulses
from scenes.parts.writing.placing import Obstacle, boxes_of, place, size_of
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Region
from scenes.style.numerals import math_fixed, math_significant
from scenes.style.theme import Role, Theme

_KNOB, _OF_EDGE = 0.22, 0.2
_SHARES = (0.5, 0.4, 0.6, 0.32, 0.68)
_CHANGE_DIGITS = 2
_SIZE = 1.05 * FORMULA_SIZE
# Changes that are so small a share of a number are no more than its rounding.
_NOISE = 1e-12
_SAMPLES = np.linspace(-1.0, 1.0, 9)
# The last part of a hop, in which what has been reached moves.
_REACHED = 0.55

# How far it turns at a share of 1, in radians, and where its mark begins and ends, in radii.
_TURN = 0.9
_FROM, _TO = 0.15, 0.82


class Knob(VGroup):
    """A round knob whose mark points up while the weight is what it was.

    Attributes:
        share: how far it is turned, of the nudge: 1 is one nudge up, to the right.
    """

    def __init__(self, theme: Theme, middle: npt.NDArray[np.float64], radius: float, role: Role) -> None:
        super().__init__()
        self.radius = radius
        self.middle = np.asarray(middle, dtype=float)[:2]
        self.face = Circle(
            radius,
            stroke_color=theme[role],
            stroke_width=4.0,
            fill_color=theme["background"],
            fill_opacity=1.0,
        ).move_to(np.append(self.middle, 0.0))
        self.mark = Segments(theme["text"], 5.0)
        self.face.set_z_index(PANEL + 2)
        self.mark.set_z_index(PANEL + 2.2)
        self.add(self.face, self.mark)
        self.turn(0.0)

    def turn(self, share: float) -> Self:
        """Point as far to the side as the weight is nudged."""
        self.share = share
        angle = _TURN * share
        along = self.radius * np.array([np.sin(angle), np.cos(angle)])
        self.mark.set_pieces(np.array([[self.middle + _FROM * along, self.middle + _TO * along]]))
        return self


class Nudging:
    """Every column of the network may be nudged by its own amount: a nudge takes its time to run through.

    Attributes:
        amounts: by column, how far the weight is nudged as the column sees it. The column before the edge
            stands for the weight itself, the one after the last for the loss.
        knob: on the weight's edge. changes: how far everything on the way has moved, in numbers.
        label: the weight as it is, or None where there is no room for it.
    """

    def __init__(self, numbers: BackpropagationNumbers, theme: Theme, picture: Picture, line: Region) -> None:
        self.numbers, self.theme, self.picture = numbers, theme, picture
        layer, m, n = numbers.place
        self.edge = picture.diagram.edge(layer, m, n)
        self.first = layer
        self.amounts = dict.fromkeys(range(layer, picture.columns + 1), 0.0)
        role = picture.diagram.column_role(layer, n)
        self.role: Role = "text" if role == "edge" else role
        self.knob = Knob(theme, self._middle(), min(_KNOB, _OF_EDGE * self._length), self.role)
        self.label = self._label()
        self.changes = self._changes(line)
        self.lit: list[tuple[int, int]] = []

    @property
    def _length(self) -> float:
        return float(np.hypot(*(self.edge.end - self.edge.start)))

    def _middle(self) -> Any:
        """Return the place on the edge that is farthest from the others."""
        layer = self.first
        others = [edge for edge in self.picture.diagram.edges(layer) if edge is not self.edge]
        places = [self.edge.at(share) for share in _SHARES]
        if not others:
            return places[0]
        along = np.concatenate([edge.at(np.linspace(0.0, 1.0, 65)[:, None]) for edge in others])
        # To within a fifth, the middle is best.
        free = [round(5 * min(np.hypot(*(along - each).T), default=1.0)) for each in places]
        return places[int(np.argmax(free))]

    def _weight_markup(self, weight: float) -> str:
        return f"{self.numbers.links[0].name} = {math_significant(weight, full=True)}"

    def _label(self) -> Formula | None:
        """Return the weight in a place beside the knob that is clear of everything, if there is one."""
        markups = [self._weight_markup(self.numbers.weight + each * self.numbers.nudge) for each in _SAMPLES]
        widest = max((Formula(each, self.theme, size=LABEL_SIZE) for each in markups), key=lambda f: f.width)
        picture, diagram = self.picture, self.picture.diagram
        edges = [edge for layer in range(picture.columns - 1) for edge in diagram.edges(layer)]
        lines = np.concatenate([edge.at(np.linspace(0.0, 1.0, 80)[:, None]) for edge in edges])
        rings = [neuron.ring for column in range(picture.columns) for neuron in diagram.column(column)]
        things = boxes_of([*rings, self.knob, *picture.names.values()])
        aside = self.knob.radius + widest.height / 2 + 0.1
        middles = self.knob.middle + np.array([[0.0, aside], [0.0, -aside]])
        points = np.concatenate([lines, lines], axis=1)
        found = place(size_of(widest), middles, [Obstacle(things), Obstacle(points, reach=0.08)])
        if found.crowding > 0:
            return None
        label = Formula(self._weight_markup(self.numbers.weight), self.theme, size=LABEL_SIZE, role=self.role)
        label.move_to(np.append(found.middle, 0.0)).set_z_index(PANEL + 3)
        return label

    def _changes(self, line: Region) -> Terms:
        links = self.numbers.links
        passes = [self.numbers.nudged(share * self.numbers.nudge) for share in _SAMPLES]
        self._decimals = [self._places_of(link, passes) for link in links]
        widest = []
        for k, link in enumerate(links):
            written = [self._change_markup(k, self.numbers.value_of(link, each)) for each in passes]
            widest.append(max(written, key=lambda text: Formula(text, self.theme, size=FORMULA_SIZE).width))
        working: list[Role] = ["active"] * (len(links) - 2)
        roles: list[Role] = [self.role, *working, "loss"]
        names = [f"Delta {link.name}" for link in links]
        at = self._places(links)
        return Terms(line, self.theme, widest, roles, names=names, sign="arrow.r", size=_SIZE, at=at)

    def _places(self, links: Sequence[Link]) -> list[float]:
        """Return how far right each link is in the picture, if each is right of the one before."""
        picture = self.picture
        places = [float(self.knob.middle[0])]
        for link in links[1:]:
            of_loss = link.column == picture.columns
            neuron = picture.loss if of_loss else picture.diagram.neuron(link.column, link.k)
            places.append(float(neuron.middle[0]))
        return places

    def _places_of(self, link: Link, passes: Sequence[Round]) -> int | None:
        """Return the decimals of a link's changes, or None where they are tiny or huge."""
        before = self.numbers.value_of(link, self.numbers.still)
        largest = max(abs(self.numbers.value_of(link, each) - before) for each in passes)
        markup = math_significant(largest, _CHANGE_DIGITS, full=True)
        return None if "10^" in markup else len(markup.partition(".")[2])

    def _change_markup(self, k: int, value: float) -> str:
        before, places = self.numbers.value_of(self.numbers.links[k], self.numbers.still), self._decimals[k]
        change = value - before
        if abs(change) <= _NOISE * abs(before):
            return "0"
        sign = "+" if change > 0 else ""
        if places is None:
            return sign + math_significant(change, _CHANGE_DIGITS, full=True)
        return sign + math_fixed(change, places)

    @property
    def parts(self) -> VGroup:
        """What is there besides the picture."""
        return VGroup(self.knob, *([] if self.label is None else [self.label]))

    def column_of(self, k: int) -> int:
        """Return the column that link k is in; that of the weight is the one before its edge."""
        link = self.numbers.links[k]
        return self.first if link.kind == "weight" else link.column

    def show(self) -> None:
        """Show everything as it is with the amounts now."""
        numbers, picture = self.numbers, self.picture
        passes = {amount: numbers.nudged(amount) for amount in set(self.amounts.values())}
        weight = numbers.weight + self.amounts[self.first]
        self.knob.turn(self.amounts[self.first] / numbers.nudge)
        self.edge.set_weight(weight, picture.diagram.largest)
        if self.label is not None:
            self.label.rewrite(self._weight_markup(weight))
        for column in range(self.first + 1, picture.columns):
            values = picture.values(column, passes[self.amounts[column]])
            picture.readings.show(column, values)
        picture.show_loss(passes[self.amounts[picture.columns]].loss)
        for k, link in enumerate(numbers.links):
            value = numbers.value_of(link, passes[self.amounts[self.column_of(k)]])
            self.changes.tell(k, self._change_markup(k, value))

    # As animations.

    def tell(self, links: Sequence[int], **options: Any) -> list[Animation]:
        """Return the animations in which the changes of some links appear."""
        parts = []
        for k in links:
            parts += [self.changes.names[k], self.changes.values[k]]
            parts += [self.changes.signs[k - 1]] if k else []
        if not parts:
            return []

        def show(t: float) -> None:
            for part in parts:
                part.set_fill(opacity=t)

        return [Drive(VGroup(*parts), show, **options)]

    def move(self, to: Mapping[int, float], **options: Any) -> Drive:
        """Return the animation in which columns come to be nudged by other amounts."""
        before = {column: self.amounts[column] for column in to}

        def show(t: float) -> None:
            for column, amount in to.items():
                self.amounts[column] = before[column] + t * (amount - before[column])
            self.show()

        return Drive(self._moving, show, **options)

    def reach(self, column: int, **options: Any) -> list[Animation]:
        """Return the animations in which pulses run to a column and, when they are there, it moves."""
        late = squish_rate_func(smooth, _REACHED, 1.0)
        links = [k for k in range(len(self.numbers.links)) if k and self.column_of(k) == column]
        animations = [
            self.move({column: self.amounts[self.first]}, rate_func=late, **options),
            *self.tell(links, rate_func=late, **options),
            *self._light(column),
        ]
        edges = self._edges_to(column)
        if edges:
            size = 0.2 * min(1.0, self.picture.diagram.radius / 0.36)
            pulses = Pulses(self.theme["active"], size, self.picture.region)
            early = squish_rate_func(smooth, 0.0, _REACHED + 0.1)
            animations.append(pulses.run(edges, rate_func=early, **options))
        return animations

    def swing(self, **options: Any) -> Drive:
        """Return the animation in which the weight goes down by the nudge and up again, and all with it."""
        columns = list(self.amounts)

        def show(t: float) -> None:
            amount = self.numbers.nudge * float(np.cos(2.0 * np.pi * t))
            self.amounts = dict.fromkeys(columns, amount)
            self.show()

        return Drive(self._moving, show, rate_func=linear, **options)

    def leave(self) -> list[Animation]:
        """Return the animations in which the neurons that moved rest, and knob and changes go."""
        rest = [self.picture.diagram.neuron(*place).rest() for place in self.lit]
        return [FadeOut(self.parts), FadeOut(self.changes), *rest]

    @property
    def _moving(self) -> VGroup:
        neurons = [
            neuron
            for column in range(self.first + 1, self.picture.columns)
            for neuron in self.picture.diagram.column(column)
        ]
        return VGroup(self.edge, self.parts, self.changes, *neurons, self.picture.loss)

    def _light(self, column: int) -> list[Animation]:
        if column == self.picture.columns:
            return []
        moving = [(of, k) for of, k in sorted(self.numbers.moved) if of == column]
        self.lit += moving
        return [self.picture.diagram.neuron(*place).light() for place in moving]

    def _edges_to(self, column: int) -> list[Any]:
        """Return the edges along which something comes to a column."""
        numbers, picture = self.numbers, self.picture
        if column == self.first + 1:
            return [self.edge]
        moved = [k for of, k in sorted(numbers.moved) if of == column - 1]
        if column == picture.columns:
            return [picture.loss_edges[k] for k in moved]
        return [edge for k in moved for edge in picture.diagram.edges(column - 1, n=k)]
