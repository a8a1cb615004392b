"""A private Manim for one job: exact size, no cache, no log, no trace on disk."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from explainer.disk.workspace import temporary_workspace
from explainer.errors import UserError, one_line
from explainer.jobs.job import Job
from scenes.stage.manim_internals import private_config
from scenes.style.words import MissingWords


@contextmanager
def private_session(job: Job) -> Iterator[None]:
    """Set Manim up for a job and put everything back afterwards.

    Manim's configuration is global to the process: one session at a time.

    Raises:
        UserError: if the scene asks its words file for what is not there.
    """
    logger = logging.getLogger("manim")
    level = logger.level
    look = job.look
    width, height = look.size
    frame_width, frame_height = look.frame
    with temporary_workspace() as workspace:
        settings = {
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
            with private_config(**settings):
                yield
        except MissingWords as error:
            raise UserError(one_line(error)) from error
        finally:
            logger.setLevel(level)
