"""Where the three charts and what is written about each stand, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenes.style.layout import Layout, Region


@dataclass(frozen=True)
class Composition:
    """Three charts side by side where the frame is wide or square, else one below the other.

    Attributes:
        region: what the charts and their writing share.
        flow: across if they stand side by side.
        footer, heading, gap: what a chart row is laid out with, in scene units.
        lines: whether the arithmetic of a step takes two lines, or four short ones.
        most_ticks: steps on either axis.
    """

    region: Region
    flow: Literal["down", "across"]
    footer: float
    heading: float
    gap: float
    lines: Literal["two", "four"]
    most_ticks: tuple[int, int]

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        """Divide the body."""
        if layout.panel_flow == "down":
            return cls(layout.body, "across", 1.05, 0.0, 0.55, "two", (4, 4))
        if layout.frame.height < 1.2 * layout.frame.width:
            return cls(layout.body, "across", 1.6, 0.5, 0.3, "four", (3, 4))
        return cls(layout.body, "down", 2.35, 0.0, 0.5, "four", (5, 3))
