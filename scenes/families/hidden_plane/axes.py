"""The two axes of the plane that a layer has made, each with its name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.segments import BackdropSegments
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, crowding, size_of
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_WIDTH, _OPACITY = 2.4, 0.75
# From the stage's edges to a name's middle, and from its axis; the distance from points at which it is clear.
_IN, _ASIDE, _CLEAR = np.array([0.45, 0.3]), 0.3, 0.14


class NamedAxes(VGroup, Viewed):
    """Both axes from edge to edge of the window, their names at their ends.

    Attributes:
        lines: the level axis and the upright one. names: beside the right end and the upper end.
    """

    def __init__(
        self, view: View, theme: Theme, letter: str, clear_of: Sequence[tuple[View, FloatArray]] = ()
    ) -> None:
        """Name the axes by `letter` with 1 and 2, on the sides where names meet fewest points.

        Args:
            clear_of: data points `(n, 2)`, and the view in which each cloud of them will be seen.
        """
        super().__init__()
        self.view, self.theme = view, theme
        self.lines = BackdropSegments(theme["muted"], _WIDTH, opacity=_OPACITY).set_z_index(1)
        self.names = VGroup(*(self.named(letter, k) for k in (0, 1)))
        self._sides = [self._clear_side(k, clear_of) for k in (0, 1)]
        self.add(self.lines, self.names)
        self.look(view)

    def named(self, letter: str, k: int) -> Formula:
        """Return a name for axis k, which is not yet shown."""
        markup = f"{letter}_{k + 1}"
        written = Formula(markup, self.theme, size=LABEL_SIZE * 1.15, role="muted", halo=True)
        written.set_z_index(6)
        return written

    def rename(self, letter: str, k: int) -> Formula:
        """Give axis k, whose name is gone, another one in its place; return it, not yet shown."""
        new = self.named(letter, k)
        self.names.submobjects[k] = new
        self.look(self.view)
        return new

    def look(self, view: View) -> None:
        """Stand where `view` sees the axes."""
        self.view, seen = view, view.seen
        x, y = view.origin
        ends = [[[seen.left, y], [seen.right, y]], [[x, seen.bottom], [x, seen.top]]]
        self.lines.set_pieces(np.array(ends), seen)
        for k, name in enumerate(self.names):
            name.move_to(np.append(self._middle(view, k, self._sides[k]), 0.0))

    def _middle(self, view: View, k: int, side: float) -> FloatArray:
        region = view.region
        if k == 0:
            return np.array([region.right - _IN[0], view.origin[1] + side * _ASIDE])
        return np.array([view.origin[0] + side * _ASIDE, region.top - _IN[1]])

    def _clear_side(self, k: int, clear_of: Sequence[tuple[View, FloatArray]]) -> float:
        """Return the side of axis k, −1 or 1, on which its name is nearer to fewer points."""

        def met(side: float) -> float:
            shares = [0.0]
            for view, points in clear_of:
                box = boxes_at(self._middle(view, k, side), size_of(self.names[k]))
                shares.append(float(crowding(box, [Obstacle(boxes_at(view.to_scene(points)), _CLEAR)])))
            return sum(shares)

        # Below the level axis, and right of the upright one, unless the other side is clearer.
        first = -1.0 if k == 0 else 1.0
        return min((first, -first), key=met)
