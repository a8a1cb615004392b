"""Outputs on their way to the y axis, and side by side on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.bent_line import BentLine
from scenes.linear_algebra.activation_functions.numbers import FunctionNumbers
from scenes.parts.charts.stacking import stack_scores
from scenes.parts.marks.segments import Segments
from scenes.stage.motion import Drive

_GUIDE_WIDTH = 2.0
# Marks side by side stand so many of their diameters apart.
_APART = 1.15


class Outputs(VGroup):
    """The marks of a row, on a function's graph at first, with the ways that they have gone.

    Attributes:
        bent: the line that they leave. guides: their ways.
    """

    def __init__(self, bent: BentLine, function: FunctionNumbers) -> None:
        super().__init__()
        self.bent, self.function = bent, function
        self.guides = Segments(bent.theme["faint"], _GUIDE_WIDTH).set_z_index(0.8)
        self.add(self.guides)

    def across(self, share: float) -> FloatArray:
        """Return where the marks are, all at one speed, `(n, 2)` in data units."""
        inputs = self.bent.inputs
        left = np.maximum(np.abs(inputs) - share * np.abs(inputs).max(), 0.0)
        return np.column_stack([np.copysign(left, inputs), self.function.outputs])

    def cross(self, also: Callable[[FloatArray], object], **options: Any) -> Drive:
        """Return the animation in which all marks go to the y axis; `also` is told where they are."""
        start = self.bent.view.to_scene(self.across(0.0))

        def show(share: float) -> None:
            places = self.across(share)
            self.bent.stand(places)
            self.guides.set_pieces(np.stack([start, self.bent.marks.positions], axis=1))
            also(places)

        return Drive(VGroup(self, self.bent.marks), show, introducer=True, **options)

    def side_by_side(self) -> FloatArray:
        """Return where marks nearer together than their size stand beside each other, `(n, 2)` in data."""
        outputs, width = self.function.outputs, self.bent.diameter / self.bent.view.unit
        # A column of its own is centred on 0, where ReLU puts half of them.
        labels = np.zeros(len(outputs), dtype=np.int64)
        stacks = stack_scores(outputs, labels, width=width, threshold=-width / 2)
        # The graph rises: on the axis's right there is room below its middle, on its left above.
        middle = float(self.function.activation(np.zeros(1))[0])
        side = np.where(stacks.centers <= middle + 1e-9, 1.0, -1.0)
        return np.column_stack([side * stacks.levels * _APART * width, outputs])

    def part(self, **options: Any) -> Drive:
        """Return the animation in which marks that lie over each other part, as far as they have to."""
        start, end = self.bent.places, self.side_by_side()
        return Drive(self.bent.marks, lambda t: self.bent.stand(start + t * (end - start)), **options)
