"""Bars of progress below a notebook's cell."""

from __future__ import annotations

from collections.abc import Callable

from explainer.jobs.job import Job
from explainer.play.rendering import Progress
from explainer.work.notebook import CellBars, in_notebook
from explainer.work.progress import BarDisplay

MakeJob = Callable[..., Job]


def test_a_bar_per_job_shown_now_and_then_and_taken_away(make_job: MakeJob) -> None:
    now = [0.0]
    shown: list[tuple[str, str]] = []
    bars = CellBars(lambda text, html: shown.append((text, html)), clock=lambda: now[0])
    display = BarDisplay(bars, 1, clock=lambda: now[0])
    # The bar of all jobs says nothing where there is one.
    assert shown == []
    job = make_job(stem="a<b>")
    display.begin(job)
    assert shown[-1][0] == f"a<b>  {'░' * 30}  "
    now[0] = 0.1
    display.advance(job, Progress(frames=3, beats=0))
    assert len(shown) == 1
    now[0] = 0.3
    display.advance(job, Progress(frames=30, beats=2))
    assert shown[-1] == (
        f"a<b>  {'█' * 20}{'░' * 10}  beat 3 of 3, 2.0 s, 30 frames",
        '<div><progress value="2.000" max="3"></progress> a&lt;b&gt;  beat 3 of 3, 2.0 s, 30 frames</div>',
    )
    display.end(job)
    bars.clear()
    assert shown[-1] == ("", "")
    assert len(shown) == 3


def test_where_nothing_was_shown_nothing_is_taken_away() -> None:
    shown: list[tuple[str, str]] = []
    bars = CellBars(lambda text, html: shown.append((text, html)))
    BarDisplay(bars, 1).end()
    bars.clear()
    assert shown == []


def test_several_jobs_have_a_bar_for_all() -> None:
    shown: list[tuple[str, str]] = []
    clock = iter(range(100))
    display = BarDisplay(CellBars(lambda text, html: shown.append((text, html)), lambda: next(clock)), 4)
    display.end()
    assert shown[-1][0].startswith(f"all videos  {'█' * 8}{'░' * 22}  1 of 4")


def test_this_is_no_notebook() -> None:
    assert not in_notebook()
