"""How a video shows itself in a notebook."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from explainer.film.make import make_video
from explainer.film.player import MOST_EMBEDDED
from explainer.film.video import Video
from explainer.jobs.job import Job
from explainer.keep.key import InputReader
from explainer.keep.sources import ROOT
from explainer.request.selection import select_jobs

MakeJob = Callable[..., Job]
Tags = dict[str, dict[str, str | None]]


@pytest.fixture
def video(make_job: MakeJob, tmp_path: Path) -> Video:
    return make_video(make_job(), tmp_path)


def tags(html: str | None) -> Tags:
    """Return the attributes of every tag of some HTML, by tag; each stands there once."""
    found: Tags = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in found
            found[tag] = dict(attrs)

    assert html is not None
    Reader(convert_charrefs=True).feed(html)
    return found


def content(url: str | None, kind: str) -> bytes:
    """Return what a data URL of a MIME type holds."""
    head, _, data = (url or "").partition(",")
    assert head == f"data:{kind};base64"
    return base64.b64decode(data, validate=True)


def test_a_notebook_gets_a_player_a_poster_and_a_line(video: Video) -> None:
    shown = video._repr_mimebundle_()
    assert list(shown) == ["text/plain", "text/html", "image/png"]
    assert shown["text/plain"] == repr(video)
    assert base64.b64decode(shown["image/png"]) == video.poster.read_bytes()
    html = tags(shown["text/html"])
    assert content(html["source"]["src"], "video/mp4") == video.path.read_bytes()
    assert content(html["video"]["poster"], "image/png") == video.poster.read_bytes()
    assert content(html["track"]["src"], "text/vtt") == video.files["vtt"].read_bytes()
    assert (html["track"]["kind"], html["track"]["srclang"]) == ("captions", "en")
    assert "controls" in html["video"]
    # Nothing moves unasked.
    assert "autoplay" not in html["video"]
    assert video._repr_html_() == shown["text/html"]


def test_only_what_is_wanted_is_made(video: Video) -> None:
    assert list(video._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert list(video._repr_mimebundle_(exclude={"text/html"})) == ["text/plain", "image/png"]


def test_jupyter_takes_it_as_it_is(video: Video) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(video)
    assert data == video._repr_mimebundle_()


def test_what_is_larger_is_linked(video: Video, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / 'a "b" & <c>%20'
    folder.mkdir()
    large = replace(video, files={**video.files, "mp4": video.path.rename(folder / "large.mp4")})
    with large.path.open("r+b") as file:
        file.truncate(MOST_EMBEDDED)
    content(tags(large._repr_html_())["source"]["src"], "video/mp4")
    with large.path.open("r+b") as file:
        file.truncate(MOST_EMBEDDED + 1)
    html = tags(large._repr_html_())
    link = "a%20%22b%22%20%26%20%3Cc%3E%2520/large.mp4"
    assert html["source"]["src"] == html["a"]["href"] == link
    assert "c" not in html


def test_words_are_never_markup(video: Video) -> None:
    recipe = video.recipe.model_copy(update={"title": '"><script>alert(1)</script>'})
    html = tags(replace(video, recipe=recipe)._repr_html_())
    assert html.keys() == {"video", "source", "track"}
    assert html["video"]["aria-label"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(("formats", "kind"), [(("gif",), "image/gif"), (("png",), "image/png")])
def test_what_is_no_video_is_a_picture(
    make_job: MakeJob, tmp_path: Path, formats: tuple[str, ...], kind: str
) -> None:
    video = make_video(make_job().looking(formats=formats), tmp_path)
    html = tags(video._repr_html_())
    assert content(html["img"]["src"], kind) == video.path.read_bytes()
    assert html["img"]["alt"] == "A square – 方"


def test_the_first_of_several_formats_plays(make_job: MakeJob, tmp_path: Path) -> None:
    video = make_video(make_job().looking(formats=("webm", "gif")), tmp_path)
    assert video.path.suffix == ".webm"
    assert tags(video._repr_html_())["source"]["type"] == "video/webm"


def test_what_is_gone_is_not_shown(video: Video) -> None:
    for missing, left in (("vtt", {"video", "source"}), ("png", {"video", "source"})):
        video.files[missing].unlink()
        assert tags(video._repr_html_()).keys() == left
    video.path.unlink()
    assert video._repr_mimebundle_() == {"text/plain": repr(video)}
    assert video._repr_html_() is None


def test_how_it_is_shown_is_not_in_the_key() -> None:
    (job,) = select_jobs(["two-curves"], everything=False)
    files = {
        path.relative_to(ROOT).as_posix()
        for path in InputReader().inputs(job).stamps
        if path.is_relative_to(ROOT)
    }
    assert "explainer/film/video.py" in files
    assert not files & {"explainer/film/player.py", "explainer/film/still.py", "explainer/interface.py"}


def test_a_video_says_what_it_is_in_one_line(video: Video) -> None:
    said: Any = repr(video)
    assert said == f"<Video {str(video.path)!r}: 160×90, 15 fps, {video.recipe.duration_s:g} s>"
