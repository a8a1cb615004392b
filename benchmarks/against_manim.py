"""Render `basis-vectors` and its plain Manim twin in turn, and compare.

    .venv/bin/python benchmarks/against_manim.py --points 200 2000 20000 --runs 3

Prints, for every number of points, the frames per second of both at 1080p60, the ratio, and our wall time
against the time to encode the same frames alone. All runs are whole processes, one after the other, so the
ratios are of one machine in one state; imports are counted in both. Runs of the twin with very many points
take many minutes: `--twin-limit` gives the most points that it is run with more than once.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def timed(command: list[str], **environment: str) -> float:
    """Return the wall time of one command in seconds; raises if it fails."""
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    return time.perf_counter() - start


def frames_in(video: Path) -> int:
    """Return the number of frames of a video."""
    import av

    with av.open(str(video)) as container:
        return container.streams.video[0].frames


def ours(points: int, folder: Path) -> tuple[float, int]:
    """Render our scene; return seconds and frames."""
    seconds = timed(
        [sys.executable, "-m", "explainer", "render", "basis-vectors@shear", "--set",
         f"points_per_curve={points // 2}", "--out", str(folder), "--name", "ours", *FRESH]
    )  # fmt: skip
    return seconds, json.loads((folder / "ours.json").read_text())["frames"]


def twin(points: int, folder: Path) -> tuple[float, int]:
    """Render the twin with Manim's own command and settings; return seconds and frames."""
    seconds = timed(
        [sys.executable, "-m", "manim", "render", "-qh", "--disable_caching", "--progress_bar", "none",
         "--media_dir", str(folder), str(HERE / "twin.py"), "BasisVectorsTwin"],
        TWIN_POINTS=str(points),
    )  # fmt: skip
    return seconds, frames_in(next(folder.rglob("BasisVectorsTwin.mp4")))


def encode_alone(points: int, folder: Path) -> float:
    """Return the seconds that encoding takes when every frame is ready beforehand."""
    return float(
        subprocess.run(
            [sys.executable, str(HERE / "encode_alone.py"), str(points), str(folder)],
            check=True, cwd=ROOT, capture_output=True, text=True,
        ).stdout
    )  # fmt: skip


# What makes our command draw even if a cached result exists.
FRESH = ["--force", "--jobs", "1"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--twin-limit", type=int, default=2000)
    options = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},",
        f"{options.runs} runs\n",
    )
    print("| points | nnmath frames/s | plain Manim frames/s | ratio | wall time / encoding alone |")
    print("|---:|---:|---:|---:|---:|")
    for points in options.points:
        our_rates, twin_rates, ratios, floors = [], [], [], []
        for run in range(options.runs):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                seconds, frames = ours(points, folder)
                our_rates.append(frames / seconds)
                floors.append(seconds / encode_alone(points, folder))
                if run == 0 or points <= options.twin_limit:
                    seconds, frames = twin(points, folder)
                    twin_rates.append(frames / seconds)
                ratios.append(our_rates[-1] / twin_rates[-1])
        cells = [statistics.median(values) for values in (our_rates, twin_rates, ratios, floors)]
        print(f"| {points} | {cells[0]:.1f} | {cells[1]:.2f} | {cells[2]:.1f} | {cells[3]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
