"""What a boundary made of straight pieces looks like: how many lines it is, and where they bend."""

from __future__ import annotations

import numpy as np

from nnmath import FloatArray

# Corners nearer to each other than this are one.
_JOINT = 1e-6
# A turn of less than this many radians is none to the eye.
_TURN = 0.01


def line_count(pieces: FloatArray) -> int:
    """Return how many lines the pieces `(s, 2, 2)` are; one that goes on starts where the last one ends."""
    return len(chains(pieces))


def chains(pieces: FloatArray) -> list[FloatArray]:
    """Return the lines that the pieces `(s, 2, 2)` are, each by its corners and ends, `(k, 2)`."""
    if not len(pieces):
        return []
    apart = np.abs(pieces[1:, 0] - pieces[:-1, 1]).max(axis=1, initial=0.0) >= _JOINT
    lines = np.split(pieces, np.flatnonzero(apart) + 1)
    return [np.concatenate([line[:, 0], line[-1:, 1]]) for line in lines]


def corners(pieces: FloatArray, nearest: float = 0.0) -> FloatArray:
    """Return where the pieces `(s, 2, 2)` bend by more than the eye lets pass, `(k, 2)`.

    Args:
        nearest: corners nearer to each other than this are one, in units of the plane.
    """
    found = [_bends(_thinned(chain, nearest)) for chain in chains(pieces)]
    return np.concatenate([np.zeros((0, 2)), *found])


def _thinned(chain: FloatArray, nearest: float) -> FloatArray:
    """Return a chain `(k, 2)` whose corners are at least so far apart; it keeps its ends."""
    kept = [chain[0]]
    for corner in chain[1:-1]:
        if np.hypot(*(corner - kept[-1])) > nearest:
            kept.append(corner)
    return np.array([*kept, chain[-1]])


def _bends(chain: FloatArray) -> FloatArray:
    """Return the corners of a chain `(k, 2)` at which it turns; at its first one, too, if it is closed."""
    closed = np.abs(chain[0] - chain[-1]).max() < _JOINT
    along = np.diff(chain, axis=0)
    joints = chain[1:-1]
    if closed:
        along, joints = np.concatenate([along, along[:1]]), chain[1:]
    before, after = along[:-1].T, along[1:].T
    turns = np.arctan2(before[0] * after[1] - before[1] * after[0], (before * after).sum(axis=0))
    bent: FloatArray = joints[np.abs(turns) > _TURN]
    return bent
