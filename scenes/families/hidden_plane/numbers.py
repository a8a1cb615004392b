"""A 2-2-1 network as motions of the plane: W₁ turns it, b₁ shifts it, the last layer reads off a score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import numpy as np

from nnmath import (
    BestThreshold,
    Dataset,
    FloatArray,
    Layer,
    Network,
    best_threshold,
    between_maps,
    relu,
    rescale_hidden,
)
from nnmath.plane_map import PlaneMap
from scenes.families.exactness import joined

Box: TypeAlias = tuple[FloatArray, FloatArray]
# The points x with normal · x = offset: normal `(2,)` and offset.
Line: TypeAlias = tuple[FloatArray, float]

# The farthest hidden coordinate of a data point or of i and j, as a share of the farthest that went in.
_HIDDEN_REACH = 2 / 3
# The origin and the tips of i and j.
TIPS = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
# W₁ is said to press the plane flat when it is this many times longer one way than the other.
_FLAT = 1000.0
# Points spread over less than this share of their farthest reach are one to the eye.
_DOT = 0.01
_INSTANTS = np.linspace(0.0, 1.0, 9)


@dataclass(frozen=True)
class LinePlace:
    """Where the number line lies, in data units, and what the points on their way to it keep within.

    Attributes:
        scale, zero: the score s ends at the coordinate scale · s + zero, height up.
        box: lowest and highest coordinates, each `(2,)`.
    """

    scale: float
    zero: float
    box: Box
    height: float = 0.0


@dataclass(frozen=True)
class HiddenPlaneNumbers:
    """A trained network, its hidden plane and its decision.

    Attributes:
        network: trained, then its hidden units ordered so that W₁ does not turn the plane over and scaled so
            that the hidden plane fits the stage; neither changes what it computes.
        pre_activations, hidden: of every point, `(n, 2)`. scores: `(n,)`.
    """

    dataset: Dataset
    network: Network
    pre_activations: FloatArray
    hidden: FloatArray
    scores: FloatArray
    threshold: BestThreshold

    @classmethod
    def of(cls, dataset: Dataset, network: Network, **more: Any) -> Self:
        """Order and scale the hidden units of a trained 2-2-1 `network` and follow every point through it.

        More hidden units than two span no plane, and are left as they are.
        """
        fitted = _fit_for_stage(_unflipped(network), dataset) if network.sizes[1] == 2 else network
        forward = fitted.forward(dataset.points)
        scores = joined(forward.output[:, 0])
        return cls(
            dataset=dataset,
            network=fitted,
            pre_activations=forward.pre_activations[0],
            hidden=forward.activations[0],
            scores=scores,
            threshold=best_threshold(scores, dataset.labels),
            **more,
        )

    @property
    def first(self) -> Layer:
        return self.network.layers[0]

    @property
    def last(self) -> Layer:
        return self.network.layers[1]

    @property
    def perfect(self) -> bool:
        return self.threshold.right == self.threshold.total

    @property
    def parts(self) -> bool:
        """Whether there are points on both sides of the threshold; else a line would part nothing."""
        ones = self.scores >= self.threshold.value
        return bool(ones.any() and not ones.all())

    @property
    def flat(self) -> bool:
        """Whether W₁ presses the plane onto a line."""
        long, short = np.linalg.svd(self.first.weights, compute_uv=False)
        return bool(long > _FLAT * short)

    def captions(self) -> dict[str, str]:
        return {"turn": self._turn_caption()}

    def _turn_caption(self) -> str:
        """Return the caption that says what W₁ and b₁ make of the plane."""
        if not self.first.weights.any():
            return "turn-zero"
        spread = np.ptp(self.dataset.points @ self.first.weights.T, axis=0).max()
        if spread < _DOT * np.abs(self.pre_activations).max():
            return "turn-slight"
        return "turn-flat" if self.flat else "turn"

    def turned(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the motion in which W₁ acts."""
        return PlaneMap(between_maps(np.eye(2), self.first.weights, t))

    def shifted(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the shift by b₁."""
        return PlaneMap(self.first.weights, t * self.first.bias)

    def unmoved(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the way back, shift and turn at once, to the plane as it was."""
        left = 1.0 - t
        return PlaneMap(between_maps(np.eye(2), self.first.weights, left), left * self.first.bias)

    @property
    def motions(self) -> tuple[Callable[[float], PlaneMap], ...]:
        """The motions on the plane that the stage must have room for, each a map for every t in [0, 1]."""
        return self.turned, self.shifted, self.unmoved

    def clouds(self) -> list[FloatArray]:
        """Return the points, `(n, 2)` each, at instants of these motions."""
        return [motion(t).apply(self.dataset.points) for motion in self.motions for t in _INSTANTS]

    def arrow_ends(self) -> FloatArray:
        """Return the ends of i and j, `(m, 2)`, at instants of the motions that show them."""
        return np.concatenate(
            [motion(t).apply(TIPS) for motion in (self.turned, self.shifted) for t in _INSTANTS]
        )

    @property
    def riders(self) -> FloatArray:
        """Hidden places `(m, 2)` of what goes onto the line with the points: the arrows, unless folded."""
        if self.first.activation == relu:
            return np.zeros((0, 2))
        return TIPS @ self.first.weights.T + self.first.bias

    @property
    def marks(self) -> FloatArray:
        """The numbers that the number line must hold, `(k,)`."""
        riders = self.riders @ self.last.weights[0] + self.last.bias
        return np.array([0.0, self.threshold.value, *self.scores, *riders])

    def scored(self, t: float, place: LinePlace) -> PlaneMap:
        """Return the map at time `t` of the last layer's motion onto the number line."""
        matrix, offset = read_off(self.last, self.hidden, t, place, self.riders)
        if self.first.activation == relu:
            return PlaneMap(self.first.weights, self.first.bias, np.ones(2), matrix, offset)
        return PlaneMap(matrix @ self.first.weights, matrix @ self.first.bias + offset)

    def decision(self, t: float, place: LinePlace) -> Line:
        """Return where the line of all scores at the threshold is at time `t` of that motion.

        It ends upright across the number line. There must be one: see `parts`.
        """
        moved = read_off(self.last, self.hidden, t, place, self.riders)
        return carried(self.last, self.threshold.value, *moved)

    @property
    def hidden_line(self) -> Line:
        """The line of the hidden plane on which the score is the threshold; see `parts`."""
        return carried(self.last, self.threshold.value, np.eye(2), np.zeros(2))

    def results(self) -> dict[str, Any]:
        return {
            "right": self.threshold.right,
            "total": self.threshold.total,
            "accuracy": self.threshold.accuracy,
            "threshold": self.threshold.value,
            "parameters": self.network.parameter_count,
            "weights_1": self.first.weights.tolist(),
            "bias_1": self.first.bias.tolist(),
            "weights_2": self.last.weights.tolist(),
            "bias_2": self.last.bias.tolist(),
        }


def read_off(
    layer: Layer, points: FloatArray, t: float, place: LinePlace, riders: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return matrix (2, 2) and offset (2,) at time `t` of the motion onto the line that a 2-1 layer makes.

    The plane turns until the direction of the weights points right, flattening along the lines of equal score
    as it turns, and then stretches along the score.

    Args:
        points: the layer's inputs, `(n, 2)`; their middle goes straight to its place.
        riders: inputs, `(m, 2)`, of what rides along and stays there, too, such as the ends of arrows.
    """
    held = np.concatenate([points, riders])
    weights = layer.weights[0] * place.scale
    low, high = place.box
    ends = [np.ptp(held @ _flattening(weights, end).T, axis=0) for end in (0.0, 1.0)]
    room = np.max([high - low, *ends], axis=0)
    matrix = _flattening(weights, t)
    # Amid the turn, what fits the stage's width when it lies along the line may be too high.
    matrix *= min(1.0, *(room / np.maximum(np.ptp(held @ matrix.T, axis=0), 1e-9)))
    middle = points.mean(axis=0)
    end = np.array([float(weights @ middle + layer.bias[0] * place.scale + place.zero), place.height])
    offset = (1.0 - t) * middle + t * end - matrix @ middle
    if 0.0 < t < 1.0:
        moved = held @ matrix.T + offset
        offset += np.maximum(low - moved.min(axis=0), 0.0) - np.maximum(moved.max(axis=0) - high, 0.0)
    return matrix, offset


def carried(layer: Layer, score: float, matrix: FloatArray, offset: FloatArray) -> Line:
    """Return where x -> matrix x + offset of `read_off` takes the line on which a 2-1 layer gives `score`."""
    weights = layer.weights[0]
    foot = weights * (score - layer.bias[0]) / (weights @ weights)
    # What is level keeps its right angle to the weights, even where its length has become nought.
    normal = matrix @ weights
    return normal, float(normal @ (matrix @ foot + offset))


def _flattening(weights: FloatArray, t: float) -> FloatArray:
    """Return the matrix of `read_off`; at t = 1 its rows are the weights (2,) and nought."""
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
    """Return the same function with the hidden units scaled so that both, and i and j, use the stage."""
    first = network.layers[0]
    arrows = TIPS @ first.weights.T
    moved = dataset.points @ first.weights.T
    reach = np.abs(np.concatenate([moved + first.bias, arrows, arrows + first.bias])).max(axis=0)
    # Where all points are the origin, there is nothing to fit.
    wanted = _HIDDEN_REACH * float(np.abs(dataset.points).max()) or 1.0
    # A unit that is always 0 stays so.
    return rescale_hidden(network, 0, wanted / np.where(reach > 0, reach, wanted))
