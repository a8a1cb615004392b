"""What asks a process to end is heard, wherever Python is at that moment."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

# The finalizer of an object swallows whatever is raised while it runs.
_SWALLOWING = """
import os, time
from explainer.cli.ending import end_of, endings_raised

class Deaf:
    def __del__(self):
        os.kill(os.getpid(), {number})
        time.sleep(0.01)

try:
    with endings_raised():
        Deaf()
        time.sleep(30)
except BaseException as error:
    raise SystemExit(end_of(error))
"""
_TWICE = """
import os, signal, time
from explainer.cli.ending import end_of, endings_raised

try:
    with endings_raised():
        try:
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(30)
        finally:
            os.kill(os.getpid(), signal.SIGHUP)
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.1)
            print("tidied")
except BaseException as error:
    os.kill(os.getpid(), signal.SIGHUP)
    raise SystemExit(end_of(error))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (signal.SIGTERM, 143, "asked to end"),
        (signal.SIGHUP, 129, "the terminal was closed"),
        (signal.SIGINT, 130, "interrupted"),
    ],
)
def test_a_signal_that_comes_where_it_is_swallowed_comes_again(number: int, code: int, words: str) -> None:
    done = run(_SWALLOWING.format(number=int(number)))
    assert done.returncode == code
    assert done.stderr == f"nnmath: {words}; nothing half-written is left\n"


def test_tidying_up_is_not_cut_short_by_a_second_signal() -> None:
    done = run(_TWICE)
    assert (done.returncode, done.stdout) == (129, "tidied\n")
    assert done.stderr == "nnmath: the terminal was closed; nothing half-written is left\n"
