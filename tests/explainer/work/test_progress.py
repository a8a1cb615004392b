"""Progress bars for several jobs at once."""

from __future__ import annotations

import io
from collections.abc import Callable

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import TextColumn

from explainer.jobs.job import Job
from explainer.play.rendering import Progress
from explainer.work.progress import BarDisplay

MakeJob = Callable[..., Job]


def test_a_bar_for_every_job_and_one_for_all_with_the_time_left(make_job: MakeJob) -> None:
    now = [0.0]
    bars = Bars(TextColumn("{task.description} {task.fields[detail]}"), console=Console(file=io.StringIO()))
    display = BarDisplay(bars, 4, clock=lambda: now[0])
    one, two = make_job(stem="one"), make_job(stem="two")

    def shown() -> dict[str, tuple[float, str]]:
        return {task.description: (task.completed, task.fields["detail"]) for task in bars.tasks}

    display.begin(one)
    display.begin(two)
    assert shown() == {"all videos": (0, "0 of 4"), "one": (0, ""), "two": (0, "")}
    now[0] = 30.0
    display.advance(two, Progress(frames=30, beats=2))
    assert shown()["two"] == (2, "beat 3 of 3, 2.0 s, 30 frames")
    display.end(one)
    # One whole job and two thirds of another took half a minute: 2 1/3 are left.
    assert shown()["all videos"][1] == "1 of 4, 0:42 left"
    assert set(shown()) == {"all videos", "two"}
    display.end(two)
    assert shown() == {"all videos": (2, "2 of 4, 0:30 left")}
    display.end()
    display.end()
    assert shown() == {"all videos": (4, "4 of 4")}
