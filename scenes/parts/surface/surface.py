"""A surface as a shaded mesh, drawn in one go."""

from __future__ import annotations

from typing import Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.parts.marks.segments import straight
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.shading import shades
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.drawn import Backdrop, Context, Drawn
from scenes.style.layout import Region
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# The soft edge of the rim, in scene units.
_RIM = 0.02
# So many rows of pixels of the whole picture show the mesh well enough.
_ENOUGH = 600


class Surface(Drawn, Backdrop):
    """Quads between the corners of a relief's mesh, those farther away first, so that near hills hide them.

    Between corners colours run into each other, and no seam shows.

    Attributes:
        viewpoint: from where it is seen.
        corners: where the mesh's corners stand, `(m, n, 2)` in scene units.
        lifted: from which value of the second weight on there is a surface; what is before is not drawn.
    """

    def __init__(
        self, relief: Relief, theme: Theme, viewpoint: Viewpoint, window: Region | None = None
    ) -> None:
        """Draw a relief; `window` is the part of the frame in which it is seen."""
        # To the audit it has no colour of its own: what lies on it stands on a rim of the page's colour.
        super().__init__(stroke_width=0.0, fill_opacity=0.0)
        self.relief, self.window = relief, window
        self.colours = shades(relief, theme)
        self.lifted = float(relief.second[0])
        self.set_z_index(-3)
        self.look_from(viewpoint)

    def look_from(self, viewpoint: Viewpoint) -> Self:
        """Be seen from somewhere else."""
        self.viewpoint = viewpoint
        self.corners = viewpoint.project(self.relief.corners)
        self._outline()
        return self

    def lift_to(self, second: float) -> Self:
        """Be there from a value of the second weight on."""
        self.lifted = second
        self._outline()
        return self

    def _outline(self) -> None:
        """Tell Manim where it is: its rim as straight cubics."""
        rim = self.rim(self._there()[0])
        self.set_points(straight(rim, np.roll(rim, -1, axis=0)))

    @staticmethod
    def rim(corners: FloatArray) -> FloatArray:
        """Return the corners at the mesh's rim in their order around it, `(k, …)`."""
        if len(corners) < 2:
            return corners[:0].reshape(0, corners.shape[-1])
        return np.concatenate([corners[0], corners[1:, -1], corners[-1, -2::-1], corners[-2:0:-1, 0]])

    def draw_on(self, camera: Camera, context: Context) -> None:
        """Draw the rim's soft edge, then the mesh over it."""
        corners, colours = self._there()
        if len(corners) < 2:
            return
        context.save()
        context.new_path()
        if self.window is not None:
            box = self.window
            context.rectangle(box.left, box.bottom, box.width, box.height)
            context.clip()
        context.set_line_width(2 * _RIM)
        rim, tones = self.rim(corners), self.rim(colours)
        for (x0, y0), (x1, y1), (red, green, blue) in zip(
            rim.tolist(), np.roll(rim, -1, axis=0).tolist(), tones.tolist(), strict=True
        ):
            context.set_source_rgb(blue, green, red)
            context.move_to(x0, y0)
            context.line_to(x1, y1)
            context.stroke()
        self._paint(context, self._mesh(corners, colours))
        context.restore()

    @staticmethod
    def _paint(context: Context, mesh: cairo.MeshPattern) -> None:
        """Paint the mesh; its colours change so slowly that half the pixels of a large picture are enough."""
        to_pixels = context.get_matrix()
        left, bottom, right, top = context.clip_extents()
        height = abs((top - bottom) * to_pixels.yy)
        share = min(1.0, _ENOUGH / abs(8.0 * to_pixels.yy))
        width = abs((right - left) * to_pixels.xx)
        sheet = cairo.ImageSurface(
            cairo.FORMAT_ARGB32, max(int(np.ceil(width * share)), 1), max(int(np.ceil(height * share)), 1)
        )
        pen = cairo.Context(sheet)
        pen.scale(share * to_pixels.xx, share * to_pixels.yy)
        pen.translate(-left, -(top if to_pixels.yy < 0 else bottom))
        pen.set_source(mesh)
        pen.paint()
        pattern = cairo.SurfacePattern(sheet)
        pattern.set_filter(cairo.FILTER_BILINEAR)
        pattern.set_matrix(pen.get_matrix())
        context.set_source(pattern)
        context.paint()

    def _there(self) -> tuple[FloatArray, FloatArray]:
        """Return corners and colours of what is lifted, the first row between two of the mesh."""
        rows = self.relief.second
        if self.lifted <= rows[0]:
            return self.corners, self.colours
        place = float(np.interp(self.lifted, rows, np.arange(len(rows))))
        next_row = int(np.ceil(place))
        if self.lifted >= rows[-1]:
            return self.corners[:0], self.colours[:0]

        def cut(values: FloatArray) -> FloatArray:
            first = values[next_row] + (next_row - place) * (values[next_row - 1] - values[next_row])
            return np.concatenate([first[None], values[next_row:]])

        return cut(self.corners), cut(self.colours)

    def _mesh(self, corners: FloatArray, colours: FloatArray) -> cairo.MeshPattern:
        rows, columns = corners.shape[0] - 1, corners.shape[1] - 1
        away = self.viewpoint.away
        # Of parallel rows of cells, those farther away come first; so do cells of a row.
        order = np.indices((rows, columns)).reshape(2, -1)
        first = -np.sign(away[1]) or 1.0
        second = -np.sign(away[0]) or 1.0
        ranked = np.lexsort((second * order[1], first * order[0]))
        quads, tones = (
            np.stack([each[:-1, :-1], each[:-1, 1:], each[1:, 1:], each[1:, :-1]], axis=2)
            .reshape(rows * columns, -1)[ranked]
            .tolist()
            for each in (corners, colours)
        )
        mesh = cairo.MeshPattern()
        begin, move_to, line_to = mesh.begin_patch, mesh.move_to, mesh.line_to
        tint, end = mesh.set_corner_color_rgb, mesh.end_patch
        for (x0, y0, x1, y1, x2, y2, x3, y3), t in zip(quads, tones, strict=True):
            begin()
            move_to(x0, y0)
            line_to(x1, y1)
            line_to(x2, y2)
            line_to(x3, y3)
            # Manim's pixels are BGRA in Cairo's eyes.
            tint(0, t[2], t[1], t[0])
            tint(1, t[5], t[4], t[3])
            tint(2, t[8], t[7], t[6])
            tint(3, t[11], t[10], t[9])
            end()
        return mesh
