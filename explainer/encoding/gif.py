"""Animated GIF for blogs: one palette, delays that browsers play right, and a size that can be bounded."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, repeat
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.filter import Graph
from av.video.reformatter import Interpolation, VideoReformatter

from explainer.encoding.encoder import Encoder
from explainer.encoding.fineness import Fineness, note_fineness
from explainer.errors import UserError
from scenes.stage.frames import Rgba

# Delays are hundredths of a second, and browsers play those under two of them wrong: these last 40 and 50 ms.
DELAYS = (4, 5)
LONGEST_SHORT_SIDE = 480
LAST_HOLD_S = 1
# Tried in turn until the file is small enough: scale, delay, and how many ticks each picture stays.
_LADDER = (
    (1.0, 4, 1),
    (1.0, 5, 1),
    (0.85, 5, 1),
    (0.72, 5, 1),
    (0.61, 5, 1),
    (0.52, 5, 1),
    (0.61, 5, 2),
    (0.52, 5, 2),
    (0.44, 5, 2),
    (0.37, 5, 2),
    (0.3, 5, 2),
    (0.25, 5, 2),
)
_PALETTE_FROM = 60
_MEMORY_BYTES = 64 * 2**20
_CLOCK = Fraction(1, 100)
_RGBA = av.VideoFormat("rgba")
# How far beyond the budget a forecast may lie before the attempt is spared.
_FORECAST_SLACK = 1.25


@dataclass(frozen=True)
class _Picture:
    """One drawn frame as it was put away: where it lies, and the frames of the scene it stands for."""

    offset: int
    length: int
    first: int
    end: int


class GifEncoder(Encoder[Rgba]):
    """A frame sink that makes a GIF, which repeats for ever and rests on its last picture for a second.

    Pictures are put away compressed until all have come: a palette for the whole needs to have seen them.

    Args:
        max_size: the most bytes that the file may have; its size and rate are lowered to keep to it.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        fps: int,
        *,
        max_size: int | None = None,
    ) -> None:
        super().__init__(path, width, height)
        self._fps, self._max_size = fps, max_size
        self._choices = _choices(width, height)
        self._scaler = VideoReformatter()
        self._store = tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES)  # noqa: SIM115
        self._pictures: list[_Picture] = []
        self._frames = 0
        self._last = b""

    def _prepare(self, pixels: Rgba) -> Rgba:
        return pixels

    def _encode(self, frame: Rgba, repeat: int) -> None:
        first, self._frames = self._frames, self._frames + repeat
        if self._pictures and not any(_ticks(first, self._frames, self._fps, delay) for delay in DELAYS):
            return
        packed = zlib.compress(self._scaled(frame, self._choices[0]).tobytes(), 1)
        if packed == self._last:
            old = self._pictures[-1]
            self._pictures[-1] = _Picture(old.offset, old.length, old.first, self._frames)
            return
        self._pictures.append(_Picture(self._store.tell(), len(packed), first, self._frames))
        self._store.write(packed)
        self._last = packed

    def _finish(self) -> None:
        smallest, tried = 0, self._choices[0]
        for choice in self._choices:
            forecast = smallest * choice.weight / tried.weight
            hopeless = self._max_size is not None and forecast > _FORECAST_SLACK * self._max_size
            if hopeless and choice is not self._choices[-1]:
                continue
            self._require_space(2 * int(forecast) + 2**20)
            smallest, tried = self._attempt(choice), choice
            if self._max_size is None or smallest <= self._max_size or self._aborted:
                return
        raise UserError(
            f"--max-size {self._max_size}: even at {tried.width}×{tried.height} the gif has {smallest} bytes;"
            " allow more, or shorten what is shown"
        )

    def _save(self, metadata: Mapping[str, str]) -> None:
        self._store.close()

    def _discard(self) -> None:
        self._store.close()

    def _attempt(self, choice: Fineness) -> int:
        """Write the file and return its size in bytes."""
        palette = _palette(choice, (self._load(picture, choice) for picture in self._sample()))
        graph, source, sink = _painter(choice, palette)
        with av.open(str(self.path), "w", format="gif") as file:
            stream: Any = file.add_stream("gif", rate=Fraction(100, choice.delay))
            stream.width, stream.height, stream.pix_fmt = choice.width, choice.height, "pal8"
            stream.time_base = _CLOCK
            for tick, pixels in enumerate(self._timeline(choice)):
                if self._aborted:
                    break
                source.push(_frame(pixels, tick * choice.delay))
                painted: Any = sink.pull()
                painted.pts, painted.time_base = tick * choice.delay, _CLOCK
                file.mux(stream.encode(painted))
            file.mux(stream.encode(None))
        del graph
        note_fineness(self.path, choice)
        return self.path.stat().st_size

    def _timeline(self, choice: Fineness) -> Iterator[Rgba]:
        """Yield the picture of every tick of the GIF's clock, and the last one for at least its hold."""
        for picture in self._pictures:
            pictures = _ticks(picture.first, picture.end, self._fps, choice.delay * choice.stay)
            ticks = pictures * choice.stay
            if picture is self._pictures[-1]:
                ticks = max(ticks, -(-100 * LAST_HOLD_S // choice.delay))
            if ticks:
                yield from repeat(self._load(picture, choice), ticks)

    def _sample(self) -> list[_Picture]:
        """Return pictures from the whole video, the last among them, from which to take the palette."""
        step = max(1, len(self._pictures) // _PALETTE_FROM)
        return list(chain(self._pictures[::step], self._pictures[-1:]))

    def _load(self, picture: _Picture, choice: Fineness) -> Rgba:
        largest = self._choices[0]
        self._store.seek(picture.offset)
        data = zlib.decompress(self._store.read(picture.length))
        pixels = np.frombuffer(data, np.uint8).reshape(largest.height, largest.width, 4)
        return self._scaled(pixels, choice)

    def _scaled(self, pixels: Rgba, choice: Fineness) -> Rgba:
        height, width, _ = pixels.shape
        if (width, height) != (choice.width, choice.height):
            frame = self._scaler.reformat(
                av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba"),
                choice.width,
                choice.height,
                interpolation=Interpolation.AREA,
                threads=1,
            )
            pixels = frame.to_ndarray().astype(np.uint8, copy=False)
        opaque = pixels.copy()
        opaque[:, :, 3] = 255
        return opaque


def _choices(width: int, height: int) -> tuple[Fineness, ...]:
    """Return what to try, from fine to coarse."""
    largest = min(1.0, LONGEST_SHORT_SIDE / min(width, height))

    def even(side: float) -> int:
        return 2 * round(side / 2)

    return tuple(
        Fineness(even(width * largest * scale), even(height * largest * scale), delay, stay)
        for scale, delay, stay in _LADDER
    )


def _ticks(first: int, end: int, fps: int, delay: int) -> int:
    """Return how many ticks of a clock of `delay` hundredths fall on frames `first` up to `end`."""
    before, after = (-(-frame * 100 // (fps * delay)) for frame in (first, end))
    return after - before


def _frame(pixels: Rgba, pts: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
    frame.pts, frame.time_base = pts, _CLOCK
    return frame


def _palette(choice: Fineness, pictures: Iterable[Rgba]) -> av.VideoFrame:
    """Return the 256 colours, one of them clear, that paint the pictures best."""
    graph = Graph()
    source = graph.add_buffer(width=choice.width, height=choice.height, format=_RGBA, time_base=_CLOCK)
    maker, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
    source.link_to(maker)
    maker.link_to(sink)
    graph.configure()
    for k, pixels in enumerate(pictures):
        source.push(_frame(pixels, k))
    source.push(None)
    palette: av.VideoFrame = cast(Any, sink.pull())
    return palette


def _painter(choice: Fineness, palette: av.VideoFrame) -> tuple[Graph, Any, Any]:
    """Return a filter graph that paints frames with a palette, its entrance and its exit."""
    graph = Graph()
    source = graph.add_buffer(width=choice.width, height=choice.height, format=_RGBA, time_base=_CLOCK)
    colours = graph.add_buffer(
        width=palette.width, height=palette.height, format=palette.format, time_base=_CLOCK
    )
    painter = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
    sink = graph.add("buffersink")
    source.link_to(painter, 0, 0)
    colours.link_to(painter, 0, 1)
    painter.link_to(sink)
    graph.configure()
    palette.pts, palette.time_base = 0, _CLOCK
    colours.push(palette)
    colours.push(None)
    return graph, source, sink
