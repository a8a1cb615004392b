"""The names of data files: in a recipe they count from the recipe, and hold wherever it is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from explainer.cli.program import main
from explainer.errors import UserError
from explainer.jobs.description import describe, described
from explainer.jobs.job import Job
from explainer.keep.key import InputReader
from explainer.request.data_files import data_digests, recorded
from explainer.request.selection import select_jobs

POINTS = "x1,x2,label\n1,2,0\n3,4,1\n"
OTHER_POINTS = "x1,x2,label\n-1,2,0\n3,4,1\n"
Jobs: TypeAlias = Callable[[str], Job]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder A with points, in which one works."""
    folder = tmp_path / "A"
    folder.mkdir()
    (folder / "points.csv").write_text(POINTS)
    monkeypatch.chdir(folder)
    return folder


def render(*words: str) -> int:
    return main(["render", *words, "--quality", "draft", "--format", "png"])


def job_of(data: str, folder: str | None) -> Job:
    (job,) = select_jobs(["two-curves"], everything=False, settings=[f"data={data}"])
    return replace(job, folder=None if folder is None else Path(folder))


def name_in(job: Job) -> Any:
    return recorded(job.parameters, job.folder)["data"]


def test_a_recipe_works_from_anywhere_and_in_a_tree_that_moved(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render("two-curves", "--set", "data=points.csv") == 0
    recipe = tree / "renders" / "two-curves.json"
    first = recipe.read_bytes()
    assert json.loads(first)["parameters"]["data"] == "../points.csv"
    assert list(json.loads(first)["data"]) == ["../points.csv"]
    assert str(tmp_path) not in first.decode()
    elsewhere = tmp_path / "B"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for given in (str(recipe), "../A/renders/two-curves.json"):
        capsys.readouterr()
        assert render(given, "--out", str(tree / "renders")) == 0
        assert "unchanged" in capsys.readouterr().out
        assert recipe.read_bytes() == first
    tree.rename(tmp_path / "moved")
    assert render(str(tmp_path / "moved" / "renders" / "two-curves.json"), "--out", "again") == 0
    again = json.loads((elsewhere / "again" / "two-curves.json").read_bytes())
    assert again["parameters"]["data"] == "../../moved/points.csv"
    assert again["results"] == json.loads(first)["results"]
    (tmp_path / "moved" / "points.csv").write_text(OTHER_POINTS)
    capsys.readouterr()
    assert render(str(tmp_path / "moved" / "renders" / "two-curves.json")) == 2
    assert "no longer has the contents" in capsys.readouterr().err


def test_a_video_from_the_cache_names_its_data_from_where_it_is_put(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "deep").mkdir()
    for out, name in (("one", "../points.csv"), ("deep/two", "../../points.csv"), ("other", "../points.csv")):
        assert render("two-curves", "--set", "data=points.csv", "--out", out) == 0
        recipe = json.loads((tree / out / "two-curves.json").read_bytes())
        assert recipe["parameters"]["data"] == name
    # The last one is, to the byte, the first: where it lies makes no difference.
    assert "from the cache" in capsys.readouterr().out.splitlines()[-1]


def test_an_older_recipe_names_its_data_from_the_working_directory(tree: Path) -> None:
    assert render("two-curves", "--set", "data=points.csv") == 0
    path = tree / "renders" / "two-curves.json"
    recipe = json.loads(path.read_bytes())
    recipe["parameters"]["data"] = "points.csv"
    recipe["data"] = {"points.csv": recipe["data"]["../points.csv"]}
    path.write_text(json.dumps(recipe))
    (job,) = select_jobs([str(path)], everything=False)
    assert job.parameters == job_of("points.csv", None).parameters
    # Another file of the name beside the recipe does not take its place, unless it is the same.
    (tree / "renders" / "points.csv").write_text(OTHER_POINTS)
    (job,) = select_jobs([str(path)], everything=False)
    assert job.parameters == job_of("points.csv", None).parameters
    (tree / "points.csv").unlink()
    with pytest.raises(UserError, match=r"renders/points\.csv no longer has the contents"):
        select_jobs([str(path)], everything=False)
    (tree / "renders" / "points.csv").unlink()
    with pytest.raises(UserError, match=r"two-curves\.json: data must be a CSV file that exists"):
        select_jobs([str(path)], everything=False)


@pytest.mark.parametrize(
    ("data", "folder", "name"),
    [
        ("points.csv", None, "points.csv"),
        ("points.csv", ".", "points.csv"),
        ("points.csv", "renders/deep", "../../points.csv"),
        ("points.csv", "../B", "../A/points.csv"),
        ("../A/points.csv", "renders", "../points.csv"),
        ("@/points.csv", "renders", "../points.csv"),
        ("@/points.csv", None, "@/points.csv"),
        ("points.csv", "/nowhere", "@/points.csv"),
    ],
)
def test_what_a_recipe_calls_a_file(tree: Path, data: str, folder: str | None, name: str) -> None:
    job = job_of(data.replace("@", str(tree)), folder)
    assert name_in(job) == name.replace("@", str(tree))
    assert list(data_digests(job.parameters, job.folder)) == [name_in(job)]
    assert name_in(described(describe(job))) == name_in(job)


def test_links_are_followed_to_folders_and_not_to_files(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "big").mkdir()
    (tree / "renders").symlink_to(tmp_path / "big")
    (tree / "link.csv").symlink_to(tree / "points.csv")
    job = job_of("link.csv", "renders")
    assert name_in(job) == "../A/link.csv"
    assert (tree / "renders" / name_in(job)).read_text() == POINTS


def test_the_key_of_a_video_counts_what_its_recipe_calls_its_data(tree: Path) -> None:
    def key(data: str, folder: str) -> str:
        return InputReader().inputs(job_of(data, folder)).key

    assert key("points.csv", "one") == key("points.csv", "two") == key(f"{tree}/points.csv", "one")
    assert key("points.csv", "one") != key("points.csv", "deep/one")
    (plain,) = select_jobs(["two-curves"], everything=False)
    keys = {InputReader().inputs(replace(plain, folder=folder)).key for folder in (None, Path("deep/one"))}
    assert len(keys) == 1
