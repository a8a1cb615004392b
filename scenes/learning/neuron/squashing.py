"""The curve of the activation, and where on it a sum stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import Circle, VGroup

from scenes.learning.neuron.numbers import NeuronNumbers
from scenes.learning.neuron.saying import SQUASHING
from scenes.parts.charts.chart import Chart, Curve
from scenes.parts.charts.number_line import round_values
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

# The x axis reaches so far at the least, so many times as far as any sum, and on its shorter side as this
# share of the longer one.
_LEAST, _BEYOND, _SHORTER = 6.0, 1.12, 0.42
_SAMPLES = 481
_HEADROOM = 1.1
# From the axis to the middle of its numbers, and from there to the sum; from the upright axis to the near
# end of its own numbers.
UNDER, ROW, _BESIDE = 0.3, 0.48, 0.2
_MOST, _POINT = 6, 0.27
# How high the activation's name stands, as a share of what is above the axis.
_CALL = 0.68
# It may shrink to this share of its size before it says less.
_SHRUNK = 0.85
# Above the axis there is room for two rows and the name from this height on.
_ROOMY = 1.4
# How the activation is called with z.
CALLS = {
    "sigmoid": "f(z) = sigma(z)",
    "tanh": "f(z) = tanh(z)",
    "relu": 'f(z) = upright("ReLU")(z)',
    "leaky_relu": 'f(z) = upright("leaky")(z)',
    "identity": "f(z) = z",
}


def x_limits(sums: Sequence[float]) -> tuple[float, float]:
    """Return from where to where the x axis goes when all these sums stand on it."""
    high, low = (max(_LEAST, _BEYOND * max(0.0, *(sign * each for each in sums))) for sign in (1, -1))
    return -max(low, _SHORTER * high), max(high, _SHORTER * low)


class Squashing(VGroup):
    """Axes, the curve, and a point that a sum leads to: up from the x axis, then across to the y axis.

    Attributes:
        chart, curve, call: the axes, the activation's graph, and its name. numbers: beside the axes.
        dips: whether the curve goes below the axis left of 0; then what is written there stands above.
        at: the sum it stands at. rise: how far the point has come from the axis to the curve.
        point, ground, up, across: the mark, what it stands on, and the dashes that lead to it and from it.
        reading: all of these.
    """

    def __init__(
        self, numbers: NeuronNumbers, theme: Theme, region: Region, sums: Sequence[float], drop: float
    ) -> None:
        """Draw the curve in a region; `sums` are all that will stand on its axis.

        Args:
            drop: how far what lies on the axis reaches below it, in scene units.
        """
        super().__init__()
        self.neuron, self.theme = numbers, theme
        self.at, self.rise = 0.0, 0.0
        limits = x_limits(sums)
        along = np.unique(np.append(np.linspace(*limits, _SAMPLES), 0.0))
        outputs = numbers.activation(along)
        top, bottom = max(float(outputs.max()), 0.0), min(float(outputs.min()), 0.0)
        # What a curve only approaches is what it is measured by; a leak is too little to make room for.
        top = 1.0 if numbers.name in SQUASHING else top
        bottom = -1.0 if numbers.name == "tanh" else bottom if bottom < -0.05 * top else 0.0
        self.dips = bottom < 0
        span = (_HEADROOM * bottom, _HEADROOM * top)
        self.chart = Chart(region, theme, limits, span)
        self.curve = Curve(self.chart, np.column_stack([along, outputs]), theme["active"], width=7.0)
        self.call = Formula(CALLS[numbers.name], theme, size=LABEL_SIZE * 1.15, role="active", halo=True)
        inner, across = self.chart.inner, self.chart.across
        # Neither curves nor dashes come there.
        self.roomy = not self.dips or inner.top - across >= _ROOMY
        height = inner.top - 0.14 if self.dips else across + _CALL * (inner.top - across)
        room = self.chart.up - inner.left - 0.8
        if _SHRUNK * self.call.width > room:
            self.call.rewrite(CALLS[numbers.name].removeprefix("f(z) = "))
        self.call.fit(room)
        self.call.move_to([inner.left + 0.1 + self.call.width / 2, height, 0.0])
        self.numbers = VGroup(*self._along(drop), *self._upright(top, bottom, drop + UNDER + ROW + 0.35))
        self.ticks = Segments(theme["muted"], 3.0)
        self.point = Dots(theme["text"], _POINT)
        self.ground = Circle(0.7 * _POINT, stroke_width=0.0, fill_color=theme["background"], fill_opacity=1.0)
        self.up, self.across = Segments(theme["text"], 3.5), Segments(theme["muted"], 3.0)
        self.reading = (self.across, self.up, self.ground, self.point)
        parts = (self.curve, self.across, self.up, self.numbers, self.call, self.ground, self.point)
        for depth, part in enumerate(parts):
            part.set_z_index(5 + depth)
        self.add(self.chart, self.curve, self.call, self.numbers)

    @property
    def above(self) -> float:
        """How far above the axis the sum stands where the curve is below it."""
        return UNDER + (ROW if self.roomy else -0.06)

    @property
    def unit(self) -> float:
        """Scene units to one unit of the sum."""
        return float(self.chart.units[0])

    def _along(self, drop: float) -> list[Formula]:
        """Return numbers below the x axis, where these have room."""
        chart = self.chart
        low, high = chart.x_range
        written: list[Formula] = []
        for most in range(_MOST, 1, -1):
            values, _, places = round_values(low, high, most)
            written = []
            for value in values[(values > 0) | ((values < 0) & self.roomy)].tolist():
                number = _small(math_number(value, places), self.theme)
                x = float(np.clip(chart.point(value, 0)[0], *_within(number.width, chart.inner)))
                beside = UNDER if self.dips and value < 0 else -drop - UNDER
                written.append(number.move_to([x, chart.across + beside, 0.0]))
            if all(b.get_left()[0] - a.get_right()[0] > 0.3 for a, b in pairwise(written)):
                break
        return written

    def _upright(self, top: float, bottom: float, rows: float) -> list[Formula]:
        """Return the numbers of the y axis: one above 0, and one below it where there is room."""
        values, _, places = round_values(bottom, top, 1 if bottom == 0 else 2)
        chosen = [value for value in (values.max(), values.min()) if value]
        written = []
        for value in dict.fromkeys(chosen):
            number = _small(math_number(float(value), places), self.theme)
            side = -1.0 if value > 0 else 1.0
            x = self.chart.up + side * (_BESIDE + number.width / 2)
            y = float(self.chart.point(0.0, float(value))[1])
            # Below the axis the sum and the numbers of the axis have their rows.
            if y > self.chart.across or y < self.chart.across - rows:
                written.append(number.move_to([x, y, 0.0]))
        return written

    def stand(self, at: float, rise: float = 1.0) -> Self:
        """Stand at a sum, the point so far on its way from the axis to the curve."""
        self.at, self.rise = at, rise
        foot = self.chart.point(at, 0.0)[:2]
        tip = self.chart.point(at, self.neuron.output_at(at))[:2]
        here = foot + min(rise, 1.0) * (tip - foot)
        self.point.set_positions(here[None])
        self.ground.move_to(np.append(here, 0.0))
        self.up.set_pieces(dashes(foot, here))
        level = np.array([self.chart.up, here[1]])
        # On the axis itself there is nothing to lead across.
        if abs(float(here[1] - foot[1])) < _POINT / 2:
            self.up.set_pieces(np.zeros((0, 2, 2)))
            rise = 0.0
        led = max(rise - 1.0, 0.0)
        self.across.set_pieces(dashes(here, here + led * (level - here)))
        return self


def _within(width: float, region: Region) -> tuple[float, float]:
    return region.left + width / 2, region.right - width / 2


def _small(markup: str, theme: Theme) -> Formula:
    return Formula(markup, theme, size=SMALL_SIZE, role="muted", halo=True)
