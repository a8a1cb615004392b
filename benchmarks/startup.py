"""Measure what a command costs before it draws: imports, a list of scenes, the keys of unchanged videos.

    .venv/bin/python benchmarks/startup.py --runs 5

Prints seconds of processor time and their ratio to `import numpy, pydantic, typer` in the same run, which is
what to compare on another machine. Every run is a process of its own; what counts is the best one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from drawing import HERE

YARDSTICK = "import numpy, pydantic, typer"
_KEYS = """
from explainer.keep.key import InputReader
from explainer.request.selection import select_jobs
jobs = select_jobs([], everything=True)
reader = InputReader()
for count in range({count}):
    reader.inputs(jobs[count % len(jobs)])
"""
PROGRAMS = {
    "Python itself": "pass",
    "import explainer": "import explainer",
    "nnmath --version": "from explainer.cli.program import main; main(['--version'])",
    "nnmath list": "from explainer.cli.program import main; main(['list'])",
    "every scene, no key": _KEYS.format(count=0),
    "every scene, 1 key": _KEYS.format(count=1),
    "every scene, 30 keys": _KEYS.format(count=30),
    "every scene, 300 keys": _KEYS.format(count=300),
}


def seconds(program: str) -> float:
    """Return the processor time of one process that runs a program."""
    before = os.times()
    subprocess.run([sys.executable, "-c", program], check=True, cwd=HERE, stdout=subprocess.DEVNULL)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def main() -> int:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description="Measure what a command costs before it draws.")
    parser.add_argument("--runs", type=int, default=5, help="of each; the best one counts")
    runs = parser.parse_args().runs
    yardstick = min(seconds(YARDSTICK) for _ in range(runs))
    print(f"{YARDSTICK:<30} {yardstick:>7.2f}   1.00")
    for name, program in PROGRAMS.items():
        best = min(seconds(program) for _ in range(runs))
        print(f"{name:<30} {best:>7.2f} {best / yardstick:>6.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
