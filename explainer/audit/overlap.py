"""Writing that stands on other writing or on drawings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from explainer.audit.drawing import Drawing, Ink, Leaf
from explainer.audit.finding import TOLERANCE, Fault, pixel_text, pixels
from explainer.audit.geometry import FloatArray, corners_and_centres, depths, inside, sampled, shared_depth
from scenes.parts.marks.segments import clipped
from scenes.style.layout import Region


def faults(drawing: Drawing) -> Iterator[Fault]:
    """Find every two things of which one is writing and the other is not where it can be read past."""
    letterings = [lettering for lettering in drawing.letterings if not lettering.backdrop]
    for one, other in combinations(letterings, 2):
        units = shared(one, other)
        if pixels(units) > TOLERANCE:
            yield Fault("overlap", (one.name, other.name), f"{pixel_text(units)} of both in one place")
    obstacles = list(drawing.obstacles)
    for lettering in letterings:
        worst: dict[str, tuple[float, str]] = {}
        for leaf in obstacles:
            units, how = clash(lettering, leaf)
            if pixels(units) > TOLERANCE and units > worst.get(leaf.name, (0.0, ""))[0]:
                worst[leaf.name] = units, how
        for name, (units, how) in worst.items():
            yield Fault("overlap", (lettering.name, name), f"{pixel_text(units)} {how}")


def shared(one: Ink, other: Ink) -> float:
    """Return how far two writings reach into each other; a rim takes away what is under it."""
    first, second = (one, other) if one.order < other.order else (other, one)
    rim = max(leaf.rim_width for leaf in second.leaves)
    return shared_depth(first.boxes, second.boxes + rim * np.array([-1.0, -1.0, 1.0, 1.0]))


def clash(ink: Ink, leaf: Leaf) -> tuple[float, str]:
    """Return how far a drawing reaches into letters, in scene units, and in which way."""
    box, below = ink.box, leaf.order < ink.order
    if not _touch(box, leaf.box) or (below and (ink.halo or _hidden(ink, leaf))):
        return 0.0, ""
    if not below and len(leaf.fill):
        units = _covered(ink.boxes, leaf)
        if pixels(units) > TOLERANCE:
            return units, "covered by it"
    return _crossed(ink.boxes, box, leaf), "into the letters"


def _hidden(ink: Ink, leaf: Leaf) -> bool:
    return ink.ground is not None and leaf.order < ink.ground.order


def _touch(one: Region, other: Region) -> bool:
    return (
        one.left <= other.right
        and other.left <= one.right
        and one.bottom <= other.top
        and other.bottom <= one.top
    )


def _covered(boxes: FloatArray, leaf: Leaf) -> float:
    """Return the size of the largest letter of which the shape covers the middle."""
    middles = corners_and_centres(boxes)[-len(boxes) :]
    hidden = boxes[inside(middles, leaf.contours)]
    return float(np.max(hidden[:, 2:] - hidden[:, :2], initial=0.0))


def _crossed(boxes: FloatArray, box: Region, leaf: Leaf) -> float:
    """Return how deep strokes, or the edge of a filled shape, reach into the boxes of letters."""
    pieces = _closed(leaf) if len(leaf.fill) else leaf.pieces
    near = clipped(pieces, box.inset(-leaf.half_width - 1e-6))
    if not len(near):
        return 0.0
    reach = depths(sampled(near), boxes, square=leaf.square)
    return float(reach.max()) + leaf.half_width


def _closed(leaf: Leaf) -> FloatArray:
    return np.concatenate(
        [np.stack([outline, np.roll(outline, -1, axis=0)], axis=1) for outline in leaf.contours]
    )
