"""A disc of the page's colour, on which a mark can be seen where something strong lies under it."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Circle

from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# Within the first distance of an arrow's tip the disc is whole; beyond the second there is none.
_WHOLE, _GONE = 0.3, 0.45


class Ground(Circle):
    """Grows under a mark that comes near to the tip of an arrow.

    Attributes:
        widest: its diameter where it is whole, in scene units.
    """

    def __init__(self, theme: Theme, widest: float) -> None:
        page = theme["background"]
        super().__init__(radius=widest / 2, stroke_width=0.0, fill_color=page, fill_opacity=1.0)
        self.widest = widest
        self._whole = self.points.copy()

    def lie_under(self, mark: FloatArray, tips: FloatArray) -> Self:
        """Lie where a mark is, `(2,)`, as wide as the nearest of `tips` (n, 2) asks for; scene units."""
        distance = float(np.hypot(*(tips - mark).T).min())
        share = float(np.clip((_GONE - distance) / (_GONE - _WHOLE), 0.0, 1.0))
        self.set_points(share * self._whole + np.append(mark, 0.0) if share else np.zeros((0, 3)))
        return self
