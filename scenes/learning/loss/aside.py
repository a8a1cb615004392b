"""What stands beside the examples: a large number, what it is, and a floor to stand on."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, VGroup

from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.depths import PANEL
from scenes.stage.writing import Text
from scenes.style.layout import COUNTER_SIZE, LABEL_SIZE, Region
from scenes.style.theme import Theme

LARGE = 0.84 * COUNTER_SIZE
_LIFT, _UNDER, _BETWEEN = 0.2, 0.2, 0.16


class Reading(VGroup):
    """A large number above what it measures, which may carry it up and down, and a word under the floor.

    Attributes:
        number: the large one. words: those under the floor by name, of which one at a time is on screen.
    """

    def __init__(
        self, theme: Theme, locale: str, block: Region, texts: list[str], words: dict[str, str]
    ) -> None:
        """Stand at `block`; the number is as large as the longest of `texts` allows."""
        super().__init__()
        self.block, x = block, float(block.center[0])
        self.number = LiveNumber(texts[0], theme, locale, size=LARGE)
        widest = max(map(self.number.width_of, texts))
        self.number = LiveNumber(texts[0], theme, locale, size=LARGE * min(1.0, block.width / widest))
        self.words = {
            name: Text(word, theme, locale, size=LABEL_SIZE, role="muted").fit(block.width)
            for name, word in words.items()
        }
        for word in self.words.values():
            word.stand_at(np.array([x, block.bottom - _UNDER - 0.7 * LABEL_SIZE, 0.0]))
            word.set_z_index(PANEL)
        self.number.set_z_index(PANEL)
        self.ride(block.bottom)

    def say(self, text: str) -> Self:
        """Say another number."""
        self.number.say(text)
        return self

    def ride(self, top: float) -> Self:
        """Let the number stand on something as high as `top`, in scene units."""
        self.number.stand(np.array([float(self.block.center[0]), top + _LIFT, 0.0]))
        return self


class NamedNumber(VGroup):
    """A small number under the floor, behind its name.

    Attributes:
        name, number: how they are written.
    """

    def __init__(self, theme: Theme, locale: str, block: Region, name: str, widest: str) -> None:
        super().__init__()
        self.name = Text(name, theme, locale, size=LABEL_SIZE, role="muted")
        self.number = LiveNumber(widest, theme, locale, size=LABEL_SIZE)
        left = float(block.center[0]) - (self.name.width + _BETWEEN + self.number.width) / 2
        height = block.bottom - _UNDER - 0.7 * LABEL_SIZE
        self.name.stand_at(np.array([left, height, 0.0]), LEFT)
        self.number.stand(np.array([left + self.name.width + _BETWEEN, height, 0.0]), LEFT)
        self.add(self.name, self.number)
        self.set_z_index(PANEL)


class LargeNumber(VGroup):
    """A large number with a word behind it, at the left end of a room, its bottom their baseline.

    Attributes:
        number, word: how they are written.
    """

    def __init__(
        self, theme: Theme, locale: str, room: Region, word: str, widest: str, *, size: float = LARGE
    ) -> None:
        super().__init__()
        self.number = LiveNumber(widest, theme, locale, size=size)
        self.word = Text(word, theme, locale, size=LABEL_SIZE, role="muted")
        self.add(self.number, self.word)
        self.number.stand(np.array([room.left, room.bottom, 0.0]), LEFT)
        start = room.left + self.number.width + _BETWEEN
        self.word.stand_at(np.array([start, room.bottom, 0.0]), LEFT)
        self.set_z_index(PANEL)

    def size_for(self, room: Region) -> float:
        """Return the size of the number at which it and its word fit a room, at most the present one."""
        rest = room.width - _BETWEEN - float(self.word.width)
        return self.number.size * min(1.0, rest / float(self.number.width))

    def say(self, text: str) -> Self:
        """Say another number."""
        self.number.say(text)
        return self
