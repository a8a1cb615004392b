"""Where the examples stand, and what is made of their errors, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.style.layout import TITLE_SIZE, Layout, Region

# Under an aside's floor stands a word, above what stands on the floor a large number; in scene units.
WORD_ROOM, NUMBER_ROOM = 0.52, 0.95
# The floor of both parts where they stand beside each other, above the body's edge.
_FLOOR = 0.8
_CAPITAL = 0.72
# What the edge of a square adds to its width.
_EDGE = 0.05
# How wide an aside is beside the examples, and how high below them; what parts the two.
_WIDE, _NARROW, _LOW, _APART = 3.6, 2.55, 3.3, 0.4
# The least width or height of the examples beside or above it.
_LEGEND = 3.7


@dataclass(frozen=True)
class Composition:
    """The examples in the larger part, and an aside beside or below them.

    Attributes:
        legend: the room of the legend, its bottom the title's baseline.
        floor: the height of the aside's floor, and of the examples' if they stand beside it in one row.
    """

    examples: Region
    aside: Region
    legend: Region
    floor: float

    @property
    def shared_floor(self) -> float | None:
        """The floor of both parts, if they stand beside each other."""
        return self.floor if self.aside.bottom == self.examples.bottom else None

    def most_area(self, count: int) -> float:
        """Return how large the squares of so many examples may be together, for column and mean to fit."""
        width, height = self.block.width - _EDGE, self.block.height
        return min(width * height, count * min(width, height) ** 2)

    @property
    def block(self) -> Region:
        """What may stand on the aside's floor."""
        return Region(self.aside.left, self.floor, self.aside.right, self.aside.top - NUMBER_ROOM)

    @classmethod
    def choices(cls, layout: Layout) -> tuple[Composition, ...]:
        """Return the ways to divide the body, the plainest first."""
        body, legend = layout.body, legend_room(layout)
        wide = layout.panel_flow == "down"
        edge = body.right - (_WIDE if wide else _NARROW)
        beside = cls(
            Region(body.left, body.bottom, edge - _APART, body.top),
            Region(edge, body.bottom, body.right, body.top),
            legend,
            body.bottom + (_FLOOR if wide else WORD_ROOM),
        )
        if wide:
            return (beside,)
        cut = body.bottom + min(_LOW, 0.42 * body.height)
        below = cls(
            Region(body.left, cut, body.right, body.top),
            Region(body.left, body.bottom, body.right, cut),
            legend,
            body.bottom + WORD_ROOM,
        )
        return beside, below


def legend_room(layout: Layout) -> Region:
    """Return the room of the legend, at the right end of the title's line."""
    # Ideographs are higher than capitals.
    safe, baseline = layout.text_safe, layout.title.top - _CAPITAL * TITLE_SIZE - 0.04
    return Region(safe.right - _LEGEND, baseline, safe.right, layout.title.top)
