"""Where diagram, headings, equations and targets stand, in every aspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenes.learning.forward_pass.equation import LayerEquation, general
from scenes.learning.forward_pass.numbers import ForwardPassNumbers
from scenes.parts.network.headings import HEADINGS_HEIGHT, HEADINGS_WIDTH
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Layout, Region
from scenes.style.theme import Theme

_LARGEST, _SMALLEST = 0.54, 0.3
# Of the body's height, what equations may take at the most; between them, and over them, in scene units.
_MOST, _BETWEEN, _OVER = 0.42, 0.7, 0.3
# A line of formula, and the row of the matrices' sizes over it.
_LINE, _SIZES = 0.62, 0.5
# What targets need beside the diagram, as a share of its width and in scene units at the most.
_TARGETS, _WIDEST_TARGETS = 0.24, 2.6
# What the names of outputs need.
_NAMES = 0.5


@dataclass(frozen=True)
class Composition:
    """The parts of one picture.

    Attributes:
        headings, diagram: for both once the strip is in use. target: beside the outputs, or None.
        strip: for equations, or the formula. sizes: for the sizes of the matrices, over it.
        lift: by how much headings and diagram stand lower before, in scene units.
        down: whether the network's columns stand as rows.
        equations: the layers in numbers, in their places, or none.
    """

    headings: Region
    diagram: Region
    target: Region | None
    strip: Region
    sizes: Region
    lift: float
    down: bool
    equations: tuple[LayerEquation, ...]

    @classmethod
    def of(cls, layout: Layout, theme: Theme, numbers: ForwardPassNumbers) -> Composition:
        """Divide the frame."""
        body = layout.body
        equations = _equations(body, theme, numbers)
        height = max(_height(equations, body), _LINE)
        strip = replace(body, top=body.bottom + height)
        over = replace(body, bottom=strip.top + (_OVER if equations else 0.1))
        down = layout.aspect == "9:16" and numbers.crowded
        sizes = replace(over, top=over.bottom + (0.0 if equations or down else _SIZES))
        above = replace(over, bottom=sizes.top + (0.0 if equations else 0.05))
        target = None
        if numbers.target is not None and not down:
            width = min(_TARGETS * above.width, _WIDEST_TARGETS)
            target = replace(above, left=above.right - width)
            above = replace(above, right=target.left)
        elif numbers.target is not None:
            target = replace(above, top=above.bottom + 1.5)
            above = replace(above, bottom=target.top)
        elif numbers.crowded and numbers.sizes[-1] > 1:
            above = replace(above, bottom=above.bottom + _NAMES) if down else replace(above, right=above.right - _NAMES)
        if down:
            headings = replace(above, right=above.left + HEADINGS_WIDTH)
            diagram = replace(above, left=headings.right + 0.08)
        else:
            headings = replace(above, bottom=above.top - HEADINGS_HEIGHT, right=body.right)
            diagram = replace(above, top=headings.bottom - 0.06)
        lift = (diagram.bottom - body.bottom) / 2 if not down else 0.0
        _stand(equations, strip)
        return cls(headings, diagram, target, strip, sizes, lift, down, equations)


def _equations(body: Region, theme: Theme, numbers: ForwardPassNumbers) -> tuple[LayerEquation, ...]:
    """Return the layers' equations in the arrangement in which they are largest, or none if none is large."""
    if numbers.given_places is None:
        return ()
    layers = range(len(numbers.network.layers))
    best: tuple[LayerEquation, ...] = ()
    for lines in (1, 2):
        for stacked in (True, False):
            tried = tuple(LayerEquation(theme, numbers, k, size=_LARGEST, lines=lines) for k in layers)
            widths, heights = [each.width for each in tried], [each.height for each in tried]
            if stacked:
                wide, high = max(widths), sum(heights) + _OVER * (len(tried) - 1)
            else:
                wide, high = sum(widths) + _BETWEEN * (len(tried) - 1), max(heights)
            size = _LARGEST * min(1.0, body.width / wide, _MOST * body.height / high)
            if size >= _SMALLEST and (not best or size > best[0].size + 1e-3):
                best = tuple(each.scale(size / _LARGEST) for each in tried)
                for each in best:
                    each.stacked = stacked
    return best


def _height(equations: Sequence[LayerEquation], body: Region) -> float:
    if not equations:
        return 0.0
    heights = [each.height for each in equations]
    return sum(heights) + _OVER * (len(heights) - 1) if equations[0].stacked else max(heights)


def _stand(equations: Sequence[LayerEquation], strip: Region) -> None:
    """Stand equations side by side, or one below the other."""
    if not equations:
        return
    if equations[0].stacked:
        top = strip.top
        for each in equations:
            each.move_to(np.array([strip.center[0], top - each.height / 2, 0.0]))
            top -= each.height + _OVER
        return
    spare = strip.width - sum(each.width for each in equations)
    gap = min(spare / (len(equations) + 1), 1.6)
    left = strip.center[0] - (strip.width - spare + gap * (len(equations) - 1)) / 2
    for each in equations:
        each.move_to(np.array([left + each.width / 2, strip.center[1], 0.0]))
        left += each.width + gap
