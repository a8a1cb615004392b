"""The audit: the rules of the picture, measured in motion and at the end of every beat without drawing.

Geometry, words and times do not depend on the theme, so `check_all` measures them once for videos that
differ in the theme alone; colours it measures in every theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

from explainer.audit import contrast
from explainer.audit.finding import Finding
from explainer.audit.video import VideoAudit
from explainer.disk.workspace import temporary_workspace
from explainer.errors import ExplainerError
from explainer.jobs.job import Job
from explainer.work.pool import ProcessPool, Report, processors
from scenes.style.theme import THEMES

__all__ = ["Finding", "check", "check_all"]


def check(job: Job) -> list[Finding]:
    """Return everything that breaks a rule in one video, beat by beat, and in its theme."""
    return [*_theme_findings([job]), *VideoAudit(job, job.compute()).whole()]


def check_all(
    jobs: Sequence[Job], workers: int | None = None, progress: Callable[[Job], None] | None = None
) -> list[Finding]:
    """Return everything that breaks a rule in any of the videos.

    Args:
        jobs: what to check; the quality does not matter.
        workers: processes to work in, by default as many as there are processors; 1 works in this one.
        progress: called with every job that has been checked.
    """
    groups = _alike(jobs, lambda job: (job.definition, job.parameters))
    on_checked = progress or (lambda job: None)
    count = min(workers or processors(), len(groups))
    found = list(_theme_findings(jobs))
    if count > 1:
        return found + _found_in_processes(groups, count, on_checked)
    for group in groups:
        found += _check_group(group, on_checked)
    return found


def _found_in_processes(
    groups: Sequence[Sequence[Job]], count: int, on_checked: Callable[[Job], None]
) -> list[Finding]:
    found: dict[int, list[Finding]] = {}
    with (
        temporary_workspace() as workspace,
        closing(ProcessPool(count, workspace.path, "checked").outcomes(_check_reporting, groups)) as outcomes,
    ):
        for index, outcome in outcomes:
            if isinstance(outcome, ExplainerError):
                raise outcome
            found[index] = outcome
            for job in groups[index]:
                on_checked(job)
    return [finding for index in sorted(found) for finding in found[index]]


def _check_reporting(group: Sequence[Job], report: Report) -> list[Finding]:
    # Nothing to report on the way: it is a group's end that counts.
    return _check_group(group)


def _check_group(group: Sequence[Job], progress: Callable[[Job], None] | None = None) -> list[Finding]:
    """Check videos of one scene with the same parameters, whose numbers are computed only once."""
    found: list[Finding] = []
    numbers = group[0].compute()
    for alike in _alike(group, lambda job: (job.look.locale, job.look.aspect)):
        for k, job in enumerate(alike):
            audit = VideoAudit(job, numbers)
            found += audit.whole() if k == 0 else audit.colours_only()
            if progress is not None:
                progress(job)
    return found


def _alike(jobs: Iterable[Job], key: Callable[[Job], object]) -> list[list[Job]]:
    """Return the jobs in groups of equal keys, in the order in which the keys first come."""
    keys: list[object] = []
    groups: list[list[Job]] = []
    for job in jobs:
        # Parameters may hold lists and so have no hash.
        if key(job) not in keys:
            keys.append(key(job))
            groups.append([])
        groups[keys.index(key(job))].append(job)
    return groups


def _theme_findings(jobs: Sequence[Job]) -> Iterator[Finding]:
    for name in dict.fromkeys(job.look.theme for job in jobs):
        for fault in contrast.theme_faults(THEMES[name]):
            yield Finding("", "", name, "", "", "", 0.0, fault.kind, fault.things, fault.amount)
