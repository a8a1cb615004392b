"""A GIF's size and rate, as its header and a comment in it tell them.

Source: CompuServe, Graphics Interchange Format 89a, sections 18, 23, 24 and 27.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

_TRAILER = b"\x3b"


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


def describe(path: Path, fineness: Fineness) -> None:
    """Write into a GIF, as a comment, how many of its frames show one picture."""
    with path.open("r+b") as file:
        file.seek(-1, 2)
        words = f"{fineness.stay} frames a picture".encode()
        file.write(b"\x21\xfe" + bytes([len(words)]) + words + b"\x00" + _TRAILER)


def measure(path: Path) -> Fineness:
    """Return how fine a GIF of ours is."""
    with path.open("rb") as file:
        head = file.read(2**16)
        file.seek(-min(64, path.stat().st_size), 2)
        tail = file.read()
    width, height = (int.from_bytes(head[place : place + 2], "little") for place in (6, 8))
    control = head.index(b"\x21\xf9\x04")
    stay = re.search(rb"(\d) frames a picture\x00\x3b$", tail)
    return Fineness(
        width, height, int.from_bytes(head[control + 4 : control + 6], "little"), int(stay[1]) if stay else 1
    )
