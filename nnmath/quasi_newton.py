"""L-BFGS on a function of many numbers, whatever they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnmath.arrays import FloatArray


def minimised(
    value_and_gradient: Callable[[FloatArray], tuple[float, FloatArray]],
    start: FloatArray,
    *,
    iterations: int,
    value_tolerance: float,
    gradient_tolerance: float,
    after_iteration: Callable[[FloatArray, float], None] = lambda numbers, value: None,
) -> FloatArray:
    """Return where L-BFGS ends that starts at `start` (p,), after so many iterations at the most.

    It ends early when the value falls by less than a share of itself, value_tolerance, or no component of the
    gradient exceeds gradient_tolerance. after_iteration is told where each iteration ends and its value.
    (Liu and Nocedal, On the limited memory BFGS method for large scale optimization, 1989.)
    """
    # Importing it costs 0.3 s, which only those pay who train.
    from scipy.optimize import minimize

    def bounded(numbers: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = value_and_gradient(numbers)
        # The line search turns back from a large value; from infinity or NaN it does not.
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            return 1e300, np.zeros_like(gradient)
        return value, gradient

    def told(intermediate_result: Any) -> None:
        after_iteration(intermediate_result.x, float(intermediate_result.fun))

    options: Any = {
        "maxiter": iterations,
        "maxfun": 30 * iterations + 100,
        "ftol": value_tolerance,
        "gtol": gradient_tolerance,
    }
    found = minimize(bounded, start, jac=True, method="L-BFGS-B", callback=told, options=options)
    end: FloatArray = found.x
    return end
