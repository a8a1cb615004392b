"""Compute and draw presets at 1080p, and compare each with one that stands for all.

    .venv/bin/python benchmarks/presets.py
    .venv/bin/python benchmarks/presets.py neuron@plane loss-surface@two-valleys --fps 30

Prints the seconds of processor time that the numbers take, the frames that are drawn in one, and their ratio
to those of `basis-vectors` in the same run, which is what to compare on another machine. Nothing is encoded;
every preset is a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from drawing import HERE, draw

YARDSTICK = "basis-vectors"


def targets() -> list[str]:
    """Return every preset of every scene."""
    code = (
        "from explainer.jobs.target import every_target\n"
        "print(*(f'{each.definition.name}@{each.preset}' for each in every_target()))"
    )
    listed = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=HERE, capture_output=True, text=True
    )
    return listed.stdout.split()


def main() -> int:
    """Measure, and print a line for each preset."""
    parser = argparse.ArgumentParser(description="Compute and draw presets, and compare how fast.")
    parser.add_argument("presets", nargs="*", metavar="SCENE@PRESET", help="all if left out")
    parser.add_argument("--fps", type=int, default=60, help="frames per second of the video")
    given = parser.parse_args()
    yardstick, _ = draw(HERE, YARDSTICK, given.fps)
    print(f"{'preset':<34} {'computing':>10} {'drawing':>8} {'ratio':>6}   s, frames/s of processor time")
    for name in given.presets or targets():
        rate, computing = draw(HERE, name, given.fps)
        print(f"{name:<34} {computing:>10.2f} {rate:>8.1f} {rate / yardstick:>6.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
