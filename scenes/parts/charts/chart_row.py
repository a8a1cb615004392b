"""The same axes several times, side by side or one below the other, each with a heading and a footer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from manim import VGroup

from scenes.parts.charts.moving_chart import MovingChart
from scenes.style.layout import Region

# From the top of a chart to its heading, and from its numbers to its footer, in scene units.
_OVER, _UNDER = 0.14, 0.2
# From the name of the y axis to a heading beside it, and from a chart to what stands on its right.
_BESIDE, _ASIDE = 0.3, 0.35
# What the last chart keeps from the region's edge, for what leads out of it.
_END = 0.25
# How far a footer reaches beyond its chart on either side, and a heading above it on its left: a share of the
# gap between two charts.
_WIDER = 0.35
# A chart that is alone in the region is at most so high for its width.
_TALLEST = 0.9


class ChartRow(VGroup):
    """Charts of equal size and equal ranges, with numbers only where they are needed.

    Side by side they share the numbers of the first y axis, one below the other those of the last x axis.

    Attributes:
        charts: in their order.
        headings, footers: a region for each chart: above and below it, or on its right.
        inners: where the curves of each keep within, when all are apart.
        gathered: where they do when all lie upon each other.
        plot: the region from the first chart's curves to the last one's.
    """

    def __init__(
        self,
        region: Region,
        count: int,
        make: Callable[[Region], MovingChart],
        *,
        flow: Literal["down", "across"],
        footer: float,
        heading: float = 0.0,
        gap: float = 0.5,
    ) -> None:
        """Lay out `count` charts in a region.

        Args:
            make: returns a chart with names and numbers that fills a region.
            flow: across if they stand side by side.
            footer: the height of the footers; where charts stand one below the other, the width of all that
                is on their right.
            heading: the height of the headings; side by side and without one they stand beside the name of
                the y axis.
            gap: between two charts, in scene units.
        """
        super().__init__()
        self.flow, self.region = flow, region
        probe = make(region)
        self._margins = Region(
            probe.inner.left - region.left,
            probe.inner.bottom - region.bottom,
            region.right - probe.inner.right,
            region.top - probe.inner.top,
        )
        cut = self._across(footer, heading) if flow == "across" else self._down(footer)
        divide = cut.columns if flow == "across" else cut.rows
        self.inners = divide(*[1.0] * count, gap=gap)
        self.charts = tuple(make(self.around(inner)).occupy(inner) for inner in self.inners)
        self._leave_out()
        self.headings, self.footers = self._places(heading, gap)
        self.gathered = self._gathered()
        first, last = self.inners[0], self.inners[-1]
        self.plot = Region(first.left, last.bottom, last.right, first.top)
        self.add(*self.charts)

    def around(self, inner: Region) -> Region:
        """Return the region that a chart fills whose curves keep within `inner`."""
        margins = self._margins
        return Region(
            inner.left - margins.left,
            inner.bottom - margins.bottom,
            inner.right + margins.right,
            inner.top + margins.top,
        )

    def _across(self, footer: float, heading: float) -> Region:
        """Return where curves are, from the first chart to the last one, side by side."""
        region, margins = self.region, self._margins
        return Region(
            region.left + margins.left,
            region.bottom + footer + _UNDER + margins.bottom,
            region.right - _END,
            region.top - heading - margins.top,
        )

    def _down(self, aside: float) -> Region:
        """Return where curves are, from the first chart to the last one, one below the other."""
        region, margins = self.region, self._margins
        return Region(
            region.left + margins.left,
            region.bottom + margins.bottom,
            region.right - aside - _ASIDE,
            region.top - margins.top,
        )

    def _leave_out(self) -> None:
        """Take away numbers and names that another chart has for all."""
        for k, chart in enumerate(self.charts):
            if k > 0:
                chart.leave_out(chart.names[1])
            if self.flow == "across" and k > 0:
                chart.leave_out(*chart.y_numbers)
            if self.flow == "down" and k < len(self.charts) - 1:
                chart.leave_out(chart.names[0], *chart.x_numbers)

    def _places(self, heading: float, gap: float) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
        region, margins = self.region, self._margins
        if self.flow == "down":
            left, right = self.inners[0].right + _ASIDE, region.right
            heads, feet = [], []
            for inner in self.inners:
                top, bottom = inner.top + gap / 2, inner.bottom - gap / 4
                heads.append(Region(left, top - heading, right, top))
                feet.append(Region(left, bottom, right, top - heading - _UNDER))
            return tuple(heads), tuple(feet)
        name = self.charts[0].names[1]
        left = float(name.get_right()[0]) - self.inners[0].left + _BESIDE if not heading else 0.0
        up = margins.top if heading else 0.0
        wider = _WIDER * gap
        heads = [
            Region(inner.left + left - wider * bool(heading), inner.top + up + _OVER, inner.right, region.top)
            for inner in self.inners
        ]
        floor = self.inners[0].bottom - margins.bottom - _UNDER
        feet = [
            Region(inner.left - wider, region.bottom, inner.right + wider, floor) for inner in self.inners
        ]
        return tuple(heads), tuple(feet)

    def _gathered(self) -> Region:
        region, margins = self.region, self._margins
        left, right = region.left + margins.left, region.right - margins.right
        bottom, top = region.bottom + margins.bottom, region.top - margins.top
        spare = max(top - bottom - _TALLEST * (right - left), 0.0) / 2
        return Region(left, bottom + spare, right, top - spare)

    def spread(self, share: float) -> None:
        """Have the charts come this share of the way from lying upon each other to being apart."""
        for chart, inner in zip(self.charts, self.inners, strict=True):
            chart.occupy(between(self.gathered, inner, share))


def between(start: Region, end: Region, share: float) -> Region:
    """Return the region that has come this share of the way from one to another."""
    sides = zip(
        (start.left, start.bottom, start.right, start.top),
        (end.left, end.bottom, end.right, end.top),
        strict=True,
    )
    return Region(*(a + share * (b - a) for a, b in sides))
