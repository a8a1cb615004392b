"""What the program says: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from explainer.job import Job
    from explainer.render import Progress
    from explainer.video import Video


def say(line: str) -> None:
    """Write one line of result."""
    print(line, flush=True)


def say_json(value: Any, *, indent: int | None = None) -> None:
    """Write a JSON value as result: in one line, or indented."""
    say(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))


def complain(message: str) -> None:
    """Write one line about what went wrong."""
    print(f"nnmath: {message}", file=sys.stderr, flush=True)


def say_video(video: Video, *, as_json: bool) -> None:
    """Report a finished video: a line per file, or one line of JSON, the recipe and the files' paths."""
    files = {ending: str(path) for ending, path in video.files.items()}
    if as_json:
        say_json({**video.recipe.model_dump(mode="json"), "files": files})
        return
    recipe = video.recipe
    size = video.files["mp4"].stat().st_size / 1e6
    about = f"{recipe.width}×{recipe.height}, {recipe.fps} fps, {recipe.duration_s:g} s, {size:.1f} MB"
    say(f"{files['mp4']}  {about}")
    for ending, what in (("vtt", "subtitles"), ("png", "poster"), ("json", "recipe")):
        say(f"{files[ending]}  {what}")


class Watch(Protocol):
    """Shows how far the work has come."""

    def begin(self, job: Job) -> None:
        """Show that work on a job begins."""
        ...

    def advance(self, progress: Progress) -> None:
        """Show how far the current job has come."""
        ...

    def end(self) -> None:
        """Show that the current job is done."""
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
        yield _BarWatch(bars, total)


class _BarWatch:
    def __init__(self, bars: Bars, total: int) -> None:
        self._bars = bars
        self._whole = bars.add_task("all videos", total=total, detail=f"0 of {total}", visible=total > 1)
        self._current: TaskID | None = None
        self._job: Job | None = None
        self._total, self._done = total, 0

    def begin(self, job: Job) -> None:
        self._job = job
        self._current = self._bars.add_task(job.stem, total=len(job.definition.beats), detail="")

    def advance(self, progress: Progress) -> None:
        if self._current is None or self._job is None:
            return
        beats = self._job.definition.beats
        seconds = progress.frames / self._job.fps
        detail = f"beat {min(progress.beats + 1, len(beats))} of {len(beats)}, {seconds:.1f} s"
        self._bars.update(
            self._current, completed=progress.beats, detail=f"{detail}, {progress.frames} frames"
        )

    def end(self) -> None:
        if self._current is not None:
            self._bars.remove_task(self._current)
            self._current = None
        self._done += 1
        self._bars.update(self._whole, completed=self._done, detail=f"{self._done} of {self._total}")
