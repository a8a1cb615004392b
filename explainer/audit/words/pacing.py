"""Whether captions can be read, and changes followed, in the time they are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.audit.finding import Fault
from scenes.stage.beat import Beat
from scenes.stage.manim_internals import Play

SHORTEST_HOLD = 1.0
SHORTEST_CAPTION, LONGEST_CAPTION = 1.0, 7.0
SHORTEST_CHANGE, LONGEST_CHANGE = 0.2, 3.0
_ROUNDING = 0.005


@dataclass(frozen=True)
class Reading:
    """How a language is read: most characters in a caption and on one line of two, characters a second."""

    caption_length: int
    line_length: int
    speed: float


_LATIN, _CHINESE = Reading(45, 42, 15.0), Reading(22, 16, 9.0)


def reading(locale: str) -> Reading:
    """Return how the language of a locale is read."""
    return _CHINESE if locale.startswith("zh") else _LATIN


def beat_faults(beat: Beat, gone_s: float, plays: Sequence[Play], locale: str) -> Iterator[Fault]:
    """Find captions that go too soon or stay too long, and changes that are too quick or too slow.

    Args:
        beat: the beat and its caption.
        gone_s: when another caption takes this one's place, or the scene ends.
        plays: what was played in the scene.
        locale: the caption's language.
    """
    caption, shown = (f"caption “{beat.caption}”",), gone_s - beat.start_s
    within = [play for play in plays if beat.start_s - _ROUNDING <= play.start_s < beat.end_s - _ROUNDING]
    needed = len(beat.caption) / reading(locale).speed
    if shown < needed - _ROUNDING:
        yield Fault(
            "reading time", caption, f"shown {shown:.2f} s, {needed - shown:.2f} s less than it takes"
        )
    held = beat.end_s - max((play.end_s for play in within if not play.held), default=beat.start_s)
    if held < SHORTEST_HOLD - _ROUNDING:
        lacking = (
            f"held {held:.2f} s after the change, {SHORTEST_HOLD - held:.2f} s less than {SHORTEST_HOLD:g}"
        )
        yield Fault("hold", caption, lacking)
    if shown < SHORTEST_CAPTION - _ROUNDING:
        yield Fault("caption time", caption, f"{shown:.2f} s, {SHORTEST_CAPTION - shown:.2f} s too short")
    if shown > LONGEST_CAPTION + _ROUNDING:
        yield Fault("caption time", caption, f"{shown:.2f} s, {shown - LONGEST_CAPTION:.2f} s too long")
    for play in within:
        for run_time in play.run_times:
            if not SHORTEST_CHANGE - _ROUNDING <= run_time <= LONGEST_CHANGE + _ROUNDING:
                limits = f"{SHORTEST_CHANGE:g} to {LONGEST_CHANGE:g} s"
                yield Fault("motion", ("a change",), f"takes {run_time:.2f} s, not {limits}", play.start_s)
