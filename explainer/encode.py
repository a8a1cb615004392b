"""H.264 video as every browser plays it, encoded while the next frame is drawn."""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

from explainer.errors import MachineError
from explainer.frames import Rgba

# On these pictures `veryfast` gives files as small as the default preset, in under half the time.
X264_OPTIONS = {"preset": "veryfast", "crf": "23", "flags": "+cgop"}
SECONDS_BETWEEN_KEYFRAMES = 4
_PENDING_BYTES = 64 * 2**20
# What the index and the metadata take besides the packets, generously.
_INDEX_BYTES = 2**20


class H264Encoder:
    """A frame sink that encodes in a thread of its own and writes the file at the end.

    Colours are converted to limited-range BT.709 and tagged so. Encoded packets are small and wait in
    memory: the recipe travels in the file's header, and is known only once the scene has played.

    Raises:
        MachineError: from `write` or `save`, when the encoder fails or the disk is full.
    """

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        self.path = path
        self._time_base = Fraction(1, fps)
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._stream = self._container.add_stream("libx264", rate=fps, options=X264_OPTIONS)
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"
        self._stream.time_base = self._time_base
        context = self._stream.codec_context
        context.gop_size = SECONDS_BETWEEN_KEYFRAMES * fps
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        self._converter = VideoReformatter()
        self._packets: list[Packet[Any]] = []
        self._frames = 0
        self._failure: BaseException | None = None
        self._aborted = False
        # Bounded, so that drawing never runs far ahead: a few frames of any size.
        pending = max(2, _PENDING_BYTES // (width * height * 4))
        self._queue: queue.Queue[tuple[Rgba, int] | None] = queue.Queue(maxsize=min(pending, 16))
        self._thread = threading.Thread(target=self._work, name="h264-encoder", daemon=True)
        self._thread.start()

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Take one frame; returns at once unless the encoder lags behind."""
        self._raise_failure()
        self._queue.put((pixels, repeat))

    def save(self, metadata: Mapping[str, str]) -> None:
        """Finish encoding and write the file, index first, with `metadata` (title, comment) in its header."""
        self._join()
        self._raise_failure()
        needed = sum(packet.size for packet in self._packets) + _INDEX_BYTES
        folder = self.path.parent
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise MachineError(f"{folder}: the disk is full: {needed} bytes needed, {free} free")
        self._container.metadata.update(metadata)
        for packet in self._packets:
            self._container.mux(packet)
        self._container.close()
        self._packets.clear()

    def abort(self) -> None:
        """Stop, and leave nothing behind; harmless after `save` but for the file, which it removes."""
        self._aborted = True
        self._join()
        self._packets.clear()
        self._container.close()
        self.path.unlink(missing_ok=True)

    def _join(self) -> None:
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _raise_failure(self) -> None:
        if isinstance(self._failure, MemoryError):
            raise self._failure
        if self._failure is not None:
            raise MachineError(f"encoding failed: {self._failure}") from self._failure

    def _work(self) -> None:
        # After a failure the queue is still emptied, so that the drawing thread never waits in vain.
        while (item := self._queue.get()) is not None:
            if self._failure is None and not self._aborted:
                try:
                    self._encode(*item)
                except BaseException as error:
                    self._failure = error
        if self._failure is None and not self._aborted and self._frames:
            try:
                self._packets.extend(self._stream.encode(None))
            except BaseException as error:
                self._failure = error

    def _encode(self, pixels: Rgba, repeat: int) -> None:
        frame = self._converter.reformat(
            av.VideoFrame.from_numpy_buffer(pixels, format="rgba"),
            format="yuv420p",
            interpolation=Interpolation.BILINEAR,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_colorspace=Colorspace.ITU709,
            dst_color_trc=ColorTrc.BT709,
            dst_color_primaries=ColorPrimaries.BT709,
            threads=1,
        )
        frame.time_base = self._time_base
        for _ in range(repeat):
            frame.pts = self._frames
            self._frames += 1
            self._packets.extend(self._stream.encode(frame))
