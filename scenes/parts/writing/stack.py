"""Writings and diagrams laid out in a region, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
from manim import Mobject

from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]

_WIDEST_GAP = 3
# Where items would shrink to less than this, the gaps between them give way first, to this share.
_SMALL, _NARROWEST_GAP = 0.92, 0.4


def stack(
    region: Region,
    items: Sequence[Mobject],
    flow: Literal["down", "across"] = "down",
    *,
    gap: float = 0.28,
    align: float = 0.0,
) -> None:
    """Stand `items` in `region` one below the other, or beside the other in as many rows as suit.

    Downwards, an item too wide shrinks alone, and all shrink alike where together they are too high.
    Across, items break into the rows that leave them largest, and all shrink alike.

    Args:
        gap: the least gap, in scene units; spare room widens it up to three times, and across it gives way
            where items would become too small to be read.
        align: −1 left (or bottom), 0 middle, 1 right (or top) across the flow.
    """
    if flow == "down":
        for item in items:
            item.scale(min(1.0, region.width / max(item.width, 1e-9)))
        _stand(region, items, gap, align, along=1)
        return
    if _factor(region, _sizes(items), _largest_rows(region, _sizes(items), gap), gap) < _SMALL:
        gap *= _NARROWEST_GAP
    rows = _largest_rows(region, _sizes(items), gap)
    heights = [max(items[k].height for k in row) for row in rows]
    factor = _factor(region, _sizes(items), rows, gap)
    for item in items:
        item.scale(factor)
    bands = _bands(region, [factor * height for height in heights], gap)
    for row, band in zip(rows, bands, strict=True):
        _stand(band, [items[k] for k in row], gap, align, along=0)


def _stand(region: Region, items: Sequence[Mobject], gap: float, align: float, *, along: int) -> None:
    """Stand items in one line along an axis, 0 rightwards or 1 downwards, shrunk alike if need be."""
    across = 1 - along
    room = np.array([region.width, region.height])
    sizes = _sizes(items)
    factor = min(1.0, (room[along] - gap * (len(items) - 1)) / max(sizes[:, along].sum(), 1e-9))
    for item in items:
        item.scale(max(factor, 1e-6))
    sizes *= factor
    spare = (room[along] - sizes[:, along].sum()) / max(len(items) - 1, 1)
    step = min(spare, _WIDEST_GAP * gap)
    used = sizes[:, along].sum() + step * (len(items) - 1)
    cursor = (room[along] - used) / 2
    for item, size in zip(items, sizes, strict=True):
        middle = np.zeros(3)
        place = cursor + size[along] / 2
        middle[along] = region.left + place if along == 0 else region.top - place
        middle[across] = region.center[across] + align * (room[across] - size[across]) / 2
        item.move_to(middle)
        cursor += size[along] + step


def _sizes(items: Sequence[Mobject]) -> FloatArray:
    """Return widths and heights `(n, 2)`."""
    return np.array([[item.width, item.height] for item in items], dtype=np.float64)


def _largest_rows(region: Region, sizes: FloatArray, gap: float) -> list[list[int]]:
    """Return the way to break items into rows that shrinks them least; of equals, the fewest rows."""

    def merit(rows: list[list[int]]) -> tuple[float, int]:
        return round(_factor(region, sizes, rows, gap), 6), -len(rows)

    return max(_breaks(len(sizes)), key=merit)


def _breaks(count: int) -> Iterator[list[list[int]]]:
    for cuts in range(count):
        for places in combinations(range(1, count), cuts):
            edges = (0, *places, count)
            yield [list(range(a, b)) for a, b in pairwise(edges)]


def _factor(region: Region, sizes: FloatArray, rows: list[list[int]], gap: float) -> float:
    """Return by how much items in these rows must shrink to fit, at most 1."""
    across = min((region.width - gap * (len(row) - 1)) / max(sizes[row, 0].sum(), 1e-9) for row in rows)
    height = sum(sizes[row, 1].max() for row in rows)
    up = (region.height - gap * (len(rows) - 1)) / max(height, 1e-9)
    return float(max(1e-6, min(1.0, across, up)))


def _bands(region: Region, heights: list[float], gap: float) -> Iterator[Region]:
    """Yield the region of each row, top to bottom, as far apart as the room allows."""
    spare = (region.height - sum(heights)) / max(len(heights) - 1, 1)
    step = min(spare, _WIDEST_GAP * gap)
    top = region.center[1] + (sum(heights) + step * (len(heights) - 1)) / 2
    for height in heights:
        yield Region(region.left, top - height, region.right, top)
        top -= height + step
