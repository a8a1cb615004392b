"""One weight of the folding network walks down its loss curve, and the boundary bends with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from nnmath import Dataset, FloatArray, Layer, LossSlice, Network, decision_boundary
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, CurvesParameters, Gap, Seed
from scenes.families.exactness import trained_network
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers
from scenes.linear_algebra.gradient_descent.walk import (
    RESOLUTION,
    Outcome,
    Step,
    outcome,
    rate_places,
    step_places,
    walk,
)
from scenes.style.numerals import shown

_LOSS = "binary_cross_entropy"
# The network is that of `relu-folding`.
_WEIGHT_DECAY = 1e-3
_RESTARTS = 6
# The curve is drawn beyond the walk and the trained weight by this share of what they span, at the least so
# much.
_BEYOND, _LEAST_SPAN = 0.4, 0.8
_SAMPLES = 401
# From two samples of the curve to one float, as good as.
_HALVINGS = 40
# Steps shorter than this share of the curve's width crawl.
_CRAWL = 0.05


class GradientDescentParameters(CurvesParameters):
    """Parameters of `gradient-descent`."""

    gap: Gap = HARD_GAP
    # The start from which `relu-folding` trains.
    seed: Seed = 6
    start: float = Field(0.6, ge=-4.0, le=4.0, description="weight at which the descent begins")
    learning_rate: float = Field(
        0.09,
        ge=1e-4,
        le=10.0,
        description="η, the length of a step per unit of slope; below 0.0001 it would be written as 0",
    )
    steps: int = Field(4, ge=1, le=30, description="steps taken")
    row: int = Field(2, ge=1, le=2, description="m of the first layer's weight wₘₙ that walks")
    column: int = Field(1, ge=1, le=2, description="n of the first layer's weight wₘₙ that walks")


@dataclass(frozen=True)
class GradientDescentNumbers:
    """The loss along one weight, the steps down it, and what the network decides at every weight.

    The steps are taken with the numbers that are written, the learning rate's and those that are rounded to
    `places` decimals, so that what is shown adds up and is what happened. Loss and slope at a weight are
    exact; only the curve between two samples is drawn straight.

    Attributes:
        loss_slice: the trained network's loss along the weight, whose other parameters are held.
        learning_rate: η as it is written.
        curve: weight, loss and slope at evenly spaced weights, `(n, 3)`.
        lowest: the weight of least loss on the curve, between the neighbours of its lowest sample.
    """

    dataset: Dataset
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
        return _weight_of(self.loss_slice)

    @property
    def rate_places(self) -> int:
        """The decimals that the learning rate is written with."""
        return rate_places(self.learning_rate)

    @cached_property
    def path(self) -> FloatArray:
        """The weights visited, the start first, `(steps + 1,)`."""
        return np.array([self.steps[0].weight, *(step.next_weight for step in self.steps)])

    @cached_property
    def path_losses(self) -> FloatArray:
        """The loss at every weight visited, `(steps + 1,)`."""
        return self.loss_slice.losses(self.path)

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

    def network_at(self, weight: float) -> Network:
        """Return the trained network with another number in place of the weight that walks."""
        layers, place = list(self.network.layers), self.loss_slice
        layer = layers[place.layer]
        weights = np.array(layer.weights)
        weights[place.row, place.column] = weight
        layers[place.layer] = Layer(weights, layer.bias, layer.activation)
        return Network(tuple(layers))

    def boundary_at(self, weight: float, low: FloatArray, high: FloatArray) -> FloatArray:
        """Return where the score is 0 at a weight: straight pieces `(s, 2, 2)` between two corners (2,)."""
        return decision_boundary(self.network_at(weight), low, high)

    def wrong_at(self, weight: float) -> npt.NDArray[np.bool_]:
        """Tell which points the network gets wrong at a weight, `(n,)`."""
        scores = self.network_at(weight).forward(self.dataset.points).output[:, 0]
        wrong: npt.NDArray[np.bool_] = (scores >= 0) != (self.dataset.labels == 1)
        return wrong

    def right_at(self, weight: float) -> int:
        """Return how many points the network gets right at a weight."""
        return len(self.dataset) - int(self.wrong_at(weight).sum())

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
        return "slope-slight" if slope > RESOLUTION else "slope-flat"

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
            "trained_weight": self.trained_weight,
            "right": [self.right_at(weight) for weight in self.path.tolist()],
            "total": len(self.dataset),
        }


def compute(parameters: GradientDescentParameters) -> GradientDescentNumbers:
    """Train the network, then walk one weight down from `start` with every other parameter held."""
    dataset = parameters.dataset()
    loss_slice = _loss_slice(parameters, dataset)
    rate = shown(parameters.learning_rate, rate_places(parameters.learning_rate))
    places = step_places(rate * loss_slice.slope_at(parameters.start))
    steps, diverged = walk(loss_slice, shown(parameters.start, places), rate, parameters.steps, places)
    ends = [steps[0].weight, *(step.next_weight for step in steps), _weight_of(loss_slice)]
    spare = _BEYOND * max(max(ends) - min(ends), _LEAST_SPAN)
    weights = np.linspace(min(ends) - spare, max(ends) + spare, _SAMPLES)
    curve = np.column_stack([weights, loss_slice.losses(weights), loss_slice.slopes(weights)])
    lowest = _lowest(loss_slice, curve)
    return GradientDescentNumbers(
        dataset=dataset,
        loss_slice=loss_slice,
        learning_rate=rate,
        places=places,
        steps=steps,
        curve=curve,
        lowest=lowest,
        outcome="diverged" if diverged else outcome(loss_slice, steps, places, curve, lowest),
    )


def _loss_slice(parameters: GradientDescentParameters, dataset: Dataset) -> LossSlice:
    trained = trained_network(
        dataset, (2,), seed=parameters.seed, restarts=_RESTARTS, weight_decay=_WEIGHT_DECAY
    )
    network = HiddenPlaneNumbers.of(dataset, trained).network
    row, column = parameters.row - 1, parameters.column - 1
    return LossSlice(network, 0, row, column, dataset.points, dataset.labels, _LOSS)


def _weight_of(loss_slice: LossSlice) -> float:
    layer = loss_slice.network.layers[loss_slice.layer]
    return float(layer.weights[loss_slice.row, loss_slice.column])


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


DEFINITION = SceneDefinition(
    home=__name__,
    name="gradient-descent",
    summary="A weight walks downhill: each step is −η times the slope.",
    parameters=GradientDescentParameters,
    presets={
        "slope": {},
        "small-step": {"learning_rate": 0.01, "steps": 6},
        "large-step": {"learning_rate": 0.3, "steps": 6},
    },
    beats={
        "network": (),
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
    cover={"slope": "step", "small-step": "end", "large-step": "repeat"},
)
