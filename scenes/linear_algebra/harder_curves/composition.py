"""Where the count and the chart stand beside the plane, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.style.layout import Layout, Region, Shade


@dataclass(frozen=True)
class Composition:
    """A panel as wide as its chart needs, over the plane.

    Attributes:
        count, chart: where the counter and the chart stand.
        data, window: what the plane's points keep within, and where it is seen.
        shades: the veils.
    """

    count: Region
    chart: Region
    data: Region
    window: Region
    shades: tuple[Shade, ...]

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        """Divide the frame: the chart at the left where it is wide, else above the plane."""
        safe, body, frame = layout.text_safe, layout.body, layout.frame
        if layout.panel_flow == "down":
            edge = -1.75
            count = Region(safe.left, 1.85, edge - 0.2, 2.85)
            chart = Region(frame.left, body.bottom, edge, 1.75)
            data, window = replace(layout.stage, left=edge + 0.8), replace(frame, left=edge)
        elif layout.frame.height > 1.2 * layout.frame.width:
            edge = 1.2
            count = Region(safe.left, 4.7, safe.right, 5.6)
            chart = Region(frame.left, edge, safe.right, 4.6)
            data = Region(-3.7, body.bottom, 3.7, edge - 0.4)
            window = replace(frame, top=edge)
        else:
            edge = 0.5
            count = Region(safe.right - 2.7, 1.6, safe.right, 2.6)
            chart = Region(frame.left, edge, count.left - 0.1, body.top)
            data = Region(-3.7, body.bottom + 0.05, 3.7, edge - 0.3)
            window = replace(frame, top=edge)
        return cls(count, chart, data, window, (layout.panel_shade_to(edge), layout.caption_shade))
