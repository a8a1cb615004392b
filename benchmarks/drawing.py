"""Draw scenes of this checkout and of another one in turn, and compare how fast.

    .venv/bin/python benchmarks/drawing.py ../before --runs 3
    .venv/bin/python benchmarks/drawing.py ../before relu-folding basis-vectors --fps 30

Prints frames per second of processor time for both, and the ratio, of each scene that both have and of all
together. Nothing is encoded. Every run is a process of its own, the two checkouts in turn, and what counts is
each one's best run: the ratios are of one machine in one state.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
# What runs in either checkout, with what both have had from the beginning.
_DRAW = """
import json, sys, time
from explainer.jobs.look import Wishes
from explainer.play.render import render
from explainer.request.selection import select_jobs
from scenes.stage.frames import DiscardedFrames

(job,) = select_jobs([sys.argv[1]], everything=False, look=Wishes(quality="hd", fps=int(sys.argv[2])))
start = time.process_time()
numbers = job.compute()
computed = time.process_time()
frames = render(job, DiscardedFrames(), numbers=numbers).frames
print(json.dumps([frames / (time.process_time() - computed), computed - start]))
"""


def draw(checkout: Path, scene: str, fps: int) -> tuple[float, float]:
    """Draw a scene at 1080p in a checkout.

    Returns frames per second of processor time, and the seconds of it that its numbers took.
    """
    finished = subprocess.run(
        [sys.executable, "-c", _DRAW, scene, str(fps)],
        check=True,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
    )
    rate, computing = json.loads(finished.stdout)
    return float(rate), float(computing)


def scenes_of(checkout: Path) -> list[str]:
    """Return the names of a checkout's scenes."""
    command = [sys.executable, "-c", "from scenes import catalog; print(*catalog.names())"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    listed = subprocess.run(
        command, check=True, cwd=checkout, env=environment, capture_output=True, text=True
    )
    return listed.stdout.split()


def main() -> int:
    """Compare, and print a line for each scene."""
    parser = argparse.ArgumentParser(description="Compare how fast two checkouts draw.")
    parser.add_argument("other", type=Path, help="the other checkout, such as a worktree of an older commit")
    parser.add_argument("scenes", nargs="*", help="all that both have if left out")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the best counts")
    parser.add_argument("--fps", type=int, default=60, help="frames per second of the video")
    given = parser.parse_args()
    other = given.other.resolve()
    names = given.scenes or sorted(set(scenes_of(HERE)) & set(scenes_of(other)))
    total = {HERE: 0.0, other: 0.0}
    print(f"{'scene':<24} {'other':>8} {'this':>8} {'ratio':>7}   frames per second of processor time")
    for name in names:
        best = {HERE: 0.0, other: 0.0}
        for _ in range(given.runs):
            for checkout in best:
                best[checkout] = max(best[checkout], draw(checkout, name, given.fps)[0])
        for checkout, rate in best.items():
            total[checkout] += 1.0 / rate
        print(f"{name:<24} {best[other]:>8.1f} {best[HERE]:>8.1f} {best[HERE] / best[other]:>7.2f}")
    print(f"{'all, equally long':<24} {'':>8} {'':>8} {total[other] / total[HERE]:>7.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
