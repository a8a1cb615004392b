"""An order of drawing in which no class lies on top of another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.arrays import IntArray


def interleaved_order(labels: ArrayLike) -> IntArray:
    """The order (n,) in which to draw marks with these class numbers (n,), so that no class covers another.

    Every class is spread evenly over the whole: its mark k of m, counted from 0, comes at (k + 1/2) / m. Of
    marks that come at the same place, the lower class goes first at one such place and last at the next. The
    marks of a class keep their order. With two classes, the marks of a class among the first p are never more
    than half a mark away from its share of p, and of all pairs of two classes as many have the one on top as
    the other, to within one. Raises ValueError.
    """
    classes = arrays.as_labels(labels, "labels")
    places = np.empty(len(classes))
    for each in np.unique(classes):
        members = classes == each
        count = np.count_nonzero(members)
        places[members] = (np.arange(count) + 0.5) / count
    # Classes of equal size meet at every place; one that always went first there would always be covered.
    _, group, sizes = np.unique(places, return_inverse=True, return_counts=True)
    shared_before = np.cumsum(sizes > 1)[group]
    turned = np.where(shared_before % 2 == 1, classes, -classes)
    return arrays.frozen(np.lexsort((turned, places)).astype(np.int64))
