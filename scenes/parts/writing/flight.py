"""Letters that fly from one place to another, on an arc that keeps clear of what is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject, smooth

from scenes.parts.writing.placing import (
    Obstacle,
    best,
    boxes_at,
    boxes_of,
    crowding,
    kept_within,
    size_of,
)
from scenes.stage.depths import PANEL
from scenes.stage.drawn import Flying
from scenes.stage.motion import Drive
from scenes.stage.writing import HALO_WIDTH
from scenes.style.colour import blend
from scenes.style.layout import Region
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# How far flights may swing out, as shares of their length: the best first. What speaks against a way: that
# it swings out far, and that it leaves the picture, against meeting one thing at one instant.
_SWINGS = np.array([0.12, -0.12, 0.22, -0.22, 0.35, -0.35, 0.5, -0.5])
_FAR, _OUTSIDE = 6.0, 100.0
# Where on its way a flight is looked at; what it leaves and where it arrives are no obstacles.
_INSTANTS = np.linspace(0.12, 0.88, 20)
_ABOVE = PANEL + 6.0


class Flight(VGroup, Flying):
    """A copy of letters on a rim of the page's colour, somewhere on its way.

    Attributes:
        swing: how far the way swings out, as a share of its length.
    """

    def __init__(
        self,
        theme: Theme,
        source: VMobject,
        target: VMobject,
        within: Region,
        past: Iterable[VMobject] = (),
    ) -> None:
        """Fly from where `source` stands to where `target` does, within a region and past other writing.

        The letters are those of `target`, in the size and colour of `source` when they set out.
        """
        self.letters = target.copy()
        super().__init__(self.letters)
        self._end = np.array(target.points)
        self._start = _laid_over(self._end, source)
        # Manim's own get_fill_color knows no black that is hidden.
        self._colours = (
            np.array(target.get_fill_rgbas()[0, :3]),
            np.array(source.get_fill_rgbas()[0, :3]),
        )
        self.letters.set_stroke(theme["background"], width=HALO_WIDTH, opacity=1.0, background=True)
        self.set_z_index(_ABOVE)
        self.swing = self._clearest(boxes_of(past), within)
        self.show(0.0)

    def show(self, t: float) -> Self:
        """Be at time `t` of the way, in [0, 1]."""
        aside = self._aside() * self.swing * np.sin(np.pi * t)
        self.letters.set_points(self._start + t * (self._end - self._start) + aside)
        self.letters.set_fill(ManimColor(blend(*self._colours, t)), opacity=1.0)
        return self

    def _aside(self) -> FloatArray:
        along = (self._end - self._start).mean(axis=0)
        return np.array([-along[1], along[0], 0.0])

    def _clearest(self, boxes: FloatArray, within: Region) -> float:
        """Return the swing that keeps within the region, and meets the fewest boxes (n, 4) for its size."""
        middles = [(points.min(axis=0) + points.max(axis=0))[:2] / 2 for points in (self._start, self._end)]
        straight = middles[0] + _INSTANTS[:, None] * (middles[1] - middles[0])
        arcs = np.sin(np.pi * _INSTANTS)[:, None] * self._aside()[:2]
        ways = straight + _SWINGS[:, None, None] * arcs
        size = size_of(self.letters)
        met = crowding(boxes_at(ways, size), [Obstacle(box[None]) for box in boxes])
        outside = (kept_within(ways, size, within) != ways).any(axis=2)
        return float(_SWINGS[best((met + _OUTSIDE * outside).sum(axis=1) + _FAR * np.abs(_SWINGS))])


def arrive(
    theme: Theme,
    target: VMobject,
    source: VMobject,
    *,
    within: Region,
    past: Iterable[VMobject] = (),
    **options: Any,
) -> Drive:
    """Return the animation in which letters fly from where `source` stands and become those of `target`.

    What is hidden of `target`, which must be on screen, shows when they have arrived.
    """
    flight = Flight(theme, source, target, within, past)
    target.set_fill(opacity=0.0)

    def show(t: float) -> None:
        flight.show(t)
        if t >= 1.0:
            target.set_fill(opacity=1.0)

    return Drive(flight, show, introducer=True, remover=True, **{"rate_func": _brisk, **options})


class Convoy(VGroup, Flying):
    """Flights that set out and arrive together."""


def arrive_together(
    theme: Theme,
    pairs: Iterable[tuple[VMobject, VMobject]],
    *,
    within: Region,
    past: Iterable[VMobject] = (),
    **options: Any,
) -> Drive:
    """Return the animation in which several writings arrive at once, given as pairs of target and source.

    What is hidden of the targets, which must be on screen, shows when they have arrived.
    """
    obstacles, both = list(past), list(pairs)
    flights = [Flight(theme, source, target, within, obstacles) for target, source in both]
    for target, _ in both:
        target.set_fill(opacity=0.0)

    def show(t: float) -> None:
        for flight in flights:
            flight.show(t)
        for target, _ in both if t >= 1.0 else ():
            target.set_fill(opacity=1.0)

    options = {"rate_func": _brisk, **options}
    return Drive(Convoy(*flights), show, introducer=True, remover=True, **options)


def _brisk(t: float) -> float:
    # As soon as may be they have left what stands about their start and end.
    return (t + float(smooth(t))) / 2


def appear(glyphs: VMobject, **options: Any) -> Drive:
    """Return the animation in which hidden glyphs show where they stand."""
    return Drive(glyphs, lambda t: glyphs.set_fill(opacity=t), **options)


def _laid_over(points: FloatArray, source: VMobject) -> FloatArray:
    if len(points) == len(source.points):
        # The same glyphs: every outline starts exactly on its twin.
        return np.array(source.points)
    low, high = points.min(axis=0), points.max(axis=0)
    share = float(source.height) / max(float(high[1] - low[1]), 1e-9)
    laid: FloatArray = source.get_center() + (points - (low + high) / 2) * share
    return laid
