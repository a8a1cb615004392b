"""Lines that lie on a surface, hidden where a hill is in the way."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Camera, LineJointType

from scenes.parts.marks.segments import Segments
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.drawn import Backdrop, Context

FloatArray = npt.NDArray[np.float64]


class SurfaceLines(Segments):
    """Polylines on the ground.

    Attributes:
        lines: their corners in the world, `(k, 3)` each.
        viewpoint: from where they are seen.
        sheltered: whether the ground hides them where a hill is in the way; not where no ground is drawn.
    """

    def __init__(
        self, relief: Relief, viewpoint: Viewpoint, colour: str, width: float, *, opacity: float = 1.0
    ) -> None:
        super().__init__(colour, width, opacity=opacity)
        self.joint_type = LineJointType.ROUND
        self.relief, self.viewpoint = relief, viewpoint
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
        seen = ~(self.sheltered & self.relief.hidden(points, viewpoint))
        # No piece from the end of one line to the beginning of the next.
        joined = np.ones(len(points), dtype=bool)
        joined[np.cumsum([len(line) for line in lines]) - 1] = False
        kept = np.flatnonzero(joined[:-1] & seen[:-1] & seen[1:])
        placed = viewpoint.project(points)
        return self.set_pieces(np.stack([placed[kept], placed[kept + 1]], axis=1))

    def draw_on(self, camera: Camera, context: Context) -> None:
        """Stroke what is joined as one line, so that no joint is darker than the rest."""
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        context.new_path()
        x, y = np.inf, np.inf
        for x0, y0, x1, y1 in self.pieces.reshape(-1, 4).tolist():
            if x0 != x or y0 != y:
                context.move_to(x0, y0)
            context.line_to(x1, y1)
            x, y = x1, y1
        camera.apply_stroke(context, self)


class FaintLines(SurfaceLines, Backdrop):
    """Lines on the ground that may be faint and have writing on them, such as contours."""
