"""A sheet of the page's colour between drawings and the words over them."""

from __future__ import annotations

from manim import Camera

from scenes.stage.drawn import Context, Drawn
from scenes.style.layout import Region


class Veil(Drawn):
    """A sheet that hides what is drawn below it.

    Attributes:
        solid: where it is whole; beyond, it fades out.
        opacity: how much it hides there.
    """

    def __init__(self, solid: Region, colour: str, *, opacity: float = 0.94) -> None:
        super().__init__(stroke_width=0, fill_color=colour, fill_opacity=opacity)
        self.solid, self.opacity = solid, opacity
        corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
        self.set_points_as_corners([solid.at(*corner) for corner in corners])

    def draw_on(self, camera: Camera, context: Context) -> None:
        camera.set_cairo_context_path(context, self)
        camera.apply_fill(context, self)
