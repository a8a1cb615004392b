"""A point as a recipe: so many steps along i, then so many along j."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Circle, VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.ground import Ground
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, crowding, grown, kept_within, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula, Writing
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# The diameters of p and of a step's dot, and the radius of the ring about p.
_MARK, _STEP, _RING = 0.22, 0.1, 0.21
# The share of the way after which p has its name.
_NAMED = 0.97
# The distance from the start below which p has no side of its own.
_NO_LENGTH = 0.2
# How far p's name stands from p, and how far it may turn out of its way, in radians: the nearest first.
_ASIDE = (0.34, 0.55, 0.8)
_TURNS = tuple(sign * quarters * math.pi / 4 for quarters in range(5) for sign in (1, -1))
PLACES = tuple((turn, aside) for aside in _ASIDE for turn in _TURNS)
# What parts it from other names at the least.
_APART = 0.06


class RecipePath(VGroup, Viewed):
    """Two dashed legs, x₁ along i and x₂ along j, whole steps counted by dots, and at their end p, or a ring.

    Attributes:
        legs, mark: what is drawn of the way, and of its end.
        corners: the start, the corner and the end of the legs, `(3, 2)` in scene units.
        place: how far round p its name stands from the side that faces away from the start, and how far off.
    """

    def __init__(
        self, view: View, theme: Theme, point: FloatArray, within: Region, *, ring: bool = False
    ) -> None:
        """Lay out the recipe of a data `point` (2,), whose name keeps within a region.

        Args:
            ring: whether the end is an empty ring, into which p will have to fall, without a name.
        """
        super().__init__()
        self.within, self.place = within, PLACES[0]
        self.view, self.point = view, np.asarray(point, dtype=float)
        self.first, self.second = Segments(theme["basis_i"], 5.0), Segments(theme["basis_j"], 5.0)
        self.steps = tuple(Dots(theme["text"], _STEP) for _ in (0, 1))
        self.end = Dots(theme["text"], _MARK)
        self.ring = Circle(_RING, color=theme["active"], stroke_width=4.5).set_z_index(5.3)
        self.ground = Ground(theme, 0.32).set_z_index(5.1)
        self.name = Formula("bold(p)", theme, size=LABEL_SIZE * 1.15, halo=True)
        self.legs = VGroup(self.first, self.second, *self.steps)
        self.mark = VGroup(self.ring) if ring else VGroup(self.end, self.name, self.ground)
        for depth, thing in zip(
            (4.0, 4.5, 4.6, 4.6, 5.2, 5.5), (*self.legs, self.end, self.name), strict=True
        ):
            thing.set_z_index(depth)
        self.add(self.legs, self.mark)
        self.corners: FloatArray = np.zeros((3, 2))
        self.drawn = 1.0
        self.map = PlaneMap()
        self.show(self.map)

    def show(self, plane_map: PlaneMap) -> Self:
        """Lay the legs along the images of i and j; only the share `drawn` of them shows."""
        self.map = plane_map
        steps = np.array([[0.0, 0.0], [self.point[0], 0.0], self.point])
        self.corners = self.view.to_scene(plane_map.apply(steps))
        lengths = np.hypot(*np.diff(self.corners, axis=0).T)
        walked = self.drawn * lengths.sum()
        for leg, lines in enumerate((self.first, self.second)):
            share = float(np.clip((walked - lengths[:leg].sum()) / max(lengths[leg], 1e-9), 0.0, 1.0))
            start = self.corners[leg]
            lines.set_pieces(dashes(start, start + share * (self.corners[leg + 1] - start)))
            whole = np.arange(1, math.floor(abs(float(self.point[leg])) + 1e-9) + 1)
            places = start + (whole / max(abs(float(self.point[leg])), 1e-9))[:, None] * (
                self.corners[leg + 1] - start
            )
            self.steps[leg].set_positions(places[: int((whole <= share * abs(self.point[leg]) + 1e-9).sum())])
        where = self._at(walked, lengths)
        self.end.set_positions(where[None])
        self.ring.move_to(np.append(where, 0.0))
        self.ground.lie_under(where, self.view.to_scene(plane_map.apply(np.eye(2))))
        self.name.move_to(np.append(where + self._name_side(where, *self.place), 0.0))
        return self

    def draw(self, **options: Any) -> Drive:
        """Return the animation that walks the legs from the origin to the point."""

        def walk(share: float) -> None:
            self.drawn = share
            # On its way the name would run into those of i and j.
            self.name.set_opacity(float(np.clip((share - _NAMED) / (1.0 - _NAMED), 0.0, 1.0)))
            self.show(self.map)

        return Drive(self, walk, introducer=True, **options)

    def _at(self, walked: float, lengths: FloatArray) -> FloatArray:
        if walked <= lengths[0] or lengths[1] < 1e-9:
            leg, share = 0, min(walked / max(float(lengths[0]), 1e-9), 1.0)
        else:
            leg, share = 1, (walked - lengths[0]) / lengths[1]
        place: FloatArray = self.corners[leg] + share * (self.corners[leg + 1] - self.corners[leg])
        return place

    def crowding_of_name(self, others: Iterable[Writing]) -> FloatArray:
        """Return how little p's name in each of `PLACES` would keep off others now, `(k,)`."""
        where = self.end.positions[0]
        middles = np.array([where + self._name_side(where, *place) for place in PLACES])
        return crowding(boxes_at(middles, size_of(self.name)), [Obstacle(grown(boxes_of(others), _APART))])

    def _name_side(self, where: FloatArray, turn: float, aside: float) -> FloatArray:
        """Return where the name, turned so far and so far off, stands from p at `where`, both `(2,)`."""
        outward = self.corners[2] - self.corners[0]
        if np.hypot(*outward) <= _NO_LENGTH:
            outward = np.ones(2)
        angle = float(np.arctan2(outward[1], outward[0])) + turn
        side = aside * np.array([np.cos(angle), np.sin(angle)])
        # At an edge the name slides round p, as near to its side as the edge allows.
        for axis in (0, 1):
            kept = kept_within(where + side, size_of(self.name), self.within)[axis]
            if kept != (where + side)[axis]:
                side[axis] = kept - where[axis]
                along = math.sqrt(max(aside**2 - side[axis] ** 2, 0.0))
                side[1 - axis] = math.copysign(along, side[1 - axis])
        # In a corner both edges push.
        return kept_within(where + side, size_of(self.name), self.within) - where
