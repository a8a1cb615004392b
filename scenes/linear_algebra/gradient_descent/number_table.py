"""Symbols and their numbers, one below the other or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from manim import VGroup

from scenes.parts.marks.segments import Segments
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.theme import Role, Theme

# What parts two entries, and a symbol from its number, at the least, in scene units.
_LEAST_GAP, _BESIDE = 0.16, 0.4


class NumberTable(VGroup):
    """Entries of a symbol and a number; a line may part the last one off as the sum of the others.

    Flowing down, an entry is a row with its number flush right; across, it is a column with its number
    below the symbol.

    Attributes:
        entries: symbol and number together, for every entry.
        symbols, values: one formula an entry. rule: the line before the last entry.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        entries: Sequence[tuple[str, Role]],
        longest: str,
        *,
        flow: Literal["down", "across"] = "down",
        size: float = FORMULA_SIZE,
        summed: bool = False,
    ) -> None:
        """Lay out the entries, each a symbol's markup and role, with room for the number `longest`."""
        super().__init__()
        self.flow, self.region, self.theme = flow, region, theme
        self.symbols = [Formula(symbol, theme, size=size, role=role) for symbol, role in entries]
        self.values = [Formula(longest, theme, size=size, role=role) for _, role in entries]
        pairs = list(zip(self.symbols, self.values, strict=True))
        self.rule = Segments(theme["muted"], 3.0)
        if flow == "down":
            needed = max(s.width for s in self.symbols) + self.values[0].width + _BESIDE
            extents = np.array([max(s.height, v.height) for s, v in pairs])
            across, along = region.width, region.height
        else:
            needed = max(s.height for s in self.symbols) + self.values[0].height + _LEAST_GAP
            extents = np.array([max(s.width, v.width) for s, v in pairs])
            across, along = region.height, region.width
        factor = min(1.0, across / needed, along / (extents.sum() + _LEAST_GAP * len(pairs)))
        for thing in (*self.symbols, *self.values):
            thing.scale(factor)
        # Spare room goes between the entries in equal shares.
        extents *= factor
        gap = (along - extents.sum()) / len(pairs)
        starts = np.concatenate([[0.0], np.cumsum(extents + gap)])
        for (symbol, value), start, extent in zip(pairs, starts, extents, strict=False):
            self._stand(symbol, value, float(start + (extent + gap) / 2))
        if summed:
            self.rule.set_pieces(self._line(float(starts[len(pairs) - 1]))[None])
        self.entries = [VGroup(symbol, value) for symbol, value in pairs]
        self.add(*self.entries, self.rule)

    def _stand(self, symbol: Formula, value: Formula, middle: float) -> None:
        region = self.region
        if self.flow == "down":
            symbol.move_to([region.left + symbol.width / 2, region.top - middle, 0.0])
            value.move_to([region.right - value.width / 2, region.top - middle, 0.0])
        else:
            symbol.move_to([region.left + middle, region.top - max(s.height for s in self.symbols) / 2, 0.0])
            value.move_to([region.left + middle, region.bottom + value.height / 2, 0.0])

    def _line(self, start: float) -> np.ndarray:
        region = self.region
        if self.flow == "down":
            return np.array([[region.left, region.top - start], [region.right, region.top - start]])
        return np.array([[region.left + start, region.bottom], [region.left + start, region.top]])

    def colour(self, entry: int, role: Role) -> Self:
        """Give an entry, its symbol and its number, another role's colour."""
        for formula in (self.symbols[entry], self.values[entry]):
            formula.role = role
            for glyphs in formula.submobjects:
                glyphs.set_fill(self.theme[role])
        return self

    def write(self, values: Sequence[str]) -> Self:
        """Write numbers, as formula markup, into the first entries in their order."""
        for formula, value in zip(self.values, values, strict=False):
            middle = formula.get_center()
            formula.rewrite(value)
            if self.flow == "down":
                middle[0] = self.region.right - formula.width / 2
            formula.move_to(middle)
        return self
