"""The three steps of learning as words in a round, of which one is lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, polyline
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Text
from scenes.style.colour import blend, rgb
from scenes.style.layout import Region
from scenes.style.theme import Role, Theme

ROLES: tuple[Role, Role, Role] = ("active", "loss", "step")
_GAP, _LONGEST_ARROW, _DROP = 0.25, 1.8, 0.55


class Cycle(VGroup):
    """Words in a line, arrows between them, and one arrow back below.

    Attributes:
        words: the steps. arrows: from one to the next, the last one back to the first.
        lit: which of the words is lit, or None.
    """

    def __init__(self, words: Sequence[Text], theme: Theme, region: Region) -> None:
        super().__init__()
        self.theme = theme
        self.words = list(words)
        self.lit: int | None = None
        between = (region.width - sum(word.width for word in words)) / (len(words) - 1)
        length = min(between - 2 * _GAP, _LONGEST_ARROW)
        gap = length + 2 * _GAP
        x = region.center[0] - (sum(word.width for word in words) + gap * (len(words) - 1)) / 2
        y = float(region.center[1]) + _DROP / 2
        middle = y + words[0].height / 2
        self.arrows = VGroup()
        for k, word in enumerate(words):
            word.stand_at(np.array([x, y, 0.0]), np.array([-1.0, 0.0, 0.0]))
            right = float(word.get_right()[0])
            if k + 1 < len(words):
                start, end = np.array([right + _GAP, middle]), np.array([right + _GAP + length, middle])
                self.arrows.add(Arrow(theme["muted"], width=4.0, tip=0.2).reach(start, end))
            x = right + gap
        first, last = (float(words[k].get_center()[0]) for k in (0, -1))
        low, top = y - _DROP, y - 0.16
        self.way = Segments(theme["muted"], 4.0).set_pieces(
            polyline(np.array([[last, top], [last, low], [first, low]]))
        )
        back = Arrow(theme["muted"], width=4.0, tip=0.2).reach(np.array([first, low]), np.array([first, top]))
        self.arrows.add(back)
        self.add(*self.words, self.arrows, self.way)
        self.set_z_index(PANEL)

    def light(self, k: int, **options: Any) -> Drive:
        """Return the animation in which word k lights up, and the one that was lit goes out."""
        old, self.lit = self.lit, k
        muted = rgb(self.theme["muted"])

        def paint(word: int, share: float) -> None:
            mixed = blend(rgb(self.theme[ROLES[word]]), muted, share)
            red, green, blue = (round(255 * float(part)) for part in mixed)
            self.words[word].set_fill(f"#{red:02x}{green:02x}{blue:02x}")

        def show(t: float) -> None:
            # It lights up at once, so that it leads what it names.
            share = min(3.0 * t, 1.0)
            if old is not None and old != k:
                paint(old, 1.0 - share)
            paint(k, share)

        return Drive(VGroup(*self.words), show, **options)
