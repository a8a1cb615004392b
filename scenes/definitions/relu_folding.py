"""A 2-2-1 network with ReLU folds the plane until one straight line separates the two curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from nnmath import (
    BestThreshold,
    Dataset,
    FloatArray,
    Layer,
    Network,
    best_threshold,
    between_maps,
    decision_boundary,
    rescale_hidden,
    train_classifier,
)
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.definitions.two_curves import HARD_GAP, CurvesParameters
from scenes.numerals import shown

# The farthest hidden coordinate of a data point, in data units: about as far as the curves reach up.
_HIDDEN_REACH = 3.0
# Beyond the curves, how far the boundary is followed.
_BEYOND = 1.5


class ReluFoldingParameters(CurvesParameters):
    """Parameters of `relu-folding`."""

    gap: float = Field(HARD_GAP, ge=0.0, le=3.0, description="distance between the curves, in units of x₂")
    weight_decay: float = Field(
        1e-3, ge=0.0, le=0.1, description="strength of the pull on the weights towards 0 while training"
    )
    restarts: int = Field(6, ge=1, le=12, description="random starts, of which the best is kept")


@dataclass(frozen=True)
class ReluFoldingNumbers:
    """The trained network, its hidden plane and its decision.

    Attributes:
        network: trained, then its hidden units ordered so that W₁ does not turn the plane over and scaled so
            that the hidden plane fits the stage; neither changes what it computes.
        pre_activations, hidden: of every point, `(n, 2)`. scores: `(n,)`.
        boundary: where the score is the threshold, straight pieces `(s, 2, 2)` of the input plane.
    """

    dataset: Dataset
    network: Network
    pre_activations: FloatArray
    hidden: FloatArray
    scores: FloatArray
    threshold: BestThreshold
    boundary: FloatArray

    @property
    def first(self) -> Layer:
        return self.network.layers[0]

    @property
    def last(self) -> Layer:
        return self.network.layers[1]

    def turned(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the motion in which W₁ acts."""
        return PlaneMap(between_maps(np.eye(2), self.first.weights, t))

    def shifted(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the shift by b₁."""
        return PlaneMap(self.first.weights, t * self.first.bias)

    def folded(self, t: float) -> PlaneMap:
        """Return the map at time `t` in [0, 2] of the fold: h₁ until 1, then h₂."""
        fold = np.clip([t, t - 1.0], 0.0, 1.0)
        return PlaneMap(self.first.weights, self.first.bias, fold)

    def unfolded(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the way back: unfold, then undo the shift and the turn."""
        if t < 0.5:
            return self.folded(2.0 - 4.0 * t)
        left = 2.0 - 2.0 * t
        return PlaneMap(between_maps(np.eye(2), self.first.weights, left), left * self.first.bias)

    def scored(self, t: float, scale: float, zero: float) -> PlaneMap:
        """Return the map at time `t` of the last layer's motion onto the x axis.

        Args:
            scale, zero: the score s ends at the data coordinate scale · s + zero.
        """
        weights = self.last.weights[0] * scale
        matrix = _read_off(weights, t)
        # The cloud's middle goes straight to its place while the plane turns about it.
        start = self.hidden.mean(axis=0)
        end = np.array([float(weights @ start + self.last.bias[0] * scale + zero), 0.0])
        offset = (1.0 - t) * start + t * end - matrix @ start
        return PlaneMap(self.first.weights, self.first.bias, np.ones(2), matrix, offset)

    def results(self) -> dict[str, Any]:
        return {
            "right": self.threshold.right,
            "total": self.threshold.total,
            "accuracy": shown(self.threshold.accuracy, 4),
            "threshold": self.threshold.value,
            "parameters": self.network.parameter_count,
            "weights_1": self.first.weights.tolist(),
            "bias_1": self.first.bias.tolist(),
            "weights_2": self.last.weights.tolist(),
            "bias_2": self.last.bias.tolist(),
        }


def compute(parameters: ReluFoldingParameters) -> ReluFoldingNumbers:
    """Train the network on the two curves and follow every point through it."""
    dataset = parameters.dataset()
    run = train_classifier(
        dataset,
        (2,),
        "relu",
        seed=parameters.seed,
        restarts=parameters.restarts,
        weight_decay=parameters.weight_decay,
    )
    network = _fit_for_stage(_unflipped(run.network), dataset)
    forward = network.forward(dataset.points)
    scores = forward.output[:, 0]
    threshold = best_threshold(scores, dataset.labels)
    low, high = dataset.extent
    return ReluFoldingNumbers(
        dataset=dataset,
        network=network,
        pre_activations=forward.pre_activations[0],
        hidden=forward.activations[0],
        scores=scores,
        threshold=threshold,
        boundary=decision_boundary(network, low - _BEYOND, high + _BEYOND, level=threshold.value),
    )


def _read_off(weights: FloatArray, t: float) -> FloatArray:
    """Return the map (2, 2) at time `t` of the motion from the plane to the score weights·h on the x axis.

    The plane turns until the direction of `weights` (2,) points right, flattening along the lines of equal
    score as it turns, and then stretches along the score; at t = 1 its rows are the weights and nought.
    """
    length = float(np.hypot(*weights))
    if length == 0.0:
        return (1.0 - t) * np.eye(2)
    normal = weights / length
    level = np.array([-normal[1], normal[0]])
    turned, stretched = _eased(t / 0.65), _eased((t - 0.35) / 0.65)
    angle = -turned * np.arctan2(normal[1], normal[0])
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    along = (1.0 + stretched * (length - 1.0)) * np.outer(normal, normal)
    matrix: FloatArray = rotation @ (along + (1.0 - turned) * np.outer(level, level))
    return matrix


def _eased(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


def _unflipped(network: Network) -> Network:
    """Return the network with its two hidden units in the order in which W₁ keeps the plane's orientation."""
    first, last = network.layers
    if np.linalg.det(first.weights) >= 0:
        return network
    order = [1, 0]
    return Network(
        (
            Layer(first.weights[order], first.bias[order], first.activation),
            Layer(last.weights[:, order], last.bias, last.activation),
        )
    )


def _fit_for_stage(network: Network, dataset: Dataset) -> Network:
    """Return the network with its hidden units scaled to use the stage; its function is the same."""
    reach = np.abs(network.forward(dataset.points).pre_activations[0]).max(axis=0)
    return rescale_hidden(network, 0, _HIDDEN_REACH / np.maximum(reach, 1e-9))


DEFINITION = SceneDefinition(
    name="relu-folding",
    summary="ReLU folds the plane so that one straight line separates the two curves.",
    parameters=ReluFoldingParameters,
    presets={"hard": {}},
    beats=("curves", "turn", "shift", "fold-1", "fold-2", "separate", "score", "bent-line"),
    compute=compute,
    scene="scenes.relu_folding:ReluFolding",
)
