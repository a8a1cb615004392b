"""A rendering that is killed, interrupted or doubled: what lies under a final name is whole, and good."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from process_tree import Tree, killed_at_last, left_in, wait_until, working_in

JOBS = ("tiny@plain", "tiny@large")
STEMS = ("tiny-plain", "tiny-large")
SLOW = ("--set", "steps=20")
FILES = {f"{stem}.{ending}" for stem in STEMS for ending in ("mp4", "vtt", "png", "json")}
MOMENTS = 20


def shown(video: Path) -> str:
    """Return the digest of all frames that a video shows."""
    digest = hashlib.sha256()
    with av.open(str(video)) as opened:
        for frame in opened.decode(video=0):
            digest.update(frame.to_ndarray().tobytes())
    return digest.hexdigest()


def hidden(tree: Tree) -> list[str]:
    return [path.name for path in tree.out.iterdir() if path.name.startswith(".")]


def require_done_again(tree: Tree, wanted: dict[str, str]) -> None:
    """Assert that the next run completes, tidies up, and shows what an uninterrupted run shows."""
    done = tree.render(*JOBS, *SLOW, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    # What lay there before was made otherwise, and is said to be replaced; nothing else is said.
    assert all(" replaced (it was made with steps=" in line for line in done.stderr.splitlines()), done.stderr
    assert set(tree.files()) == FILES
    assert hidden(tree) == []
    assert {stem: shown(tree.out / f"{stem}.mp4") for stem in STEMS} == wanted


@pytest.fixture(scope="module")
def uninterrupted(
    shared_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[float, dict[str, str]]:
    """How many seconds a whole run takes, and what its videos show."""
    tree = Tree(shared_root, tmp_path_factory.mktemp("uninterrupted"))
    start = time.monotonic()
    assert tree.render(*JOBS, *SLOW, "--jobs", "2").returncode == 0
    seconds = time.monotonic() - start
    return seconds, {stem: shown(tree.out / f"{stem}.mp4") for stem in STEMS}


@pytest.fixture(scope="module")
def before(shared_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with other videos of the same names, made before."""
    tree = Tree(shared_root, tmp_path_factory.mktemp("before"))
    assert tree.render(*JOBS).returncode == 0
    return tree.out


def _place(before: Path, tree: Tree) -> dict[str, bytes]:
    shutil.copytree(before, tree.out)
    return tree.files()


def _kill(process: subprocess.Popen[str], tree: Tree) -> None:
    process.kill()
    process.communicate(timeout=60)
    wait_until(lambda: working_in(tree.here) == [], seconds=20)


def _require_whole(tree: Tree, previous: dict[str, bytes], wanted: dict[str, str]) -> None:
    for name, content in tree.files().items():
        if content != previous.get(name) and name.endswith(".mp4"):
            assert shown(tree.out / name) == wanted[name.removesuffix(".mp4")]
    assert set(tree.files()) == FILES


def stages(tree: Tree, previous: dict[str, bytes]) -> dict[str, Callable[[], bool]]:
    """Return what can be seen from outside of how far a run has come."""
    videos = [tree.out / f"{stem}.mp4" for stem in STEMS]
    return {
        "begins": lambda: bool(hidden(tree)),
        "encodes": lambda: any(tree.out.glob(".nnmath-*/job-*/.*mp4")),
        "joins": lambda: any(path.stat().st_size for path in tree.out.glob(".nnmath-*/job-*/.*mp4")),
        "keeps": lambda: any(tree.cache.glob(".nnmath-*/*/.*")),
        "publishes": lambda: any(path.read_bytes() != previous[path.name] for path in videos),
    }


@pytest.mark.parametrize(
    "stage",
    [
        "encodes",
        *(
            pytest.param(stage, marks=pytest.mark.faults)
            for stage in ("begins", "joins", "keeps", "publishes")
        ),
    ],
)
def test_kill_9_as_a_run(
    tree: Tree, before: Path, uninterrupted: tuple[float, dict[str, str]], stage: str
) -> None:
    previous = _place(before, tree)
    reached = stages(tree, previous)[stage]
    options = (*SLOW, "--jobs", "2", "--quality", "draft", "--out", str(tree.out))
    with killed_at_last(tree.start("render", *JOBS, *options)) as process:
        wait_until(lambda: reached() or process.poll() is not None)
        _kill(process, tree)
    _require_whole(tree, previous, uninterrupted[1])
    require_done_again(tree, uninterrupted[1])


@pytest.mark.faults
@pytest.mark.parametrize("moment", range(1, MOMENTS + 1))
def test_kill_9_at_any_moment(
    tree: Tree, before: Path, uninterrupted: tuple[float, dict[str, str]], moment: int
) -> None:
    seconds, wanted = uninterrupted
    previous = _place(before, tree)
    # In this process and in others, by turns.
    options = (*SLOW, "--jobs", str(1 + moment % 2), "--quality", "draft", "--out", str(tree.out))
    with killed_at_last(tree.start("render", *JOBS, *options)) as process:
        time.sleep(seconds * moment / MOMENTS)
        _kill(process, tree)
    _require_whole(tree, previous, wanted)
    require_done_again(tree, wanted)


SIGNALS = [
    (signal.SIGINT, 130, stage, whom)
    for stage in ("encodes", "begins", "publishes")
    for whom in ("its whole group", "the run alone")
]
SIGNALS += [
    (number, code, stage, whom)
    for number, code in ((signal.SIGTERM, 143), (signal.SIGHUP, 129))
    for _, _, stage, whom in SIGNALS
]
FEW = [
    (signal.SIGINT, 130, "encodes", "its whole group"),
    (signal.SIGTERM, 143, "encodes", "the run alone"),
    (signal.SIGHUP, 129, "encodes", "its whole group"),
]


@pytest.mark.parametrize(
    ("number", "code", "stage", "whom"),
    [*FEW, *(pytest.param(*case, marks=pytest.mark.faults) for case in SIGNALS if case not in FEW)],
)
def test_a_signal_ends_all_processes(
    tree: Tree,
    before: Path,
    uninterrupted: tuple[float, dict[str, str]],
    number: signal.Signals,
    code: int,
    stage: str,
    whom: str,
) -> None:
    previous = _place(before, tree)
    reached = stages(tree, previous)[stage]
    options = (*SLOW, "--jobs", "2", "--quality", "draft", "--out", str(tree.out))
    with killed_at_last(tree.start("render", *JOBS, *options)) as process:
        wait_until(reached)
        # A terminal's Ctrl-C reaches the whole group; `kill` reaches one.
        (os.kill if whom == "the run alone" else os.killpg)(process.pid, number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    # That an earlier video was replaced may have been said before.
    said = [line for line in errors.splitlines() if " replaced (it was made with " not in line]
    assert len(said) == 1, errors
    wait_until(lambda: working_in(tree.here) == [], seconds=5)
    assert hidden(tree) == []
    assert left_in(tree.here) == []
    # The other of the two may have been finished before the signal came.
    _require_whole(tree, previous, uninterrupted[1])


# Sends an interrupt as soon as the first lock that processes share is announced, and not yet in good hands.
INTERRUPTED = """
import os, signal, sys
from multiprocessing import resource_tracker
from explainer.cli.program import main

announce = resource_tracker.register

def register(name, kind):
    announce(name, kind)
    resource_tracker.register = announce
    os.kill(os.getpid(), signal.SIGINT)

if __name__ == "__main__":
    resource_tracker.register = register
    sys.exit(main(sys.argv[1:]))
"""


def test_an_interrupt_while_processes_are_prepared(tree: Tree) -> None:
    program = tree.here / "interrupted.py"
    program.write_text(INTERRUPTED)
    command = [sys.executable, str(program), "render", *JOBS, "--jobs", "2", "--out", str(tree.out)]
    done = subprocess.run(
        command, cwd=tree.here, env=tree.environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 130
    assert done.stderr == "nnmath: interrupted; nothing half-written is left\n"
    assert hidden(tree) == []


@pytest.mark.parametrize("attempt", [0, *(pytest.param(k, marks=pytest.mark.faults) for k in range(1, 10))])
def test_two_runs_of_the_same_video_at_once(tree: Tree, attempt: int) -> None:
    options = ("--quality", "draft", "--out", str(tree.out))
    pair = [tree.start("render", "tiny", *options) for _ in range(2)]
    for process in pair:
        with killed_at_last(process):
            _, errors = process.communicate(timeout=120)
            assert (process.returncode, errors) == (0, "")
    assert set(tree.files()) == {f"tiny.{ending}" for ending in ("mp4", "vtt", "png", "json")}
    assert hidden(tree) == []
    assert tree.render("tiny").stdout.splitlines()[0].endswith(("unchanged", "from the cache"))


@pytest.mark.faults
def test_a_process_that_is_killed_fails_its_video_alone(tree: Tree) -> None:
    (tree.here / "lesson.toml").write_text(
        '[[video]]\nscene = "tiny"\nname = "one"\nparameters = {trouble = "killed"}\n'
        '[[video]]\nscene = "tiny"\nname = "two"\nparameters = {trouble = "refused"}\n'
        '[[video]]\nscene = "tiny"\nname = "three"\n'
        '[[video]]\nscene = "tiny"\nname = "four"\nparameters = {side = 2}\n'
    )
    done = tree.render("--project", "lesson.toml", "--jobs", "2")
    assert done.returncode == 1
    assert sorted(done.stderr.splitlines()) == [
        "nnmath: one: the process that rendered it was killed",
        "nnmath: two: side cannot be computed with",
    ]
    assert {path.stem for path in tree.out.glob("*.mp4")} == {"three", "four"}
    assert hidden(tree) == []
