"""What the columns of a network are called: a word over each, and one bracket over all hidden ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import VGroup

from scenes.parts.marks.segments import Segments
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Text
from scenes.style.layout import SMALL_SIZE, Region

# What words over a diagram need, or beside one whose columns stand as rows, in scene units.
HEADINGS_HEIGHT, HEADINGS_WIDTH = 0.46, 1.02
_GAP, _HOOK = 0.1, 0.1
_WIDTH = 2.4


class Headings(VGroup):
    """Names of the input column, of all hidden columns together if there are any, and of the output column.

    Each stands over a bracket that spans its columns, or left of it where columns stand as rows.

    Attributes:
        texts: the names, the input's first. bracket: all brackets as one mobject.
        clearance: how far brackets keep from the neurons, in scene units.
    """

    def __init__(
        self,
        diagram: NetworkDiagram,
        names: Sequence[str | tuple[str, ...]],
        within: Region,
        locale: str,
        *,
        clearance: float = 0.08,
    ) -> None:
        """Write two or three names, each as one line or several, that keep within a region."""
        super().__init__()
        self.diagram, self.within, self.clearance = diagram, within, clearance
        last = len(diagram.sizes) - 1
        self._spans = [(0, 0), (1, last - 1), (last, last)] if last > 1 else [(0, 0), (last, last)]
        self.texts = [Text(name, diagram.theme, locale, size=SMALL_SIZE, role="muted") for name in names]
        self.bracket = Segments(diagram.theme["faint"], _WIDTH)
        self.bracket.set_z_index(PANEL)
        for text in self.texts:
            text.set_z_index(PANEL + 3)
        self.add(self.bracket, *self.texts)
        self.follow()

    def follow(self) -> Self:
        """Stand where the diagram's columns are now."""
        stand = self._beside if self.diagram.flow == "down" else self._over
        pieces = [
            piece for text, span in zip(self.texts, self._spans, strict=True) for piece in stand(text, *span)
        ]
        self.bracket.set_pieces(np.array(pieces))
        return self

    def appear(self, which: int, **options: Any) -> Drive:
        """Return the animation in which one name appears, counted from 0."""
        text = self.texts[which]
        return Drive(text, lambda t: text.set_fill(opacity=t), **{"run_time": 0.6, **options})

    def _over(self, text: Text, first: int, last: int) -> list[list[list[float]]]:
        """Put a name over columns, and return its bracket."""
        diagram, within = self.diagram, self.within
        columns = [diagram.column(column) for column in range(len(diagram.sizes))]
        left = float(columns[first][0].middle[0]) - diagram.half_width
        right = float(columns[last][0].middle[0]) + diagram.half_width
        top = max(float(column[0].middle[1]) for column in columns) + diagram.radius + self.clearance
        room, line = text.width / 2, top + _HOOK
        middle = min(max((left + right) / 2, within.left + room), within.right - room)
        text.stand_at(np.array([middle, line + _GAP, 0.0]))
        return [[[left, top], [left, line]], [[left, line], [right, line]], [[right, line], [right, top]]]

    def _beside(self, text: Text, first: int, last: int) -> list[list[list[float]]]:
        """Put a name left of rows, and return its bracket."""
        diagram = self.diagram
        top = float(diagram.column(first)[0].middle[1]) + diagram.radius
        bottom = float(diagram.column(last)[0].middle[1]) - diagram.radius
        right = self.within.left + HEADINGS_WIDTH
        line = right - _HOOK
        text.fit(line - _GAP - self.within.left)
        # At the first of its rows, so that what belongs between rows has its place.
        text.move_to(np.array([line - _GAP - text.width / 2, top - diagram.radius, 0.0]))
        return [[[right, top], [line, top]], [[line, top], [line, bottom]], [[line, bottom], [right, bottom]]]
