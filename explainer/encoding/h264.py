"""H.264 in MP4, as every browser plays it."""

from __future__ import annotations

from pathlib import Path

from explainer.encoding.encoder import VideoEncoder

# On these pictures `veryfast` gives files as small as the default preset, in under half the time. They are
# flat and sharp: with simpler searches for motion the files stay as small and as good, in a sixth less time.
X264_OPTIONS = {
    "preset": "veryfast",
    "crf": "23",
    "flags": "+cgop",
    "x264-params": "b-adapt=0:weightp=0:subme=1:me=dia:ref=1",
}


class H264Encoder(VideoEncoder):
    """A frame sink that makes an MP4 file with its index first."""

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        super().__init__(
            path,
            width,
            height,
            fps,
            container="mp4",
            container_options={"movflags": "+faststart"},
            codec="libx264",
            codec_options=X264_OPTIONS,
            pixel_format="yuv420p",
        )
