"""What holds for every scene and preset of the catalogue: beats, times, results."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from manim import CairoRenderer, tempconfig

from explainer.jobs.job import Job
from explainer.play.render import Scene, render, run_without_drawing
from scenes import catalog
from scenes.stage.scene import TICK, ExplainerScene
from scenes.style.fonts import missing_characters
from scenes.style.locales import LOCALES
from scenes.style.words import MOST_LINES

ROOT = Path(__file__).resolve().parents[2]
MakeJob = Callable[..., Job]
# The least and most seconds of one beat, and of a whole scene.
BEAT, SCENE = (1.0, 7.0), (12.0, 45.0)


@pytest.mark.parametrize("name", catalog.names())
def test_every_entry_of_the_catalogue_is_there(name: str) -> None:
    definition = catalog.definition(name)
    assert definition.name == name
    assert definition.home == catalog.entry(name).module
    assert definition.summary.endswith((".", "?"))
    assert definition.load_scene().definition is definition


def test_every_parameter_is_explained_and_every_preset_valid(scene_name: str) -> None:
    definition = catalog.definition(scene_name)
    for name, field in definition.parameters.model_fields.items():
        assert field.description, f"{name} has no description"
        assert not field.is_required(), f"{name} has no default"
    for preset in definition.presets:
        assert definition.preset_parameters(preset)
        beats = definition.beats_for(definition.preset_parameters(preset))
        assert 4 <= len(beats) <= 8, preset
        # Each once, and in the order in which the definition names all there are.
        assert list(beats) == [key for key in definition.beats if key in beats]
    assert definition.preset_parameters() == definition.preset_parameters(definition.default_preset)
    assert len(set(definition.beats)) == len(definition.beats)


@pytest.fixture(scope="session")
def already_played() -> dict[Job, Scene]:
    """Scenes as they stood at their end, by the jobs that were played."""
    return {}


@pytest.fixture
def play(already_played: dict[Job, Scene], make_job: MakeJob) -> Callable[..., Scene]:
    """Return a function that plays a scene without drawing it, once for several tests."""

    def played(scene_name: str, preset: str | None = None, **look: Any) -> Scene:
        job = make_job(scene_name, preset, **look)
        if job not in already_played:
            already_played[job] = run_without_drawing(job)
        return already_played[job]

    return played


@pytest.mark.parametrize("locale", LOCALES)
def test_the_beats_are_played_in_order_and_in_time(
    scene_name: str, preset: str, locale: str, play: Callable[..., Scene]
) -> None:
    scene = play(scene_name, preset, locale=locale)
    assert tuple(beat.key for beat in scene.beats) == scene.definition.beats_for(scene.parameters)
    last = 0.0
    for beat in scene.beats:
        assert beat.start_s == pytest.approx(last, abs=1e-6), f"{beat.key} does not follow at once"
        seconds = beat.end_s - beat.start_s
        assert BEAT[0] <= seconds <= BEAT[1] + 1e-6, f"{beat.key} takes {seconds:g} s"
        assert seconds / TICK == pytest.approx(round(seconds / TICK), abs=1e-3)
        last = beat.end_s
    assert SCENE[0] <= last <= SCENE[1]
    assert scene.time == pytest.approx(last, abs=1e-3)
    words = scene.words
    for beat in scene.beats:
        lines = words.lines(beat.caption)
        assert len(lines) <= MOST_LINES
        assert max(map(len, lines)) <= LOCALES[locale].line_length, lines
        assert not set(beat.caption) & set("{}")
        assert missing_characters(beat.caption) == []
        assert beat.end_s - beat.start_s >= words.reading_time(beat.caption) - 1e-6


def test_every_beat_ends_in_a_pause(
    scene_name: str, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: dict[float, float] = {}
    wait = ExplainerScene.wait

    def noted(self: Any, duration: float = 1.0, **options: Any) -> None:
        start = self.time
        wait(self, duration, **options)
        pauses[round(self.time, 3)] = self.time - start

    monkeypatch.setattr(ExplainerScene, "wait", noted)
    for beat in run_without_drawing(make_job(scene_name)).beats:
        assert pauses[beat.end_s] >= 1.0 - 1e-6, beat.key


def test_the_results_are_plain_finite_json(scene_name: str, preset: str) -> None:
    definition = catalog.definition(scene_name)
    results = definition.compute(definition.preset_parameters(preset)).results()
    assert results
    assert json.loads(json.dumps(results, allow_nan=False)) == results
    again = definition.compute(definition.preset_parameters(preset)).results()
    assert again == results


def test_every_frame_rate_gives_the_same_length(
    scene_name: str, preset: str, play: Callable[..., Scene]
) -> None:
    rates = (15, 60) if preset != catalog.definition(scene_name).default_preset else (10, 15, 25, 60)
    seconds, beats = set(), set()
    for fps in rates:
        scene = play(scene_name, preset, fps=fps)
        seconds.add(round(scene.renderer.drawn_frames / fps, 6))
        beats.add(tuple((beat.key, beat.start_s, beat.end_s) for beat in scene.beats))
    assert len(seconds) == 1
    assert len(beats) == 1


def test_frame_by_frame_is_as_long_as_without_drawing(
    scene_name: str, make_job: MakeJob, play_with_probe: Callable[..., Any]
) -> None:
    job = make_job(scene_name, fps=5)
    frames = 0

    def count(scene: Any) -> None:
        nonlocal frames
        frames += 1

    played, skipped = play_with_probe(job, count), run_without_drawing(job)
    assert played.beats == skipped.beats
    assert played.renderer.file_writer.frames == skipped.renderer.drawn_frames
    assert 0 < frames <= played.renderer.file_writer.frames


@pytest.fixture
def short_scene(monkeypatch: pytest.MonkeyPatch) -> str:
    """Cut the first scene of the catalogue down to its first two beats, and return its name."""
    name = "two-curves"
    scene = catalog.definition(name).load_scene()

    def construct(self: Any) -> None:
        self.set_stage()
        self.show_plane()
        self.show_points()

    monkeypatch.setattr(scene, "construct", construct)
    return name


def test_drawn_frames_are_as_many_at_every_rate(short_scene: str, make_job: MakeJob) -> None:
    class Count:
        frames = 0

        def write(self, pixels: Any, repeat: int) -> None:
            self.frames += repeat

    lengths = set()
    for fps in (15, 60):
        sink = Count()
        rendering = render(make_job(short_scene, fps=fps, points_per_curve=20), sink)
        assert sink.frames == rendering.frames
        lengths.add(round(sink.frames / fps, 6))
        assert rendering.beats[-1].end_s == rendering.duration_s
    undrawn = run_without_drawing(make_job(short_scene, points_per_curve=20))
    assert lengths == {undrawn.beats[-1].end_s}


def test_every_scene_can_be_made_by_manim_alone(scene_name: str, tmp_path: Path) -> None:
    quiet = {"media_dir": str(tmp_path), "dry_run": True, "verbosity": "ERROR", "progress_bar": "none"}
    with tempconfig(quiet | {"pixel_width": 96, "pixel_height": 54, "frame_rate": 5}):
        scene = catalog.definition(scene_name).load_scene()(renderer=CairoRenderer(skip_animations=True))
        scene.render()
    assert scene.settings.parameters == catalog.definition(scene_name).preset_parameters()
    assert tuple(beat.key for beat in scene.beats) == scene.definition.beats_for(scene.parameters)


def test_manims_own_command_renders_a_scene(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "manim", "render", "--dry_run", "--disable_caching"]
    command += ["-r", "96,54", "--fps", "5", "--media_dir", str(tmp_path), "--progress_bar", "none"]
    command += ["scenes/linear_algebra/relu_folding/drawing.py", "ReluFolding"]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stderr + finished.stdout
    assert "Traceback" not in finished.stderr + finished.stdout
