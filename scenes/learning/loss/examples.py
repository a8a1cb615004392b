"""Examples on one scale: the target as a ring, the prediction as a dot, the error as the gap between them."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LEFT, RIGHT, Circle, VGroup

from nnmath import FloatArray
from scenes.learning.loss.arrangement import RING, Arrangement, Scale
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import Segments, dashes
from scenes.parts.plane.view import View, Viewed
from scenes.parts.writing.live_number import LiveNumber
from scenes.stage.depths import PANEL
from scenes.stage.writing import Text
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.numerals import numeral
from scenes.style.theme import Theme

_DOT, _RING_WIDTH, _GAP_WIDTH, _CHANCE_WIDTH = 0.25, 5.5, 7.0, 12.0
# From the numbers of a scale to the lines, and from a row's left end to where dots come from.
_BESIDE, _START = 0.16, 0.3


def mark_numbers(scale: Scale, theme: Theme, locale: str) -> list[Text]:
    """Return the numbers of a scale's marks."""
    return [
        Text(numeral(mark, scale.places), theme, locale, size=SMALL_SIZE, role="muted", halo=True)
        for mark in scale.marks.tolist()
    ]


def numbers_room(numbers: list[Text]) -> float:
    """Return what the numbers of a scale need left of its lines, in scene units."""
    return max(float(number.width) for number in numbers) + _BESIDE


class Examples(VGroup, Viewed):
    """Pairs of target and prediction, and the gaps between them.

    Attributes:
        errors: target − prediction as shown, `(n,)`.
        arrangement: where they stand.
        scale: lines and numbers of every row. lines: whole ones, dashed ones.
        rings, dots, gaps: the drawing. chances: bars for what is left of the scale beyond the gaps.
        labels: the numbers of the errors.
    """

    def __init__(
        self,
        theme: Theme,
        locale: str,
        targets: FloatArray,
        arrangement: Arrangement,
        rows: int,
        room: Region,
        size: float = LABEL_SIZE,
    ) -> None:
        """Make `rows` lines of examples that keep within a room; `size` is the em of the errors."""
        super().__init__()
        self.view = View(room, np.zeros(2), 1.0)
        self.theme, self.targets, self.arrangement = theme, targets, arrangement
        self.errors = np.zeros(len(targets))
        self.arrived = self.stretched = 1.0
        self.line, self.dashed = Segments(theme["muted"], 3.5), Segments(theme["faint"], 2.5)
        self.numbers = [mark_numbers(arrangement.scale, theme, locale) for _ in range(rows)]
        for number in (each for row in self.numbers for each in row):
            number.set_z_index(PANEL)
        self.scale_lines = VGroup(self.line, self.dashed, *(n for row in self.numbers for n in row))
        self.gaps = Segments(theme["loss"], _GAP_WIDTH).set_z_index(2)
        self.chances = Segments(theme["active"], _CHANCE_WIDTH).set_z_index(1.8)
        self.rings = VGroup(
            *(
                Circle(RING, stroke_color=theme["boundary"], stroke_width=_RING_WIDTH).set_z_index(3)
                for _ in targets
            )
        )
        self.dots = Dots(theme["active"], _DOT).set_z_index(4)
        self.labels = [
            LiveNumber("0", theme, locale, size=size, halo=True).set_z_index(PANEL) for _ in targets
        ]
        self.add(self.scale_lines, self.gaps, self.rings, self.dots)
        self.stand(arrangement)

    def stand(self, arrangement: Arrangement) -> Self:
        """Stand elsewhere, or in another unit."""
        self.arrangement = arrangement
        scale = arrangement.scale
        whole: list[FloatArray] = []
        dashed: list[FloatArray] = []
        solid = 0.0 if 0.0 in scale.marks else None
        for row, numbers in enumerate(self.numbers):
            for mark, number in zip(scale.marks.tolist(), numbers, strict=True):
                y = arrangement.height(row, mark)
                ends = np.array([[arrangement.left, y], [arrangement.right, y]])
                (whole if mark == solid else dashed).append(ends)
                number.move_to([arrangement.left - _BESIDE, y, 0.0], aligned_edge=RIGHT)
        self.line.set_pieces(np.array(whole).reshape(-1, 2, 2))
        self.dashed.set_pieces(
            np.concatenate([dashes(a, b) for a, b in dashed]) if dashed else np.zeros((0, 2, 2))
        )
        return self.show(self.errors)

    @property
    def starts(self) -> FloatArray:
        """Where the gaps begin: at the predictions, `(n, 2)` in scene units."""
        heights = self.arrangement.heights(self.targets - self.errors)
        return np.column_stack([self.arrangement.x, heights])

    @property
    def lines(self) -> FloatArray:
        """How high the lines of each example's row are, `(n, m)` in scene units."""
        marks = self.arrangement.scale.marks.tolist()
        return np.array(
            [[self.arrangement.height(int(row), m) for m in marks] for row in self.arrangement.rows]
        )

    def show(
        self, errors: FloatArray, *, arrived: float | None = None, stretched: float | None = None
    ) -> Self:
        """Show other errors.

        Args:
            arrived: how far the predictions have come along the scale, from its left end (0).
            stretched: how much of each gap there is, from the prediction on.
        """
        self.errors = errors
        self.arrived = self.arrived if arrived is None else arrived
        self.stretched = self.stretched if stretched is None else stretched
        x, starts = self.arrangement.x, self.starts
        for ring, across, up in zip(self.rings, x, self.arrangement.heights(self.targets), strict=True):
            ring.move_to([across, up, 0.0])
        from_x = self.arrangement.left + _START
        dots = np.column_stack([from_x + self.arrived * (x - from_x), starts[:, 1]])
        self.dots.set_positions(dots)
        ends = starts.copy()
        ends[:, 1] += errors * self.arrangement.unit * self.stretched
        pieces = np.stack([starts, ends], axis=1)
        self.gaps.set_pieces(pieces[np.abs(ends - starts)[:, 1] > 1e-6])
        return self

    def show_chances(self, share: float) -> FloatArray:
        """Draw so much of the bars from the far end of the scale to each prediction; return them, `(n,)`."""
        chances = 1.0 - np.abs(self.errors)
        x, far = self.arrangement.x, self.arrangement.heights(1.0 - self.targets)
        ends = far + share * (self.starts[:, 1] - far)
        pieces = np.stack([np.column_stack([x, far]), np.column_stack([x, ends])], axis=1)
        # One without a length would show as a dot.
        self.chances.set_pieces(pieces[np.abs(ends - far) > 1e-3])
        return chances


class Legend(VGroup):
    """What a ring and a dot are."""

    def __init__(self, theme: Theme, locale: str, words: tuple[str, str], room: Region) -> None:
        super().__init__()
        ring = Circle(RING * 0.85, stroke_color=theme["boundary"], stroke_width=_RING_WIDTH)
        dot = Dots(theme["active"], _DOT)
        names = [Text(word, theme, locale, size=LABEL_SIZE * 0.92) for word in words]
        right, height = room.right, room.bottom + 0.33 * LABEL_SIZE
        for name, mark in zip(reversed(names), (dot, ring), strict=True):
            name.stand_at(np.array([right, room.bottom, 0.0]), RIGHT)
            middle = np.array([float(name.get_left()[0]) - 0.32, height])
            if isinstance(mark, Dots):
                mark.set_positions(middle[None])
            else:
                mark.move_to(np.append(middle, 0.0))
            right = middle[0] - 0.6
        self.add(ring, dot, *names)
        self.set_z_index(PANEL)

    @property
    def edge(self) -> float:
        """Where it begins, in scene units."""
        return float(self.get_edge_center(LEFT)[0])
