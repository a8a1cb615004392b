"""A surface is drawn where its camera puts it, and its contours lie where the loss is their level."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import FloatArray
from scenes.parts.surface.contours import contours
from scenes.parts.surface.lines import SurfaceLines
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.shading import shades
from scenes.parts.surface.surface import Surface
from scenes.parts.surface.trail import Trail
from scenes.parts.surface.viewpoint import ABOVE, Viewpoint
from scenes.style.colour import contrast, rgb
from scenes.style.layout import Region
from scenes.style.theme import DARK, LIGHT, THEMES

FIRST, SECOND = np.linspace(-2.0, 2.0, 41), np.linspace(-1.0, 3.0, 41)
SIDE = Viewpoint(0.7, 0.25, 1.3, np.array([0.5, -0.2]))
viewpoints = st.builds(
    lambda azimuth, elevation, unit, x, y: Viewpoint(azimuth, elevation, unit, np.array([x, y])),
    st.floats(-3, 3),
    st.floats(0, ABOVE),
    st.floats(0.1, 5),
    st.floats(-3, 3),
    st.floats(-3, 3),
)


def bumpy(weights: FloatArray) -> FloatArray:
    x, y = weights[..., 0], weights[..., 1]
    return np.asarray(0.02 + (x**2 + y - 1.5) ** 2 + (x + y**2 - 2.0) ** 2)


def relief() -> Relief:
    return Relief(FIRST, SECOND, bumpy(np.stack(np.meshgrid(FIRST, SECOND), axis=-1)))


def by_hand(viewpoint: Viewpoint, point: FloatArray) -> FloatArray:
    """Turn the world about its z axis, then tip it towards the viewer, then look along y."""
    a, e = viewpoint.azimuth, viewpoint.elevation
    turn = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    tip = np.array([[1, 0, 0], [0, np.cos(e), -np.sin(e)], [0, np.sin(e), np.cos(e)]])
    seen = tip @ turn @ point
    return viewpoint.place + viewpoint.unit * seen[[0, 2]]


@settings(max_examples=25)
@given(viewpoints, st.tuples(*[st.floats(-2, 2)] * 3))
def test_the_camera_turns_about_the_upright_axis_and_then_tips(viewpoint, point) -> None:
    assert viewpoint.project(np.array(point)) == pytest.approx(by_hand(viewpoint, np.array(point)), abs=1e-12)


@settings(max_examples=10)
@given(viewpoints, viewpoints, st.floats(0, 1))
def test_corners_are_the_camera_of_weights_and_height(start, end, t) -> None:
    ground = relief()
    viewpoint = start.towards(end, t)
    surface = Surface(ground, DARK, start).look_from(viewpoint)
    for row, column in ((0, 0), (7, 31), (40, 40), (20, 5)):
        world = np.array(
            [
                FIRST[column],
                SECOND[row] - 1.0,
                ground.rise * ground.heights(bumpy(np.array([FIRST[column], SECOND[row]]))),
            ]
        )
        assert surface.corners[row, column] == pytest.approx(by_hand(viewpoint, world), abs=1e-9)


def test_from_above_the_ground_is_a_map() -> None:
    ground = relief()
    above = Viewpoint(0.0, ABOVE, 2.0, np.array([1.0, 1.0]))
    flat = Surface(ground, DARK, above).corners
    weights = np.stack(np.meshgrid(FIRST, SECOND), axis=-1)
    assert flat == pytest.approx(np.array([1.0, 1.0]) + 2.0 * (weights - ground.middle), abs=1e-12)


@settings(max_examples=25)
@given(st.floats(0.02, 60), st.floats(0.02, 60))
def test_heights_keep_the_order_of_losses(one, other) -> None:
    ground = relief()
    heights = ground.heights([one, other])
    assert np.sign(np.diff(heights)) == np.sign(other - one) or abs(other - one) < 1e-9
    if ground.limits[0] <= one <= ground.limits[1]:
        assert 0.0 <= heights[0] <= 1.0 + 1e-12
        assert ground.loss_at_height(float(heights[0])) == pytest.approx(one, rel=1e-9)
    assert ground.heights(ground.limits).tolist() == pytest.approx([0.0, 1.0])


def test_contours_lie_where_the_loss_is_their_level() -> None:
    ground = relief()
    levels = [0.1, 0.5, 2.0, 8.0]
    found = contours(ground, [*levels, 1e6], bumpy)
    assert [each.level for each in found] == levels
    for each in found:
        assert sum(map(len, each.lines)) > 10
        for line in each.lines:
            assert bumpy(line) == pytest.approx(np.full(len(line), each.level), rel=1e-4)
            assert ground.holds(line).all()


def test_a_flat_ground_has_no_height_no_contours_and_hides_nothing() -> None:
    ground = Relief(FIRST, SECOND, np.full((41, 41), 0.7))
    assert ground.flat
    assert not ground.corners[..., 2].any()
    assert contours(ground, [0.7], lambda weights: np.full(len(weights), 0.7)) == ()
    assert not ground.hidden(ground.corners.reshape(-1, 3), SIDE).any()
    assert np.isfinite(shades(ground, LIGHT)).all()


def test_what_lies_behind_a_hill_is_hidden_and_from_above_nothing_is() -> None:
    x = np.linspace(-1, 1, 41)
    wall = Relief(x, x, np.where(np.abs(x)[:, None] < 0.12, 1.0, 0.0) + 0 * x)
    points = wall.lift(np.array([[0.0, -0.5], [0.0, 0.2], [0.0, 0.9]]), [0.0, 0.0, 0.0])
    low = Viewpoint(0.0, np.arctan2(wall.rise, 0.4), 1.0, np.zeros(2))
    # Over the wall, sight reaches the ground 0.4 behind its edge.
    assert wall.hidden(points, low).tolist() == [False, True, False]
    behind = Viewpoint(np.pi, low.elevation, 1.0, np.zeros(2))
    assert wall.hidden(points, behind).tolist() == [False, False, False]
    assert wall.hidden(points * [1, -1, 1], behind).tolist() == [False, True, False]
    assert not wall.hidden(points, Viewpoint(0.3, ABOVE, 1.0, np.zeros(2))).any()


def test_hidden_pieces_of_lines_are_not_drawn() -> None:
    ground = relief()
    line = np.column_stack([np.linspace(-2, 2, 200), np.full(200, 1.2)])
    lines = SurfaceLines(ground, SIDE, "#ffffff", 3.0).take((ground.lift(line, bumpy(line)),))
    seen = ~ground.hidden(lines.lines[0], SIDE)
    assert 0 < seen.sum() < 200
    assert len(lines.pieces) == np.count_nonzero(seen[:-1] & seen[1:])
    lines.look_from(Viewpoint(0.0, ABOVE, 1.0, np.zeros(2)))
    assert len(lines.pieces) == 199
    box = Region(-0.5, -9.0, 0.5, 9.0)
    cut = SurfaceLines(ground, lines.viewpoint, "#ffffff", 3.0, window=box).take(lines.lines)
    assert np.abs(cut.pieces[..., 0]).max() <= 0.5 + 1e-9


def picture(surface: Surface) -> FloatArray:
    """Return the picture that a surface draws, `(400, 400, 4)`."""
    sheet = cairo.ImageSurface(cairo.FORMAT_ARGB32, 400, 400)
    context = cairo.Context(sheet)
    context.translate(200, 200)
    context.scale(50, -50)
    surface.draw_on(None, context)  # type: ignore[arg-type]
    sheet.flush()
    return np.ndarray((400, 400, 4), np.uint8, sheet.get_data()).astype(float) / 255


def test_the_picture_has_the_mesh_where_its_corners_are_without_seams() -> None:
    surface = Surface(relief(), DARK, Viewpoint(0.0, ABOVE, 1.5, np.zeros(2)))
    drawn = picture(surface)
    inner = drawn[60:340, 60:340]
    assert (inner[..., 3] == 1.0).all()
    assert not drawn[:40].any()
    assert not drawn[:, 360:].any()
    for row, column in ((20, 20), (5, 33), (30, 12)):
        x, y = surface.corners[row, column]
        # Cairo's red is Manim's blue.
        seen = drawn[round(200 - 50 * y), round(200 + 50 * x), :3]
        assert seen == pytest.approx(surface.colours[row, column], abs=0.03)


def test_near_hills_are_drawn_over_far_ones_from_every_side() -> None:
    x = np.linspace(-1, 1, 21)
    ridge = Relief(x, x, np.where(np.abs(x)[:, None] < 0.08, 1.0, 0.0) + 0 * x)
    surface = Surface(ridge, DARK, SIDE)
    for azimuth in (0.3, 2.0, -2.8):
        surface.look_from(Viewpoint(azimuth, 0.5, 2.5, np.zeros(2)))
        drawn = picture(surface)
        top = np.array([10, 10])
        x, y = surface.corners[tuple(top)]
        seen = drawn[round(200 - 50 * y) + 2, round(200 + 50 * x), :3]
        assert np.abs(seen - surface.colours[tuple(top)]).max() < 0.2


def test_a_surface_is_lifted_from_the_far_side() -> None:
    surface = Surface(relief(), DARK, Viewpoint(0.0, ABOVE, 1.5, np.zeros(2)))
    whole = picture(surface)[..., 3].sum()
    half = picture(surface.lift_to(1.0))[..., 3]
    assert half.sum() == pytest.approx(whole / 2, rel=0.03)
    assert not half[210:].any()
    assert not picture(surface.lift_to(3.0)).any()


@pytest.mark.parametrize("style", ["whole", "dashed", "thin"])
def test_a_trail_is_the_camera_of_its_walk_as_far_as_it_has_come(style) -> None:
    ground = relief()
    times = np.linspace(0.0, 6.0, 61)
    weights = np.column_stack([np.linspace(-1.5, 2.4, 61), np.linspace(2.5, 0.5, 61)])
    walk = ground.lift(weights, bumpy(weights))
    above = Viewpoint(0.0, ABOVE, 1.5, np.zeros(2))
    trail = Trail(ground, above, DARK, "class_0", walk, times, style=style)
    assert len(trail.line.pieces) == 0
    assert trail.ball.place == pytest.approx(above.project(walk[:1]))
    trail.show(3.05)
    assert trail.ball.place[0] == pytest.approx(above.project((walk[30] + walk[31]) / 2))
    ends = trail.line.pieces.reshape(-1, 2)
    assert ends[-1] == pytest.approx(trail.ball.place[0]) or style == "dashed"
    length = np.hypot(*(trail.line.pieces[:, 1] - trail.line.pieces[:, 0]).T).sum()
    walked = np.hypot(*(trail.ball.place[0] - above.project(walk[0])))
    assert length == pytest.approx(walked, rel=1e-6) or (style == "dashed" and length < 0.75 * walked)
    marks = above.project(walk[[0, 10, 20, 30]]) if style != "dashed" else np.zeros((0, 2))
    assert trail.marks.positions == pytest.approx(marks)
    # It leaves the ground at a weight of 2.
    trail.show(6.0)
    assert len(trail.ball.place) == 0
    assert trail.line.pieces[..., 0].max() <= 2.0 * 1.5 + 1e-9
    aside = trail.look_from(SIDE)
    hidden = ground.hidden(walk, SIDE)
    assert hidden.any()
    shown = SIDE.project(walk[~hidden])
    apart = np.abs(aside.line.pieces.reshape(-1, 1, 2) - shown).max(axis=2).min(axis=1)
    assert style == "dashed" or apart.max() < 1e-6


def test_marks_of_a_trail_stay_within() -> None:
    ground = relief()
    weights = np.column_stack([np.linspace(-1.5, 1.5, 4), np.full(4, 1.0)])
    walk, times = ground.lift(weights, bumpy(weights)), np.arange(4.0)
    above = Viewpoint(0.0, ABOVE, 1.0, np.zeros(2))
    trail = Trail(ground, above, DARK, "class_0", walk, times, within=Region(-1.0, -1.0, 1.0, 1.0)).show(3.0)
    assert trail.marks.positions == pytest.approx(np.array([[-0.5, 0.0], [0.5, 0.0]]))
    assert len(trail.ball.place) == 0
    assert len(trail.line.pieces) == 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_valleys_are_nearer_to_the_page_than_heights(theme) -> None:
    ground = relief()
    colours, heights = shades(ground, theme), ground.heights(ground.losses)
    page = rgb(theme["background"])
    low, high = (colours[np.unravel_index(pick(heights), heights.shape)] for pick in (np.argmin, np.argmax))
    assert contrast(low, page) < 1.6
    assert contrast(high, page) > 2.5
    assert ((colours >= 0) & (colours <= 1)).all()


@settings(max_examples=10)
@given(viewpoints)
def test_a_held_ground_fills_its_box(viewpoint) -> None:
    corners = relief().corners.reshape(-1, 3)
    low, high = np.array([-2.0, -1.0]), np.array([4.0, 1.5])
    seen = viewpoint.holding(low, high, corners).project(corners)
    assert (seen >= low - 1e-9).all()
    assert (seen <= high + 1e-9).all()
    spans = np.ptp(seen, axis=0) / (high - low)
    assert spans.max() == pytest.approx(1.0)
    assert (seen.min(axis=0) + seen.max(axis=0)) / 2 == pytest.approx((low + high) / 2)
