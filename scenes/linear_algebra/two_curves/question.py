"""The question of every classifier, beside the point that it is asked of."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt

from scenes.linear_algebra.two_curves.reading import Reading
from scenes.parts.writing.placing import Obstacle, boxes_at, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.markup import named, quoted
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_DEPTH = 6.5
# What the question keeps from the ring, from points, from lines, and from the sides of the stage.
_AWAY, _CLEAR, _LINE_CLEAR, _EDGE = 0.3, 0.14, 0.12, 0.08
_FARTHER = (1.0, 1.5, 2.0, 2.6)
_ALONG = np.linspace(0.0, 1.0, 24)[:, None]


class Question(Formula):
    """0 or 1? Each in the colour of its class."""

    def __init__(self, theme: Theme, locale: str, word_or: str) -> None:
        zero, one = named("zero", "0"), named("one", "1")
        super().__init__(
            f'{zero} thick {quoted(word_or)} thick {one}class("normal", "?")',
            theme,
            locale,
            size=FORMULA_SIZE * 1.15,
            paint={"zero": "class_0", "one": "class_1"},
            halo=True,
        )
        self.set_z_index(_DEPTH)

    def stand_by(self, reading: Reading, points: FloatArray) -> Self:
        """Stand beside the point that is read off, clear of `points` (n, 2), in scene units, and of lines."""
        here = reading.view.to_scene(reading.point[None])[0]
        feet = reading.view.to_scene(np.diag(reading.point))
        origin = reading.view.origin
        lines = [start + _ALONG * (foot - start) for foot in feet for start in (here, origin)]
        obstacles = [
            Obstacle(boxes_at(points), _CLEAR),
            Obstacle(boxes_at(np.concatenate(lines)), _LINE_CLEAR),
        ]
        size = size_of(self)
        reach = size / 2 + _AWAY
        # Away from the axes first; then above it, or else around it.
        outwards = np.where(reading.point < 0, -1.0, 1.0)
        signs = [outwards, [0, outwards[1]], outwards * [-1, 1], [outwards[0], 0], outwards * [1, -1]]
        steps = np.array([*signs, -outwards, [-outwards[0], 0], [0, -outwards[1]]])
        # Near the point if there is room, else farther off.
        places = here + np.concatenate([steps * reach * [1.0, farther] for farther in _FARTHER])
        chosen = place(size, places, obstacles, within=reading.view.region.inset(_EDGE))
        self.move_to(np.append(chosen.middle, 0.0))
        return self
