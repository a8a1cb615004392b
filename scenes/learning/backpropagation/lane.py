"""One of the networks that are compared: its diagram, and under every layer a bar as high as its gradient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Animation, Rectangle, VGroup

from scenes.learning.backpropagation.fading import Contender
from scenes.learning.backpropagation.readings import Readings
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.network.gradients import GradientEdges
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.writing.flight import appear
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula, Text
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.markup import quoted
from scenes.style.numerals import math_significant
from scenes.style.theme import Theme

# The heights of a lane's parts where nothing else decides: heading, slopes, and the numbers under the bars.
_HEADING, _SLOPES, _NUMBERS = 0.56, 0.42, 0.4
# What bars take of the height that is left, and how wide they are, in scene units at the most.
_BARS, _WIDEST, _OF_STEP = 0.36, 0.6, 0.45
_RADIUS = 0.34
# A lane lower than this has its heading at the left, so wide, in scene units.
_LOW, _ASIDE = 3.0, 2.0
_APART = 0.15


class Lane(VGroup):
    """A network from its heading down to the bars.

    Attributes:
        diagram: of the network. readings: how its neurons shine. gradients: the lines of its gradient.
        bars, numbers: by layer, the mean size of its derivatives. slopes: by hidden layer, in numbers.
        ratio: what the front layer has of the last one's. guide: a line as high as the last bar.
    """

    def __init__(
        self, contender: Contender, theme: Theme, region: Region, heading: Text, ratio_words: str
    ) -> None:
        super().__init__()
        self.contender, self.theme = contender, theme
        self.low = region.height < _LOW
        self.heading = heading.stand_at(region.at(0.0, 1.0) - [0.0, 0.36, 0.0], LEFT)
        spare = region.height - (0.0 if self.low else _HEADING) - _SLOPES - _NUMBERS
        floor = region.bottom + _NUMBERS
        self.ceiling = floor + _BARS * spare
        rest = Region(region.left, self.ceiling + _SLOPES, region.right, region.top - _HEADING)
        if self.low:
            # The heading has a column of its own.
            rest = replace(rest, left=region.left + _ASIDE, top=region.top)
        self.diagram = NetworkDiagram(contender.network, theme, rest, names="none", radius=_RADIUS)
        self.readings = self._read()
        gradients = [layer.weights for layer in contender.backward.layers]
        self.gradients = GradientEdges(self.diagram, theme, gradients)
        self.floor = floor
        self.bars = self._draw_bars(floor)
        self.numbers = self._write_numbers()
        self.slopes = [self._slope(k) for k in range(len(contender.slopes))]
        self.ratio = self._ratio(region, ratio_words)
        self.guide = Segments(theme["muted"], 3.0)
        self.ground = Segments(theme["muted"], 3.0).set_pieces(
            np.array([[[self._middle(0) - 0.4, floor], [self._middle(len(self.bars) - 1) + 0.4, floor]]])
        )
        self.ground.set_z_index(PANEL)
        # Behind the bars.
        self.guide.set_z_index(PANEL - 0.1)
        self.add(self.heading, self.diagram, self.ground)

    @property
    def layers(self) -> int:
        return len(self.bars)

    def values(self, column: int) -> list[float]:
        """Return what a column's neurons compute."""
        forward = self.contender.backward.forward
        values: list[float] = (forward.inputs if column == 0 else forward.activations[column - 1])[0].tolist()
        return values

    def shares(self, column: int) -> list[float]:
        """Return the shares of a column's neurons in the error."""
        shares: list[float] = self.contender.backward.layers[column - 1].delta[0].tolist()
        return shares

    # As animations.

    def compute(self, layer: int, **options: Any) -> list[Animation]:
        """Return the animations in which pulses run through a layer, and what it gives shines."""
        return [
            self.diagram.pulses(layer, **options),
            self.readings.arrive(layer + 1, self.values(layer + 1), **options),
        ]

    def answer(self, layer: int, **options: Any) -> list[Animation]:
        """Return the animations in which a layer's gradient comes back, and its bar and number with it."""
        return [
            self.readings.arrive(layer + 1, self.shares(layer + 1), "share", **options),
            self.gradients.run_back([layer], **options),
            self.gradients.pulses(layer, **options),
            self._raise(layer, **options),
        ]

    def draw_guide(self, **options: Any) -> Drive:
        """Return the animation in which a line as high as the last bar runs to the front."""
        y = self.floor + self._height(self.layers - 1)
        start = np.array([self._middle(self.layers - 1), y])
        end = np.array([self._middle(0) - 0.4, y])

        def show(t: float) -> None:
            self.guide.set_pieces(dashes(start, start + t * (end - start)))

        return Drive(self.guide, show, introducer=True, **options)

    def tell_ratio(self, **options: Any) -> list[Animation]:
        """Return the animations in which the ratio appears."""
        if self.ratio is None:
            return []
        self.add(self.ratio)
        return [appear(part, **options) for part in self.ratio.submobjects]

    def tell_slope(self, k: int, **options: Any) -> list[Animation]:
        """Return the animations in which the mean slope of a hidden layer appears."""
        self.add(self.slopes[k])
        return [appear(part, introducer=True, **options) for part in self.slopes[k].submobjects]

    # Construction.

    def _read(self) -> Readings:
        forward = self.contender.backward.forward
        largest = [float(np.abs(each).max()) for each in forward.activations]
        bounded = ("sigmoid", "tanh")
        layers = self.contender.network.layers
        reach = [
            1.0 if layer.activation.name in bounded else most
            for layer, most in zip(layers, largest, strict=True)
        ]
        share = max(float(np.abs(layer.delta).max()) for layer in self.contender.backward.layers)
        readings = Readings(
            self.diagram, None, {"activation": [np.inf, *reach], "share": [share] * (len(reach) + 1)}
        )
        readings.show(0, self.values(0))
        return readings

    def _middle(self, layer: int) -> float:
        """Return the middle between the columns that a layer joins, from left to right."""
        ends = [float(self.diagram.neuron(column, 0).middle[0]) for column in (layer, layer + 1)]
        return sum(ends) / 2

    def _height(self, layer: int) -> float:
        means = self.contender.means
        largest = float(means.max())
        return (self.ceiling - self.floor) * float(means[layer]) / largest if largest else 0.0

    def _draw_bars(self, floor: float) -> list[Rectangle]:
        step = self._middle(1) - self._middle(0) if len(self.contender.means) > 1 else _WIDEST
        bars = []
        for layer in range(len(self.contender.means)):
            bar = Rectangle(
                width=min(_WIDEST, _OF_STEP * step),
                height=1e-3,
                stroke_width=0,
                fill_color=self.theme["slope"],
                fill_opacity=1.0,
            )
            bar.set_z_index(PANEL)
            bar.move_to([self._middle(layer), floor, 0.0])
            bars.append(bar)
        return bars

    def _raise(self, layer: int, **options: Any) -> Drive:
        """Return the animation in which a layer's bar rises, and its number appears."""
        bar, number = self.bars[layer], self.numbers[layer]
        height, x = self._height(layer), self._middle(layer)
        number.set_fill(opacity=0.0)

        def show(t: float) -> None:
            tall = max(t * height, 1e-3)
            bar.stretch_to_fit_height(tall)
            bar.move_to([x, self.floor + tall / 2, 0.0])
            number.set_fill(opacity=max(2.0 * t - 1.0, 0.0))

        return Drive(VGroup(bar, number), show, introducer=True, **options)

    def _write_numbers(self) -> list[Formula]:
        """Return the number below every bar, powers of ten of one digit where they would meet."""
        numbers: list[Formula] = []
        for brief in (False, True):
            numbers = [self._number(k, brief=brief) for k in range(self.layers)]
            apart = [float(b.get_left()[0] - a.get_right()[0]) for a, b in pairwise(numbers)]
            if min(apart, default=1.0) > _APART:
                break
        return numbers

    def _number(self, layer: int, *, brief: bool) -> Formula:
        mean = float(self.contender.means[layer])
        markup = math_significant(mean, 2)
        if brief and "10^" in markup:
            markup = math_significant(mean, 1)
        number = Formula(markup, self.theme, size=SMALL_SIZE)
        number.stand_at(np.array([self._middle(layer), self.floor - _NUMBERS + 0.08, 0.0]))
        number.set_z_index(PANEL)
        return number

    def _slope(self, k: int) -> Formula:
        markup = f"times {math_significant(float(self.contender.slopes[k]), 2)}"
        slope = Formula(markup, self.theme, size=SMALL_SIZE, role="active")
        x = float(self.diagram.neuron(k + 1, 0).middle[0])
        slope.stand_at(np.array([x, self.ceiling + 0.12, 0.0]))
        slope.set_z_index(PANEL)
        return slope

    def _ratio(self, region: Region, words: str) -> Formula | None:
        if not self.contender.means[-1]:
            return None
        cut = " \\ " if self.low else " "
        markup = f"{quoted(words)}{cut}= {math_significant(self.contender.share, 2)}"
        ratio = Formula(markup, self.theme, size=LABEL_SIZE, role="slope")
        if self.low:
            ratio.fit(_ASIDE - 0.1)
            ratio.move_to(region.at(0.0, 0.45), LEFT)
        else:
            ratio.stand_at(region.at(1.0, 1.0) - [0.0, 0.36, 0.0], RIGHT)
        ratio.set_z_index(PANEL)
        return ratio


def all_of(animations: Sequence[list[Animation]]) -> list[Animation]:
    """Return the animations of several lanes as one list."""
    return [each for some in animations for each in some]
