"""Where a label stands: of the places to choose from, the best one that keeps clear of what is drawn.

All places are middles, all boxes low corner and high corner, in scene units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from scenes.style.layout import Region

FloatArray = npt.NDArray[np.float64]

# Distances to an obstacle are told apart by this share of its reach: for less no label leaves a better place.
_STEP = 0.01


class Placed(Protocol):
    """Whatever stands somewhere, such as a mobject."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    def get_center(self) -> FloatArray: ...


@dataclass(frozen=True)
class Obstacle:
    """One thing that labels keep clear of, as boxes; a point is a box without a size.

    Attributes:
        boxes: `(n, 4)`.
        reach: the distance at which a label is clear of them; touching is not meeting.
    """

    boxes: FloatArray
    reach: float = 0.0

    def crowding(self, boxes: FloatArray) -> FloatArray:
        """Return how little each of `boxes` (…, 4) is clear of this, `(…)`: 0 if it is, 1 if they meet."""
        own, others = self.boxes, boxes[..., None, :]
        apart = np.maximum(own[:, :2] - others[..., 2:], others[..., :2] - own[:, 2:])
        if self.reach == 0.0:
            return np.asarray((apart < 0.0).all(axis=-1).any(axis=-1), dtype=np.float64)
        distance = np.hypot(*np.moveaxis(np.maximum(apart, 0.0), -1, 0)).min(axis=-1, initial=np.inf)
        near = 1.0 - np.minimum(distance / self.reach, 1.0)
        return np.asarray(np.rint(near / _STEP) * _STEP)


class Place(NamedTuple):
    """The place that was chosen: which candidate it is, where it is, `(2,)`, and how crowded."""

    choice: int
    middle: FloatArray
    crowding: float


def place(
    size: FloatArray,
    candidates: FloatArray,
    obstacles: Iterable[Obstacle],
    *,
    within: Region | None = None,
    costs: FloatArray | None = None,
) -> Place:
    """Choose where a label of `size` (2,) stands, of `candidates` (n, 2).

    Of those that lie within the region, or all if none does, those win that are least crowded; of these the
    one of least cost; of these the first. So any clear place comes before every crowded one, whatever its
    cost. A place that does not lie within is moved there in the end.

    Args:
        costs: what speaks against each candidate, `(n,)` in any unit; nothing if left out.
    """
    middles = np.asarray(candidates, dtype=np.float64)
    kept = middles if within is None else kept_within(middles, size, within)
    crowded = crowding(boxes_at(kept, size), obstacles)
    moved = (kept != middles).any(axis=1)
    choice = best(crowded + moved * (1.0 + crowded.max()), costs)
    return Place(choice, kept[choice], float(crowded[choice]))


def crowding(boxes: FloatArray, obstacles: Iterable[Obstacle]) -> FloatArray:
    """Return how little each of `boxes` (…, 4) is clear of all obstacles, `(…)`: their shares added up."""
    shares = [obstacle.crowding(boxes) for obstacle in obstacles]
    total: FloatArray = np.sum([np.zeros(boxes.shape[:-1]), *shares], axis=0)
    # Sums of the same shares are the same, in whatever order.
    return total.round(6)


def best(crowded: FloatArray, costs: FloatArray | None = None) -> int:
    """Return which of candidates `(n,)` is least crowded; ties go to the least cost, then to the first."""
    return int(np.lexsort((np.zeros(len(crowded)) if costs is None else costs, crowded))[0])


def kept_within(middles: FloatArray, size: FloatArray, region: Region) -> FloatArray:
    """Return the places nearest to `middles` (…, 2) at which labels of `size` (2,) lie in a region.

    Where a label is larger than the region, their middles agree.
    """
    across = kept_between(middles[..., 0], size[0], region.left, region.right)
    up = kept_between(middles[..., 1], size[1], region.bottom, region.top)
    return np.stack([across, up], axis=-1)


def kept_between(middles: npt.ArrayLike, size: float, low: float, high: float) -> FloatArray:
    """Return the places nearest to `middles` (…) at which a thing so long lies between `low` and `high`."""
    centre, half = (low + high) / 2, size / 2
    kept: FloatArray = np.clip(middles, min(low + half, centre), max(high - half, centre))
    return kept


def boxes_at(middles: FloatArray, size: npt.ArrayLike = 0.0) -> FloatArray:
    """Return the boxes `(…, 4)` of a `size`, one or `(…, 2)`, whose middles are `middles` (…, 2)."""
    half = np.asarray(size, dtype=np.float64) / 2
    return np.concatenate([middles - half, middles + half], axis=-1)


def grown(boxes: FloatArray, margin: float) -> FloatArray:
    """Return boxes `(…, 4)` that reach so much farther on every side."""
    return boxes + margin * np.array([-1.0, -1.0, 1.0, 1.0])


def size_of(thing: Placed) -> FloatArray:
    """Return width and height, `(2,)`."""
    return np.array([thing.width, thing.height])


def boxes_of(things: Iterable[Placed]) -> FloatArray:
    """Return the box of each of some things, `(n, 4)`."""
    boxes = [boxes_at(thing.get_center()[:2], size_of(thing)) for thing in things]
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)
