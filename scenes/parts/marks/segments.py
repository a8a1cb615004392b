"""Many straight pieces as one mobject, recomputed whole by one numpy expression."""

from __future__ import annotations

from typing import Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, CapStyleType

from scenes.stage.drawn import Backdrop, Context, Drawn
from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]

# The length of a dash and of the gap behind it, in scene units.
_DASH, _GAP = 0.16, 0.1
# Directions that differ by less, in radians, are one.
_PARALLEL = 1e-3


def straight(start: FloatArray, end: FloatArray) -> FloatArray:
    """Return the control points `(4 n, 3)` that Manim wants, of straight cubics between points `(n, 2)`."""
    points = np.zeros((len(start), 4, 3))
    for k, share in enumerate((0.0, 1 / 3, 2 / 3, 1.0)):
        points[:, k, :2] = start + share * (end - start)
    return points.reshape(-1, 3)


class Segments(Drawn):
    """Straight pieces, each a subpath of its own.

    The points of piece k are the four control points of a straight cubic, as Manim wants them, so that
    Manim's own transformations and cameras work; they are drawn as plain lines.
    """

    def __init__(self, colour: str, width: float, *, opacity: float = 1.0) -> None:
        super().__init__(stroke_color=colour, stroke_width=width, stroke_opacity=opacity, fill_opacity=0.0)
        self.cap_style = CapStyleType.ROUND

    def set_pieces(self, pieces: FloatArray, box: Region | None = None) -> Self:
        """Draw pieces `(n, 2, 2)` of start and end points in scene units, cut off at the edges of `box`."""
        if box is not None:
            pieces = clipped(pieces, box)
        self.set_points(straight(pieces[:, 0], pieces[:, 1]))
        return self

    def draw_on(self, camera: Camera, context: Context) -> None:
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        context.new_path()
        move_to, line_to = context.move_to, context.line_to
        for x0, y0, x1, y1 in self.pieces.reshape(-1, 4).tolist():
            move_to(x0, y0)
            line_to(x1, y1)
        camera.apply_stroke(context, self)

    @property
    def pieces(self) -> FloatArray:
        """The pieces as drawn, `(n, 2, 2)` in scene units."""
        corners: FloatArray = self.points.reshape(-1, 4, 3)[:, ::3, :2]
        return corners


class BackdropSegments(Segments, Backdrop):
    """Lines that may be faint and have writing on them, such as a grid's."""

    def draw_on(self, camera: Camera, context: Context) -> None:
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        camera.set_cairo_context_color(context, camera.get_stroke_rgbas(self), self)
        context.set_line_width(self.get_stroke_width() * camera.cairo_line_width_multiple)
        context.set_line_cap(cairo.LINE_CAP_BUTT)
        context.new_path()
        # Those of one direction together: in one path with all, Cairo would first find where they cross.
        pieces = self.pieces
        along = pieces[:, 1] - pieces[:, 0]
        directions = np.rint(np.arctan2(along[:, 1], along[:, 0]) / _PARALLEL)
        for direction in np.unique(directions):
            for x0, y0, x1, y1 in pieces[directions == direction].reshape(-1, 4).tolist():
                context.move_to(x0, y0)
                context.line_to(x1, y1)
            context.stroke()


def clipped(pieces: FloatArray, box: Region) -> FloatArray:
    """Return the parts of straight pieces `(n, 2, 2)` that lie in `box`, those outside left out.

    Liang and Barsky (1984): a piece enters and leaves each pair of parallel edges at two parameters.
    """
    start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    low, high = np.array([box.left, box.bottom]), np.array([box.right, box.top])
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (low - start) / along, (high - start) / along
    inside = (start >= low) & (start <= high)
    still = along == 0
    enter = np.where(still, np.where(inside, -np.inf, np.inf), np.minimum(first, second)).max(axis=1)
    leave = np.where(still, np.where(inside, np.inf, -np.inf), np.maximum(first, second)).min(axis=1)
    enter, leave = np.maximum(enter, 0.0), np.minimum(leave, 1.0)
    seen = enter < leave
    start, along, enter, leave = start[seen], along[seen], enter[seen, None], leave[seen, None]
    return np.stack([start + enter * along, start + leave * along], axis=1)


def bent_pieces(corners: FloatArray) -> FloatArray:
    """Return the pieces `(m, 2, 2)` of polylines `(n, k, 2)`, those of no length left out."""
    pieces = np.stack([corners[:, :-1], corners[:, 1:]], axis=2).reshape(-1, 2, 2)
    # They would show as dots.
    kept: FloatArray = pieces[np.abs(pieces[:, 1] - pieces[:, 0]).max(axis=1) > 1e-6]
    return kept


def polyline(corners: FloatArray) -> FloatArray:
    """Return the pieces `(n - 1, 2, 2)` that join corners `(n, 2)` in turn."""
    return np.stack([corners[:-1], corners[1:]], axis=1)


def dashes(start: FloatArray, end: FloatArray) -> FloatArray:
    """Return the dashes `(n, 2, 2)` of a line from `start` (2,) to `end` (2,), in scene units."""
    length = float(np.hypot(*(end - start)))
    if length < 1e-6:
        return np.zeros((0, 2, 2))
    along = (end - start) / length
    begins = np.arange(0.0, length, _DASH + _GAP)
    ends = np.minimum(begins + _DASH, length)
    return np.stack([start + begins[:, None] * along, start + ends[:, None] * along], axis=1)
