"""Two errors head to tail: with their signs they may cancel, turned upwards their sizes do not."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, VGroup

from scenes.parts.marks.arrow import Arrow
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.depths import PANEL
from scenes.style.layout import Region
from scenes.style.theme import Theme

_WIDTH, _TIP, _BESIDE, _APART = 9.0, 0.34, 0.2, 0.42


class Pair(VGroup):
    """Two errors as arrows, the second from the first one's head, and a line at the height of their sum.

    Attributes:
        errors: their signed lengths as shown, `(2,)`. unit: scene units to one unit of data.
        arrows, labels: one of each for an error. level: the dashed line at the sum.
    """

    def __init__(
        self, theme: Theme, locale: str, block: Region, errors: tuple[float, float], texts: list[str]
    ) -> None:
        """Fit the arrows into a region; `texts` are the errors and then their sizes as written."""
        super().__init__()
        self.given, self.texts = np.array(errors), texts
        a, b = errors
        ends = [0.0, a, a + b, abs(a), abs(a) + b, abs(a) + abs(b)]
        span = max(max(ends) - min(ends), 1e-9)
        self.unit = block.height / span if any(errors) else 1.0
        self.zero = block.bottom - min(ends) * self.unit
        self.block = block
        self.arrows = [Arrow(theme["loss"], width=_WIDTH, tip=_TIP) for _ in errors]
        self.labels = [LiveNumber(texts[k], theme, locale, halo=True).set_z_index(PANEL) for k in range(2)]
        room = max((max(self.labels[0].width_of(text) for text in texts) + _BESIDE), 0.1)
        spare = max(block.width - 2 * room, 0.0)
        apart = min(_APART, spare / 2) if spare else 0.1
        middle = float(block.center[0])
        self.x = (middle - apart, middle + apart)
        self.ground = Segments(theme["muted"], 3.5)
        self.ground.set_pieces(np.array([[[block.left, self.zero], [block.right, self.zero]]]))
        self.level = Segments(theme["text"], 3.0)
        self.errors = np.zeros(2)
        self.add(self.ground, self.level, *self.arrows)
        self.show(np.zeros(2))

    @property
    def sum(self) -> float:
        """What the arrows come to, as drawn: how high the last head is, in data."""
        return (float(self.arrows[1].head[1]) - self.zero) / self.unit

    def show(self, drawn: np.ndarray, turned: float = 0.0) -> Self:
        """Show so much of each arrow, `(2,)` in [0, 1], negative ones so much turned upwards."""
        flip = np.where(self.given < 0, np.cos(np.pi * turned), 1.0)
        self.errors = self.given * flip * drawn
        tail = self.zero
        for k, (arrow, label) in enumerate(zip(self.arrows, self.labels, strict=True)):
            head = tail + float(self.errors[k]) * self.unit
            arrow.reach(np.array([self.x[k], tail]), np.array([self.x[k], head]))
            label.say(self.texts[k + 2] if turned >= 0.5 else self.texts[k])
            side = -1.0 if k == 0 else 1.0
            middle = np.array([self.x[k] + side * _BESIDE, 0.0, 0.0])
            height = 0.66 * label.size
            middle[1] = float(np.clip((tail + head) / 2, self.block.bottom, self.block.top)) - height / 2
            label.stand(middle, RIGHT if k == 0 else LEFT)
            tail = head
        start = self.arrows[0].head[1] if drawn[1] > 0 else tail
        line = dashes(np.array([self.x[0], start]), np.array([self.x[1], start]))
        self.level.set_pieces(line if drawn[0] > 0.99 else np.zeros((0, 2, 2)))
        return self
