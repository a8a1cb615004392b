"""Raw frames: how many, when, and of what colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manim import config

from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.jobs.look import Quality
from explainer.play.render import Scene, pose, render, run_without_drawing, still
from explainer.play.rendering import Progress
from scenes.stage.beat import Beat
from scenes.style.colour import rgb
from scenes.style.theme import THEMES

MakeJob = Callable[..., Job]
# 0.6 s to appear, 0.6 s of pause, 0.2 s for each step, 0.6 s of rest.
SECONDS = 2.0


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_a_scene_lasts_equally_long_at_every_frame_rate(
    make_job: MakeJob, kept_frames: type[Any], fps: int
) -> None:
    job, sink = make_job(fps=fps), kept_frames()
    rendering = render(job, sink)
    assert rendering.frames == len(sink.frames) == SECONDS * job.look.fps
    assert rendering.duration_s == SECONDS
    times = [(beat.start_s, beat.end_s) for beat in rendering.beats]
    assert np.allclose(times, [(0, 1.2), (1.2, 1.4), (1.4, 2.0)], atol=1e-9)


def test_frames_have_the_size_asked_for_and_are_opaque(make_job: MakeJob, kept_frames: type[Any]) -> None:
    sink = kept_frames()
    rendering = render(make_job(), sink)
    assert {frame.shape for frame in sink.frames} == {(90, 160, 4)}
    assert all((frame[:, :, 3] == 255).all() for frame in sink.frames)
    assert np.array_equal(rendering.last_frame, sink.frames[-1])


@pytest.mark.parametrize(("size", "side"), [("200x90", 45), ("160x120", 45), ("90x160", 25)])
def test_another_size_shows_the_whole_layout_undistorted(make_job: MakeJob, size: str, side: int) -> None:
    quality = Quality(90, 15).sized(size)
    picture = still(make_job(side=4.0, colour="#ffffff").looking(quality=quality), "appear")
    assert (picture.shape[1], picture.shape[0]) == quality.size
    # The side of the square is half as long as the layout is high; the small one above it stays in sight.
    height, width = picture.shape[:2]
    assert side - 1 <= (picture[height // 2, :, 0] > 128).sum() <= side + 1
    assert side - 1 <= (picture[:, width // 2 + 10, 0] > 128).sum() <= side + 1


def test_the_same_job_gives_the_same_frames(make_job: MakeJob, kept_frames: type[Any]) -> None:
    one, other, changed = kept_frames(), kept_frames(), kept_frames()
    render(make_job(), one)
    render(make_job(), other)
    render(make_job(side=1.0), changed)
    assert one.digest == other.digest != changed.digest


def test_what_is_held_is_drawn_once(make_job: MakeJob, kept_frames: type[Any]) -> None:
    sink = kept_frames()
    render(make_job(opacity=0.5, side=4.0), sink)
    # Half-opaque white on the dark page; drawn twice, it would be 195. Frame 12 moves, the last is held.
    mixed = (255 + rgb(THEMES["dark"]["background"])[0] * 255) / 2
    assert abs(int(sink.frames[12][45, 80, 0]) - mixed) <= 2
    assert abs(int(sink.frames[-1][45, 85, 0]) - mixed) <= 2


def test_progress_counts_frames_and_beats(make_job: MakeJob, kept_frames: type[Any]) -> None:
    seen: list[Progress] = []
    rendering = render(make_job(), kept_frames(), seen.append)
    assert seen[-1].frames == rendering.frames
    assert [p.frames for p in seen] == sorted({p.frames for p in seen})
    assert {p.beats for p in seen} == {0, 1, 2}


def test_a_failing_sink_ends_the_rendering_and_manim_is_as_before(make_job: MakeJob) -> None:
    class Full:
        written = 0

        def write(self, pixels: object, repeat: int) -> None:
            self.written += repeat
            if self.written > 5:
                raise OSError(28, "No space left on device")

    before = dict(config.items())
    with pytest.raises(OSError, match="No space"):
        render(make_job(), Full())
    assert dict(config.items()) == before


def test_manim_settings_found_on_the_way_change_nothing(
    make_job: MakeJob, kept_frames: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, beset = kept_frames(), kept_frames()
    render(make_job(), plain)
    config.update({"background_opacity": 0.5, "from_animation_number": 2})
    try:
        render(make_job(), beset)
    finally:
        config.update({"background_opacity": 1.0, "from_animation_number": 0})
    assert plain.digest == beset.digest


def test_what_cannot_be_computed_is_the_users_to_put_right(make_job: MakeJob, kept_frames: type[Any]) -> None:
    with pytest.raises(UserError, match=r"square: side must not be 3\.5; got 3\.5"):
        render(make_job(side=3.5), kept_frames())


def test_running_without_drawing_keeps_the_times_and_the_places(
    make_job: MakeJob, kept_frames: type[Any]
) -> None:
    places: list[tuple[str, float, float]] = []

    def note(scene: Scene, beat: Beat) -> None:
        square, turned = scene.mobjects[0], scene.mobjects[1]
        places.append((beat.key, square.get_x(), turned.get_x()))

    scene = run_without_drawing(make_job(steps=2), note)
    drawn = render(make_job(steps=2), kept_frames())
    assert [(b.key, b.start_s, b.end_s) for b in scene.beats] == [
        (b.key, pytest.approx(b.start_s), pytest.approx(b.end_s)) for b in drawn.beats
    ]
    assert places == [("appear", 0, 0), ("slide", pytest.approx(2), pytest.approx(2)), ("rest", 2, 2)]


@pytest.mark.parametrize(("at", "frame"), [("appear", 17), ("slide", -10), ("rest", -1), (None, -1)])
def test_a_still_of_a_beat_is_what_the_beat_ends_on(
    make_job: MakeJob, kept_frames: type[Any], at: str | None, frame: int
) -> None:
    sink = kept_frames()
    render(make_job(), sink)
    # The picture at the end of `slide` is the first that `rest` holds.
    expected = sink.frames[-1] if at == "slide" else sink.frames[frame]
    assert np.array_equal(still(make_job(), at), expected)


@pytest.mark.parametrize("seconds", [0, 0.3, 1.25, 1.99, 2.0])
def test_a_still_of_an_instant_is_the_videos_frame(
    make_job: MakeJob, kept_frames: type[Any], seconds: float
) -> None:
    sink = kept_frames()
    render(make_job(), sink)
    frame = min(int(seconds * 15 + 1e-6), len(sink.frames) - 1)
    assert np.array_equal(still(make_job(), seconds), sink.frames[frame])


@pytest.mark.parametrize("seconds", [2.5, 1e9, 1e308])
def test_a_still_after_the_end_is_refused(make_job: MakeJob, seconds: float) -> None:
    with pytest.raises(UserError, match="ends after 2 seconds; give 0 to 2"):
        still(make_job(), seconds)


@pytest.mark.parametrize(("cover", "beat"), [("appear", 0), ("rest", 2)])
def test_the_poster_is_the_end_of_the_beat_that_says_most(
    make_job: MakeJob, kept_frames: type[Any], cover: str, beat: int
) -> None:
    sink = kept_frames()
    job = make_job()
    job = replace(job, definition=replace(job.definition, cover={"": cover}))
    rendering = render(job, sink)
    at = round(rendering.beats[beat].end_s * job.look.fps) - 1
    assert np.array_equal(rendering.poster, sink.frames[at])
    posed = pose(job)
    assert np.array_equal(posed.poster, rendering.poster)
    assert np.array_equal(posed.last_frame, rendering.last_frame)
