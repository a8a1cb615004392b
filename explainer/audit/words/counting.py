"""Whether a caption gives away what is still being counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from explainer.audit.finding import Fault
from explainer.audit.motion.screen import Instant
from explainer.audit.naming import Standing
from explainer.audit.words.captions import quoted
from scenes.parts.writing.counter import Counter
from scenes.parts.writing.tally import Tally
from scenes.stage.beat import Beat

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AT_ONCE = 0.1


@dataclass
class _Count:
    """The numbers that a counter showed, and since when it showed each, in order."""

    name: str
    shown: list[tuple[float, int]] = field(default_factory=list)


class Counting:
    """Follows every counter that is on screen through a scene, one beat at a time."""

    def __init__(self) -> None:
        self._counts: dict[int, _Count] = {}

    def look(self, instant: Instant) -> None:
        """Note what the counters show now."""
        seen = {id(leaf.mobject) for leaf in instant.drawing.leaves}
        every = instant.drawing.register.every
        counters: list[tuple[Counter | Tally, Standing]] = [*every(Counter), *every(Tally)]
        for counter, standing in counters:
            if not seen.isdisjoint(map(id, counter.get_family())):
                count = self._counts.setdefault(id(counter), _Count(standing.name))
                if not count.shown or count.shown[-1][1] != counter.value:
                    count.shown.append((instant.seconds, counter.value))

    def faults(self, beat: Beat) -> Iterator[Fault]:
        """Return what the beat's caption says of counts that ended later, since the last call."""
        said = set(_whole_numbers(beat.caption))
        for count in self._counts.values():
            reached_s, value = count.shown[-1]
            early = reached_s - beat.start_s
            if len(count.shown) > 1 and value in said and early > _AT_ONCE:
                how = f"{value} is said {early:.1f} s before it is counted"
                yield Fault("number too soon", (quoted([beat.caption]), count.name), how, beat.start_s)
        self._counts.clear()


def _whole_numbers(words: str) -> Iterator[int]:
    for number in _NUMBER.findall(words):
        # A comma parts thousands; a point begins a fraction.
        whole, point, _ = number.replace(",", "").partition(".")
        if not point:
            yield int(whole)
