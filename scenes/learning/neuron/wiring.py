"""The neuron with what leads into it: inputs, one edge a weight, a product on every edge, and the bias."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import LEFT, VGroup

from nnmath import FloatArray
from scenes.learning.neuron.numbers import NeuronNumbers
from scenes.learning.neuron.saying import output_markup
from scenes.parts.network.edge import Edge, EdgeWidths
from scenes.parts.network.edge_label import EdgeLabel
from scenes.parts.network.neuron import Neuron, half_width_for
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_brief, math_equals, math_factor, math_number, written
from scenes.style.theme import COLUMN_ROLES, Role, Theme

_WIDTHS = EdgeWidths(thinnest=2.0, widest=14.0, plain=5.0)
# The largest radius of an input, and the least em of what stands beside it or on its edge.
_INPUT, _LEAST = 0.56, 0.27
# Neighbouring inputs are so many radii apart where there is room, and so many at the least.
_APART, _CLOSEST = 4.6, 2.25
# From a name to its ring, and a bias to its neuron.
_BESIDE, _BELOW = 0.14, 0.34
# Where labels stand on their edges: in the middle, or farther from where many edges meet.
_MIDDLE, _EARLY = 0.5, 0.36
_SIZES = (0.42, 0.38, 0.34, 0.3, 0.27)
# The share of an edge that what is written on it may cover.
_COVER = 0.8
# The em of the neuron's number, in radii.
_NUMBER = 0.66


def term_roles(count: int) -> tuple[Role, ...]:
    """Return the colours of so many products, and of the bias, which is one more column of the weights."""
    plain: Role = "edge"
    return (*COLUMN_ROLES, plain)[: count + 1] if count <= len(COLUMN_ROLES) else (plain,) * (count + 1)


class Wiring(VGroup):
    """One neuron, its inputs to its left.

    Attributes:
        roles: the colours of every term, the bias last.
        inputs, names, edges: one for each input. neuron: the one that they lead to. bias: written below it.
        weights, products: on the edges before and after inputs have met the weights; not added.
    """

    def __init__(
        self,
        numbers: NeuronNumbers,
        theme: Theme,
        region: Region,
        radius: float,
        *,
        values: Sequence[float] = (),
        largest: float | None = None,
        bias: bool = True,
    ) -> None:
        """Draw the neuron in a region.

        Args:
            radius: of the neuron, in scene units, where there is room.
            values: further numbers that will stand in the inputs.
            largest: the size of the weight that is drawn widest; the largest there is unless given.
            bias: whether it is written below the neuron.
        """
        super().__init__()
        self.numbers, self.theme, self.region = numbers, theme, region
        self.roles = term_roles(numbers.count)
        count = numbers.count
        small = min(_INPUT, region.height / (_CLOSEST * (count - 1) + 2.0))
        size = max(min(LABEL_SIZE * 1.15, 0.9 * small), _LEAST)
        written_inputs = [math_number(value, numbers.places) for value in (*numbers.inputs.tolist(), *values)]
        half = half_width_for(written_inputs, theme, small)
        self.names = [
            Formula("x" if count == 1 else f"x_{k + 1}", theme, size=size, role=self._ring(k))
            for k in range(count)
        ]
        left = region.left + max(name.width for name in self.names) + _BESIDE + half
        radius = min(radius, (region.height - (0.9 if bias else 0.1)) / 2)
        middle = np.array([region.right - radius, region.center[1] + 0.12, 0.0])
        step = min(_APART * small, (region.height - 2 * small) / max(count - 1, 1))
        self.inputs: list[Neuron] = []
        for k, name in enumerate(self.names):
            y = middle[1] + ((count - 1) / 2 - k) * step
            y += region.center[1] - middle[1] if step < _APART * small else 0.0
            ring = Neuron(theme, np.array([left, y, 0.0]), small, half_width=half, role=self._ring(k))
            ring.number_size = max(_LEAST + 0.015, ring.number_size)
            ring.number_size = min(ring.number_size, self._em_within(ring, written_inputs))
            name.next_to(ring, LEFT, buff=_BESIDE).set_z_index(PANEL + 3)
            self.inputs.append(ring)
        self.neuron = Neuron(theme, middle, radius, role="active")
        self.neuron.number_size = _NUMBER * radius
        self.largest = float(np.abs(numbers.weights).max()) if largest is None else largest
        self.edges: list[Edge] = []
        for k, ring in enumerate(self.inputs):
            widths = _WIDTHS.times(min(1.0, 2 / count + 0.2))
            edge = Edge(theme, *ring.ends_to(self.neuron), self._edge_role(k), widths)
            self.edges.append(edge.set_weight(float(numbers.weights[k]), self.largest))
        self.bias = Formula(self.bias_markup(numbers.bias), theme, size=LABEL_SIZE * 1.1, role=self.roles[-1])
        self._stand_bias()
        self.add(*self.edges, *self.inputs, *self.names, self.neuron, *([self.bias] if bias else []))
        self.weights = self._labels([self._weight_forms(k) for k in range(count)])
        self.products = self._labels([self._product_forms(k) for k in range(count)])

    def _em_within(self, ring: Neuron, markups: Sequence[str]) -> float:
        """Return the em in which the widest of some numbers fits a ring, so that all have one size."""
        widest = max(
            (Formula(markup, self.theme, size=1.0) for markup in markups), key=lambda each: each.width
        )
        return 1.0 * ring.largest_scale(widest.width / 2, widest.height / 2)

    def _ring(self, k: int) -> Role:
        return "text" if self.roles[k] == "edge" else self.roles[k]

    def _edge_role(self, k: int) -> Role:
        return self.roles[k]

    def bias_markup(self, bias: float, *, moving: bool = False) -> str:
        """Return the bias with its name, as formula markup."""
        places = self.numbers.places
        text = math_brief(bias, self.numbers.moving_places) if moving else math_number(bias, places)
        return f"b = {text}"

    def _stand_bias(self) -> None:
        below = self.neuron.radius + _BELOW + 0.08
        x = min(float(self.neuron.middle[0]), self.region.right - self.bias.width / 2)
        self.bias.stand_at(np.array([x, self.neuron.middle[1] - below, 0.0])).set_z_index(PANEL + 3)

    # What stands on the edges.

    def _weight_forms(self, k: int) -> tuple[str, ...]:
        weight = math_number(self.numbers.weights[k], self.numbers.places)
        name = "w" if self.numbers.count == 1 else f"w_{k + 1}"
        return f"{name} = {weight}", weight

    def _product_forms(self, k: int) -> tuple[str, ...]:
        numbers = self.numbers
        weight = named("weight", math_number(numbers.weights[k], numbers.places))
        taken = named("input", math_factor(numbers.inputs[k], numbers.places))
        product = numbers.product(k)
        equals = math_equals(product == written(float(product)))
        result = named("result", f'class("relation", {equals}) {math_number(float(product))}')
        short = f'{weight} class("binary", {named("dot", "dot")}) {taken}'
        return f"{short} {result}", short, named("result", math_number(float(product)))

    def _labels(self, forms: list[tuple[str, ...]]) -> list[EdgeLabel]:
        """Return labels on all edges, in the longest form and the largest size at which they fit."""
        share = _MIDDLE if self.numbers.count <= 2 else _EARLY
        places = [edge.at(share) for edge in self.edges]
        room = min(_COVER, 1.8 * share) * min(
            float(np.hypot(*(edge.end - edge.start))) for edge in self.edges
        )
        apart = min((abs(float(a[1] - b[1])) for a, b in pairwise(places)), default=np.inf)
        apart -= 0.06
        labels: list[EdgeLabel] = []
        for form in range(len(forms[0])):
            for size in _SIZES:
                labels = [
                    EdgeLabel(each[form], self.theme, self._ring(k), size=size)
                    for k, each in enumerate(forms)
                ]
                fits = max(label.width for label in labels) <= room
                if fits and max(label.height for label in labels) <= apart:
                    break
            else:
                continue
            break
        for label, place in zip(labels, places, strict=True):
            label.move_to(np.append(place, 0.0))
        return labels

    # At once, amid a motion.

    def tell_inputs(self, inputs: FloatArray, *, moving: bool = True) -> None:
        """Say other inputs, `(n,)`."""
        for ring, value in zip(self.inputs, inputs.tolist(), strict=True):
            text = (
                math_brief(value, self.numbers.moving_places)
                if moving
                else math_number(value, self.numbers.places)
            )
            ring.tell(text)

    def tell_bias(self, bias: float, *, moving: bool = True) -> None:
        """Say another bias, where the name stays in its place."""
        markup = self.bias_markup(bias, moving=moving)
        if self.bias.source != markup:
            self.bias.rewrite(markup)
            self._stand_bias()

    def tell_output(self, output: float, *, moving: bool = True) -> None:
        """Shine as bright as the output is, and say it."""
        self.neuron.tell(output_markup(self.numbers.name, output, resting=not moving))
        self.neuron.glow(self.numbers.brightness(output))
