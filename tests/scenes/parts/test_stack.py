"""Stacked items stay in their region, keep apart and keep their order."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
import pytest
from bounding_box import region_of
from hypothesis import given
from hypothesis import strategies as st
from manim import Rectangle

from scenes.parts.writing.stack import stack
from scenes.style.layout import Region

extents = st.integers(2, 60).map(lambda n: n / 10)
items_ = st.lists(st.tuples(extents, extents), min_size=1, max_size=6)
flows = st.sampled_from(["down", "across"])
ROOM = Region(-3.6, 1.2, 3.6, 3.0)


def stacked(
    sizes: list[tuple[float, float]], flow: Literal["down", "across"], gap: float = 0.1
) -> list[Region]:
    items = [Rectangle(width=width, height=height) for width, height in sizes]
    stack(ROOM, items, flow, gap=gap)
    return [region_of(item) for item in items]


@given(items_, flows)
def test_items_fit_and_keep_apart(sizes: list[tuple[float, float]], flow: Literal["down", "across"]) -> None:
    placed = stacked(sizes, flow)
    for k, one in enumerate(placed):
        assert ROOM.contains(one, slack=1e-4)
        assert one.width / one.height == pytest.approx(sizes[k][0] / sizes[k][1], rel=1e-3)
        for other in placed[k + 1 :]:
            beside = other.left - one.right
            below = one.bottom - other.top
            # Where much is crowded across, gaps give way before everything becomes too small.
            crowded = flow == "across" and one.width < 0.97 * sizes[k][0]
            assert max(beside, below) >= (0.04 if crowded else 0.1) - 1e-4


@given(items_)
def test_across_reads_like_a_text_and_shrinks_all_alike(sizes: list[tuple[float, float]]) -> None:
    placed = stacked(sizes, "across")
    factors = [region.width / width for region, (width, _) in zip(placed, sizes, strict=True)]
    assert np.allclose(factors, factors[0], rtol=1e-3)
    assert factors[0] <= 1 + 1e-6
    for one, other in pairwise(placed):
        assert other.left > one.right or other.top < one.bottom


def test_gaps_give_way_before_items_become_small() -> None:
    first, second = stacked([(4.0, 1.0)] * 2, "across", gap=0.5)
    assert second.left - first.right == pytest.approx(0.2, abs=1e-3)
    assert first.width == pytest.approx(3.5, rel=1e-3)
    first, second = stacked([(3.5, 1.0)] * 2, "across", gap=0.5)
    assert second.left - first.right == pytest.approx(0.5, abs=1e-3)


def test_rows_break_where_that_leaves_items_larger() -> None:
    wide = stacked([(3.4, 0.7)] * 4, "across")
    assert [region.width for region in wide] == pytest.approx([3.4] * 4, rel=1e-3)
    assert wide[0].bottom == pytest.approx(wide[1].bottom, abs=1e-3)
    assert wide[2].top < wide[1].bottom
    few = stacked([(1.0, 0.5)] * 3, "across")
    assert len({round(region.bottom, 3) for region in few}) == 1
