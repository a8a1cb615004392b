"""Regions of the frame keep apart and keep off its edges, in every aspect."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes.style.layout import (
    ACTION_MARGIN,
    CAPTION_SIZE,
    LAYOUTS,
    SHORT_SIDE,
    SMALL_SIZE,
    TEXT_MARGIN,
    Layout,
    Region,
    Shade,
)

EDGES = ("left", "right", "bottom", "top")
layouts = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
edges = st.integers(-80, 80).map(lambda n: n / 10)
extents = st.integers(20, 100).map(lambda n: n / 10)
regions = st.builds(lambda x, y, w, h: Region(x, y, x + w, y + h), edges, edges, extents, extents)
shares_ = st.lists(st.floats(0.5, 5), min_size=1, max_size=5)


def overlap(one: Region, other: Region) -> bool:
    """Tell whether two regions share more than an edge."""
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > 1e-9 and up > 1e-9


@layouts
def test_the_frame_has_its_aspect(layout: Layout) -> None:
    across, up = (int(side) for side in layout.aspect.split(":"))
    assert layout.frame_width / layout.frame_height == pytest.approx(across / up)
    assert min(layout.frame_width, layout.frame_height) == pytest.approx(SHORT_SIDE)
    assert layout.frame.center == pytest.approx([0, 0, 0])
    assert LAYOUTS[layout.aspect] is layout


@layouts
def test_regions_are_disjoint(layout: Layout) -> None:
    names = ("title", "panel", "stage", "caption", "pips")
    for one, other in combinations(names, 2):
        assert not overlap(getattr(layout, one), getattr(layout, other)), f"{one} and {other}"
    for other in ("title", "caption", "pips"):
        assert not overlap(layout.body, getattr(layout, other)), f"body and {other}"


@layouts
def test_regions_are_within_the_safe_areas(layout: Layout) -> None:
    for name in ("title", "panel", "caption", "body"):
        assert layout.text_safe.contains(getattr(layout, name)), name
    for name in ("stage", "pips"):
        assert layout.action_safe.contains(getattr(layout, name)), name
    assert layout.frame.contains(layout.action_safe)
    assert layout.action_safe.contains(layout.text_safe)


@layouts
def test_safe_areas_keep_the_margins(layout: Layout) -> None:
    for safe, margin in ((layout.text_safe, TEXT_MARGIN), (layout.action_safe, ACTION_MARGIN)):
        assert safe.left - layout.frame.left >= margin * layout.frame_width - 1e-9
        assert layout.frame.top - safe.top >= margin * layout.frame_height - 1e-9
        assert safe.right == pytest.approx(-safe.left)
    if layout.frame_height > layout.frame_width:
        assert layout.text_safe.bottom - layout.frame.bottom >= 0.2 * layout.frame_height - 1e-9


@layouts
def test_regions_are_large_enough_for_what_they_hold(layout: Layout) -> None:
    lines = 1 if layout.panel_flow == "down" else 2
    assert layout.caption.height >= lines * layout.caption_size
    assert layout.title.height >= SMALL_SIZE
    assert layout.stage.width * layout.stage.height >= 0.3 * layout.frame_width * layout.frame_height
    assert layout.caption_size <= CAPTION_SIZE
    # A letter x is about half an em; 15 pixels of 1080 are wanted.
    assert layout.caption_size * 0.45 >= 15 / 1080 * SHORT_SIDE


@layouts
def test_halves_share_the_body(layout: Layout) -> None:
    first, second = layout.halves()
    assert not overlap(first, second)
    assert layout.body.contains(first)
    assert layout.body.contains(second)
    assert first.width == pytest.approx(second.width)
    assert first.height == pytest.approx(second.height)


@given(regions, shares_, st.floats(0, 0.3))
def test_columns_and_rows_fill_a_region(region: Region, shares: list[float], gap: float) -> None:
    columns, rows = region.columns(*shares, gap=gap), region.rows(*shares, gap=gap)
    assert columns[0].left == pytest.approx(region.left)
    assert columns[-1].right == pytest.approx(region.right)
    assert rows[0].top == pytest.approx(region.top)
    assert rows[-1].bottom == pytest.approx(region.bottom)
    for left, right in pairwise(columns):
        assert right.left - left.right == pytest.approx(gap)
    for upper, lower in pairwise(rows):
        assert upper.bottom - lower.top == pytest.approx(gap)
    for part, share in zip((*columns, *rows), (*shares, *shares), strict=True):
        assert region.contains(part)
        first, extent = (columns[0].width, part.width) if part in columns else (rows[0].height, part.height)
        assert extent / share == pytest.approx(first / shares[0])


@given(regions, st.floats(0, 1), st.floats(0, 1))
def test_places_in_a_region(region: Region, across: float, up: float) -> None:
    x, y, z = region.at(across, up)
    assert region.contains(Region(x, y, x, y))
    assert z == 0
    assert region.center == pytest.approx(
        [(region.left + region.right) / 2, (region.bottom + region.top) / 2, 0], abs=1e-9
    )
    assert region.contains(region.inset(0.5, 0.25))
    assert not region.inset(0.5).contains(region)


@given(regions, regions)
def test_regions_that_meet_have_all_in_common_that_lies_in_both(one: Region, other: Region) -> None:
    assume(overlap(one, other))
    common = one.overlap(other)
    assert one.contains(common)
    assert other.contains(common)
    for across in (0.0, 0.3, 1.0):
        for up in (0.0, 0.6, 1.0):
            x, y, _ = one.at(across, up)
            point = Region(x, y, x, y)
            assert common.contains(point) == other.contains(point)


@layouts
def test_what_is_read_lies_on_a_veil_and_the_stage_is_free_of_it(layout: Layout) -> None:
    for shade, held in (
        (layout.panel_shade, ("title", "panel")),
        (layout.caption_shade, ("caption", "pips")),
    ):
        for name in held:
            assert shade.solid.contains(getattr(layout, name)), name
        assert shade.whole.contains(shade.solid)
        assert shade.whole.width * shade.whole.height > shade.solid.width * shade.solid.height
    left, below = layout.panel_shade.solid, layout.caption_shade.solid
    for solid in (left, below):
        assert not overlap(solid, layout.stage)
        reaches = [abs(getattr(solid, edge) - getattr(layout.frame, edge)) < 1e-9 for edge in EDGES]
        assert sum(reaches) == 3, "a veil reaches three edges of the frame"
    assert layout.caption.bottom <= layout.caption_baseline <= layout.caption.top


def test_a_shade_thins_out_from_its_edge() -> None:
    shade = Shade(Region(-7, -4, -3, 4), "right", 1.0)
    assert shade.whole == Region(-7, -4, -2, 4)
    assert shade.ends == ((-3.0, 0.0), (-2.0, 0.0))
    upward = Shade(Region(-7, -4, 7, -3), "top", 0.5)
    assert upward.whole == Region(-7, -4, 7, -2.5)
    assert upward.ends == ((0.0, -3.0), (0.0, -2.5))
    downward = Shade(Region(-4, 1, 4, 4), "bottom", 0.5)
    assert downward.whole == Region(-4, 0.5, 4, 4)
    assert downward.ends == ((0.0, 1.0), (0.0, 0.5))


@layouts
def test_the_veil_under_the_panel_can_be_wider(layout: Layout) -> None:
    shade = layout.panel_shade_to(0.0)
    assert getattr(shade.solid, shade.edge) == 0.0
    assert shade.edge == layout.panel_shade.edge
