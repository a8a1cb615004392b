"""How the program ends: with which code, and what it says then."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

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

_SECONDS_TO_ELSEWHERE = 0.01


@contextmanager
def endings_raised() -> Iterator[None]:
    """Let what asks the process to end (SIGTERM, SIGHUP) raise `Terminated` once in the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}
    hook_before = sys.unraisablehook

    def end(number: int, frame: FrameType | None) -> NoReturn:
        # A shell that closes sends SIGHUP after the terminal's own: tidying up is not to be cut short by it.
        for held in before:
            signal.signal(held, signal.SIG_IGN)
        raise Terminated(number)

    def send_again(swallowed: sys.UnraisableHookArgs) -> None:
        # Python swallows what is raised in a weak reference's callback, say; a moment later it is elsewhere.
        match swallowed.exc_value:
            case Terminated(number=number):
                signal.signal(number, end)
            case KeyboardInterrupt():
                number = signal.SIGINT
            case _:
                hook_before(swallowed)
                return
        threading.Timer(_SECONDS_TO_ELSEWHERE, os.kill, (os.getpid(), number)).start()

    for each in (signal.SIGTERM, signal.SIGHUP):
        # What whoever started the program has it ignore, as nohup does, stays ignored.
        if signal.getsignal(each) is not signal.SIG_IGN:
            before[each] = signal.signal(each, end)
    sys.unraisablehook = send_again
    try:
        yield
    except Terminated:
        # To the very end, whoever asks again is not listened to.
        before.clear()
        raise
    finally:
        sys.unraisablehook = hook_before
        for number, handler in before.items():
            signal.signal(number, handler)


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
