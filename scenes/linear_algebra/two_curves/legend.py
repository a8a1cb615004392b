"""Which mark stands for which label."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, VGroup

from scenes.parts.marks.dots import Dots
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.theme import CLASS_ROLES, Theme

_MARK = 0.24
_GAP = 0.3


class Legend(VGroup):
    """One row for every class: its mark, and the label that stands for it."""

    def __init__(
        self, theme: Theme, classes: tuple[int, ...] = (0, 1), *, size: float = FORMULA_SIZE
    ) -> None:
        super().__init__()
        self.rows = []
        for label in classes:
            mark = Dots(theme[CLASS_ROLES[label]], _MARK, square=label == 1).set_positions(np.zeros((1, 2)))
            name = Formula(f"y = {label}", theme, size=size, role=CLASS_ROLES[label]).next_to(
                np.append(mark.positions[0], 0.0), RIGHT, buff=_GAP
            )
            row = VGroup(mark, name)
            self.rows.append(row)
            self.add(row)
        self.arrange(np.array([0.0, -1.0, 0.0]), buff=0.28)
