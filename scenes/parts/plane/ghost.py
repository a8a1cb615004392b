"""What is left where the data, i and j were before a map: the last frame alone tells what has changed."""

from __future__ import annotations

import numpy as np

from nnmath.datasets import Dataset
from nnmath.plane_map import PlaneMap
from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import BackdropGroup
from scenes.style.theme import CLASS_ROLES, Theme

_OPACITY = 0.2


class Ghost(BackdropGroup, Viewed):
    """A faint copy of the data, and of i and j if wanted, where a map has taken them; it never moves.

    Attributes:
        map: where it stands. clouds: its data, one cloud per class.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        dataset: Dataset,
        plane_map: PlaneMap,
        diameter: float,
        *,
        basis: bool = True,
    ) -> None:
        super().__init__()
        self.map = plane_map
        self._points = tuple(dataset.of_class(label) for label in dataset.classes)
        self.clouds = tuple(
            Dots(theme[CLASS_ROLES[label]], diameter, square=label == 1) for label in dataset.classes
        )
        self._arrows = tuple(Arrow(theme[role]) for role in ("basis_i", "basis_j")) if basis else ()
        self.add(*self.clouds, *self._arrows)
        self.look(view)
        self.set_opacity(_OPACITY)
        # Arrows have no outline of their own.
        for arrow in self._arrows:
            arrow.tip.set_stroke(width=0)
        self.set_z_index(-0.5)

    def look(self, view: View) -> None:
        """Stand where `view` sees it."""
        self.view = view
        for cloud, points in zip(self.clouds, self._points, strict=True):
            cloud.set_positions(view.to_scene(self.map.apply(points)))
        tail, *heads = view.to_scene(self.map.apply(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])))
        for arrow, head in zip(self._arrows, heads, strict=False):
            arrow.reach(tail, head)
