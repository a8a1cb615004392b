"""How the program ends: with which code, and what it says then."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from explainer.cli.console import complain
from explainer.errors import MachineError, Terminated, UserError, as_explainer_error, one_line

EXIT_INTERRUPTED = 128 + signal.SIGINT
EXIT_CODES: Mapping[int, str] = {
    0: "done",
    MachineError.exit_code: "the machine failed",
    UserError.exit_code: "what was given is wrong, or check found something",
    128 + signal.SIGHUP: "the terminal was closed",
    EXIT_INTERRUPTED: "interrupted",
    128 + signal.SIGTERM: "asked to end",
}

_ASKING = (signal.SIGTERM, signal.SIGHUP)
_SECONDS_TO_ELSEWHERE = 0.01


@contextmanager
def endings_raised() -> Iterator[None]:
    """Let what asks the process to end (SIGTERM, SIGHUP) raise `Terminated` once in the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    raiser = _Raiser()
    raiser.install()
    try:
        yield
    except Terminated:
        # To the very end, whoever asks again is not listened to.
        raiser.asking.clear()
        raise
    finally:
        raiser.remove()


class _Raiser:
    """Raises what ends the process until it is heard.

    Python swallows what is raised in a weak reference's callback, say, and hands it to its hook for such; a
    moment later, when an alarm rings, the process is elsewhere.

    Attributes:
        asking: the signals that are listened to, each with its handler of before.
    """

    def __init__(self) -> None:
        self.asking: dict[int, Any] = {}
        self._hook_before, self._alarm_before = sys.unraisablehook, signal.getsignal(signal.SIGALRM)
        self._swallowed: BaseException | None = None
        self._in_hook = False

    def install(self) -> None:
        signal.signal(signal.SIGALRM, self._raise_again)
        sys.unraisablehook = self._note_swallowed
        for number in _ASKING:
            # What whoever started the program has it ignore, as nohup does, stays ignored.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.asking[number] = signal.signal(number, self._end)

    def remove(self) -> None:
        for number, handler in self.asking.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._hook_before
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._alarm_before)

    def _end(self, number: int, frame: FrameType | None) -> None:
        # A shell that closes sends SIGHUP after the terminal's own: tidying up is not to be cut short by it.
        for each in self.asking:
            signal.signal(each, signal.SIG_IGN)
        self._raise(Terminated(number))

    def _raise(self, ending: BaseException) -> None:
        if not self._in_hook:
            raise ending
        self._swallowed = ending
        signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_ELSEWHERE)

    def _note_swallowed(self, swallowed: sys.UnraisableHookArgs) -> None:
        self._in_hook = True
        try:
            if isinstance(swallowed.exc_value, Terminated | KeyboardInterrupt):
                self._raise(swallowed.exc_value)
            else:
                self._hook_before(swallowed)
        finally:
            self._in_hook = False

    def _raise_again(self, number: int, frame: FrameType | None) -> None:
        if self._swallowed is not None:
            self._raise(self._swallowed.with_traceback(None))


def end_of(error: BaseException) -> int:
    """Tell in one line what ended the program, and return the exit code that goes with it."""
    for cause in _causes(error):
        # Whatever failed while it was tidying up, such as writing to a terminal that is gone.
        if isinstance(cause, Terminated):
            what = "the terminal was closed" if cause.number == signal.SIGHUP else "asked to end"
            complain(f"{what}; nothing half-written is left")
            return cause.exit_code
    match error:
        case SystemExit():
            # rich ends the program when it finds that nobody reads what it writes.
            unread = any(isinstance(cause, BrokenPipeError) for cause in _causes(error))
            code = error.code if isinstance(error.code, int) else MachineError.exit_code
            return 0 if unread else code
        case KeyboardInterrupt() | typer.Abort():
            complain("interrupted; nothing half-written is left")
            return EXIT_INTERRUPTED
        case typer.TyperException():
            if error.format_message():
                complain(f"{one_line(error.format_message())} (nnmath --help shows how)")
            return UserError.exit_code
        case Exception():
            failure = as_explainer_error(error)
            complain(str(failure))
            return failure.exit_code
    return MachineError.exit_code


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that were being dealt with when it came."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__context__
