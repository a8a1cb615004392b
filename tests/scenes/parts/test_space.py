"""Grid, dots and basis vectors are moved by one and the same map, and are where it takes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnmath.datasets import two_curves
from nnmath.linear_map import LinearMap
from nnmath.plane_map import PlaneMap
from scenes.linear_algebra.basis_vectors.recipe_path import RecipePath
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.grid_lines import GridLines
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.style.layout import LAYOUTS, Region
from scenes.style.theme import THEMES

DARK = THEMES["dark"]
REGION = LAYOUTS["16:9"].stage
DATA = two_curves(0.7, 20)
VIEW = View.filling(LAYOUTS["16:9"], [DATA.points])
WINDOW = LAYOUTS["16:9"].frame
SPACE = Space(VIEW, DARK, DATA)
coordinates = st.integers(-200, 200).map(lambda n: n / 100)
matrices = arrays(np.float64, (2, 2), elements=coordinates)
vectors = arrays(np.float64, 2, elements=coordinates)
folds = arrays(np.float64, 2, elements=st.sampled_from([0.0, 0.3, 1.0]))
units = st.floats(0.01, 8)


def by_hand(plane_map: PlaneMap, points: np.ndarray) -> np.ndarray:
    """Map points (n, 2) by the formula, written out."""
    inner = np.einsum("ij,nj->ni", plane_map.matrix, points) + plane_map.offset
    folded = np.maximum(inner, 0) + np.minimum(inner, 0) * (1 - plane_map.fold)
    return np.einsum("ij,nj->ni", plane_map.outer_matrix, folded) + plane_map.outer_offset


def seen_in(region: Region, places: np.ndarray, slack: float = 0.0) -> np.ndarray:
    """Tell which places (n, 2) are in a region, less a margin."""
    inner = region.inset(slack)
    low, high = np.array([inner.left, inner.bottom]), np.array([inner.right, inner.top])
    return ((places >= low) & (places <= high)).all(axis=1)


def nearest(places: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return how far each of places (n, 2) is from the nearest of straight pieces (m, 2, 2)."""
    if not len(pieces):
        return np.full(len(places), np.inf)
    start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    share = np.einsum("nmk,mk->nm", places[:, None] - start, along) / np.maximum(
        (along**2).sum(axis=1), 1e-18
    )
    closest = start + np.clip(share, 0, 1)[:, :, None] * along
    distances: np.ndarray = np.hypot(*(places[:, None] - closest).transpose(2, 0, 1)).min(axis=1)
    return distances


def assert_shows(space: Space, plane_map: PlaneMap) -> None:
    """Check everything in a space against a map, by geometry alone."""
    view = space.view
    for label, cloud in zip(space.dataset.classes, space.dots, strict=True):
        image = by_hand(plane_map, space.dataset.of_class(label))
        assert cloud.positions == pytest.approx(view.origin + view.unit * image, abs=1e-9)
    origin = view.origin + view.unit * plane_map.offset
    for arrow, column in ((space.basis.i, 0), (space.basis.j, 1)):
        assert arrow.tail == pytest.approx(origin, abs=1e-9)
        assert arrow.head == pytest.approx(origin + view.unit * plane_map.matrix[:, column], abs=1e-9)
    grid, axes = space.plane.grid.pieces, space.plane.axes.pieces
    along = np.linspace(-12.0, 12.0, 601)
    spacing = space.plane.spacing
    for k in range(-3, 4):
        for line in (
            np.column_stack([np.full(601, k * spacing), along]),
            np.column_stack([along, np.full(601, k * spacing)]),
        ):
            image = view.origin + view.unit * by_hand(plane_map, line)
            seen = seen_in(view.seen, image, 1e-6)
            drawn = axes if k == 0 else grid
            # A line whose image is a single point is not drawn.
            there = seen.any() and np.hypot(*np.ptp(image, axis=0)) > 1e-3
            if there and (k == 0 or np.linalg.svd(plane_map.matrix, compute_uv=False)[-1] > 0.2):
                assert nearest(image[seen], drawn).max() < 1e-5
    for drawn in (grid, axes):
        assert seen_in(view.seen, drawn.reshape(-1, 2), -1e-6).all()


@settings(max_examples=40)
@given(matrices, vectors, folds)
def test_everything_is_where_the_map_takes_it(
    matrix: np.ndarray, offset: np.ndarray, fold: np.ndarray
) -> None:
    plane_map = PlaneMap(matrix, offset, fold)
    assert_shows(SPACE.show(plane_map), plane_map)


@settings(max_examples=15)
@given(matrices, st.sampled_from([0.0, 0.13, 0.5, 0.86, 1.0]))
def test_every_instant_of_a_motion_shows_one_map(matrix: np.ndarray, share: float) -> None:
    between = LinearMap(matrix).between
    motion = SPACE.move(lambda t: PlaneMap(between(t)), rate_func=lambda t: t)
    motion.begin()
    motion.interpolate(share)
    assert_shows(SPACE, PlaneMap(between(share)))


@settings(max_examples=25)
@given(matrices, vectors, folds)
def test_no_grid_line_is_invented(matrix: np.ndarray, offset: np.ndarray, fold: np.ndarray) -> None:
    plane = Plane(VIEW, DARK).show(PlaneMap(matrix, offset, fold))
    lines = GridLines.reaching(VIEW, plane.map, plane.spacing)
    assert np.all(lines.grid[:, 0] != lines.grid[:, 1], axis=1).sum() == 0, "a line that leans"
    fixed = np.where(lines.grid[:, 0, 0] == lines.grid[:, 1, 0], lines.grid[:, 0, 0], lines.grid[:, 0, 1])
    assert fixed / plane.spacing == pytest.approx(np.rint(fixed / plane.spacing), abs=1e-9)
    corners = []
    for start, end in np.concatenate([lines.grid, lines.axes]):
        first, last = matrix @ start + offset, matrix @ end + offset
        shares = [0.0, *sorted(a / (a - b) for a, b in zip(first, last, strict=True) if a * b < 0), 1.0]
        places = VIEW.to_scene(by_hand(plane.map, start + np.array(shares)[:, None] * (end - start)))
        corners += [[a, b] for a, b in pairwise(places)]
    drawn = np.concatenate([plane.grid.pieces, plane.axes.pieces])
    if len(drawn):
        assert nearest(drawn.mean(axis=1), np.array(corners)).max() < 1e-5


@settings(max_examples=60)
@given(matrices, vectors)
def test_no_line_of_the_grid_ends_in_sight(matrix: np.ndarray, offset: np.ndarray) -> None:
    assume(np.linalg.svd(matrix, compute_uv=False)[-1] > 0.02)
    plane = Plane(VIEW, DARK).show(PlaneMap(matrix, offset))
    for drawn in (plane.grid, plane.axes, plane.ghost):
        assert not seen_in(WINDOW, drawn.pieces.reshape(-1, 2), 1e-6).any()


@pytest.mark.parametrize("fold", [[0.5, 0.0], [1.0, 0.0], [1.0, 0.7], [1.0, 1.0]])
def test_lines_that_are_pressed_end_at_the_edge_or_bend_at_a_hinge(fold: list[float]) -> None:
    plane_map = PlaneMap(np.array([[0.42, 1.2], [-0.42, 1.2]]), np.array([-0.08, 0.3]), np.array(fold))
    plane = Plane(VIEW, DARK).show(plane_map)
    ends = plane.grid.pieces.reshape(-1, 2)
    inner = ends[seen_in(WINDOW, ends, 1e-6)]
    assert len(inner)
    assert np.abs(inner - VIEW.origin).min(axis=1).max() < 1e-6


def test_the_ghost_grid_stays_and_the_moved_one_stands_back() -> None:
    plane = Plane(VIEW, DARK)
    still = plane.ghost.pieces.copy()
    plane.show(PlaneMap(np.array([[1.0, 1.0], [0.0, 1.0]])))
    assert np.array_equal(plane.ghost.pieces, still)
    assert plane.grid.get_stroke_opacity() == 1.0
    plane.show(PlaneMap(np.array([[1.0, 0.98], [0.0, 0.02]])))
    assert plane.grid.get_stroke_opacity() < 0.5


def test_a_ghost_stays_where_the_data_were() -> None:
    space = Space(VIEW, DARK, DATA)
    before = [cloud.positions.copy() for cloud in space.dots]
    ghost = space.leave_ghost()
    space.show(PlaneMap(np.array([[0.0, -1.0], [1.0, 0.0]])))
    clouds = [each for each in ghost if isinstance(each, Dots)]
    for cloud, places in zip(clouds, before, strict=True):
        assert cloud.positions == pytest.approx(places)
        assert cloud.get_stroke_opacity() == pytest.approx(0.2)
    other = View(REGION, np.array([0.0, -1.0]), VIEW.unit * 0.5, WINDOW)
    space.look(other)
    assert clouds[0].positions == pytest.approx(other.to_scene(DATA.of_class(0)))


@pytest.mark.parametrize("count", [20, 50, 100])
@pytest.mark.parametrize("aspect", LAYOUTS)
def test_points_can_be_counted(count: int, aspect: str) -> None:
    data = two_curves(0.7, count)
    view = View.filling(LAYOUTS[aspect], [data.points])
    space = Space(view, DARK, data)
    for cloud in space.dots:
        gaps = np.hypot(*np.diff(cloud.positions, axis=0).T)
        assert space.diameter <= max(0.62 * np.median(gaps), 0.0301)
        assert space.diameter < 0.8 * gaps.min()


def test_the_motion_is_eased_and_exact_at_its_ends() -> None:
    target = np.array([[0.0, -1.0], [1.0, 0.0]])
    between = LinearMap(target).between
    motion = SPACE.move(lambda t: PlaneMap(between(t)))
    shown = []
    motion.begin()
    for alpha in np.linspace(0, 1, 11):
        motion.interpolate(alpha)
        shown.append(math.degrees(math.atan2(SPACE.map.matrix[1, 0], SPACE.map.matrix[0, 0])))
    motion.finish()
    assert np.array_equal(SPACE.map.matrix, target)
    turns = np.diff(shown)
    assert (turns > 0).all()
    assert shown[0] == pytest.approx(0)
    assert shown[5] == pytest.approx(45, abs=0.5)
    assert turns[0] < turns[5] / 3
    assert turns[-1] < turns[5] / 3


def test_followers_see_the_map_of_every_instant() -> None:
    space = Space(VIEW, DARK, DATA)
    seen: list[PlaneMap] = []
    space.followers.append(seen.append)
    maps = [PlaneMap(np.eye(2) * k) for k in (1, 2, 3)]
    for plane_map in maps:
        space.show(plane_map)
    assert seen == maps


def test_a_glide_changes_the_view_and_keeps_the_map() -> None:
    space = Space(VIEW, DARK, DATA)
    plane_map = PlaneMap(np.array([[1.0, 0.5], [0.0, 1.0]]), np.array([0.5, 0.0]), np.ones(2))
    space.show(plane_map)
    other = View(REGION, np.array([0.0, -1.0]), VIEW.unit * 2)
    glide = space.glide(other)
    for t in (0.0, 0.4, 1.0):
        glide._show(t)
        assert_shows(space, plane_map)
    assert space.view.unit == pytest.approx(other.unit)
    assert space.view.origin == pytest.approx(other.origin)


def test_classes_differ_by_more_than_colour() -> None:
    assert [cloud.square for cloud in SPACE.dots] == [False, True]
    assert SPACE.dots[0].get_stroke_color() != SPACE.dots[1].get_stroke_color()


@given(units)
def test_grid_lines_are_at_round_numbers_and_not_crowded(unit: float) -> None:
    plane = Plane(View(Region(-2, -2, 2, 2), np.zeros(2), unit), DARK)
    mantissa = plane.spacing / 10.0 ** math.floor(math.log10(plane.spacing) + 1e-9)
    assert min(abs(mantissa - m) for m in (1, 2, 5)) < 1e-9
    assert plane.spacing * unit >= 0.42 - 1e-9


@settings(max_examples=40)
@given(matrices, vectors, vectors)
def test_a_recipe_is_walked_along_the_images_of_i_and_j(
    matrix: np.ndarray, offset: np.ndarray, point: np.ndarray
) -> None:
    path = RecipePath(VIEW, DARK, point, VIEW.region)
    path.show(PlaneMap(matrix, offset))
    start = VIEW.origin + VIEW.unit * offset
    corner = start + VIEW.unit * point[0] * matrix[:, 0]
    end = corner + VIEW.unit * point[1] * matrix[:, 1]
    assert path.corners == pytest.approx(np.array([start, corner, end]), abs=1e-9)
    assert path.end.positions == pytest.approx(end[None], abs=1e-6)
    for lines, leg in ((path.first, (start, corner)), (path.second, (corner, end))):
        drawn = lines.pieces.reshape(-1, 2)
        if len(drawn):
            assert nearest(drawn, np.array([leg])).max() < 1e-6


def test_the_walk_goes_along_i_first() -> None:
    path = RecipePath(VIEW, DARK, np.array([3.0, 1.0]), VIEW.region)
    walk: Callable[[float], object] = path.draw()._show
    walk(0.375)
    assert path.end.positions == pytest.approx(VIEW.to_scene(np.array([[1.5, 0.0]])))
    assert len(path.second.pieces) == 0
    walk(0.875)
    assert path.end.positions == pytest.approx(VIEW.to_scene(np.array([[3.0, 0.5]])))
    walk(1.0)
    assert path.end.positions == pytest.approx(VIEW.to_scene(np.array([[3.0, 1.0]])))


def test_marks_that_were_stacked_are_as_large_as_before() -> None:
    space = Space(VIEW, DARK, DATA)
    before = [cloud.mark_width for cloud in space.dots]
    for cloud in space.dots:
        cloud.resize(0.4 * cloud.diameter)
    assert [cloud.mark_width for cloud in space.dots] != before
    space.restore_marks()
    assert [cloud.mark_width for cloud in space.dots] == before
    assert {cloud.diameter for cloud in space.dots} == {space.diameter}
