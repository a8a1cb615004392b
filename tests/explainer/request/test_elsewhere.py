"""Scenes from elsewhere in recipes, project files and tables of parameters."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_scenes import announce, write_folder, write_module

from explainer.errors import UserError
from explainer.film.make import recipe_of
from explainer.jobs.description import describe, described
from explainer.jobs.job import Job
from explainer.play.rendering import Rendering
from explainer.request.recipe import Recipe
from explainer.request.selection import select_jobs
from scenes import catalog, own

PIXEL = np.zeros((1, 1, 4), np.uint8)
RENDERING = Rendering("", 1, 15, (), {}, PIXEL, PIXEL)


@pytest.fixture
def foreign(elsewhere: Path) -> Path:
    """Return the folder in which the package `bar-scenes` is installed, with the scene `foo`."""
    write_folder(elsewhere, "bar", "foo")
    announce(elsewhere, "bar-scenes", {"foo": "bar.numbers"}, requires="NumPy>=1; python_version > '3'")
    return elsewhere


def written(recipe: Recipe, path: Path, **changes: Any) -> str:
    path.write_text(json.dumps({**json.loads(recipe.to_json()), **changes}), encoding="utf-8")
    return str(path)


def refused(*given: str, **options: Any) -> str:
    with pytest.raises(UserError) as caught:
        select_jobs(given, everything=False, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def job_of(given: str) -> Job:
    (job,) = select_jobs([given], everything=False)
    return job


def fields(recipe: Recipe) -> Mapping[str, Any]:
    contents: Mapping[str, Any] = json.loads(recipe.to_json())
    return contents


def test_a_recipe_of_ours_says_nothing_of_packages_and_files() -> None:
    recipe = recipe_of(job_of("two-curves"), RENDERING)
    assert not {"package", "file"} & fields(recipe).keys()
    assert recipe.digest == recipe.computed_digest()


@pytest.mark.usefixtures("foreign")
def test_a_recipe_names_the_package_and_the_versions_of_what_it_needs(tmp_path: Path) -> None:
    job = job_of("foo@large")
    recipe = recipe_of(job, RENDERING)
    assert fields(recipe)["package"] == "bar-scenes"
    assert "file" not in fields(recipe)
    assert recipe.versions["bar-scenes"] == "1.0"
    assert recipe.versions["NumPy"] == recipe.versions["numpy"]
    assert job_of(written(recipe, tmp_path / "foo-large.json")) == job
    assert described(describe(job)) == job


def test_a_recipe_whose_package_is_gone_is_refused_and_nothing_imported(foreign: Path) -> None:
    recipe = recipe_of(job_of("foo"), RENDERING)
    path = written(recipe, foreign / "x.json")
    for name in [name for name in sys.modules if name.partition(".")[0] == "bar"]:
        del sys.modules[name]
    # What it is about can still be imported: but nothing announces it.
    shutil.rmtree(foreign / "bar_scenes-1.0.dist-info")
    catalog.entries.cache_clear()
    assert refused(path) == (
        f"{path}: the scene 'foo' came with the package bar-scenes 1.0, which is not installed;"
        " pip install bar-scenes, if you trust it"
    )
    assert "bar" not in sys.modules


def test_a_recipe_whose_package_has_no_such_scene_any_more_is_refused(foreign: Path, tmp_path: Path) -> None:
    path = written(recipe_of(job_of("foo"), RENDERING), tmp_path / "x.json")
    announce(foreign, "bar-scenes", {}, "2.0")
    write_folder(foreign, "baz", "foo")
    announce(foreign, "baz", {"foo": "baz.numbers"})
    catalog.entries.cache_clear()
    assert refused(path) == (
        f"{path}: the scene 'foo' came with the package bar-scenes 1.0, but bar-scenes 2.0, which is"
        " installed, has none; install bar-scenes==1.0, if you trust it"
    )
    assert "baz" not in sys.modules


@pytest.mark.parametrize("package", ["evil; rm -rf ~", "--pre", "a\nb", ""])
def test_no_recipe_makes_a_command_of_its_package(foreign: Path, tmp_path: Path, package: str) -> None:
    recipe = recipe_of(job_of("foo"), RENDERING)
    path = written(recipe, tmp_path / "x.json", package=package)
    assert "not a recipe (package must be of the form " in refused(path)
    versions = {**recipe.versions, "gone": "1; rm -rf ~"}
    path = written(recipe, tmp_path / "x.json", package="gone", versions=versions)
    assert "came with the package gone, which is not installed" in refused(path)


@pytest.mark.usefixtures("foreign")
def test_a_recipe_without_a_package_is_one_of_ours(tmp_path: Path) -> None:
    recipe = recipe_of(job_of("foo"), RENDERING)
    path = written(recipe, tmp_path / "x.json", package=None)
    assert refused(path).startswith(f"{path}: unknown scene 'foo'; choose one of: ")


@pytest.mark.usefixtures("elsewhere")
def test_a_recipe_of_ones_own_file_asks_for_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(write_module(tmp_path / "here", "my_scene", "mine"))
    job = job_of(f"{file}@large")
    recipe = recipe_of(job, RENDERING)
    assert fields(recipe)["file"] == "my_scene.py"
    assert str(tmp_path) not in recipe.to_json()
    path = written(recipe, tmp_path / "mine-large.json")
    monkeypatch.setattr(own, "_loaded", {})
    assert refused(path) == (
        f"{path}: the scene 'mine' stood in a file of somebody's own; if you trust it, name it as well:"
        " nnmath render RECIPE FOLDER/my_scene.py"
    )
    again = select_jobs([path, file], everything=False)
    assert [(each.stem, each.preset, each.parameters) for each in again] == [
        ("mine-large", "large", job.parameters)
    ]
    assert len(select_jobs([file, path, f"{file}@plain"], everything=False)) == 2
    assert described(describe(again[0])) == again[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_description_whose_file_is_not_here_is_refused(tmp_path: Path) -> None:
    file = write_module(tmp_path / "here", "my_scene", "mine")
    description = describe(job_of(str(file)))
    assert description["file"] == str(file)
    file.unlink()
    with pytest.raises(UserError, match=r"my_scene\.py: there is no such file"):
        described(description)


@pytest.mark.usefixtures("elsewhere")
def test_a_project_counts_files_from_its_own_folder(tmp_path: Path) -> None:
    write_module(tmp_path / "course/scenes-of-mine", "my_scene", "mine")
    write_folder(tmp_path / "course", "moving", "moving")
    project = tmp_path / "course/lesson.toml"
    project.write_text(
        '[[video]]\nscene = "./scenes-of-mine/my_scene.py@large"\nname = "one"\n'
        '[[video]]\nscene = "./moving"\nparameters = {side = 0.5}\n'
        '[[video]]\nscene = "two-curves"\n'
    )
    params = tmp_path / "params.toml"
    params.write_text("[mine]\nside = 0.25\n")
    one, two, three = select_jobs([], everything=False, project=project, params=params)
    assert (one.stem, one.scene, one.preset, one.parameters.model_dump()) == (
        "one",
        "mine",
        "large",
        {"side": 0.25},
    )
    assert (two.stem, two.parameters.model_dump()) == ("moving", {"side": 0.5})
    assert three.scene == "two-curves"
    project.write_text('[[video]]\nscene = "./missing.py"\n')
    assert refused(project=project) == (
        f"--project {project}, [[video]] 1: {tmp_path}/course/missing.py: there is no such file"
    )


@pytest.mark.usefixtures("elsewhere")
def test_a_table_of_parameters_may_be_about_ones_own_scene(tmp_path: Path) -> None:
    file = str(write_module(tmp_path, "my_scene", "mine"))
    params = tmp_path / "params.toml"
    params.write_text("[mine]\nside = 0.25\n")
    assert "unknown scene table 'mine'" in refused("two-curves", params=params)
    (job,) = select_jobs([file], everything=False, params=params)
    assert job.parameters.model_dump() == {"side": 0.25}
    params.write_text("[mine]\nsize = 0.25\n")
    assert "mine has no parameter 'size'; did you mean 'side'?" in refused(file, params=params)
