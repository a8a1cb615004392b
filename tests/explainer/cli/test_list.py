"""`nnmath list`, with scenes of other packages beside ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_scenes import announce, write_folder

from explainer.cli.program import main
from scenes import catalog


def test_it_says_where_a_scene_of_another_package_comes_from(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list"]) == 0
    ours = capsys.readouterr().out
    assert "from: " not in ours
    titles = [line for line in ours.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "A network is linear algebra: --lesson linear-algebra",
        "How a network learns: --lesson learning",
    ]
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    catalog.entries.cache_clear()
    assert main(["list"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(ours)
    assert [line.strip() for line in said.out.removeprefix(ours).splitlines()] == [
        "",
        "In no lesson",
        "foo                   A square moves.",
        "presets: plain, large",
        "from: bar 1.0",
    ]
    assert said.err == ""


def test_for_programs_it_says_so_of_every_scene(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar", {"foo": "bar.numbers"})
    assert main(["list", "--json"]) == 0
    listed = {each["scene"]: each for each in json.loads(capsys.readouterr().out)}
    keys = ("lesson", "package", "version")
    assert [listed["foo"][key] for key in keys] == [None, "bar", "1.0"]
    ours = catalog.entry("two-curves")
    assert [listed["two-curves"][key] for key in keys] == ["linear-algebra", "nnmath", ours.version]


def test_what_cannot_be_had_is_a_line_of_warning(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for package, scene in (("broken", "broken"), ("one", "twice"), ("two", "twice")):
        write_folder(elsewhere, package, scene)
        announce(elsewhere, package, {scene: f"{package}.numbers"})
    (elsewhere / "broken/numbers.py").write_text("import nothing_of_that_name")
    assert main(["list"]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "nnmath: the scene 'broken' of broken 1.0 cannot be loaded"
        " (ModuleNotFoundError: No module named 'nothing_of_that_name')",
        "nnmath: the scene 'twice' is announced by one 1.0 and by two 1.0; uninstall one of them",
    ]
    assert "two-curves" in said.out
    assert "twice" not in said.out
    for scene in ("broken", "twice"):
        assert main(["show", scene]) == 2
        assert capsys.readouterr().err.count("\n") == 1
