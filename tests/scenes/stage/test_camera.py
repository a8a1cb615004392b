"""The camera draws what Manim's draws, with less work, and every frame on pixels of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import RIGHT, Camera, Circle, FadeIn, Square, VMobject

from scenes.stage.frames import Rgba
from scenes.stage.manim_internals import ExactRenderer, ExactScene, ExplainerCamera, private_config


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    """Set Manim up for small frames that go nowhere."""
    settings = {"format": "none", "disable_caching": True, "progress_bar": "none", "verbosity": "ERROR"}
    size = {"pixel_width": 160, "pixel_height": 90, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
    with private_config(**settings, **size, frame_rate=15, media_dir=str(tmp_path)):
        yield


def test_a_path_that_was_traced_before_draws_the_same_and_follows_its_mobject() -> None:
    circle = Circle(1.0, color="#ff8800", fill_opacity=0.5)
    copied = circle.copy()

    def picture(camera_class: type[Camera], mobject: VMobject) -> Rgba:
        camera = camera_class(background_color="#000000")
        camera.capture_mobjects([mobject])
        pixels: Rgba = camera.pixel_array.copy()
        return pixels

    for _ in range(2):
        assert np.array_equal(picture(ExplainerCamera, circle), picture(Camera, copied))
    circle.shift([1.0, 0.5, 0.0])
    copied.shift([1.0, 0.5, 0.0])
    assert np.array_equal(picture(ExplainerCamera, circle), picture(Camera, copied))
    assert np.array_equal(picture(ExplainerCamera, circle.copy()), picture(Camera, copied))


def test_a_path_is_traced_once_while_its_mobject_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    traced = []
    trace = VMobject.get_subpath_split_indices_from_points

    def noted(self: VMobject, *arguments: Any, **options: Any) -> Any:
        traced.append(self)
        return trace(self, *arguments, **options)

    monkeypatch.setattr(VMobject, "get_subpath_split_indices_from_points", noted)
    circle = Circle(1.0)
    camera = ExplainerCamera()
    for _ in range(3):
        camera.capture_mobjects([circle])
    assert len(traced) == 1


def test_frames_are_handed_on_as_they_were_drawn_and_never_change_again() -> None:
    held: list[Rgba] = []
    copied: list[Rgba] = []

    class Holding:
        def write(self, pixels: Rgba, repeat: int) -> None:
            held.append(pixels)
            copied.append(pixels.copy())

    class Told(ExactScene):
        def construct(self) -> None:
            square = Square(1.0, fill_opacity=1.0)
            self.add(Circle(2.0))
            self.play(FadeIn(square), run_time=0.6)
            self.wait(0.4)
            self.play(square.animate.shift(RIGHT), run_time=0.6)

    Told(renderer=ExactRenderer(Holding())).render()
    assert len({id(pixels) for pixels in held}) == len(held) > 10
    assert all(np.array_equal(one, other) for one, other in zip(held, copied, strict=True))
    assert not np.array_equal(held[0], held[-1])
