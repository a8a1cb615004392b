"""Disks that are full or may not be written to, files that change, clocks that are wrong."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from process_tree import Tree, killed_at_last, wait_until

YEAR = 366 * 24 * 3600


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """Provide a small file system in memory; skips the test where none may be mounted."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no file system may be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.parametrize(
    "free", [0, 16, *(pytest.param(k, marks=pytest.mark.faults) for k in (4, 8, 24, 32))]
)
def test_a_full_disk(tree: Tree, free: int) -> None:
    with mounted(tree.out, "size=1m") as out:
        (out / "filler").write_bytes(b"x" * 1024 * (1024 - free))
        done = tree.run("render", "tiny", "--quality", "draft", "--out", str(out))
        assert done.returncode in ((1,) if free else (1, 2))
        assert done.stderr.count("\n") == 1
        assert str(out) in done.stderr
        if free:
            assert "bytes needed" in done.stderr
        assert [path.name for path in out.iterdir()] == ["filler"]


@pytest.mark.faults
def test_a_full_disk_under_the_cache_spoils_no_video(tree: Tree) -> None:
    with mounted(tree.cache, "size=8k"):
        done = tree.render("tiny")
        assert done.returncode == 0
        assert "not kept in the cache" in done.stderr
        assert done.stderr.count("\n") == 1
        assert len(tree.files()) == 4
        assert tree.run("cache", "--out", str(tree.out)).stdout.startswith(f"{tree.cache}: 0 videos")


def test_a_folder_that_may_not_be_written_to_is_refused_at_once(tree: Tree) -> None:
    with mounted(tree.out, "size=1m,ro") as out:
        done = tree.run("render", "tiny", "--set", "pause=60", "--out", str(out))
    assert done.returncode == 2
    assert (
        done.stderr == f"nnmath: --out {out}: Read-only file system; choose a folder that you may write to\n"
    )


@pytest.mark.faults
@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_that_was_a_year_off_breaks_nothing(tree: Tree, years: int) -> None:
    assert tree.render("tiny@plain", "tiny@large").returncode == 0
    for path in [*tree.out.rglob("*"), *tree.cache.rglob("*")]:
        when = path.stat().st_mtime + years * YEAR
        os.utime(path, (when, when))
    done = tree.render("tiny@plain", "tiny@large")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["unchanged", "unchanged"]
    # The one that was used last stays, whatever the times of its files say.
    assert tree.render("tiny@large").returncode == 0
    limit = {"NNMATH_CACHE_LIMIT": "1B"}
    assert tree.render("tiny@plain", environment=limit).returncode == 0
    assert tree.run("cache", "--out", str(tree.out)).stdout.startswith(f"{tree.cache}: 1 video,")


@pytest.mark.faults
@pytest.mark.parametrize("content", ["2.0", "1.0"], ids=["changed", "only saved again"])
def test_a_data_file_that_is_edited_while_its_job_runs(tree: Tree, content: str) -> None:
    data = tree.here / "side.txt"
    data.write_text("1.0")
    arguments = ("tiny", "--set", "data='side.txt'", "--quality", "draft", "--out", str(tree.out))
    slow = ("--set", "pause=2")
    with killed_at_last(tree.start("render", *arguments, *slow)) as process:
        wait_until(lambda: any(tree.here.glob(".nnmath-*")))
        data.write_text(content)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "side.txt changed meanwhile; render again (not kept in the cache)" in errors
    assert tree.run("cache", "--out", str(tree.out)).stdout.startswith(f"{tree.cache}: 0 videos")
    # The next run makes it from what the file holds now.
    data.write_text("3.0")
    assert tree.run("render", *arguments, *slow).returncode == 0
    assert b'"side": 3.0' in tree.files()["tiny.json"]
    assert tree.run("render", *arguments, *slow).stdout.endswith("unchanged\n")


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "a\nb", "/x", "C:x", "x" * 300])
def test_names_that_lead_elsewhere_are_refused(tree: Tree, name: str) -> None:
    for arguments in (["tiny", "--name", name], ["--project", "lesson.toml"]):
        quoted = name.replace("\n", "\\n")
        (tree.here / "lesson.toml").write_text(f'[[video]]\nscene = "tiny"\nname = "{quoted}"\n')
        done = tree.render(*arguments)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "plain file name" in done.stderr
        assert not tree.out.exists()
