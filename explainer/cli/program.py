"""The command line: `nnmath COMMAND …`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, NoReturn

import typer

from explainer.cli.commands import cache, check, init, list_scenes, publish, render, show, still, watch
from explainer.cli.console import complain, say, write_whatever_comes
from explainer.errors import Terminated, as_explainer_error, one_line

EXIT_MACHINE = 1
EXIT_USER = 2
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

app = typer.Typer(
    name="nnmath",
    help="Short, exact videos of the mathematics of small neural networks.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: [bold]nnmath list[/bold], then [bold]nnmath render two-curves --quality draft[/bold]",
)
for command in (list_scenes, show, render, still, check, publish, watch, init, cache):
    command.register(app)


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"nnmath {version('nnmath')}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version it is.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 done, 2 wrong input, 1 the machine failed, 130 interrupted."""
    try:
        write_whatever_comes()
        with _sigterm_raised():
            result = app(
                list(sys.argv[1:] if arguments is None else arguments),
                prog_name="nnmath",
                standalone_mode=False,
            )
        if result == EXIT_INTERRUPTED:
            # typer makes a number of KeyboardInterrupt.
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except BaseException as error:
        if os.environ.get("NNMATH_DEBUG") == "1" and not isinstance(error, SystemExit | KeyboardInterrupt):
            raise
        return _told(error)


def _told(error: BaseException) -> int:
    """Tell an error in one line and return the exit code that goes with it."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else EXIT_MACHINE
        case KeyboardInterrupt() | typer.Abort():
            complain("interrupted; nothing half-written is left")
            return EXIT_INTERRUPTED
        case Terminated():
            complain("asked to end; nothing half-written is left")
            return EXIT_TERMINATED
        case typer.TyperException():
            if error.format_message():
                complain(f"{one_line(error.format_message())} (nnmath --help shows how)")
            return EXIT_USER
        case BrokenPipeError():
            # The reader has gone; what is still in the buffer must not raise again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_MACHINE
        case Exception():
            failure = as_explainer_error(error)
            complain(str(failure))
            return failure.exit_code
    return EXIT_MACHINE


@contextmanager
def _sigterm_raised() -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
