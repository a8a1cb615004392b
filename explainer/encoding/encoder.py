"""Encoding in a thread of its own, while the next frame is drawn."""

from __future__ import annotations

import queue
import shutil
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Generic, TypeVar

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

from explainer.errors import ExplainerError, MachineError
from scenes.stage.frames import Rgba

SECONDS_BETWEEN_KEYFRAMES = 4
_PENDING_BYTES = 64 * 2**20
# What the index and the metadata take besides the packets, generously.
_INDEX_BYTES = 2**20


Prepared = TypeVar("Prepared")


class Encoder(ABC, Generic[Prepared]):
    """A frame sink that encodes in a thread of its own and writes one file at the end.

    Frames are prepared in the drawing thread, which has time to spare: encoding takes longer than drawing.

    Raises:
        MachineError: from `write` or `save`, when the encoder fails or the disk is full.
    """

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.path = path
        self._failure: BaseException | None = None
        self._aborted = False
        # Bounded, so that drawing never runs far ahead: a few frames of any size.
        pending = max(2, _PENDING_BYTES // (width * height * 4))
        self._queue: queue.Queue[tuple[Prepared, int] | None] = queue.Queue(maxsize=min(pending, 16))
        self._thread = threading.Thread(target=self._work, name=f"encoder-{path.suffix}", daemon=True)

    def write(self, pixels: Rgba, repeat: int) -> None:
        """Take one frame; returns at once unless the encoder lags behind."""
        self._raise_failure()
        if not self._thread.is_alive():
            self._thread.start()
        self._queue.put((self._prepare(pixels), repeat))

    def save(self, metadata: Mapping[str, str]) -> None:
        """Finish encoding and write the file, with `metadata` (title, comment) where the format has room."""
        self._join()
        self._raise_failure()
        self._save(metadata)

    def abort(self) -> None:
        """Stop, and leave nothing behind; harmless after `save` but for the file, which it removes."""
        self._aborted = True
        self._join()
        self._discard()
        self.path.unlink(missing_ok=True)

    @abstractmethod
    def _prepare(self, pixels: Rgba) -> Prepared:
        """Make of a frame what the thread encodes."""

    @abstractmethod
    def _encode(self, frame: Prepared, repeat: int) -> None:
        """Encode one frame; runs in the thread."""

    @abstractmethod
    def _finish(self) -> None:
        """Encode what waits for later frames; runs in the thread, after the last frame."""

    @abstractmethod
    def _save(self, metadata: Mapping[str, str]) -> None:
        """Write the file."""

    @abstractmethod
    def _discard(self) -> None:
        """Let go of everything."""

    def _require_space(self, needed: int) -> None:
        folder = self.path.parent
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise MachineError(f"{folder}: the disk is full: {needed} bytes needed, {free} free")

    def _join(self) -> None:
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _raise_failure(self) -> None:
        if isinstance(self._failure, MemoryError | ExplainerError):
            raise self._failure
        if self._failure is not None:
            raise MachineError(f"encoding failed: {self._failure}") from self._failure

    def _work(self) -> None:
        # After a failure the queue is still emptied, so that the drawing thread never waits in vain.
        while (item := self._queue.get()) is not None:
            self._try(self._encode, *item)
        self._try(self._finish)

    def _try(self, work: Any, *arguments: Any) -> None:
        if self._failure is None and not self._aborted:
            try:
                work(*arguments)
            except BaseException as error:
                self._failure = error


class VideoEncoder(Encoder[av.VideoFrame]):
    """An encoder of video for browsers: limited-range BT.709 colours, tagged so.

    Encoded packets are small and wait in memory: the recipe travels in the file's header, and is known
    only once the scene has played.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        fps: int,
        *,
        container: str,
        container_options: Mapping[str, str],
        codec: str,
        codec_options: Mapping[str, str],
        pixel_format: str,
    ) -> None:
        super().__init__(path, width, height)
        self._time_base = Fraction(1, fps)
        self._container = av.open(str(path), "w", format=container, options=dict(container_options))
        stream: Any = self._container.add_stream(codec, rate=fps, options=dict(codec_options))
        self._stream = stream
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, pixel_format
        self._stream.time_base = self._time_base
        context: Any = self._stream.codec_context
        context.gop_size = SECONDS_BETWEEN_KEYFRAMES * fps
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        self._pixel_format = pixel_format
        self._converter = VideoReformatter()
        self._packets: list[Packet[Any]] = []
        self._frames = 0

    def _prepare(self, pixels: Rgba) -> av.VideoFrame:
        return self._converter.reformat(
            av.VideoFrame.from_numpy_buffer(pixels, format="rgba"),
            format=self._pixel_format,
            interpolation=Interpolation.BILINEAR,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_colorspace=Colorspace.ITU709,
            dst_color_trc=ColorTrc.BT709,
            dst_color_primaries=ColorPrimaries.BT709,
            threads=1,
        )

    def _encode(self, frame: av.VideoFrame, repeat: int) -> None:
        frame.time_base = self._time_base
        for _ in range(repeat):
            frame.pts = self._frames
            self._frames += 1
            self._packets.extend(self._stream.encode(frame))

    def _finish(self) -> None:
        self._packets.extend(self._stream.encode(None))

    def _save(self, metadata: Mapping[str, str]) -> None:
        self._require_space(sum(packet.size for packet in self._packets) + _INDEX_BYTES)
        self._container.metadata.update(metadata)
        for packet in self._packets:
            self._container.mux(packet)
        self._container.close()
        self._packets.clear()

    def _discard(self) -> None:
        self._packets.clear()
        self._container.close()
