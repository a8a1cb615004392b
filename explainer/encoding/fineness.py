"""How fine a GIF is: chosen to keep to a size, kept in a comment, and read back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import av

_TRAILER = b"\x3b"
_COMMENT = b"\x21\xfe"


@dataclass(frozen=True)
class Fineness:
    """How fine a GIF is.

    Attributes:
        width, height: its size in pixels.
        delay: hundredths of a second from one frame to the next.
        stay: how many frames at least show one picture.
    """

    width: int
    height: int
    delay: int
    stay: int = 1

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return 100 / (self.delay * self.stay)

    @property
    def weight(self) -> float:
        """What the file's size is about proportional to."""
        # What takes room is edges, and they grow as the picture's side.
        return math.sqrt(self.width * self.height) * self.rate


def note_fineness(path: Path, fineness: Fineness) -> None:
    """Write into a GIF, as a comment, what its frames do not tell: how many of them show one picture."""
    # FFmpeg reads comments and writes none. Source: Graphics Interchange Format 89a, sections 24 and 27.
    words = f"{fineness.stay} frames a picture".encode()
    with path.open("r+b") as file:
        file.seek(-len(_TRAILER), 2)
        file.write(_COMMENT + bytes([len(words)]) + words + b"\x00" + _TRAILER)


def measure(path: Path) -> Fineness:
    """Return how fine a GIF of ours is."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        # The comment stands behind the last frame.
        for _ in file.demux(stream):
            pass
        rate, comment = stream.average_rate, str(file.metadata.get("comment", ""))
        if rate is None:
            raise ValueError(f"{path}: a gif without frames")
        stay = comment.partition(" frames a picture")[0]
        return Fineness(stream.width, stream.height, round(100 / rate), int(stay) if stay.isdecimal() else 1)
