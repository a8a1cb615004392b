"""Scenes and presets from the catalogue, so that a new scene is tested without a new line here."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from explainer.play.frames import DiscardedFrames, Rgba
from explainer.play.render import Scene, build_scene
from explainer.play.renderer import ExactRenderer
from explainer.play.session import private_session
from explainer.request import job as jobs
from explainer.request.job import Job, Quality
from scenes import catalog
from scenes.definition import SceneDefinition

Probe = Callable[[Scene], None]


def written_scenes() -> list[str]:
    """Return the scenes that have a definition; for one that is only announced a test of its own fails."""
    return [name for name in catalog.names() if importlib.util.find_spec(catalog.CATALOG[name])]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scene_name`, or `scene_name` and `preset`, for all there are."""
    if "preset" in metafunc.fixturenames:
        pairs = [(name, preset) for name in written_scenes() for preset in catalog.definition(name).presets]
        metafunc.parametrize(("scene_name", "preset"), pairs, ids=["@".join(pair) for pair in pairs])
    elif "scene_name" in metafunc.fixturenames:
        metafunc.parametrize("scene_name", written_scenes())


@pytest.fixture(autouse=True)
def tiny_qualities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a quality for every frame rate at which a scene must last equally long."""
    for fps in (5, 10, 15, 20, 25, 30, 50, 60):
        monkeypatch.setitem(jobs.QUALITIES, f"tiny-{fps}", Quality(90, fps))  # type: ignore[arg-type]


@cache
def quick_definition(scene_name: str) -> SceneDefinition:
    """Return a scene's definition that computes once for the same parameters; numbers are frozen."""
    definition = catalog.definition(scene_name)
    return replace(definition, compute=cache(definition.compute))


@pytest.fixture(autouse=True)
def numbers_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train no network a second time only because another frame rate or language is looked at."""
    monkeypatch.setattr(Job, "definition", property(lambda job: quick_definition(job.scene)))


@pytest.fixture
def make_job() -> Callable[..., Job]:
    """Return a function that makes a small job of a scene; look and parameters by keyword."""

    def make(scene_name: str, preset: str | None = None, *, fps: int = 15, **changes: Any) -> Job:
        definition = catalog.definition(scene_name)
        look = {key: changes.pop(key) for key in ("theme", "locale", "aspect") if key in changes}
        preset = preset or definition.default_preset
        parameters = definition.parameters(**{**definition.presets[preset], **changes})
        return Job(scene_name, preset, parameters, scene_name, quality=f"tiny-{fps}", **look)

    return make


class ProbingRenderer(ExactRenderer):
    """Plays a scene frame by frame without drawing, and shows every frame's scene to a probe."""

    def __init__(self, probe: Probe) -> None:
        super().__init__(DiscardedFrames())
        self.probe = probe

    def update_frame(self, scene: Any, *arguments: Any, **options: Any) -> None:
        self.probe(scene)

    def save_static_frame_data(self, scene: Any, static_mobjects: Any) -> None:
        self.static_image = None

    def get_frame(self) -> Rgba:
        pixels: Rgba = self.camera.pixel_array
        return pixels


@pytest.fixture
def play_with_probe() -> Callable[[Job, Probe], Scene]:
    """Return a function that plays a job and shows the scene to a probe at every frame."""

    def play(job: Job, probe: Probe) -> Scene:
        with private_session(job):
            scene = build_scene(job, ProbingRenderer(probe))
            scene.render()
        return scene

    return play
