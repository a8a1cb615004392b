"""What tells the walks apart besides their places: each has its mark, and its dash."""

from __future__ import annotations

import numpy as np

from nnmath import FloatArray
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.rings import Rings
from scenes.style.theme import Role, Theme

# The length of a dash and of the gap behind it, in scene units; a line without gaps has none.
DASHES: tuple[tuple[float, float] | None, ...] = ((0.02, 0.13), None, (0.22, 0.14))
# A ring is as large as what it goes around and this.
_RING = 0.14


def marks_of(theme: Theme, k: int, size: float, role: Role) -> Dots:
    """Return the marks of a walk, in no place yet: round ones, square ones, or rings."""
    if k == 2:
        return Rings(theme, size - _RING, role)
    return Dots(theme[role], size, square=k == 1)


def dashed(corners: FloatArray, dash: tuple[float, float] | None) -> FloatArray:
    """Return the pieces `(m, 2, 2)` of a line through corners `(n, 2)`, dashed all along, or whole."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    cuts = along
    if dash is not None:
        starts = np.arange(0.0, along[-1], sum(dash))
        cuts = np.concatenate([along, starts, np.minimum(starts + dash[0], along[-1])])
    cuts = np.unique(cuts)
    places, corner = np.unique(along, return_index=True)
    points = np.column_stack([np.interp(cuts, places, corners[corner, axis]) for axis in range(2)])
    pieces = np.stack([points[:-1], points[1:]], axis=1)
    middles = (cuts[:-1] + cuts[1:]) / 2
    drawn: FloatArray = pieces if dash is None else pieces[middles % sum(dash) < dash[0]]
    return drawn
