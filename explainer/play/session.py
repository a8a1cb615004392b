"""A private Manim for one job: exact size, no cache, no log, no trace on disk."""

from __future__ import annotations

import configparser
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import manim
from manim._config.utils import ManimConfig

from explainer.disk.workspace import temporary_workspace
from explainer.request.job import Job


@contextmanager
def private_session(job: Job) -> Iterator[None]:
    """Set Manim up for a job and put everything back afterwards.

    Manim's configuration is global to the process: one session at a time. Settings from a `manim.cfg` that
    happens to lie about are set aside, as they would change the picture without being in the recipe.
    """
    logger = logging.getLogger("manim")
    level = logger.level
    look = job.look
    width, height = look.size
    frame_width, frame_height = look.frame
    with temporary_workspace() as workspace, manim.tempconfig(_library_settings()):
        exact = {
            "format": "none",
            "disable_caching": True,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "notify_outdated_version": False,
            "seed": 0,
            "media_dir": str(workspace.path),
            "pixel_width": width,
            "pixel_height": height,
            "frame_rate": look.fps,
            "frame_width": frame_width,
            "frame_height": frame_height,
            "background_opacity": 0.0 if look.transparent else 1.0,
        }
        try:
            with manim.tempconfig(exact):
                yield
        finally:
            logger.setLevel(level)


def _library_settings() -> ManimConfig:
    parser = configparser.ConfigParser()
    parser.read(Path(manim.__file__).parent / "_config" / "default.cfg", encoding="utf-8")
    return ManimConfig().digest_parser(parser)
