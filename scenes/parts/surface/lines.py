"""Lines that lie on a surface, hidden where a hill is in the way."""

from __future__ import annotations

from typing import Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.parts.marks.segments import Segments
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.drawn import Backdrop, Context
from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]


class SurfaceLines(Segments):
    """Polylines on the ground.

    Attributes:
        lines: their corners in the world, `(k, 3)` each.
        viewpoint: from where they are seen.
        sheltered: whether the ground hides them where a hill is in the way; not where no ground is drawn.
    """

    def __init__(
        self,
        relief: Relief,
        viewpoint: Viewpoint,
        colour: str,
        width: float,
        *,
        opacity: float = 1.0,
        window: Region | None = None,
    ) -> None:
        """Prepare lines; `window` is the part of the frame in which they are seen."""
        super().__init__(colour, width, opacity=opacity)
        self.relief, self.viewpoint, self.window = relief, viewpoint, window
        self.lines: tuple[FloatArray, ...] = ()
        self.sheltered = True
        self.set_z_index(-2)

    def take(self, lines: tuple[FloatArray, ...]) -> Self:
        """Be these polylines, `(k, 3)` each in the world."""
        self.lines = lines
        return self.look_from(self.viewpoint)

    def look_from(self, viewpoint: Viewpoint) -> Self:
        """Be seen from somewhere else."""
        self.viewpoint = viewpoint
        lines = [line for line in self.lines if len(line) > 1]
        if not lines:
            return self.set_pieces(np.zeros((0, 2, 2)))
        points = np.concatenate(lines)
        seen = np.ones(len(points), dtype=bool)
        if self.sheltered:
            seen = ~self.relief.hidden(points, viewpoint)
        # No piece from the end of one line to the beginning of the next.
        joined = np.ones(len(points), dtype=bool)
        joined[np.cumsum([len(line) for line in lines]) - 1] = False
        kept = np.flatnonzero(joined[:-1] & seen[:-1] & seen[1:])
        placed = viewpoint.project(points)
        return self.set_pieces(np.stack([placed[kept], placed[kept + 1]], axis=1), self.window)

    def draw_on(self, camera: Camera, context: Context) -> None:
        """Stroke what is joined as one line, so that no joint is darker than the rest."""
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        camera.set_cairo_context_color(context, camera.get_stroke_rgbas(self), self)
        context.set_line_width(self.get_stroke_width() * camera.cairo_line_width_multiple)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        context.new_path()
        x, y = np.inf, np.inf
        for x0, y0, x1, y1 in self.pieces.reshape(-1, 4).tolist():
            if x0 != x or y0 != y:
                # One at a time: of all in one path, Cairo would first find where they cross.
                context.stroke()
                context.move_to(x0, y0)
            context.line_to(x1, y1)
            x, y = x1, y1
        context.stroke()


class FaintLines(SurfaceLines, Backdrop):
    """Lines on the ground that may be faint and have writing on them, such as contours."""
