"""All the encoders of one job, fed by one drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from explainer.encoding.encoder import Encoder
from explainer.encoding.gif import GifEncoder
from explainer.encoding.h264 import H264Encoder
from explainer.encoding.transparency import page_of
from explainer.encoding.vp9 import Vp9Encoder
from explainer.jobs.job import Job
from scenes.stage.frames import Rgba
from scenes.style.theme import THEMES


def _mp4(job: Job, path: Path) -> Encoder[Any]:
    return H264Encoder(path, *job.look.size, job.look.fps)


def _webm(job: Job, path: Path) -> Encoder[Any]:
    page = page_of(THEMES[job.look.theme]["background"]) if job.look.transparent else None
    return Vp9Encoder(path, *job.look.size, job.look.fps, page=page)


def _gif(job: Job, path: Path) -> Encoder[Any]:
    return GifEncoder(path, *job.look.size, job.look.fps, max_size=job.look.max_size)


_MAKERS: Mapping[str, Callable[[Job, Path], Encoder[Any]]] = {"mp4": _mp4, "webm": _webm, "gif": _gif}


class Encoders:
    """A frame sink that hands every frame to several encoders."""

    def __init__(self, encoders: Sequence[Encoder[Any]]) -> None:
        self._encoders = encoders

    @classmethod
    def of(cls, job: Job, paths: Mapping[str, Path]) -> Self:
        """Return the encoders of a job's moving formats, `paths` by format; drawing nothing has none."""
        return cls([_MAKERS[name](job, path) for name, path in paths.items()])

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Hand on one frame; it is waited for only while an encoder lags behind."""
        for encoder in self._encoders:
            encoder.write(pixels, repeat)

    def save(self, metadata: Mapping[str, str]) -> None:
        """Finish all files."""
        for encoder in self._encoders:
            encoder.save(metadata)

    def abort(self) -> None:
        """Stop all of them, and leave nothing behind."""
        for encoder in self._encoders:
            encoder.abort()
