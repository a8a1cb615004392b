"""Level lines of a layer: all points of one of them get the same number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import BackdropSegments, Segments, clipped
from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_BEAD, _APART = 0.15, 0.42
_GHOST = 0.45
# Beads keep so far within the region, in scene units, all the way.
_MARGIN = 0.12
_FAR = 1e3
_INSTANTS = np.linspace(0.0, 1.0, 33)


class LevelLines(VGroup, Viewed):
    """The lines w · x = c of some numbers c, faint, and that of one point, bright and with beads on it.

    Beads are points of that line; they go where maps take them. There is no line where w is 0.

    Attributes:
        others, line: the faint lines, and the one through the point.
        places: the beads' places on the plane, `(k, 2)` in data units, the point's first.
        beads: the marks at them. ghost: their faint copies, which stay.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        weights: FloatArray,
        values: FloatArray,
        point: FloatArray,
        also: FloatArray,
        motion: Callable[[float], PlaneMap],
    ) -> None:
        """Draw the level lines of `weights` (2,) for `values` (k,) and through `point` (2,).

        Args:
            also: further points of that line that get a bead, `(m, 2)`.
            motion: the map at times from 0 to 1; there are no beads that it takes out of the region.
        """
        super().__init__()
        self.view, self.weights = view, np.asarray(weights, dtype=float)
        self.others = BackdropSegments(theme["active"], 1.8, opacity=0.28).set_z_index(-1.5)
        self.line = Segments(theme["active"], 4.0).set_z_index(1)
        self.beads = Dots(theme["active"], _BEAD).set_z_index(2.8)
        self.ghost = BackdropGroup(Dots(theme["active"], _BEAD).set_stroke(opacity=_GHOST)).set_z_index(0.5)
        self.places = np.zeros((0, 2))
        if self.weights.any():
            self.others.set_pieces(self._pieces(values))
            self.line.set_pieces(self._pieces(np.array([self.weights @ point])))
            self.places = self._kept(np.concatenate([point[None], also, self._row(point)]), motion)
        self.show(PlaneMap())
        self.ghost[0].set_positions(self.beads.positions)
        self.add(self.others, self.line, self.ghost, self.beads)

    def _pieces(self, values: FloatArray) -> FloatArray:
        """Return the level lines of `values` (k,) as far as they are seen, `(n, 2, 2)` in scene units."""
        length = float(np.hypot(*self.weights))
        normal = self.weights / length
        along = np.array([-normal[1], normal[0]])
        along = -along if along[0] < 0 else along
        feet = self.view.to_scene(values[:, None] / length * normal)
        # The middle of the window, seen from each foot.
        feet = feet + ((self.view.seen.center[:2] - feet) @ along)[:, None] * along
        pieces: FloatArray = clipped(
            np.stack([feet - _FAR * along, feet + _FAR * along], axis=1), self.view.seen
        )
        return pieces

    def _row(self, point: FloatArray) -> FloatArray:
        """Return points of the line at equal steps on both sides of `point` (2,)."""
        along = np.array([-self.weights[1], self.weights[0]]) / np.hypot(*self.weights)
        steps = np.arange(1, 80)[:, None] * _APART / self.view.unit
        return np.concatenate([point + steps * along, point - steps * along])

    def _kept(self, places: FloatArray, motion: Callable[[float], PlaneMap]) -> FloatArray:
        low, high = self.view.bounds_inside(_MARGIN)
        inside = np.ones(len(places), dtype=bool)
        for t in _INSTANTS.tolist():
            moved = motion(t).apply(places)
            inside &= ((moved >= low) & (moved <= high)).all(axis=1)
        return places[inside]

    def show(self, plane_map: PlaneMap) -> None:
        """Put the beads where a map takes them."""
        moved = plane_map.apply(self.places) if len(self.places) else self.places
        self.beads.set_positions(self.view.to_scene(moved))

    @property
    def along(self) -> FloatArray:
        """Places all along the bright line, `(n, 2)` in scene units."""
        pieces = self.line.pieces
        shares = np.linspace(0.0, 1.0, 200)[:, None]
        return np.concatenate([np.zeros((0, 2)), *(start + shares * (end - start) for start, end in pieces)])

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the bright line is drawn from the point to both sides."""
        whole = self.line.pieces.copy()
        start = self.view.to_scene(self.places[:1]) if len(self.places) else np.zeros((1, 2))

        def show(share: float) -> None:
            self.line.set_pieces(whole if share >= 1.0 else start + share * (whole - start))

        return Drive(self.line, show, introducer=True, **options)
