"""WebM: what browsers need, and colours with straight alpha."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from explainer.encoding.transparency import straight
from explainer.encoding.vp9 import Vp9Encoder
from explainer.film.make import make_video
from explainer.jobs.job import Job
from scenes.style.theme import THEMES

MakeJob = Callable[..., Job]
bytes_ = st.integers(0, 255)
colours = st.tuples(bytes_, bytes_, bytes_)


def decoded_with_alpha(path: Path) -> list[Any]:
    """Return all frames `(height, width, 4)`; libvpx's decoder, since the built-in one drops alpha."""
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        decoder: Any = av.CodecContext.create("libvpx-vp9", "r")
        decoder.extradata = stream.codec_context.extradata
        frames = [frame for packet in video.demux(stream) for frame in decoder.decode(packet)]
        assert {frame.format.name for frame in frames} == {"yuva420p"}
        return [frame.to_ndarray(format="rgba") for frame in frames]


@given(colours, colours, bytes_)
def test_the_page_is_taken_out(drawing: tuple[int, ...], page: tuple[int, int, int], alpha: int) -> None:
    share = alpha / 255
    mixed = np.rint(np.array(drawing) * share + np.array(page) * (1 - share))
    pixels = np.zeros((1, 1, 4), np.uint8)
    pixels[0, 0] = (*mixed, alpha)
    cleared = straight(pixels, page)[0, 0].astype(int)
    assert cleared[3] == alpha
    wanted = drawing if alpha else page
    # Rounding to whole numbers is all that may be lost, and it weighs more the fainter the drawing is.
    assert np.abs(cleared[:3] - wanted).max() <= (0.5 / share + 1 if alpha else 0)


def test_opaque_webm_is_vp9_with_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "x.webm"
    encoder = Vp9Encoder(path, 64, 48, 30)
    frame = np.full((48, 64, 4), 255, np.uint8)
    frame[:, :, :3] = (91, 141, 255)
    encoder.write(frame, 30)
    encoder.save({"title": "方", "comment": "{}"})
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt) == ("vp9", "yuv420p")
        assert (context.colorspace, context.color_range) == (1, 1)
        assert "ALPHA_MODE" not in stream.metadata
        frames = [decoded.to_ndarray(format="rgb24") for decoded in video.decode(video=0)]
        assert (video.metadata["title"], video.metadata["COMMENT"]) == ("方", "{}")
    assert len(frames) == 30
    assert np.abs(frames[-1].astype(int) - (91, 141, 255)).max() <= 4


def test_the_same_frames_give_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / "one.webm", tmp_path / "other.webm"]
    for path in paths:
        encoder = Vp9Encoder(path, 64, 48, 15)
        encoder.write(np.full((48, 64, 4), 200, np.uint8), 5)
        encoder.save({})
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_half_opaque_red_is_that_red(make_job: MakeJob, tmp_path: Path, theme: str) -> None:
    job = make_job(colour="#ff0000", opacity=0.5, side=4.0)
    job = job.looking(theme=theme, formats=("webm", "mp4", "png"), transparent=True)
    video = make_video(job, tmp_path)
    for picture in (decoded_with_alpha(video.files["webm"])[-1], np.array(Image.open(video.files["png"]))):
        red = picture[45, 85].astype(int)
        assert red == pytest.approx([255, 0, 0, 128], abs=6)
        assert picture[3, 3, 3] <= 1
    with av.open(str(video.files["mp4"])) as opaque:
        *_, last = (frame.to_ndarray(format="rgb24") for frame in opaque.decode(video=0))
    page = np.array([int(THEMES[theme]["background"][k : k + 2], 16) for k in (1, 3, 5)])
    assert last[45, 85].astype(int) == pytest.approx((page + np.array([255, 0, 0])) / 2, abs=6)
    assert last[3, 3].astype(int) == pytest.approx(page, abs=3)


def test_a_transparent_drawing_over_its_page_is_the_opaque_one(
    make_job: MakeJob, kept_frames: type[Any]
) -> None:
    from explainer.play.render import render

    clear, opaque = kept_frames(), kept_frames()
    job = make_job(opacity=0.4, colour="#40c0a0").looking(formats=("webm",))
    render(job, opaque)
    render(job.looking(transparent=True), clear)
    assert len(clear.frames) == len(opaque.frames)
    for one, other in zip(clear.frames, opaque.frames, strict=True):
        assert np.array_equal(one[:, :, :3], other[:, :, :3])
        assert (other[:, :, 3] == 255).all()
    assert {0, 102} <= set(np.unique(clear.frames[-1][:, :, 3]).tolist())
