"""Where the network stands, the line of numbers below it, and how long changes take that come in a row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.stage.scene import TICK
from scenes.style.layout import Layout, Region

# How high the line below is where it is one line, and the share of the body that it has elsewhere.
_LINE, _NAMED_LINE, _GAP = 1.12, 1.75, 0.12
_SHARE = {"1:1": 0.45, "9:16": 0.4}


@dataclass(frozen=True)
class Composition:
    """The parts of one picture.

    Attributes:
        network: for the diagram with its loss. line: for formulas and numbers below it.
        wide: whether the line is one line rather than several.
    """

    network: Region
    line: Region
    wide: bool

    @classmethod
    def of(cls, layout: Layout, *, named: bool) -> Composition:
        """Divide the body; where numbers on the line are `named`, it is higher."""
        body, wide = layout.body, layout.panel_flow == "down"
        height = (_NAMED_LINE if named else _LINE) if wide else _SHARE[layout.aspect] * body.height
        line = replace(body, bottom=body.bottom + 0.05, top=body.bottom + height)
        return cls(replace(body, bottom=line.top + _GAP), line, wide)


def paced(seconds: float, count: int, most: float) -> float:
    """Return how long each of `count` changes takes that share some seconds, in whole ticks, at least one."""
    return round(TICK * max(int(min(seconds / count, most) / TICK + 1e-6), 1), 6)
