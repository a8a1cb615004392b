"""Scenes and presets from the catalogue, so that a new scene is tested without a new line here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from explainer.request.job import Job
from explainer.request.look import Look, Quality
from scenes import catalog
from scenes.definition import SceneDefinition, SceneNumbers
from scenes.stage.manim_internals import UndrawnRenderer

Probe = Callable[[Scene], None]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scene_name`, or `scene_name` and `preset`, for all there are."""
    if "preset" in metafunc.fixturenames:
        pairs = [(each.name, preset) for each in catalog.definitions() for preset in each.presets]
        metafunc.parametrize(("scene_name", "preset"), pairs, ids=["@".join(pair) for pair in pairs])
    elif "scene_name" in metafunc.fixturenames:
        metafunc.parametrize("scene_name", [each.name for each in catalog.definitions()])


@cache
def numbers_of(definition: SceneDefinition[Any, Any], parameters: str) -> SceneNumbers:
    """Return what parameters, as JSON, come to: no network is trained a second time for another look."""
    numbers: SceneNumbers = definition.compute(definition.parameters.model_validate_json(parameters))
    return numbers


@pytest.fixture(autouse=True)
def numbers_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute once for the same parameters, whatever frame rate or language is looked at."""
    monkeypatch.setattr(
        Job, "compute", lambda job: numbers_of(job.definition, job.parameters.model_dump_json())
    )


@pytest.fixture
def make_job() -> Callable[..., Job]:
    """Return a function that makes a small job of a scene; look and parameters by keyword."""

    def make(scene_name: str, preset: str | None = None, *, fps: int = 15, **changes: Any) -> Job:
        definition = catalog.definition(scene_name)
        chosen = {key: changes.pop(key) for key in ("theme", "locale", "aspect") if key in changes}
        preset = preset or definition.default_preset
        parameters = definition.parameters(**{**definition.presets[preset], **changes})
        return Job(definition, preset, parameters, scene_name, Look(quality=Quality(90, fps), **chosen))

    return make


@pytest.fixture
def play_with_probe() -> Callable[[Job, Probe], Scene]:
    """Return a function that plays a job and shows the scene to a probe at every frame."""

    def play(job: Job, probe: Probe) -> Scene:
        with private_session(job):
            renderer = UndrawnRenderer()
            scene = build_scene(job, renderer, job.compute())
            renderer.on_frame = lambda: probe(scene)
            scene.render()
        return scene

    return play
