"""What the program says: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explainer.film.video import Video
    from explainer.request.recipe import Recipe

_COMPANIONS = {"vtt": "subtitles", "png": "poster", "json": "recipe"}


def say(line: str) -> None:
    """Write one line of result."""
    print(line, flush=True)


def say_json(value: Any, *, indent: int | None = None) -> None:
    """Write a JSON value as result: in one line, or indented."""
    plain = not _writes_all(sys.stdout)
    say(json.dumps(value, ensure_ascii=plain, allow_nan=False, indent=indent))


def write_whatever_comes() -> None:
    """Let no character stop the program: where standard output cannot write one, it writes its code."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        # UTF-8 fails only at a file's name that is none; its bytes go out as they came in.
        out.reconfigure(errors="surrogateescape" if _writes_all(out) else "backslashreplace")


def _writes_all(out: object) -> bool:
    return str(getattr(out, "encoding", None) or "utf-8").lower().replace("_", "-") in {"utf-8", "utf8"}


def complain(message: str) -> None:
    """Write one line about what went wrong."""
    print(f"nnmath: {message}", file=sys.stderr, flush=True)


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
