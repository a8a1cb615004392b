"""Manim's camera with a short way for the pieces and marks that explainers are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self
from weakref import WeakKeyDictionary

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, VMobject

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.stage.writing import Glyphs

FloatArray = npt.NDArray[np.float64]

# A mark is drawn at the nearest of so many places to a pixel, along each axis.
_PLACES = 8
_CROWD = 1000
# More places than any picture has from one side to the other, its surroundings included.
_WIDEST = 2**32
# Glyphs that moved by less than this many scene units stand still: a ten-thousandth of a pixel.
_STANDING = 1e-6
# Cairo's limit to how far a line's corner sticks out, in half widths.
_MITRE = 10.0


@dataclass(frozen=True)
class Ink:
    """What some glyphs cover, kept while they stay where they are.

    Attributes:
        points: of their outlines, as they were inked. width: of their rim.
        left, top: the pixel where the masks begin.
        masks: what the rim covers, if there is one, and what the glyphs do.
    """

    points: FloatArray
    width: float
    left: int
    top: int
    masks: tuple[cairo.ImageSurface, ...]

    def fits(self, glyphs: Glyphs, width: float) -> bool:
        """Tell whether the glyphs still stand where they were inked; fading moves them by roundings."""
        return (
            self.width == width
            and self.points.shape == glyphs.points.shape
            and bool(np.abs(self.points - glyphs.points).max() < _STANDING)
        )


class ExplainerCamera(Camera):
    """Draws `Segments` as lines, stamps `Dots` and `Glyphs`; everything else as Manim does."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._inks: WeakKeyDictionary[Glyphs, Ink] = WeakKeyDictionary()

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context) -> Self:
        if isinstance(vmobject, Dots):
            self._stamp(vmobject, ctx)
        elif isinstance(vmobject, Glyphs):
            self._stamp_glyphs(vmobject, ctx)
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
        if len(steps) > _CROWD:
            # In a crowd many marks fall onto the same place, where one says as much.
            # As single numbers, which sort fast.
            row, column = divmod(np.unique(steps[:, 1] * _WIDEST + steps[:, 0] + _WIDEST // 2), _WIDEST)
            steps = np.column_stack([column - _WIDEST // 2, row])
        places, offsets = steps // _PLACES, steps % _PLACES
        ctx.save()
        ctx.identity_matrix()
        self.set_cairo_context_color(ctx, self.get_stroke_rgbas(dots), dots)
        mask_surface = ctx.mask_surface
        chosen = offsets[:, 1] * _PLACES + offsets[:, 0]
        # Flat lists: pairs would be as many small lists, and keep the garbage collector busy.
        for x, y, k in zip(places[:, 0].tolist(), places[:, 1].tolist(), chosen.tolist(), strict=True):
            mask_surface(masks[k], x, y)
        ctx.restore()

    def _stamp_glyphs(self, glyphs: Glyphs, ctx: cairo.Context) -> None:
        """Colour through masks: words mostly stand still, and tracing their outlines costs the most."""
        if not len(glyphs.points) or glyphs.get_fill_opacity() == 0:
            return
        width = float(glyphs.get_stroke_width(background=True))
        ink = self._inks.get(glyphs)
        if ink is None or not ink.fits(glyphs, width):
            ink = self._inks[glyphs] = self._inked(glyphs, width, ctx.get_matrix())
        colours = [self.get_stroke_rgbas(glyphs, background=True)] if width else []
        ctx.save()
        ctx.identity_matrix()
        for mask, rgbas in zip(ink.masks, [*colours, self.get_fill_rgbas(glyphs)], strict=True):
            self.set_cairo_context_color(ctx, rgbas, glyphs)
            ctx.mask_surface(mask, ink.left, ink.top)
        ctx.restore()

    def _inked(self, glyphs: Glyphs, width: float, to_pixels: cairo.Matrix) -> Ink:
        """Return masks of the glyphs and of a rim `width` wide, traced as Manim traces them."""
        line = width * self.cairo_line_width_multiple
        # Mitres reach ten half widths at the most, and only there.
        margin = _MITRE * line * abs(to_pixels.xx) / 2 + 2
        corners = [
            to_pixels.transform_point(*map(float, end[:2]))
            for end in (glyphs.points.min(axis=0), glyphs.points.max(axis=0))
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
            self.set_cairo_context_path(pen, glyphs)
            if rim:
                pen.set_line_width(line)
                pen.stroke()
            else:
                pen.fill()
            masks.append(mask)
        return Ink(glyphs.points.copy(), width, left, top, tuple(masks))


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
