"""What each walk has read: its updates, its passes through the set, and its loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from scenes.learning.loss_surface.card import loss_written
from scenes.learning.loss_surface.numbers import Walk
from scenes.parts.marks.segments import Segments
from scenes.parts.surface.trail import sample
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula, Text, Writing
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.numerals import math_number
from scenes.style.theme import Role, Theme

# Scene units: the piece of a walk's line, what parts it from the name, two words of a line, and two groups.
_SAMPLE, _GAP, _SPACE, _APART = 0.62, 0.22, 0.12, 0.32
# From line to line, and from the last one to the bar; how wide a bar is, in hundredths.
_LINE, _BAR_BELOW, _BAR = 0.46, 0.24, 12.0
# What a bar of no length would be.
_SLIVER = 0.02


class Entry(VGroup):
    """A walk's line and name, and what it has done so far; later, a bar as long as what it has read.

    Attributes:
        walk: the walk. done: the updates that are counted.
        updates, passes, loss: numbers, live. bar: its drawing; `length` is that of the whole bar.
    """

    def __init__(
        self, theme: Theme, walk: Walk, role: Role, style: Literal["whole", "dashed", "thin"], name: Text
    ) -> None:
        """Prepare an entry; `name` says what a step uses."""
        super().__init__()
        self.walk, self.name = walk, name
        self.sample = sample(theme, role, style, _SAMPLE)
        passes = max((math_number(each) for each in walk.descent.passes.tolist()), key=len)
        widest = (str(len(walk.descent)), passes, "L = 0.000")
        roles: tuple[Role, ...] = ("text", "text", "loss")
        self.updates, self.passes, self.loss = (
            Formula(text, theme, size=LABEL_SIZE, role=shade)
            for text, shade in zip(widest, roles, strict=True)
        )
        self.words: tuple[Text, ...] = ()
        self.bar = Segments(theme[role], _BAR)
        self.length, self.done = 0.0, 0
        self._start = np.zeros(2)
        self._ends: list[float] = []

    def stand(
        self,
        region: Region,
        words: tuple[Text, Text],
        columns: Sequence[float] | None,
        share: float,
    ) -> Self:
        """Stand in a region.

        Args:
            words: "updates" and "passes".
            columns: where name, updates, passes and loss begin in one line, as shares of the width; or None
                for lines below each other.
            share: how long the bar is, of the region's width.
        """
        self.words = words
        top, left = region.top - 0.34, region.left
        self.sample.shift(np.array([left, top + 0.12, 0.0]))
        counted: tuple[tuple[Writing, ...], ...] = ((self.updates, words[0]), (self.passes, words[1]))
        if columns is None:
            self.name.fit(region.width - _SAMPLE - _GAP)
            places = [(left + _SAMPLE + _GAP, top), (left, top - _LINE), (left, top - 2 * _LINE)]
            wide = sum(part.width for group in counted for part in group) + 2 * _SPACE + _APART
            factor = min(1.0, region.width / wide)
            x = _set(counted[0], places[1], factor)
            _set(counted[1], (x + factor * _APART, top - _LINE), factor)
            self.loss.stand_at(np.array([*places[2], 0.0]), LEFT)
            bottom = top - 2 * _LINE
        else:
            at = [left + share_of * region.width for share_of in columns]
            self.name.fit(at[1] - at[0] - _GAP)
            for group, begin, end in zip(counted, at[1:3], at[2:4], strict=True):
                wide = sum(part.width for part in group) + _SPACE
                _set(group, (begin, top), min(1.0, (end - begin - 0.15) / wide))
            self.loss.fit(region.right - at[3] - 0.06).stand_at(np.array([at[3], top, 0.0]), LEFT)
            places = [(at[0], top)]
            bottom = top
        self.name.stand_at(np.array([*places[0], 0.0]), LEFT)
        self._ends = [float(part.get_right()[0]) for part in (self.updates, self.passes)]
        self._start = np.array([left + 0.06, bottom - _BAR_BELOW])
        self.length = max(share * (region.width - 0.12), _SLIVER)
        self.add(self.sample, self.name, self.updates, self.passes, self.loss, *words, self.bar)
        self.set_z_index(PANEL)
        return self.show(0.0)

    def show(self, updates: float) -> Self:
        """Count so many updates, whole or not: one counts when it is made."""
        descent = self.walk.descent
        self.done = k = min(int(updates + 1e-9), len(descent))
        texts = (str(k), math_number(float(descent.passes[k])), loss_written(float(descent.losses[k])))
        for line, text in zip((self.updates, self.passes, self.loss), texts, strict=True):
            if line.source != text:
                line.rewrite(text)
        # Numbers end where their words begin.
        for line, end in zip((self.updates, self.passes), self._ends, strict=True):
            line.shift(RIGHT * (end - float(line.get_right()[0])))
        return self

    def measure(self, share: float) -> Self:
        """Show this share of the bar."""
        end = self._start + np.array([share * self.length, 0.0])
        self.bar.set_pieces(np.array([[self._start, end]]) if share > 0 else np.zeros((0, 2, 2)))
        return self


def _set(parts: tuple[Writing, ...], place: tuple[float, float], factor: float) -> float:
    """Set a number and its word from a place on, and return where they end."""
    x = place[0]
    for part in parts:
        part.scale(factor)
        width = float(part.width)
        part.stand_at(np.array([x, place[1], 0.0]), LEFT)
        x += width + factor * _SPACE
    return x - factor * _SPACE
