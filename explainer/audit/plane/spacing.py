"""Whether points can be told from their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault, pixel_text, pixels
from explainer.audit.geometry import FloatArray
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.space import Space

# The most that a mark may be across, as a share of the way to its nearest neighbour.
MOST_SHARE = 0.85
# In larger clouds marks must touch.
MOST_POINTS = 240
# Nor can they be smaller than this and still be seen, in pixels at 1080p: where a map needs a small scale,
# there may be no room between them.
SMALLEST_MARK = 4.1
_SAME_PLACE = 1e-3


def faults(drawing: Drawing) -> Iterator[Fault]:
    """Find clouds whose marks run into each other while the data stand where they are given.

    The spacing is the median, over all places, of the way to the nearest other place: points in one place
    count once, and neither strays nor a few close pairs change it.
    """
    seen = {id(leaf.mobject): leaf for leaf in drawing.leaves}
    for space, _ in drawing.register.every(Space):
        for label, cloud in zip(space.dataset.classes, space.dots, strict=True):
            given = space.view.to_scene(space.dataset.of_class(label))
            leaf = seen.get(id(cloud))
            if leaf is None or not _stands_at(cloud, given):
                continue
            spacing = _spacing(given)
            share = cloud.mark_width / spacing
            if share > MOST_SHARE and pixels(cloud.mark_width) > SMALLEST_MARK:
                how = (
                    f"{pixel_text(cloud.mark_width)} across, {share:.2f} of the {pixel_text(spacing)} between"
                    f" neighbours, at most {MOST_SHARE:g}"
                )
                yield Fault("points touch", (leaf.name, "their neighbours"), how)


def _stands_at(cloud: Dots, given: FloatArray) -> bool:
    shown = cloud.positions
    return len(shown) == len(given) <= MOST_POINTS and bool(
        np.abs(shown - given).max(initial=0.0) < _SAME_PLACE
    )


def _spacing(points: FloatArray) -> float:
    places = np.unique(np.rint(points / _SAME_PLACE), axis=0) * _SAME_PLACE
    if len(places) < 2:
        return np.inf
    apart = np.hypot(*np.moveaxis(places[:, None] - places[None], 2, 0))
    np.fill_diagonal(apart, np.inf)
    return float(np.median(apart.min(axis=1)))
