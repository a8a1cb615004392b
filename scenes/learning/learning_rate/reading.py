"""What is read of a walk: how many steps it has taken, the loss there, and what became of it."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from scenes.learning.learning_rate.numbers import Walk, loss_written
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula, Text
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Region
from scenes.style.theme import Role, Theme

# From a word to its number, and from one such pair to the next one beside it, in scene units.
_GAP, _APART = 0.16, 0.45
# From one line to the next, and to the verdict below, in ems of the numbers.
_PITCH, _BELOW, _CAPITAL = 1.15, 1.3, 0.72
_WEIGHT = 600


class Reading(VGroup):
    """Step and loss, in one line or in two, and the verdict below them.

    Attributes:
        count, loss: the numbers. names: the words before them. numbers: all four.
        verdict: what became of the walk.
    """

    def __init__(
        self,
        theme: Theme,
        walk: Walk,
        words: tuple[str, str, str],
        locale: str,
        lines: Literal["two", "many"],
    ) -> None:
        """Write step and loss; `words` are those for them, and the verdict."""
        super().__init__()
        self.walk, self._lines = walk, lines
        step, loss, verdict = words
        self.names = [Text(word, theme, locale, size=LABEL_SIZE, role="muted") for word in (step, loss)]
        losses = [
            Formula(text, theme, size=FORMULA_SIZE) for text in set(map(loss_written, walk.path_losses))
        ]
        counts = [Formula(str(k), theme, size=FORMULA_SIZE) for k in range(len(walk.path))]
        self._rooms = [max(each.width for each in group) for group in (counts, losses)]
        self.count = Formula("0", theme, size=FORMULA_SIZE)
        self.loss = Formula("0", theme, size=FORMULA_SIZE, role="loss")
        role: Role = "active" if walk.fate == "arrived" else "text"
        self.verdict = Text(verdict, theme, locale, size=FORMULA_SIZE, weight=_WEIGHT, role=role)
        self.numbers = VGroup(*self.names, self.count, self.loss)
        self.add(self.numbers, self.verdict)
        self.set_z_index(PANEL)
        # They change while the weights walk, and what lies below need not be drawn again.
        for number in (self.count, self.loss):
            number.set_z_index(PANEL + 4)

    @property
    def needed(self) -> tuple[float, float]:
        """Width and height of the numbers in full size, in scene units."""
        names, gap = [name.width for name in self.names], 2 * _GAP
        if self._lines == "two":
            return sum(names) + sum(self._rooms) + gap + _APART, (_CAPITAL + _BELOW) * FORMULA_SIZE
        return max(names) + _GAP + max(self._rooms), (_CAPITAL + _PITCH + _BELOW) * FORMULA_SIZE

    def stand(self, region: Region, factor: float, align: float) -> Self:
        """Stand at the top of a region, smaller by a factor, at its left (-1) or in its middle (0)."""
        em, width = factor * FORMULA_SIZE, factor * self.needed[0]
        left = region.left if align < 0 else region.center[0] - width / 2
        baseline = region.top - _CAPITAL * em
        widest = factor * max(name.width for name in self.names)
        for name, number, room in zip(self.names, (self.count, self.loss), self._rooms, strict=True):
            name.scale(factor).stand_at(np.array([left, baseline, 0.0]), LEFT)
            beside = left + factor * _GAP + (name.width if self._lines == "two" else widest)
            number.scale(factor).stand_at(np.array([beside, baseline, 0.0]), LEFT)
            if self._lines == "two":
                left = beside + factor * (room + _APART)
            else:
                baseline -= _PITCH * em
        # Two lines of numbers have left the baseline one line further down.
        baseline -= em * (_BELOW if self._lines == "two" else _BELOW - _PITCH)
        self.verdict.fit(region.width)
        if align < 0:
            self.verdict.stand_at(np.array([region.left, baseline, 0.0]), LEFT)
        else:
            self.verdict.stand_at(np.array([region.center[0], baseline, 0.0]))
        self._left = [float(number.get_left()[0]) for number in (self.count, self.loss)]
        return self.show(0)

    def show(self, taken: int) -> Self:
        """Show the numbers after so many steps, or after all that were taken."""
        taken = min(taken, len(self.walk.steps))
        texts = str(taken), loss_written(float(self.walk.path_losses[taken]))
        for number, text, left in zip((self.count, self.loss), texts, self._left, strict=True):
            if number.source != text:
                number.rewrite(text)
                number.shift(RIGHT * (left - float(number.get_left()[0])))
        return self
