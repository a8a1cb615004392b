"""Golden frames: what every beat of every preset ends on, as it looked when somebody last looked at it.

Pictures are taken before any encoder, dark and in English. `make golden` renews them; look at what changed.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from explainer.jobs.job import Job
from explainer.jobs.look import Look, Quality
from explainer.play.render import build_scene
from explainer.play.session import private_session
from scenes import catalog
from scenes.stage.beat import Beat
from scenes.stage.manim_internals import LeapingRenderer
from scenes.style.theme import THEMES

Picture: TypeAlias = npt.NDArray[np.uint8]

HERE = Path(__file__).resolve().parent
PICTURES, FAILURES = HERE / "pictures", HERE / "failures"
HEIGHT, FPS = 180, 60
# Other versions of the drawing library may round the edges of shapes otherwise; nothing else may differ.
MOST_MEAN = 0.1  # of 255, over all pixels and channels
FAR = 12  # of 255, in the channel that differs most
MOST_FAR = 0.0005  # of all pixels
MOST_BYTES = 6_000_000
REMEDY = "if this is what it should look like, run: make golden"


@dataclass(frozen=True)
class Shots:
    """What a preset shows: how many frames long it is, and the picture at the end of every beat."""

    frames: int
    pictures: Mapping[str, Picture]


@dataclass(frozen=True)
class Album:
    """The golden frames of one preset, kept in a folder.

    Attributes:
        name: SCENE-PRESET.
        folder: where the pictures are, numbered in the order of the beats, with `frames.json`.
        failures: where a picture goes that shows expected, actual and difference side by side.
    """

    name: str
    folder: Path
    failures: Path

    def renew(self, shots: Shots) -> None:
        """Keep these shots instead of what was kept before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for number, (key, picture) in enumerate(shots.pictures.items(), start=1):
            Image.fromarray(picture).save(self.folder / f"{number}-{key}.png", optimize=True)
        lines = json.dumps({"fps": FPS, "frames": shots.frames}, indent=2)
        (self.folder / "frames.json").write_text(lines + "\n", encoding="utf-8")

    def kept(self) -> Shots:
        """Return what is kept; an AssertionError says what to do when there is nothing."""
        assert (self.folder / "frames.json").is_file(), f"{self.name} has no golden frames: run make golden"
        record = json.loads((self.folder / "frames.json").read_text(encoding="utf-8"))
        assert record["fps"] == FPS
        files = sorted(self.folder.glob("*.png"), key=lambda path: int(path.stem.partition("-")[0]))
        pictures = {path.stem.partition("-")[2]: np.array(Image.open(path)) for path in files}
        return Shots(record["frames"], pictures)

    def compare(self, shots: Shots) -> None:
        """Raise an AssertionError that names every beat that looks otherwise, and where to look at it."""
        kept = self.kept()
        assert list(shots.pictures) == list(kept.pictures), f"{self.name} has other beats; {REMEDY}"
        wrong = [f"{self.name} is {shots.frames} frames long, not {kept.frames}"]
        wrong = [] if shots.frames == kept.frames else wrong
        for key, picture in shots.pictures.items():
            if (told := differing(kept.pictures[key], picture)) is not None:
                beside = self.show_beside(key, kept.pictures[key], picture)
                wrong.append(f"{self.name}, beat {key}: {told}; see {beside}")
        assert not wrong, "\n".join([*wrong, REMEDY])

    def show_beside(self, key: str, expected: Picture, actual: Picture) -> Path:
        """Write expected, actual and difference, four times as strong, side by side; return the file."""
        self.failures.mkdir(parents=True, exist_ok=True)
        path = self.failures / f"{self.name}-{key}.png"
        shown = [expected, actual]
        if expected.shape == actual.shape:
            apart = np.abs(expected.astype(int) - actual.astype(int))
            shown.append(np.minimum(apart * 4, 255).astype(np.uint8))
        height = max(picture.shape[0] for picture in shown)
        padded = [np.pad(p, ((0, height - p.shape[0]), (0, 8), (0, 0)), constant_values=128) for p in shown]
        Image.fromarray(np.concatenate(padded, axis=1)).save(path)
        return path


def differing(expected: Picture, actual: Picture) -> str | None:
    """Tell how two pictures `(height, width, 3)` differ, or None if they are alike enough."""
    if expected.shape != actual.shape:
        return f"its size is {actual.shape[1]}×{actual.shape[0]}, not {expected.shape[1]}×{expected.shape[0]}"
    apart = np.abs(expected.astype(int) - actual.astype(int))
    mean, far = float(apart.mean()), float((apart.max(axis=2) > FAR).mean())
    if mean <= MOST_MEAN and far <= MOST_FAR:
        return None
    return (
        f"mean difference {mean:.3f} (at most {MOST_MEAN}), "
        f"{far:.3%} of pixels off by more than {FAR} (at most {MOST_FAR:.3%})"
    )


@pytest.fixture
def shoot() -> Callable[..., Shots]:
    """Return a function that plays a preset and returns its shots."""

    def shots(scene_name: str, preset: str, **changes: Any) -> Shots:
        definition = catalog.definition(scene_name)
        parameters = definition.parameters(**{**definition.presets[preset], **changes})
        job = Job(definition, preset, parameters, scene_name, Look(quality=Quality(HEIGHT, FPS)))
        pictures: dict[str, Picture] = {}
        with private_session(job):
            renderer = LeapingRenderer()
            scene = build_scene(job, renderer, job.compute())

            def take(beat: Beat) -> None:
                pictures[beat.key] = renderer.picture(scene)[:, :, :3]

            scene.after_beat = take
            scene.render()
        return Shots(renderer.drawn_frames, pictures)

    return shots


def test_every_beat_looks_as_it_did(
    scene_name: str, preset: str, shoot: Callable[..., Shots], request: pytest.FixtureRequest
) -> None:
    shots = shoot(scene_name, preset)
    definition = catalog.definition(scene_name)
    assert tuple(shots.pictures) == definition.beats_for(definition.preset_parameters(preset))
    album = Album(f"{scene_name}-{preset}", PICTURES / f"{scene_name}-{preset}", FAILURES)
    if request.config.getoption("--renew"):
        album.renew(shots)
    else:
        album.compare(shots)


def test_nothing_is_kept_of_what_is_gone(request: pytest.FixtureRequest) -> None:
    shown = {f"{name}-{preset}" for name in catalog.names() for preset in catalog.definition(name).presets}
    gone = [path for path in PICTURES.glob("*") if path.name not in shown]
    if request.config.getoption("--renew"):
        for path in gone:
            shutil.rmtree(path)
        return
    assert not gone, f"no preset is called {', '.join(path.name for path in gone)}; run: make golden"


def test_the_pictures_take_little_room() -> None:
    assert sum(path.stat().st_size for path in PICTURES.rglob("*") if path.is_file()) < MOST_BYTES


# What follows proves that the comparison notices what it should, on an album of its own.


@pytest.fixture
def album(shoot: Callable[..., Shots], tmp_path: Path) -> Album:
    kept = Album("two-curves-easy", tmp_path / "pictures", tmp_path / "failures")
    kept.renew(shoot("two-curves", "easy"))
    return kept


def test_the_same_code_gives_the_same_pictures(album: Album, shoot: Callable[..., Shots]) -> None:
    again = shoot("two-curves", "easy")
    album.compare(again)
    assert all(np.array_equal(again.pictures[key], picture) for key, picture in album.kept().pictures.items())
    assert not album.failures.exists()


def test_a_missing_picture_fails_and_says_what_to_do(tmp_path: Path, shoot: Callable[..., Shots]) -> None:
    nothing = Album("two-curves-easy", tmp_path / "pictures", tmp_path / "failures")
    shots = shoot("two-curves", "easy")
    with pytest.raises(AssertionError, match="two-curves-easy has no golden frames: run make golden"):
        nothing.compare(shots)
    nothing.renew(shots)
    (tmp_path / "pictures" / "2-points.png").unlink()
    with pytest.raises(AssertionError, match=r"has other beats; .*run: make golden"):
        nothing.compare(shots)


@pytest.mark.parametrize(
    ("role", "code"), [("grid", "#2c8a96"), ("class_0", "#ffa04d"), ("muted", "#7b86a5")]
)
def test_a_changed_colour_is_noticed(
    album: Album, shoot: Callable[..., Shots], monkeypatch: pytest.MonkeyPatch, role: str, code: str
) -> None:
    monkeypatch.setitem(THEMES["dark"].colours, role, code)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="two-curves-easy, beat labels: mean difference"):
        album.compare(shoot("two-curves", "easy"))


@pytest.mark.parametrize("part", ["title", "legend", "function"])
def test_a_moved_label_is_noticed(
    album: Album, shoot: Callable[..., Shots], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    scene = catalog.definition("two-curves").load_scene()
    set_stage = scene.set_stage

    def moved(self: Any) -> None:
        set_stage(self)
        getattr(self, part).shift([0.06, 0, 0])

    monkeypatch.setattr(scene, "set_stage", moved)
    beside = album.failures / "two-curves-easy-function.png"
    told = rf"two-curves-easy, beat function: mean difference .*; see {re.escape(str(beside))}\s+{REMEDY}"
    with pytest.raises(AssertionError, match=told):
        album.compare(shoot("two-curves", "easy"))
    picture = np.array(Image.open(beside))
    assert picture.shape == (HEIGHT, 3 * (HEIGHT * 16 // 9 + 8), 3)
    assert picture[:, -(HEIGHT * 16 // 9) :].any()


def test_a_changed_number_is_noticed(album: Album, shoot: Callable[..., Shots]) -> None:
    with pytest.raises(AssertionError, match="beat points: mean difference"):
        album.compare(shoot("two-curves", "easy", gap=1.95))


def test_a_changed_length_is_noticed(album: Album, shoot: Callable[..., Shots]) -> None:
    shots = shoot("two-curves", "easy")
    with pytest.raises(AssertionError, match=f"is {shots.frames + 12} frames long, not {shots.frames}"):
        album.compare(Shots(shots.frames + 12, shots.pictures))


def test_edges_drawn_a_little_otherwise_pass() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 255, (180, 320, 3)).astype(np.uint8)
    other = picture.copy()
    # One value in twenty rounded the other way.
    other[rng.random(picture.shape) < 0.05] ^= 1
    assert differing(picture, other) is None
    assert differing(picture, picture[:90]) == "its size is 320×90, not 320×180"
