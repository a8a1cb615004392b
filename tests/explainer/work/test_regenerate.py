"""What is rendered, what is brought back and what is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explainer.errors import MachineError, UserError
from explainer.jobs.job import Job
from explainer.keep.cache import Cache
from explainer.play.rendering import Progress
from explainer.work.crew import Alone
from explainer.work.regenerate import Result, Run

MakeJob = Callable[..., Job]


class NoDisplay:
    """Shows nothing; `ended` counts."""

    def __init__(self) -> None:
        self.ended: list[str] = []

    def begin(self, job: Job) -> None: ...
    def advance(self, job: Job, progress: Progress) -> None: ...
    def end(self, job: Job | None = None) -> None:
        self.ended.append(job.stem if job else "")


class Place:
    """A run in a folder, and what it has done."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "out"
        self.out.mkdir()
        self.warnings: list[str] = []
        self.cache = Cache(folder / "cache", warn=self.warnings.append)
        self.run = Run(self.out, self.cache, lambda tasks, scratch: Alone(), self.warnings.append)

    def results(self, *jobs: Job, force: bool = False) -> list[Result]:
        display = NoDisplay()
        found = list(replace(self.run, force=force).results(jobs, display))
        assert sorted(display.ended) == sorted(job.stem for job in jobs)
        return found

    def states(self, *jobs: Job, force: bool = False) -> dict[str, str]:
        return {result.job.stem: result.state for result in self.results(*jobs, force=force)}

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.out.iterdir()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_only_what_changed_is_made(place: Place, make_job: MakeJob) -> None:
    small, large = make_job(stem="small", side=1.0), make_job(stem="large", side=3.0)
    assert place.states(small, large) == {"small": "made", "large": "made"}
    good = place.contents()
    times = {path: path.stat().st_mtime_ns for path in place.out.iterdir()}
    assert place.states(small, large) == {"small": "unchanged", "large": "unchanged"}
    assert {path: path.stat().st_mtime_ns for path in place.out.iterdir()} == times
    larger = make_job(stem="large", side=4.0)
    assert place.states(small, larger) == {"small": "unchanged", "large": "made"}
    assert place.states(small, large) == {"small": "unchanged", "large": "restored"}
    assert place.contents() == good
    assert place.states(small, large, force=True) == {"small": "made", "large": "made"}
    assert place.contents() == good
    assert place.warnings == []


@pytest.mark.parametrize("ending", ["mp4", "vtt", "png", "json"])
def test_what_is_missing_or_altered_comes_back(place: Place, make_job: MakeJob, ending: str) -> None:
    job = make_job()
    place.results(job)
    good = place.contents()
    altered = place.out / f"square.{ending}"
    altered.write_bytes(good[altered.name][:-1] + b"?")
    assert place.states(job) == {"square": "restored"}
    assert place.contents() == good
    altered.unlink()
    (result,) = place.results(job)
    assert result.state == "restored"
    assert result.video is not None
    assert list(result.video.files.values())[-1] == place.out / "square.mp4"
    assert place.contents() == good


def test_two_names_for_one_video_are_made_once(place: Place, make_job: MakeJob) -> None:
    jobs = [make_job(stem="one"), make_job(stem="two"), make_job(stem="three", side=1.0)]
    assert place.states(*jobs) == {"one": "made", "two": "restored", "three": "made"}
    assert place.contents()["one.mp4"] == place.contents()["two.mp4"]


def test_failures_stop_nobody_else(place: Place, make_job: MakeJob) -> None:
    wrong, right = make_job(stem="wrong", side=3.5), make_job(stem="right")
    results = {result.job.stem: result for result in place.results(wrong, right)}
    assert (results["right"].state, results["wrong"].state) == ("made", "failed")
    assert isinstance(results["wrong"].error, UserError)
    assert str(results["wrong"].error) == "wrong: side must not be 3.5; got 3.5"
    assert {path.stem for path in place.out.iterdir()} == {"right"}
    assert place.cache.summary().entries == 1


def test_what_changed_meanwhile_is_not_kept(
    place: Place, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explainer.keep import key

    source = place.out.parent / "font.otf"
    source.write_bytes(b"font")
    monkeypatch.setattr(key, "font_files", lambda: (source,))

    class Slow(Alone):
        def run(self, tasks: Sequence[Any], display: Any) -> Iterator[Any]:
            for each in super().run(tasks, display):
                os.utime(source, ns=(0, 0))
                yield each

    place.run = replace(place.run, crew=lambda tasks, scratch: Slow())
    assert place.states(make_job()) == {"square": "made"}
    assert place.warnings == [
        f"square: {source} changed meanwhile; render again (not kept in the cache)",
    ]
    assert place.cache.summary().entries == 0
    assert len(place.contents()) == 4


def test_a_damaged_entry_is_made_again(place: Place, make_job: MakeJob) -> None:
    job = make_job()
    place.results(job)
    good = place.contents()
    (kept,) = (place.cache.place / "entries").glob("*/.mp4")
    kept.write_bytes(b"x" * len(good["square.mp4"]))
    (place.out / "square.mp4").unlink()
    assert place.states(job) == {"square": "made"}
    assert len(place.warnings) == 1
    assert place.contents() == good


def test_a_folder_in_the_way_is_refused_before_any_work(place: Place, make_job: MakeJob) -> None:
    (place.out / "square.vtt").mkdir()
    with pytest.raises(UserError, match=r"square\.vtt is a folder; remove it"):
        place.results(make_job())


def test_a_message_names_the_output_folder_and_no_hidden_one(
    place: Place, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    from explainer.film import make

    def fail(job: Job, *arguments: object) -> None:
        (folder,) = place.out.glob(".nnmath-*/job-square")
        raise MachineError(f"{folder}: the disk is full")

    monkeypatch.setattr(make, "make_video", fail)
    (result,) = place.results(make_job())
    assert str(result.error) == f"{place.out}: the disk is full"
    assert list(place.out.iterdir()) == []


def test_an_unusable_cache_spoils_no_video(tmp_path: Path, make_job: MakeJob) -> None:
    (tmp_path / "cache").write_text("a file")
    place = Place(tmp_path)
    assert place.states(make_job()) == {"square": "made"}
    assert len(place.contents()) == 4
    assert all("cache" in warning for warning in place.warnings)
    assert place.warnings
