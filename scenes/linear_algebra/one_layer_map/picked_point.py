"""One point that is followed from the plane to its number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, place, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE
from scenes.style.numerals import math_number
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]

_RING, _MARK = 0.27, 0.13
# Where coordinates stand around the point, and the number below the line, in scene units.
_AROUND, _UNDER = 0.34, 0.78
_CLEAR = 0.1
# What writing keeps from the edges of the stage.
_EDGE = 0.15


class PickedPoint(VGroup, Viewed):
    """A point ringed, with its coordinates where it is first, and what it comes to where it is at last.

    Attributes:
        place: where it was, `(2,)` in data units.
        ring: the ring and the point in it, wherever a map has taken it.
        origin: its coordinates, beside where it was.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        start: FloatArray,
        written: FloatArray,
        *,
        label: int,
        points: FloatArray,
        line: FloatArray,
        names: FloatArray,
    ) -> None:
        """Follow a point of class `label` from `start` (2,); `written` (2,) stands beside it.

        Args:
            points, line, names: what writing keeps off, in scene units: the data `(n, 2)`, places along the
                level line `(m, 2)`, and the boxes of other writing `(k, 4)`.
        """
        super().__init__()
        self.view, self.theme = view, theme
        self.place = np.asarray(start, dtype=float)
        self._data, self._line = (Obstacle(boxes_at(places), _CLEAR) for places in (points, line))
        self._names = Obstacle(names, _CLEAR)
        rim = Dots(theme["active"], _RING).set_z_index(3.1)
        mark = Dots(theme[CLASS_ROLES[label]], _MARK, square=label == 1).set_z_index(3.2)
        self.ring = VGroup(rim, mark)
        coordinates = ", ".join(math_number(float(x)) for x in written)
        self.origin = Formula(f"({coordinates})", theme, size=LABEL_SIZE, halo=True).set_z_index(6)
        self._stand_beside()
        self.add(self.ring, self.origin)
        self.show(PlaneMap())

    def _stand_beside(self) -> None:
        """Stand the coordinates around the point, off the data and its level line."""
        angles = np.radians([60, 120, 30, 150, 90, -60, -120, 0, 180, -90])
        size = size_of(self.origin)
        towards = np.column_stack([np.cos(angles), np.sin(angles)])
        middles = self.view.to_scene(self.place[None]) + towards * (_AROUND + size / 2)
        chosen = place(
            size, middles, [self._data, self._line, self._names], within=self.view.region.inset(_EDGE)
        )
        self.origin.move_to(np.append(chosen.middle, 0.0))

    def show(self, plane_map: PlaneMap) -> None:
        """Put the ring where a map takes the point."""
        moved = self.view.to_scene(plane_map.apply(self.place[None]))
        for mark in self.ring:
            mark.set_positions(moved)

    def landing(self, markup: str, number: float) -> Formula:
        """Return what stands under the point's place on the line, at `number` in data units."""
        name = Formula(markup, self.theme, size=FORMULA_SIZE, halo=True)
        name.set_z_index(6)
        x, y = self.view.to_scene(np.array([[number, 0.0]]))[0]
        aside = np.concatenate([[0.0], *([-far, far] for far in np.arange(0.1, 2.0, 0.1))])
        middles = np.column_stack([x + aside, np.full(len(aside), y - _UNDER)])
        room = self.view.region.inset(_EDGE)
        chosen = place(size_of(name), middles, [self._line], within=room, costs=np.abs(aside))
        name.move_to(np.append(chosen.middle, 0.0))
        return name
