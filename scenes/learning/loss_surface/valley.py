"""The valley into which a point of the loss rolls; free of Manim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnmath import FloatArray, LossPlane

_ROUNDS = 150
# A step that does not lower the loss is tried again at this share, one that does makes the next one longer.
_SHORTER, _LONGER = 0.4, 1.6
# Steps shorter than this are none.
_NO_STEP = 1e-7


@dataclass(frozen=True)
class Valley:
    """The lowest point of a valley: its weights `(2,)` and the loss there."""

    weights: FloatArray
    loss: float

    def near(self, other: Valley, distance: float) -> bool:
        """Tell whether another valley's lowest point is no farther along either weight."""
        return bool(np.abs(self.weights - other.weights).max() <= distance)


def settle(plane: LossPlane, weights: FloatArray, first_step: float = 0.01) -> Valley:
    """Roll downhill from weights `(2,)` by steps that always lower the loss, until none does any more.

    Each step goes against the gradient; `first_step` is how long the first one is.
    """
    here, loss, length = np.array(weights), plane.loss_at(weights), first_step
    for _ in range(_ROUNDS):
        gradient = plane.gradient_at(here)
        size = float(np.hypot(*gradient))
        if size == 0.0:
            break
        while length > _NO_STEP:
            there = here - length / size * gradient
            lower = plane.loss_at(there)
            if lower < loss:
                here, loss, length = there, lower, length * _LONGER
                break
            length *= _SHORTER
        if length <= _NO_STEP:
            break
    return Valley(here, loss)
