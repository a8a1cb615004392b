"""The encoder: what browsers need, colours, counts and failures."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
import pytest

from explainer.encoding.h264 import H264Encoder
from explainer.errors import MachineError


def _plain(colour: tuple[int, int, int], width: int = 64, height: int = 48) -> Any:
    frame = np.empty((height, width, 4), np.uint8)
    frame[:] = (*colour, 255)
    return frame


def _boxes(path: Path) -> list[str]:
    """Return the kinds of an MP4 file's outermost boxes, in order (ISO/IEC 14496-12, section 4.2)."""
    data, place, kinds = path.read_bytes(), 0, []
    while place < len(data):
        kinds.append(data[place + 4 : place + 8].decode("latin-1"))
        place += int.from_bytes(data[place : place + 4], "big")
    return kinds


def test_the_file_is_what_every_browser_plays(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    encoder = H264Encoder(path, 64, 48, 30)
    for shade in range(20):
        encoder.write(_plain((shade * 10, 0, 0)), 3)
    encoder.save({"title": "方 – square", "comment": '{"long": "' + "é" * 50_000 + '"}'})
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt, context.width, context.height) == ("h264", "yuv420p", 64, 48)
        # 1 is BT.709 for matrix, primaries and transfer, and limited range (ITU-T H.273).
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (
            1,
            1,
            1,
            1,
        )
        assert stream.average_rate == 30
        assert sum(1 for _ in video.decode(video=0)) == stream.frames == 60
        assert float(stream.duration * stream.time_base) == pytest.approx(2.0)
        assert video.metadata["title"] == "方 – square"
        assert len(video.metadata["comment"]) == 50_000 + len('{"long": ""}')
    kinds = _boxes(path)
    assert kinds.index("moov") < kinds.index("mdat")


@pytest.mark.parametrize("colour", [(13, 16, 23), (255, 0, 0), (0, 255, 0), (91, 141, 255), (242, 244, 248)])
def test_a_colour_comes_back(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    path = tmp_path / "x.mp4"
    encoder = H264Encoder(path, 64, 48, 15)
    encoder.write(_plain(colour), 2)
    encoder.save({})
    with av.open(str(path)) as video:
        frame = next(video.decode(video=0))
    # Decoded by hand from the planes, by the equations of ITU-R BT.709 for limited range.
    luma, blue, red = (float(np.frombuffer(plane, np.uint8)[0]) for plane in frame.planes)
    y, cb, cr = (luma - 16) / 219, (blue - 128) / 224, (red - 128) / 224
    r, b = y + 1.5748 * cr, y + 1.8556 * cb
    g = (y - 0.2126 * r - 0.0722 * b) / 0.7152
    assert np.allclose(np.array([r, g, b]) * 255, colour, atol=3)


def test_a_repeated_frame_is_as_many_frames(tmp_path: Path) -> None:
    encoder = H264Encoder(tmp_path / "x.mp4", 64, 48, 15)
    encoder.write(_plain((0, 0, 0)), 40)
    encoder.write(_plain((255, 255, 255)), 1)
    encoder.save({})
    with av.open(str(tmp_path / "x.mp4")) as video:
        shades = [int(frame.to_ndarray(format="gray")[0, 0]) for frame in video.decode(video=0)]
    assert len(shades) == 41
    assert max(shades[:40]) < 40 < 200 < shades[40]


def test_a_failure_in_the_thread_reaches_the_caller_and_blocks_nobody(tmp_path: Path) -> None:
    class Failing(H264Encoder):
        def _encode(self, frame: av.VideoFrame, repeat: int) -> None:
            raise ValueError("the codec gave up")

    encoder = Failing(tmp_path / "x.mp4", 64, 48, 15)

    def write_many() -> None:
        for _ in range(200):
            encoder.write(_plain((0, 0, 0)), 1)

    with pytest.raises(MachineError, match="encoding failed: the codec gave up"):
        write_many()
    encoder.abort()
    assert list(tmp_path.iterdir()) == []


def test_an_abort_leaves_nothing(tmp_path: Path) -> None:
    encoder = H264Encoder(tmp_path / "x.mp4", 64, 48, 15)
    encoder.write(_plain((1, 2, 3)), 100)
    encoder.abort()
    assert list(tmp_path.iterdir()) == []
    encoder.abort()


def test_a_full_disk_is_told_with_the_bytes_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int = 1000
        used: int = 990
        free: int = 10

    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage())
    encoder = H264Encoder(tmp_path / "x.mp4", 64, 48, 15)
    encoder.write(_plain((1, 2, 3)), 1)
    with pytest.raises(MachineError, match=r"disk is full: \d+ bytes needed, 10 free"):
        encoder.save({})
    encoder.abort()
    assert list(tmp_path.iterdir()) == []
