"""Activation functions and their derivatives.

relu: max(x, 0). leaky_relu: max(x, 0) + slope min(x, 0). sigmoid: 1 / (1 + exp(-x)). tanh: the hyperbolic
tangent. identity: x. softmax: exp(x) over the sum of exp(x) of all units of the layer.
(Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010. Maas, Hannun and Ng,
Rectifier nonlinearities improve neural network acoustic models, 2013. Bridle, Probabilistic interpretation of
feedforward classification network outputs, 1990.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnmath import arrays

# float64, or complex128 for the functions that are analytic.
Numbers = NDArray[Any]

DEFAULT_LEAK = 0.01


@dataclass(frozen=True, slots=True)
class Activation:
    """A function from pre-activations to activations, arrays of the same shape (..., units).

    derivative(pre_activation) has the shape of its argument for elementwise functions; for softmax, where
    each activation depends on every pre-activation, it is the Jacobian (..., units, units). slope is that
    of a leaky ReLU left of 0, None for the others. Equal names and slopes make equal activations.
    """

    name: str
    function: Callable[[Numbers], Numbers] = field(compare=False, repr=False)
    derivative: Callable[[Numbers], Numbers] = field(compare=False, repr=False)
    slope: float | None = None
    elementwise: bool = True
    positively_homogeneous: bool = False

    def __call__(self, pre_activation: Numbers) -> Numbers:
        """The activations, in the shape of the pre-activations."""
        return self.function(pre_activation)

    def pull_back(self, pre_activation: Numbers, gradient: Numbers) -> Numbers:
        """Turn a gradient by activations into the gradient by pre-activations, both (..., units)."""
        if self.elementwise:
            pulled: Numbers = gradient * self.derivative(pre_activation)
            return pulled
        share = self.function(pre_activation)
        # The product with the Jacobian diag(s) - s s^T, without forming it.
        product: Numbers = share * (gradient - np.sum(gradient * share, axis=-1, keepdims=True))
        return product


def leaky_relu(slope: float = DEFAULT_LEAK) -> Activation:
    """The activation max(x, 0) + slope min(x, 0) with 0 <= slope < 1; ValueError for another slope."""
    slope = arrays.as_number(slope, "slope", at_least=0, below=1)
    return Activation(
        "leaky_relu",
        partial(_rectified, slope=slope),
        partial(_rectified_derivative, slope=slope),
        slope=slope,
        positively_homogeneous=True,
    )


def find_activation(name: str | Activation) -> Activation:
    """Look an activation up by its name; ValueError lists the known names."""
    if isinstance(name, Activation):
        return name
    found = _by_name().get(name) if isinstance(name, str) else None
    if found is None:
        raise ValueError(f"activation must be one of {', '.join(_by_name())}; got {name!r}")
    return found


def _by_name() -> dict[str, Activation]:
    return {known.name: known for known in (relu, leaky_relu(), sigmoid, tanh, identity, softmax)}


def _rectified(x: Numbers, slope: float = 0.0) -> Numbers:
    return np.where(x > 0, x, slope * x if slope else 0.0)


def _rectified_derivative(x: Numbers, slope: float = 0.0) -> Numbers:
    # At the kink the derivative of the left side is taken: 0 for ReLU.
    return np.where(x > 0, 1.0, slope)


def _logistic(x: Numbers) -> Numbers:
    # The exponential of a number with negative real part cannot overflow.
    positive = np.real(x) >= 0
    small = np.exp(np.where(positive, -x, x))
    return np.where(positive, 1.0, small) / (1.0 + small)


def _logistic_derivative(x: Numbers) -> Numbers:
    # 1 - sigmoid(x) would lose its digits where sigmoid(x) is close to 1.
    return _logistic(x) * _logistic(-x)


def _tanh_derivative(x: Numbers) -> Numbers:
    # 1 - tanh(x)^2, written so that it keeps its digits far from 0.
    return 4.0 * _logistic_derivative(2.0 * x)


def _same(x: Numbers) -> Numbers:
    return np.array(x)


def _ones(x: Numbers) -> Numbers:
    return np.ones_like(x)


def _shares(x: Numbers) -> Numbers:
    # A common shift changes no share; the largest term becomes 1, so that nothing overflows.
    terms = np.exp(x - np.max(np.real(x), axis=-1, keepdims=True))
    shares: Numbers = terms / np.sum(terms, axis=-1, keepdims=True)
    return shares


def _shares_jacobian(x: Numbers) -> Numbers:
    share = _shares(x)
    jacobian: Numbers = share[..., :, None] * (np.eye(share.shape[-1]) - share[..., None, :])
    return jacobian


relu = Activation("relu", _rectified, _rectified_derivative, positively_homogeneous=True)
sigmoid = Activation("sigmoid", _logistic, _logistic_derivative)
tanh = Activation("tanh", np.tanh, _tanh_derivative)
identity = Activation("identity", _same, _ones, positively_homogeneous=True)
softmax = Activation("softmax", _shares, _shares_jacobian, elementwise=False)
