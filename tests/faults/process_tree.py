"""A copy of the packages and a package with a very short scene, for real processes to run in."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("nnmath", "scenes", "explainer")

# A package as anyone may install it: the scene is announced by an entry point and stands in its own folder.
_NUMBERS = """
import os, signal, time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from scenes.definition import SceneDefinition, SceneParameters
from tiny.size import SIZE


class TinyParameters(SceneParameters):
    side: float = Field(1.0, gt=0, le=3, description="length of a side")
    steps: int = Field(2, ge=1, le=100_000, description="how often it moves")
    data: Path | None = Field(None, description="a file with one number")
    pause: float = Field(0.0, ge=0, le=60, description="seconds that computing takes")
    trouble: str = Field("", description="what goes wrong: killed, refused, broken")

    @field_validator("data")
    @classmethod
    def _there(cls, data: Path | None) -> Path | None:
        if data is not None and not data.is_file():
            raise ValueError(f"must be a file; there is none at {str(data)!r}")
        return data


@dataclass(frozen=True)
class TinyNumbers:
    side: float
    steps: int

    def results(self) -> dict[str, Any]:
        return {"side": self.side}


def compute(parameters: TinyParameters) -> TinyNumbers:
    side = parameters.side if parameters.data is None else float(parameters.data.read_text())
    time.sleep(parameters.pause)
    if parameters.trouble == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if parameters.trouble == "refused":
        raise ValueError("side cannot be computed with")
    if parameters.trouble == "broken":
        raise RuntimeError("broken")
    return TinyNumbers(side * SIZE, parameters.steps)


DEFINITION = SceneDefinition(
    home=__name__, name="tiny", summary="A square moves.", parameters=TinyParameters,
    presets={"plain": {}, "large": {"side": 2.0}}, beats={"move": ()},
    compute=compute, drawing="drawing:Tiny",
)
"""
_DRAWING = """
from manim import LEFT, RIGHT, Square

from scenes.stage.scene import ExplainerScene
from tiny.numbers import DEFINITION, TinyNumbers, TinyParameters


class Tiny(ExplainerScene[TinyParameters, TinyNumbers]):
    definition = DEFINITION

    def construct(self) -> None:
        square = Square(self.numbers.side, color=self.colour("active"), fill_opacity=0.5)
        self.add(square)
        with self.beat("move"):
            for step in range(self.numbers.steps):
                self.play(square.animate.shift(LEFT if step % 2 else RIGHT), run_time=0.2)
"""
_WORDS = """
[title]
en = "Tiny"
zh-Hant = "小"
zh-Hans = "小"

[captions]
move.en = "It moves."
move.zh-Hant = "它動。"
move.zh-Hans = "它动。"
"""
_PACKAGE = {
    "tiny/__init__.py": "",
    "tiny/numbers.py": _NUMBERS,
    "tiny/drawing.py": _DRAWING,
    "tiny/size.py": "SIZE = 1.0\n",
    "tiny/words.toml": _WORDS,
    "tiny-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n",
    "tiny-1.dist-info/entry_points.txt": "[nnmath.scenes]\ntiny = tiny.numbers\n",
}


class Tree:
    """The packages in a folder of their own, and a folder to work in.

    Attributes:
        root: where the packages are; what is changed there changes what the next process runs.
        here: the working folder of every process that is started.
        out, cache: where videos and the cache go.
    """

    def __init__(self, root: Path, here: Path) -> None:
        self.root, self.here = root, here
        self.out, self.cache = here / "out", here / "cache"

    @property
    def environment(self) -> dict[str, str]:
        changes = {"PYTHONPATH": str(self.root), "NNMATH_CACHE": str(self.cache)}
        return {**os.environ, **changes, "TMPDIR": str(self.here), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, *arguments: str, environment: Mapping[str, str] | None = None, **options: Any) -> Process:
        """Start `nnmath` and return its process, which leads a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "explainer", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.here,
            env={**self.environment, **(environment or {})},
            start_new_session=True,
            **options,
        )

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Finished:
        """Run `nnmath` to its end."""
        process = self.start(*arguments, environment=environment)
        output, errors = process.communicate(timeout=180)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def render(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Finished:
        """Run `nnmath render` at draft quality into `out`."""
        options = ("--quality", "draft", "--out", str(self.out))
        return self.run("render", *arguments, *options, environment=environment)

    def files(self) -> dict[str, bytes]:
        """Return the names and contents of all that lies in `out`, but for the cache."""
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.is_file()}

    def python(self, code: str, *prefix: str, environment: Mapping[str, str] | None = None) -> str:
        """Run code in a fresh interpreter and return what it prints."""
        command = [*prefix, sys.executable, "-c", code]
        changed = {**self.environment, **(environment or {})}
        done = subprocess.run(
            command, cwd=self.here, env=changed, check=True, timeout=180, capture_output=True, text=True
        )
        return done.stdout.strip()


Process = subprocess.Popen[str]
Finished = subprocess.CompletedProcess[str]


def make_tree(root: Path) -> None:
    """Copy the packages and add one with the short scene."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in _PACKAGE.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for a condition; AssertionError if it does not come about in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.002)


def left_in(folder: Path) -> list[Path]:
    """Return what runs left in a folder and those below it that they work in, hidden or not."""
    return [path for pattern in (".nnmath-*", "nnmath-*", ".*.part*") for path in folder.rglob(pattern)]


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working folder this is."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if link.readlink() == folder and "Z" not in _state(link.parent):
                found.append(int(link.parent.name))
        except OSError:
            continue
    return found


def _state(process: Path) -> str:
    return (process / "stat").read_text().rpartition(")")[2].split()[0]


@contextmanager
def killed_at_last(process: subprocess.Popen[Any]) -> Iterator[subprocess.Popen[Any]]:
    """Make sure that a process and its group do not outlive a test."""
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
