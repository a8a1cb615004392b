"""A field over the plane: the colours in a real frame are those of the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from manim import FadeOut, tempconfig

from scenes.parts.plane.field import DEEPEST, Field, signed
from scenes.parts.plane.view import View
from scenes.stage.manim_internals import ExplainerCamera
from scenes.style.colour import blend, contrast, rgb
from scenes.style.layout import LAYOUTS, Region
from scenes.style.theme import THEMES, Theme

WIDTH, HEIGHT = 480, 270
PIXELS_PER_UNIT = HEIGHT / 8
Draw = Callable[..., np.ndarray]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Return a function that draws a field and returns red, green, blue and opacity `(HEIGHT, WIDTH, 4)`."""

    def drawn(field: Field, theme: Theme, page: float = 1.0) -> np.ndarray:
        camera = ExplainerCamera(background_color=theme["background"], background_opacity=page)
        camera.capture_mobjects([field])
        return np.array(camera.pixel_array) / 255.0

    size = {"pixel_width": WIDTH, "pixel_height": HEIGHT, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
    with tempconfig(size):
        yield drawn


def whole_view(window: Region | None = None) -> View:
    """A view off the middle, so that no symmetry hides a mistake."""
    layout = LAYOUTS["16:9"]
    return View(layout.stage, np.array([1.3, -0.4]), 0.8, window or layout.frame)


def pixels_in_data(view: View) -> np.ndarray:
    """Return the data coordinates of every pixel's middle, `(HEIGHT * WIDTH, 2)`."""
    x = (np.arange(WIDTH) + 0.5 - WIDTH / 2) / PIXELS_PER_UNIT
    y = (HEIGHT / 2 - np.arange(HEIGHT) - 0.5) / PIXELS_PER_UNIT
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return (places - view.origin) / view.unit


def wave(points: np.ndarray) -> np.ndarray:
    """Between 0 and 1, different in every direction."""
    return 0.5 + 0.5 * np.sin(0.7 * points[:, 0] + 0.4 * points[:, 1] + 0.3)


@pytest.mark.parametrize("theme", ["dark", "light", "print"])
def test_colours_in_the_frame_are_those_of_the_function(draw: Draw, theme: str) -> None:
    chosen, view = THEMES[theme], whole_view()
    frame = draw(Field(view, chosen).show(wave), chosen)[:, :, :3].reshape(-1, 3)
    shares = wave(pixels_in_data(view))[:, None]
    wanted = blend(rgb(chosen["active"]), rgb(chosen["background"]), DEEPEST * shares)
    assert np.abs(frame - wanted).max() < 3.0 / 255


def test_two_roles_have_their_own_side(draw: Draw) -> None:
    theme, view = THEMES["dark"], whole_view()
    field = Field(view, theme, ("active", "edge")).show(lambda points: signed(2.0 * wave(points) - 1.0))
    frame = draw(field, theme)[:, :, :3].reshape(-1, 3)
    values = 2.0 * wave(pixels_in_data(view)) - 1.0
    for role, side in (("active", values > 0.05), ("edge", values < -0.05)):
        page = rgb(theme["background"])
        wanted = blend(rgb(theme[role]), page, DEEPEST * np.abs(values[side])[:, None])  # type: ignore[index]
        assert np.abs(frame[side] - wanted).max() < 4.0 / 255


def test_shares_that_add_up_to_more_than_one_are_mixed(draw: Draw) -> None:
    theme = THEMES["dark"]
    field = Field(whole_view(), theme, ("class_0", "class_1"))
    frame = draw(field.show(lambda points: np.ones((len(points), 2))), theme)
    mixed = (rgb(theme["class_0"]) + rgb(theme["class_1"])) / 2
    assert frame[100, 200, :3] == pytest.approx(blend(mixed, rgb(theme["background"]), DEEPEST), abs=2 / 255)


def test_without_a_page_it_is_as_opaque_as_it_is_deep(draw: Draw) -> None:
    theme, view = THEMES["light"], whole_view()
    frame = draw(Field(view, theme).show(wave), theme, 0.0).reshape(-1, 4)
    assert frame[:, 3] == pytest.approx(DEEPEST * wave(pixels_in_data(view)), abs=2.5 / 255)
    # The camera's colours are those over the theme's page, from which the encoder takes the page away.
    opaque = draw(Field(view, theme).show(wave), theme)[:, :, :3].reshape(-1, 3)
    assert frame[:, :3] == pytest.approx(opaque, abs=2.5 / 255)


def test_it_keeps_to_its_window(draw: Draw) -> None:
    theme, window = THEMES["dark"], Region(-2.0, -1.0, 3.0, 2.0)
    field = Field(whole_view(window), theme).show(lambda points: np.ones(len(points)))
    lit = np.abs(draw(field, theme)[:, :, :3] - rgb(theme["background"])).max(axis=2) > 0.05
    rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    left, right = columns[0] / PIXELS_PER_UNIT - 8 * 8 / 9, (columns[-1] + 1) / PIXELS_PER_UNIT - 8 * 8 / 9
    top, bottom = 4 - rows[0] / PIXELS_PER_UNIT, 4 - (rows[-1] + 1) / PIXELS_PER_UNIT
    assert [left, bottom, right, top] == pytest.approx([-2.0, -1.0, 3.0, 2.0], abs=1 / PIXELS_PER_UNIT)


def test_it_fades_and_floods(draw: Draw) -> None:
    theme, view = THEMES["dark"], whole_view()
    field = Field(view, theme).show(wave)
    whole = field.shares.copy()
    fade = FadeOut(field)
    fade.begin()
    fade.interpolate(0.5)
    opacity = float(field.get_fill_opacity())
    assert 0.0 < opacity < DEEPEST
    assert field.colours()[..., 3] == pytest.approx(opacity * whole[..., 0])
    field.set_fill(opacity=DEEPEST)
    away = np.hypot(*field.at.T)
    flood = field.flood(wave, away / away.max())
    flood.begin()
    flood.interpolate(0.5)
    near, far = away < 0.1 * away.max(), away > 0.8 * away.max()
    assert field.shares.reshape(-1)[near] == pytest.approx(whole.reshape(-1)[near])
    assert not field.shares.reshape(-1)[far].any()
    flood.interpolate(1.0)
    assert field.shares == pytest.approx(whole)


@pytest.mark.parametrize("theme", ["dark", "light", "print"])
def test_text_can_be_read_on_the_deepest_colour(theme: str) -> None:
    chosen = THEMES[theme]
    for role in ("active", "edge"):
        deepest = blend(rgb(chosen[role]), rgb(chosen["background"]), DEEPEST)  # type: ignore[index]
        assert contrast(rgb(chosen["text"]), deepest) >= 4.5


def test_shares_of_another_shape_are_refused() -> None:
    field = Field(whole_view(), THEMES["dark"], columns=16)
    with pytest.raises(ValueError, match=r"shares must have the shape \(9, 16, 1\); got \(3, 3, 1\)"):
        field.set_shares(np.zeros((3, 3, 1)))
