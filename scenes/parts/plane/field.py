"""A field over the plane: what a function says about every point, as depth of colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import cairo
import numpy as np
import numpy.typing as npt
from manim import Camera, VMobject

from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import Backdrop, Context, Drawn
from scenes.stage.motion import Drive
from scenes.style.colour import rgb
from scenes.style.layout import Region
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]
# From points `(n, 2)` in data units to shares `(n,)`, or `(n, roles)` where there are several colours.
Shares = Callable[[FloatArray], FloatArray]

# The deepest colour, as a share of the role's own, on which writing and points can still be read.
DEEPEST = 0.42
_COLUMNS = 192
# The width of the front of a field that spreads, as a share of its way.
_FRONT = 0.25


class Field(Drawn, Viewed, Backdrop):
    """Colours laid over a window of the plane, computed at the middles of a coarse grid of cells.

    Every role has a share in [0, 1] at every point; the page shines through where they do not add up to 1.
    What a moment shows are `shares`, so that a test can compare colours with numbers. Its fill is the
    deepest colour that there can be, of the first role: the audit holds everything over it against that.

    Attributes:
        roles: the colours. inks: these as red, green and blue, `(roles, 3)`.
        at: the middles of the cells, `(rows * columns, 2)` in data units, the top left one first.
        shares: `(rows, columns, roles)`.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        roles: Sequence[Role] = ("active",),
        *,
        deepest: float = DEEPEST,
        columns: int = _COLUMNS,
    ) -> None:
        """Cover the window of `view` with an empty field of so many columns of square cells."""
        super().__init__(stroke_width=0.0, fill_color=theme[roles[0]], fill_opacity=deepest)
        self.roles = tuple(roles)
        self.inks = np.array([rgb(theme[role]) for role in roles])
        self.columns = columns
        self.rows = max(2, round(columns * view.seen.height / view.seen.width))
        self.shares = np.zeros((self.rows, columns, len(self.roles)))
        self.set_z_index(-5)
        self.look(view)

    @property
    def window(self) -> Region:
        """The part of the frame that it covers."""
        return self.view.seen

    def look(self, view: View) -> Self:
        """Cover the window of another view; what it shows stays as it is until it is shown anew."""
        self.view = view
        seen = view.seen
        corners = [seen.at(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        self.set_points(VMobject().set_points_as_corners(corners).points)
        across = seen.left + (np.arange(self.columns) + 0.5) * seen.width / self.columns
        down = seen.top - (np.arange(self.rows) + 0.5) * seen.height / self.rows
        middles = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
        self.at: FloatArray = (middles - view.origin) / view.unit
        return self

    def show(self, function: Shares) -> Self:
        """Show what a function says: its shares at points `(n, 2)`, `(n,)` or `(n, roles)`."""
        return self.set_shares(np.asarray(function(self.at)).reshape(self.rows, self.columns, -1))

    def set_shares(self, shares: FloatArray) -> Self:
        """Show shares `(rows, columns, roles)`; what is not in [0, 1] is cut off."""
        if shares.shape != self.shares.shape:
            raise ValueError(f"shares must have the shape {self.shares.shape}; got {shares.shape}")
        self.shares = np.clip(shares, 0.0, 1.0)
        return self

    def colours(self) -> FloatArray:
        """Return red, green and blue, already multiplied by opacity, and opacity: `(rows, columns, 4)`."""
        # Shares of more than 1 in all are mixed, not piled up.
        total = np.maximum(self.shares.sum(axis=2, keepdims=True), 1.0)
        # The fill's opacity is the deepest colour's, and less while it fades.
        shares = self.shares * (float(self.get_fill_opacity()) / total)
        return np.concatenate([shares @ self.inks, shares.sum(axis=2, keepdims=True)], axis=2)

    def flood(self, function: Shares, arrives: FloatArray, **options: Any) -> Drive:
        """Return the animation in which the field spreads.

        Args:
            arrives: when it reaches each of its points, `(rows * columns,)`, from 0 to 1.
        """
        whole = np.asarray(function(self.at)).reshape(self.shares.shape)
        times = arrives.reshape(self.rows, self.columns, 1)

        def show(t: float) -> None:
            self.set_shares(whole * np.clip((t * (1.0 + _FRONT) - times) / _FRONT, 0.0, 1.0))

        return Drive(self, show, introducer=True, **options)

    def draw_on(self, camera: Camera, context: Context) -> None:
        if self.get_fill_opacity() == 0 or not self.shares.any():
            return
        window = self.window
        # Manim's pixels are BGRA in Cairo's eyes, which are red first in memory.
        pixels = np.ascontiguousarray(np.rint(255.0 * self.colours()), dtype=np.uint8)
        surface = cairo.ImageSurface.create_for_data(
            pixels.data, cairo.FORMAT_ARGB32, self.columns, self.rows, 4 * self.columns
        )
        pattern = cairo.SurfacePattern(surface)
        pattern.set_filter(cairo.FILTER_BILINEAR)
        pattern.set_extend(cairo.EXTEND_PAD)
        to_cells = cairo.Matrix(
            self.columns / window.width,
            0.0,
            0.0,
            -self.rows / window.height,
            -window.left * self.columns / window.width,
            window.top * self.rows / window.height,
        )
        pattern.set_matrix(to_cells)
        context.new_path()
        context.save()
        context.set_antialias(cairo.ANTIALIAS_NONE)
        context.set_source(pattern)
        context.rectangle(window.left, window.bottom, window.width, window.height)
        context.fill()
        context.restore()


def signed(values: FloatArray) -> FloatArray:
    """Return the shares `(n, 2)` of two roles that say above and below 0, by size, of values `(n,)`."""
    return np.column_stack([np.maximum(values, 0.0), np.maximum(-values, 0.0)])
