"""What is read of a walk: how many steps it has taken, the loss there, and what became of it."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from scenes.learning.learning_rate.numbers import Walk, loss_written
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula, Text
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Region
from scenes.style.theme import Theme

_GAP, _APART = 0.16, 0.5
_WEIGHT = 600
# The longest number of a step, and a loss of usual length.
_WIDEST_STEP = "30"


class Reading(VGroup):
    """Step and loss, in one line or in two, and the verdict below them.

    Attributes:
        count, loss: the numbers. names: the words before them.
        verdict: what became of the walk; not yet to be seen.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        walk: Walk,
        words: tuple[str, str, str],
        locale: str,
        lines: Literal["two", "four"],
    ) -> None:
        """Make room for every loss; `words` are those for step and loss, and the verdict."""
        super().__init__()
        self.walk = walk
        step, loss, verdict = words
        self.names = [Text(word, theme, locale, size=LABEL_SIZE, role="muted") for word in (step, loss)]
        longest = max(map(loss_written, walk.path_losses.tolist()), key=lambda text: _width(text, theme))
        self.count = Formula(_WIDEST_STEP, theme, size=FORMULA_SIZE)
        self.loss = Formula(longest, theme, size=FORMULA_SIZE, role="loss")
        role = "active" if walk.fate == "arrived" else "text"
        self.verdict = Text(verdict, theme, locale, size=FORMULA_SIZE, weight=_WEIGHT, role=role)
        self._stand(region, lines)
        self.numbers = VGroup(*self.names, self.count, self.loss)
        self.add(self.numbers, self.verdict)
        self.set_z_index(PANEL)
        self._left = [float(number.get_left()[0]) for number in (self.count, self.loss)]
        self.show(0)

    def _stand(self, region: Region, lines: Literal["two", "four"]) -> None:
        pairs = list(zip(self.names, (self.count, self.loss), strict=True))
        widths = [name.width + _GAP + number.width for name, number in pairs]
        self.verdict.fit(region.width)
        if lines == "two":
            factor = min(1.0, region.width / (sum(widths) + _APART))
            baselines = [region.top - 0.36] * 2
            left = region.center[0] - factor * (sum(widths) + _APART) / 2
            lefts = [left, left + factor * (widths[0] + _APART)]
        else:
            factor = min(1.0, region.width / max(widths))
            baselines = [region.top - 0.36, region.top - 0.88]
            lefts = [region.center[0] - factor * max(widths) / 2] * 2
        names = max(name.width for name in self.names)
        for (name, number), left, baseline in zip(pairs, lefts, baselines, strict=True):
            name.scale(factor).stand_at(np.array([left, baseline, 0.0]), LEFT)
            room = name.width if lines == "two" else factor * names
            number.scale(factor).stand_at(np.array([left + room + factor * _GAP, baseline, 0.0]), LEFT)
        below = baselines[-1] - 0.6
        self.verdict.stand_at(np.array([region.center[0], max(below, region.bottom + 0.08), 0.0]))

    def show(self, taken: int) -> Self:
        """Show the numbers after so many steps, or after all that were taken."""
        taken = min(taken, len(self.walk.steps))
        texts = str(taken), loss_written(float(self.walk.path_losses[taken]))
        for number, text, left in zip((self.count, self.loss), texts, self._left, strict=True):
            if number.source != text:
                number.rewrite(text)
                number.shift(RIGHT * (left - float(number.get_left()[0])))
        return self


def _width(markup: str, theme: Theme) -> float:
    return float(Formula(markup, theme).width)
