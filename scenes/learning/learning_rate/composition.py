"""Where the three charts and what is written about each stand, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Layout, Region


@dataclass(frozen=True)
class Composition:
    """Three charts side by side where the frame is wide or square, else one below the other.

    Attributes:
        region: what the charts and their writing share.
        flow: across if they stand side by side.
        footer, heading, gap: what a chart row is laid out with, in scene units.
        lines: whether the arithmetic of a step takes two lines, or many short ones.
        align: where what is written stands in its room: -1 at the left, 0 in the middle.
        most_ticks: steps on either axis. name_size: the em of the x axis's name.
        before: the room for what stands before a heading, in scene units.
    """

    region: Region
    flow: Literal["down", "across"]
    footer: float
    heading: float
    gap: float
    lines: Literal["two", "many"]
    align: float
    most_ticks: tuple[int, int]
    name_size: float = LABEL_SIZE
    before: float = 0.72

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        """Divide the body."""
        if layout.panel_flow == "down":
            return cls(layout.body, "across", 1.05, 0.0, 0.55, "two", 0.0, (4, 4))
        if layout.frame.height < 1.2 * layout.frame.width:
            return cls(layout.body, "across", 1.6, 0.5, 0.3, "many", 0.0, (4, 4), SMALL_SIZE, 0.44)
        return cls(layout.body, "down", 2.3, 0.5, 0.6, "many", -1.0, (5, 3))
