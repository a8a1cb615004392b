"""The veil: where it lies the world fades into the page, so that writing over it can be read."""

from __future__ import annotations

import cairo
import numpy as np
from manim import Camera, VMobject

from scenes.stage.depths import VEIL
from scenes.stage.drawn import Context, Drawn
from scenes.style.colour import rgb
from scenes.style.layout import Region, Shade
from scenes.style.theme import Theme

_STOPS = 9


class Veil(Drawn):
    """A sheet of the page's colour that hides nearly all below it, and thins out beyond its inner edge.

    In a picture without a page the world itself thins out, so that nothing of the page's colour is left.

    Attributes:
        shade: what it covers.
        opacity: of its solid part, in [0, 1].
    """

    def __init__(self, theme: Theme, shade: Shade, *, opacity: float = 0.94) -> None:
        super().__init__(stroke_width=0.0, fill_color=theme["background"], fill_opacity=opacity)
        self.shade, self.opacity = shade, opacity
        self.page = tuple(rgb(theme["background"]))
        solid = shade.solid
        corners = [
            (solid.left, solid.bottom),
            (solid.right, solid.bottom),
            (solid.right, solid.top),
            (solid.left, solid.top),
        ]
        outline = VMobject().set_points_as_corners([[*corner, 0.0] for corner in [*corners, corners[0]]])
        self.set_points(outline.points)
        self.set_z_index(VEIL)

    @property
    def solid(self) -> Region:
        """Where nothing below it gets in the way of what is written over it."""
        return self.shade.solid

    def draw_on(self, camera: Camera, context: Context) -> None:
        opacity = float(self.get_fill_opacity())
        if opacity == 0.0:
            return
        start, end = self.shade.ends
        gradient = cairo.LinearGradient(*start, *end)
        for share in np.linspace(0.0, 1.0, _STOPS).tolist():
            left = 1.0 - share * share * (3.0 - 2.0 * share)
            gradient.add_color_stop_rgba(share, *self._ink(opacity * left))
        # What was drawn before may have left its path.
        context.new_path()
        context.save()
        # Without soft edges both parts meet in a line of whole pixels. A gradient costs several times as much
        # as one colour, so that only what thins out is painted with it.
        context.set_antialias(cairo.ANTIALIAS_NONE)
        if camera.background_opacity == 0:
            context.set_operator(cairo.OPERATOR_DEST_OUT)
        for source, part in (
            (cairo.SolidPattern(*self._ink(opacity)), self.shade.solid),
            (gradient, self.shade.band),
        ):
            context.set_source(source)
            context.rectangle(part.left, part.bottom, part.width, part.height)
            context.fill()
        context.restore()

    def _ink(self, opacity: float) -> tuple[float, float, float, float]:
        # Manim's pixels are BGRA in Cairo's eyes.
        red, green, blue = self.page
        return blue, green, red, opacity
