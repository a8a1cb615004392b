"""Manim's camera with a short way for the pieces and marks that explainers are made of."""

from __future__ import annotations

from typing import Self

import cairo
from manim import Camera, VMobject

from scenes.parts.dots import Dots
from scenes.parts.segments import Segments


class ExplainerCamera(Camera):
    """Draws `Segments` as lines and `Dots` as caps; everything else as Manim does."""

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context) -> Self:
        if isinstance(vmobject, (Segments, Dots)):
            self._stroke_lines(vmobject, ctx)
            return self
        if vmobject.get_fill_opacity() == 0 and vmobject.get_stroke_opacity() == 0:
            return self
        super().display_vectorized(vmobject, ctx)
        return self

    def _stroke_lines(self, vmobject: VMobject, ctx: cairo.Context) -> None:
        if not len(vmobject.points) or vmobject.get_stroke_opacity() == 0:
            return
        ctx.new_path()
        move_to, line_to = ctx.move_to, ctx.line_to
        ends = vmobject.points.reshape(-1, 4, 3)[:, ::3, :2].reshape(-1, 4)
        for x0, y0, x1, y1 in ends.tolist():
            move_to(x0, y0)
            line_to(x1, y1)
        self.apply_stroke(ctx, vmobject)
