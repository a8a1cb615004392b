"""Charts: their numbers stand apart, beside their axes, and clear of what is drawn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from bounding_box import region_of
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.parts.charts.chart import Chart, axis_name
from scenes.style.layout import Region
from scenes.style.theme import THEMES

THEME = THEMES["dark"]
# What a viewer sees as a gap, in scene units: 12 pixels at 1080p.
LEAST_GAP = 0.09


def chart_of(
    region: Region, x_range: tuple[float, float], y_range: tuple[float, float], **options: object
) -> Chart:
    """Return a chart with both axes named, hence with numbers."""
    names = axis_name("x", THEME), axis_name("y", THEME)
    return Chart(region, THEME, x_range, y_range, x_name=names[0], y_name=names[1], **options)  # type: ignore[arg-type]


def apart(one: Region, other: Region) -> float:
    """Return the gap between two regions along the wider way; below nought if they share a place."""
    across = max(one.left, other.left) - min(one.right, other.right)
    return max(across, max(one.bottom, other.bottom) - min(one.top, other.top))


def holds_none(region: Region, points: np.ndarray) -> bool:
    """Tell whether no point `(n, 2)` lies within the region."""
    low, high = np.array([region.left, region.bottom]), np.array([region.right, region.top])
    return not ((points > low) & (points < high)).all(axis=1).any()


@settings(max_examples=60, deadline=None)
@given(
    width=st.floats(2.4, 9.0),
    height=st.floats(2.6, 6.0),
    reach=st.sampled_from([0.05, 0.54, 1.08, 2.7, 3.24, 6.48, 8.64, 40.0, 2000.0]),
    low=st.sampled_from([-1.0, -0.3, 0.0]),
)
def test_numbers_stand_apart_and_left_of_their_axis(
    width: float, height: float, reach: float, low: float
) -> None:
    chart = chart_of(Region(0.0, 0.0, width, height), (-reach, reach), (low, reach))
    along = [region_of(number) for number in chart.x_numbers]
    up = [region_of(number) for number in chart.y_numbers]
    assert all(right.left - left.right >= LEAST_GAP for left, right in pairwise(along))
    assert all(upper.bottom - lower.top >= LEAST_GAP for lower, upper in pairwise(up))
    assert all(apart(x, y) > 0 for x in along for y in up)
    assert all(number.right < chart.up or number.left > chart.up for number in up)
    assert len(chart.ticks.pieces) >= 3


def test_a_wide_chart_has_more_numbers_than_a_narrow_one() -> None:
    wide, narrow = (chart_of(Region(0.0, 0.0, w, 4.0), (-6.5, 6.5), (0.0, 6.5)) for w in (9.0, 3.5))
    assert len(wide.x_numbers) > len(narrow.x_numbers) >= 2


@pytest.mark.parametrize("highest", [5.0, 0.62, 0.024, 0.00031])
def test_room_on_the_left_grows_with_the_numbers_there(highest: float) -> None:
    region, safe = Region(-3.7, -2.4, 3.7, 0.8), Region(-3.6, -3.6, 3.6, 3.6)
    chart = chart_of(region, (-3.2, 4.6), (-0.17 * highest, highest), crossing="corner", safe=safe)
    assert chart.up == pytest.approx(chart.inner.left)
    assert len(chart.y_numbers) >= 2
    ends = [region_of(number).right for number in chart.y_numbers]
    assert max(ends) < chart.up - 0.2
    assert max(ends) == pytest.approx(min(ends), abs=1e-3)
    assert all(safe.contains(region_of(number)) for number in (*chart.x_numbers, *chart.y_numbers))


def test_numbers_give_way_to_curves_together() -> None:
    x = np.linspace(-4.3, 4.3, 241)
    curve = np.column_stack([x, np.where(x > 0, x, 0.2 * x)])
    region = Region(-2.0, -2.0, 3.0, 3.0)
    chart = chart_of(region, (-4.3, 4.3), (-0.9, 4.3), clear_of=[(curve, 0.1)])
    drawn = chart.to_scene(curve)
    assert all(
        holds_none(region_of(number).inset(-0.1), drawn) for number in (*chart.x_numbers, *chart.y_numbers)
    )
    heights = {
        side: {
            float(np.sign(number.get_center()[1] - chart.across))
            for number in chart.x_numbers
            if (number.get_center()[0] > chart.up) == side
        }
        for side in (False, True)
    }
    # The curve is below the axis on the left and above it on the right, the numbers the other way round.
    assert heights == {False: {1.0}, True: {-1.0}}


def test_a_number_without_a_clear_place_is_left_out_but_for_its_tick() -> None:
    y_range = (-2.0, 2.0)
    everywhere = np.column_stack([np.full(200, 2.0), np.linspace(*y_range, 200)])
    free, crowded = (
        chart_of(Region(-4.0, -2.0, 4.0, 2.0), (-4.3, 4.3), y_range, clear_of=clear_of)
        for clear_of in ([], [(everywhere, 0.1)])
    )
    assert [number.source for number in free.x_numbers if number.source != "2"] == [
        number.source for number in crowded.x_numbers
    ]
    assert "2" in [number.source for number in free.x_numbers]
    assert crowded.ticks.pieces == pytest.approx(free.ticks.pieces)


def test_a_chart_without_names_fills_its_region() -> None:
    region = Region(0.0, 0.0, 3.0, 2.0)
    chart = Chart(region, THEME, (-1.0, 1.0), (-1.0, 1.0))
    assert chart.inner == region
    assert not len(chart.x_numbers) + len(chart.y_numbers)


def test_an_axis_has_the_numbers_that_it_is_given_and_none_below_its_lowest() -> None:
    region = Region(-4.0, -3.0, 4.0, 3.0)
    chart = chart_of(
        region, (-90.0, 90.0), (-2.0, 6.0), crossing="corner", x_values=(-90.0, -45.0, 0.0), lowest_tick=0.0
    )
    assert [number.source for number in chart.x_numbers] == ["-90", "-45", "0"]
    assert min(float(number.source) for number in chart.y_numbers) == 0.0
    ticks = chart.ticks.pieces
    upright = ticks[ticks[:, 0, 0] == ticks[:, 1, 0]]
    level = ticks[ticks[:, 0, 1] == ticks[:, 1, 1]]
    assert upright[:, 0, 0] == pytest.approx(chart.to_scene(np.array([[-90, 0], [-45, 0], [0, 0]]))[:, 0])
    assert level[:, 0, 1].min() == pytest.approx(chart.point(0.0, 0.0)[1])
