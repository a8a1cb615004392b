"""Rings in a real frame: open inside, and one outline where they touch."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Rectangle, VMobject, tempconfig

from scenes.parts.marks.rings import Rings
from scenes.stage.manim_internals import ExplainerCamera
from scenes.style.theme import THEMES

# A scene is 8 units high.
WIDTH, HEIGHT = 960, 540
PIXELS_PER_UNIT = HEIGHT / 8


def drawn(*mobjects: VMobject, ground: str = "#000000") -> np.ndarray:
    """Return the colours of a frame, `(HEIGHT, WIDTH, 3)` from 0 to 255."""
    size = {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
    with tempconfig(size):
        camera = ExplainerCamera(background_color=ground)
        camera.capture_mobjects(mobjects)
        pixels: np.ndarray = camera.pixel_array[:, :, :3].astype(int)
    return pixels


def at(pixels: np.ndarray, x: float, y: float) -> list[int]:
    """Return the colour at a place in scene units."""
    column, row = int(WIDTH / 2 + x * PIXELS_PER_UNIT), int(HEIGHT / 2 - y * PIXELS_PER_UNIT)
    colour: list[int] = pixels[row, column].tolist()
    return colour


@pytest.mark.parametrize("theme", THEMES)
def test_a_ring_has_its_colour_and_shows_what_is_inside(theme: str) -> None:
    rings = Rings(THEMES[theme], 0.4).set_positions(np.array([[1.0, 0.5]]))
    below = Rectangle(width=3, height=3, stroke_width=0, fill_opacity=1).set_fill("#123456")
    pixels = drawn(below, rings)
    middle = (rings.diameter + rings.hole) / 4
    wrong = [int(THEMES[theme]["wrong"][k : k + 2], 16) for k in (1, 3, 5)]
    for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        place = np.array([1.0, 0.5]) + middle * np.array(way)
        assert at(pixels, *place) == pytest.approx(wrong, abs=40)
    assert at(pixels, 1.0, 0.5) == [0x12, 0x34, 0x56]
    assert at(pixels, 1.0 - 0.8 * rings.diameter, 0.5) == [0x12, 0x34, 0x56]
    assert rings.hole > 0.4


def test_rings_that_touch_are_one_outline() -> None:
    apart = Rings(THEMES["dark"], 0.3).set_positions(np.array([[0.0, 0.0]]))
    along = np.column_stack([np.linspace(-2.0, 2.0, 41), np.zeros(41)])
    together = drawn(Rings(THEMES["dark"], 0.3).set_positions(along))
    # Inside, from one end to the other, nothing is drawn.
    assert all(at(together, x, 0.0) == [0, 0, 0] for x in np.linspace(-2.0, 2.0, 81))
    edge = (apart.diameter + apart.hole) / 4
    assert all(at(together, x, edge)[0] > 120 for x in along[:, 0])


def test_rings_swell_and_shrink_back_and_none_are_none() -> None:
    rings = Rings(THEMES["dark"], 0.3).set_positions(np.array([[0.0, 0.0]]))
    first = rings.diameter
    assert rings.swell(0.5).diameter == pytest.approx(1.5 * first)
    assert rings.swell(0.0).diameter == first
    rings.set_positions(np.zeros((0, 2)))
    assert not drawn(rings).any()
