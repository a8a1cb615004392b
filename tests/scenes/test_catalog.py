"""The catalogue: what packages announce, and what becomes of those that do it wrongly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from small_scenes import announce, write_folder

from scenes import catalog
from scenes.catalog import CatalogError, Entry
from scenes.definition import Lesson, SceneDefinition


def test_ours_come_first_and_in_the_order_of_their_lesson(elsewhere: Path) -> None:
    write_folder(elsewhere, "aardvark", "aa")
    announce(elsewhere, "aardvark", {"aa": "aardvark.numbers"})
    found = catalog.definitions()
    # dict.fromkeys keeps the order in which the lessons first come.
    lessons = dict.fromkeys(each.load_lesson() for each in found[:-1])
    assert [lesson.number for lesson in lessons if isinstance(lesson, Lesson)] == [1, 2]
    assert [each.name for each in found] == [*(scene for lesson in lessons for scene in lesson.scenes), "aa"]


def test_a_scene_is_imported_when_it_is_named_and_not_before(elsewhere: Path) -> None:
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar-scenes", {"foo": "bar.numbers"})
    assert "foo" in catalog.names()
    assert catalog.entry("foo") == Entry("foo", "bar.numbers", "bar-scenes", "1.0")
    catalog.definition("two-curves")
    assert "bar" not in sys.modules
    assert catalog.definition("foo").summary == "A square moves."
    assert "manim" not in {name for name in sys.modules if name == "bar.drawing"}
    assert catalog.announced(catalog.definition("foo")) == catalog.entry("foo")


def test_the_value_of_an_entry_point_may_name_the_object(elsewhere: Path) -> None:
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar", {"foo": "bar.numbers:DEFINITION"})
    assert catalog.definition("foo").home == "bar.numbers"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("def", "SyntaxError: invalid syntax"),
        ("raise RuntimeError('two\\nlines')", "RuntimeError: two lines"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("DEFINITION = 1", "TypeError: bar.numbers has no DEFINITION of a scene"),
    ],
)
def test_one_that_cannot_be_imported_is_left_out_in_one_line(elsewhere: Path, text: str, why: str) -> None:
    write_folder(elsewhere, "bar", "foo")
    (elsewhere / "bar/numbers.py").write_text(text)
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    with pytest.raises(CatalogError) as caught:
        catalog.definition("foo")
    assert str(caught.value).startswith(f"the scene 'foo' of bar 1.0 cannot be loaded ({why}")
    assert "\n" not in str(caught.value)
    told: list[str] = []
    names = [each.name for each in catalog.definitions(lambda error: told.append(str(error)))]
    assert told == [str(caught.value)]
    assert "foo" not in names
    assert "two-curves" in names


@pytest.mark.parametrize(
    ("text", "why"),
    [("raise RuntimeError('two')", "RuntimeError: two"), ("", "TypeError: bar.course has no")],
)
def test_a_lesson_that_cannot_be_imported_is_told_in_one_line(elsewhere: Path, text: str, why: str) -> None:
    folder = write_folder(elsewhere, "bar", "foo")
    numbers = folder / "numbers.py"
    numbers.write_text(numbers.read_text().replace("home=__name__", "home=__name__, lesson='bar.course'"))
    (folder / "course.py").write_text(text)
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    told: list[str] = []
    names = [each.name for each in catalog.definitions(lambda error: told.append(str(error)))]
    (said,) = told
    assert said.startswith(f"the lesson of the scene 'foo' of bar 1.0 cannot be loaded ({why}")
    assert "foo" not in names
    # Its video can be made all the same.
    assert catalog.definition("foo").name == "foo"


def test_a_name_that_exists_twice_is_refused_with_both_origins(elsewhere: Path) -> None:
    for package, version in (("bar", "1.0"), ("baz", "2.1")):
        write_folder(elsewhere, package, "foo")
        announce(elsewhere, package, {"foo": f"{package}.numbers"}, version)
    with pytest.raises(CatalogError, match=r"'foo' is announced by bar 1\.0 and by baz 2\.1") as caught:
        catalog.definition("foo")
    assert [each.package for each in caught.value.by] == ["bar", "baz"]
    assert not {"bar", "baz"} & set(sys.modules)
    told: list[str] = []
    catalog.definitions(lambda error: told.append(str(error)))
    assert told == [str(caught.value)]


def test_another_name_than_announced_is_refused(elsewhere: Path) -> None:
    write_folder(elsewhere, "bar", "other")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    with pytest.raises(CatalogError, match=r"bar 1\.0 announces the scene 'foo', but it is called 'other'"):
        catalog.definition("foo")


@pytest.mark.parametrize("name", ["../x", "Foo", "a b", "a@b", "-a", ""])
def test_names_that_would_be_odd_names_of_files_are_refused(name: str) -> None:
    known = catalog.definition("two-curves")
    fields = {**vars(known), "home": "nowhere"}
    with pytest.raises(ValueError, match="must be lower-case words joined by hyphens"):
        SceneDefinition(**{**fields, "name": name})
    with pytest.raises(ValueError, match="must be lower-case words joined by hyphens"):
        SceneDefinition(**{**fields, "presets": {name: {}}})
    with pytest.raises(ValueError, match="presets must hold at least one"):
        SceneDefinition(**{**fields, "presets": {}})


def test_a_definition_that_misnames_its_home_is_refused(elsewhere: Path) -> None:
    folder = write_folder(elsewhere, "bar", "foo")
    numbers = folder / "numbers.py"
    numbers.write_text(numbers.read_text().replace("home=__name__", "home='bar'"))
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    with pytest.raises(CatalogError, match="says home='bar'; it must be home=__name__"):
        catalog.definition("foo")
