"""Writings and diagrams laid out in a region, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from manim import Mobject

from scenes.layout import Region


def stack(
    region: Region,
    items: Sequence[Mobject],
    flow: Literal["down", "across"] = "down",
    *,
    gap: float = 0.28,
    align: float = 0.0,
) -> None:
    """Stand `items` in `region` one below (or beside) the other with equal gaps.

    An item too wide for the flow shrinks alone; all shrink alike where together they are too long for it.

    Args:
        gap: the least gap, in scene units; spare room widens it up to three times.
        align: −1 left (or bottom), 0 middle, 1 right (or top) across the flow.
    """
    along, across = (1, 0) if flow == "down" else (0, 1)
    room = np.array([region.width, region.height])
    for item in items:
        extent = (item.width, item.height)[across]
        item.scale(min(1.0, room[across] / max(extent, 1e-9)))
    sizes = np.array([[item.width, item.height] for item in items])
    factor = min(1.0, (room[along] - gap * (len(items) - 1)) / sizes[:, along].sum())
    for item in items:
        item.scale(max(factor, 1e-6))
    sizes *= factor
    spare = (room[along] - sizes[:, along].sum()) / max(len(items) - 1, 1)
    step = min(spare, 3 * gap)
    used = sizes[:, along].sum() + step * (len(items) - 1)
    cursor = (room[along] - used) / 2
    for item, size in zip(items, sizes, strict=True):
        middle = np.zeros(3)
        place = cursor + size[along] / 2
        middle[along] = region.top - place if flow == "down" else region.left + place
        middle[across] = region.center[across] + align * (room[across] - size[across]) / 2
        item.move_to(middle)
        cursor += size[along] + step
