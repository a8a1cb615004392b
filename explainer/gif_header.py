"""A GIF's size and rate, as its first bytes tell them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fineness:
    """A GIF's size in pixels and the delay between its frames in hundredths of a second."""

    width: int
    height: int
    delay: int

    @property
    def weight(self) -> float:
        """What the file's size is about proportional to."""
        return self.width * self.height / self.delay


def measure(path: Path) -> Fineness:
    """Return the size of a GIF and its first delay, from its first bytes.

    Source: CompuServe, Graphics Interchange Format 89a, sections 18 and 23.
    """
    data = path.read_bytes()
    width, height = (int.from_bytes(data[place : place + 2], "little") for place in (6, 8))
    control = data.index(b"\x21\xf9\x04")
    return Fineness(width, height, int.from_bytes(data[control + 4 : control + 6], "little"))
