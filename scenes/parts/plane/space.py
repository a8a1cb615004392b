"""Everything that lives on the plane and is moved by one and the same map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import VGroup
from scipy.spatial import cKDTree

from nnmath.datasets import Dataset
from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.basis_vectors import BasisVectors
from scenes.parts.plane.ghost import Ghost
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View, Viewed
from scenes.stage.motion import Drive
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]


# From this many points on those of both classes are drawn in turn.
_MANY = 600
# Marks are so large against the distance to their neighbours, and within these bounds, in scene units.
_SHARE, _LARGEST, _SMALLEST = 0.6, 0.12, 0.03
# Of more points than these nobody counts the marks, which lie over each other: they are large enough to be
# seen, and finer again where they are a crowd.
_COUNTABLE, _SEEN = 300, 0.05
_CROWDED, _FINEST = 1200, 0.045


class Space(VGroup, Viewed):
    """Grid, data and basis vectors, of which every instant shows one map of the plane.

    Attributes:
        map: the map on show; grid, dots and basis vectors are all where it takes them.
        dots: one cloud per class. diameter: of their marks on the plane, in scene units.
        followers: called with the map at every instant, for what rides along.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        dataset: Dataset,
    ) -> None:
        """Show the plane and the data as `view` sees them."""
        super().__init__()
        self.view, self.theme = view, theme
        self.dataset = dataset
        self.map = PlaneMap()
        self.plane = Plane(view, theme)
        self.diameter = _diameter(dataset, view.unit)
        self.dots = tuple(
            Dots(theme[CLASS_ROLES[label]], self.diameter, square=label == 1) for label in dataset.classes
        )
        self._points = tuple(dataset.of_class(label) for label in dataset.classes)
        for cloud in self.dots:
            cloud.set_z_index(3)
        if len(dataset) > _MANY and len(self.dots) > 1:
            self.dots[1].lie_among(self.dots[0])
        self.basis = BasisVectors(view, theme)
        self.ghosts = VGroup()
        self.followers: list[Callable[[PlaneMap], object]] = []
        self.add(self.plane, self.ghosts, *self.dots, self.basis)
        self.show(self.map)
        self.basis.keep_clear(np.concatenate([cloud.positions for cloud in self.dots]))

    def show(self, plane_map: PlaneMap) -> Self:
        """Put everything where `plane_map` takes it; basis vectors follow its linear part and its shift."""
        self.map = plane_map
        self.plane.show(plane_map)
        for cloud, points in zip(self.dots, self._points, strict=True):
            cloud.set_positions(self.view.to_scene(plane_map.apply(points)))
        self.basis.show(plane_map.columns, plane_map.offset)
        for follow in self.followers:
            follow(plane_map)
        return self

    def leave_ghost(self, *, basis: bool = True) -> Ghost:
        """Leave a faint copy of the data, and of i and j, where they are now; it stays there."""
        ghost = Ghost(self.view, self.theme, self.dataset, self.map, self.diameter, basis=basis)
        self.ghosts.add(ghost)
        return ghost

    def diameter_at(self, unit: float) -> float:
        """Return the size of marks that suits data whose unit is so many scene units."""
        return _diameter(self.dataset, unit)

    def restore_marks(self) -> Self:
        """Give the marks, which may have been stacked, the size that they have on the plane."""
        for cloud in self.dots:
            cloud.resize(self.diameter)
        return self

    def look(self, view: View) -> Self:
        """Draw everything as `view` sees it."""
        self.view = self.basis.view = view
        self.plane.look(view)
        for ghost in self.ghosts:
            ghost.look(view)
        return self.show(self.map)

    def move(self, map_at: Callable[[float], PlaneMap], **options: Any) -> Drive:
        """Return the animation that shows `map_at(t)` for t from 0 to 1."""
        return Drive(self, lambda t: self.show(map_at(t)), **options)

    def glide(self, view: View, map_at: Callable[[float], PlaneMap] | None = None, **options: Any) -> Drive:
        """Return the animation that changes over to `view`, while `map_at(t)` acts if given."""
        start = self.view

        def show(t: float) -> None:
            if map_at is not None:
                self.map = map_at(t)
            self.look(start.towards(view, t))

        return Drive(self, show, **options)


def _diameter(dataset: Dataset, unit: float) -> float:
    """Return the size of marks that can be told apart from their neighbours, in scene units."""
    gaps = [_typical_gap(dataset.of_class(label)) for label in dataset.classes]
    smallest = _SMALLEST if len(dataset) <= _COUNTABLE else _SEEN
    size = float(np.clip(_SHARE * unit * min(gaps, default=np.inf), smallest, _LARGEST))
    return size if len(dataset) <= _CROWDED else max(_FINEST, size * math.sqrt(_CROWDED / len(dataset)))


def _typical_gap(points: FloatArray) -> float:
    """Return the middle distance from a point of `(n, 2)` to its nearest neighbour in another place."""
    places = np.unique(points, axis=0)
    if len(places) < 2:
        return np.inf
    distances, _ = cKDTree(places).query(places, k=2)
    return float(np.median(np.asarray(distances)[:, 1]))
