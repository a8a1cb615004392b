"""Print the seconds that encoding alone takes for the frames of `basis-vectors` at 1080p60.

The frames are drawn first and kept on disk, unpacked, so that only reading them back and encoding is timed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from explainer.encoding.h264 import H264Encoder
from explainer.jobs.job import Job
from explainer.play.render import render
from scenes.catalog import definition
from scenes.stage.frames import Rgba


class Recording:
    """A frame sink that writes every frame to one file and remembers how often each is shown."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.repeats: list[int] = []
        self.shape: tuple[int, ...] = ()

    def write(self, pixels: Rgba, repeat: int) -> None:
        self._file.write(np.ascontiguousarray(pixels).tobytes())
        self.repeats.append(repeat)
        self.shape = pixels.shape

    def close(self) -> None:
        self._file.close()


def main() -> None:
    points, folder = int(sys.argv[1]), Path(sys.argv[2])
    chosen = definition("basis-vectors")
    parameters = chosen.parameters(points_per_curve=points // 2)
    job = Job(chosen, "shear", parameters, "alone")
    recording = Recording(folder / "frames.raw")
    render(job, recording)
    recording.close()
    frames = np.memmap(
        folder / "frames.raw", dtype=np.uint8, mode="r", shape=(len(recording.repeats), *recording.shape)
    )
    encoder = H264Encoder(folder / "alone.mp4", *job.look.size, job.look.fps)
    start = time.perf_counter()
    for pixels, repeat in zip(frames, recording.repeats, strict=True):
        encoder.write(np.array(pixels), repeat)
    encoder.save({})
    print(time.perf_counter() - start)
    (folder / "frames.raw").unlink()


if __name__ == "__main__":
    main()
