"""Many upright rectangles as one mobject, recomputed whole by one numpy expression."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.parts.marks.segments import straight
from scenes.stage.drawn import Context, Drawn

FloatArray = npt.NDArray[np.float64]

# Corners of a box (left, bottom, right, top) in turn, back to the first.
_TURN = ((0, 1), (2, 1), (2, 3), (0, 3), (0, 1))
# What is thinner, in scene units, has no area to be seen.
_NOTHING = 1e-6


class Rectangles(Drawn):
    """Rectangles in one colour, each with a fill and an edge; what has no area is not drawn.

    Attributes:
        boxes: left, bottom, right and top of each, `(n, 4)` in scene units, those without an area too.
    """

    def __init__(
        self, colour: str, *, fill: float = 0.28, edge: float = 3.0, edge_opacity: float = 0.9
    ) -> None:
        """Make none yet; `fill` is the opacity of the inside, `edge` the width of the outline."""
        super().__init__(
            stroke_color=colour,
            stroke_width=edge,
            stroke_opacity=edge_opacity if edge else 0.0,
            fill_color=colour,
            fill_opacity=fill,
        )
        self.boxes: FloatArray = np.zeros((0, 4))

    def set_boxes(self, boxes: FloatArray) -> Self:
        """Draw these boxes `(n, 4)`."""
        self.boxes = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
        drawn = self.boxes[((self.boxes[:, 2:] - self.boxes[:, :2]) > _NOTHING).all(axis=1)]
        corners = np.stack([drawn[:, list(pair)] for pair in _TURN], axis=1)
        self.set_points(straight(corners[:, :-1].reshape(-1, 2), corners[:, 1:].reshape(-1, 2)))
        return self

    @property
    def areas(self) -> FloatArray:
        """How large each is, `(n,)` in square scene units."""
        sizes = self.boxes[:, 2:] - self.boxes[:, :2]
        areas: FloatArray = sizes[:, 0] * sizes[:, 1]
        return areas

    def draw_on(self, camera: Camera, context: Context) -> None:
        fill, stroke = self.get_fill_opacity(), self.get_stroke_opacity()
        if not len(self.points) or (fill == 0 and stroke == 0):
            return
        context.new_path()
        corners = self.points.reshape(-1, 16, 3)
        for (x0, y0), (x1, y1) in zip(corners[:, 0, :2].tolist(), corners[:, 8, :2].tolist(), strict=True):
            context.rectangle(x0, y0, x1 - x0, y1 - y0)
        if fill:
            camera.apply_fill(context, self)
        if stroke and self.get_stroke_width():
            camera.apply_stroke(context, self)
