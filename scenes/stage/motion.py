"""Animations that set a picture's state to what was computed for that instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import Animation, Mobject, smooth


class Drive(Animation):
    """Call `show(t)` for t from `start` to `end`, eased; the picture redraws itself from numbers."""

    def __init__(
        self,
        mobject: Mobject,
        show: Callable[[float], object],
        *,
        start: float = 0.0,
        end: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
        run_time: float = 2.0,
        **options: Any,
    ) -> None:
        super().__init__(mobject, rate_func=rate_func, run_time=run_time, **options)
        self._show, self._start, self._end = show, start, end

    def create_starting_mobject(self) -> Mobject:
        # Nothing is interpolated between copies, so none is made.
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(min(max(alpha, 0.0), 1.0))
        self._show(self._start + (self._end - self._start) * share)
