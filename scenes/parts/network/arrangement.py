"""Where the neurons of a diagram stand: as large, and as far apart, as its region allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from scenes.parts.network.neuron import half_width_for
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE, Region
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]
Names: TypeAlias = Literal["inside", "beside", "none"]
Flow: TypeAlias = Literal["across", "down"]

SPACING = 4.3  # neighbouring neurons of a column, in radii, where there is room
_REACH = 10.5  # neighbouring columns, in radii, where there is room
_BESIDE = 0.62  # what a name beside a neuron needs, in scene units
_BIAS_ASIDE = 0.14  # how far a bias may stick out to the side
_SMALLEST_WITH_WORDS = 0.22


class _Room(NamedTuple):
    """What is left for neurons and edges, and for what stands above and below each neuron."""

    width: float
    height: float
    outside: float

    @classmethod
    def beside(cls, region: Region, columns: int, names: Names, biases: bool) -> Self:
        """Return what names and biases leave of a region to so many columns."""
        aside = _BESIDE if names == "beside" else _BIAS_ASIDE if biases else 0.0
        outside = SMALL_SIZE + 0.1 if biases else 0.0
        outside += 1.5 * LABEL_SIZE + 0.15 if names == "beside" and columns > 2 else 0.0
        return cls(region.width - 2 * aside, region.height - 2 * outside, outside)


@dataclass(frozen=True)
class Arrangement:
    """Sizes and distances of a diagram's neurons, in scene units.

    Attributes:
        counts: neurons drawn in each column. flow: whether columns follow each other rightwards, or stand as
            rows one below the other.
        names, biases: what there is room to write.
        radius: of every neuron's round ends. half_width: from its middle to its left or right rim.
        column_gap, row_gap: from one column to the next, and from one neuron of a column to the next.
    """

    counts: tuple[int, ...]
    flow: Flow
    names: Names
    biases: bool
    radius: float
    half_width: float
    column_gap: float
    row_gap: float

    @classmethod
    def fitting(
        cls,
        region: Region,
        theme: Theme,
        counts: Sequence[int],
        *,
        names: Names,
        biases: bool,
        markups: Sequence[str],
        radius: float,
        spacing: float,
        flow: Flow,
    ) -> Self:
        """Fill a region; what does not fit is left out, first the biases, then the names.

        Args:
            markups: what will stand in neurons, which widen where these need it.
            radius, spacing: of neurons, and from one to the next in radii, where there is room.
        """
        gaps, columns = max(counts) - 1, len(counts) - 1
        for stand, numbered in dict.fromkeys([(names, biases), (names, False), ("none", False)]):
            names, biases = stand, numbered
            room = _Room.beside(region, len(counts), names, biases)
            if flow == "down":
                largest = min(room.height / (3.4 * columns + 2), room.width / (2.3 * gaps + 2))
            else:
                height = room.height - room.outside * gaps
                largest = min(height / (2.6 * gaps + 2), room.width / (4.2 * columns + 2))
            chosen = min(radius, largest)
            if chosen >= _SMALLEST_WITH_WORDS:
                break
        wanted = max(chosen, half_width_for(markups, theme, chosen))
        # Where columns follow each other, a third of the width, or a little less, is left to the edges.
        shares = 2.2 * gaps + 2 if flow == "down" else 2.8 * columns + 2
        half_width = max(chosen, min(wanted, room.width / shares))
        across, up = room.width - 2 * half_width, room.height - 2 * chosen
        wider = 2 * (half_width - chosen)
        if flow == "down":
            distances = (
                min(_REACH * chosen, up / columns),
                min(spacing * chosen + wider, across / max(gaps, 1)),
            )
        else:
            distances = (
                min(_REACH * chosen + wider, across / columns),
                min(spacing * chosen + room.outside, up / max(gaps, 1)),
            )
        return cls(tuple(counts), flow, names, biases, chosen, half_width, *distances)

    def offset(self, column: int, place: int) -> FloatArray:
        """Return where the neuron at a place of a column stands, `(3,)` from the region's middle."""
        along = (column - (len(self.counts) - 1) / 2) * self.column_gap
        aside = ((self.counts[column] - 1) / 2 - place) * self.row_gap
        return np.array([along, aside, 0.0] if self.flow == "across" else [-aside, -along, 0.0])
