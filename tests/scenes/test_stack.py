"""Things laid out one after the other keep apart, in order and inside."""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Rectangle

from scenes.base import region_of
from scenes.layout import Region
from scenes.parts.stack import stack

extents = st.integers(1, 60).map(lambda n: n / 10)
boxes = st.lists(st.tuples(extents, extents), min_size=1, max_size=5)
regions = st.builds(lambda w, h: Region(-3.0, -2.0, -3.0 + w, -2.0 + h), st.floats(3, 8), st.floats(3, 6))
Flow = Literal["down", "across"]
flows = st.sampled_from(["down", "across"])


def rectangles(sizes: list[tuple[float, float]]) -> list[Rectangle]:
    """Return a rectangle for every width and height."""
    return [Rectangle(width=width, height=height) for width, height in sizes]


@settings(max_examples=60)
@given(boxes, regions, flows, st.sampled_from([-1.0, 0.0, 1.0]))
def test_everything_is_inside_and_apart(
    sizes: list[tuple[float, float]], region: Region, flow: Flow, align: float
) -> None:
    items = rectangles(sizes)
    stack(region, items, flow, gap=0.2, align=align)
    placed = [region_of(item) for item in items]
    assert all(region.contains(box) for box in placed)
    for k, one in enumerate(placed):
        for other in placed[k + 1 :]:
            across = max(one.left, other.left) - min(one.right, other.right)
            up = max(one.bottom, other.bottom) - min(one.top, other.top)
            assert max(across, up) >= 0.2 - 1e-6


@settings(max_examples=60)
@given(boxes, regions, flows)
def test_nothing_grows_or_is_distorted(sizes: list[tuple[float, float]], region: Region, flow: Flow) -> None:
    items = rectangles(sizes)
    stack(region, items, flow)
    for item, (width, height) in zip(items, sizes, strict=True):
        assert item.width <= width + 1e-9
        assert item.width / item.height == pytest.approx(width / height)


@settings(max_examples=40)
@given(boxes, regions)
def test_downwards_the_order_is_kept_and_gaps_are_equal(
    sizes: list[tuple[float, float]], region: Region
) -> None:
    items = rectangles(sizes)
    stack(region, items, "down", gap=0.2)
    placed = [region_of(item) for item in items]
    gaps = [upper.bottom - lower.top for upper, lower in itertools.pairwise(placed)]
    assert gaps == pytest.approx([gaps[0]] * len(gaps) if gaps else [])
    assert all(0.2 - 1e-6 <= gap <= 0.6 + 1e-6 for gap in gaps)
    # What is left over is the same above and below.
    assert region.top - placed[0].top == pytest.approx(placed[-1].bottom - region.bottom, abs=1e-6)


def test_what_fits_keeps_its_size_and_stands_at_its_side() -> None:
    region = Region(0.0, 0.0, 4.0, 4.0)
    for align, edge in ((-1.0, 0.0), (0.0, 1.5), (1.0, 3.0)):
        items = rectangles([(1.0, 0.5), (1.0, 1.0)])
        stack(region, items, "down", align=align)
        assert [item.width for item in items] == pytest.approx([1.0, 1.0])
        assert [item.get_left()[0] for item in items] == pytest.approx([edge, edge])


def test_across_small_things_stand_in_one_row() -> None:
    items = rectangles([(1.0, 0.5), (1.0, 1.0), (0.5, 0.5)])
    stack(Region(0.0, 0.0, 6.0, 2.0), items, "across")
    assert np.ptp([item.get_center()[1] for item in items]) == pytest.approx(0)
    left = [item.get_left()[0] for item in items]
    assert left == sorted(left)
