"""The key of a scene from elsewhere changes with all that it brings along."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_scenes import announce, write_folder, write_module

from explainer.jobs import versions
from explainer.jobs.job import Job
from explainer.keep.key import InputReader
from explainer.request.selection import select_jobs
from scenes import catalog


def job_of(given: str | Path, locale: str = "en") -> Job:
    (job,) = select_jobs([str(given)], everything=False)
    return job.looking(locale=locale)


def key_of(job: Job) -> str:
    return InputReader().inputs(job).key


@pytest.fixture
def foreign(elsewhere: Path) -> Path:
    """Return the folder in which the package `bar` is installed, with the scene `foo`."""
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    return elsewhere


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "its numbers": lambda folder: append(folder / "numbers.py", "# more\n"),
    "its drawing": lambda folder: append(folder / "drawing.py", "# more\n"),
    "a module that it imports": lambda folder: (folder / "size.py").write_text("SIZE = 2.0\n"),
    "the package itself": lambda folder: (folder / "__init__.py").write_text("# more\n"),
    "its words": lambda folder: append(folder / "words.toml", 'move.en = "X"\n'),
    "a font": lambda folder: (folder / "font.otf").write_bytes(b"font"),
    "a file of data below": lambda folder: ((folder / "data").mkdir(), (folder / "data/a.csv").touch()),
}
NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "a module that it does not import": lambda folder: (folder / "unused.py").touch(),
    "bytecode": lambda folder: (folder / "x.pyc").touch(),
    "what is hidden": lambda folder: (folder / ".hidden").touch(),
    "its videos": lambda folder: ((folder / "renders").mkdir(), (folder / "renders/x.mp4").touch()),
    "another language": lambda folder: append(folder / "words.toml", "\n[labels]\na.zh-Hant = 'b'\n"),
}


@pytest.mark.parametrize("own", [False, True], ids=["package", "folder"])
@pytest.mark.parametrize("change", [*CHANGES, *NO_CHANGES])
def test_it_changes_with_what_is_drawn_and_nothing_else(elsewhere: Path, change: str, own: bool) -> None:
    into = elsewhere.parent / "mine" if own else elsewhere
    folder = write_folder(into, "bar", "foo")
    announce(elsewhere, "bar", {} if own else {"foo": "bar.numbers"})
    job = job_of(folder if own else "foo")
    before = key_of(job)
    assert key_of(job) == before
    (CHANGES | NO_CHANGES)[change](folder)
    assert (key_of(job) != before) == (change in CHANGES)


def test_what_changes_while_it_is_rendered_is_noticed(foreign: Path) -> None:
    for name in ("numbers.py", "size.py", "words.toml", "font.otf"):
        file = foreign / "bar" / name
        file.touch()
        inputs = InputReader().inputs(job_of("foo"))
        assert inputs.changed() == []
        file.write_text(file.read_text() + "#")
        assert inputs.changed() == [file]


def test_it_changes_with_the_version_alone(foreign: Path) -> None:
    before = key_of(job_of("foo"))
    announce(foreign, "bar", {"foo": "bar.numbers"}, "1.0.1")
    catalog.entries.cache_clear()
    versions._version.cache_clear()
    assert key_of(job_of("foo")) != before


def test_it_changes_with_the_versions_of_what_it_imports(foreign: Path) -> None:
    (foreign / "library.py").write_text("")
    (foreign / "bar/size.py").write_text("import library\nSIZE = 1.0\n")
    found = set()
    for version in ("1.0", "1.1"):
        announce(foreign, "the-library", {}, version)
        (foreign / f"the_library-{version}.dist-info/top_level.txt").write_text("library\n")
        versions._version.cache_clear()
        found.add(key_of(job_of("foo")))
    assert len(found) == 2


def test_a_package_without_init_is_followed_as_well(elsewhere: Path) -> None:
    """Several distributions may share one name above their packages."""
    folder = write_folder(elsewhere, "acme", "foo")
    (folder / "moving").mkdir()
    for file in list(folder.glob("*.*")):
        text = file.read_text().replace("from acme.", "from acme.moving.")
        (folder / "moving" / file.name).write_text(text)
        file.unlink()
    announce(elsewhere, "acme-moving", {"foo": "acme.moving.numbers"})
    job = job_of("foo")
    before = key_of(job)
    (folder / "moving/size.py").write_text("SIZE = 2.0\n")
    assert key_of(job) != before


@pytest.mark.usefixtures("elsewhere")
def test_a_module_of_ones_own_changes_with_its_words_and_with_what_lies_beside_it(tmp_path: Path) -> None:
    here = tmp_path / "here"
    job = job_of(write_module(here, "my_scene", "mine"))
    seen = [key_of(job)]
    for name, text in (
        ("my_scene.py", "# more\n"),
        ("my_scene_size.py", "# more\n"),
        ("my_scene.toml", "a.en = ''"),
    ):
        append(here / name, text)
        seen.append(key_of(job))
    assert len(set(seen)) == 4
    # Nothing else in the folder is the scene's: it may be anybody's home.
    for name in ("letter.txt", "other.py", "words.toml"):
        (here / name).touch()
    assert key_of(job) == seen[-1]


@pytest.mark.usefixtures("elsewhere")
def test_it_does_not_change_with_the_place_of_ones_own_file(tmp_path: Path) -> None:
    write_module(tmp_path / "here", "my_scene", "mine")
    here = key_of(job_of(tmp_path / "here/my_scene.py"))
    shutil.move(tmp_path / "here", tmp_path / "there")
    sys.path.remove(str(tmp_path / "here"))
    for name in ("my_scene", "my_scene_size"):
        del sys.modules[name]
    assert key_of(job_of(tmp_path / "there/my_scene.py")) == here


def test_words_that_cannot_be_read_have_a_key(foreign: Path) -> None:
    job, words = job_of("foo"), foreign / "bar/words.toml"
    seen = {key_of(job)}
    for content in (b"[title\n", b"\xff", b""):
        words.write_bytes(content)
        seen.add(key_of(job))
    assert len(seen) == 4
