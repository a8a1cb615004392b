"""Two clouds that lie in one place: neither covers the other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from manim import VGroup, tempconfig

from scenes.parts.marks.dots import Dots
from scenes.stage.manim_internals import ExplainerCamera

RED, BLUE = "#ff0000", "#0000ff"


def drawn(*clouds: Dots) -> npt.NDArray[np.uint8]:
    """Return the pixels of clouds drawn one after the other, in a picture of 8 units by 8."""
    size = {"pixel_width": 240, "pixel_height": 240, "frame_width": 8.0, "frame_height": 8.0}
    with tempconfig(size):
        camera = ExplainerCamera()
        camera.capture_mobjects(list(clouds))
        pixels: npt.NDArray[np.uint8] = camera.pixel_array.copy()
    return pixels


def counts(pixels: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Return how many pixels are red and how many blue, their soft edges left out."""
    red = (pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 50)
    blue = (pixels[:, :, 2] > 200) & (pixels[:, :, 0] < 50)
    return int(red.sum()), int(blue.sum())


def clouds(count: int, spread: float = 1.0) -> tuple[Dots, Dots]:
    """Return two clouds of so many points each around the middle."""
    rng = np.random.default_rng(1)
    first, second = (
        Dots(colour, 0.3).set_positions(spread * rng.standard_normal((count, 2))) for colour in (RED, BLUE)
    )
    return first, second


@pytest.mark.parametrize("count", [200, 400, 2000])
def test_neither_of_two_mixed_clouds_covers_the_other(count: int) -> None:
    first, second = clouds(count)
    red, blue = counts(drawn(first, second))
    assert red < 0.7 * blue, "one after the other, the later covers the earlier"
    second.lie_among(first)
    red, blue = counts(drawn(first, second))
    assert red == pytest.approx(blue, rel=0.25)


def test_clouds_that_do_not_touch_are_drawn_as_ever() -> None:
    first, second = clouds(200, spread=0.3)
    first.set_positions(first.positions - 2.0)
    second.set_positions(second.positions + 2.0)
    plain = drawn(first, second)
    second.lie_among(first)
    assert np.array_equal(drawn(first, second), plain)


def test_a_cloud_that_fades_is_not_brought_back() -> None:
    first, second = clouds(200)
    second.lie_among(first)
    first.set_stroke(opacity=0.0)
    red, blue = counts(drawn(first, second))
    assert red == 0
    assert blue > 0


def test_a_copy_lies_among_nothing() -> None:
    first, second = clouds(20)
    second.lie_among(first)
    copied = VGroup(first, second).copy()[1]
    assert copied.among is None
    assert second.among is first


def test_mixed_clouds_keep_their_colours() -> None:
    first, second = clouds(200, spread=0.2)
    # One mark of each stands alone; the others lie among each other.
    for cloud, x in ((first, -3.0), (second, 3.0)):
        cloud.set_positions(np.vstack([cloud.positions, [[x, 0.0]]]))
    second.lie_among(first)
    pixels = drawn(first, second)
    assert pixels[120, 30, :3].tolist() == [255, 0, 0]
    assert pixels[120, 210, :3].tolist() == [0, 0, 255]
