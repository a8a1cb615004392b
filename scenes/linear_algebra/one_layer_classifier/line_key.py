"""What a line on the stage stands for."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, VGroup

from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.writing import Writing
from scenes.style.theme import Role, Theme

_SAMPLE = 0.68
_GAP = 0.2


class LineKey(VGroup):
    """A short piece of the line, whole or dashed, and its name."""

    def __init__(
        self,
        theme: Theme,
        name: Writing,
        *,
        role: Role = "boundary",
        width: float = 5.0,
        dashed: bool = False,
    ) -> None:
        super().__init__()
        self.sample, self.name = Segments(theme[role], width), name
        start, end = np.zeros(2), np.array([_SAMPLE, 0.0])
        self.sample.set_pieces(dashes(start, end) if dashed else np.array([[start, end]]))
        self.name.next_to(self.sample, RIGHT, buff=_GAP)
        self.add(self.sample, self.name)
