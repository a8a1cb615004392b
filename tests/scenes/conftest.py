"""Scenes and presets from the catalogue, so that a new scene is tested without a new line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from explainer.jobs.job import Job
from explainer.jobs.look import Look, Quality
from explainer.play.render import Scene, build_scene
from explainer.play.session import private_session
from explainer.request.data_files import data_files
from scenes import catalog
from scenes.definition import SceneNumbers
from scenes.stage.manim_internals import UndrawnRenderer

Probe = Callable[[Scene], None]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `scene_name`, or `scene_name` and `preset`, for all there are."""
    if "preset" in metafunc.fixturenames:
        pairs = [(each.name, preset) for each in catalog.definitions() for preset in each.presets]
        metafunc.parametrize(("scene_name", "preset"), pairs, ids=["@".join(pair) for pair in pairs])
    elif "scene_name" in metafunc.fixturenames:
        metafunc.parametrize("scene_name", [each.name for each in catalog.definitions()])


@pytest.fixture(scope="session")
def already_computed() -> dict[tuple[str, str], SceneNumbers]:
    """The numbers of a scene by its name and its parameters as JSON."""
    return {}


@pytest.fixture(autouse=True)
def computed_once(
    monkeypatch: pytest.MonkeyPatch, already_computed: dict[tuple[str, str], SceneNumbers]
) -> None:
    """Train no network a second time because another frame rate or language is looked at."""
    compute = Job.compute

    def computed(job: Job) -> SceneNumbers:
        # What a file holds may have changed.
        if data_files(job.parameters):
            return compute(job)
        key = job.scene, job.parameters.model_dump_json()
        if key not in already_computed:
            already_computed[key] = compute(job)
        return already_computed[key]

    monkeypatch.setattr(Job, "compute", computed)


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
