"""A number that can be another one at every instant, put together from digits that were set once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Self

import numpy as np
from manim import ORIGIN

from scenes.stage.writing import HALO_WIDTH, Writing
from scenes.style.fonts import text_families
from scenes.style.layout import LABEL_SIZE, Point
from scenes.style.theme import Role, Theme
from scenes.style.typesetting import Outlines, set_text

_WEIGHT = 600
_PART = 0


class LiveNumber(Writing):
    """A number, or a short line of signs, that stands at one point whatever it says.

    To set a line anew takes milliseconds; here every sign is set once, and lines are put together from them.
    """

    def __init__(
        self,
        text: str,
        theme: Theme,
        locale: str = "en",
        *,
        size: float = LABEL_SIZE,
        role: Role = "text",
        weight: int = _WEIGHT,
        halo: bool = False,
    ) -> None:
        self.locale, self.weight = locale, weight
        self._point, self._align = np.zeros(3), ORIGIN
        super().__init__(self._composed(text), text, theme, size=size, role=role, halo=halo)

    def _composed(self, text: str) -> Outlines:
        return composed(text, text_families(self.locale), self.weight)

    def stand(self, point: Point, align: Point = ORIGIN) -> Self:
        """Stand with the baseline on `point` from now on, the edge or the middle there by `align`."""
        self._point, self._align = np.append(np.asarray(point, dtype=float)[:2], 0.0), align
        return self.stand_at(self._point, align)

    def centre_at(self, point: Point) -> Self:
        """Stand with the middle of its digits on `point` from now on."""
        height = _digit(text_families(self.locale), self.weight).top * self.size
        return self.stand(np.array([point[0], point[1] - height / 2, 0.0]))

    def say(self, text: str) -> Self:
        """Say something else at the same point, in the same size."""
        if text == self.source:
            return self
        size = self.size
        self._outlines, self.source = self._composed(text), text
        left, right = self._outlines.left, self._outlines.right
        edge = (left + right + (right - left) * self._align[0]) / 2
        points = np.zeros((len(self._outlines.parts[_PART]), 3))
        points[:, :2] = (self._outlines.parts[_PART] - [edge, 0.0]) * size + self._point[:2]
        self._parts[_PART].points = points
        return self

    def width_of(self, text: str) -> float:
        """Return how wide another line would be, in scene units."""
        outlines = self._composed(text)
        return (outlines.right - outlines.left) * self.size

    def set_rim(self, colour: str, width: float = HALO_WIDTH) -> Self:
        """Give the rim another colour, such as that of what it stands on, or width; needs a halo."""
        for glyphs in self.submobjects:
            glyphs.set_stroke(colour, width=width, background=True)
        return self


@cache
def _digit(families: tuple[str, ...], weight: int) -> Outlines:
    return set_text(("0",), families, weight)


@cache
def _sign(sign: str, families: tuple[str, ...], weight: int) -> tuple[np.ndarray, float]:
    """Return a sign's outline `(4k, 2)` with its pen at 0, and how far it moves the pen, in ems."""
    # Between noughts: at the end of a line Typst hangs some signs out.
    between = set_text((f"0{sign}0",), families, weight)
    zero, step = _digit(families, weight), _step(families, weight)
    advance = between.right - zero.right - step
    if sign.isspace():
        return np.zeros((0, 2)), advance
    (points,), nought = between.parts.values(), len(zero.parts[_PART])
    return points[nought:-nought] - [step + _origin(families, weight), 0.0], advance


@cache
def _step(families: tuple[str, ...], weight: int) -> float:
    """Return how far a nought moves the pen, in ems."""
    return set_text(("00",), families, weight).right - _digit(families, weight).right


@cache
def _origin(families: tuple[str, ...], weight: int) -> float:
    """Return where the pen begins in what Typst sets, if a nought stands in the middle of its step."""
    zero, step = _digit(families, weight), _step(families, weight)
    return zero.left - (step - (zero.right - zero.left)) / 2


@lru_cache(maxsize=4096)
def composed(text: str, families: tuple[str, ...], weight: int) -> Outlines:
    """Return the outlines of a line of signs set one by one, without kerning, as one part."""
    pen, pieces = 0.0, []
    for sign in text:
        points, advance = _sign(sign, families, weight)
        pieces.append(points + np.array([pen, 0.0]))
        pen += advance
    ink = np.concatenate(pieces)
    (left, bottom), (right, top) = ink.min(axis=0).tolist(), ink.max(axis=0).tolist()
    return Outlines({_PART: ink}, left, bottom, right, top)
