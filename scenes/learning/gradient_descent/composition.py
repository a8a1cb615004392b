"""Where the loss curve and the plane stand beside each other, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scenes.style.layout import TITLE_SIZE, Layout, Region, Shade

# The room of the learning rate in scene units, and the height of a capital in ems.
_RATE, _CAPITAL = 1.7, 0.72


@dataclass(frozen=True)
class Composition:
    """A chart over a veil on one side, the plane on the other.

    Attributes:
        chart, sum, count: where the chart, the step in numbers, and the counter stand.
        rate: where the learning rate stands, on the title's line.
        diagram: what the network has to itself before the chart is there.
        data, window: what the plane's points keep within, and where it is seen.
        shades: the veils.
        flow: whether the sum is a line or a column.
    """

    chart: Region
    sum: Region
    count: Region
    diagram: Region
    data: Region
    window: Region
    rate: Region
    shades: tuple[Shade, ...]
    flow: Literal["down", "across"]

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        """Divide the frame: side by side where it is wide, else the chart above the plane."""
        if layout.panel_flow == "down":
            return cls._beside(layout)
        return cls._above(layout, square=layout.frame.height < 1.2 * layout.frame.width)

    @classmethod
    def _beside(cls, layout: Layout) -> Composition:
        safe, body, edge = layout.text_safe, layout.body, -1.0
        floor = body.bottom + 0.95
        caption = replace(layout.caption_shade, solid=replace(layout.caption_shade.solid, top=floor))
        return cls(
            chart=Region(layout.frame.left, body.bottom, edge, 1.9),
            sum=Region(safe.left, 1.98, edge - 0.2, 3.0),
            count=Region(0.4, body.bottom, 6.4, floor - 0.1),
            diagram=Region(safe.left, body.bottom, edge - 0.4, 2.7),
            data=Region(0.0, floor + 0.3, 6.6, 3.7),
            window=replace(layout.frame, left=edge),
            rate=_rate(layout, edge - 0.2),
            shades=(layout.panel_shade_to(edge), caption),
            flow="across",
        )

    @classmethod
    def _above(cls, layout: Layout, *, square: bool) -> Composition:
        safe, frame, body = layout.text_safe, layout.frame, layout.body
        if square:
            edge = 0.2
            aside = Region(safe.right - 2.5, edge + 0.05, safe.right, body.top)
            return cls(
                chart=Region(frame.left, edge, aside.left - 0.1, body.top),
                sum=replace(aside, bottom=edge + 1.05),
                count=replace(aside, top=edge + 0.85),
                diagram=Region(safe.left, edge + 0.1, aside.left - 0.1, body.top),
                data=Region(-3.7, body.bottom + 0.05, 3.7, edge - 0.3),
                window=replace(frame, top=edge),
                rate=_rate(layout, safe.right),
                shades=(layout.panel_shade_to(edge), layout.caption_shade),
                flow="down",
            )
        edge, floor = 1.2, body.bottom + 1.0
        caption = replace(layout.caption_shade, solid=replace(layout.caption_shade.solid, top=floor))
        return cls(
            chart=Region(frame.left, edge, safe.right, 4.5),
            sum=Region(safe.left, 4.6, safe.right, 5.6),
            count=Region(safe.left, body.bottom, safe.right, floor - 0.1),
            diagram=Region(safe.left, edge + 0.1, safe.right, 5.4),
            data=Region(-3.7, floor + 0.1, 3.7, edge - 0.3),
            window=replace(frame, top=edge),
            rate=_rate(layout, safe.right),
            shades=(layout.panel_shade_to(edge), caption),
            flow="across",
        )


def _rate(layout: Layout, end: float) -> Region:
    """Return the room of the learning rate, its bottom the title's baseline."""
    return Region(end - _RATE, layout.title.top - _CAPITAL * TITLE_SIZE, end, layout.title.top)
