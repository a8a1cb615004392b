"""Loss functions and their gradients with respect to a network's outputs.

mean_squared_error: the mean of (target - output)^2 over all outputs of all examples.
half_squared_error: half the sum of (target - output)^2 over an example's outputs, the mean over examples.
binary_cross_entropy: the logistic loss of scores against probabilities of class 1, the mean over all scores.
cross_entropy: -log of the softmax share of the target class, the mean over examples; targets are class
numbers (n,) or shares (n, classes) that sum to 1 in each row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.activations import sigmoid, softmax
from nnmath.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Loss:
    """How far outputs are from targets, one number for the whole set.

    prepare checks targets against the shape of the outputs; measure and slope take what it returned. Use
    value and gradient, which do both. from_scores says that the outputs are scores, before any sigmoid or
    softmax, which the loss applies itself. each takes outputs (..., n, m) and prepared targets (n, m) and
    returns what every example loses, (..., n), the mean of which is measure.
    """

    name: str
    prepare: Callable[[ArrayLike, tuple[int, ...]], FloatArray] = field(compare=False, repr=False)
    measure: Callable[[FloatArray, FloatArray], float] = field(compare=False, repr=False)
    slope: Callable[[FloatArray, FloatArray], FloatArray] = field(compare=False, repr=False)
    from_scores: bool = False
    each: Callable[[FloatArray, FloatArray], FloatArray] = field(kw_only=True, compare=False, repr=False)

    def value(self, outputs: ArrayLike, targets: ArrayLike) -> float:
        """The loss for outputs (n,) or (n, m) and targets of the same shape; ValueError if they differ."""
        checked = _outputs(outputs)
        return self.measure(checked, self.prepare(targets, checked.shape))

    def gradient(self, outputs: ArrayLike, targets: ArrayLike) -> FloatArray:
        """The derivative of the value by each output, in the shape of the outputs; ValueError like value."""
        checked = _outputs(outputs)
        return arrays.frozen(self.slope(checked, self.prepare(targets, checked.shape)))


def find_loss(name: str | Loss) -> Loss:
    """Look a loss up by its name; ValueError lists the known names."""
    if isinstance(name, Loss):
        return name
    known = {each.name: each for each in _ALL}
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"loss must be one of {', '.join(known)}; got {name!r}")
    return known[name]


def negative_log(probabilities: ArrayLike) -> FloatArray:
    """What each of probabilities (n,), those that the right classes got, costs: -log p in nats, (n,).

    The mean of it is the cross-entropy. ValueError for what is not above 0 and at most 1: -log 0 is infinite.
    """
    checked = arrays.as_vector(probabilities, "probabilities")
    wrong = (checked <= 0) | (checked > 1)
    if wrong.any():
        raise ValueError(f"probabilities must lie above 0 and be at most 1; got {checked[wrong][0]}")
    # No negative nought.
    return arrays.frozen(np.abs(np.log(checked)))


def _outputs(outputs: ArrayLike) -> FloatArray:
    checked = arrays.as_array(outputs, "outputs")
    if checked.ndim not in (1, 2) or checked.size == 0:
        raise ValueError(
            f"outputs must have shape (n,) or (n, m) and not be empty; got shape {checked.shape}"
        )
    return checked


def _matching(targets: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    checked = arrays.as_array(targets, "targets")
    if checked.shape == shape[:1] and shape[1:] == (1,):
        # Targets of a network with one output may be given as a plain vector.
        return checked.reshape(shape)
    if checked.shape != shape:
        raise ValueError(f"targets must have the shape of the outputs, {shape}; got shape {checked.shape}")
    return checked


def _probabilities(targets: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    checked = _matching(targets, shape)
    wrong = (checked < 0) | (checked > 1)
    if wrong.any():
        raise ValueError(f"targets must lie between 0 and 1; got {checked[wrong][0]}")
    return checked


def _class_shares(targets: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    if len(shape) != 2 or shape[1] < 2:
        raise ValueError(f"outputs must have shape (n, classes) with 2 classes or more; got shape {shape}")
    if np.ndim(targets) == 1:
        labels = arrays.as_labels(targets, "targets", shape[0])
        if labels.max() >= shape[1]:
            raise ValueError(f"targets must be classes 0 to {shape[1] - 1}; got {labels.max()}")
        return arrays.frozen(np.eye(shape[1])[labels])
    shares = _probabilities(targets, shape)
    sums = shares.sum(axis=1)
    wrong = np.abs(sums - 1) > 1e-9
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"targets must sum to 1 in each row; got {sums[row]:g} in row {row}")
    return shares


def _mean_square(outputs: FloatArray, targets: FloatArray) -> float:
    return float(np.mean((targets - outputs) ** 2))


def _mean_square_slope(outputs: FloatArray, targets: FloatArray) -> FloatArray:
    return 2.0 * (outputs - targets) / outputs.size


def _half_square(outputs: FloatArray, targets: FloatArray) -> float:
    return float(0.5 * np.sum((targets - outputs) ** 2) / len(outputs))


def _half_square_slope(outputs: FloatArray, targets: FloatArray) -> FloatArray:
    return (outputs - targets) / len(outputs)


def _binary_entropy(scores: FloatArray, targets: FloatArray) -> float:
    # -t log s - (1 - t) log(1 - s) with s = sigmoid(score); logaddexp(0, score) is -log(1 - s).
    return float(np.mean(np.logaddexp(0.0, scores) - targets * scores))


def _binary_entropy_slope(scores: FloatArray, targets: FloatArray) -> FloatArray:
    slope: FloatArray = (sigmoid(scores) - targets) / scores.size
    return slope


def _entropy(scores: FloatArray, targets: FloatArray) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    logarithms = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return float(-np.sum(targets * logarithms) / len(scores))


def _entropy_slope(scores: FloatArray, targets: FloatArray) -> FloatArray:
    slope: FloatArray = (softmax(scores) - targets) / len(scores)
    return slope


def _mean_square_of_each(outputs: FloatArray, targets: FloatArray) -> FloatArray:
    return np.asarray(np.mean((targets - outputs) ** 2, axis=-1))


def _half_square_of_each(outputs: FloatArray, targets: FloatArray) -> FloatArray:
    return np.asarray(0.5 * np.sum((targets - outputs) ** 2, axis=-1))


def _binary_entropy_of_each(scores: FloatArray, targets: FloatArray) -> FloatArray:
    # log(1 + exp(score)), as above, in a form that numpy computes five times as fast.
    lost = np.maximum(scores, 0.0) + np.log1p(np.exp(-np.abs(scores))) - targets * scores
    return np.asarray(np.mean(lost, axis=-1))


def _entropy_of_each(scores: FloatArray, targets: FloatArray) -> FloatArray:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logarithms = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    return np.asarray(-np.sum(targets * logarithms, axis=-1))


mean_squared_error = Loss(
    "mean_squared_error", _matching, _mean_square, _mean_square_slope, each=_mean_square_of_each
)
half_squared_error = Loss(
    "half_squared_error", _matching, _half_square, _half_square_slope, each=_half_square_of_each
)
binary_cross_entropy = Loss(
    "binary_cross_entropy",
    _probabilities,
    _binary_entropy,
    _binary_entropy_slope,
    from_scores=True,
    each=_binary_entropy_of_each,
)
cross_entropy = Loss(
    "cross_entropy", _class_shares, _entropy, _entropy_slope, from_scores=True, each=_entropy_of_each
)
_ALL = (mean_squared_error, half_squared_error, binary_cross_entropy, cross_entropy)
