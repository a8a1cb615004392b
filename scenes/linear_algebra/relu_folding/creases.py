"""Creases of the plane: where a neuron begins to answer, its name, and the corners that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Circle, Polygon, VGroup

from nnmath.plane_map import PlaneMap
from scenes.linear_algebra.relu_folding.numbers import Crease
from scenes.parts.marks.segments import Segments, clipped, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, boxes_of, place, size_of
from scenes.stage.drawn import Backdrop
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_WIDTH, _TINT = 4.5, 0.13
# In scene units: beyond every window, whatever the view.
_FAR = 1e3
_RING, _RING_WIDTH = 0.19, 4.5
# How far a name stands off its crease and inside the stage, and keeps off all else.
_OFF, _INSIDE, _CLEAR = 0.1, 0.2, 0.12
_PLACES = 60


class CreaseLine(Segments, Viewed):
    """A dashed line across the window, wherever a map has taken it.

    Attributes:
        ends: where it enters and leaves the window, `(2, 2)` in scene units; None if it passes by.
    """

    def __init__(self, view: View, theme: Theme, crease: Crease) -> None:
        super().__init__(theme["active"], _WIDTH)
        self.view, self.crease = view, crease
        self.ends: FloatArray | None = None
        self.set_z_index(2)
        self.show(PlaneMap())

    def show(self, plane_map: PlaneMap) -> Self:
        """Be where a map that presses nothing takes the crease."""
        middle = np.zeros(2)
        line = plane_map.apply(self.crease.ends(middle, _FAR / self.view.unit))
        pieces = clipped(self.view.to_scene(line)[None], self.view.seen)
        # From left to right, or upwards.
        self.ends = pieces[0][np.lexsort(pieces[0].T[::-1])] if len(pieces) else None
        return self.reveal(1.0)

    def reveal(self, share: float) -> Self:
        """Draw this share of it, from its start."""
        if self.ends is None:
            return self.set_pieces(np.zeros((0, 2, 2)))
        start, end = self.ends
        return self.set_pieces(dashes(start, start + share * (end - start)))

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the line runs across the window."""
        return Drive(self, self.reveal, introducer=True, **options)


class Silent(Polygon, Backdrop, Viewed):
    """The half of the plane on which a neuron gives 0, tinted."""

    def __init__(self, view: View, theme: Theme, crease: Crease) -> None:
        self.view = view
        length = float(np.hypot(*crease.normal))
        ends = crease.ends(np.zeros(2), _FAR / view.unit)
        below = -_FAR / view.unit * crease.normal / length
        corners = view.to_scene(np.array([ends[0], ends[1], ends[1] + below, ends[0] + below]))
        shown = _cut_to(corners, view)
        super().__init__(
            *np.column_stack([shown, np.zeros(len(shown))]),
            color=theme["active"],
            stroke_width=0.0,
            fill_opacity=_TINT,
        )
        self.set_z_index(-2.5)


class Creases(VGroup, Viewed):
    """All creases of a network in the plane as it was, and a ring at every corner of its boundary.

    Attributes:
        lines, names: one for each crease. rings: one for each corner.
    """

    def __init__(self, view: View, theme: Theme, creases: Sequence[Crease], corners: FloatArray) -> None:
        super().__init__()
        self.view = view
        self.lines = VGroup(*(CreaseLine(view, theme, crease) for crease in creases))
        self.names = VGroup(
            *(Formula(_markup(c), theme, size=LABEL_SIZE, role="active", halo=True) for c in creases)
        )
        self.names.set_z_index(6)
        self.rings = VGroup()
        for corner in view.to_scene(corners):
            ring = Circle(_RING, color=theme["active"], stroke_width=_RING_WIDTH)
            self.rings.add(ring.move_to(np.append(corner, 0.0)).set_z_index(5))
        self.add(self.lines, self.names, self.rings)

    def show(self, plane_map: PlaneMap) -> Self:
        """Put the lines where a map that presses nothing takes them."""
        for line in self.lines:
            line.show(plane_map)
        return self

    def name_clear_of(self, points: FloatArray, pieces: FloatArray) -> Self:
        """Stand each name beside its line, as far right as it is clear of all else; all is in scene units.

        Args:
            points: `(n, 2)`.
            pieces: straight pieces `(m, 2, 2)` of the boundary.
        """
        rings = self.view.to_scene(np.zeros((0, 2)))
        rings = np.concatenate([rings, *(ring.get_center()[None, :2] for ring in self.rings)])
        for k, (line, name) in enumerate(zip(self.lines, self.names, strict=True)):
            middles = np.concatenate([*self._beside(line, size_of(name)), self.view.region.center[None, :2]])
            others = [_sampled(other.ends[None]) for other in self.lines if other.ends is not None]
            obstacles = [
                Obstacle(boxes_at(points), _CLEAR),
                Obstacle(boxes_at(np.concatenate([_sampled(pieces), *others])), _CLEAR / 2),
                Obstacle(boxes_at(rings, 2 * _RING), _CLEAR),
                Obstacle(boxes_of(self.names[:k]), 2 * _CLEAR),
            ]
            within = self.view.region.inset(_INSIDE)
            chosen = place(size_of(name), middles, obstacles, within=within, costs=-middles[:, 0])
            name.move_to(np.append(chosen.middle, 0.0))
        return self

    def _beside(self, line: CreaseLine, size: FloatArray) -> Iterator[FloatArray]:
        """Yield places for a name of this size `(2,)` on both sides of a line, `(n, 2)` each."""
        if line.ends is None:
            return
        start, end = line.ends
        along = (end - start) / np.hypot(*(end - start))
        across = np.array([-along[1], along[0]])
        on = start + np.linspace(0.0, 1.0, _PLACES)[:, None] * (end - start)
        inside = self.view.region.inset(_INSIDE)
        low, high = np.array([inside.left, inside.bottom]), np.array([inside.right, inside.top])
        on = on[((on >= low) & (on <= high)).all(axis=1)]
        # A name is wider than high: beside an upright line it stands farther off.
        off = _OFF + float(np.abs(across) @ size) / 2
        yield from (on + side * off * across for side in (1.0, -1.0))


def _markup(crease: Crease) -> str:
    return " = ".join([*(f"z_{unit + 1}" for unit in crease.units), "0"])


def _sampled(pieces: FloatArray) -> FloatArray:
    """Return points along straight pieces, `(n, 2)`."""
    shares = np.linspace(0.0, 1.0, 80)[:, None, None]
    sampled: FloatArray = (pieces[:, 0] + shares * (pieces[:, 1] - pieces[:, 0])).reshape(-1, 2)
    return sampled


def _cut_to(corners: FloatArray, view: View) -> FloatArray:
    """Return what of a convex shape `(n, 2)` lies in the view's window, `(m, 2)`; Sutherland and Hodgman."""
    seen = view.seen
    edges = [(0, seen.left, 1.0), (0, seen.right, -1.0), (1, seen.bottom, 1.0), (1, seen.top, -1.0)]
    for axis, limit, sign in edges:
        heights = sign * (corners[:, axis] - limit)
        kept: list[FloatArray] = []
        for k, corner in enumerate(corners):
            after = (k + 1) % len(corners)
            if heights[k] >= 0:
                kept.append(corner)
            if heights[k] * heights[after] < 0:
                kept.append(corner + heights[k] / (heights[k] - heights[after]) * (corners[after] - corner))
        corners = np.array(kept).reshape(-1, 2)
    return corners if len(corners) else np.zeros((1, 2))
