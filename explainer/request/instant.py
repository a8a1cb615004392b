"""Which picture of a video is asked for: the end of a beat, or an instant."""

from __future__ import annotations

import math

from explainer.errors import UserError, unknown
from explainer.jobs.job import Job


def instant_of(job: Job, at: str | float | None) -> str | float | None:
    """Return a beat's key, or seconds from the beginning, whichever `at` means; None for the end.

    Raises:
        UserError: if the scene has no such beat, or no video has such an instant.
    """
    if at is None or at in job.definition.beats:
        return at
    try:
        seconds = float(at)
    except (TypeError, ValueError):
        wrong = unknown(f"beat of {job.scene}", str(at), job.definition.beats)
        raise UserError(f"--at {at}: {wrong}") from None
    if not math.isfinite(seconds) or seconds < 0:
        raise UserError(
            f"--at {at}: must be 0 or more seconds; give a beat's name or an instant, such as 2.5"
        )
    # −0 is 0, and would put a minus into a file's name.
    return abs(seconds)


def suffix_of(instant: str | float | None) -> str:
    """Return what tells an instant in a name: `separate`, `2.5s` or `end`."""
    return f"{instant:g}s" if isinstance(instant, float) else instant or "end"
