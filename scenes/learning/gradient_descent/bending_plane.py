"""The plane beside the loss curve: what the network decides at the weight that walks."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from scenes.learning.gradient_descent.numbers import GradientDescentNumbers
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.rings import Rings
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.counter import Counter
from scenes.style.theme import Theme

_GHOST_WIDTH, _GHOST = 3.0, 0.55


class BendingPlane(VGroup, Viewed):
    """The points and the boundary of the network at any weight, the wrong points ringed and counted.

    Attributes:
        weight: the one that it shows.
        space: where the points are; of it `plane` and `dots` are drawn.
        boundary, rings, counter: the rest of its drawing.
        ghost: the boundary of the trained network, dashed; it never moves.
    """

    def __init__(self, view: View, theme: Theme, numbers: GradientDescentNumbers, counter: Counter) -> None:
        super().__init__()
        self.view, self.numbers, self.counter = view, numbers, counter
        self.space = Space(view, theme, numbers.dataset)
        self.plane: Plane = self.space.plane
        self.dots: tuple[Dots, ...] = self.space.dots
        self.rings = Rings(theme, self.space.diameter)
        self.boundary = Boundary(view, theme)
        self.ghost = Boundary(view, theme, dashed=True, width=_GHOST_WIDTH)
        self.ghost.set_stroke(opacity=_GHOST).set_z_index(3.5)
        self.ghost.take(self._boundary_at(numbers.trained_weight))
        self.add(self.plane, *self.dots, self.ghost, self.boundary, self.rings)
        self.show(numbers.trained_weight)

    def show(self, weight: float) -> Self:
        """Show what the network decides with the weight being `weight`."""
        self.weight = weight
        self.boundary.take(self._boundary_at(weight))
        wrong = self.numbers.wrong_at(weight)
        self.rings.set_positions(self.view.to_scene(self.numbers.dataset.points[wrong]))
        self.counter.show(len(wrong) - int(wrong.sum()))
        return self

    def _boundary_at(self, weight: float) -> np.ndarray:
        """Return the boundary as far as it is seen, pieces `(s, 2, 2)` in scene units."""
        pieces = self.numbers.boundary_at(weight, *self.view.seen_bounds)
        return self.view.to_scene(pieces.reshape(-1, 2)).reshape(-1, 2, 2)
