"""The surface with all that lies on it, seen from one place."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.learning.loss_surface.composition import Composition
from scenes.learning.loss_surface.numbers import LossSurfaceNumbers
from scenes.parts.plane.view import View, Viewed
from scenes.parts.surface.ball import Ball
from scenes.parts.surface.contours import Contour
from scenes.parts.surface.lines import FaintLines, SurfaceLines
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.surface import Surface
from scenes.parts.surface.trail import Style, Trail
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.style.colour import blend, rgb
from scenes.style.layout import Layout, Region
from scenes.style.theme import Role, Theme

# Samples of a curve over one weight.
_SAMPLES = 161
# Lines of the weave are so many cells apart.
_WEAVE = 4
# What a ball keeps from the edge of the stage, in scene units.
_MARGIN = 0.16


class Landscape(VGroup, Viewed):
    """A surface, the lines on it, and walks.

    Attributes:
        relief: its ground. viewpoint: from where it is seen.
        surface: the ground as a shaded mesh. weave: every fourth line of the mesh.
        curve: the loss along the first weight at one value, `second`, of the other.
        ball: where a network is that is not on a walk, `at` some weights, or nowhere.
        contours: lines of equal loss, those shown that are no higher than the `level`, a height in [0, 1].
        trails: walks.
    """

    def __init__(
        self,
        numbers: LossSurfaceNumbers,
        theme: Theme,
        layout: Layout,
        relief: Relief,
        viewpoint: Viewpoint,
        lines: tuple[Contour, ...],
    ) -> None:
        super().__init__()
        self.numbers, self.relief, self.viewpoint = numbers, relief, viewpoint
        parts = Composition.of(layout)
        self.view = View(parts.stage, parts.stage.center[:2], 1.0, layout.frame)
        self.surface = Surface(relief, theme, viewpoint, parts.window)
        ink = "#{:02x}{:02x}{:02x}".format(
            *(255 * blend(rgb(theme["text"]), rgb(theme["loss"]), 0.35)).round().astype(int).tolist()
        )
        self.weave = FaintLines(relief, viewpoint, ink, 1.2, opacity=0.14, window=parts.window).take(
            self._woven()
        )
        self.contours = FaintLines(relief, viewpoint, ink, 2.2, opacity=0.6, window=parts.window)
        self.contours.set_z_index(-1)
        self.curve = SurfaceLines(relief, viewpoint, theme["loss"], 6.0, window=parts.window)
        self.curve.set_z_index(1)
        self.trails: list[Trail] = []
        self.extras: list[SurfaceLines] = []
        self._contours = [
            (relief.heights(each.level), tuple(self._lifted(line, each.level) for line in each.lines))
            for each in lines
        ]
        self.level, self.share = 0.0, 1.0
        self.second = float(numbers.trained[1])
        self.at: FloatArray | None = None
        self.ball = Ball(theme, "class_0")
        self.add(self.surface, self.weave, self.contours, self.curve, self.ball)

    def _lifted(self, line: FloatArray, level: float) -> FloatArray:
        return self.relief.lift(line, np.full(len(line), level))

    def _woven(self, second: float = -np.inf) -> tuple[FloatArray, ...]:
        corners = self.relief.corners[self.relief.second >= second - 1e-9]
        rows, columns = (
            np.unique(np.append(np.arange(0, count, _WEAVE), count - 1)) for count in corners.shape[:2]
        )
        return (*corners[rows], *(corners[:, k] for k in columns))

    def walk(self, theme: Theme, index: int, role: Role, style: Style = "whole") -> Trail:
        """Return the trail of a walk, which from now on is seen with the ground."""
        trace = self.numbers.trace(self.numbers.walks[index], self.relief)
        trail = Trail(
            self.relief,
            self.viewpoint,
            theme,
            role,
            self.relief.lift(trace.weights, trace.losses),
            trace.updates,
            style=style,
            depth=2.0 + 0.3 * index,
            view=self.view,
            within=self.view.region.inset(_MARGIN),
        )
        self.trails.append(trail)
        return trail

    def look_from(self, viewpoint: Viewpoint) -> Self:
        """Be seen from somewhere else."""
        self.viewpoint = viewpoint
        self.surface.look_from(viewpoint)
        for lines in (self.weave, self.contours, *self.extras):
            lines.look_from(viewpoint)
        self.show_curve(self.second, self.share)
        self.stand(self.at)
        for trail in self.trails:
            trail.look_from(viewpoint)
        return self

    @property
    def bare(self) -> bool:
        """Whether there is no ground yet."""
        return bool(self.surface.lifted >= self.relief.second[-1])

    def stand(self, weights: FloatArray | None) -> Self:
        """Put the ball at a pair of weights `(2,)`, or nowhere."""
        self.at = weights
        if weights is None:
            self.ball.stand_at(np.zeros((0, 2)))
            return self
        point = self.relief.lift(weights[None], [self.numbers.plane.loss_at(weights)])
        hidden = not self.bare and self.relief.hidden(point, self.viewpoint)[0]
        place = self.viewpoint.project(point)
        stage = self.view.region.inset(_MARGIN)
        seen = not hidden and stage.contains(Region(*place[0], *place[0]))
        self.ball.stand_at(place[: 1 if seen else 0])
        return self

    def show_curve(self, second: float, share: float = 1.0) -> Self:
        """Show the curve at a value of the second weight, this share of it from the left."""
        self.second, self.share = second, share
        first = self.relief.first
        along = np.linspace(first[0], first[0] + share * (first[-1] - first[0]), _SAMPLES)
        weights = np.column_stack([along, np.full(_SAMPLES, second)])
        self.curve.viewpoint, self.curve.sheltered = self.viewpoint, not self.bare
        self.curve.take((self.relief.lift(weights, self.numbers.plane.losses(weights)),))
        return self

    def lift_to(self, second: float) -> Self:
        """Show the ground from a value of the second weight on, and the curve at its front edge."""
        self.surface.lift_to(second)
        self.weave.take(self._woven(second) if not self.bare else ())
        return self.show_curve(second)

    def flood(self, height: float) -> Self:
        """Show all contours that are no higher."""
        self.level = height
        shown = [line for level, lines in self._contours if level <= height + 1e-9 for line in lines]
        self.contours.take(tuple(shown))
        return self
