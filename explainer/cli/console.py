"""What the program says: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from explainer.errors import MachineError

if TYPE_CHECKING:
    from explainer.film.video import Video
    from explainer.request.recipe import Recipe

_COMPANIONS = {"vtt": "subtitles", "png": "poster", "json": "recipe"}


def say(line: str) -> None:
    """Write one line of result; a reader that has gone stops nothing.

    Raises:
        MachineError: if it cannot be written for another reason, such as a full disk.
    """
    try:
        print(line, flush=True)
    except BrokenPipeError:
        _write_to_nowhere(sys.stdout)
    except OSError as error:
        _write_to_nowhere(sys.stdout)
        raise MachineError(f"standard output cannot be written: {str(error.strerror).lower()}") from None


def say_json(value: Any, *, indent: int | None = None) -> None:
    """Write a JSON value as result: in one line, or indented."""
    plain = not _writes_all(sys.stdout)
    say(json.dumps(value, ensure_ascii=plain, allow_nan=False, indent=indent))


def open_output() -> None:
    """Make standard output and error writable whatever they are: closed, or of another encoding."""
    # In the place of one that is closed, the next file to be opened would get what is meant for it.
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        # UTF-8 fails only at a file's name that is none; its bytes go out as they came in.
        out.reconfigure(errors="surrogateescape" if _writes_all(out) else "backslashreplace")


def settle_output() -> None:
    """Write what is left to write; what cannot be written must not raise when Python ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _write_to_nowhere(stream)


def complain(message: str) -> None:
    """Write one line about what went wrong, if anybody reads it."""
    try:
        print(f"nnmath: {message}", file=sys.stderr, flush=True)
    except OSError:
        _write_to_nowhere(sys.stderr)


def _write_to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _writes_all(out: object) -> bool:
    return str(getattr(out, "encoding", None) or "utf-8").lower().replace("_", "-") in {"utf-8", "utf8"}


def say_video(video: Video, *, state: str = "made", as_json: bool) -> None:
    """Report a finished video: a line per file, or one line of JSON, the recipe and the files' paths.

    Args:
        video: what there is now.
        state: how it came about: `made`, `restored` from the cache, or `unchanged`.
        as_json: whether a program reads it.
    """
    files = {ending: str(path) for ending, path in video.files.items()}
    if as_json:
        say_json({**video.recipe.model_dump(mode="json"), "files": files, "state": state})
        return
    if state == "unchanged":
        say(f"{list(files.values())[-1]}  unchanged")
        return
    recipe = video.recipe
    again = ", from the cache" if state == "restored" else ""
    for ending in reversed(files):
        about = _COMPANIONS.get(ending) or _about_moving(video.files[ending], recipe)
        say(f"{files[ending]}  {about}{again}")


def _about_moving(path: Path, recipe: Recipe) -> str:
    width, height, rate = recipe.width, recipe.height, float(recipe.fps)
    if path.suffix == ".gif":
        from explainer.encoding.fineness import measure

        # What was chosen for it, to play right in browsers and to keep to --max-size.
        chosen = measure(path)
        width, height, rate = chosen.width, chosen.height, chosen.rate
    size = path.stat().st_size
    amount = f"{size / 1e6:.1f} MB" if size >= 10**6 else f"{size / 1e3:.0f} kB"
    return f"{width}×{height}, {rate:g} fps, {recipe.duration_s:g} s, {amount}"
