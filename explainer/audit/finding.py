"""What the audit found, in words."""

from __future__ import annotations

from dataclasses import dataclass

# The shorter side of every frame is 8 units, and 1080 pixels of a full HD picture.
PIXELS_PER_UNIT = 135.0
# Less than this is rounding, in pixels at 1080p.
TOLERANCE = 1.0


@dataclass(frozen=True)
class Fault:
    """What is wrong, before it is said where.

    Attributes:
        kind: the rule that is broken, such as `overlap`.
        things: what breaks it; for most rules the two things that clash.
        amount: by how much.
        seconds: when, if not at the end of the beat.
    """

    kind: str
    things: tuple[str, ...]
    amount: str
    seconds: float | None = None


@dataclass(frozen=True)
class Finding:
    """One broken rule of the picture, with the place and time at which it is seen.

    Attributes:
        scene, preset, theme, locale, aspect: which video.
        beat, seconds: when; a rule of a whole theme has no beat.
        kind, things, amount: what is wrong, with what, and by how much.
    """

    scene: str
    preset: str
    theme: str
    locale: str
    aspect: str
    beat: str
    seconds: float
    kind: str
    things: tuple[str, ...]
    amount: str

    @property
    def message(self) -> str:
        """What is wrong, without the place."""
        return f"{self.kind}: {' and '.join(self.things)}: {self.amount}"

    def __str__(self) -> str:
        if not self.beat:
            return f"theme {self.theme}: {self.message}"
        video = f"{self.scene}@{self.preset} ({self.theme}, {self.locale}, {self.aspect})"
        return f"{video} beat {self.beat} at {self.seconds:.1f} s: {self.message}"


def pixels(units: float) -> float:
    """Return scene units as pixels at 1080p."""
    return units * PIXELS_PER_UNIT


def pixel_text(units: float) -> str:
    """Return a length in scene units as the words `3.4 px`."""
    return f"{pixels(units):.1f} px"
