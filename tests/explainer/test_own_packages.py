"""A folder `scenes` where somebody works does not get in the way of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.jobs.description import describe
from explainer.jobs.look import Wishes
from explainer.keep.key import InputReader
from explainer.request.selection import select_jobs
from explainer.work.cluster import render_elsewhere

ROOT = Path(__file__).parents[2]
SMALL = ("--size=96x64", "--fps=5")


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with packages of somebody else's under our names."""
    for name in ("scenes", "nnmath"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('not ours')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NNMATH_CACHE", str(tmp_path / "cache"))
    # Python looks for what is installed behind the working folder, as in any environment.
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(":")])
    )
    return tmp_path


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.usefixtures("crowded")
def test_the_working_folder_would_come_first() -> None:
    assert "not ours" in run("-c", "import sys; sys.path.insert(0, ''); import scenes").stderr


@pytest.mark.usefixtures("crowded")
def test_the_program_finds_ours() -> None:
    listed = run("-m", "explainer", "list", "--json")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "two-curves" in [each["scene"] for each in json.loads(listed.stdout)]


def test_its_processes_find_ours(crowded: Path) -> None:
    videos = ("two-curves@easy", "two-curves@hard")
    made = run("-m", "explainer", "render", *videos, *SMALL, "--format=png", "--jobs=2")
    assert (made.returncode, made.stderr) == (0, "")
    assert (crowded / "renders/two-curves-hard.png").is_file()


@pytest.mark.usefixtures("crowded")
def test_a_notebook_finds_ours() -> None:
    code = "import sys; sys.path.insert(0, ''); import explainer, scenes, nnmath; print(scenes.__file__)"
    done = run("-c", code)
    assert (done.stdout.strip(), done.stderr) == (str(ROOT / "scenes/__init__.py"), "")


def test_where_theirs_is_imported_already_one_line_says_so(crowded: Path) -> None:
    for name in ("scenes", "nnmath"):
        (crowded / name / "__init__.py").write_text("")
        done = run("-c", f"import sys; sys.path.insert(0, ''); import {name}; import explainer")
        said = done.stderr.strip().splitlines()[-1]
        assert said == (
            f"ImportError: another {name!r} than nnmath's is imported already"
            f" ({crowded / name / '__init__.py'}); start Python anew and import explainer before it,"
            " or rename that folder"
        )


def test_the_worker_of_a_cluster_finds_ours(crowded: Path) -> None:
    (crowded / "explainer").mkdir()
    (crowded / "explainer/__init__.py").write_text("raise RuntimeError('not ours')")
    look = Wishes(size="96x64", fps=5, formats=["png"])
    (job,) = select_jobs(["two-curves"], everything=False, look=look)
    wrong, files = render_elsewhere(describe(job), dict(InputReader().inputs(job).parts))
    assert (wrong, [name for name, _ in files]) == ("", ["two-curves.png", "two-curves.json"])
