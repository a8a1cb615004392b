"""A real scheduler and two real workers on this machine, one of which is killed at work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from process_tree import Tree, killed_at_last, wait_until

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
pytestmark = pytest.mark.cluster


class DaskCluster:
    """A scheduler and workers, each in a working folder of its own below the tree's."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.file = tree.here / "scheduler.json"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.address = ""
        self._begin("scheduler", "scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard")

    def ready(self) -> bool:
        """Tell whether the scheduler has said where it is."""
        # The file is there before it is complete.
        if self.file.exists() and (text := self.file.read_text()).endswith("}"):
            self.address = json.loads(text)["address"]
        return bool(self.address)

    def add_worker(self, name: str, **environment: str) -> None:
        options = ("--nthreads=1", "--no-nanny", "--no-dashboard", "--death-timeout=15", "--host=127.0.0.1")
        self._begin(name, "worker", *options, f"--name={name}", **environment)

    def _begin(self, name: str, kind: str, *options: str, **environment: str) -> None:
        folder = self.tree.here / name
        folder.mkdir()
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", kind, *options, f"--scheduler-file={self.file}"],
            cwd=folder,
            env={**self.tree.environment, "TMPDIR": str(folder), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def close(self) -> None:
        # Workers first: without a scheduler they wait for another.
        for process in reversed(self.processes.values()):
            with killed_at_last(process):
                process.terminate()
                process.wait(30)

    def at_work(self, name: str) -> bool:
        """Tell whether a worker has a rendering under way."""
        return any((self.tree.here / name).glob(".nnmath-*/files/.*mp4"))


@pytest.fixture
def cluster(tree: Tree) -> Iterator[DaskCluster]:
    started = DaskCluster(tree)
    try:
        wait_until(started.ready)
        yield started
    finally:
        started.close()


def test_a_killed_workers_job_is_done_by_another(cluster: DaskCluster, tree: Tree) -> None:
    lesson = tree.here / "lesson.toml"
    lesson.write_text(
        "".join(
            f'[[video]]\nscene = "tiny"\nname = "v{k}"\nparameters = {{steps = {60 + k}}}\n' for k in range(3)
        )
    )
    options = ("--project", "lesson.toml", "--quality", "draft")
    for name in ("first", "second"):
        cluster.add_worker(name)
    on_cluster = ("--out", str(tree.out), "--scheduler", cluster.address)
    with killed_at_last(tree.start("render", *options, *on_cluster)) as process:
        wait_until(lambda: cluster.at_work("first"))
        cluster.processes["first"].kill()
        output, errors = process.communicate(timeout=180)
    assert (process.returncode, errors) == (0, "")
    assert output.count(" fps") == 3
    wait_until(lambda: not any(_renderings()), seconds=20)

    # The result is the same as here, and it is in the cache.
    assert tree.run("render", *options, "--out", str(tree.out)).stdout.count("unchanged") == 3
    elsewhere = Tree(tree.root, tree.here / "elsewhere")
    elsewhere.here.mkdir()
    done = elsewhere.run("render", "--project", str(lesson), "--quality=draft", "--out", str(elsewhere.out))
    assert done.returncode == 0
    assert elsewhere.files() == tree.files()


@pytest.mark.faults
def test_wrong_input_comes_back_as_one_line(cluster: DaskCluster, tree: Tree) -> None:
    cluster.add_worker("first")
    for trouble, code, words in (
        ("refused", 2, "tiny: side cannot be computed with"),
        ("broken", 1, "internal error: RuntimeError: broken"),
        ("killed", 1, "rendering on the cluster failed: its process ended with -9"),
    ):
        done = tree.render("tiny", "--set", f"trouble={trouble}", "--scheduler", cluster.address)
        assert done.returncode == code
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
        assert tree.files() == {}


@pytest.mark.faults
def test_a_worker_with_other_sources_is_refused(cluster: DaskCluster, own_tree: Tree, tree: Tree) -> None:
    cluster.add_worker("other", PYTHONPATH=str(own_tree.root))
    (own_tree.root / "tiny/size.py").write_text("SIZE = 2.0\n")
    done = tree.render("tiny", "--scheduler", cluster.address)
    assert done.returncode == 2
    assert "a worker of the cluster has other sources than this machine" in done.stderr
    assert tree.files() == {}


def test_where_nobody_answers(tree: Tree) -> None:
    done = tree.render("tiny", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--scheduler tcp://127.0.0.1:1: no scheduler answers" in done.stderr


def _renderings() -> Iterator[int]:
    """Yield the processes that render for a worker that is gone."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes()
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if b"explainer.work.remote" in command and parent == 1:
            yield int(place.name)
