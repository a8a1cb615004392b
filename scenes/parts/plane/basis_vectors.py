"""The basis vectors i and j, wherever a map has taken them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.placing import Obstacle, boxes_at, place, size_of
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

_AHEAD, _ASIDE = 0.16, 0.27
# Where names change sides while their tips are so near, one passes so far ahead of the other: that of the
# longer arrow, or i's where they are about as long.
_NEAR, _PASSING, _AS_LONG = 0.8, 0.45, 0.01
# An arrow of half this length is short in every respect.
_SHORT = 0.45
# Below this an arrow has no direction.
_NO_LENGTH = 1e-6
# Where else along its arrow a name may stand, and the distance from points at which it is clear of them.
_BESIDE_TIP, _CLEAR = (-0.14, -0.22, -0.3), 0.12


class BasisVectors(VGroup, Viewed):
    """i and j as arrows from where the origin went, each with its name beside its tip.

    Attributes:
        images: where i and j point, row by row, `(2, 2)` in data units and relative to the origin's image.
        origin: where the origin went, `(2,)` in data units.
    """

    def __init__(self, view: View, theme: Theme, *, names: tuple[str, str] = ("i", "j")) -> None:
        super().__init__()
        self.view = view
        self.images = np.eye(2)
        self.i, self.j = Arrow(theme["basis_i"]), Arrow(theme["basis_j"])
        self.names = VGroup(
            Formula(f"bold({names[0]})", theme, size=LABEL_SIZE * 1.15, role="basis_i", halo=True),
            Formula(f"bold({names[1]})", theme, size=LABEL_SIZE * 1.15, role="basis_j", halo=True),
        )
        self.add(self.j, self.i, self.names)
        self.set_z_index(5)
        self.names.set_z_index(6)
        self._places = [(_AHEAD, False), (_AHEAD, False)]
        self.show(np.eye(2))

    def show(self, matrix: FloatArray, offset: FloatArray | None = None) -> Self:
        """Point i at column 1 and j at column 2 of `matrix` (2, 2), from the data point `offset` (2,)."""
        origin = np.zeros(2) if offset is None else np.asarray(offset, dtype=float)
        self.images, self.origin = np.array(matrix, dtype=float).T, origin
        tail = self.view.to_scene(origin[None])[0]
        heads = self.view.to_scene(self.images + origin)
        for arrow, head in zip((self.i, self.j), heads, strict=True):
            arrow.reach(tail, head)
        for name, beside in zip(self.names, self._beside(tail, heads), strict=True):
            name.move_to(np.append(beside, 0.0))
        return self

    def _beside(self, tail: FloatArray, heads: FloatArray) -> Iterator[FloatArray]:
        """Yield where the names of arrows to `heads` (2, 2) stand, `(2,)` each; it moves as steadily as they.

        The names stand outside the angle from i to j, and change sides where a flip would pin them inside;
        one that stands inside to be clear of points leaves when the angle grows narrow.
        """
        spans = heads - tail
        lengths = np.maximum(np.hypot(*spans.T), 1e-9)
        sine = float(np.cross(*np.column_stack([spans / lengths[:, None], np.zeros(2)]))[2])
        outside = float(np.clip(1 + sine / 0.3 * 2, -1.0, 1.0)) if sine < 0 else 1.0
        inside = 1 - 2 * float(np.clip((sine - 0.3) / 0.3, 0.0, 1.0)) if sine > 0 else outside
        # Beside a short arrow there is no place but the usual one.
        short = np.clip((_SHORT - lengths) / (_SHORT / 2), 0.0, 1.0)
        inside += float(short.max()) * (outside - inside)
        near = float(np.clip(2 - 2 * np.hypot(*(heads[0] - heads[1])) / _NEAR, 0.0, 1.0))
        crossing = near * min(1.0, 2 - 2 * abs(outside))
        first = float(np.clip(1 + (lengths[0] - lengths[1]) / _AS_LONG, 0.0, 1.0))
        passing = _AHEAD + _PASSING * np.array([first, 1 - first])
        for k, side in enumerate((-1.0, 1.0)):
            if lengths[k] <= _NO_LENGTH:
                yield heads[k] + np.array([0.0, side * (_AHEAD + _ASIDE)])
                continue
            ahead, inward = self._places[k]
            ahead += short[k] * (_AHEAD - ahead)
            ahead += crossing * (passing[k] - ahead)
            along = spans[k] / lengths[k]
            across = np.array([-along[1], along[0]]) * side * (inside if inward else outside)
            yield heads[k] + along * ahead + across * _ASIDE

    def keep_clear(self, points: FloatArray) -> Self:
        """Stand each name beside its tip where it is clear of `points` (n, 2), in scene units."""
        # Short arrows leave no room between their tips and the origin, where both names would meet.
        along = [ahead for ahead in (_AHEAD, *_BESIDE_TIP) if ahead > -0.4 * self.view.unit]
        choices = [(ahead, inward) for ahead in along for inward in (False, True)]
        shown = self.images.T, self.origin
        for k, name in enumerate(self.names):
            if k and self._places[0][1]:
                # Between i and j there is room for one name only.
                choices = [(ahead, inward) for ahead, inward in choices if not inward]
            middles = []
            for self._places[k] in choices:
                self.show(*shown)
                middles.append(name.get_center()[:2])
            # The first of the best, hence the usual place where that is clear.
            chosen = place(size_of(name), np.array(middles), [Obstacle(boxes_at(points), _CLEAR)])
            self._places[k] = choices[chosen.choice]
        return self.show(*shown)

    def grow(self, **options: Any) -> Drive:
        """Return the animation in which i and j grow from the origin."""
        images = self.images.copy()
        return Drive(self, lambda share: self.show(share * images.T), introducer=True, **options)
