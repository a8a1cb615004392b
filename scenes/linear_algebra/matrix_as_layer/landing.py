"""The plane, or the number line, on which the columns of W are places: there i, j and k land."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import AnimationGroup, VGroup

from scenes.linear_algebra.matrix_as_layer.numbers import MatrixAsLayerNumbers
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import BackdropSegments
from scenes.parts.plane.coordinates import Coordinates
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, grown, place, size_of
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Layout, Region
from scenes.style.theme import COLUMN_ROLES, Theme

FloatArray = npt.NDArray[np.float64]

_NAMES = ("i", "j", "k")
_LARGEST_UNIT, _SHORTEST = 1.1, 0.25
# On planes that are less high, numbers are smaller.
_HIGH = 4.0
# What numbers and names need around the tips, across and up, in scene units.
# On a line, number and name stand one after the other.
_ROOM, _ROOM_ON_LINE = np.array([0.62, 0.5]), np.array([1.3, 0.8])
# On a line, how far above or below it the arrows run.
_LANES = (0.34, -0.34, 0.95)
_TICK = 0.09
_ROUND = np.linspace(0.0, 2.0 * np.pi, 16, endpoint=False)
_ALONG = np.linspace(0.0, 1.0, 9)[:, None]


class Landing(VGroup, Viewed):
    """Where the basis vectors land, as arrows of which every coordinate is an entry of W.

    Attributes:
        world: the plane or the line. rest: where i and j were.
        places: for every column, its coordinates. names: i, j and k, beside their tips.
    """

    def __init__(
        self, theme: Theme, layout: Layout, region: Region, numbers: MatrixAsLayerNumbers, tips: FloatArray
    ) -> None:
        """Stand in a region, with tips `(columns, 2)` in data units."""
        super().__init__()
        self.theme, self.region, self.flat = theme, region, numbers.rows == 1
        self.lettered = numbers.weights is None
        self.size = FORMULA_SIZE if region.height > _HIGH or self.flat else LABEL_SIZE
        self.view = self._fitted(tips, layout.frame)
        self.world = self._line() if self.flat else self._plane()
        self.rest = BackdropGroup() if self.lettered else self._rest(numbers.rows)
        self.places = tuple(self._place(tip, numbers.entries[:, n].tolist(), n) for n, tip in enumerate(tips))
        self.names: tuple[Formula, ...] = ()
        self._write()

    @property
    def clear(self) -> bool:
        """Whether all arrows can be seen, and names and numbers keep off each other."""
        spans = [each.arrow.head - each.arrow.tail for each in self.places if each.tip.any()]
        written = boxes_of([*self.names, *(number for each in self.places for number in each.numbers)])
        met = [
            Obstacle(grown(np.delete(written, k, axis=0), 0.05)).crowding(box[None])[0]
            for k, box in enumerate(written)
        ]
        return not any(met) and all(np.hypot(*span) >= _SHORTEST for span in spans)

    def _fitted(self, tips: FloatArray, window: Region) -> View:
        """Return the largest view in which tips, and what is written around them, keep within the region."""
        points = np.concatenate([np.zeros((1, 2)), tips])
        needed = (_ROOM_ON_LINE if self.flat else _ROOM) * self.size / FORMULA_SIZE
        around = np.vstack([_ROOM * self.size / FORMULA_SIZE, np.tile(needed, (len(tips), 1))])
        if not self.lettered:
            units = np.eye(2)[: 1 if self.flat else 2]
            points = np.concatenate([points, units])
            around = np.vstack([around, 0.3 * np.ones_like(units)])
        room = np.array([self.region.width, self.region.height])
        apart = points[:, None] - points[None]
        # Any two of them, with their room, are as far apart as the region allows.
        free = room - around[:, None] - around[None]
        with np.errstate(divide="ignore"):
            largest = np.where(apart > 1e-9, free / np.maximum(apart, 1e-9), np.inf)
        unit = min(float(largest.min()), _LARGEST_UNIT)
        low = (unit * points - around).min(axis=0)
        high = (unit * points + around).max(axis=0)
        middle: FloatArray = self.region.center[:2] - (low + high) / 2
        return View(self.region, middle, unit, window)

    def _plane(self) -> BackdropGroup:
        plane = Plane(self.view, self.theme)
        # Letters stand for any numbers: there is no unit to draw a grid of.
        return BackdropGroup(plane.axes if self.lettered else plane)

    def _line(self) -> BackdropGroup:
        seen, origin, unit = self.view.seen, self.view.origin, self.view.unit
        axis = BackdropSegments(self.theme["axis"], 3.2)
        axis.set_pieces(np.array([[[seen.left, origin[1]], [seen.right, origin[1]]]]))
        low, high = (float(edge[0]) for edge in self.view.seen_bounds)
        marks = [0] if self.lettered else range(math.ceil(low), math.floor(high) + 1)
        ticks = BackdropSegments(self.theme["axis"], 3.2)
        up = np.array([0.0, _TICK])
        at = [origin + np.array([unit * mark, 0.0]) for mark in marks]
        ticks.set_pieces(np.array([[place - up, place + up] for place in at]))
        return BackdropGroup(axis, ticks)

    def _rest(self, rows: int) -> BackdropGroup:
        """Return faint arrows where i and j were, as far as they were on the plane or the line."""
        heads = self.view.to_scene(np.eye(2)[:rows])
        arrows = [
            Arrow(self.theme[role], opacity=0.3).reach(self.view.origin, head)
            for role, head in zip(COLUMN_ROLES, heads, strict=False)
        ]
        rest = BackdropGroup(*arrows)
        rest.set_z_index(3)
        return rest

    def _place(self, tip: FloatArray, entries: list[str], n: int) -> Coordinates:
        if not self.flat:
            return Coordinates(
                self.view,
                self.theme,
                tip,
                (entries[0], entries[1]),
                role=COLUMN_ROLES[n],
                up_first=n > 0,
                size=self.size,
                slim=False,
            )
        lane = _LANES[n] / self.view.unit
        return Coordinates(
            self.view,
            self.theme,
            np.array([tip[0], 0.0]),
            (entries[0],),
            role=COLUMN_ROLES[n],
            slim=False,
            lane=lane,
        )

    def _write(self) -> None:
        """Stand all numbers and names where they keep off arrows, legs and each other."""
        lines = [
            np.concatenate(
                [start + _ALONG * (end - start) for start, end in zip(p.corners, p.corners[1:], strict=False)]
                + [p.arrow.tail + _ALONG * (p.arrow.head - p.arrow.tail)]
            )
            for p in self.places
        ]
        taken = [Obstacle(boxes_at(np.concatenate(lines)), reach=0.08)]
        for n, each in enumerate(self.places):
            if self.flat:
                each.place_numbers(taken, self.region)
                taken.append(Obstacle(grown(boxes_of(each.numbers), 0.06)))
            name = Formula(f"bold({_NAMES[n]})", self.theme, size=self.size, role=COLUMN_ROLES[n], halo=True)
            ring = np.column_stack([np.cos(_ROUND), np.sin(_ROUND)])
            candidates = np.concatenate([each.arrow.head + r * ring for r in (0.3, 0.42, 0.6)])
            ahead = each.arrow.head - each.arrow.tail
            if self.flat:
                # After the number that stands beyond the head.
                number = each.numbers[0]
                step = (number.width / 2 + 0.24) * (np.sign(each.tip[0]) or 1.0)
                candidates = np.concatenate([number.get_center()[None, :2] + [step, 0.0], candidates])
            away = -(candidates - each.arrow.head) @ (ahead / max(float(np.hypot(*ahead)), 1e-9))
            name.set_z_index(6.5)
            name.move_to(
                np.append(place(size_of(name), candidates, taken, within=self.region, costs=away).middle, 0.0)
            )
            taken.append(Obstacle(grown(boxes_of([name]), 0.06)))
            self.names += (name,)
            if not self.flat:
                each.place_numbers(taken, self.region)
                taken.append(Obstacle(grown(boxes_of(each.numbers), 0.06)))

    def draw(self, n: int, **options: Any) -> AnimationGroup:
        """Return the animation in which the arrow of column n grows to its place and gets its name."""
        name = self.names[n]
        return AnimationGroup(
            self.places[n].draw_arrow(**options),
            Drive(name, lambda t: name.set_opacity(t), introducer=True, **options),
        )
