"""Optimizers: from a gradient to a change of the parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nnmath import arrays
from nnmath.arrays import FloatArray

ADAM_DECAYS = (0.9, 0.999)
ADAM_EPSILON = 1e-8

# Answers each gradient (p,) with what to add to the parameters, (p,).
UpdateRule: TypeAlias = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """Each change is minus learning_rate times the gradient; ValueError for a rate that is not positive."""

    learning_rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "learning_rate", _rate(self.learning_rate))

    def update_rule(self) -> UpdateRule:
        """The rule from gradients (p,) to changes (p,)."""
        return lambda gradient: -self.learning_rate * gradient


@dataclass(frozen=True, slots=True)
class Momentum:
    """Each change is momentum times the one before, minus learning_rate times the gradient.

    Raises ValueError for a rate that is not positive or a momentum outside [0, 1).
    (Polyak, Some methods of speeding up the convergence of iteration methods, 1964.)
    """

    learning_rate: float
    momentum: float = 0.9

    def __post_init__(self) -> None:
        object.__setattr__(self, "learning_rate", _rate(self.learning_rate))
        object.__setattr__(self, "momentum", arrays.as_number(self.momentum, "momentum", at_least=0, below=1))

    def update_rule(self) -> UpdateRule:
        """A rule from gradients (p,) to changes (p,) that remembers the last change."""
        velocity: FloatArray | None = None

        def change(gradient: FloatArray) -> FloatArray:
            nonlocal velocity
            pull = -self.learning_rate * gradient
            velocity = pull if velocity is None else self.momentum * velocity + pull
            return velocity

        return change


@dataclass(frozen=True, slots=True)
class Adam:
    """Each change is about learning_rate for each parameter, whatever the scale of its gradient.

    Raises ValueError for a rate that is not positive. (Kingma and Ba, Adam: a method for stochastic
    optimization, 2015, algorithm 1 with its default constants.)
    """

    learning_rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "learning_rate", _rate(self.learning_rate))

    def update_rule(self) -> UpdateRule:
        """A rule from gradients (p,) to changes (p,) that remembers averages of the gradients so far."""
        first, second = ADAM_DECAYS
        count = 0
        mean: FloatArray | float = 0.0
        square: FloatArray | float = 0.0

        def change(gradient: FloatArray) -> FloatArray:
            nonlocal count, mean, square
            count += 1
            mean = first * mean + (1 - first) * gradient
            square = second * square + (1 - second) * gradient**2
            # Both averages start at zero; dividing by what they lack makes them unbiased.
            unbiased = mean / (1 - first**count), square / (1 - second**count)
            step: FloatArray = -self.learning_rate * unbiased[0] / (np.sqrt(unbiased[1]) + ADAM_EPSILON)
            return step

        return change


@dataclass(frozen=True, slots=True)
class LBFGS:
    """L-BFGS, a quasi-Newton method: it uses all examples at once and finds its own step lengths.

    (Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989.)
    """


Optimizer: TypeAlias = GradientDescent | Momentum | Adam | LBFGS


def _rate(learning_rate: float) -> float:
    return arrays.as_number(learning_rate, "learning_rate", above=0)
