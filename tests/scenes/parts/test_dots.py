"""Marks and lines in a real frame: they cover the pixels that their coordinates say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from manim import Camera, Rectangle, VMobject, tempconfig

from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments
from scenes.stage.manim_internals import ExplainerCamera

WIDTH, HEIGHT = 480, 270
# A scene is 8 units high.
PIXELS_PER_UNIT = HEIGHT / 8
Draw = Callable[..., np.ndarray]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Return a function that draws mobjects and returns how bright each pixel is, from 0 to 1."""

    def light(*mobjects: VMobject, camera_class: type[Camera] = ExplainerCamera) -> np.ndarray:
        camera = camera_class(background_color="#000000")
        camera.capture_mobjects(mobjects)
        pixels: np.ndarray = camera.pixel_array[:, :, 0] / 255.0
        return pixels

    size = {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
    with tempconfig(size):
        yield light


def scene_coordinates() -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of every pixel's middle, each (HEIGHT, WIDTH), in scene units."""
    x = (np.arange(WIDTH) + 0.5 - WIDTH / 2) / PIXELS_PER_UNIT
    y = (HEIGHT / 2 - np.arange(HEIGHT) - 0.5) / PIXELS_PER_UNIT
    return np.meshgrid(x, y)


def centroid(light: np.ndarray) -> tuple[float, float]:
    """Return the middle of what is lit, in scene units."""
    x, y = scene_coordinates()
    return float((x * light).sum() / light.sum()), float((y * light).sum() / light.sum())


@pytest.mark.parametrize("square", [False, True], ids=["round", "square"])
@pytest.mark.parametrize("diameter", [0.11, 0.24, 0.6])
def test_a_dot_is_drawn_where_its_coordinate_says(draw: Draw, square: bool, diameter: float) -> None:
    rng = np.random.default_rng(3)
    for place in rng.uniform([-6, -3.5], [6, 3.5], (6, 2)):
        light = draw(Dots("#ffffff", diameter, square=square).set_positions(place[None]))
        assert centroid(light) == pytest.approx(tuple(place), abs=0.1 / PIXELS_PER_UNIT)


@pytest.mark.parametrize("diameter", [0.24, 0.6])
def test_a_dot_is_as_large_and_of_the_shape_it_should_be(draw: Draw, diameter: float) -> None:
    place = np.array([[1.0, 0.5]])
    x, y = scene_coordinates()
    round_ = draw(Dots("#ffffff", diameter).set_positions(place))
    square = draw(Dots("#ffffff", diameter, square=True).set_positions(place))
    assert round_.sum() / PIXELS_PER_UNIT**2 == pytest.approx(np.pi * diameter**2 / 4, rel=0.05)
    side = np.sqrt(square.sum()) / PIXELS_PER_UNIT
    assert 0.8 * diameter < side < diameter
    pixel = 1.0 / PIXELS_PER_UNIT
    assert np.hypot(x - 1.0, y - 0.5)[round_ > 0.02].max() <= diameter / 2 + pixel
    # The square reaches into the corners where the circle does not.
    assert np.maximum(abs(x - 1.0), abs(y - 0.5))[square > 0.5].max() <= side / 2 + pixel
    assert np.hypot(x - 1.0, y - 0.5)[square > 0.5].max() > side / 2 * 1.2 - pixel


@pytest.mark.parametrize("square", [False, True], ids=["round", "square"])
def test_every_dot_of_a_cloud_is_drawn(draw: Draw, square: bool) -> None:
    places = np.array([[x, y] for x in (-3.0, -1.0, 1.0, 3.0) for y in (-2.0, 0.0, 2.0)])
    light = draw(Dots("#ffffff", 0.2, square=square).set_positions(places))
    x, y = scene_coordinates()
    for place in places:
        near = light * (np.hypot(x - place[0], y - place[1]) < 0.5)
        assert centroid(near) == pytest.approx(tuple(place), abs=0.1 / PIXELS_PER_UNIT)


@pytest.mark.parametrize("height", [90, 180, 480])
def test_no_mark_is_lost_at_any_size(height: int) -> None:
    places = np.random.default_rng(1).uniform([-6, -3.5], [6, 3.5], (60, 2))
    width = height * 16 // 9
    with tempconfig(
        {"pixel_width": width, "pixel_height": height, "frame_width": 128 / 9, "frame_height": 8.0}
    ):
        for place in places:
            camera = ExplainerCamera(background_color="#000000")
            camera.capture_mobjects([Dots("#ffffff", 0.2, square=True).set_positions(place[None])])
            area = (camera.pixel_array[:, :, 0] / 255).sum() * (8 / height) ** 2
            assert area == pytest.approx((0.86 * 0.2) ** 2, rel=0.15)


def test_resizing_keeps_the_places_and_positions_read_back() -> None:
    places = np.array([[0.1, -2.0], [3.0, 0.5]])
    for square in (False, True):
        dots = Dots("#ffffff", 0.1, square=square).set_positions(places).resize(0.3)
        assert np.array_equal(dots.positions, places)
        assert dots.diameter == 0.3


def test_a_cloud_appears_in_its_order() -> None:
    places = np.random.default_rng(0).normal(size=(40, 2))
    dots = Dots("#ffffff").set_positions(places)
    reveal = dots.reveal()
    for share, count in ((0.0, 0), (0.5, 20), (1.0, 40)):
        reveal._show(share)
        assert np.array_equal(dots.positions, places[:count])


def test_lines_are_drawn_as_manim_itself_draws_them(draw: Draw) -> None:
    rng = np.random.default_rng(5)
    lines = Segments("#ffffff", 6.0).set_pieces(rng.uniform([-6, -3.5], [6, 3.5], (8, 2, 2)))
    ours, manims = draw(lines), draw(lines, camera_class=Camera)
    assert np.abs(ours - manims).mean() < 1e-3
    assert ours.sum() > 500


def test_a_line_covers_its_length_times_its_width(draw: Draw) -> None:
    light = draw(Segments("#ffffff", 10.0).set_pieces(np.array([[[-3.0, -1.0], [3.0, 1.0]]])))
    area = light.sum() / PIXELS_PER_UNIT**2
    # A stroke of 10 is a tenth of a unit wide, and its ends are round.
    assert area == pytest.approx(np.hypot(6, 2) * 0.1 + np.pi * 0.05**2, rel=0.03)


def test_what_cannot_be_seen_is_not_drawn_and_the_rest_is(draw: Draw) -> None:
    line = Segments("#ffffff", 6.0).set_pieces(np.array([[[-3.0, 0.0], [3.0, 0.0]]]))
    assert draw(line.copy().set_stroke(opacity=0.0)).sum() == 0
    assert draw(Segments("#ffffff", 6.0)).sum() == 0
    box = Rectangle(width=2, height=1, fill_opacity=1, stroke_width=0, fill_color="#ffffff")
    assert draw(box.copy().set_opacity(0)).sum() == 0
    assert draw(box).sum() / PIXELS_PER_UNIT**2 == pytest.approx(2.0, rel=0.02)
