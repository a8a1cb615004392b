"""Straight lines compared: how many points each gets right, and what its loss is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.depths import PANEL
from scenes.stage.writing import Writing
from scenes.style.layout import Region
from scenes.style.theme import Theme

_SAMPLE, _GAP, _PITCH = 0.62, 0.22, 0.52


@dataclass(frozen=True)
class LineRow:
    """One line: what is written of its count and of its loss, and how it is drawn."""

    count: Writing
    loss: Writing | None
    dashed: bool


class LineTable(VGroup):
    """A row for each line: a short piece of it, whole or dashed, its count, and its loss.

    Attributes:
        counts: samples and counts, row by row. losses: the losses there are.
    """

    def __init__(self, theme: Theme, rows: Sequence[LineRow], region: Region) -> None:
        """Stand `rows` at the upper left of `region`, shrunk if they are too wide for it."""
        super().__init__()
        self.counts, self.losses = VGroup(), VGroup()
        widest = max((row.count.width for row in rows), default=0.0)
        left = np.array([-1.0, 0.0, 0.0])
        for k, row in enumerate(rows):
            height = -k * _PITCH
            sample = Segments(theme["boundary"], 5.0).set_z_index(PANEL)
            start, end = np.array([0.0, height]), np.array([_SAMPLE, height])
            sample.set_pieces(dashes(start, end) if row.dashed else np.array([[start, end]]))
            baseline = height - 0.12
            row.count.stand_at(np.array([_SAMPLE + _GAP, baseline, 0.0]), left)
            self.counts.add(VGroup(sample, row.count))
            if row.loss is not None:
                row.loss.stand_at(np.array([_SAMPLE + 2.2 * _GAP + widest, baseline, 0.0]), left)
                self.losses.add(row.loss)
        self.add(self.counts, self.losses)
        if rows:
            self.scale(min(1.0, region.width / self.width, region.height / max(self.height, 1e-9)))
            self.move_to(region.at(0.0, 1.0), aligned_edge=np.array([-1.0, 1.0, 0.0]))
