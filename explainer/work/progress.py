"""How far the work has come, shown to whoever waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from explainer.jobs.job import Job
from explainer.play.rendering import Progress
from explainer.work.notebook import cell_bars, in_notebook

if TYPE_CHECKING:
    from rich.progress import TaskID


class Display(Protocol):
    """Shows how far the work has come."""

    def begin(self, job: Job) -> None:
        """Show that work on a job begins."""
        ...

    def advance(self, job: Job, progress: Progress) -> None:
        """Show how far a job has come."""
        ...

    def end(self, job: Job | None = None) -> None:
        """Show that a job is done."""
        ...


class Bars(Protocol):
    """Bars of progress, one for every task that was added and not yet removed; rich's, and a notebook's."""

    def add_task(
        self, description: str, *, total: float | None, visible: bool = True, **fields: Any
    ) -> TaskID:
        """Add a bar."""
        ...

    def update(self, task_id: TaskID, *, completed: float | None, **fields: Any) -> None:
        """Show how far a task has come."""
        ...

    def remove_task(self, task_id: TaskID) -> None:
        """Take a bar away."""
        ...


@contextmanager
def displayed(total: int) -> Iterator[Display]:
    """Show progress while the block runs: below a notebook's cell, on a terminal, or else nowhere."""
    if in_notebook():
        with cell_bars() as bars:
            yield BarDisplay(bars, total)
        return

    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[detail]}", markup=False),
        TimeElapsedColumn(),
    )
    bars_shown = Bars(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # Results printed above the bars go through the console, which is standard error: right only where
        # both are the same terminal.
        redirect_stdout=sys.stdout.isatty(),
    )
    with bars_shown as bars:
        yield BarDisplay(bars, total)


class BarDisplay:
    """One bar for every job at work and, for more than one job, one for all with the time that is left."""

    def __init__(self, bars: Bars, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._bars = bars
        self._clock, self._start = clock, clock()
        self._total, self._done = total, 0
        self._whole = bars.add_task("all videos", total=total, detail=f"0 of {total}", visible=total > 1)
        self._tasks: dict[str, TaskID] = {}
        self._parts: dict[str, float] = {}

    def begin(self, job: Job) -> None:
        beats = len(job.beats)
        self._tasks[job.stem] = self._bars.add_task(job.stem, total=beats, detail="")

    def advance(self, job: Job, progress: Progress) -> None:
        if job.stem not in self._tasks:
            self.begin(job)
        beats = len(job.beats)
        seconds = progress.frames / job.look.fps
        detail = (
            f"beat {min(progress.beats + 1, beats)} of {beats}, {seconds:.1f} s, {progress.frames} frames"
        )
        self._bars.update(self._tasks[job.stem], completed=progress.beats, detail=detail)
        self._parts[job.stem] = progress.beats / beats
        self._show_whole()

    def end(self, job: Job | None = None) -> None:
        if job is not None and job.stem in self._tasks:
            self._bars.remove_task(self._tasks.pop(job.stem))
            self._parts.pop(job.stem, None)
        self._done += 1
        self._show_whole()

    def _show_whole(self) -> None:
        done = self._done + sum(self._parts.values())
        detail = f"{self._done} of {self._total}"
        if 0 < done < self._total:
            left = (self._clock() - self._start) / done * (self._total - done)
            detail += f", {_clock_face(left)} left"
        self._bars.update(self._whole, completed=done, detail=detail)


def _clock_face(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
