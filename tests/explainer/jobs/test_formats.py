"""Which formats may be asked for, and one drawing for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from explainer.cli.program import main
from explainer.errors import UserError
from explainer.film import make as films
from explainer.film.make import make_video
from explainer.jobs.formats import parse_formats, parse_size
from explainer.jobs.job import Job
from explainer.jobs.look import Wishes
from explainer.request.recipe import read_recipe
from explainer.request.selection import select_jobs

MakeJob = Callable[..., Job]


@pytest.mark.parametrize(
    ("given", "formats"),
    [
        (["mp4"], ("mp4",)),
        (["gif, MP4"], ("mp4", "gif")),
        (["png", "webm,webm"], ("webm", "png")),
    ],
)
def test_formats_are_read(given: list[str], formats: tuple[str, ...]) -> None:
    assert parse_formats(given) == formats


@pytest.mark.parametrize(("given", "size"), [("2MB", 2_000_000), ("1.5 kB", 1500), ("900", 900)])
def test_sizes_are_read(given: str, size: int) -> None:
    assert parse_size(given) == size


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "mp5"], ["--format", "'mp5'", "'mp4'"]),
        (["--transparent"], ["--transparent", "mp4", "--format webm"]),
        (["--transparent", "--format", "mp4,gif"], ["--transparent", "mp4 and gif", "--format webm"]),
        (["--max-size", "2MB"], ["--max-size", "--format gif"]),
        (["--max-size", "two", "--format", "gif"], ["--max-size", "'two'", "2GB"]),
        (["--max-size", "0", "--format", "gif"], ["--max-size", "'0'", "at least"]),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_line(
    small_catalog: object,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: list[str],
) -> None:
    assert main(["render", "sliding-square", "--out", str(tmp_path / "out"), *arguments]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert all(word in message for word in words), message
    assert not (tmp_path / "out").exists()


def test_one_drawing_makes_all_formats(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Job] = []
    render = films.render

    def counted(job: Job, *arguments: Any) -> Any:
        drawn.append(job)
        return render(job, *arguments)

    monkeypatch.setattr(films, "render", counted)
    job = make_job(side=3.0).looking(formats=("mp4", "webm", "gif", "png"))
    video = make_video(job, tmp_path)
    assert drawn == [job]
    assert list(video.files) == ["png", "vtt", "json", "gif", "webm", "mp4"]
    assert {path.name for path in tmp_path.iterdir()} == {f"square.{ending}" for ending in video.files}
    last = []
    for ending in ("mp4", "webm", "gif"):
        with av.open(str(video.files[ending])) as opened:
            frames = [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]
        last.append(frames[-1])
        assert len(frames) == (video.recipe.frames if ending != "gif" else pytest.approx(60, abs=11))
    poster = np.asarray(Image.open(video.files["png"]))
    for frame in last:
        assert frame.shape == poster.shape
        assert np.abs(frame.astype(int) - poster.astype(int)).mean() < 4


def test_a_recipe_in_a_webm_makes_the_same_job_again(make_job: MakeJob, tmp_path: Path) -> None:
    job = make_job(side=1.5).looking(formats=("webm", "png"), transparent=True)
    video = make_video(job, tmp_path)
    assert read_recipe(video.files["webm"]) == video.recipe
    (again,) = select_jobs([str(video.files["webm"])], everything=False)
    assert again == job
    (opaque,) = select_jobs(
        [str(video.files["json"])],
        everything=False,
        look=Wishes(formats=["gif"], max_size="1MB", transparent=False),
    )
    assert (opaque.look.formats, opaque.look.transparent, opaque.look.max_size) == (
        ("gif",),
        False,
        1_000_000,
    )


def test_a_poster_alone_draws_one_picture(
    make_job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make_video(replace(make_job(), stem="whole"), tmp_path)
    monkeypatch.setattr(films, "render", None)
    video = make_video(make_job().looking(formats=("png",)), tmp_path)
    assert set(video.files) == {"png", "json"}
    assert np.array_equal(Image.open(video.files["png"]), Image.open(whole.files["png"]))
    assert video.recipe.beats == whole.recipe.beats
    assert video.recipe.frames == whole.recipe.frames


def test_a_job_knows_what_its_formats_can(make_job: MakeJob) -> None:
    with pytest.raises(UserError, match="--format names none"):
        make_job().looking(formats=())
    assert make_job().looking(formats=("mp4", "webm"), transparent=True).look.transparent
