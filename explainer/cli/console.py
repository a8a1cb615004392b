"""What the program says: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from explainer.film.recipe import Recipe
    from explainer.film.report import Progress, Video
    from explainer.request.job import Job

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
        from explainer.encoding.gif_header import measure

        # What was chosen for it, to play right in browsers and to keep to --max-size.
        chosen = measure(path)
        width, height, rate = chosen.width, chosen.height, chosen.rate
    size = path.stat().st_size
    told = f"{size / 1e6:.1f} MB" if size >= 10**6 else f"{size / 1e3:.0f} kB"
    return f"{width}×{height}, {rate:g} fps, {recipe.duration_s:g} s, {told}"


class Watch(Protocol):
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


@contextmanager
def watching(total: int) -> Iterator[Watch]:
    """Show progress on standard error while the block runs, or nothing where that is no terminal."""
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
        yield BarWatch(bars, total)


class BarWatch:
    """One bar for every job at work and, for more than one job, one for all with the time that is left."""

    def __init__(self, bars: Bars, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._bars = bars
        self._clock, self._start = clock, clock()
        self._total, self._done = total, 0
        self._whole = bars.add_task("all videos", total=total, detail=f"0 of {total}", visible=total > 1)
        self._tasks: dict[str, TaskID] = {}
        self._parts: dict[str, float] = {}

    def begin(self, job: Job) -> None:
        beats = len(job.definition.beats_for(job.parameters))
        self._tasks[job.stem] = self._bars.add_task(job.stem, total=beats, detail="")

    def advance(self, job: Job, progress: Progress) -> None:
        if job.stem not in self._tasks:
            self.begin(job)
        beats = len(job.definition.beats_for(job.parameters))
        seconds = progress.frames / job.fps
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
