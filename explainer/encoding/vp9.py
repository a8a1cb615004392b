"""VP9 in WebM, opaque or with alpha."""

from __future__ import annotations

from pathlib import Path

import av

from explainer.encoding.encoder import VideoEncoder
from explainer.encoding.transparency import Page, straight
from scenes.stage.frames import Rgba

# On these pictures the encoder for live pictures is as good as the slow one and seven times as fast.
VP9_OPTIONS = {"deadline": "realtime", "cpu-used": "6", "crf": "36", "b": "0", "row-mt": "1"}


class Vp9Encoder(VideoEncoder):
    """A frame sink that makes a WebM file; one that shows the page behind it, if `page` is given.

    Args:
        page: the colour on which transparent frames were drawn, to be taken out of them.
    """

    def __init__(self, path: Path, width: int, height: int, fps: int, *, page: Page | None = None) -> None:
        super().__init__(
            path,
            width,
            height,
            fps,
            container="webm",
            # Without it every file bears another random number.
            container_options={"fflags": "+bitexact"},
            codec="libvpx-vp9",
            codec_options=VP9_OPTIONS,
            pixel_format="yuv420p" if page is None else "yuva420p",
        )
        self._page = page
        if page is not None:
            self._stream.metadata["alpha_mode"] = "1"

    def _prepare(self, pixels: Rgba) -> av.VideoFrame:
        return super()._prepare(pixels if self._page is None else straight(pixels, self._page))
