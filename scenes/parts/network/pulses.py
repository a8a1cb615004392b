"""Marks that run along edges with a fading tail, all of a layer as one mobject."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Camera

from scenes.parts.marks.dots import Dots
from scenes.parts.network.edge import Edge
from scenes.parts.plane.view import View, Viewed
from scenes.stage.depths import PANEL
from scenes.stage.drawn import Context
from scenes.stage.motion import Drive
from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]

# A tail is so long, in diameters of its mark; of its layers, laid over each other, each reaches farther.
_TAIL = 3.2
_LAYERS = ((0.3, 0.4), (0.6, 0.28), (1.0, 0.2))
# What shines around a mark, and the rim that keeps it off its edge: how much wider, and how bright.
_GLOW, _RIM, _SHINE = 2.1, 1.3, 0.2
# A hollow mark's middle, as a share of its width.
_HOLLOW = 0.5
# What is smaller than this share of the largest is not drawn.
_LEAST = 0.04


class Pulses(Dots, Viewed):
    """Marks on edges, one on each, at home in their diagram's region.

    Attributes:
        sizes: how large each mark is, as a share of the largest possible, `(n,)`.
        hollow: which marks are drawn as rings, `(n,)`.
        tails: where every tail ends, `(n, 2)` in scene units; it is drawn no longer than its edge.
    """

    def __init__(self, colour: str, diameter: float, region: Region, *, page: str | None = None) -> None:
        """Make marks `diameter` scene units across; `page` is the colour inside of hollow ones."""
        super().__init__(colour, diameter)
        self.view = View(region, region.center[:2], 1.0)
        self.page = page
        self.sizes = np.ones(0)
        self.hollow = np.zeros(0, dtype=bool)
        self.tails = np.zeros((0, 2))
        self.set_z_index(PANEL + 0.5)

    def show_at(
        self,
        positions: FloatArray,
        starts: FloatArray,
        sizes: FloatArray | None = None,
        hollow: npt.NDArray[np.bool_] | None = None,
    ) -> Self:
        """Put the marks at positions, `(n, 2)`, their tails pointing back to where they set out, `(n, 2)`."""
        sizes = np.ones(len(positions)) if sizes is None else sizes
        seen = sizes > _LEAST
        self.sizes = sizes[seen]
        self.hollow = np.zeros(len(positions), dtype=bool)[seen] if hollow is None else hollow[seen]
        back = (starts - positions)[seen]
        length = np.hypot(*back.T)
        reach = np.minimum(_TAIL * self.diameter * self.sizes, length)
        self.tails = positions[seen] + back * (reach / np.maximum(length, 1e-9))[:, None]
        self.set_positions(positions[seen])
        return self

    def run(
        self,
        edges: Sequence[Edge],
        *,
        back: bool = False,
        sizes: tuple[FloatArray, FloatArray] | None = None,
        hollow: npt.NDArray[np.bool_] | None = None,
        **options: Any,
    ) -> Drive:
        """Return the animation in which they run along edges at once, `back` from their ends to their starts.

        They come and go with it.

        Args:
            sizes: what share of the full size each has as it sets out, and as it arrives, `(n,)` each; all
                are as large as can be unless given.
            hollow: which arrive as rings, `(n,)`.
        """
        starts = np.array([edge.end if back else edge.start for edge in edges]).reshape(-1, 2)
        ends = np.array([edge.start if back else edge.end for edge in edges]).reshape(-1, 2)
        first, last = (np.ones(len(edges)),) * 2 if sizes is None else sizes

        def show(share: float) -> None:
            turned = None if hollow is None else hollow & (share > 0.5)
            self.show_at(starts + share * (ends - starts), starts, first + share * (last - first), turned)

        return Drive(self, show, introducer=True, remover=True, **{"run_time": 1.0, **options})

    def draw_on(self, camera: Camera, context: Context) -> None:
        opacity = float(self.get_stroke_opacity())
        if not len(self.points) or opacity == 0:
            return
        # Manim's pixels are BGRA in Cairo's eyes.
        red, green, blue = self.get_stroke_rgbas()[0, :3]
        heads, radii = self.positions, self.sizes * self.diameter / 2
        context.new_path()
        for reach, share in _LAYERS:
            self._trace_tails(context, heads, radii, reach)
            context.set_source_rgba(blue, green, red, opacity * share)
            context.fill()
        _trace_discs(context, heads, radii * _GLOW)
        context.set_source_rgba(blue, green, red, opacity * _SHINE)
        context.fill()
        if self.page is not None:
            _trace_discs(context, heads, radii * _RIM)
            context.set_source_rgba(*_bgr(self.page), opacity)
            context.fill()
        _trace_discs(context, heads, radii)
        context.set_source_rgba(blue, green, red, opacity)
        context.fill()
        if self.hollow.any() and self.page is not None:
            _trace_discs(context, heads[self.hollow], radii[self.hollow] * _HOLLOW)
            context.set_source_rgba(*_bgr(self.page), opacity)
            context.fill()

    def _trace_tails(self, context: Context, heads: FloatArray, radii: FloatArray, reach: float) -> None:
        """Trace triangles from both sides of every mark to a share of its tail's length."""
        along = self.tails - heads
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1)
        aside *= (radii / np.maximum(np.hypot(*aside.T), 1e-9))[:, None]
        corners = np.concatenate([heads + aside, heads - aside, heads + reach * along], axis=1)
        for x0, y0, x1, y1, x2, y2 in corners.tolist():
            context.move_to(x0, y0)
            context.line_to(x1, y1)
            context.line_to(x2, y2)
            context.close_path()


def _trace_discs(context: Context, middles: FloatArray, radii: FloatArray) -> None:
    for (x, y), radius in zip(middles.tolist(), radii.tolist(), strict=True):
        context.new_sub_path()
        context.arc(x, y, radius, 0.0, 2.0 * math.pi)


def _bgr(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return blue, green, red
