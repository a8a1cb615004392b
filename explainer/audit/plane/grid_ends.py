"""Whether the grid goes on to the edges of the window in every map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explainer.audit.finding import TOLERANCE, Fault, pixel_text, pixels
from explainer.audit.geometry import BoolArray, FloatArray
from explainer.audit.motion.screen import Instant
from scenes.parts.marks.segments import Segments
from scenes.parts.plane.plane import Plane
from scenes.stage.beat import Beat
from scenes.style.layout import Region

_HAIR = 1e-6


@dataclass
class _Short:
    """Lines that end too soon: how many and how far from the edge at the worst, when, and for how long."""

    name: str
    units: float
    ends: int
    at: float
    total: float = 0.0


class GridEnds:
    """Follows the lines of every plane through a scene, one beat at a time.

    Where a fold presses a line onto an axis, the line truly ends there; and where lines lie on each other,
    one may end on another that goes on.
    """

    def __init__(self, frame: Region) -> None:
        self._frame = frame
        self._short: dict[int, _Short] = {}
        self._now: dict[int, tuple[str, FloatArray]] = {}
        self._seconds = 0.0

    def look(self, instant: Instant) -> None:
        """Note which lines end within the window now."""
        passed, self._seconds = instant.seconds - self._seconds, instant.seconds
        for key in self._now.keys() & self._short.keys():
            self._short[key].total += passed
        if instant.changed:
            self._now = dict(self._ending(instant))
        for key, (name, inside) in self._now.items():
            deepest = float(inside.max())
            short = self._short.setdefault(key, _Short(name, 0.0, 0, instant.seconds))
            if deepest > short.units:
                short.units, short.ends, short.at = deepest, len(inside), instant.seconds

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return the lines that ended within the window since the last call."""
        for short in self._short.values():
            how = f"{short.ends} ends, the farthest {pixel_text(short.units)} inside, for {short.total:.1f} s"
            yield Fault("grid ends", (short.name, "the edge of the window"), how, short.at)
        self._short.clear()

    def _ending(self, instant: Instant) -> Iterator[tuple[int, tuple[str, FloatArray]]]:
        """Yield which lines end within the window, with their names and how far each end is inside."""
        seen = {id(leaf.mobject): leaf for leaf in instant.drawing.leaves}
        for plane, _ in instant.drawing.register.every(Plane):
            window = plane.view.seen.overlap(self._frame)
            for lines in (plane.grid, plane.axes, plane.ghost):
                leaf = seen.get(id(lines))
                if leaf is None:
                    continue
                ends = _ends(lines)
                if lines in (plane.grid, plane.axes):
                    ends = ends[~_pressed(ends, plane)]
                inside = _depth(ends, window)
                within = inside * pixels(1.0) > TOLERANCE
                inside = inside[within][~_covered(ends[within], lines.pieces)]
                if len(inside):
                    yield id(lines), (leaf.name, inside)


def _ends(lines: Segments) -> FloatArray:
    """Return where lines end `(n, 2)`; the pieces of a bent line follow each other and end where it does."""
    start, end = lines.pieces[:, 0], lines.pieces[:, 1]
    joined = np.abs(end[:-1] - start[1:]).max(axis=1, initial=0.0) < _HAIR
    first, last = np.concatenate([[False], joined]), np.concatenate([joined, [False]])
    return np.concatenate([start[~first[: len(start)]], end[~last[: len(end)]]])


def _pressed(ends: FloatArray, plane: Plane) -> BoolArray:
    """Tell which ends `(n, 2)` lie on an axis onto which a fold lays what is beyond it."""
    shown = plane.map
    if not shown.fold.any():
        return np.zeros(len(ends), dtype=np.bool_)
    # What follows the fold may flatten the plane: then the ends cannot be told apart.
    if abs(np.linalg.det(shown.outer_matrix)) < _HAIR:
        return np.ones(len(ends), dtype=np.bool_)
    placed = (ends - plane.view.origin) / plane.view.unit - shown.outer_offset
    folded = placed @ np.linalg.inv(shown.outer_matrix).T
    on_axis = np.abs(folded) * plane.view.unit * pixels(1.0) < TOLERANCE
    pressed: BoolArray = np.any(on_axis & (shown.fold > 0), axis=1)
    return pressed


def _covered(ends: FloatArray, pieces: FloatArray) -> BoolArray:
    """Tell which ends `(n, 2)` lie within one of the pieces `(m, 2, 2)` of which they are not the end.

    That may be a line that crosses there, too: then the end is seen as little.
    """
    if not len(ends):
        return np.zeros(0, dtype=np.bool_)
    start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    length = np.hypot(*along.T)
    ahead = along / np.maximum(length, _HAIR)[:, None]
    apart = ends[:, None] - start[None]
    on = (apart * ahead).sum(axis=2)
    aside = np.abs(apart[..., 0] * ahead[:, 1] - apart[..., 1] * ahead[:, 0])
    hair = TOLERANCE / pixels(1.0)
    covered: BoolArray = np.any((aside < hair) & (on > hair) & (on < length - hair), axis=1)
    return covered


def _depth(points: FloatArray, window: Region) -> FloatArray:
    low, high = np.array([window.left, window.bottom]), np.array([window.right, window.top])
    depth: FloatArray = np.minimum(points - low, high - points).min(axis=1, initial=np.inf)
    return depth
