"""A nearer view on i and j, in which the data reach beyond the frame, and the way there and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from scenes.parts.plane.view import View
from scenes.style.layout import Layout, Region

FloatArray = npt.NDArray[np.float64]

_LARGEST_UNIT = 2.1
# What i and j, and their names, need besides.
_ROOM = np.array([[1.25, 1.25], [-0.3, -0.3]])
# Nearer by less than this would be a camera's move for nothing.
_WORTH = 1.25
# The data are anywhere in this.
_ANYWHERE = Region(-1e3, -1e3, 1e3, 1e3)


def close_up(layout: Layout, wide: View, matrix: FloatArray) -> View:
    """Return the view in which the unit square before and after `matrix` (2, 2) fills the stage.

    It is `wide` where that is near enough.
    """
    square = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]) @ matrix.T
    near = View.filling(layout, [_ROOM, square], margin=0.6, largest_unit=_LARGEST_UNIT)
    return replace(near, region=_ANYWHERE) if near.unit > _WORTH * wide.unit else wide


def on_the_way(start: View, end: View, t: float) -> View:
    """Return the view at time `t` between two; until the end the data may be anywhere."""
    return end if t >= 1.0 else replace(start.towards(end, t), region=_ANYWHERE)


def on_stage(stage: Region, places: FloatArray, diameter: float) -> npt.NDArray[np.bool_]:
    """Tell which marks of a diameter, at `places` (n, 2) in scene units, lie whole on the stage, `(n,)`."""
    inner = stage.inset(diameter / 2)
    low, high = np.array([inner.left, inner.bottom]), np.array([inner.right, inner.top])
    return np.asarray(np.all((places >= low) & (places <= high), axis=1))
