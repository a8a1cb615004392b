"""What each walk has read: its updates, its passes through the set, and its loss."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from nnmath import FloatArray
from scenes.learning.loss_surface.numbers import Walk
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula, Text, Writing
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.numerals import math_fixed, math_number, shown
from scenes.style.theme import Role, Theme

_SAMPLE = 0.62
_ROW = 0.47


class Entry(VGroup):
    """A walk's line and name, and below them what it has done so far.

    Attributes:
        done: the updates that are counted. sample: a piece of its line. name: what a step uses.
        updates, passes, loss: numbers with their names, live.
    """

    def __init__(
        self,
        theme: Theme,
        region: Region,
        walk: Walk,
        role: Role,
        pieces: FloatArray,
        width: float,
        mark: tuple[float, bool],
        name: Text,
        words: tuple[Text, Text],
    ) -> None:
        """Stand in a region.

        Args:
            pieces: of the sample, `(n, 2, 2)` along a line of length 1. width: of its stroke.
            mark: the size of the sample's mark, or 0, and whether it is square.
            words: "updates", "passes".
        """
        super().__init__()
        self.walk = walk
        top = region.top - 0.34
        self.sample = Segments(theme[role], width)
        start = np.array([region.left, top + 0.11])
        self.sample.set_pieces(start + pieces * [_SAMPLE, 0.0])
        self.mark = Dots(theme[role], mark[0] or 0.1, square=mark[1])
        if mark[0]:
            self.mark.set_positions(start + np.array([[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]) * [_SAMPLE, 0.0])
        self.name = name.fit(region.width - _SAMPLE - 0.25)
        name.stand_at(np.array([region.left + _SAMPLE + 0.2, top, 0.0]), LEFT)
        self.numbers = [
            Formula(text, theme, size=LABEL_SIZE * 1.1, role=shade)
            for text, shade in (("00.00", "text"), ("00.00", "text"), ("L = 0.000", "loss"))
        ]
        self.updates, self.passes, self.loss = self.numbers
        self.words = words
        self._stand(region, top - _ROW)
        self.add(self.sample, self.mark, self.name, *self.numbers, *words)
        self.set_z_index(PANEL)
        self.show(0.0)

    def _stand(self, region: Region, baseline: float) -> None:
        """Set numbers and words in one line: updates, passes; the loss below."""
        parts: tuple[Writing, ...] = (self.updates, self.words[0], self.passes, self.words[1])
        gaps = (0.12, 0.3, 0.12, 0.0)
        wide = sum(part.width for part in parts) + sum(gaps)
        factor = min(1.0, region.width / wide)
        x = region.left
        self._ends = []
        for part, gap in zip(parts, gaps, strict=True):
            part.scale(factor)
            width = part.width
            part.stand_at(np.array([x, baseline, 0.0]), LEFT)
            self._ends.append(x + width)
            x += width + factor * gap
        self.loss.stand_at(np.array([region.left, baseline - _ROW, 0.0]), LEFT)

    def show(self, updates: float) -> Self:
        """Count so many updates, whole or not: one counts when it is made."""
        descent = self.walk.descent
        k = min(int(updates + 1e-9), len(descent))
        self.done = k
        loss = float(descent.losses[k])
        number = math_fixed(loss, 3) if shown(loss, 3) else math_number(loss, 3)
        texts = (str(k), math_number(float(descent.passes[k])), f"L = {number}")
        for line, text in zip(self.numbers, texts, strict=True):
            if line.source != text:
                line.rewrite(text)
        # Before its unit a number ends where the widest one would.
        for line, end in ((self.updates, self._ends[0]), (self.passes, self._ends[2])):
            line.shift(RIGHT * (end - float(line.get_right()[0])))
        return self
