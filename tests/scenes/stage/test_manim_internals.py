"""Every override of Manim's internals: that Manim still has what is overridden, and still needs it.

A test that fails after a new release of Manim says which override to mend, or to remove since its reason
has gone: most of these tests show what plain Manim does beside what is done here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import manim.manager
import manim.renderer.cairo_renderer
import manim.scene.scene
import numpy as np
import pytest
from manim import RIGHT, CairoRenderer, Camera, Circle, FadeIn, Scene, Square, VGroup, config, tempconfig
from manim._config.utils import ManimConfig
from manim.scene.scene_file_writer import SceneFileWriter

import explainer
import scenes
from scenes.stage import manim_internals
from scenes.stage.frames import DiscardedFrames, FrameSink, Rgba
from scenes.stage.manim_internals import (
    ExactRenderer,
    ExactScene,
    ExplainerCamera,
    FrameWriter,
    InstantRenderer,
    LeapingRenderer,
    UndrawnRenderer,
    private_config,
)

Story: TypeAlias = Callable[[Any], object]

FPS = 15
SIZE = (90, 160)
# What Manim calls by its place in the class: the method that it has, with its parameters.
OVERRIDDEN = {
    (Scene, "wait"): "self, duration=1.0, stop_condition=None, frozen_frame=None",
    (Scene, "get_time_progression"): (
        "self, run_time, description, n_iterations=None, override_skip_animations=False"
    ),
    (Scene, "get_moving_and_static_mobjects"): "self, animations",
    (Camera, "display_vectorized"): "self, vmobject, ctx",
    (Camera, "set_cairo_context_path"): "self, ctx, vmobject",
    (Camera, "set_pixel_array"): "self, pixel_array, convert_from_floats=False",
    (CairoRenderer, "play"): "self, scene, *args, **kwargs",
    (CairoRenderer, "update_frame"): (
        "self, scene, mobjects=None, include_submobjects=True, ignore_skipping=True, **kwargs"
    ),
    (CairoRenderer, "get_frame"): "self",
    (CairoRenderer, "save_static_frame_data"): "self, scene, static_mobjects",
    (CairoRenderer, "add_frame"): "self, frame, num_frames=1",
}
# Where Manim speaks to the writer.
ASKING: tuple[ModuleType, ...] = (manim.manager, manim.renderer.cairo_renderer, manim.scene.scene)
# What Manim invites everyone to override.
HOOKS = {"construct", "setup", "create_starting_mobject", "interpolate_mobject"}
# Manim's opens a window with a picture; parts show numbers by it, and nothing in Manim calls it.
HARMLESS = {"show"}
# What Manim's classes of mobjects give to every subclass.
MADE_BY_MANIM = {"_abc_impl", "_original__init__", "animation_overrides"}


class Kept:
    """A sink that keeps its frames, each once, and how often it is shown."""

    def __init__(self) -> None:
        self.frames: list[Rgba] = []
        self.repeats: list[int] = []

    def write(self, pixels: Rgba, repeat: int) -> None:
        self.frames.append(pixels.copy())
        self.repeats.append(repeat)


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    """Set Manim up for small frames that go nowhere."""
    settings = {"format": "none", "disable_caching": True, "progress_bar": "none", "verbosity": "ERROR"}
    height, width = SIZE
    size = {"pixel_width": width, "pixel_height": height, "frame_width": 8 * width / height}
    with private_config(**settings, **size, frame_height=8.0, frame_rate=FPS, media_dir=str(tmp_path)):
        yield


def plain_renderer(sink: FrameSink | None = None, **options: Any) -> CairoRenderer:
    """Return Manim's own renderer, but for where its frames go."""
    writer = partial(FrameWriter, sink=sink or DiscardedFrames())
    return CairoRenderer(file_writer_class=writer, **options)


def play(story: Story, renderer: Any, base: type[Scene] = Scene) -> Any:
    """Play a scene that does nothing but what the story does with it, and return it."""

    class Told(base):  # type: ignore[misc,valid-type]
        def construct(self) -> None:
            story(self)

    scene = Told(renderer=renderer)
    scene.render()
    return scene


def manims(cls: type) -> list[type]:
    """Return the classes of Manim that a class of ours stands on."""
    return [base for base in cls.__mro__[1:] if base.__module__.split(".")[0] == "manim"]


def overriding() -> Iterator[tuple[type, type, str]]:
    """Yield every class of ours, Manim's class and the name of what it overrides there."""
    for package in (scenes, explainer):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            for cls in vars(module).values():
                if inspect.isclass(cls) and cls.__module__ == found.name:
                    yield from _overridden_by(cls)


def _overridden_by(cls: type) -> Iterator[tuple[type, type, str]]:
    for name in vars(cls):
        holder = next((base for base in manims(cls) if name in vars(base)), None)
        if holder is not None and not name.startswith("__") and name not in MADE_BY_MANIM:
            yield cls, holder, name


def test_nothing_else_overrides_manim() -> None:
    elsewhere = {
        f"{cls.__module__}.{cls.__name__}.{name}"
        for cls, _, name in overriding()
        if cls.__module__ != manim_internals.__name__ and name not in HOOKS | HARMLESS
    }
    assert elsewhere == set()


def test_every_override_is_under_contract() -> None:
    held = {
        (holder, name) for cls, holder, name in overriding() if cls.__module__ == manim_internals.__name__
    }
    assert held == set(OVERRIDDEN)


@pytest.mark.parametrize(("holder", "name"), OVERRIDDEN)
def test_manim_still_has_the_method(holder: type, name: str) -> None:
    given = inspect.signature(getattr(holder, name)).parameters.values()
    bare = [str(parameter.replace(annotation=inspect.Parameter.empty)) for parameter in given]
    assert ", ".join(bare) == OVERRIDDEN[holder, name]


def test_a_pause_has_its_frames() -> None:
    def story(scene: Any) -> None:
        for tenths in range(2, 72, 2):
            scene.wait(tenths / 10)

    expected = list(range(2, 72, 2))
    plain, exact = Kept(), Kept()
    with tempconfig({"frame_rate": 10}):
        play(story, plain_renderer(plain))
        play(story, plain_renderer(exact), ExactScene)
    assert exact.repeats == expected
    assert plain.repeats != expected, "Manim's own pauses are exact: ExactScene.wait may go"


def test_a_motion_has_its_frames() -> None:
    def wrong(base: type[Scene]) -> list[tuple[int, float]]:
        found = []
        for fps in (5, 10, 15, 20, 25, 30, 50, 60, 120):
            with tempconfig({"frame_rate": fps}):
                scene = base(renderer=plain_renderer())
                for fifths in range(1, 36):
                    seconds = fifths * 0.2
                    if len(list(scene.get_time_progression(seconds, ""))) != round(seconds * fps):
                        found.append((fps, seconds))
        return found

    assert wrong(ExactScene) == []
    assert wrong(Scene), "Manim's own times are exact: ExactScene.get_time_progression may go"


def layered(scene: Any) -> Any:
    """Show a diagram, a thing over it and a word of the diagram over both; return the word's animation."""
    word, under = Square(1.0).set_z_index(8), Circle(0.5)
    between = Circle(1.5, fill_opacity=0.5).set_z_index(3)
    scene.add(VGroup(under, word), between)
    return FadeIn(word)


def test_what_lies_under_a_motion_is_drawn_once() -> None:
    resting = {}
    for base in (Scene, ExactScene):
        scene = base(renderer=plain_renderer())
        animation = layered(scene)
        moving, static = scene.get_moving_and_static_mobjects([animation])
        assert animation.mobject in moving
        resting[base] = len(static)
    assert resting[ExactScene] == 2
    assert resting[Scene] < 2, "Manim's own rests as much: get_moving_and_static_mobjects may go"


def test_resting_under_a_motion_changes_no_picture() -> None:
    plain, exact = Kept(), Kept()
    for sink, base in ((plain, Scene), (exact, ExactScene)):
        play(lambda scene: scene.play(layered(scene), run_time=0.4), ExactRenderer(sink), base)
    assert len(plain.frames) == len(exact.frames) > 0
    assert all(np.array_equal(*pair) for pair in zip(plain.frames, exact.frames, strict=True))


def test_a_thing_moved_by_an_updater_does_not_rest() -> None:
    scene = ExactScene(renderer=plain_renderer())
    leader, follower, still = Square(), Circle().add_updater(lambda circle: circle), Square()
    scene.add(still, follower, leader)
    moving, static = scene.get_moving_and_static_mobjects([FadeIn(leader)])
    assert (moving, static) == ([follower, leader], [still])


def test_what_cannot_be_seen_is_not_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    traced: list[type] = []
    trace = Camera.set_cairo_context_path

    def noted(camera: Camera, *given: Any) -> Any:
        traced.append(type(camera))
        return trace(camera, *given)

    monkeypatch.setattr(Camera, "set_cairo_context_path", noted)
    for camera in (Camera, ExplainerCamera):
        camera().capture_mobjects([Square(stroke_opacity=0.0, fill_opacity=0.0)])
    assert traced == [Camera], "the camera of Manim's own skips it too, or ours does not"


def test_the_writer_has_all_that_manim_asks_of_one() -> None:
    text = "".join(inspect.getsource(module) for module in ASKING)
    asked = set(re.findall(r"self\.(?:renderer\.)?file_writer\.(\w+)", text))
    assert len(asked) > 10
    writer = play(lambda scene: scene.wait(1), plain_renderer()).renderer.file_writer
    assert {name for name in asked if not hasattr(writer, name)} == set()


@pytest.mark.parametrize(
    "name",
    [name for name, value in vars(FrameWriter).items() if inspect.isfunction(value) and name[0] != "_"],
)
def test_the_writer_is_called_as_manims_is(name: str) -> None:
    ours = inspect.signature(getattr(FrameWriter, name)).parameters
    theirs = inspect.signature(getattr(SceneFileWriter, name)).parameters
    assert list(ours) == [each for each in theirs if each not in ("kwargs", "file_path")]


def test_time_does_not_drift() -> None:
    def story(scene: Any) -> None:
        for _ in range(20):
            scene.play(FadeIn(Square()), run_time=0.2)

    plain, exact = plain_renderer(), ExactRenderer(DiscardedFrames())
    play(story, plain, ExactScene)
    play(story, exact, ExactScene)
    assert exact.time == 4.0
    assert [played.end_s for played in exact.plays] == [frames / FPS for frames in range(3, 61, 3)]
    assert plain.time != 4.0, "Manim's own clock is exact: this line of ExactRenderer.play may go"


def test_nothing_is_drawn_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Camera] = []
    capture = Camera.capture_mobjects

    def noted(camera: Camera, *given: Any, **options: Any) -> Any:
        drawn.append(camera)
        return capture(camera, *given, **options)

    monkeypatch.setattr(Camera, "capture_mobjects", noted)

    def story(scene: Any) -> None:
        scene.add(Circle())
        scene.play(FadeIn(Square()), run_time=0.4)
        scene.wait(0.4)

    for renderer in (UndrawnRenderer(), LeapingRenderer(), InstantRenderer(1000)):
        play(story, renderer, ExactScene)
    assert drawn == []
    skipping = plain_renderer(skip_animations=True)
    play(story, skipping)
    assert drawn, "Manim draws nothing of what it skips: the overrides of UndrawnRenderer may go"


def test_a_frame_that_nobody_sees_is_not_copied() -> None:
    undrawn, plain = UndrawnRenderer(), plain_renderer()
    assert undrawn.get_frame() is undrawn.camera.pixel_array
    assert plain.get_frame() is not plain.camera.pixel_array, "UndrawnRenderer.get_frame may go"


def test_every_frame_is_shown_to_whoever_looks() -> None:
    renderer = UndrawnRenderer()
    places: list[float] = []
    square = Square()
    renderer.on_frame = lambda: places.append(round(float(square.get_x()), 3))

    def story(scene: Any) -> None:
        scene.play(square.animate(rate_func=lambda t: t).shift(3 * RIGHT), run_time=0.2)
        scene.wait(1.0)

    play(story, renderer, ExactScene)
    assert places == [0.0, 1.0, 2.0, 3.0]
    assert [(played.held, played.run_times) for played in renderer.plays] == [(False, (0.2,)), (True, ())]


def follower_of(scene: Any) -> tuple[Square, Circle]:
    """Move a square that a circle follows, and return both."""
    square = Square()
    circle = Circle().add_updater(lambda each: each.set_x(square.get_x()))
    scene.add(circle)
    scene.play(square.animate.shift(2 * RIGHT), run_time=0.4)
    return square, circle


@pytest.mark.parametrize("exact", [True, False])
def test_updaters_take_part_in_a_leap(exact: bool) -> None:
    pairs: list[tuple[Square, Circle]] = []
    renderer = LeapingRenderer() if exact else plain_renderer(skip_animations=True)
    play(lambda scene: pairs.append(follower_of(scene)), renderer, ExactScene)
    ((square, circle),) = pairs
    assert square.get_x() == pytest.approx(2)
    assert (abs(circle.get_x() - 2) < 1e-6) == exact, "LeapingRenderer.play may go, or does not help any more"


def test_a_leap_takes_as_long_as_the_scene_does() -> None:
    times = []
    for renderer in (LeapingRenderer(), UndrawnRenderer()):
        scene = play(lambda scene: [follower_of(scene), scene.wait(0.6)], renderer, ExactScene)
        times.append(scene.time)
    assert times == [1.0, 1.0]


@pytest.mark.parametrize("frame", [0, 4, 6, 14])
def test_an_instant_is_the_frame_of_the_video_and_the_end(frame: int) -> None:
    reached: list[str] = []

    def story(scene: Any) -> None:
        follower_of(scene)
        scene.wait(0.6)
        reached.append("the end")

    kept, instant = Kept(), InstantRenderer(frame)
    play(story, ExactRenderer(kept), ExactScene)
    frames = [each for each, repeat in zip(kept.frames, kept.repeats, strict=True) for _ in range(repeat)]
    play(story, instant, ExactScene)
    assert instant.taken is not None
    assert instant.taken.shape == (*SIZE, 4)
    assert np.array_equal(instant.taken, frames[frame])
    assert reached == ["the end"]


def test_settings_are_the_factorys_and_then_what_they_were() -> None:
    def fail() -> None:
        with private_config(frame_height=4.0, frame_width=4.5):
            assert (config.background_opacity, config.frame_rate) == (1.0, 60.0)
            assert (config.frame_height, config.frame_width, config.frame_x_radius) == (4.0, 4.5, 2.25)
            raise KeyError

    with tempconfig({"background_opacity": 0.3, "frame_rate": 7}):
        before = dict(config.items())
        with pytest.raises(KeyError):
            fail()
        assert dict(config.items()) == before


def test_no_class_is_rebuilt_for_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[object] = []
    renderer = ManimConfig.renderer

    def choose(settings: ManimConfig, value: object) -> None:
        chosen.append(value)
        renderer.fset(settings, value)

    monkeypatch.setattr(ManimConfig, "renderer", property(renderer.fget, choose))
    with private_config(frame_rate=7):
        assert config.frame_rate == 7
    assert chosen == []
    with tempconfig({"frame_rate": 7}):
        pass
    assert chosen, "Manim's tempconfig leaves the renderer alone: it may take private_config's place"
