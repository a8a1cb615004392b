"""Scores stacked into columns, so that equal ones can be seen side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Stacks:
    """Where every score stands in a dot histogram.

    Attributes:
        centers: the middle of each score's column, (n,), in units of score.
        levels: how many scores of the same class stand below it in its column, (n,), from 0.
        width: the width of a column in units of score.
    """

    centers: FloatArray
    levels: IntArray
    width: float

    @property
    def tallest(self) -> int:
        """The number of scores in the fullest column."""
        return int(self.levels.max()) + 1


def stack_scores(scores: ArrayLike, labels: ArrayLike, *, width: float, threshold: float) -> Stacks:
    """Sort scores (n,) into columns of equal width whose edges are aligned to the threshold.

    No column then holds scores of both sides. A score on an edge belongs to the column above it, as a score
    at the threshold belongs to class 1. Classes, labels (n,), stack separately. Raises ValueError.
    """
    values = arrays.as_vector(scores, "scores")
    classes = arrays.as_labels(labels, "labels", len(values))
    width = arrays.as_number(width, "width", above=0)
    threshold = arrays.as_number(threshold, "threshold")
    columns = np.floor((values - threshold) / width)
    # Division may round a score just below the threshold into the column above it, or the other way round.
    columns = np.where(values < threshold, np.minimum(columns, -1.0), np.maximum(columns, 0.0))
    levels = np.zeros(len(values), dtype=np.int64)
    for label in np.unique(classes):
        members = np.flatnonzero(classes == label)
        order = members[np.lexsort((values[members], columns[members]))]
        _, first, counts = np.unique(columns[order], return_index=True, return_counts=True)
        levels[order] = np.arange(len(order)) - np.repeat(first, counts)
    return Stacks(arrays.frozen(threshold + (columns + 0.5) * width), arrays.frozen(levels), width)
