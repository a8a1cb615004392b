"""Writing that runs into other things, or they into it, while something moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from manim import Mobject

from explainer.audit.drawing import Drawing, Ink, Leaf
from explainer.audit.finding import Fault, pixel_text, pixels
from explainer.audit.geometry import BoolArray, FloatArray, shared_depth
from explainer.audit.motion.screen import Instant
from explainer.audit.overlap import clash, shared
from scenes.parts.plane.plane import Plane
from scenes.stage.glyphs import Glyphs
from scenes.style.layout import Region

# How far two things may reach into each other for an instant, in pixels at 1080p.
MOST_DEPTH = 6.0
# What is fainter than this is taken for gone.
FAINTEST = 0.15
# How long what flies may be over one thing that rests.
LONGEST_OVER = 0.4
_ROUNDING = 0.005

_Thing: TypeAlias = Ink | Leaf
_Key: TypeAlias = tuple[int, int]
# Drawings of one name count as one thing; the names of writings change with what they say.
_Group: TypeAlias = tuple[int, int | str]


@dataclass(frozen=True)
class _Verdict:
    """How far two things reach into each other, and why that is wrong; `passing` is wrong if it lasts."""

    units: float
    why: str
    passing: bool


@dataclass(frozen=True)
class _Meeting:
    """Two things near each other."""

    group: _Group
    things: tuple[str, str]
    verdict: _Verdict

    @property
    def deep(self) -> bool:
        return pixels(self.verdict.units) > MOST_DEPTH


@dataclass
class _Pair:
    """Two things of which one was in the other: for how long in all and of late, and when the deepest."""

    things: tuple[str, str]
    worst: _Verdict
    at: float
    total: float = 0.0
    stretch: float = 0.0
    wrong: bool = False


class Crossings:
    """Follows everything through a scene, one beat at a time.

    At an instant, no writing may be more than a few pixels in another writing or in a drawing, whichever of
    them moves, unless a rim, a card or a veil keeps the drawing off. What is `Flying`, drawn above and on a
    backing of its own may pass over a thing that does not fly, if it is gone soon. Two flights may not meet.
    """

    def __init__(self) -> None:
        self._pairs: dict[_Group, _Pair] = {}
        self._meetings: dict[_Key, _Meeting] = {}
        self._rested: dict[frozenset[str], float] = {}
        self._seconds = 0.0

    def look(self, instant: Instant) -> None:
        """Note what is in what now."""
        self._pass_time(instant.seconds)
        if instant.changed:
            self._meetings = dict(self._met(instant))
        deep = [meeting for meeting in self._meetings.values() if meeting.deep]
        for meeting in deep:
            things, verdict = meeting.things, meeting.verdict
            pair = self._pairs.setdefault(meeting.group, _Pair(things, verdict, instant.seconds))
            if verdict.units > pair.worst.units:
                pair.things, pair.worst, pair.at = things, verdict, instant.seconds
            pair.wrong = pair.wrong or not verdict.passing
        for group in self._pairs.keys() - {meeting.group for meeting in deep}:
            self._pairs[group].stretch = 0.0

    def faults(self, at_rest: Iterable[tuple[str, ...]]) -> Iterator[Fault]:
        """Return what has been in what since the last call, at the end of a beat.

        Args:
            at_rest: the pairs that are found to overlap as they stand now, which are told of already.
        """
        told = {frozenset(things) for things in at_rest}
        for pair in self._pairs.values():
            things, units = frozenset(pair.things), pair.worst.units
            # What rested there when the last beat ended was told of then.
            known = things in told or units <= self._rested.get(things, 0.0)
            if pair.wrong and not known:
                why = f", {pair.worst.why}" if pair.worst.why else ""
                how = f"{pixel_text(units)} for {pair.total:.1f} s{why}"
                yield Fault("overlap in motion", pair.things, how, pair.at)
        self._pairs.clear()
        self._rested.clear()
        for meeting in self._meetings.values():
            things = frozenset(meeting.things)
            if things in told:
                self._rested[things] = max(meeting.verdict.units, self._rested.get(things, 0.0))

    def _pass_time(self, seconds: float) -> None:
        """Count the time since the last look for everything that was in something."""
        passed, self._seconds = seconds - self._seconds, seconds
        for group in {meeting.group for meeting in self._meetings.values() if meeting.deep}:
            # What was in something when a beat began is told of in that beat.
            pair = self._pairs.get(group)
            if pair is not None:
                pair.total += passed
                pair.stretch += passed
                pair.wrong = pair.wrong or pair.stretch > LONGEST_OVER + _ROUNDING

    def _met(self, instant: Instant) -> Iterator[tuple[_Key, _Meeting]]:
        """Yield every two things that are near each other, by their keys."""
        drawing, changed = instant.drawing, instant.changed
        # What carries writing, or covers it, may change how others meet.
        anew = any(
            id(leaf.mobject) in changed
            for leaf in drawing.leaves
            if leaf.veil is not None or (leaf.standing.writing is None and len(leaf.fill))
        )
        inks = [
            ink
            for ink in (*drawing.letterings, *drawing.loose)
            if not ink.backdrop and ink.opacity > FAINTEST
        ]
        graphics = list(_obstacles(drawing, instant.moved))
        boxes, drawn = _boxes([ink.box for ink in inks]), _boxes([leaf.box for leaf in graphics])
        fresh = [anew or not changed.isdisjoint(id(leaf.mobject) for leaf in ink.leaves) for ink in inks]
        new = [anew or id(leaf.mobject) in changed for leaf in graphics]
        for k, m in np.argwhere(np.triu(_near(boxes, boxes), 1)).tolist():
            one, other = inks[k], inks[m]
            key = _id(one), _id(other)
            known = None if fresh[k] or fresh[m] else self._meetings.get(key)
            yield key, known or _Meeting(key, (one.name, other.name), _between_inks(one, other))
        for k, m in np.argwhere(_near(boxes, drawn)).tolist():
            ink, leaf = inks[k], graphics[m]
            key = _id(ink), _id(leaf)
            known = None if fresh[k] or new[m] else self._meetings.get(key)
            group = _id(ink), leaf.name
            yield key, known or _Meeting(group, (ink.name, leaf.name), _with_drawing(ink, leaf))
        yield from _between_flights([leaf for leaf in graphics if leaf.standing.flight is not None])


def _obstacles(drawing: Drawing, moved: frozenset[int]) -> Iterator[Leaf]:
    # While a grid moves, its axes are as much in the background as it is.
    moving = {id(plane.axes) for plane, _ in drawing.register.every(Plane)} & moved
    for leaf in drawing.obstacles:
        seen = leaf.opacity > FAINTEST and id(leaf.mobject) not in moving
        if seen and not isinstance(leaf.mobject, Glyphs):
            yield leaf


def _between_inks(one: Ink, other: Ink) -> _Verdict:
    first, second = _flight(one.leaves[0]), _flight(other.leaves[0])
    if (first is not None and first is second) or _coincide(one.boxes, other.boxes):
        return _Verdict(0.0, "", passing=False)
    units = shared(one, other)
    if first is not None and second is not None:
        return _Verdict(units, "both fly", passing=False)
    if first is None and second is None:
        return _Verdict(units, "", passing=False)
    above = one if first is not None else other
    below = other if first is not None else one
    return _over(units, above.order > below.order, above.halo or _on_own_card(above))


def _with_drawing(ink: Ink, leaf: Leaf) -> _Verdict:
    first, second = _flight(ink.leaves[0]), _flight(leaf)
    if first is not None and first is second:
        return _Verdict(0.0, "", passing=False)
    units, how = clash(ink, leaf)
    if first is not None and second is not None:
        return _Verdict(units, "both fly", passing=False)
    if second is None:
        return _Verdict(units, how, passing=False)
    # What is drawn as an opaque shape is a backing itself.
    return _over(units, leaf.order > ink.order, bool(len(leaf.rim)) or leaf.opaque)


def _over(units: float, above: bool, backed: bool) -> _Verdict:
    if not above:
        return _Verdict(units, "flies under it", passing=False)
    if not backed:
        return _Verdict(units, "flies without a backing", passing=False)
    return _Verdict(units, f"flies over it, at most {LONGEST_OVER:g} s", passing=True)


def _between_flights(flying: list[Leaf]) -> Iterator[tuple[_Key, _Meeting]]:
    """Judge drawings that fly by the boxes of their outlines."""
    boxes = _boxes([leaf.box for leaf in flying])
    for k, m in np.argwhere(np.triu(_near(boxes, boxes), 1)).tolist():
        one, other = flying[k], flying[m]
        if _flight(one) is not _flight(other):
            verdict = _Verdict(shared_depth(_outlines(one), _outlines(other)), "both fly", passing=False)
            key = _id(one), _id(other)
            yield key, _Meeting(key, (one.name, other.name), verdict)


def _outlines(leaf: Leaf) -> FloatArray:
    return leaf.shape.boxes + leaf.half_width * np.array([-1.0, -1.0, 1.0, 1.0])


def _flight(leaf: Leaf) -> Mobject | None:
    return leaf.standing.flight


def _on_own_card(ink: Ink) -> bool:
    return ink.ground is not None and _flight(ink.ground) is _flight(ink.leaves[0])


def _coincide(one: FloatArray, other: FloatArray) -> bool:
    """Tell whether the fewer letters stand where the others have their like: they show one and the same."""
    few, many = sorted((one, other), key=len)
    apart = np.abs(few[:, None] - many[None]).max(axis=2).min(axis=1)
    return bool(pixels(float(apart.max())) <= MOST_DEPTH)


def _id(thing: _Thing) -> int:
    if isinstance(thing, Leaf):
        return id(thing.mobject)
    leaf = thing.leaves[0]
    return id(leaf.standing.writing or leaf.mobject)


def _boxes(regions: list[Region]) -> FloatArray:
    return np.array([(box.left, box.bottom, box.right, box.top) for box in regions]).reshape(-1, 4)


def _near(one: FloatArray, other: FloatArray) -> BoolArray:
    """Tell which of the boxes `(n, 4)` and `(m, 4)` have something in common: `(n, m)`."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    near: BoolArray = np.all(high >= low, axis=2)
    return near
