"""A walk over a surface: its path, and where it is now."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.parts.plane.view import View, Viewed
from scenes.parts.surface.ball import Ball
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.drawn import Backdrop
from scenes.style.layout import Region
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]
Style = Literal["whole", "dashed", "thin"]

_WIDTH: dict[Style, float] = {"whole": 5.5, "dashed": 6.0, "thin": 3.2}
# The marks where a time is whole, in scene units; none on dashes.
_MARK: dict[Style, float] = {"whole": 0.12, "dashed": 0.0, "thin": 0.12}
# What the rim in the page's colour adds to a path on either side.
_CASING = 2.2
# A dash and the gap behind it, in scene units.
_DASH, _GAP = 0.24, 0.17


class Casing(Segments, Backdrop):
    """A line in the page's colour, which is there for the sake of the one on it."""


class Trail(VGroup, Viewed):
    """The path walked so far and a ball at its end, both on a rim in the page's colour.

    They are hidden where a hill is in the way, and end at the rim of the ground.

    Attributes:
        walk: the whole walk, `(k, 3)` in the world. times: when it is at each, `(k,)`, ascending.
        progress: the time on show.
        casing, line, marks, ball: its drawing; marks stand where a time is whole.
    """

    def __init__(
        self,
        relief: Relief,
        viewpoint: Viewpoint,
        theme: Theme,
        role: Role,
        walk: FloatArray,
        times: FloatArray,
        *,
        style: Style = "whole",
        view: View | None = None,
        within: Region | None = None,
        depth: float = 2.0,
    ) -> None:
        """Prepare a walk.

        Args:
            view: what it lives in, if anything; it is seen in that window alone.
            depth: at which it is drawn, of which it takes up 0.3; balls are above all paths.
            within: where its ball and marks are seen, if not everywhere.
        """
        super().__init__()
        self.within = within
        if view is not None:
            self.view = view
        self._window = None if view is None else view.seen
        self.relief, self.walk, self.times, self.style = relief, walk, times, style
        self.progress = float(times[0])
        page = theme["background"]
        self.casing = Casing(page, _WIDTH[style] + 2 * _CASING)
        self.line = Segments(theme[role], _WIDTH[style])
        self.marks = Dots(theme[role], _MARK[style] or 0.1, square=style == "thin")
        self.ball = Ball(theme, role)
        for k, part in enumerate((self.casing, self.line, self.marks)):
            part.set_z_index(depth + 0.1 * k)
        self.add(self.casing, self.line, self.marks, self.ball)
        self._inside = relief.holds(walk[:, :2] + relief.middle)
        self.look_from(viewpoint)

    @property
    def end(self) -> float:
        """The time at which the walk ends."""
        return float(self.times[-1])

    def look_from(self, viewpoint: Viewpoint) -> Self:
        """Be seen from somewhere else."""
        self.viewpoint = viewpoint
        self._placed = viewpoint.project(self.walk)
        self._seen = self._inside & ~self.relief.hidden(self.walk, viewpoint)
        self._clear = self._in_sight(self._placed)
        return self.show(self.progress)

    def _in_sight(self, places: FloatArray) -> npt.NDArray[np.bool_]:
        """Tell at which places `(k, 2)` in scene units marks are seen, `(k,)`."""
        if self.within is None:
            return np.ones(len(places), dtype=bool)
        box = self.within
        low, high = np.array([box.left, box.bottom]), np.array([box.right, box.top])
        return np.asarray(((places >= low) & (places <= high)).all(axis=1))

    def show(self, time: float) -> Self:
        """Show the walk as it is at a time."""
        self.progress = time
        after = int(np.searchsorted(self.times, time, side="right"))
        placed, seen = self._placed[:after], self._seen[:after]
        if after < len(self.times) and after:
            begin, end = self.times[after - 1], self.times[after]
            share = (time - begin) / (end - begin)
            tip = self._placed[after - 1] + share * (self._placed[after] - self._placed[after - 1])
            placed = np.concatenate([placed, tip[None]])
            seen = np.append(seen, self._seen[after - 1] and self._seen[after])
        kept = np.flatnonzero(seen[:-1] & seen[1:])
        pieces = np.stack([placed[kept], placed[kept + 1]], axis=1)
        pieces = pieces[(pieces[:, 0] != pieces[:, 1]).any(axis=1)]
        if self.style == "dashed":
            pieces = _dashed(pieces)
        self.casing.set_pieces(pieces, self._window)
        self.line.set_pieces(pieces, self._window)
        marked = self._clear & self._seen & (self.times % 1.0 == 0.0) & (_MARK[self.style] > 0)
        self.marks.set_positions(self._placed[:after][marked[:after]])
        self.ball.stand_at(placed[-1:][seen[-1:] & self._in_sight(placed[-1:])])
        return self


def sample(theme: Theme, role: Role, style: Style, length: float) -> VGroup:
    """Return a piece of such a path, from the origin to the right, for a legend; `length` in scene units."""
    line = Segments(theme[role], _WIDTH[style])
    pieces = np.array([[[0.0, 0.0], [length, 0.0]]])
    line.set_pieces(_dashed(pieces) if style == "dashed" else pieces)
    marks = Dots(theme[role], _MARK[style] or 0.1, square=style == "thin")
    places = np.column_stack([np.linspace(0.0, length, 3), np.zeros(3)])
    marks.set_positions(places[: 3 if _MARK[style] else 0])
    return VGroup(line, marks)


def _dashed(pieces: FloatArray) -> FloatArray:
    """Return the parts `(m, 2, 2)` of a bent line's pieces `(n, 2, 2)` that are dashes along it."""
    if not len(pieces):
        return pieces
    lengths = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    begins = np.arange(0.0, ends[-1], _DASH + _GAP)
    # Every dash, cut at the joints of the line.
    low = np.maximum(starts[:, None], begins)
    high = np.minimum(ends[:, None], begins + _DASH)
    piece, dash = np.nonzero(high > low)
    along = (pieces[piece, 1] - pieces[piece, 0]) / np.maximum(lengths[piece], 1e-12)[:, None]
    first, last = (
        pieces[piece, 0] + (each[piece, dash] - starts[piece])[:, None] * along for each in (low, high)
    )
    return np.stack([first, last], axis=1)
