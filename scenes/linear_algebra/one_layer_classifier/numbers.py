"""One layer as a classifier: one number for each point, and a threshold between the classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from nnmath import (
    BestLine,
    BestThreshold,
    FloatArray,
    Network,
    best_line,
    best_threshold,
    count_right,
)
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP
from scenes.families.exactness import joined, trained_network, without_traces
from scenes.families.one_layer.numbers import OneLayerNumbers, OneLayerParameters


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
    """

    trained: bool
    threshold: BestThreshold
    best: BestLine

    @cached_property
    def drawn_network(self) -> Network:
        """The network without what training cannot tell from 0, which moves points by less than a pixel."""
        return without_traces(self.network, self.dataset) if self.trained else self.network

    @property
    def wrong(self) -> int:
        """How many points stand on the wrong side of the threshold."""
        return self.threshold.total - self.threshold.right

    def captions(self) -> dict[str, str]:
        blank = not self.weights.any()
        found = {None: "layer-trained", 0: "layer-thin-1", 1: "layer-thin-2"}[self.thin]
        turn = {None: "turn", 0: "turn-thin-1", 1: "turn-thin-2"}[self.thin]
        return {
            **super().captions(),
            "layer": "layer" if not self.trained else "layer-blank" if blank else found,
            "turn": "turn-zero" if self.slight else turn,
            "threshold": "threshold" if self.wrong else "threshold-perfect",
            "verdict": self._verdict(),
        }

    def _verdict(self) -> str:
        """Return the caption that says what a straight line can and cannot do here."""
        if not self.wrong:
            return "verdict-perfect"
        if self.best_right == self.threshold.total:
            return "verdict-better"
        return "verdict-limit" if self.best.exact else "verdict-found"

    @property
    def best_right(self) -> int:
        """How many points a straight line can get right; the layer's own threshold is such a line."""
        return max(self.best.right, self.threshold.right)

    def lines(self) -> list[tuple[str, FloatArray, float, int]]:
        """Return the layer's line, and the best one if that does better: name, normal, offset, right."""
        threshold, lines = self.threshold, []
        # Where both weights are 0, all scores are the same and there is no line.
        if self.weights.any():
            lines.append(("this_layer", self.weights, threshold.value - self.bias, threshold.right))
        if self.best_right > threshold.right:
            lines.append(("best_line", self.best.normal, self.best.offset, self.best_right))
        return lines

    @property
    def marks(self) -> FloatArray:
        return np.append(super().marks, self.threshold.value)

    def right_at(self, threshold: float) -> int:
        """Return how many points are right when those from `threshold` on count as class 1."""
        return count_right(self.scores, self.dataset.labels, threshold)

    @property
    def wrong_points(self) -> FloatArray:
        """The points on the wrong side of the best line there is: the layer's own, if none does better."""
        labels = self.dataset.labels
        ones = self.scores >= self.threshold.value
        if self.best.right > self.threshold.right:
            ones = self.dataset.points @ self.best.normal >= self.best.offset
        wrong: FloatArray = self.dataset.points[ones != (labels == 1)]
        return wrong

    def results(self) -> dict[str, Any]:
        return {
            "right": self.threshold.right,
            "total": self.threshold.total,
            "wrong": self.wrong,
            "accuracy": self.threshold.accuracy,
            "threshold": self.threshold.value,
            **super().results(),
            "best_line_right": self.best_right,
        }


def compute(parameters: OneLayerClassifierParameters) -> OneLayerClassifierNumbers:
    """Train or take the layer, find its best threshold, and compare it with the best straight line."""
    dataset = parameters.dataset()
    if parameters.trained:
        network = trained_network(dataset, (), seed=parameters.seed)
    else:
        network = parameters.network()
    scores = joined(network.forward(dataset.points).output[:, 0])
    return OneLayerClassifierNumbers(
        dataset=dataset,
        network=network,
        trained=parameters.trained,
        threshold=best_threshold(scores, dataset.labels),
        best=best_line(dataset.points, dataset.labels),
    )


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
        "turn": ("turn", "turn-thin-1", "turn-thin-2", "turn-zero"),
        "shift": ("shift", "shift-none"),
        "lift": (),
        "threshold": ("threshold", "threshold-perfect"),
        "verdict": ("verdict-perfect", "verdict-better", "verdict-limit", "verdict-found"),
    },
    compute=compute,
    captions=OneLayerClassifierNumbers.captions,
    drawing="drawing:OneLayerClassifier",
    lesson="scenes.linear_algebra.lesson",
    cover={"guess": "threshold", "trained": "threshold", "hard": "verdict"},
)
