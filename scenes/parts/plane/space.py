"""Everything that lives on the plane and is moved by one and the same map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from nnmath.datasets import Dataset
from nnmath.plane_map import PlaneMap
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.basis_vectors import BasisVectors
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View, Viewed
from scenes.stage.motion import Drive
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]


# From this many points on they are drawn smaller, and those of both classes in turn.
_MANY, _CROWDED = 600, 1200
_LARGE, _SMALL, _SMALLEST = 0.12, 0.08, 0.045


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
        *,
        reach: float = 1.0,
        widest: View | None = None,
    ) -> None:
        """Show the plane and the data as `view` sees them; for `reach` and `widest` see Plane."""
        super().__init__()
        self.view = view
        self.dataset = dataset
        self.map = PlaneMap()
        self.plane = Plane(view, theme, reach=reach, widest=widest)
        self.diameter = _diameter(len(dataset))
        self.dots = tuple(
            Dots(theme[CLASS_ROLES[label]], self.diameter, square=label == 1) for label in dataset.classes
        )
        self._points = tuple(dataset.of_class(label) for label in dataset.classes)
        for cloud in self.dots:
            cloud.set_z_index(3)
        if len(dataset) > _MANY and len(self.dots) > 1:
            self.dots[1].lie_among(self.dots[0])
        self.basis = BasisVectors(view, theme)
        self.followers: list[Callable[[PlaneMap], object]] = []
        self.add(self.plane, *self.dots, self.basis)
        self.show(self.map)
        self.basis.keep_clear(np.concatenate([cloud.positions for cloud in self.dots]))

    def show(self, plane_map: PlaneMap) -> Self:
        """Put everything where `plane_map` takes it; basis vectors follow its linear part and its shift."""
        self.map = plane_map
        self.plane.show(plane_map)
        for cloud, points in zip(self.dots, self._points, strict=True):
            cloud.set_positions(self.view.to_scene(plane_map.apply(points)))
        self.basis.show(plane_map.matrix, plane_map.offset)
        for follow in self.followers:
            follow(plane_map)
        return self

    def restore_marks(self) -> Self:
        """Give the marks, which may have been stacked, the size that they have on the plane."""
        for cloud in self.dots:
            cloud.resize(self.diameter)
        return self

    def look(self, view: View) -> Self:
        """Draw everything as `view` sees it."""
        self.view = self.basis.view = view
        self.plane.look(view)
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


def _diameter(count: int) -> float:
    """Return the size of marks for so many points, in scene units: the more there are, the finer."""
    if count <= _MANY:
        return _LARGE
    return max(_SMALLEST, _SMALL * min(1.0, math.sqrt(_CROWDED / count)))
