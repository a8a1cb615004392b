"""Numbers in a row with signs between them, each below its name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import LEFT, ORIGIN, VGroup

from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Point, Region
from scenes.style.theme import Role, Theme

# What parts two neighbours, in ems; numbers from their names, and the last line from them, likewise.
_APART, _BELOW, _LAST = 0.38, 0.42, 0.5
# What is left of the first beside a sign at the least, on both sides together.
_LEAST = 1.1


class Terms(VGroup):
    """A row of numbers that can change where they stand; signs stand between names, if there are any.

    Attributes:
        names, values: one formula a term; names may be left out. signs: what stands between two terms.
        lead: what stands before the first term, or None. tail: what stands behind the last, or
            below, or None.
    """

    def __init__(
        self,
        region: Region,
        theme: Theme,
        values: Sequence[str],
        roles: Sequence[Role],
        *,
        names: Sequence[str] = (),
        sign: str = "dot",
        lead: str = "",
        tail: str = "",
        tail_below: bool = False,
        size: float = FORMULA_SIZE,
        tail_size: float = FORMULA_SIZE,
        at: Sequence[float] = (),
    ) -> None:
        """Stand in the middle of a region, shrunk to fit it; `values` are as wide as any to be told.

        Args:
            at: where the terms' middles stand, if there is room for them there.
        """
        super().__init__()
        self.names = [
            Formula(name, theme, size=size, role=role) for name, role in zip(names, roles, strict=False)
        ]
        self.values = [
            Formula(value, theme, size=size, role=role) for value, role in zip(values, roles, strict=True)
        ]
        self.signs = [Formula(sign, theme, size=size, role="muted") for _ in values[1:]]
        self.lead = Formula(lead, theme, size=size) if lead else None
        self.tail = Formula(tail, theme, size=tail_size) if tail else None
        self.add(*self.names, *self.values, *self.signs)
        self.add(*(each for each in (self.lead, self.tail) if each is not None))
        end = self._stand_in_line(_APART * size, self._names_up(size))
        if self.tail is not None and tail_below:
            lowest = min(float(value.get_bottom()[1]) for value in self.values)
            self.tail.stand_at(np.zeros(3)).shift(
                np.array(
                    [end / 2 - self.tail.get_center()[0], lowest - _LAST * size - self.tail.get_top()[1], 0]
                )
            )
        elif self.tail is not None:
            self.tail.stand_at(np.array([end + _APART * size, 0.0, 0.0]), LEFT)
        self.scale(min(1.0, region.width / self.width, region.height / self.height))
        self.move_to(region.center)
        self._spread(at, _APART * size, region)
        self.set_z_index(PANEL)
        self._middles = [float(value.get_center()[0]) for value in self.values]

    def _names_up(self, size: float) -> float:
        """Return how far above the numbers' baseline that of their names is."""
        if not self.names:
            return 0.0
        above = max(float(value.get_top()[1]) - value.baseline for value in self.values)
        below = max(name.baseline - float(name.get_bottom()[1]) for name in self.names)
        return above + below + _BELOW * size

    def _stand_in_line(self, gap: float, up: float) -> float:
        """Stand terms and signs from left to right and return where the line ends."""
        x = 0.0

        def stand(each: Formula, y: float, x: float) -> float:
            each.stand_at(np.array([x, y, 0.0]), LEFT)
            return float(each.get_right()[0]) + gap

        if self.lead is not None:
            x = stand(self.lead, up, x)
        for k, value in enumerate(self.values):
            if k:
                x = stand(self.signs[k - 1], up, x)
            named: list[tuple[Formula, Point]] = [(value, ORIGIN)]
            named += [(self.names[k], np.array([0.0, up, 0.0]))] if self.names else []
            width = max(each.width for each, _ in named)
            for each, aside in named:
                each.stand_at(np.array([x + width / 2, 0.0, 0.0]) + aside)
            x += width + gap
        return x

    def _spread(self, at: Sequence[float], gap: float, region: Region) -> None:
        """Stand the terms where they are wanted, the signs between them, unless they would meet."""
        terms = [[value, *self.names[k : k + 1]] for k, value in enumerate(self.values)]
        halves = [max(each.width for each in term) / 2 for term in terms]
        wide = [sign.width for sign in self.signs]
        if not at:
            return
        at = [
            min(max(x, region.left + half), region.right - half) for x, half in zip(at, halves, strict=True)
        ]
        # Signs stand on the line of the names, if there are any.
        beside = [each.width / 2 for each in (self.names or self.values)]
        apart, free = _rooms(at, halves), _rooms(at, beside)
        crowded = any(room < _LEAST * gap + width for room, width in zip(free, wide, strict=True))
        if crowded or min(apart, default=gap) < gap:
            return
        for x, term in zip(at, terms, strict=True):
            for each in term:
                each.set_x(x)
        for k, sign in enumerate(self.signs):
            sign.set_x((at[k] + beside[k] + at[k + 1] - beside[k + 1]) / 2)

    def tell(self, k: int, markup: str) -> None:
        """Write another number in place k, about the same middle."""
        value = self.values[k]
        if value.source != markup:
            value.rewrite(markup)
            value.shift(np.array([self._middles[k] - float(value.get_center()[0]), 0.0, 0.0]))

    def hide(self) -> None:
        """Leave everything out of sight."""
        for each in self.submobjects:
            each.set_fill(opacity=0.0)


def _rooms(middles: Sequence[float], halves: Sequence[float]) -> list[float]:
    """Return the room between neighbours that reach so far to either side of their middles."""
    return [b - h - a - g for (a, b), (g, h) in zip(pairwise(middles), pairwise(halves), strict=True)]
