"""Many pieces of work at once, in processes of this machine that are killed, interrupted and left alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from explainer.disk.signals import signals_held, signals_left_to_parent
from explainer.errors import ExplainerError, MachineError, as_explainer_error

T = TypeVar("T")
R = TypeVar("R")
Report: TypeAlias = Callable[[Any], None]

# A process may die of what another one did, such as taking all memory: an item is tried as often as this.
MOST_ATTEMPTS = 2
_SECONDS_TO_END = 5.0


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ProcessPool:
    """Does one thing to many items in processes of its own, `count` at a time.

    Args:
        count: how many processes.
        scratch: a folder for what they write in passing; whoever made it removes it.
        done: what is done to an item, for messages, such as `rendered`.
    """

    def __init__(self, count: int, scratch: Path, done: str) -> None:
        self.count = count
        self.scratch = scratch
        self.done = done

    def outcomes(
        self,
        work: Callable[[T, Report], R],
        items: Sequence[T],
        on_report: Callable[[int, Any], None] = lambda index, report: None,
    ) -> Generator[tuple[int, R | ExplainerError], None, None]:
        """Yield the index of every item as soon as it is done, with its result or what went wrong.

        Close it if you leave before the end, so that no process is left behind.

        Args:
            work: a module's function of an item and of a function that sends reports; both travel by pickle.
            items: what to work on.
            on_report: called in another thread with an item's index and what was reported of it.
        """
        attempts = dict.fromkeys(range(len(items)), 0)
        while attempts:
            # After a crash, one at a time: then it is plain whose it was.
            count = 1 if any(attempts.values()) else min(self.count, len(attempts))
            with _executor(count, self.scratch, on_report) as executor:
                with signals_left_to_parent():
                    futures = {
                        executor.submit(_work_here, work, index, items[index]): index for index in attempts
                    }
                for future in as_they_end(futures):
                    index = futures[future]
                    try:
                        outcome: R | ExplainerError = future.result()
                    except BrokenProcessPool:
                        break
                    except Exception as error:
                        outcome = as_explainer_error(error)
                        outcome.__cause__ = error
                    del attempts[index]
                    yield index, outcome
            if attempts:
                # With one process, it was at the first item that had not ended.
                suspects = list(attempts) if count > 1 else list(attempts)[:1]
                for index in suspects:
                    attempts[index] += 1
                    if attempts[index] >= MOST_ATTEMPTS:
                        attempts = dict.fromkeys((other for other in attempts if other != index), 0)
                        yield index, MachineError(f"the process that {self.done} it was killed")


def as_they_end(futures: Mapping[Future[T], int]) -> Iterator[Future[T]]:
    """Yield futures as they end; of those that end together, the first submitted comes first."""
    pending = set(futures)
    while pending:
        # A limit, since an endless wait would keep Python from seeing a signal on some systems.
        done, pending = wait(pending, timeout=1.0, return_when=FIRST_COMPLETED)
        yield from sorted(done, key=lambda future: futures[future])


@contextmanager
def _executor(count: int, scratch: Path, on_report: Callable[[int, Any], None]) -> Iterator[Executor]:
    # Manim's configuration is global to a process; a forked copy of it would share locks with this one.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    receiver, sender = context.Pipe(duplex=False)
    # Its locks begin a process that keeps track of them; half made, nobody would remove them.
    with signals_held(), signals_left_to_parent():
        executor = ProcessPoolExecutor(
            count, mp_context=context, initializer=_begin_process, initargs=(sender, str(scratch))
        )
    listener = threading.Thread(target=_listen, args=(receiver, on_report), daemon=True)
    listener.start()
    try:
        yield executor
        executor.shutdown()
    except BaseException:
        with signals_held():
            executor.shutdown(wait=False, cancel_futures=True)
            _end([child for child in multiprocessing.active_children() if child not in before])
            executor.shutdown()
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


def _listen(receiver: Connection, on_report: Callable[[int, Any], None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            on_report(*receiver.recv())


_reports: Connection | None = None


def _begin_process(reports: Connection, scratch: str) -> None:
    global _reports
    _reports = reports
    # An interrupt reaches every process of a terminal; the one that started this one ends it.
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


def _work_here(work: Callable[[T, Report], R], index: int, item: T) -> R:
    def report(said: Any) -> None:
        if _reports is not None:
            # One short write to a pipe is never torn: no lock that a killed process could keep.
            with suppress(OSError):
                _reports.send((index, said))

    return work(item, report)
