"""Where the examples stand, and what is made of their errors, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.style.layout import TITLE_SIZE, Layout, Region

# Above what stands on an aside's floor stands a large number, in scene units.
NUMBER_ROOM = 0.95
# How high the floor is above the body's edge; a word stands below it.
_FLOOR, _NARROW_FLOOR = 0.8, 0.68
_CAPITAL = 0.72
# What the edge of a square adds to its width.
_EDGE = 0.05
# How wide the aside is, what parts it from the examples, and how wide the legend may be.
_WIDE, _NARROW, _APART = 3.6, 2.55, 0.4
_LEGEND = 3.7


@dataclass(frozen=True)
class Composition:
    """The examples in the larger part, and an aside beside them.

    Attributes:
        legend: the room of the legend, its bottom the title's baseline.
        floor: the height of the aside's floor, and of the examples' if they stand in one row.
    """

    examples: Region
    aside: Region
    legend: Region
    floor: float

    def most_area(self, count: int) -> float:
        """Return how large the squares of so many examples may be together, for column and mean to fit."""
        width, height = self.block.width - _EDGE, self.block.height
        return min(width * height, count * min(width, height) ** 2)

    @property
    def block(self) -> Region:
        """What may stand on the aside's floor."""
        return Region(self.aside.left, self.floor, self.aside.right, self.aside.top - NUMBER_ROOM)

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        """Divide the body; where the frame is narrow the aside is, too."""
        body, wide = layout.body, layout.panel_flow == "down"
        edge = body.right - (_WIDE if wide else _NARROW)
        return cls(
            examples=Region(body.left, body.bottom, edge - _APART, body.top),
            aside=Region(edge, body.bottom, body.right, body.top),
            legend=legend_room(layout),
            floor=body.bottom + (_FLOOR if wide else _NARROW_FLOOR),
        )


def legend_room(layout: Layout) -> Region:
    """Return the room of the legend, at the right end of the title's line."""
    # Ideographs are higher than capitals.
    safe, baseline = layout.text_safe, layout.title.top - _CAPITAL * TITLE_SIZE - 0.04
    return Region(safe.right - _LEGEND, baseline, safe.right, layout.title.top)
