"""Which mark stands for which label."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import DOWN, RIGHT, Circle, Square, VGroup, VMobject

from scenes.stage.depths import over_veil
from scenes.stage.drawn import Flying
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.theme import CLASS_ROLES, Theme

FloatArray = npt.NDArray[np.float64]

_MARK, _SQUARE_SHARE = 0.26, 0.86
_GAP = 0.3
# A mark on its way has a rim of the page's colour.
_RIM = 6.0


class Legend(VGroup):
    """One row for every class: its mark, and the label that stands for it.

    Attributes:
        marks, names: of every row.
    """

    def __init__(
        self, theme: Theme, classes: tuple[int, ...] = (0, 1), *, size: float = FORMULA_SIZE
    ) -> None:
        super().__init__()
        self.marks, self.names = VGroup(), VGroup()
        for label in classes:
            mark = _mark(theme, label)
            name = Formula(f"y = {label}", theme, size=size, role=CLASS_ROLES[label])
            self.marks.add(mark)
            self.names.add(name.next_to(mark, RIGHT, buff=_GAP))
            self.add(VGroup(mark, name))
        self.arrange(DOWN, buff=0.28)
        over_veil(self)

    def come_out(self, index: int, place: FloatArray, diameter: float, **options: Any) -> Drive:
        """Return the animation in which a mark comes out of a point of its class.

        Args:
            place: of the point, `(2,)`, diameter: of its mark, in scene units.
        """
        mark = self.marks[index]
        start, end = np.append(place, 0.0), mark.get_center()
        small, large = diameter * mark.width / _MARK, float(mark.width)

        def show(t: float) -> None:
            mark.set(width=small + min(2 * t, 1.0) * (large - small)).move_to(start + t * (end - start))

        return Drive(mark, show, introducer=True, **options)


class _Round(Circle, Flying):
    """The mark of class 0, which may pass over others on its way."""


class _Angular(Square, Flying):
    """That of class 1."""


def _mark(theme: Theme, label: int) -> VMobject:
    mark = _Angular(_MARK * _SQUARE_SHARE) if label == 1 else _Round(_MARK / 2)
    mark.set_fill(theme[CLASS_ROLES[label]], opacity=1.0).set_stroke(width=0.0)
    mark.set_stroke(theme["background"], width=_RIM, background=True)
    return mark
