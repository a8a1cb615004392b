"""Charts in a row: alike, apart, with numbers where they are needed, and able to lie upon each other."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
import pytest
from bounding_box import region_of
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.parts.charts.chart import axis_name
from scenes.parts.charts.chart_row import ChartRow, between
from scenes.parts.charts.moving_chart import MovingChart
from scenes.style.layout import Region
from scenes.style.theme import THEMES

THEME = THEMES["dark"]
WIDE, TALL = Region(-6.4, -2.6, 6.4, 2.85), Region(-3.6, -2.85, 3.6, 5.65)


def chart(region: Region) -> MovingChart:
    names = axis_name("x", THEME), axis_name("y", THEME)
    return MovingChart(
        region, THEME, (-2.0, 3.0), (-1.0, 9.0), x_name=names[0], y_name=names[1], crossing="corner"
    )


def row_of(flow: Literal["down", "across"], count: int, heading: float = 0.5) -> ChartRow:
    region, footer = (WIDE, 1.2) if flow == "across" else (TALL, 2.3)
    return ChartRow(region, count, chart, flow=flow, footer=footer, heading=heading)


def meet(one: Region, other: Region) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 1e-9 and min(one.top, other.top) - max(one.bottom, other.bottom) > 1e-9


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("flow", ["across", "down"])
@pytest.mark.parametrize("heading", [0.0, 0.5])
def test_charts_are_alike_and_nothing_is_in_the_place_of_another(
    flow: Literal["down", "across"], count: int, heading: float
) -> None:
    row = row_of(flow, count, heading)
    sizes = [(each.inner.width, each.inner.height) for each in row.charts]
    assert sizes == [pytest.approx(sizes[0])] * count
    assert [each.inner for each in row.charts] == list(row.inners)
    regions = [*row.inners, *row.footers, *(head for head in row.headings if head.height > 0)]
    assert not [pair for pair in combinations(regions, 2) if meet(*pair)]
    assert all(row.region.contains(inner) for inner in row.inners)
    written = [region_of(each) for panel in row.charts for each in panel.written]
    assert not [pair for pair in combinations(written, 2) if meet(*pair)]
    assert not [pair for pair in ((a, b) for a in written for b in row.footers) if meet(*pair)]
    assert all(row.region.contains(each, slack=0.02) for each in written)


def test_numbers_are_where_they_are_needed() -> None:
    across, down = row_of("across", 3), row_of("down", 3)
    assert [len(each.y_numbers) > 0 for each in across.charts] == [True, False, False]
    assert [len(each.x_numbers) > 0 for each in across.charts] == [True, True, True]
    assert [len(each.y_numbers) > 0 for each in down.charts] == [True, True, True]
    assert [len(each.x_numbers) > 0 for each in down.charts] == [False, False, True]


@settings(max_examples=20, deadline=None)
@given(share=st.floats(0, 1), flow=st.sampled_from(["across", "down"]))
def test_a_chart_on_its_way_keeps_data_ticks_and_numbers_together(
    share: float, flow: Literal["down", "across"]
) -> None:
    row = row_of(flow, 2)
    row.spread(share)
    for each, inner in zip(row.charts, row.inners, strict=True):
        assert each.inner == between(row.gathered, inner, share)
        corners = each.to_scene(np.array([[-2.0, -1.0], [3.0, 9.0]]))
        assert corners[0] == pytest.approx([each.inner.left, each.inner.bottom])
        assert corners[1] == pytest.approx([each.inner.right, each.inner.top])
        assert each.to_data(corners[1]) == pytest.approx([3.0, 9.0])
        ticks = each.ticks.pieces.mean(axis=1)
        for number in each.x_numbers:
            value = float(number.source)
            assert number.get_center()[0] == pytest.approx(each.point(value, 0.0)[0])
            assert np.abs(ticks[:, 0] - number.get_center()[0]).min() == pytest.approx(0.0, abs=1e-9)
        for number in each.y_numbers:
            assert number.get_center()[1] == pytest.approx(each.point(0.0, float(number.source))[1])
            assert number.get_right()[0] < each.inner.left
    if share == 0.0:
        assert len({each.inner for each in row.charts}) == 1
