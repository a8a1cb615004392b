"""A small scene in the place of the real ones, in pictures small enough to render in a blink."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, TypeAlias

import numpy as np
import pytest
from pydantic import Field

from explainer.jobs.job import Job
from explainer.jobs.look import Look, Quality
from scenes import catalog
from scenes.definition import SceneDefinition, SceneParameters
from scenes.style.locales import LOCALES
from scenes.style.theme import THEMES

Definition: TypeAlias = SceneDefinition[Any, Any]

SCENE = "sliding-square"
HOME = "sliding_square_definition"
BEATS = ("appear", "slide", "rest")


class SquareParameters(SceneParameters):
    """Parameters of the small scene."""

    side: float = Field(2.0, gt=0, le=4, description="length of a side, in scene units")
    opacity: float = Field(1.0, ge=0, le=1, description="how dense it is")
    colour: str = Field("#ffffff", description="its colour")
    corner: tuple[tuple[float, float], tuple[float, float]] = ((1.0, 0.0), (0.0, 1.0))
    steps: int = Field(1, ge=1, le=9)


@dataclass(frozen=True)
class SquareNumbers:
    """What the small scene shows."""

    area: float

    def results(self) -> dict[str, Any]:
        return {"area": self.area, "sides": [4], "unbounded": float("inf")}


def compute(parameters: SquareParameters) -> SquareNumbers:
    """Return the area; ValueError for a size that the bounds allow but the mathematics does not."""
    if parameters.side == 3.5:
        raise ValueError("side must not be 3.5;\ngot 3.5")
    return SquareNumbers(parameters.side**2)


DEFINITION = SceneDefinition(
    home=HOME,
    name=SCENE,
    summary="A square slides.",
    parameters=SquareParameters,
    presets={"plain": {}, "small": {"side": 1.0}},
    beats=dict.fromkeys(BEATS, ()),
    compute=compute,
    drawing="sliding_square_scene:SlidingSquare",
)


def _scene_class() -> type:
    from manim import RIGHT, UP, FadeIn, Square

    from scenes.stage.beat import Beat
    from scenes.stage.manim_internals import ExactScene

    class SlidingSquare(ExactScene):
        definition = DEFINITION

        def __init__(self, settings: Any, numbers: Any, **options: Any) -> None:
            super().__init__(**options)
            self.settings, self.numbers, self.beats, self.after_beat = settings, numbers, [], None

        def setup(self) -> None:
            self.camera.background_color = THEMES[self.settings.theme]["background"]
            self.camera.init_background()

        def title_words(self) -> str:
            return "A square – 方"

        def results(self) -> dict[str, Any]:
            return dict(self.numbers.results())

        def end(self, key: str, start: float, caption: str) -> None:
            self.beats.append(Beat(key=key, start_s=start, end_s=self.time, caption=caption))
            if self.after_beat is not None:
                self.after_beat(self.beats[-1])

        def construct(self) -> None:
            chosen = self.settings.parameters
            square = Square(chosen.side, color=chosen.colour, fill_opacity=chosen.opacity, stroke_width=0)
            turned = Square(0.5).shift(3 * UP)
            turned.add_updater(lambda mobject: mobject.set_x(square.get_x()))
            self.next_section("appear")
            self.play(FadeIn(square), run_time=0.6)
            self.add(turned)
            self.wait(0.6)
            self.end("appear", 0.0, "It appears & stays <here>")
            self.next_section("slide")
            start = self.time
            for _ in range(chosen.steps):
                self.play(square.animate.shift(RIGHT), run_time=0.2)
            self.end("slide", start, "It slides\nto the right")
            self.next_section("rest")
            start = self.time
            turned.clear_updaters()
            self.wait(0.6)
            self.end("rest", start, "It rests")

    return SlidingSquare


@pytest.fixture(autouse=True)
def cache_place(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep what is rendered out of any real cache, and of the folders that tests look at."""
    place = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("NNMATH_CACHE", str(place))
    return place


@pytest.fixture
def small_catalog(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Definition:
    """Put the small scene in the catalogue's place."""
    home, drawing = ModuleType(HOME), ModuleType("sliding_square_scene")
    home.__file__ = str(tmp_path_factory.mktemp("scene") / "numbers.py")
    words = Path(home.__file__).with_name("words.toml")
    words.write_text("\n".join(["[title]", *(f'{locale} = "A square"' for locale in LOCALES)]))
    vars(home)["DEFINITION"] = DEFINITION
    vars(drawing)["__getattr__"] = lambda name: _scene_class()
    for module in (home, drawing):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(catalog, "entries", lambda: (catalog.Entry(SCENE, HOME, "nnmath", "0"),))
    return DEFINITION


@pytest.fixture
def make_job(small_catalog: Definition) -> Callable[..., Job]:
    """Return a function that makes a job of the small scene from its parameters, in 160×90."""

    def make(*, fps: int = 15, stem: str = "square", **parameters: Any) -> Job:
        look = Look(quality=Quality(90, fps))
        return Job(DEFINITION, "plain", SquareParameters(**parameters), stem, look)

    return make


class KeptFrames:
    """A sink that keeps every frame, repeats written out."""

    def __init__(self) -> None:
        self.frames: list[np.ndarray[Any, np.dtype[np.uint8]]] = []

    def write(self, pixels: Annotated[Any, "(height, width, 4)"], repeat: int) -> None:
        self.frames.extend([pixels] * repeat)

    @property
    def digest(self) -> str:
        return hashlib.sha256(b"".join(frame.tobytes() for frame in self.frames)).hexdigest()


@pytest.fixture
def kept_frames() -> type[KeptFrames]:
    return KeptFrames
