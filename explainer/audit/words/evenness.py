"""Whether all that a formula says is written in one size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import numpy.typing as npt

from explainer.audit.drawing import Drawing, Lettering
from explainer.audit.finding import Fault, pixel_text
from scenes.stage.writing import Formula
from scenes.style.fonts import text_families
from scenes.style.typesetting import set_formula

# What is this much as large as its neighbour is as large.
_ALIKE = 0.97
# How far below each other lines of one formula stand, in ems.
_FARTHEST = 1.5
_NUMBERED = re.compile(r"(.*)\[\d+\]")


def faults(drawing: Drawing) -> Iterator[Fault]:
    """Find formulas smaller than one beside or above them in their group, and parts that were shrunk.

    Subscripts are small by themselves; what counts is whether a part is set smaller than the rest.
    """
    formulas = [lettering for lettering in drawing.letterings if isinstance(lettering.writing, Formula)]
    for lettering in formulas:
        ems = _ems(lettering.writing)
        if len(ems) and ems.min() < _ALIKE * ems.max():
            how = f"em {pixel_text(float(ems.min()))}, {ems.min() / ems.max():.2f} of the rest's"
            yield Fault("formula size", (lettering.name, "its other parts"), how)
    groups: dict[str, list[Lettering]] = {}
    for lettering in formulas:
        numbered = _NUMBERED.fullmatch(drawing.register.of(lettering.writing).name)
        if numbered is not None:
            groups.setdefault(numbered[1], []).append(lettering)
    for lines in groups.values():
        for line, neighbour in permutations(lines, 2):
            share = line.writing.size / max(neighbour.writing.size, 1e-9)
            if share < _ALIKE and _follow(line, neighbour):
                how = f"em {pixel_text(line.writing.size)}, {share:.2f} of its neighbour's"
                yield Fault("formula size", (line.name, neighbour.name), how)


def _ems(formula: Formula) -> npt.NDArray[np.float64]:
    """Return the em of every part in scene units; nothing if the parts are not those of the formula."""
    parts = list(set_formula(formula.source, text_families(formula.locale)).parts.values())
    drawn = [np.asarray(part.points)[:, :2] for part in formula.submobjects]
    if [len(points) for points in parts] != [len(points) for points in drawn]:
        return np.zeros(0)
    ems = [
        np.ptp(there, axis=0).max() / np.ptp(set_, axis=0).max()
        for there, set_ in zip(drawn, parts, strict=True)
    ]
    return np.array(ems, dtype=np.float64)


def _follow(one: Lettering, other: Lettering) -> bool:
    """Tell whether two lines stand one below the other, or beside each other, with nothing between."""
    em = max(one.writing.size, other.writing.size)
    across = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
    up = max(one.box.bottom, other.box.bottom) - min(one.box.top, other.box.top)
    return (across < 0 and up < _FARTHEST * em) or (up < 0 and across < _FARTHEST * em)
