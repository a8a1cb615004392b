"""What the columns of a network are called: a word over each, and one bracket over all hidden ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from scenes.parts.marks.segments import Segments
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Text
from scenes.style.layout import SMALL_SIZE, Region

# Height of words and bracket over a diagram, and how far they are from each other, in scene units.
HEADINGS_HEIGHT = 0.52
# What words beside a diagram whose columns stand as rows need, and how far they stand from it.
HEADINGS_WIDTH = 1.02
_GAP, _HOOK, _APART = 0.1, 0.1, 0.25
_WIDTH = 2.4


class Headings(VGroup):
    """Names of the input column, of all hidden columns together if there are any, and of the output column.

    Each stands over a bracket that spans its columns, or left of it where columns stand as rows.

    Attributes:
        texts: the names, the input's first. bracket: all brackets as one mobject.
    """

    def __init__(self, diagram: NetworkDiagram, names: Sequence[str | tuple[str, ...]], region: Region, locale: str) -> None:
        """Write two or three names, lines of each given one by one, within a region along the columns."""
        super().__init__()
        self.diagram, self.region = diagram, region
        last = len(diagram.sizes) - 1
        spans = [(0, 0), (1, last - 1), (last, last)] if last > 1 else [(0, 0), (last, last)]
        self.texts = [Text(name, diagram.theme, locale, size=SMALL_SIZE, role="muted") for name in names]
        self.bracket = Segments(diagram.theme["faint"], _WIDTH)
        pieces = []
        for text, span in zip(self.texts, spans, strict=True):
            pieces += self._stand_down(text, *span) if diagram.flow == "down" else self._stand(text, *span)
            text.set_z_index(PANEL + 3)
        self.bracket.set_pieces(np.array(pieces)).set_z_index(PANEL)
        self.add(self.bracket, *self.texts)

    def _stand(self, text: Text, first: int, last: int) -> list[list[list[float]]]:
        """Put a name over columns, and return its bracket."""
        half, region = self.diagram.half_width, self.region
        left = float(self.diagram.column(first)[0].middle[0]) - half
        right = float(self.diagram.column(last)[0].middle[0]) + half
        line = region.bottom + _HOOK
        middle = (left + right) / 2
        room = text.width / 2
        text.stand_at(np.array([min(max(middle, region.left + room), region.right - room), line + _GAP, 0.0]))
        return [
            [[left, line - _HOOK], [left, line]],
            [[left, line], [right, line]],
            [[right, line], [right, line - _HOOK]],
        ]

    def _stand_down(self, text: Text, first: int, last: int) -> list[list[list[float]]]:
        """Put a name left of rows, and return its bracket."""
        half, region = self.diagram.radius, self.region
        top = float(self.diagram.column(first)[0].middle[1]) + half
        bottom = float(self.diagram.column(last)[0].middle[1]) - half
        line = region.right - _HOOK
        text.fit(line - _GAP - region.left)
        text.move_to(np.array([line - _GAP - text.width / 2, (top + bottom) / 2, 0.0]))
        return [
            [[line + _HOOK, top], [line, top]],
            [[line, top], [line, bottom]],
            [[line, bottom], [line + _HOOK, bottom]],
        ]

    def appear(self, which: int, **options: Any) -> Drive:
        """Return the animation in which one name appears, counted from 0."""
        text = self.texts[which].set_opacity(0.0)
        return Drive(text, text.set_opacity, **{"run_time": 0.6, **options})
