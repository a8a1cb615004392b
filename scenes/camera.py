"""Manim's camera with a short way for the pieces and marks that explainers are made of."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Self

import cairo
import numpy as np
from manim import Camera, VMobject

from scenes.parts.dots import Dots
from scenes.parts.segments import Segments

# A mark is drawn at the nearest of so many places to a pixel, along each axis.
_PLACES = 8


class ExplainerCamera(Camera):
    """Draws `Segments` as lines and stamps `Dots`; everything else as Manim does."""

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context) -> Self:
        if isinstance(vmobject, Dots):
            self._stamp(vmobject, ctx)
        elif isinstance(vmobject, Segments):
            self._stroke_lines(vmobject, ctx)
        elif vmobject.get_fill_opacity() != 0 or vmobject.get_stroke_opacity() != 0:
            super().display_vectorized(vmobject, ctx)
        return self

    def _stroke_lines(self, vmobject: Segments, ctx: cairo.Context) -> None:
        if not len(vmobject.points) or vmobject.get_stroke_opacity() == 0:
            return
        ctx.new_path()
        move_to, line_to = ctx.move_to, ctx.line_to
        ends = vmobject.points.reshape(-1, 4, 3)[:, ::3, :2].reshape(-1, 4)
        for x0, y0, x1, y1 in ends.tolist():
            move_to(x0, y0)
            line_to(x1, y1)
        self.apply_stroke(ctx, vmobject)

    def _stamp(self, dots: Dots, ctx: cairo.Context) -> None:
        """Stamp every mark from a sheet of small masks, which is many times as fast as stroking a path."""
        if not len(dots.points) or dots.get_stroke_opacity() == 0:
            return
        to_pixels = ctx.get_matrix()
        across = dots.mark_width * to_pixels.xx
        masks, half = _masks(round(across, 2), dots.square)
        corners = dots.positions * [to_pixels.xx, to_pixels.yy] + [to_pixels.x0 - half, to_pixels.y0 - half]
        steps = np.rint(corners * _PLACES).astype(np.int64)
        places, offsets = steps // _PLACES, steps % _PLACES
        ctx.save()
        ctx.identity_matrix()
        self.set_cairo_context_color(ctx, self.get_stroke_rgbas(dots), dots)
        mask_surface = ctx.mask_surface
        chosen = (offsets[:, 1] * _PLACES + offsets[:, 0]).tolist()
        for (x, y), k in zip(places.tolist(), chosen, strict=True):
            mask_surface(masks[k], x, y)
        ctx.restore()


@lru_cache(maxsize=256)
def _masks(width: float, square: bool) -> tuple[tuple[cairo.ImageSurface, ...], float]:
    """Return masks of a mark `width` pixels wide for every place within a pixel, and half a mask's size."""
    size = math.ceil(width) + 2
    half = size / 2
    sheet = []
    for place in range(_PLACES**2):
        mask = cairo.ImageSurface(cairo.FORMAT_A8, size + 1, size + 1)
        pen = cairo.Context(mask)
        x, y = half + place % _PLACES / _PLACES, half + place // _PLACES / _PLACES
        if square:
            pen.rectangle(x - width / 2, y - width / 2, width, width)
        else:
            pen.arc(x, y, width / 2, 0, 2 * math.pi)
        pen.fill()
        sheet.append(mask)
    return tuple(sheet), half
