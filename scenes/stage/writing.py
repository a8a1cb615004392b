"""Words, numbers and formulas on screen, made of outlines that Typst set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from manim import LEFT, ORIGIN, UP, VGroup, VMobject

from scenes.stage.glyphs import Glyphs
from scenes.style.fonts import text_families
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Point, Region
from scenes.style.markup import part_key
from scenes.style.symbols import runs_of
from scenes.style.theme import COLUMN_ROLES, Role, Theme
from scenes.style.typesetting import Outlines, set_formula, set_sentence, set_text

HALO_WIDTH = 9.0


class Writing(VGroup):
    """A piece of writing: one filled outline per part, so that parts can be coloured and moved.

    Attributes:
        source: what was written, for audits and for people.
        halo: whether it carries a rim in the page's colour and so may stand on drawings.
    """

    def __init__(
        self,
        outlines: Outlines,
        source: str,
        theme: Theme,
        *,
        size: float,
        role: Role = "text",
        paint: Mapping[str, Role] | None = None,
        halo: bool = False,
    ) -> None:
        super().__init__()
        self.source = source
        self.theme = theme
        self.role: Role = role
        self.paint: dict[str, Role] = dict(paint or {})
        self.halo = halo
        self._outlines = outlines
        self._parts: dict[int, Glyphs] = {}
        self._set(outlines, size, ORIGIN)
        self.center()

    def _set(self, outlines: Outlines, size: float, pen: Point) -> None:
        """Draw the outlines with an em of `size` scene units, the first baseline's start at `pen`."""
        self._outlines = outlines
        self.remove(*self.submobjects)
        known, self._parts = self._parts, {}
        colours = {part_key(name): role for name, role in self.paint.items()}
        for key, points in outlines.parts.items():
            # The same mobject draws a part before and after rewriting: a running animation may hold it.
            glyphs = known.get(key) or Glyphs(stroke_width=0)
            glyphs.set_points(np.column_stack([points * size, np.zeros(len(points))]) + pen)
            glyphs.set_fill(self.theme[colours.get(key, self.role)], opacity=1.0)
            if self.halo:
                glyphs.set_stroke(self.theme["background"], width=HALO_WIDTH, background=True)
            self._parts[key] = glyphs
            self.add(glyphs)

    def part(self, name: str) -> VMobject:
        """Return the part that the markup called `name`; KeyError if there is none."""
        try:
            return self._parts[part_key(name)]
        except KeyError:
            raise KeyError(f"{self.source!r} has no part {name!r}") from None

    def has_part(self, name: str) -> bool:
        """Tell whether the markup named a part `name`."""
        return part_key(name) in self._parts

    @property
    def size(self) -> float:
        """The em in scene units, whatever scaling has happened since."""
        ink = self._outlines.top - self._outlines.bottom
        return float(self.height / ink) if ink else 0.0

    @property
    def baseline(self) -> float:
        """The height of the first line's baseline, in scene units."""
        return float(self.get_bottom()[1]) - self._outlines.bottom * self.size

    def stand_at(self, point: Point, align: Point = ORIGIN) -> Self:
        """Put the baseline on `point`, the writing's left edge, middle or right edge there by `align`."""
        self.shift(UP * (point[1] - self.baseline))
        edge = self.get_edge_center(align)[0] if align[0] else self.get_center()[0]
        self.shift(-LEFT * (point[0] - edge))
        return self

    def fit(self, width: float, height: float | None = None) -> Self:
        """Shrink, never grow, so as to be at most `width` wide and `height` high."""
        factor = min(1.0, width / max(self.width, 1e-9), (height or np.inf) / max(self.height, 1e-9))
        if factor < 1.0:
            self.scale(factor)
        return self

    def within(self, region: Region, align: Point = ORIGIN) -> Self:
        """Shrink to fit `region` and stand in it, at the side that `align` points to."""
        self.fit(region.width, region.height)
        target = region.center + np.array([align[0] * region.width / 2, align[1] * region.height / 2, 0.0])
        self.move_to(target, aligned_edge=align)
        return self

    def take_over(self, other: Writing) -> Self:
        """Say what `other`, of the same parts, says; size, baseline and middle stay, even amid a motion.

        The drawn mobjects stay the same ones, as a renderer asks for that has begun an animation.
        """
        if other._outlines.parts.keys() != self._parts.keys():
            raise ValueError(f"other must have the parts of {self.source!r}; got {other.source!r}")
        size, baseline, middle = self.size, self.baseline, self.get_center()[0]
        for key, points in other._outlines.parts.items():
            self._parts[key].set_points(np.column_stack([points * size, np.zeros(len(points))]))
        self._outlines, self.source = other._outlines, other.source
        return self.stand_at(np.array([middle, baseline, 0.0]))


class Text(Writing):
    """Plain words in a locale's fonts; what they say is never read as markup."""

    _paint: ClassVar[Mapping[str, Role]] = {}

    def __init__(
        self,
        words: str | tuple[str, ...],
        theme: Theme,
        locale: str = "en",
        *,
        size: float = LABEL_SIZE,
        role: Role = "text",
        weight: int = 400,
        halo: bool = False,
    ) -> None:
        lines = (words,) if isinstance(words, str) else words
        self.lines = lines
        self.locale = locale
        outlines = self._outlined(lines, text_families(locale), weight)
        super().__init__(outlines, " ".join(lines), theme, size=size, role=role, paint=self._paint, halo=halo)

    def _outlined(self, lines: tuple[str, ...], families: tuple[str, ...], weight: int) -> Outlines:
        return set_text(lines, families, weight)


class Sentence(Text):
    """Words with the symbols among them set and coloured as in formulas."""

    _paint: ClassVar[Mapping[str, Role]] = {column: column for column in COLUMN_ROLES}

    def _outlined(self, lines: tuple[str, ...], families: tuple[str, ...], weight: int) -> Outlines:
        return set_sentence(tuple(map(runs_of, lines)), families, weight)

    @property
    def last_baseline(self) -> float:
        """The height of the last line's baseline, in scene units."""
        return self.baseline + self._outlines.last_baseline * self.size


class Formula(Writing):
    """A formula in Typst's mathematics; name parts with `named` and colour them with `paint`."""

    def __init__(
        self,
        markup: str,
        theme: Theme,
        locale: str = "en",
        *,
        size: float = FORMULA_SIZE,
        role: Role = "text",
        paint: Mapping[str, Role] | None = None,
        halo: bool = False,
    ) -> None:
        self.locale = locale
        outlines = set_formula(markup, text_families(locale))
        super().__init__(outlines, markup, theme, size=size, role=role, paint=paint, halo=halo)

    def rewrite(self, markup: str) -> Self:
        """Write something else in the same place and size: the same baseline, the same left edge."""
        size, pen = (
            self.size,
            np.array([self.get_left()[0] - self._outlines.left * self.size, self.baseline, 0]),
        )
        opacity = self.submobjects[0].get_fill_opacity() if self.submobjects else 1.0
        self.source = markup
        self._set(set_formula(markup, text_families(self.locale)), size, pen)
        for glyphs in self.submobjects:
            glyphs.set_fill(opacity=opacity)
        return self
