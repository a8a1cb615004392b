"""The caption under the stage and the pips that count the beats."""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup

from scenes.stage.motion import Drive
from scenes.stage.writing import Sentence
from scenes.style.layout import Layout
from scenes.style.theme import Theme
from scenes.style.words import Words

_PIP_RADIUS = 0.045
_PIP_GAP = 0.24


class CaptionBar(VGroup):
    """One caption at a time, and a pip for every beat of which the present one is lit.

    Attributes:
        caption: the present one, or None before the first.
    """

    def __init__(self, layout: Layout, theme: Theme, words: Words, beats: int) -> None:
        super().__init__()
        self.layout, self.theme, self.words = layout, theme, words
        self.caption: Sentence | None = None
        middle = layout.pips.center
        self.pips = VGroup(
            *(
                Circle(_PIP_RADIUS, stroke_width=0, fill_color=theme["faint"], fill_opacity=1.0).move_to(
                    middle + np.array([(k - (beats - 1) / 2) * _PIP_GAP, 0.0, 0.0])
                )
                for k in range(beats)
            )
        )
        self.add(self.pips)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the present caption."""
        return () if self.caption is None else self.caption.lines

    def _set(self, text: str) -> Sentence:
        """Return a caption in its place: on one line if it fits, its last line always on one baseline."""
        layout, room = self.layout, self.layout.caption
        new = self._written((text,))
        if new.width > room.width:
            new = self._written(self.words.lines(text))
        new.fit(room.width)
        new.shift(
            np.array([room.center[0] - new.get_center()[0], layout.caption_baseline - new.last_baseline, 0.0])
        )
        new.set_z_index(self.z_index)
        return new

    def _written(self, lines: tuple[str, ...]) -> Sentence:
        return Sentence(lines, self.theme, self.words.locale.name, size=self.layout.caption_size)

    def show(self, text: str, index: int) -> Drive:
        """Return the animation in which `text` takes the last caption's place and pip `index` lights up."""
        new = self._set(text)
        old, self.caption = self.caption, new
        for k, pip in enumerate(self.pips):
            pip.set_fill(self.theme["text" if k == index else "faint"]).set(
                width=2 * _PIP_RADIUS * (1.3 if k == index else 1)
            )
        self.submobjects = [self.pips, *([] if old is None else [old]), new]

        def change(share: float) -> None:
            # One after the other: two captions on top of each other cannot be read.
            if old is not None:
                old.set_opacity(max(1.0 - 2.0 * share, 0.0))
            new.set_opacity(max(2.0 * share - 1.0, 0.0))

        return Drive(self, change)
