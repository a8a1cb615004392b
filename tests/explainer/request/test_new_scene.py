"""The scene that `nnmath new-scene` writes works as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from explainer.cli.program import main
from explainer.errors import UserError
from explainer.request.new_scene import write_scene
from scenes.style.locales import LOCALES

ROOT = Path(__file__).parents[3]
FILES = ["__init__.py", "drawing.py", "numbers.py", "test_fold_twice.py", "words.toml"]


def run(folder: Path, *command: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a folder, as somebody would who installed nnmath."""
    places = [str(ROOT), path, os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in places if place)}
    return subprocess.run(
        [sys.executable, "-P", "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which somebody has begun a scene."""
    folder = tmp_path_factory.mktemp("here")
    assert write_scene("fold-twice", folder / "lessons") == folder / "lessons/fold_twice"
    return folder


def test_it_is_a_folder_of_numbers_drawing_words_and_test(here: Path) -> None:
    assert sorted(path.name for path in (here / "lessons/fold_twice").iterdir()) == FILES
    assert [path.name for path in (here / "lessons").iterdir()] == ["fold_twice"]
    words = tomllib.loads((here / "lessons/fold_twice/words.toml").read_text(encoding="utf-8"))
    assert all(said.keys() == set(LOCALES) for said in (words["title"], *words["captions"].values()))


def test_it_renders_and_makes_the_same_video_again(here: Path) -> None:
    made = run(here, "explainer", "render", "lessons/fold_twice", "--size=96x64", "--fps=5")
    assert (made.returncode, made.stderr) == (0, "")
    assert (here / "renders/fold-twice.mp4").is_file()
    again = run(here, "explainer", "render", "lessons/fold_twice", "--size=96x64", "--fps=5")
    assert again.stdout.strip() == "renders/fold-twice.mp4  unchanged"


@pytest.mark.examples
def test_its_own_test_passes(here: Path) -> None:
    """That one looks at both presets in every theme, language and aspect, as `nnmath check` does."""
    done = run(here, "pytest", "-p", "no:cacheprovider", "lessons")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 passed" in done.stdout


@pytest.mark.examples
def test_its_own_test_fails_where_the_picture_is_wrong(tmp_path: Path) -> None:
    folder = write_scene("mine", tmp_path)
    words = folder / "words.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("A plane, with", "A plane " * 20))
    done = run(tmp_path, "pytest", "-p", "no:cacheprovider", "-x", str(folder))
    assert done.returncode == 1, done.stdout + done.stderr


@pytest.mark.parametrize("factor", [0.5, 1.0, 1.25, 3.0])
def test_numbers_are_written_as_people_write_them(here: Path, factor: float) -> None:
    shown = run(
        here,
        "explainer",
        "check",
        "lessons/fold_twice",
        f"--set=factor={factor}",
        "--theme=dark",
        "--aspect=9:16",
    )
    assert shown.stdout.strip() == "3 checked, nothing found"


def test_plain_manim_renders_it(here: Path) -> None:
    small = ("-r", "96,54", "--fps", "5", "--media_dir", str(here / "media"), "--progress_bar", "none")
    drawing = "lessons/fold_twice/drawing.py"
    made = run(
        here, "manim", "render", "--disable_caching", *small, drawing, "FoldTwiceScene", path="lessons"
    )
    assert made.returncode == 0, made.stderr
    assert list((here / "media").rglob("FoldTwiceScene.mp4"))


def test_within_a_package_it_has_the_packages_name(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course/__init__.py").touch()
    folder = write_scene("mine", tmp_path / "course")
    assert "from course.mine.numbers import" in (folder / "drawing.py").read_text(encoding="utf-8")
    shown = run(tmp_path, "explainer", "still", "course/mine", "--size=96x64")
    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Fold", "'Fold' is no name for a scene"),
        ("fold_twice", "'fold_twice' is no name for a scene"),
        ("2-folds", "'2-folds' is no name for a scene"),
        ("../x", "'../x' is no name for a scene"),
        ("", "'' is no name for a scene"),
        ("class", "'class' is no name for a scene"),
        ("two-curves", "'two-curves' is a scene of nnmath"),
        ("numbers", "Python has a 'numbers' already"),
        ("scenes", "Python has a 'scenes' already"),
        ("taken", "taken exists already; choose another name"),
    ],
)
def test_other_names_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "taken").mkdir()
    assert main(["new-scene", "--into", str(tmp_path), "--", name]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert words in said
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    write_text, written = Path.write_text, []

    def write_two(path: Path, *arguments: str, **options: str) -> int:
        written.append(path)
        return write_text(path, *arguments, **options) if len(written) < 3 else full()

    monkeypatch.setattr(Path, "write_text", write_two)
    with pytest.raises(UserError, match=r"--into .*: No space left on device"):
        write_scene("mine", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-scene", "mine", "--into", str(tmp_path / "new")]) == 0
    folder = tmp_path / "new/mine"
    assert capsys.readouterr().out.splitlines() == [
        f"{folder}  edit its numbers.py, drawing.py and words.toml; then:",
        f"nnmath render {folder} --quality draft",
        f"nnmath check {folder}",
        f"pytest {folder}",
    ]
