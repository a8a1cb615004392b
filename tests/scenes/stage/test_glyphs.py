"""Writing in a real frame: inked once and stamped again, it looks as Manim draws it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from manim import Camera, VMobject, tempconfig

from scenes.parts.marks.dots import Dots
from scenes.stage.glyphs import Glyphs
from scenes.stage.manim_internals import ExplainerCamera
from scenes.stage.writing import Formula, Text, Writing
from scenes.style.theme import DARK, LIGHT

# Stamping rounds once more than drawing does, to whole levels of 255.
_ROUNDING = 2


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    """Draw small frames."""
    size = {"pixel_width": 480, "pixel_height": 270, "frame_width": 8 * 16 / 9, "frame_height": 8.0}
    with tempconfig(size):
        yield


def drawn(camera: Camera, *mobjects: VMobject) -> np.ndarray:
    """Draw a picture over a cloud of marks and return its pixels."""
    marks = Dots("#e8d36b", 0.3).set_positions(np.random.default_rng(0).uniform(-3, 3, (60, 2)))
    camera.reset()
    camera.capture_mobjects([marks, *mobjects])
    pixels: np.ndarray = camera.pixel_array.astype(int)
    return pixels


def as_manim_draws(*mobjects: Writing) -> np.ndarray:
    """Draw with Manim alone what the marks are stamped under."""
    plain = [VMobject().match_points(part).match_style(part) for thing in mobjects for part in thing]
    for copy, part in zip(plain, (part for thing in mobjects for part in thing), strict=True):
        # match_style leaves out the rim behind.
        copy.set_stroke(part.get_stroke_color(background=True), part.get_stroke_width(True), background=True)
        copy.background_stroke_rgbas = part.background_stroke_rgbas
    return drawn(ExplainerCamera(background_color=DARK["background"]), *plain)


def test_writing_looks_as_manim_draws_it_wherever_and_however_it_stands() -> None:
    camera = ExplainerCamera(background_color=DARK["background"])
    words = Text(("Sphinx of black", "quartz 0.37"), DARK, size=0.9).shift([0.37, 1.013, 0.0])
    formula = Formula("W = mat(1, 2; -3, 4/5)", DARK, size=0.9, halo=True).shift([-1.21, -1.7, 0.0])
    changes = (
        lambda: None,
        lambda: None,  # from what was kept
        lambda: words.set_fill(opacity=0.4),
        lambda: formula.shift([0.5, 0.251, 0.0]),
        lambda: formula.fade(0.5),
        lambda: words.scale(0.6).set_color("#ff5a5f"),
        lambda: formula.rewrite("W = mat(7, 2; -3, 1/5)"),
        lambda: words.shift([8.0, 0.0, 0.0]),  # half beyond the frame
    )
    for change in changes:
        change()
        stamped, direct = drawn(camera, words, formula), as_manim_draws(words, formula)
        assert np.abs(stamped - direct).max() <= _ROUNDING
        assert np.abs(stamped - drawn(camera)).max() > 60


def test_what_stands_still_is_inked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    camera = ExplainerCamera(background_color=LIGHT["background"])
    inked: list[int] = []
    trace = Glyphs._inked
    monkeypatch.setattr(Glyphs, "_inked", lambda *given: (inked.append(1), trace(*given))[1], raising=True)
    words = Text("still", LIGHT)
    for opacity in (0.2, 0.6, 1.0):
        drawn(camera, words.set_fill(opacity=opacity))
    assert len(inked) == len(words)
    drawn(camera, words.shift([0.01, 0.0, 0.0]))
    assert len(inked) == 2 * len(words)


def test_marks_of_a_crowd_on_one_place_count_once() -> None:
    across = np.linspace(-6.5, 6.5, 900)
    places = np.column_stack([across, np.sin(across)])
    once = Dots("#ffffff", 0.1).set_positions(places)
    twice = Dots("#ffffff", 0.1).set_positions(np.concatenate([places, places[::-1]]))
    camera = ExplainerCamera(background_color="#000000")
    assert np.abs(drawn(camera, once) - drawn(camera, twice)).max() <= _ROUNDING
    beyond = Dots("#ffffff", 0.1).set_positions(np.concatenate([places, places - [1e4, 1e4]]))
    assert np.abs(drawn(camera, once) - drawn(camera, beyond)).max() <= _ROUNDING
