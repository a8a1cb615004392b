"""Three walks down one loss curve from one start, each with its own learning rate, step by step together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
from pydantic import Field

from nnmath import Dataset, FloatArray, LossSlice
from scenes.definition import SceneDefinition
from scenes.families.walking_weight.numbers import (
    LearningRate,
    Start,
    WalkingParameters,
    loss_curve,
    lowest_weight,
    trained_weight,
    walking_slice,
)
from scenes.families.walking_weight.walk import Outcome, Step, Walked, outcome, rate_places, step_places, walk
from scenes.style.numerals import math_brief, math_number, numeral, shown

Fate: TypeAlias = Outcome | Literal["crawling", "outside"]

# Walks are shown as far from the start and the trained weight as this many times what these two span, at the
# least this much. The curve is drawn beyond these two by the one share of that at least, and beyond what is
# visited by the other.
_REACH, _LEAST_SPAN = 1.5, 0.8
_AROUND, _BEYOND = 0.6, 0.25
_SAMPLES = 301
# Steps shorter than this share of the curve's width crawl.
_CRAWL = 0.05
_LOSS_PLACES = 3
# What is written of three walks stands beside each other: no number of a step has more decimals than these.
_MOST_PLACES = 5
_SLOW: tuple[Fate, ...] = ("crawling", "under-way")
_JUMPED: tuple[Fate, ...] = ("bouncing", "overshot", "outside", "diverged")


class LearningRateParameters(WalkingParameters):
    """Parameters of `learning-rate`."""

    start: Start = Field(0.6, description="weight at which all three walks begin")
    learning_rates: tuple[LearningRate, LearningRate, LearningRate] = Field(
        (0.01, 0.09, 0.3), description="η of each walk, the length of its steps per unit of slope"
    )
    steps: int = Field(
        8, ge=1, le=30, description="steps of each walk; it ends sooner if it leaves all bounds"
    )


@dataclass(frozen=True)
class Walk(Walked):
    """One of the walks, all of which write their numbers alike.

    Attributes:
        fate: what became of it.
    """

    fate: Fate

    @property
    def rate_written(self) -> str:
        """η in plain characters, which are formula markup as well."""
        return numeral(self.learning_rate, _places_of(self.learning_rate))

    @property
    def last_loss(self) -> float:
        """The loss where it ended."""
        return float(self.path_losses[-1])


@dataclass(frozen=True)
class LearningRateNumbers:
    """The loss along one weight, and three walks down it that step at the same moments.

    Attributes:
        walks: in the order of their parameters.
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`; walks may leave it.
        lowest: the weight of least loss on the curve, between the neighbours of its lowest sample.
    """

    dataset: Dataset
    loss_slice: LossSlice
    walks: tuple[Walk, ...]
    curve: FloatArray
    lowest: float

    @property
    def start(self) -> float:
        """The weight at which all walks begin."""
        return self.walks[0].steps[0].weight

    @property
    def most_steps(self) -> int:
        """The steps of the longest walk."""
        return max(len(walk.steps) for walk in self.walks)

    @cached_property
    def best(self) -> tuple[int, ...]:
        """Which walks ended at the lowest loss, as it is written."""
        lowest = min(self.walks, key=lambda walk: walk.last_loss)
        text = loss_written(lowest.last_loss)
        return tuple(k for k, walk in enumerate(self.walks) if loss_written(walk.last_loss) == text)

    def captions(self) -> dict[str, str]:
        return {
            "question": "question" if self.walks[0].steps[0].slope else "question-flat",
            "split": ("split-same", "split-two", "split")[len({w.learning_rate for w in self.walks}) - 1],
            "first": self._first_caption(),
            "walk": self._walk_caption(),
            "best": self._best_caption(),
        }

    def _first_caption(self) -> str:
        lengths = [walk.steps[0].step for walk in self.walks]
        if not any(lengths):
            return "first-none"
        return ("first-same", "first-two", "first")[len(set(lengths)) - 1]

    def _walk_caption(self) -> str:
        if not any(step.step for walk in self.walks for step in walk.steps):
            return "walk-still"
        return "walk" if self.most_steps > 1 else "walk-once"

    def _best_caption(self) -> str:
        if len(self.best) > 1:
            return "best-all" if len(self.best) == len(self.walks) else "best-shared"
        best = self.walks[self.best[0]]
        smaller = [walk.fate for walk in self.walks if walk.learning_rate < best.learning_rate]
        larger = [walk.fate for walk in self.walks if walk.learning_rate > best.learning_rate]
        if not smaller or not larger:
            return "best-largest" if smaller else "best-smallest"
        slow, jumped = all(f in _SLOW for f in smaller), all(f in _JUMPED for f in larger)
        return "best-rule" if best.fate == "arrived" and slow and jumped else "best-between"

    def results(self) -> dict[str, Any]:
        return {
            "walks": [
                {
                    "learning_rate": walk.learning_rate,
                    "outcome": walk.fate,
                    "weights": walk.path.tolist(),
                    "slopes": [step.slope for step in walk.steps],
                    "losses": walk.path_losses.tolist(),
                }
                for walk in self.walks
            ],
            "lowest_loss_with": sorted({self.walks[k].learning_rate for k in self.best}),
            "lowest_weight": self.lowest,
            "trained_weight": trained_weight(self.loss_slice),
        }


def _places_of(rate: float) -> int:
    return min(rate_places(rate), _MOST_PLACES)


def loss_written(loss: float) -> str:
    """Return a loss as formula markup of about the same length whatever its size, never 0 if it is not."""
    if loss != 0.0 and shown(loss, _LOSS_PLACES) == 0.0:
        return math_number(loss, _LOSS_PLACES)
    return math_brief(loss, _LOSS_PLACES)


def window(start: float, trained: float, visited: FloatArray) -> tuple[float, float]:
    """Return which weights are worth showing: what is visited near the start and the trained weight.

    A walk that jumps far leaves the picture, so that the others can still be seen in it.

    Args:
        visited: all weights of all walks, `(n,)`.
    """
    span = max(abs(start - trained), _LEAST_SPAN)
    first, last = min(start, trained), max(start, trained)
    near = visited[(visited >= first - _REACH * span) & (visited <= last + _REACH * span)]
    low = min(first - _AROUND * span, float(near.min(initial=first)) - _BEYOND * span)
    high = max(last + _AROUND * span, float(near.max(initial=last)) + _BEYOND * span)
    return low, high


def fate(
    loss_slice: LossSlice, steps: tuple[Step, ...], places: int, curve: FloatArray, lowest: float
) -> Fate:
    """Tell what became of a walk that stayed within bounds, perhaps beyond what the curve shows."""
    found = outcome(loss_slice, steps, places, curve, lowest)
    if not curve[0, 0] <= steps[-1].next_weight <= curve[-1, 0] and found not in ("flat", "bouncing"):
        return "outside"
    longest = max(abs(step.step) for step in steps)
    if found == "under-way" and longest <= _CRAWL * float(curve[-1, 0] - curve[0, 0]):
        return "crawling"
    return found


def compute(parameters: LearningRateParameters) -> LearningRateNumbers:
    """Train the network, then walk one weight down from `start` three times, all else held."""
    dataset = parameters.dataset()
    loss_slice = walking_slice(parameters, dataset)
    rates = [shown(rate, _places_of(rate)) for rate in parameters.learning_rates]
    slope = loss_slice.slope_at(parameters.start)
    places = min(max(step_places(rate * slope) for rate in rates), _MOST_PLACES)
    slope_places = min(step_places(slope), _MOST_PLACES)
    start = shown(parameters.start, places)
    walked = [walk(loss_slice, start, rate, parameters.steps, places, slope_places) for rate in rates]
    visited = np.array([step.next_weight for steps, _ in walked for step in steps])
    low, high = window(start, trained_weight(loss_slice), visited)
    curve = loss_curve(loss_slice, low, high, _SAMPLES)
    lowest = lowest_weight(loss_slice, curve)
    walks = tuple(
        Walk(
            loss_slice=loss_slice,
            learning_rate=rate,
            places=places,
            slope_places=slope_places,
            steps=steps,
            curve=curve,
            fate="diverged" if left else fate(loss_slice, steps, places, curve, lowest),
        )
        for rate, (steps, left) in zip(rates, walked, strict=True)
    )
    return LearningRateNumbers(dataset, loss_slice, walks, curve, lowest)


DEFINITION = SceneDefinition(
    home=__name__,
    name="learning-rate",
    summary="One loss curve, one start, three learning rates: what becomes of each?",
    parameters=LearningRateParameters,
    presets={"three": {}},
    beats={
        "question": ("question", "question-flat"),
        "split": ("split", "split-two", "split-same"),
        "first": ("first", "first-two", "first-same", "first-none"),
        "walk": ("walk", "walk-once", "walk-still"),
        "fates": (),
        "losses": (),
        "best": ("best-rule", "best-between", "best-smallest", "best-largest", "best-shared", "best-all"),
    },
    compute=compute,
    captions=LearningRateNumbers.captions,
    drawing="drawing:LearningRateScene",
    lesson="scenes.learning.lesson",
    cover={"": "fates"},
)
