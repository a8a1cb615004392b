"""One job's work, wherever it is done: what goes wrong comes back as a value, never as a traceback."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from explainer.errors import ExplainerError, as_explainer_error
from explainer.film.video import Video
from explainer.jobs.job import Job
from explainer.play.rendering import Progress

Outcome: TypeAlias = Video | ExplainerError


@dataclass(frozen=True)
class Task:
    """A job, and the empty folder that its files go into."""

    job: Job
    folder: Path


def work(task: Task, on_progress: Callable[[Progress], None] | None = None) -> Outcome:
    """Make a job's files; return the video, or the error that kept it from being made."""
    try:
        # Manim takes a second to load: whoever only starts workers does without.
        from explainer.film.make import make_video

        return make_video(task.job, task.folder, on_progress)
    except Exception as error:
        if os.environ.get("NNMATH_DEBUG") == "1":
            traceback.print_exc()
        return as_explainer_error(error)
