"""An error that grows, ten times at a step, and its square that grows a hundredfold."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from manim import VGroup

from scenes.parts.charts.squares import FILL
from scenes.parts.marks.rectangles import Rectangles
from scenes.parts.marks.segments import Segments
from scenes.style.layout import Region
from scenes.style.theme import Theme

_TENFOLD, _MOST_STEPS = 10.0, 4
_EDGE = 9.0


class Growth(VGroup):
    """A square on a growing gap; before every step the picture shrinks, so that there is room again.

    Attributes:
        stops: the errors at which a step ends, the first one's start included, `(steps + 1,)`.
        error: as shown. unit: scene units to one unit of data, now.
        square, gap, tiles: the drawing; the tiles are as large as the square was before the step.
    """

    def __init__(self, theme: Theme, block: Region, growth: tuple[float, float]) -> None:
        super().__init__()
        low, high = growth
        steps = min(_MOST_STEPS, max(1, math.ceil(math.log10(high / low) - 1e-9)))
        self.stops = low * (high / low) ** (np.arange(steps + 1) / steps)
        self.stops[0], self.stops[-1] = low, high
        self.side = min(block.width, block.height)
        self.corner = np.array([float(block.center[0]) - self.side / 2, block.bottom])
        self.square = Rectangles(theme["loss"], fill=FILL).set_z_index(1)
        self.tiles = Segments(theme["loss"], 2.0).set_z_index(1.2)
        self.gap = Segments(theme["loss"], _EDGE).set_z_index(2)
        self.error, self.unit = low, 1.0
        self.add(self.square, self.tiles, self.gap)
        self.grow(0, 0.0)

    @property
    def area(self) -> float:
        """What is drawn, in square units of data."""
        return float(self.square.areas[0]) / self.unit**2

    @property
    def top(self) -> float:
        """How high the square reaches, in scene units."""
        return float(self.square.boxes[0, 3])

    def grow(self, step: int, share: float) -> Self:
        """Show so much of a step: the error grows evenly, and new tiles come into sight."""
        low, high = self.stops[step : step + 2]
        unit = self.side / high
        return self._show(
            float(high if share == 1.0 else low + share * (high - low)), unit, float(low) * unit
        )

    def shrink(self, step: int, share: float) -> Self:
        """Show so much of the shrinking after a step: the error stays, the picture has room again."""
        error, after = float(self.stops[step + 1]), float(self.stops[step + 2])
        unit = (self.side / error) ** (1.0 - share) * (self.side / after) ** share
        return self._show(error, unit, float(self.stops[step]) * unit, faint=share)

    def _show(self, error: float, unit: float, tile: float, faint: float = 0.0) -> Self:
        self.error, self.unit = error, unit
        side, (x, y) = error * unit, self.corner
        self.square.set_boxes(np.array([[x, y, x + side, y + side]]))
        self.gap.set_pieces(np.array([[[x, y], [x, y + side]]]))
        at = np.arange(tile, side - 1e-6, tile)
        if len(at) > 2 * _TENFOLD:
            at = at[:0]
        pieces = [[[x + d, y], [x + d, y + side]] for d in at] + [[[x, y + d], [x + side, y + d]] for d in at]
        self.tiles.set_pieces(np.array(pieces).reshape(-1, 2, 2))
        self.tiles.set_stroke(opacity=1.0 - faint)
        return self
