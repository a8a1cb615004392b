"""Letters, inked once while they stand still: tracing their outlines costs the most of a held frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.stage.drawn import Context, Drawn

FloatArray = npt.NDArray[np.float64]

# Glyphs that moved by less than this many scene units stand still: a ten-thousandth of a pixel.
_STANDING = 1e-6
# Cairo's limit to how far a line's corner sticks out, in half widths.
_MITRE = 10.0


@dataclass(frozen=True, eq=False)
class Ink:
    """What some glyphs cover, kept while they stay where they are.

    Attributes:
        points: of their outlines, as they were inked. width: of their rim.
        to_pixels: the way from scene units to pixels.
        left, top: the pixel where the masks begin.
        masks: what the rim covers, if there is one, and what the glyphs do.
    """

    points: FloatArray
    width: float
    to_pixels: cairo.Matrix
    left: int
    top: int
    masks: tuple[cairo.ImageSurface, ...]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # It never changes, so copies of the glyphs share it; Cairo's surfaces could not be copied.
        return self

    def fits(self, points: FloatArray, width: float, to_pixels: cairo.Matrix) -> bool:
        """Tell whether glyphs still stand where they were inked; fading moves them by roundings."""
        return (
            self.width == width
            and self.to_pixels == to_pixels
            and self.points.shape == points.shape
            and bool(np.abs(self.points - points).max() < _STANDING)
        )


class Glyphs(Drawn):
    """The outlines of one part of a writing, filled in one colour over a rim in another."""

    _ink: Ink | None = None

    def draw_on(self, camera: Camera, context: Context) -> None:
        if not len(self.points) or self.get_fill_opacity() == 0:
            return
        width = float(self.get_stroke_width(background=True))
        to_pixels = context.get_matrix()
        ink = self._ink
        if ink is None or not ink.fits(self.points, width, to_pixels):
            ink = self._ink = self._inked(camera, width, to_pixels)
        rims = [camera.get_stroke_rgbas(self, background=True)] if width else []
        context.save()
        context.identity_matrix()
        for mask, rgbas in zip(ink.masks, [*rims, camera.get_fill_rgbas(self)], strict=True):
            camera.set_cairo_context_color(context, rgbas, self)
            context.mask_surface(mask, ink.left, ink.top)
        context.restore()

    def _inked(self, camera: Camera, width: float, to_pixels: cairo.Matrix) -> Ink:
        """Return masks of the glyphs and of a rim `width` wide, traced as Manim traces them."""
        line = width * camera.cairo_line_width_multiple
        # Mitres reach ten half widths at the most, and only there.
        margin = _MITRE * line * abs(to_pixels.xx) / 2 + 2
        corners = [
            to_pixels.transform_point(*map(float, end[:2]))
            for end in (self.points.min(axis=0), self.points.max(axis=0))
        ]
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(*corners, strict=True))
        left, top = math.floor(left - margin), math.floor(top - margin)
        size = math.ceil(right + margin) - left, math.ceil(bottom + margin) - top
        place = cairo.Matrix(
            to_pixels.xx, to_pixels.yx, to_pixels.xy, to_pixels.yy, to_pixels.x0 - left, to_pixels.y0 - top
        )
        masks = []
        for rim in (True, False) if width else (False,):
            mask = cairo.ImageSurface(cairo.FORMAT_A8, *size)
            pen = cairo.Context(mask)
            pen.set_matrix(place)
            camera.set_cairo_context_path(pen, self)
            if rim:
                pen.set_line_width(line)
                pen.stroke()
            else:
                pen.fill()
            masks.append(mask)
        return Ink(self.points.copy(), width, to_pixels, left, top, tuple(masks))
