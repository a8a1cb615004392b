"""A terminal that is closed while a command runs in it, and a reader that has seen enough."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from process_tree import Tree, killed_at_last, left_in, wait_until, working_in

# Makes the terminal on its standard input its own, as a login does, and becomes the program.
_IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "explainer", *sys.argv[1:]])
"""
DRAFT = ("--quality", "draft")
LONG = ("--set", "steps=500")
ONE_LOOK = ("--theme", "dark", "--locale", "en", "--aspect", "16:9")
COMMANDS = [
    ("render", "tiny", *DRAFT, *LONG, "--out", "out"),
    ("render", "tiny@plain", "tiny@large", *DRAFT, *LONG, "--out", "out", "--jobs", "2"),
    # Nothing is drawn before that instant, so it takes many steps to last.
    ("still", "tiny", "--quality", "uhd", "--set", "steps=20000", "--out", "out", "--at", "3999"),
    ("check", "tiny@plain", "tiny@large", *LONG, *ONE_LOOK),
    ("publish", "tiny", *DRAFT, *LONG, "--bundle", "out"),
    ("watch", "tiny", *DRAFT, *LONG, "--out", "out"),
]


class Terminal:
    """A terminal in which a command runs."""

    def __init__(self, tree: Tree, command: tuple[str, ...]) -> None:
        self.screen, inside = os.openpty()
        os.set_blocking(self.screen, False)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_TERMINAL, *command],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            cwd=tree.here,
            env={**tree.environment, "TERM": "xterm"},
            start_new_session=True,
        )
        os.close(inside)

    def read(self) -> None:
        """Take what was written, so that nobody waits for room."""
        try:
            while os.read(self.screen, 2**16):
                pass
        except OSError:
            pass

    def close(self) -> None:
        os.close(self.screen)


def _at_work(terminal: Terminal, tree: Tree) -> bool:
    terminal.read()
    assert terminal.process.poll() is None, "it ended by itself"
    return any(tree.here.rglob(".nnmath-*"))


@pytest.mark.parametrize(
    "command",
    [pytest.param(each, marks=[] if k in (1, 3) else pytest.mark.faults) for k, each in enumerate(COMMANDS)],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("seconds", [1.0, *(pytest.param(k, marks=pytest.mark.faults) for k in (0.0, 0.3))])
def test_a_closed_terminal_leaves_nothing_behind(
    tree: Tree, command: tuple[str, ...], seconds: float
) -> None:
    terminal = Terminal(tree, command)
    with killed_at_last(terminal.process):
        wait_until(lambda: _at_work(terminal, tree))
        # Whatever it is at next: loading Manim, playing, encoding.
        time.sleep(seconds)
        terminal.read()
        terminal.close()
        assert terminal.process.wait(30) == 129
    wait_until(lambda: working_in(tree.here) == [], seconds=10)
    assert left_in(tree.here) == []
    assert [path for path in tree.here.rglob("*") if path.is_file()] == []


def test_nohup_is_respected(tree: Tree) -> None:
    command = ("render", "tiny", *DRAFT, "--set", "pause=2", "--out", "out")
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        " os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", ignoring, "-m", "explainer", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tree.here,
        env=tree.environment,
        start_new_session=True,
    ) as process:
        wait_until(lambda: any(tree.here.rglob(".nnmath-*")))
        os.killpg(process.pid, signal.SIGHUP)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert "tiny.mp4" in output
