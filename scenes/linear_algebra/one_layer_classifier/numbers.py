"""One layer as a classifier: one score for each point, and a threshold between the classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from nnmath import (
    LBFGS,
    BestLine,
    BestThreshold,
    Dataset,
    Layer,
    Network,
    TrainingOptions,
    best_line,
    best_threshold,
    count_right,
    fit,
)
from nnmath.objective import Objective
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP
from scenes.families.exactness import joined, trained_network, without_traces
from scenes.families.one_layer.numbers import OneLayerNumbers, OneLayerParameters
from scenes.style.numerals import numeral

BoolArray = npt.NDArray[np.bool_]

LOSS, WEIGHT_DECAY = "binary_cross_entropy", 1e-3
_EPOCHS = 1000
# A first threshold stands at least this share of the scores' range from their ends.
_INNER = 0.1
_QUANTILES, _STEPS = (0.5, 0.3, 0.7), 5
# How far from the nearest score a threshold stops that uses the room between them, as a share of that room.
_CLEARANCE = 0.1


class OneLayerClassifierParameters(OneLayerParameters):
    """Parameters of `one-layer-classifier`."""

    trained: bool = Field(False, description="whether weights and bias are found by training, not given")

    @model_validator(mode="after")
    def _either_given_or_trained(self) -> Self:
        for name in ("weights", "bias"):
            # A recipe lists every parameter, also those that nobody gave.
            default = type(self).model_fields[name].default
            if self.trained and getattr(self, name) != default:
                raise ValueError(f"{name} is given but trained is true: set trained=false to use it")
        return self


@dataclass(frozen=True)
class OneLayerClassifierNumbers(OneLayerNumbers):
    """The layer, its best threshold, and the best that any straight line can do.

    Attributes:
        trained: whether the layer was trained.
        best: the straight line with most points on the right side.
        loss, best_loss: what training makes small, for a trained layer and for the layer of least loss whose
            lines are parallel to the best one; None where nothing was trained, or no line is better.
    """

    trained: bool
    threshold: BestThreshold
    best: BestLine
    loss: float | None
    best_loss: float | None

    @cached_property
    def drawn_network(self) -> Network:
        """The network without what training cannot tell from 0, which moves points by less than a pixel."""
        return without_traces(self.network, self.dataset) if self.trained else self.network

    # Thresholds.

    @property
    def wrong(self) -> int:
        """How many points stand on the wrong side of the best threshold."""
        return self.threshold.total - self.threshold.right

    @property
    def first_threshold(self) -> float:
        """The threshold to begin with: 0, or else a plain one among the scores, that is not yet the best."""
        low, high = float(self.scores.min()), float(self.scores.max())
        inside = low + _INNER * (high - low) < 0.0 < high - _INNER * (high - low)
        step = 10.0 ** np.floor(np.log10(max(high - low, 1e-9) / _STEPS))
        others = (step * np.round(np.quantile(self.scores, _QUANTILES) / step)).tolist()
        worse = (
            value for value in [*[0.0][: int(inside)], *others] if self.right_at(value) < self.threshold.right
        )
        return float(next(worse, others[0]))

    @property
    def room(self) -> tuple[float, float]:
        """The least and greatest threshold as good as the best one, but for a little at either end."""
        value = self.threshold.value
        held = [row for row in self.threshold.intervals.tolist() if row[0] < value <= row[1]]
        low, high = held[0] if held and np.isfinite(held[0]).all() else (value, value)
        return low + _CLEARANCE * (value - low), high - _CLEARANCE * (high - value)

    def right_at(self, threshold: float) -> int:
        """Return how many points are right when those from `threshold` on count as class 1."""
        return count_right(self.scores, self.dataset.labels, threshold)

    def wrong_at(self, threshold: float) -> BoolArray:
        """Tell for every point whether it is on the wrong side of `threshold`, `(n,)`."""
        wrong: BoolArray = (self.scores >= threshold) != (self.dataset.labels == 1)
        return wrong

    # The best line.

    @property
    def best_right(self) -> int:
        """How many points a straight line can get right; the layer's own threshold is such a line."""
        return max(self.best.right, self.threshold.right)

    @property
    def beaten(self) -> bool:
        """Whether another straight line gets more points right than this layer does."""
        return self.best_right > self.threshold.right

    @property
    def loss_places(self) -> int:
        """How many decimals tell the two losses apart, 2 to 4."""
        if self.loss is None or self.best_loss is None:
            return 2
        return next((k for k in (2, 3) if round(self.loss, k) != round(self.best_loss, k)), 4)

    # Words.

    def captions(self) -> dict[str, str]:
        blank = not self.weights.any()
        found = {None: "layer-trained", 0: "layer-thin-1", 1: "layer-thin-2"}[self.thin]
        return {
            "layer": "layer" if not self.trained else "layer-blank" if blank else found,
            "threshold": "threshold-none" if blank else "threshold",
            "best": "best" if self.wrong else "best-perfect",
            "verdict": self._verdict(),
            "why": "why-count" if self.beaten else "why" if self.wrong else "why-perfect",
        }

    def _verdict(self) -> str:
        """Return the caption that says what a straight line can and cannot do here."""
        if not self.wrong:
            return "verdict-perfect"
        if not self.beaten:
            return "verdict-limit" if self.best.exact else "verdict-none"
        if self.best_right == self.threshold.total:
            return "verdict-better"
        return "verdict-best" if self.best.exact else "verdict-found"

    def told(self) -> dict[str, object]:
        """Return what captions may name."""
        loss = "" if self.loss is None else numeral(self.loss, self.loss_places)
        return {
            "right": self.threshold.right,
            "wrong": self.wrong,
            "total": self.threshold.total,
            "best": self.best_right,
            "loss": loss,
        }

    def results(self) -> dict[str, Any]:
        losses = {"loss": self.loss, "best_line_loss": self.best_loss}
        return {
            "right": self.threshold.right,
            "total": self.threshold.total,
            "wrong": self.wrong,
            "accuracy": self.threshold.accuracy,
            "threshold": self.threshold.value,
            **super().results(),
            "best_line_right": self.best_right,
            **{name: value for name, value in losses.items() if value is not None},
        }


def training_loss(network: Network, dataset: Dataset) -> float:
    """Return what training makes small: the mean logistic loss and the weight decay."""
    objective = Objective.of(network, dataset.points, dataset.labels, LOSS, WEIGHT_DECAY)
    return objective.value(network.parameters)


def least_loss_along(best: BestLine, dataset: Dataset) -> float:
    """Return the least such loss of a layer whose lines are parallel to the best one and face as it does.

    That is logistic regression on one number, how far along the line's normal a point is.
    """
    along = (dataset.points @ best.normal)[:, None]
    # From weight 0 and the bias that suits it, so that no step leads uphill.
    ones = float((dataset.labels == 1).mean())
    blank = Network((Layer(np.zeros((1, 1)), np.array([np.log(ones / (1 - ones))])),))
    options = TrainingOptions(weight_decay=WEIGHT_DECAY)
    run = fit(blank, along, dataset.labels, loss=LOSS, optimizer=LBFGS(), epochs=_EPOCHS, options=options)
    faces_back = float(run.network.layers[0].weights[0, 0]) < 0
    return float(run.losses[0] if faces_back else run.loss)


def compute(parameters: OneLayerClassifierParameters) -> OneLayerClassifierNumbers:
    """Train or take the layer, find its best threshold, and compare it with the best straight line."""
    dataset = parameters.dataset()
    if parameters.trained:
        network = trained_network(dataset, (), seed=parameters.seed, weight_decay=WEIGHT_DECAY)
    else:
        network = parameters.network()
    scores = joined(network.forward(dataset.points).output[:, 0])
    threshold, best = best_threshold(scores, dataset.labels), best_line(dataset.points, dataset.labels)
    beaten = best.right > threshold.right
    return OneLayerClassifierNumbers(
        dataset=dataset,
        network=network,
        trained=parameters.trained,
        threshold=threshold,
        best=best,
        loss=training_loss(network, dataset) if parameters.trained else None,
        best_loss=least_loss_along(best, dataset) if parameters.trained and beaten else None,
    )


def _beats(parameters: OneLayerClassifierParameters) -> tuple[str, ...]:
    beats = ("layer", "score", "threshold", "sweep", "best", "verdict")
    return (*beats, "why") if parameters.trained else beats


DEFINITION = SceneDefinition(
    home=__name__,
    name="one-layer-classifier",
    summary="One layer and a threshold as a classifier: guessed, trained, and where no line is enough.",
    parameters=OneLayerClassifierParameters,
    presets={
        "guess": {},
        "trained": {"trained": True},
        "hard": {"gap": HARD_GAP, "trained": True},
    },
    beats={
        "layer": ("layer", "layer-trained", "layer-thin-1", "layer-thin-2", "layer-blank"),
        "score": (),
        "threshold": ("threshold", "threshold-none"),
        "sweep": (),
        "best": ("best", "best-perfect"),
        "verdict": (
            "verdict-perfect",
            "verdict-better",
            "verdict-best",
            "verdict-found",
            "verdict-limit",
            "verdict-none",
        ),
        "why": ("why-count", "why", "why-perfect"),
    },
    beats_of=_beats,
    compute=compute,
    captions=OneLayerClassifierNumbers.captions,
    drawing="drawing:OneLayerClassifier",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "best", "hard": "why"},
)
