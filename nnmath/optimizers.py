"""Update rules: from a gradient to a change of the parameters."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from nnmath.arrays import FloatArray

DEFAULT_MOMENTUM = 0.9
ADAM_DECAYS = (0.9, 0.999)
ADAM_EPSILON = 1e-8


class UpdateRule(Protocol):
    """Something that answers each gradient (p,) with a change (p,) and may remember the earlier ones."""

    def change(self, gradient: FloatArray) -> FloatArray:
        """What to add to the parameters, (p,)."""
        ...


class GradientDescent:
    """Minus learning_rate times the gradient."""

    def __init__(self, learning_rate: float) -> None:
        self._learning_rate = learning_rate

    def change(self, gradient: FloatArray) -> FloatArray:
        """What to add to the parameters, (p,)."""
        return -self._learning_rate * gradient


class Momentum:
    """Momentum times the last change, minus learning_rate times the gradient.

    (Polyak, Some methods of speeding up the convergence of iteration methods, 1964.)
    """

    def __init__(self, learning_rate: float, momentum: float) -> None:
        self._learning_rate = learning_rate
        self._momentum = momentum
        self._velocity: FloatArray | None = None

    def change(self, gradient: FloatArray) -> FloatArray:
        """What to add to the parameters, (p,)."""
        pull = -self._learning_rate * gradient
        self._velocity = pull if self._velocity is None else self._momentum * self._velocity + pull
        return self._velocity


class Adam:
    """A step of about learning_rate for each parameter, whatever the scale of its gradient.

    (Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1 with its default constants.)
    """

    def __init__(self, learning_rate: float) -> None:
        self._learning_rate = learning_rate
        self._mean: FloatArray | None = None
        self._square: FloatArray | None = None
        self._count = 0

    def change(self, gradient: FloatArray) -> FloatArray:
        """What to add to the parameters, (p,)."""
        first, second = ADAM_DECAYS
        if self._mean is None or self._square is None:
            self._mean, self._square = np.zeros_like(gradient), np.zeros_like(gradient)
        self._count += 1
        self._mean = first * self._mean + (1 - first) * gradient
        self._square = second * self._square + (1 - second) * gradient**2
        # Both averages start at zero; dividing by what they lack makes them unbiased.
        mean = self._mean / (1 - first**self._count)
        square = self._square / (1 - second**self._count)
        step: FloatArray = -self._learning_rate * mean / (np.sqrt(square) + ADAM_EPSILON)
        return step
