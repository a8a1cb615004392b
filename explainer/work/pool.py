"""Several jobs at once, on this machine's processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from pathlib import Path
from typing import Protocol, TypeVar

from explainer.disk.signals import interrupts_left_to_parent, signals_held
from explainer.errors import MachineError, told
from explainer.play.rendering import Progress
from explainer.work.progress import Display
from explainer.work.worker import Outcome, Task, work

T = TypeVar("T")

# A process may die of what another one did, such as taking all memory: a job is tried as often as this.
MOST_ATTEMPTS = 2
_SECONDS_BETWEEN_REPORTS = 0.1
_SECONDS_TO_END = 5.0


class Crew(Protocol):
    """Those who do a run's tasks."""

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        """Do the tasks, and yield each with its outcome as soon as it is done."""
        ...


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
        self.count = count
        self.scratch = scratch

    def run(self, tasks: Sequence[Task], display: Display) -> Iterator[tuple[Task, Outcome]]:
        attempts = dict.fromkeys(range(len(tasks)), 0)
        while attempts:
            # After a crash, one at a time: then it is plain whose it was.
            count = 1 if any(attempts.values()) else min(self.count, len(attempts))
            with _pool(count, self.scratch, tasks, display) as pool:
                with interrupts_left_to_parent():
                    futures = {pool.submit(_work_here, index, tasks[index]): index for index in attempts}
                for future in as_they_end(futures):
                    index = futures[future]
                    try:
                        outcome: Outcome = future.result()
                    except BrokenProcessPool:
                        break
                    except Exception as error:
                        outcome = told(error)
                    del attempts[index]
                    yield tasks[index], outcome
                    display.end(tasks[index].job)
            if attempts:
                # With one process, it was at the first task that had not ended.
                suspects = list(attempts) if count > 1 else list(attempts)[:1]
                for index in suspects:
                    attempts[index] += 1
                    if attempts[index] >= MOST_ATTEMPTS:
                        attempts = dict.fromkeys((other for other in attempts if other != index), 0)
                        yield tasks[index], MachineError("the process that rendered it was killed")
                        display.end(tasks[index].job)


def as_they_end(futures: Mapping[Future[T], int]) -> Iterator[Future[T]]:
    """Yield futures as they end; of those that end together, the first submitted comes first."""
    pending = set(futures)
    while pending:
        # A limit, since an endless wait would keep Python from seeing a signal on some systems.
        done, pending = wait(pending, timeout=1.0, return_when=FIRST_COMPLETED)
        yield from sorted(done, key=lambda future: futures[future])


@contextmanager
def _pool(count: int, scratch: Path, tasks: Sequence[Task], display: Display) -> Iterator[Executor]:
    # Manim's configuration is global to a process; a forked copy of it would share locks with this one.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    receiver, sender = context.Pipe(duplex=False)
    # Half made, its locks would be removed by nobody.
    with signals_held():
        pool = ProcessPoolExecutor(
            count, mp_context=context, initializer=_begin_worker, initargs=(sender, str(scratch))
        )
    listener = threading.Thread(target=_listen, args=(receiver, tasks, display), daemon=True)
    listener.start()
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        with signals_held():
            pool.shutdown(wait=False, cancel_futures=True)
            _end([child for child in multiprocessing.active_children() if child not in before])
            pool.shutdown()
        raise
    finally:
        sender.close()
        listener.join(_SECONDS_TO_END)
        receiver.close()


def _end(children: Sequence[multiprocessing.process.BaseProcess]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        child.join(_SECONDS_TO_END)
        if child.is_alive():
            child.kill()
            child.join()


def _listen(receiver: Connection, tasks: Sequence[Task], display: Display) -> None:
    with suppress(EOFError, OSError):
        while True:
            index, progress = receiver.recv()
            if progress is None:
                display.begin(tasks[index].job)
            else:
                display.advance(tasks[index].job, progress)


_reports: Connection | None = None


def _begin_worker(reports: Connection, scratch: str) -> None:
    global _reports
    _reports = reports
    # An interrupt from the terminal reaches every process; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Libraries make locks when imported; of this kind, none outlives a process that is ended at once.
    multiprocessing.set_start_method("fork", force=True)
    tempfile.tempdir = scratch
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_any([parent.sentinel])
        os._exit(1)


def _work_here(index: int, task: Task) -> Outcome:
    last = 0.0

    def report(progress: Progress | None) -> None:
        nonlocal last
        now = time.monotonic()
        if _reports is not None and (progress is None or now - last > _SECONDS_BETWEEN_REPORTS):
            last = now
            # One short write to a pipe is never torn: no lock that a killed process could keep.
            with suppress(OSError):
                _reports.send((index, progress))

    report(None)
    return work(task, report)
