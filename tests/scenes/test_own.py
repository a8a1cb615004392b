"""Scenes in files of one's own: what is found, what is refused, what is imported anew."""

from __future__ import annotations

import os
import pickle
import sys
import time
from pathlib import Path

import pytest
from small_scenes import announce, write_folder, write_module

from scenes import catalog, own
from scenes.catalog import CatalogError

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_a_module_is_found_with_what_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_module(tmp_path / "own", "my_scene", "mine")
    found = own.definition_at(file)
    assert (found.name, found.home) == ("mine", "my_scene")
    assert found.words_file == tmp_path / "own/my_scene.toml"
    assert sys.path[-1] == str(tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    assert own.definition_at(Path("my_scene.py")) is found
    assert own.definitions() == {"mine": found}
    assert own.name_of(found) == "my_scene.py"
    assert catalog.announced(found) is None
    assert pickle.loads(pickle.dumps(found)) is found


@pytest.mark.parametrize("given", ["", "numbers.py", "drawing.py"])
def test_a_folder_is_found_by_any_of_its_names_without_manim(tmp_path: Path, given: str) -> None:
    folder = write_folder(tmp_path / "lessons", "moving", "mine")
    found = own.definition_at(folder / given)
    assert (found.name, found.home, found.folder) == ("mine", "moving.numbers", folder)
    assert own.name_of(found) == "moving/numbers.py"
    assert "moving.drawing" not in sys.modules


def test_a_package_within_packages_has_its_whole_name(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "course", "moving", "mine")
    (tmp_path / "course/__init__.py").touch()
    for file in folder.glob("*.py"):
        file.write_text(file.read_text().replace("from moving", "from course.moving"))
    assert own.definition_at(folder).home == "course.moving.numbers"
    assert sys.path[-1] == str(tmp_path)


def refused(place: Path) -> str:
    with pytest.raises(CatalogError) as caught:
        own.definition_at(place)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.py") == f"{tmp_path}/x.py: there is no such file"
    assert "the folder has no numbers.py" in refused(tmp_path)
    (tmp_path / "a.b.py").touch()
    assert "Python cannot import 'a.b'" in refused(tmp_path / "a.b.py")


@pytest.mark.parametrize("name", ["numbers", "sys", "numpy", "__main__"])
def test_a_name_that_python_knows_otherwise_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("raise RuntimeError('never imported')")
    assert f"'{name}'" in refused(tmp_path / f"{name}.py")
    assert "rename it" in refused(tmp_path / f"{name}.py")
    assert str(tmp_path) not in sys.path


def test_two_files_of_one_name_clash(tmp_path: Path) -> None:
    own.definition_at(write_module(tmp_path / "a", "my_scene", "mine"))
    other = write_module(tmp_path / "b", "my_scene", "yours")
    assert refused(other) == (
        f"{other}: Python has another 'my_scene' already ({tmp_path}/a/my_scene.py);"
        " rename it, or put an empty __init__.py beside it"
    )


def test_a_module_beside_a_package_of_its_name_is_not_taken_for_it(tmp_path: Path) -> None:
    file = write_module(tmp_path, "my_scene", "mine")
    assert own.definition_at(file).home == "my_scene"
    write_folder(tmp_path, "other", "theirs")
    write_module(tmp_path, "other", "mine")
    assert "rename it" in refused(tmp_path / "other.py")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = 1", "TypeError: my_scene has no DEFINITION of a scene"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def", "SyntaxError"),
        ("exit()", "SystemExit"),
    ],
)
def test_one_that_cannot_be_imported_says_why(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "my_scene.py"
    file.write_text(text)
    assert refused(file).startswith(f"{file} cannot be loaded ({why}")


def test_a_scene_of_the_catalogue_keeps_its_name(tmp_path: Path) -> None:
    file = write_module(tmp_path, "my_scene", "two-curves")
    assert f"{file} calls its scene 'two-curves', as does nnmath " in refused(file)
    own.definition_at(write_module(tmp_path, "one", "mine"))
    again = write_module(tmp_path, "two", "mine")
    assert f"{again} calls its scene 'mine', as does {tmp_path}/one.py" in refused(again)


def test_the_file_of_an_announced_scene_is_that_scene(elsewhere: Path) -> None:
    folder = write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    assert own.definition_at(folder) is catalog.definition("foo")
    assert catalog.announced(own.definition_at(folder)) == catalog.entry("foo")


@pytest.mark.parametrize("changed", ["my_scene.py", "my_scene_size.py"])
def test_what_was_saved_since_is_imported_anew(tmp_path: Path, changed: str) -> None:
    file = write_module(tmp_path, "my_scene", "mine")
    first = own.definition_at(file)
    assert own.definition_at(file) is first
    numpy = sys.modules["numpy"]
    saved = tmp_path / changed
    saved.write_text(saved.read_text().replace("1.0", "1.25"))
    later = time.time_ns() + 10**9
    os.utime(saved, ns=(later, later))
    second = own.definition_at(file)
    assert second is not first
    assert second.compute(second.preset_parameters()).results() == {"side": 1.25}
    assert sys.modules["numpy"] is numpy


def test_the_house_itself_is_never_forgotten(tmp_path: Path) -> None:
    root = Path(catalog.__file__).parents[1]
    assert own._modules_in(root).keys().isdisjoint({"scenes", "scenes.catalog", "nnmath"})
