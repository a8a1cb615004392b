"""The decision: a bar on the number line, a straight line, a bent one, and always the same object."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt

from nnmath.plane_map import PlaneMap
from scenes.parts.marks.segments import Segments, bent_pieces, clipped, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.stage.motion import Drive
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_WIDTH = 6.0
_FAR = 1e3  # in scene units: beyond every window, whatever the view


class Boundary(Segments, Viewed):
    """Where the score is the threshold, drawn in one colour from its birth to the end.

    It can be a bar across a number line, a straight line of the plane, or pieces of the plane wherever a map
    has taken them; it is drawn as far as the view's window reaches.

    Attributes:
        shape: what it is now: straight pieces `(n, 2, 2)` in scene units, whole and not yet cut off.
    """

    def __init__(self, view: View, theme: Theme, *, dashed: bool = False, width: float = _WIDTH) -> None:
        super().__init__(theme["boundary"], width)
        self.view, self.dashed = view, dashed
        self.shape: FloatArray = np.zeros((0, 2, 2))
        self.set_z_index(4)

    def take(self, shape: FloatArray) -> Self:
        """Be these pieces `(n, 2, 2)` in scene units."""
        self.shape = np.asarray(shape, dtype=np.float64).reshape(-1, 2, 2)
        pieces = clipped(self.shape, self.view.seen)
        if self.dashed and len(pieces):
            pieces = np.concatenate([dashes(*piece) for piece in pieces])
        return self.set_pieces(pieces)

    def bar(self, x: float, low: float, high: float) -> Self:
        """Be a bar across a number line, upright at `x` from `low` to `high`, in scene units."""
        return self.take(np.array([[[x, low], [x, high]]]))

    def line(self, normal: FloatArray, offset: float) -> Self:
        """Be the line of all data points x with normal · x = offset; `normal` (2,) must not be nought."""
        return self.take(self.line_shape(normal, offset))

    def line_shape(self, normal: FloatArray, offset: float) -> FloatArray:
        """Return the shape of that line, `(1, 2, 2)`, from left to right and far beyond the window."""
        length = float(np.hypot(*normal))
        unit = np.asarray(normal, dtype=float) / length
        along = np.array([-unit[1], unit[0]])
        along = -along if along[0] < 0 or (along[0] == 0 and along[1] < 0) else along
        foot = self.view.to_scene((unit * offset / length)[None])[0]
        # The middle of the window, seen from the foot.
        foot = foot + along * float((self.view.seen.center[:2] - foot) @ along)
        return np.array([[foot - _FAR * along, foot + _FAR * along]])

    def mapped(self, pieces: FloatArray, plane_map: PlaneMap) -> Self:
        """Be where a map takes pieces `(s, 2, 2)` of the plane, in data units; a fold bends them."""
        if not len(pieces):
            return self.take(pieces)
        corners = self.view.to_scene(plane_map.apply_to_lines(pieces[:, 0], pieces[:, 1]).reshape(-1, 2))
        return self.take(bent_pieces(corners.reshape(-1, 4, 2)))

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which each piece, as far as it is seen, is drawn from its start."""
        whole, seen = self.shape, clipped(self.shape, self.view.seen)

        def show(share: float) -> None:
            if share >= 1.0:
                self.take(whole)
            else:
                start, along = seen[:, :1], seen[:, 1:] - seen[:, :1]
                self.take(np.concatenate([start, start + share * along], axis=1))

        return Drive(self, show, introducer=True, **options)

    def glide_to(self, shape: FloatArray, **options: Any) -> Drive:
        """Return the animation in which every piece glides to one of another shape with as many pieces."""
        start, end = clipped(self.shape, self.view.seen), np.asarray(shape, dtype=np.float64)
        seen = clipped(end, self.view.seen)

        def show(share: float) -> None:
            self.take(end if share >= 1.0 else start + share * (seen - start))

        if start.shape != seen.shape:
            raise ValueError(f"shape must have {len(start)} pieces in the window; got {len(seen)}")
        return Drive(self, show, **options)
