"""Scenes in files of one's own, rendered by the processes of this machine and of a cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_scenes import write_folder, write_module

from explainer.jobs.description import describe
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.keep.key import InputReader
from explainer.request.selection import select_jobs
from explainer.work.cluster import render_elsewhere

ROOT = Path(__file__).parents[3]


def nnmath(here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    places = os.pathsep.join(place for place in (str(ROOT), os.environ.get("PYTHONPATH", "")) if place)
    return subprocess.run(
        [sys.executable, "-P", "-m", "explainer", *words],
        cwd=here,
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_several_processes_render_them(tmp_path: Path) -> None:
    write_module(tmp_path, "my_scene", "mine")
    write_folder(tmp_path / "lessons", "moving", "moving")
    targets = ("./my_scene.py", "my_scene.py@large", "lessons/moving")
    done = nnmath(tmp_path, "render", *targets, "--size=96x64", "--fps=5", "--jobs=2", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    made = {
        recipe["scene"] + "@" + recipe["preset"]: recipe
        for recipe in map(json.loads, done.stdout.splitlines())
    }
    assert {key: recipe.get("file") for key, recipe in made.items()} == {
        "mine@plain": "my_scene.py",
        "mine@large": "my_scene.py",
        "moving@plain": "moving/numbers.py",
    }
    assert made["mine@large"]["results"] == {"side": 2.0}


def test_a_missing_caption_is_told_in_one_line(tmp_path: Path) -> None:
    write_module(tmp_path, "my_scene", "mine")
    words = tmp_path / "my_scene.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("move.en", "moves.en"), encoding="utf-8")
    for spoiled, said in (
        (words.read_bytes(), "no captions.move.en; add it"),
        (b"[", "no words can be read"),
    ):
        words.write_bytes(spoiled)
        done = nnmath(tmp_path, "render", "my_scene.py", "--size=96x64")
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.fixture
def job(elsewhere: Path, tmp_path: Path) -> Job:
    file = write_module(tmp_path / "here", "my_scene", "mine")
    (job,) = select_jobs([str(file)], everything=False, look=Wishes(size="96x64", fps=5))
    return job


def test_a_worker_that_has_the_file_renders_it(job: Job) -> None:
    wrong, files = render_elsewhere(describe(job), dict(InputReader().inputs(job).parts))
    assert (wrong, [name for name, _ in files]) == ("", ["mine.png", "mine.vtt", "mine.json", "mine.mp4"])


def test_a_worker_without_the_file_says_so(job: Job, tmp_path: Path) -> None:
    parts = dict(InputReader().inputs(job).parts)
    file = tmp_path / "here/my_scene.py"
    file.rename(tmp_path / "here/moved.py")
    wrong, files = render_elsewhere(describe(job), parts)
    assert files == []
    assert wrong == f"mine: a worker of the cluster cannot load its scene: {file}: there is no such file"


def test_a_worker_with_another_file_there_is_refused(job: Job, tmp_path: Path) -> None:
    parts = dict(InputReader().inputs(job).parts)
    (tmp_path / "here/my_scene_size.py").write_text("SIZE = 2.0\n")
    wrong, files = render_elsewhere(describe(job), parts)
    assert files == []
    assert wrong.startswith("mine: a worker of the cluster has other sources than this machine")
