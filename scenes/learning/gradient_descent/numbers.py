"""One weight of the folding network walks down its loss curve, and the boundary bends with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from nnmath import Dataset, FloatArray, Layer, Network, decision_boundary
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
from scenes.families.walking_weight.walk import (
    RESOLUTION,
    Outcome,
    Walked,
    outcome,
    rate_places,
    step_places,
    walk,
)
from scenes.style.numerals import shown

# The curve is drawn beyond the walk and the trained weight by this share of what they span, at the least so
# much.
_BEYOND, _LEAST_SPAN = 0.4, 0.8
_SAMPLES = 401
# Steps shorter than this share of the curve's width crawl.
_CRAWL = 0.05


class GradientDescentParameters(WalkingParameters):
    """Parameters of `gradient-descent`."""

    start: Start = Field(0.6, description="weight at which the descent begins")
    learning_rate: LearningRate = 0.09
    steps: int = Field(4, ge=1, le=30, description="steps taken")


@dataclass(frozen=True)
class GradientDescentNumbers(Walked):
    """The loss along one weight, the steps down it, and what the network decides at every weight.

    The steps are taken with the numbers that are written, the learning rate's and those that are rounded to
    `places` decimals, so that what is shown adds up and is what happened. Loss and slope at a weight are
    exact; only the curve between two samples is drawn straight.

    Attributes:
        lowest: the weight of least loss on the curve, between the neighbours of its lowest sample.
    """

    dataset: Dataset
    lowest: float
    outcome: Outcome

    @property
    def network(self) -> Network:
        """The trained network."""
        return self.loss_slice.network

    @property
    def trained_weight(self) -> float:
        """What training made of the weight that walks."""
        return trained_weight(self.loss_slice)

    @property
    def rate_places(self) -> int:
        """The decimals that the learning rate is written with."""
        return rate_places(self.learning_rate)

    @property
    def crawls(self) -> bool:
        """Whether all steps are short against the width of the curve."""
        width = self.curve[-1, 0] - self.curve[0, 0]
        return max(abs(step.step) for step in self.steps) <= _CRAWL * float(width)

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
    loss_slice = walking_slice(parameters, dataset)
    rate = shown(parameters.learning_rate, rate_places(parameters.learning_rate))
    places = step_places(rate * loss_slice.slope_at(parameters.start))
    steps, diverged = walk(loss_slice, shown(parameters.start, places), rate, parameters.steps, places)
    ends = [steps[0].weight, *(step.next_weight for step in steps), trained_weight(loss_slice)]
    spare = _BEYOND * max(max(ends) - min(ends), _LEAST_SPAN)
    curve = loss_curve(loss_slice, min(ends) - spare, max(ends) + spare, _SAMPLES)
    lowest = lowest_weight(loss_slice, curve)
    return GradientDescentNumbers(
        dataset=dataset,
        loss_slice=loss_slice,
        learning_rate=rate,
        places=places,
        slope_places=places,
        steps=steps,
        curve=curve,
        lowest=lowest,
        outcome="diverged" if diverged else outcome(loss_slice, steps, places, curve, lowest),
    )


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
    lesson="scenes.learning.lesson",
    cover={"slope": "step", "small-step": "end", "large-step": "repeat"},
)
