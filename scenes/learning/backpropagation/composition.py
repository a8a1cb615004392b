"""Where the network stands, and the line of numbers below it, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.style.layout import Layout, Region

# How high the line below is where it is one line, and the share of the body that it has elsewhere.
_LINE, _GAP = 1.12, 0.12
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
    def of(cls, layout: Layout) -> Composition:
        """Divide the body."""
        body, wide = layout.body, layout.panel_flow == "down"
        height = _LINE if wide else _SHARE[layout.aspect] * body.height
        line = replace(body, bottom=body.bottom + 0.05, top=body.bottom + height)
        return cls(replace(body, bottom=line.top + _GAP), line, wide)
