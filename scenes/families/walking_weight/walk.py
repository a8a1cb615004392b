"""Steps of gradient descent as they are written, and what became of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from nnmath import FloatArray, LossSlice
from scenes.style.numerals import shown

Outcome = Literal["arrived", "stalled", "overshot", "bouncing", "under-way", "astray", "flat", "diverged"]

_FARTHEST = 40.0
# A slope of this share of the curve's steepest is nearly nought.
_NEARLY_FLAT = 0.05
# The valley floor: this share of the curve's height above its lowest point.
_FLOOR = 0.02
# A curve whose height is no more than this share of its top looks flat.
_NO_HEIGHT = 0.005
# A slope below this is what rounding leaves of 0.
RESOLUTION = 1e-12
# More decimals than these cannot be read in a column of the narrowest frame.
_MOST_PLACES = 7


@dataclass(frozen=True)
class Step:
    """One step as it is written: weight + step = next weight, all rounded alike."""

    weight: float
    slope: float
    step: float
    next_weight: float


@dataclass(frozen=True)
class Walked:
    """A weight's walk down its loss, with the numbers that are written.

    Attributes:
        loss_slice: the trained network's loss along the weight, whose other parameters are held.
        learning_rate: η as it is written.
        places, slope_places: the decimals of weights and steps, and of slopes.
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`.
    """

    loss_slice: LossSlice
    learning_rate: float
    places: int
    slope_places: int
    steps: tuple[Step, ...]
    curve: FloatArray

    @cached_property
    def path(self) -> FloatArray:
        """The weights visited, the start first, `(steps + 1,)`."""
        return np.array([self.steps[0].weight, *(step.next_weight for step in self.steps)])

    @cached_property
    def path_losses(self) -> FloatArray:
        """The loss at every weight visited, `(steps + 1,)`."""
        return self.loss_slice.losses(self.path)

    def loss_at(self, weight: float) -> float:
        """Return the loss at a weight."""
        return self.loss_slice.loss_at(weight)

    def slope_at(self, weight: float) -> float:
        """Return the derivative of the loss at a weight."""
        return self.loss_slice.slope_at(weight)


def walk(
    loss_slice: LossSlice,
    start: float,
    rate: float,
    count: int,
    places: int,
    slope_places: int | None = None,
) -> tuple[tuple[Step, ...], bool]:
    """Take the steps, and tell whether they left all bounds; then the last one is the first that did.

    Args:
        places: the decimals of weights and steps. slope_places: those of slopes, the same if left out.
    """
    weight = start
    steps: list[Step] = []
    for _ in range(count):
        slope = shown(loss_slice.slope_at(weight), places if slope_places is None else slope_places)
        step = shown(-rate * slope, places)
        steps.append(Step(weight, slope, step, shown(weight + step, places)))
        weight = steps[-1].next_weight
        if abs(weight) > _FARTHEST:
            return tuple(steps), True
    return tuple(steps), False


def outcome(
    loss_slice: LossSlice, steps: tuple[Step, ...], places: int, curve: FloatArray, lowest: float
) -> Outcome:
    """Tell what became of a walk within bounds; a flat shoulder high above the valley is no arrival.

    Args:
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`.
        lowest: the weight of least loss.
    """
    height = float(np.ptp(curve[:, 1]))
    first, last = steps[0].weight, steps[-1].next_weight
    last_slope = shown(loss_slice.slope_at(last), places)
    if height <= _NO_HEIGHT * float(curve[:, 1].max()):
        return "flat"
    if abs(last_slope) <= _NEARLY_FLAT * float(np.abs(curve[:, 2]).max()):
        above = loss_slice.loss_at(last) - loss_slice.loss_at(lowest)
        return "arrived" if above <= _FLOOR * height else "stalled"
    slopes = np.array([*(step.slope for step in steps), last_slope])
    if np.count_nonzero(slopes[1:] * slopes[:-1] < 0) >= 2:
        return "bouncing"
    if (first - lowest) * (last - lowest) < 0:
        return "overshot"
    return "under-way" if _downhill(curve, last, lowest) else "astray"


def _downhill(curve: FloatArray, weight: float, lowest: float) -> bool:
    """Tell whether the curve falls all the way from a weight to the lowest one."""
    low, high = sorted((weight, lowest))
    between = curve[(curve[:, 0] > low) & (curve[:, 0] < high)]
    return bool((between[:, 2] * (lowest - weight) <= 0).all())


def step_places(first_step: float) -> int:
    """Return the decimals that show a digit of the first step, and two where they are few; at least 2."""
    if abs(first_step) <= RESOLUTION:
        return 2
    first_digit = -math.floor(math.log10(abs(first_step)))
    return max(2, min(first_digit + 1, 6), min(first_digit, _MOST_PLACES))


def rate_places(rate: float) -> int:
    """Return the decimals that show four digits of a learning rate, at least 4."""
    return max(3 - math.floor(math.log10(rate)), 4)
