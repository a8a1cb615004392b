"""Frames that show nothing, and pictures that stand still for too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault
from explainer.audit.motion.screen import Instant
from explainer.audit.words.pacing import reading
from explainer.play.render import Scene
from scenes.stage.beat import Beat
from scenes.stage.writing import Text

# So long may nothing be on the stage between two pictures, and so long may one stand still besides reading.
LONGEST_BARE = 0.4
LONGEST_STILL = 4.0
_ROUNDING = 0.005


@dataclass(frozen=True)
class _Caption:
    text: Text
    since: float
    reading: float

    def unread(self, seconds: float) -> float:
        """Return how much longer it takes to read it from then on."""
        return max(self.reading - max(seconds - self.since, 0.0), 0.0)


@dataclass(frozen=True)
class _Stretch:
    """A time in which the picture stood still, and how long it might have."""

    since: float
    still: float
    most: float


class Stillness:
    """Follows the whole picture through a scene, one beat at a time; captions and pips are no part of it.

    The first frame may not be bare even for an instant.
    """

    def __init__(self, scene: Scene, locale: str) -> None:
        self._scene = scene
        self._speed = reading(locale).speed
        self._captions: list[_Caption] = []
        self._seconds, self._still_since = 0.0, 0.0
        self._too_long: _Stretch | None = None
        # Bare now, for how long in this beat, and since when.
        self._bare, self._bare_total = False, 0.0
        self._bare_at: float | None = None

    def look(self, instant: Instant) -> None:
        """Note whether there is anything to see now, and anything new."""
        passed, self._seconds = instant.seconds - self._seconds, instant.seconds
        if self._bare:
            self._bare_total += passed
        caption = self._scene.caption_bar.caption
        if caption is not None and all(known.text is not caption for known in self._captions):
            self._captions.append(_Caption(caption, instant.seconds, len(caption.source) / self._speed))
        if not instant.changed:
            return
        words = {id(part) for known in self._captions for part in known.text.get_family()}
        words |= {id(part) for part in self._scene.caption_bar.get_family()}
        if instant.changed - words:
            self._too_long = self._too_long or self._stretch()
            self._still_since = instant.seconds
        self._bare = _bare(instant.drawing, words | {id(part) for part in self._scene.title.get_family()})
        if self._bare and self._bare_at is None:
            self._bare_at = instant.seconds

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return what was bare, and what stood still for too long, since the last call."""
        if self._bare_at is not None and (
            self._bare_at == 0.0 or self._bare_total > LONGEST_BARE + _ROUNDING
        ):
            how = f"nothing but grid, axes, title and pips for {self._bare_total:.1f} s"
            yield Fault("bare frame", ("the picture",), how, self._bare_at)
        self._bare_total, self._bare_at = 0.0, self._seconds if self._bare else None
        stretch = self._too_long or self._stretch()
        if stretch is not None:
            over = f"{stretch.still - stretch.most:.1f} s more than reading and {LONGEST_STILL:g} s"
            how = f"unchanged for {stretch.still:.1f} s, {over}"
            yield Fault("still picture", ("the picture",), how, stretch.since)
            # What goes on standing still is told again if it does so for as long once more.
            self._still_since = self._seconds
        self._too_long = None

    def _stretch(self) -> _Stretch | None:
        """Return the time for which the picture has stood still, if it is too long."""
        since = self._still_since
        most = LONGEST_STILL + sum(caption.unread(since) for caption in self._captions)
        still = self._seconds - since
        return _Stretch(since, still, most) if still > most + _ROUNDING else None


def _bare(drawing: Drawing, words: set[int]) -> bool:
    """Tell whether nothing is to be seen but `words` and backdrops, such as the lines of planes."""
    return all(
        leaf.standing.backdrop or leaf.veil is not None or id(leaf.mobject) in words
        for leaf in drawing.leaves
    )
