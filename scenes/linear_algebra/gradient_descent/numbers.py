"""One weight of a trained network walks down its loss curve."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from pydantic import Field

from nnmath import FloatArray, LossSlice, Network, train_classifier
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, CurvesParameters, Gap
from scenes.style.numerals import shown

Outcome = Literal["arrived", "stalled", "overshot", "bouncing", "under-way", "astray", "flat", "diverged"]

_LOSS = "binary_cross_entropy"
_WEIGHT_DECAY = 1e-2
_RESTARTS = 4
# The curve is drawn at least this far.
_LEAST_LEFT, _LEAST_RIGHT = -3.2, 4.6
_FARTHEST = 40.0
_SAMPLES = 401
# From two samples of the curve to one float, as good as.
_HALVINGS = 40
# A slope of this share of the curve's steepest is nearly nought.
_NEARLY_FLAT = 0.05
# The valley floor: this share of the curve's height above its lowest point.
_FLOOR = 0.02
# A curve whose height is no more than this share of its top looks flat.
_NO_HEIGHT = 0.005
# A slope below this is what rounding leaves of 0.
_RESOLUTION = 1e-12
# More decimals than these cannot be read in a column of the narrowest frame.
_MOST_PLACES = 7
# Steps shorter than this share of the curve's width crawl.
_CRAWL = 0.05


class GradientDescentParameters(CurvesParameters):
    """Parameters of `gradient-descent`."""

    gap: Gap = HARD_GAP
    start: float = Field(-2.0, ge=-4.0, le=4.0, description="weight at which the descent begins")
    learning_rate: float = Field(
        1.0,
        ge=1e-4,
        le=10.0,
        description="η, the length of a step per unit of slope; below 0.0001 it would be written as 0",
    )
    steps: int = Field(6, ge=1, le=30, description="steps taken")
    row: int = Field(2, ge=1, le=2, description="m of the first layer's weight wₘₙ that walks")
    column: int = Field(1, ge=1, le=2, description="n of the first layer's weight wₘₙ that walks")


@dataclass(frozen=True)
class Step:
    """One step as it is written: weight + step = next weight, all rounded alike."""

    weight: float
    slope: float
    step: float
    next_weight: float


@dataclass(frozen=True)
class GradientDescentNumbers:
    """The loss along one weight, and the steps down it.

    The steps are taken with the numbers that are written, the learning rate's and those that are rounded to
    `places` decimals, so that what is shown adds up and is what happened. Loss and slope at a weight are
    exact; only the curve between two samples is drawn straight.

    Attributes:
        loss_slice: the trained network's loss along the weight, whose other parameters are held.
        learning_rate: η as it is written.
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`.
        lowest: the weight of least loss on the curve, between the neighbours of its lowest sample.
    """

    loss_slice: LossSlice
    learning_rate: float
    places: int
    steps: tuple[Step, ...]
    curve: FloatArray
    lowest: float
    outcome: Outcome

    @property
    def network(self) -> Network:
        """The trained network."""
        return self.loss_slice.network

    @property
    def trained_weight(self) -> float:
        """What training made of the weight that walks."""
        layer = self.network.layers[self.loss_slice.layer]
        return float(layer.weights[self.loss_slice.row, self.loss_slice.column])

    @property
    def rate_places(self) -> int:
        """The decimals that the learning rate is written with."""
        return _rate_places(self.learning_rate)

    @cached_property
    def path(self) -> FloatArray:
        """The weights visited, the start first, `(steps + 1,)`."""
        return np.array([self.steps[0].weight, *(step.next_weight for step in self.steps)])

    @cached_property
    def path_losses(self) -> FloatArray:
        """The loss at every weight visited, `(steps + 1,)`."""
        return self.loss_slice.losses(self.path)

    @property
    def nearly_flat(self) -> float:
        """The size of slope up to which the curve is nearly flat."""
        return _nearly_flat(self.curve)

    @property
    def crawls(self) -> bool:
        """Whether all steps are short against the width of the curve."""
        width = self.curve[-1, 0] - self.curve[0, 0]
        return max(abs(step.step) for step in self.steps) <= _CRAWL * float(width)

    def loss_at(self, weight: float) -> float:
        """Return the loss at a weight."""
        return self.loss_slice.loss_at(weight)

    def slope_at(self, weight: float) -> float:
        """Return the derivative of the loss at a weight."""
        return self.loss_slice.slope_at(weight)

    def weight_at(self, progress: float) -> float:
        """Return the weight after `progress` steps, a fraction of a step easing in and out."""
        k = min(int(progress), len(self.steps) - 1)
        share = progress - k
        if share == 1.0:  # a sum of differences would miss it by a rounding
            return float(self.path[k + 1])
        eased = share * share * (3.0 - 2.0 * share)
        return float(self.path[k] + eased * (self.path[k + 1] - self.path[k]))

    def captions(self) -> dict[str, str]:
        return {
            "slope": self._slope_caption(),
            "repeat": self._repeat_caption(),
            "end": f"end-{self.outcome}",
        }

    def _slope_caption(self) -> str:
        written = self.steps[0].slope
        if written:
            return "slope-down" if written < 0 else "slope-up"
        slope = abs(self.slope_at(self.steps[0].weight))
        return "slope-slight" if slope > _RESOLUTION else "slope-flat"

    def _repeat_caption(self) -> str:
        if len(self.steps) == 1:
            return "repeat-once"
        if self.outcome in ("bouncing", "overshot", "diverged"):
            return "repeat-bounce"
        return "repeat-crawl" if self.crawls and self.outcome in ("under-way", "astray") else "repeat"

    def results(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "learning_rate": self.learning_rate,
            "weights": self.path.tolist(),
            "slopes": [step.slope for step in self.steps],
            "losses": self.path_losses.tolist(),
            "lowest_weight": self.lowest,
        }


def compute(parameters: GradientDescentParameters) -> GradientDescentNumbers:
    """Train the network, then walk one weight down from `start` with every other parameter held."""
    loss_slice = _loss_slice(parameters)
    rate = shown(parameters.learning_rate, _rate_places(parameters.learning_rate))
    places = _places(rate * loss_slice.slope_at(parameters.start))
    steps, diverged = _walk(loss_slice, shown(parameters.start, places), rate, parameters.steps, places)
    path = [steps[0].weight, *(step.next_weight for step in steps)]
    low = min(_LEAST_LEFT, min(path) - 0.4)
    high = max(_LEAST_RIGHT, max(path) + 0.4)
    weights = np.linspace(low, high, _SAMPLES)
    curve = np.column_stack([weights, loss_slice.losses(weights), loss_slice.slopes(weights)])
    lowest = _lowest(loss_slice, curve)
    return GradientDescentNumbers(
        loss_slice=loss_slice,
        learning_rate=rate,
        places=places,
        steps=steps,
        curve=curve,
        lowest=lowest,
        outcome="diverged" if diverged else _outcome(loss_slice, steps, places, curve, lowest),
    )


def _loss_slice(parameters: GradientDescentParameters) -> LossSlice:
    dataset = parameters.dataset()
    run = train_classifier(dataset, seed=parameters.seed, restarts=_RESTARTS, weight_decay=_WEIGHT_DECAY)
    row, column = parameters.row - 1, parameters.column - 1
    return LossSlice(run.network, 0, row, column, dataset.points, dataset.labels, _LOSS)


def _walk(
    loss_slice: LossSlice, start: float, rate: float, count: int, places: int
) -> tuple[tuple[Step, ...], bool]:
    """Take the steps, and tell whether they left all bounds; then the last one is the first that did."""
    weight = start
    steps: list[Step] = []
    for _ in range(count):
        slope = shown(loss_slice.slope_at(weight), places)
        step = shown(-rate * slope, places)
        steps.append(Step(weight, slope, step, shown(weight + step, places)))
        weight = steps[-1].next_weight
        if abs(weight) > _FARTHEST:
            return tuple(steps), True
    return tuple(steps), False


def _lowest(loss_slice: LossSlice, curve: FloatArray) -> float:
    """Return the weight of least loss near the curve's lowest sample, by halving where the slope turns."""
    weights, losses, _ = curve.T
    sample = int(np.argmin(losses))
    low, high = float(weights[max(sample - 1, 0)]), float(weights[min(sample + 1, len(weights) - 1)])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if loss_slice.slope_at(middle) > 0 else (middle, high)
    found = (low + high) / 2
    # Between two samples there may be more than one dip.
    return found if loss_slice.loss_at(found) < losses[sample] else float(weights[sample])


def _outcome(
    loss_slice: LossSlice, steps: tuple[Step, ...], places: int, curve: FloatArray, lowest: float
) -> Outcome:
    """Tell what became of the walk; a flat shoulder high above the valley is no arrival."""
    height = float(np.ptp(curve[:, 1]))
    first, last = steps[0].weight, steps[-1].next_weight
    last_slope = shown(loss_slice.slope_at(last), places)
    if height <= _NO_HEIGHT * float(curve[:, 1].max()):
        return "flat"
    if abs(last_slope) <= _nearly_flat(curve):
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


def _nearly_flat(curve: FloatArray) -> float:
    return _NEARLY_FLAT * float(np.abs(curve[:, 2]).max())


def _places(first_step: float) -> int:
    """Return the decimals that show a digit of the first step, and two where they are few; at least 2."""
    if abs(first_step) <= _RESOLUTION:
        return 2
    first_digit = -math.floor(math.log10(abs(first_step)))
    return max(2, min(first_digit + 1, 6), min(first_digit, _MOST_PLACES))


def _rate_places(rate: float) -> int:
    """Return the decimals that show four digits of a learning rate, at least 4."""
    return max(3 - math.floor(math.log10(rate)), 4)


DEFINITION = SceneDefinition(
    home=__name__,
    name="gradient-descent",
    summary="A weight walks downhill: each step is −η times the slope.",
    parameters=GradientDescentParameters,
    presets={"slope": {}, "small-step": {"learning_rate": 0.1}, "large-step": {"learning_rate": 4.0}},
    beats={
        "curve": (),
        "slope": ("slope-down", "slope-up", "slope-flat", "slope-slight"),
        "step": (),
        "repeat": ("repeat", "repeat-crawl", "repeat-bounce", "repeat-once"),
        "end": (
            "end-arrived",
            "end-under-way",
            "end-astray",
            "end-bouncing",
            "end-overshot",
            "end-stalled",
            "end-flat",
            "end-diverged",
        ),
    },
    compute=compute,
    captions=GradientDescentNumbers.captions,
    drawing="drawing:GradientDescent",
    lesson="scenes.linear_algebra.lesson",
    cover={"slope": "step", "small-step": "repeat", "large-step": "repeat"},
)
