"""A cloud of points as one mobject."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, CapStyleType

from nnmath import interleaved_order
from scenes.stage.drawn import Context, Drawn
from scenes.stage.motion import Drive

FloatArray = npt.NDArray[np.float64]

# Manim's stroke widths are hundredths of a scene unit.
_WIDTH_PER_UNIT = 100.0
# Cairo rounds places to 1/256 of a pixel; this is more than that from 90 pixels of height on.
_NO_LENGTH = 4e-4
# A square as wide as a circle looks larger.
_SQUARE_SHARE = 0.86
# A mark is drawn at the nearest of so many places to a pixel, along each axis.
_PLACES = 8
_CROWD = 1000
# More places than any picture has from one side to the other, its surroundings included.
_WIDEST = 2**32


class Dots(Drawn):
    """Points of one class: round marks, or square ones, so that colour is never the only cue.

    Every mark is a stroke of no length whose cap is the mark, hence one curve and not a circle of eight.

    Attributes:
        positions: where the marks are, `(n, 2)` in scene units.
        among: another cloud, drawn before this one, that this one must not bury; see `lie_among`.
    """

    def __init__(self, colour: str, diameter: float = 0.11, *, square: bool = False) -> None:
        super().__init__(stroke_color=colour, fill_opacity=0.0)
        self.cap_style = CapStyleType.SQUARE if square else CapStyleType.ROUND
        self.square = square
        self.among: Dots | None = None
        self.resize(diameter)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A copy lies among nothing: the other cloud is not copied with it.
        among, self.among = self.among, None
        try:
            copied: Self = super().__deepcopy__(memo)
        finally:
            self.among = among
        return copied

    def lie_among(self, other: Dots) -> Self:
        """Draw the marks of both in turn wherever they touch, so that neither cloud covers the other.

        `other` is drawn before this cloud and shown with it.
        """
        self.among = other
        return self

    def resize(self, diameter: float) -> Self:
        """Make the marks `diameter` scene units across."""
        self.diameter = diameter
        self.set_stroke(width=diameter * _WIDTH_PER_UNIT * (_SQUARE_SHARE if self.square else 1.0))
        return self

    @property
    def mark_width(self) -> float:
        """The width of a mark in scene units, a square's side included."""
        return float(self.get_stroke_width()) / _WIDTH_PER_UNIT

    def set_positions(self, positions: FloatArray) -> Self:
        """Put the marks at `positions`, `(n, 2)` in scene units."""
        points = np.zeros((len(positions), 4, 3))
        points[:, :, :2] = positions[:, None, :]
        # Cairo draws no square cap on a line without direction.
        points[:, 3, 0] += _NO_LENGTH
        self.set_points(points.reshape(-1, 3))
        return self

    def reveal(self, **options: Any) -> Drive:
        """Return the animation in which the marks appear one after the other, in their order."""
        everything = self.positions.copy()
        return Drive(
            self,
            lambda share: self.set_positions(everything[: round(share * len(everything))]),
            introducer=True,
            **options,
        )

    @property
    def positions(self) -> FloatArray:
        middle: FloatArray = self.points.reshape(-1, 4, 3)[:, 0, :2]
        return middle

    def draw_on(self, camera: Camera, context: Context) -> None:
        """Stamp every mark from a sheet of small masks, which is many times as fast as stroking a path."""
        if not len(self.points) or self.get_stroke_opacity() == 0:
            return
        clouds = [self.among, self] if self.among is not None and self._touches(self.among) else [self]
        to_pixels = context.get_matrix()
        context.save()
        context.identity_matrix()
        if len(clouds) == 1:
            camera.set_cairo_context_color(context, camera.get_stroke_rgbas(self), self)
            mask_surface = context.mask_surface
            for x, y, mask in self._stamps(to_pixels):
                mask_surface(mask, x, y)
        else:
            stamps = [list(cloud._stamps(to_pixels)) for cloud in clouds]
            labels = np.repeat([0, 1], [len(each) for each in stamps])
            rgbas = [camera.get_stroke_rgbas(cloud) for cloud in clouds]
            every = [*stamps[0], *stamps[1]]
            for k in interleaved_order(labels).tolist():
                x, y, mask = every[k]
                camera.set_cairo_context_color(context, rgbas[labels[k]], self)
                context.mask_surface(mask, x, y)
        context.restore()

    def _touches(self, other: Dots) -> bool:
        """Tell whether marks of both share a place, to within their size, while both can be seen in full."""
        if not len(other.points) or min(self.get_stroke_opacity(), other.get_stroke_opacity()) < 1.0:
            return False
        size = max(self.diameter, other.diameter)
        mine, others = (_cells(cloud.positions, size) for cloud in (self, other))
        return bool(np.isin(mine, others).any())

    def _stamps(self, to_pixels: cairo.Matrix) -> Iterator[tuple[int, int, cairo.ImageSurface]]:
        """Return where in pixels to stamp which mask, for every mark."""
        masks, half = _masks(round(self.mark_width * to_pixels.xx, 2), self.square)
        corners = self.positions * [to_pixels.xx, to_pixels.yy] + [to_pixels.x0 - half, to_pixels.y0 - half]
        steps = np.rint(corners * _PLACES).astype(np.int64)
        if len(steps) > _CROWD:
            # In a crowd many marks fall onto the same place, where one says as much. The others keep their
            # order: sorted, those of one cloud would lie on top in whole stretches.
            _, first = np.unique(_numbered(steps), return_index=True)
            steps = steps[np.sort(first)]
        places, offsets = steps // _PLACES, steps % _PLACES
        chosen = offsets[:, 1] * _PLACES + offsets[:, 0]
        # Flat lists: pairs would be as many small lists, and keep the garbage collector busy.
        yield from zip(
            places[:, 0].tolist(),
            places[:, 1].tolist(),
            map(masks.__getitem__, chosen.tolist()),
            strict=True,
        )


def _numbered(steps: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return places `(n, 2)` as single numbers, which sort fast, `(n,)`."""
    return steps[:, 1] * _WIDEST + steps[:, 0] + _WIDEST // 2


def _cells(positions: FloatArray, size: float) -> npt.NDArray[np.int64]:
    """Return which cells of a grid of this size the positions `(n, 2)` are in or next to, as numbers."""
    cells = np.floor(positions / size).astype(np.int64)
    around = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    return _numbered((cells[:, None] + around).reshape(-1, 2))


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
