"""One weight of a trained network walks down its loss curve."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pydantic import Field

from nnmath import FloatArray, Network, descend_one_weight, loss_along_weight, train_classifier
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, CurvesParameters, Gap
from scenes.linear_algebra import LESSON
from scenes.style.numerals import shown

Outcome = Literal["arrived", "stalled", "overshot", "bouncing", "under-way", "flat", "diverged"]

_LOSS = "binary_cross_entropy"
_WEIGHT_DECAY = 1e-2
_RESTARTS = 4
# The curve is drawn at least this far.
_LEAST_LEFT, _LEAST_RIGHT = -3.2, 4.6
_FARTHEST = 40.0
_SAMPLES = 401
# A slope of this share of the curve's steepest is nearly nought.
_NEARLY_FLAT = 0.05
# The valley floor: this share of the curve's height above its lowest point.
_FLOOR = 0.02
# A curve no higher than this looks flat, its loss being written with two decimals.
_NO_HEIGHT = 0.005
# Steps shorter than this share of the curve's width crawl.
_CRAWL = 0.05


class GradientDescentParameters(CurvesParameters):
    """Parameters of `gradient-descent`."""

    gap: Gap = HARD_GAP
    start: float = Field(-2.0, ge=-4.0, le=4.0, description="weight at which the descent begins")
    learning_rate: float = Field(
        1.0, gt=0.0, le=10.0, description="η, the length of a step per unit of slope"
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

    The steps are taken with the numbers that are written, rounded to `places` decimals, so that what is
    shown adds up and is what happened.

    Attributes:
        network: the trained network whose other parameters are held.
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`.
        lowest: the weight of the curve's lowest sample.
    """

    network: Network
    trained_weight: float
    learning_rate: float
    places: int
    steps: tuple[Step, ...]
    curve: FloatArray
    outcome: Outcome

    @property
    def path(self) -> FloatArray:
        """The weights visited, the start first."""
        return np.array([self.steps[0].weight, *(step.next_weight for step in self.steps)])

    @property
    def lowest(self) -> float:
        return float(self.curve[np.argmin(self.curve[:, 1]), 0])

    @property
    def nearly_flat(self) -> float:
        """The size of slope up to which the curve is nearly flat."""
        return _NEARLY_FLAT * float(np.abs(self.curve[:, 2]).max())

    @property
    def crawls(self) -> bool:
        """Whether all steps are short against the width of the curve."""
        width = self.curve[-1, 0] - self.curve[0, 0]
        return max(abs(step.step) for step in self.steps) <= _CRAWL * float(width)

    def loss_at(self, weight: float) -> float:
        """Return the loss at a weight on the curve, between samples by straight lines."""
        return float(np.interp(weight, self.curve[:, 0], self.curve[:, 1]))

    def slope_at(self, weight: float) -> float:
        """Return the derivative at a weight on the curve, between samples by straight lines."""
        return float(np.interp(weight, self.curve[:, 0], self.curve[:, 2]))

    def weight_at(self, progress: float) -> float:
        """Return the weight after `progress` steps, a fraction of a step easing in and out."""
        k = min(int(progress), len(self.steps) - 1)
        share = progress - k
        eased = share * share * (3.0 - 2.0 * share)
        return float(self.path[k] + eased * (self.path[k + 1] - self.path[k]))

    def captions(self) -> dict[str, str]:
        slope = self.steps[0].slope
        return {
            "slope": "slope-flat" if slope == 0 else "slope-down" if slope < 0 else "slope-up",
            "repeat": self._repeat_caption(),
            "end": f"end-{self.outcome}",
        }

    def _repeat_caption(self) -> str:
        if len(self.steps) == 1:
            return "repeat-once"
        if self.outcome in ("bouncing", "overshot", "diverged"):
            return "repeat-bounce"
        return "repeat-crawl" if self.crawls and self.outcome == "under-way" else "repeat"

    def results(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "learning_rate": self.learning_rate,
            "weights": [float(weight) for weight in self.path],
            "slopes": [step.slope for step in self.steps],
            "losses": [shown(self.loss_at(weight), 4) for weight in self.path],
            "lowest_weight": self.lowest,
        }


class _Slice:
    """The loss of a network as a function of one weight."""

    def __init__(self, parameters: GradientDescentParameters) -> None:
        dataset = parameters.dataset()
        run = train_classifier(dataset, seed=parameters.seed, restarts=_RESTARTS, weight_decay=_WEIGHT_DECAY)
        self.network = run.network
        self.place = (0, parameters.row - 1, parameters.column - 1)
        self.inputs = dataset.points
        self.targets = dataset.labels[:, None].astype(np.float64)

    def losses(self, weights: FloatArray) -> FloatArray:
        return loss_along_weight(self.network, *self.place, weights, self.inputs, self.targets, _LOSS)

    def slope(self, weight: float) -> float:
        """Return the derivative of the loss at one weight, by backpropagation."""
        one = descend_one_weight(
            self.network,
            *self.place,
            self.inputs,
            self.targets,
            _LOSS,
            start=weight,
            learning_rate=1.0,
            steps=1,
        )
        return float(one.slopes[0])


def compute(parameters: GradientDescentParameters) -> GradientDescentNumbers:
    """Train the network, then walk one weight down from `start` with every other parameter held."""
    along = _Slice(parameters)
    places = _places(parameters.learning_rate * along.slope(parameters.start))
    steps, diverged = _walk(along, parameters, places)
    path = [steps[0].weight, *(step.next_weight for step in steps)]
    low = min(_LEAST_LEFT, min(path) - 0.4)
    high = max(_LEAST_RIGHT, max(path) + 0.4)
    weights = np.linspace(low, high, _SAMPLES)
    slopes = [along.slope(weight) for weight in weights]
    curve = np.column_stack([weights, along.losses(weights), slopes])
    layer, row, column = along.place
    return GradientDescentNumbers(
        network=along.network,
        trained_weight=float(along.network.layers[layer].weights[row, column]),
        learning_rate=parameters.learning_rate,
        places=places,
        steps=steps,
        curve=curve,
        outcome="diverged" if diverged else _outcome(steps, along.slope(path[-1]), curve),
    )


def _walk(along: _Slice, parameters: GradientDescentParameters, places: int) -> tuple[tuple[Step, ...], bool]:
    """Take the steps, and tell whether they left all bounds; then the last one is the first that did."""
    weight = shown(parameters.start, places)
    steps: list[Step] = []
    for _ in range(parameters.steps):
        slope = shown(along.slope(weight), places)
        step = shown(-parameters.learning_rate * slope, places)
        steps.append(Step(weight, slope, step, shown(weight + step, places)))
        weight = steps[-1].next_weight
        if abs(weight) > _FARTHEST:
            return tuple(steps), True
    return tuple(steps), False


def _outcome(steps: tuple[Step, ...], last_slope: float, curve: FloatArray) -> Outcome:
    """Tell what became of the walk; a flat shoulder high above the valley is no arrival."""
    weights, losses, slopes_along = curve.T
    lowest, height = weights[np.argmin(losses)], float(np.ptp(losses))
    first, last = steps[0].weight, steps[-1].next_weight
    if height <= _NO_HEIGHT:
        return "flat"
    if abs(last_slope) <= _NEARLY_FLAT * np.abs(slopes_along).max():
        above = float(np.interp(last, weights, losses) - losses.min())
        return "arrived" if above <= _FLOOR * height else "stalled"
    slopes = np.array([*(step.slope for step in steps), last_slope])
    if np.count_nonzero(slopes[1:] * slopes[:-1] < 0) >= 2:
        return "bouncing"
    return "overshot" if (first - lowest) * (last - lowest) < 0 else "under-way"


def _places(first_step: float) -> int:
    """Return the decimals that show two digits of the first step, 2 to 6."""
    if first_step == 0:
        return 2
    return min(max(1 - math.floor(math.log10(abs(first_step))), 2), 6)


DEFINITION = SceneDefinition(
    home=__name__,
    name="gradient-descent",
    summary="A weight walks downhill: each step is −η times the slope.",
    parameters=GradientDescentParameters,
    presets={"slope": {}, "small-step": {"learning_rate": 0.1}, "large-step": {"learning_rate": 4.0}},
    beats={
        "curve": (),
        "slope": ("slope-down", "slope-up", "slope-flat"),
        "step": (),
        "repeat": ("repeat", "repeat-crawl", "repeat-bounce", "repeat-once"),
        "end": (
            "end-arrived",
            "end-under-way",
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
    lesson=LESSON,
    cover={"slope": "step", "small-step": "repeat", "large-step": "repeat"},
)
