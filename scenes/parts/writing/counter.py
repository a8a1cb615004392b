"""A count that matters, large, with what it counts in small words beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Self

import numpy as np
from manim import VGroup

from scenes.stage.depths import PANEL
from scenes.stage.writing import Text
from scenes.style.layout import COUNTER_SIZE, LABEL_SIZE
from scenes.style.theme import Role, Theme

_GAP = 0.18
_WEIGHT = 600


class Counter(VGroup):
    """A large number that can be another one at every instant, and words on its baseline, which stay put.

    Attributes:
        value: the number it shows.
        number, words: how they are written.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        locale: str,
        value: int,
        *,
        widest: int | None = None,
        role: Role = "text",
        size: float = COUNTER_SIZE,
        write: Callable[[int], str] = str,
    ) -> None:
        """Show `value`; the words leave room for the number `widest`, or the value's own.

        Args:
            words: what is counted, such as "of 200 right", in the language of `locale`.
            write: how a number is written.
        """
        super().__init__()
        self.value = value
        self._number = cache(lambda number: Text(write(number), theme, locale, size=size, weight=_WEIGHT))
        self.number = Text(write(value), theme, locale, size=size, weight=_WEIGHT, role=role)
        self.words = Text(words, theme, locale, size=min(LABEL_SIZE, 0.45 * size), role="muted")
        room = max(self.number.width, self._number(value if widest is None else widest).width)
        self.number.stand_at(np.zeros(3), np.array([-1.0, 0.0, 0.0]))
        self.words.stand_at(np.array([room + _GAP, 0.0, 0.0]), np.array([-1.0, 0.0, 0.0]))
        self.add(self.number, self.words)
        self.set_z_index(PANEL)

    def show(self, value: int) -> Self:
        """Show another number where this one stands, from the same left edge."""
        if value != self.value:
            left = float(self.number.get_left()[0])
            self.value = value
            self.number.take_over(self._number(value))
            self.number.shift(np.array([left - float(self.number.get_left()[0]), 0.0, 0.0]))
        return self
