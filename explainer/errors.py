"""What can go wrong, told apart by who can put it right."""

from __future__ import annotations

import configparser
import difflib
import errno
from collections.abc import Iterable
from pathlib import Path

_LONGEST_TOLD = 60


class ExplainerError(Exception):
    """Base of all errors that are told in one line; `exit_code` is what the program ends with."""

    exit_code = 1


class UserError(ExplainerError):
    """What the user gave is wrong; the message names it, says why and what to do."""

    exit_code = 2


class MachineError(ExplainerError):
    """The machine failed: disk, memory or a missing library."""

    exit_code = 1


class Terminated(BaseException):
    """The process was asked to end (SIGTERM), or its terminal was closed (SIGHUP).

    Not an Exception, so that nothing swallows it.

    Attributes:
        number: the signal's.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        return 128 + self.number


def unknown(kind: str, given: str, known: Iterable[str]) -> UserError:
    """Return the error for a name that is not among the known ones, with the nearest of them."""
    names = list(known)
    near = difflib.get_close_matches(given, names, n=1, cutoff=0.6)
    remedy = f"did you mean {near[0]!r}?" if near else f"choose one of: {', '.join(names)}"
    return UserError(f"unknown {kind} {cut(repr(given))}; {remedy}")


def machine_error(error: OSError, path: Path | None = None) -> MachineError:
    """Return a one-line account of an operating system's error."""
    place = error.filename or path
    where = f"{place}: " if place else ""
    if error.errno == errno.ENOSPC:
        return MachineError(f"{where}the disk is full; free some space or choose another --out")
    if error.errno == errno.ENOENT and not place:
        return MachineError("a file or folder is missing: perhaps the one that you are in; change to another")
    reason = error.strerror or str(error)
    return MachineError(f"{where}{reason[:1].lower()}{reason[1:]}")


def as_explainer_error(error: Exception) -> ExplainerError:
    """Return any error as one that is told in one line."""
    match error:
        case ExplainerError():
            return type(error)(one_line(error))
        case MemoryError():
            return MachineError("out of memory; render at a lower --quality or with fewer points")
        case ImportError():
            return MachineError(f"a library is missing or broken: {one_line(error)}; run make setup")
        case OSError() if error.errno == errno.ENAMETOOLONG:
            return UserError(f"{cut(str(error.filename))}: the name is too long; give a shorter one")
        case OSError():
            return MachineError(one_line(machine_error(error)))
        case configparser.Error():
            # Manim reads one when it is loaded, from this folder and from the user's settings.
            return UserError(f"a manim.cfg cannot be read: {one_line(error)}; mend it or remove it")
        case _:
            what = f"{type(error).__name__}: {one_line(error)}"
            return MachineError(f"internal error: {what} (NNMATH_DEBUG=1 shows where)")


def cut(text: str, limit: int = _LONGEST_TOLD) -> str:
    """Return a text, or its beginning and an ellipsis if it is longer than `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def one_line(message: object) -> str:
    """Return a message with its line breaks and runs of blanks made single blanks."""
    return " ".join(str(message).split())
