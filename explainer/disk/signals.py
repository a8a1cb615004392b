"""When an interrupt may be acted on, and by whom."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def signals_held() -> Iterator[None]:
    """Put off SIGINT, SIGTERM and SIGHUP until the block ends."""
    # A few renames take no time; a signal between two of them would leave a set half new, half old. Blocking
    # it for this thread is not enough: a library's thread would take it, and Python act on it here.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number in before:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in came[:1]:
            signal.raise_signal(late)


@contextmanager
def signals_left_to_parent() -> Iterator[None]:
    """Let the processes that begin in the block ignore SIGINT and SIGHUP for good: their parent ends them.

    What comes from the terminal reaches them all, and before they can tidy up it would make them say so.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
