"""A straight line across the stage."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scenes.parts.marks.segments import Segments, clipped, dashes
from scenes.parts.plane.view import View
from scenes.stage.motion import Drive
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]


class StraightLine(Segments):
    """The points x of the plane with normal · x = offset, as far as the stage shows them.

    Attributes:
        ends: where it enters and leaves the stage, `(2, 2)` in scene units; None if it passes by.
    """

    def __init__(
        self,
        view: View,
        theme: Theme,
        normal: FloatArray,
        offset: float,
        *,
        role: Role = "boundary",
        width: float = 5.0,
        dashed: bool = False,
    ) -> None:
        """Draw the line of `normal` (2,), which must not be nought."""
        super().__init__(theme[role], width)
        self.view, self.dashed = view, dashed
        self.lay(normal, offset)

    def lay(self, normal: FloatArray, offset: float) -> Self:
        """Draw another line in its place, whole."""
        view, length = self.view, float(np.hypot(*normal))
        unit = np.asarray(normal, dtype=float) / length
        along = np.array([-unit[1], unit[0]])
        # From left to right.
        along = -along if along[0] < 0 else along
        foot = view.to_scene((unit * offset / length)[None])[0]
        # The middle of the stage, seen from the foot, is within reach; so is all of the stage.
        middle = float((view.seen.center[:2] - foot) @ along)
        reach = np.array([[-1.0], [1.0]]) * (view.seen.width + view.seen.height) + middle
        pieces = clipped((foot + reach * along)[None], view.seen)
        self.ends: FloatArray | None = pieces[0] if len(pieces) else None
        return self.show(1.0)

    def show(self, share: float) -> Self:
        """Draw this share of the line, from its left end."""
        if self.ends is None:
            return self.set_pieces(np.zeros((0, 2, 2)))
        start, end = self.ends
        tip = start + share * (end - start)
        return self.set_pieces(dashes(start, tip) if self.dashed else np.array([[start, tip]]))

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the line runs across the stage."""
        return Drive(self, self.show, introducer=True, **options)
