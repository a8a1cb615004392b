"""What a boundary made of straight pieces looks like: how many lines it is, and whether they bend."""

from __future__ import annotations

import numpy as np

from nnmath import FloatArray

# Corners nearer to each other than this are one.
_JOINT = 1e-6
# A turn of less than this many radians is none to the eye.
_TURN = 0.01


def line_count(pieces: FloatArray) -> int:
    """Return how many lines the pieces `(s, 2, 2)` are; one that goes on starts where the last one ends."""
    return len(pieces) and 1 + int(np.count_nonzero(~_joined(pieces)))


def bends(pieces: FloatArray) -> bool:
    """Tell whether there is a corner where one of the pieces `(s, 2, 2)` goes on from another."""
    along = pieces[:, 1] - pieces[:, 0]
    before, after = along[:-1].T, along[1:].T
    turns = np.arctan2(before[0] * after[1] - before[1] * after[0], (before * after).sum(axis=0))
    return bool((_joined(pieces) & (np.abs(turns) > _TURN)).any())


def _joined(pieces: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell for every piece but the first whether it goes on where the one before ends, `(s - 1,)`."""
    apart = np.abs(pieces[1:, 0] - pieces[:-1, 1]).max(axis=1, initial=0.0)
    joined: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = apart < _JOINT
    return joined
