"""What is read lies on a veil: the world fades into the page, or into nothing where there is no page."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Rectangle, tempconfig

from scenes.stage.manim_internals import ExplainerCamera
from scenes.stage.veil import Veil
from scenes.style.colour import rgb
from scenes.style.layout import LAYOUTS, Region, Shade
from scenes.style.theme import THEMES, Theme

SIZE = {"pixel_width": 320, "pixel_height": 180, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
WHOLE = Region(-7.2, -4.1, 7.2, 4.1)
SHADE = Shade(Region(-7.2, -4.1, -3.0, 4.1), "right", 2.0)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
RED = "#ff0000"


def world() -> Rectangle:
    """Return a red world that fills the frame."""
    return Rectangle(width=15, height=9, fill_color=RED, fill_opacity=1.0, stroke_width=0)


def drawn(theme: Theme, opacity: float, shade: Shade = SHADE) -> np.ndarray:
    """Return the pixels `(180, 320, 4)` of a red world under a veil, from 0 to 1."""
    with tempconfig({**SIZE, "background_opacity": opacity}):
        camera = ExplainerCamera(background_color=theme["background"])
        camera.capture_mobjects([world(), Veil(theme, shade)])
        pixels: np.ndarray = camera.pixel_array / 255.0
    return pixels


def at(pixels: np.ndarray, x: float, y: float = 0.0) -> np.ndarray:
    """Return the colour at a place in scene units."""
    row, column = int((4.0 - y) / 8 * 180), int((x + 64 / 9) / (128 / 9) * 320)
    colour: np.ndarray = pixels[row, column]
    return colour


@themes
def test_under_a_veil_little_is_seen_and_beyond_it_everything(theme: Theme) -> None:
    pixels, page = drawn(theme, 1.0), rgb(theme["background"])
    veil = Veil(theme, SHADE)
    assert at(pixels, -6)[:3] == pytest.approx(veil.opacity * page + (1 - veil.opacity) * rgb(RED), abs=0.02)
    assert at(pixels, 0)[:3] == pytest.approx(rgb(RED), abs=0.01)
    assert veil.opacity >= 0.9


@themes
def test_a_veil_thins_out_evenly(theme: Theme) -> None:
    pixels, page = drawn(theme, 1.0), rgb(theme["background"])
    away = [np.abs(at(pixels, x)[:3] - page).sum() for x in np.linspace(-3.2, -0.9, 24)]
    assert (np.diff(away) >= -0.01).all()
    half = 0.5 * (away[0] + away[-1])
    assert np.abs(at(pixels, -2)[:3] - page).sum() == pytest.approx(half, rel=0.15)


def test_where_there_is_no_page_the_world_itself_thins_out() -> None:
    pixels = drawn(THEMES["dark"], 0.0)
    assert at(pixels, 0)[3] == pytest.approx(1.0)
    assert at(pixels, -6)[3] == pytest.approx(1 - Veil(THEMES["dark"], SHADE).opacity, abs=0.02)
    under = at(pixels, -6)
    # Nothing of the page's colour is mixed in: as much red as there is alpha, and nothing else.
    assert under[:3] == pytest.approx([under[3], 0, 0], abs=0.02)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_veil_stands_on_the_solid_part_alone(layout) -> None:  # type: ignore[no-untyped-def]
    for shade in (layout.panel_shade, layout.caption_shade):
        points = Veil(THEMES["light"], shade).points
        (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
        assert Region(left, bottom, right, top).contains(shade.solid)
        assert shade.solid.contains(Region(left, bottom, right, top))


def test_a_veil_without_opacity_hides_nothing() -> None:
    with tempconfig(SIZE):
        camera = ExplainerCamera(background_color="#000000")
        camera.capture_mobjects([world(), Veil(THEMES["dark"], SHADE).set_opacity(0.0)])
        assert at(camera.pixel_array / 255.0, -6)[:3] == pytest.approx([1, 0, 0], abs=0.01)
