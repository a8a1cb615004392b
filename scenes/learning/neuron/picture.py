"""Neuron, level and curve, which always say the same: one sum, one output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup, smooth

from nnmath import FloatArray
from scenes.learning.neuron.composition import Composition
from scenes.learning.neuron.numbers import NeuronNumbers
from scenes.learning.neuron.squashing import ROW, UNDER, Squashing
from scenes.learning.neuron.wiring import Wiring
from scenes.parts.charts.level import Level, Pose, lanes_of
from scenes.parts.writing.placing import kept_within, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Region
from scenes.style.numerals import math_brief, math_equals, math_number, shown
from scenes.style.theme import Theme

# The width of a lane in an upright level, at the most and at the least, and of all; and the same of one on
# the axis, in scene units.
_LANE, _THIN, _LANES, _FLAT, _ALL_FLAT = 0.62, 0.14, 1.9, 0.18, 0.34
# From the axis to what lies along it; below this the formula is near the curve.
_OFF, _NEAR = 0.06, 0.4
# From the level to the sum beside it.
_BESIDE = 0.26
# From the level to the terms before it, what parts these, and their least em.
_BEFORE, _APART, _LEAST = 0.4, 0.1, 0.27
_TUBE = 1.08
# When the sum has gone to its side of the axis, and within which distance of 0 it changes sides.
_LATE, _CROSSING = 0.7, 0.5


class Picture(VGroup):
    """What a neuron computes, live.

    Attributes:
        wiring: the neuron. level: its terms. squashing: the curve.
        total: the sum as it is written beside the level's mark. terms: what each term is, before the level.
        upright, lying: the level's two poses. laid: how far it is from one to the other.
    """

    def __init__(
        self,
        numbers: NeuronNumbers,
        theme: Theme,
        regions: Composition,
        states: Sequence[FloatArray],
        safe: Region,
    ) -> None:
        """Lay everything out for all `states`: the terms `(n + 1,)` that the level will show.

        The first of them is what stands in the upright level in the end. Writing keeps within `safe`.
        """
        super().__init__()
        self.numbers, self.theme, self.safe = numbers, theme, safe
        self.wiring = Wiring(numbers, theme, regions.diagram, regions.radius)
        running = np.concatenate([np.append(0.0, np.cumsum(state)) for state in states])
        self.lanes = [int(max(lanes_of(state).max() for state in group)) for group in (states[:1], states)]
        flat = min(_FLAT, _ALL_FLAT / (self.lanes[1] + 1))
        drop = flat * (self.lanes[1] + 1.0) + _OFF
        self.squashing = Squashing(numbers, theme, regions.curve, running.tolist(), drop)
        self.terms = [
            Formula(math_number(value), theme, size=LABEL_SIZE * 1.1, role=role)
            for value, role in zip(numbers.terms.tolist(), self.wiring.roles, strict=True)
        ]
        chart = self.squashing.chart
        axis = np.array([chart.up, chart.across - flat / 2 - _OFF])
        self.lying = Pose(axis, 0.0, self.squashing.unit, flat)
        heights = np.concatenate([np.append(0.0, np.cumsum(each)) for each in self._upright_states(states)])
        if numbers.story == "threshold":
            heights = np.append(heights, -numbers.bias)
        low, high = _TUBE * float(heights.min()), _TUBE * float(heights.max())
        low, high = (low, high) if high - low > 1e-9 else (-1.0, 1.0)
        self.upright = self._raised(axis, regions, heights, (low, high))
        lanes = None if numbers.story == "sum" else lanes_of(numbers.terms).tolist()
        self.level = Level(theme, self.wiring.roles, self.upright, (low, high), lanes=lanes)
        self.laid = 0.0
        self.total = Formula("0", theme, size=FORMULA_SIZE, halo=True)
        self.total.set_z_index(12)
        self._stand_terms(states[0])
        self._stand_total()

    def _raised(
        self, axis: FloatArray, regions: Composition, heights: FloatArray, limits: tuple[float, float]
    ) -> Pose:
        """Return how the level stands upright: over where it will lie, as far as there is room beside it."""
        low, high = limits
        # What turns over swings out a little.
        near = regions.formula.bottom - regions.curve.top < _NEAR
        self.room = regions.curve.bottom - 0.5, regions.curve.top + (-0.2 if near else 0.05)
        floor, ceiling = self.room
        unit = min(self.squashing.unit, (ceiling - floor) / (high - low))
        height = min(max(float(axis[1]), floor - unit * low), ceiling - unit * high)
        totals = [f"z approx {math_number(each)}" for each in heights.tolist()]
        totals += [f"z = {math_brief(each, 2)}" for each in heights.tolist()]
        widest = max(Formula(each, self.theme, size=FORMULA_SIZE).width for each in totals)
        before = max(term.width for term in self.terms) + _BEFORE
        right = self.safe.right - widest - _BESIDE - 0.25
        lanes = self.lanes[0]
        wide = (right - self.safe.left - before) / (lanes + 1.0)
        lane = float(np.clip(min(wide, _LANES / (lanes + 1.0)), _THIN, _LANE))
        x = max(min(float(axis[0]), right - (lanes + 0.5) * lane), self.safe.left + before + lane / 2)
        return Pose(np.array([x, height]), np.pi / 2, unit, lane)

    def _upright_states(self, states: Sequence[FloatArray]) -> Sequence[FloatArray]:
        return states[:1] if self.numbers.story == "sum" else states

    def _stand_terms(self, terms: FloatArray) -> None:
        """Stand every term before the level at its piece's middle, and off the others."""
        tops = np.cumsum(terms)
        wanted = [float(self.upright.at(value)[1]) for value in (tops - terms / 2).tolist()]
        order = np.argsort(np.array(wanted), kind="stable")
        low, high = self.room
        needed = sum(term.height + _APART for term in self.terms)
        for term in self.terms:
            term.scale(float(np.clip((high - low) / needed, _LEAST / term.size, 1.0)))
        heights = [term.height + _APART * min(1.0, (high - low) / needed) for term in self.terms]
        placed = spread([wanted[k] for k in order], [heights[k] for k in order], (low, high))
        edge = float(self.upright.at(0.0, -0.5)[0]) - _BEFORE
        for k, y in zip(order.tolist(), placed, strict=True):
            term = self.terms[k]
            term.move_to([edge - term.width / 2, y, 0.0])
            term.set_z_index(12)

    # Live.

    def show(self, inputs: FloatArray, bias: float) -> None:
        """Show what the neuron computes of other inputs `(n,)` with another bias, everywhere at once."""
        numbers = self.numbers
        total = numbers.sum_at(inputs, bias)
        self.level.show(numbers.terms_at(inputs, bias))
        self.tell_total(total)
        self.squashing.stand(total, self.squashing.rise)
        self.wiring.tell_output(numbers.output_at(total))

    def tell_total(
        self, value: float, *, name: bool = True, resting: bool = False, exact: bool = True
    ) -> None:
        """Write the sum at the mark, wherever that is; at rest, `exact` tells if it is to the last digit."""
        if resting:
            sign, text = math_equals(exact), math_number(value)
        else:
            sign, text = "=", math_brief(shown(value, 6), self.numbers.moving_places)
        markup = f"z {sign} {text}" if name else text
        if markup != self.total.source:
            self.total.rewrite(markup)
        self._stand_total()

    def lay(self, share: float) -> None:
        """Tip the level over onto the axis, so far."""
        self.laid = share
        self.level.stand(self.upright.towards(self.lying, share))
        self._stand_total()

    def _stand_total(self) -> None:
        """Stand the sum beside the mark: to its right while the level is upright, below once it lies."""
        pose, written_sum = self.level.pose, self.total
        lanes = self.lanes[0] + self.laid * (self.lanes[1] - self.lanes[0])
        gap = _BESIDE + self.laid * (UNDER + ROW - _BESIDE)
        aside = np.abs(pose.aside)
        # Below, its middle keeps one height whatever it says.
        extent = aside[0] * written_sum.width / 2 * (1.0 - self.laid)
        at = pose.at(self.level.total, lanes + 0.5) + pose.aside * (gap + extent)
        # Once it lies, the sum stands where the curve is not.
        settled = float(smooth(np.clip((self.laid - _LATE) / (1.0 - _LATE), 0.0, 1.0)))
        side = float(np.clip(self.level.total * pose.unit / _CROSSING, -1.0, 1.0))
        if self.squashing.dips and settled and side < 1.0:
            above = pose.at(self.level.total, -0.5) - pose.aside * self.squashing.above
            at = at + settled * (1.0 - float(smooth((side + 1.0) / 2))) * (above - at)
        at = kept_within(at, size_of(written_sum), self.safe)
        written_sum.move_to(np.append(at, 0.0))

    def settle(self, inputs: FloatArray, bias: float) -> None:
        """Write everything as it is written at rest."""
        total = self.numbers.sum_at(inputs, bias)
        self.show(inputs, bias)
        self.tell_total(total, resting=True, exact=self.numbers.is_written(inputs, bias))
        self.wiring.tell_inputs(inputs, moving=False)
        self.wiring.tell_bias(bias, moving=False)
        self.wiring.tell_output(self.numbers.output_at(total), moving=False)

    def tip(self, **options: Any) -> Drive:
        """Return the animation in which the level is laid onto the axis."""
        return Drive(VGroup(self.level, self.total), self.lay, **options)


def spread(wanted: Sequence[float], heights: Sequence[float], room: tuple[float, float]) -> list[float]:
    """Return middles as near to those `wanted`, from low to high, as keep things of these heights apart.

    They keep within the room where there is enough of it.
    """
    placed: list[float] = []
    edge = room[0]
    for middle, height in zip(wanted, heights, strict=True):
        placed.append(max(middle, edge + height / 2))
        edge = placed[-1] + height / 2
    ceiling = max(room[1], room[0] + sum(heights))
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], ceiling - heights[k] / 2)
        ceiling = placed[k] - heights[k] / 2
    return placed
