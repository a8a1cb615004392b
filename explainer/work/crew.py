"""Those who do a run's tasks on this machine: this process alone, or several of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from explainer.play.rendering import Progress
from explainer.work.pool import ProcessPool, Report, processors
from explainer.work.progress import Display
from explainer.work.worker import Outcome, Task, work

_SECONDS_BETWEEN_REPORTS = 0.1


class Crew(Protocol):
    """Those who do a run's tasks."""

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        """Do the tasks, and yield each with its outcome as soon as it is done."""
        ...


ChooseCrew: TypeAlias = Callable[[int, Path], Crew]


class Alone:
    """Does one task after another in this very process."""

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        for task in tasks:
            display.begin(task.job)
            yield task, work(task, partial(display.advance, task.job))
            display.end(task.job)


class Processes:
    """Does the tasks in processes of its own, `count` at a time.

    Args:
        count: how many processes.
        scratch: a folder for what they write in passing; whoever made it removes it.
    """

    def __init__(self, count: int, scratch: Path) -> None:
        self._pool = ProcessPool(count, scratch, "rendered")

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        def show(index: int, progress: Progress | None) -> None:
            if progress is None:
                display.begin(tasks[index].job)
            else:
                display.advance(tasks[index].job, progress)

        with closing(self._pool.outcomes(_work_reporting, tasks, show)) as outcomes:
            for index, outcome in outcomes:
                yield tasks[index], outcome
                display.end(tasks[index].job)


def local_crew(jobs: int | None) -> ChooseCrew:
    """Return the crew of this machine: `jobs` processes, or as many as there are processors."""

    def choose(tasks: int, scratch: Path) -> Crew:
        count = min(jobs or processors(), tasks)
        return Alone() if count == 1 else Processes(count, scratch)

    return choose


def _work_reporting(task: Task, report: Report) -> Outcome:
    last = 0.0

    def advance(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > _SECONDS_BETWEEN_REPORTS:
            last = now
            report(progress)

    # Nothing but that it begins.
    report(None)
    return work(task, advance)
