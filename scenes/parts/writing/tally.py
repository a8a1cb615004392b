"""A count that changes while something moves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Self

from manim import VGroup

from scenes.stage.writing import Writing


class Tally(VGroup):
    """A number in words that can be another one at every instant of an animation.

    Attributes:
        value: the number it shows.
        writing: how it is written.
    """

    def __init__(self, write: Callable[[int], Writing], value: int) -> None:
        """Show `value`; `write` returns the writing for any number."""
        super().__init__()
        self._write = cache(write)
        self.value = value
        self.writing = write(value)
        self.add(self.writing)

    def show(self, value: int) -> Self:
        """Show another number where this one stands."""
        if value != self.value:
            self.value = value
            self.writing.take_over(self._write(value))
        return self
