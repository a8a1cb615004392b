"""Numbers along both axes, where nothing that moves passes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.parts.charts.number_line import round_values
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import Theme

_MOST = 5
# From an axis to the middle of a number below or above it, and to the near end of one beside it.
_UNDER, _BESIDE, _CLEAR = 0.34, 0.2, 0.06
_EDGE, _TOP, _NAME = 0.2, 0.1, 0.32
_ALONG = np.linspace(0.0, 1.0, 41)


class AxisNumbers(VGroup, Viewed):
    """Round numbers beside both axes, and the names of these at their ends.

    Attributes:
        x_numbers, y_numbers, names: how they are written.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        inputs: FloatArray,
        outputs: Sequence[FloatArray],
        reach: float,
        resting: FloatArray,
    ) -> None:
        """Write numbers as far as the row goes.

        Args:
            outputs: what functions make of the inputs (n,), each `(n,)`.
            reach: of the marks around their middles, in scene units.
            resting: where marks come to rest besides, `(k, 2)` in data units.
        """
        super().__init__()
        self.view, self.theme = view, theme
        self.x_numbers, self.y_numbers = VGroup(), VGroup()
        values, _, places = round_values(float(inputs[0]), float(inputs[-1]), _MOST)
        upright, level = (
            np.concatenate([passed, view.to_scene(resting)]) for passed in _passed(view, inputs, outputs)
        )
        for value in values[values != 0].tolist():
            for axis, passed, numbers in ((0, upright, self.x_numbers), (1, level, self.y_numbers)):
                number = self._placed(value, places, axis, Obstacle(boxes_at(passed), reach + _CLEAR))
                if number is not None:
                    numbers.add(number)
        right, top = view.region.right - _EDGE, view.region.top - _TOP
        x_name, y_name = (Formula(name, theme, size=LABEL_SIZE, role="muted", halo=True) for name in "xy")
        x_name.move_to([right - x_name.width / 2, view.origin[1] - _NAME, 0.0])
        beside = view.origin[0] + np.array([_NAME, -_NAME])
        obstacles = [Obstacle(boxes_at(level), reach + _CLEAR), Obstacle(boxes_of(self.y_numbers), _CLEAR)]
        tops = np.column_stack([beside, np.full(2, top - y_name.height / 2)])
        y_name.move_to(np.append(place(size_of(y_name), tops, obstacles).middle, 0.0))
        self.names = VGroup(x_name, y_name)
        self.add(self.x_numbers, self.y_numbers, self.names)
        self.set_z_index(2)

    def _placed(self, value: float, places: int, axis: int, passed: Obstacle) -> Formula | None:
        """Return a number in its place beside an axis; None if something passes on either side."""
        number = Formula(math_number(value, places), self.theme, size=SMALL_SIZE, role="muted", halo=True)
        at = np.zeros(2)
        at[axis] = value
        foot = self.view.to_scene(at[None])[0]
        size = size_of(number)
        step = np.array([0.0, _UNDER]) if axis == 0 else np.array([_BESIDE + size[0] / 2, 0.0])
        chosen = place(size, foot + np.array([-step, step]), [passed])
        return number.move_to(np.append(chosen.middle, 0.0)) if chosen.crowding == 0 else None


def _passed(view: View, inputs: FloatArray, outputs: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Return where marks pass on their way up and down, and on their way to the y axis, `(n, 2)` each."""
    heights = [np.zeros_like(inputs), inputs, *outputs]
    lowest, highest = np.min(heights, axis=0), np.max(heights, axis=0)
    up = [np.column_stack([inputs, lowest + share * (highest - lowest)]) for share in _ALONG]
    across = [np.column_stack([share * inputs, output]) for output in outputs for share in _ALONG]
    return view.to_scene(np.concatenate(up)), view.to_scene(np.concatenate(across))
