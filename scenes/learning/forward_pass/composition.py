"""Where diagram, equations and targets stand, in every aspect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from scenes.learning.forward_pass.equation import LayerEquation
from scenes.learning.forward_pass.numbers import ForwardPassNumbers
from scenes.parts.network.headings import HEADINGS_HEIGHT, HEADINGS_WIDTH
from scenes.style.layout import Layout, Region
from scenes.style.theme import Theme

# The em of equations: at the most, and the least at which they are written.
_LARGEST, _SMALLEST = 0.46, 0.27
# Beside the diagram, equations have this share of the width; under it, at most such a share of the height.
_BESIDE, _UNDER = 0.48, 0.42
_BETWEEN = 0.4
# A line of formula, and the row of the matrices' sizes.
_LINE, _SIZES = 0.62, 0.48
# What names need: over a neuron, left of the inputs, and beside or under outputs.
OVER, _LEFT, _OUTPUTS = 0.5, 0.62, 0.55
# What targets need beside the diagram, or under it.
_TARGETS_BESIDE, _TARGETS_UNDER = {True: 3.2, False: 1.75}, 1.5
# What enters a network whose columns stand as rows comes from so far above.
_ABOVE = 0.7
# Between brackets and neurons that have no names.
CLEAR = 0.08
_LARGEST_RADIUS, _CLOSEST = 0.6, 2.4
# What a weight needs of its edge.
_WEIGHT, _SMALLEST_RADIUS = 1.05, 0.3


@dataclass(frozen=True)
class Composition:
    """The parts of one picture.

    Attributes:
        first: for the neurons to begin with. beside: beside or over the equations. last: over the line.
        compared: over the line, and beside or over the targets.
        equations: the layers in numbers, in their places, or none.
        line: for one line of formula. sizes: for the sizes of the matrices, under the diagram.
        target: for what the outputs should be, or None.
        title: for the title. clearance: between neurons and the brackets over them.
        down: whether the network's columns stand as rows.
        radius: of every neuron, at the most.
    """

    first: Region
    beside: Region
    last: Region
    compared: Region
    equations: tuple[LayerEquation, ...]
    line: Region
    sizes: Region
    target: Region | None
    title: Region
    clearance: float
    down: bool
    radius: float

    @classmethod
    def of(cls, layout: Layout, theme: Theme, numbers: ForwardPassNumbers) -> Composition:
        """Divide the frame."""
        body, wide = layout.body, layout.panel_flow == "down"
        down = layout.aspect == "9:16" and numbers.crowded
        title, line = (
            replace(layout.title, right=layout.text_safe.right),
            replace(body, top=body.bottom + _LINE),
        )
        over = replace(body, bottom=line.top + 0.25)
        if wide and numbers.crowded:
            title, line = layout.title, replace(layout.title, left=layout.title.right, right=body.right)
            over = body
        sizes = replace(over, top=over.bottom + (_SIZES if numbers.crowded and not down else 0.0))
        over = replace(over, bottom=sizes.top)
        inner = partial(_inner, numbers=numbers, clearance=CLEAR if numbers.crowded else OVER, down=down)
        last = inner(over)
        first = last if numbers.crowded else inner(body)
        equations, beside = _beside(layout, theme, numbers, first, inner)
        compared, target = last, None
        if numbers.target is not None and down:
            target = replace(last, top=last.bottom + _TARGETS_UNDER)
            compared = replace(last, bottom=target.top)
        elif numbers.target is not None:
            target = replace(last, left=body.right - _TARGETS_BESIDE[wide], right=body.right)
            compared = replace(last, right=target.left)
        clearance = CLEAR if numbers.crowded else OVER
        radius = min(_radius(region, numbers) for region in (first, beside, last, compared))
        return cls(
            first, beside, last, compared, equations, line, sizes, target, title, clearance, down, radius
        )


def _beside(
    layout: Layout,
    theme: Theme,
    numbers: ForwardPassNumbers,
    first: Region,
    inner: Callable[[Region], Region],
) -> tuple[tuple[LayerEquation, ...], Region]:
    """Return the equations in their places, and what is left to the neurons; none, and all, without them."""
    body, wide = layout.body, layout.panel_flow == "down"
    if wide:
        room = replace(body, left=body.right - _BESIDE * body.width)
    else:
        room = replace(body, top=body.bottom + _UNDER * body.height)
    equations = _equations(room, theme, numbers)
    if not equations:
        return (), first
    if not wide:
        room = replace(room, top=room.bottom + _height(equations))
    _stand(equations, room)
    rest = replace(body, right=room.left - _BETWEEN) if wide else replace(body, bottom=room.top + 0.25)
    return equations, inner(rest)


def _inner(region: Region, numbers: ForwardPassNumbers, clearance: float, down: bool) -> Region:
    """Return what of a region is left to the neurons."""
    named = numbers.crowded and numbers.target is None and numbers.sizes[-1] > 1
    if down:
        bottom = region.bottom + (_OUTPUTS if named else 0.0)
        left = region.left + HEADINGS_WIDTH + 0.08
        return Region(left, bottom, region.right, region.top - _ABOVE)
    left = region.left + (0.0 if numbers.crowded else _LEFT)
    right = region.right - (_OUTPUTS if named else 0.0)
    return Region(left, region.bottom, right, region.top - HEADINGS_HEIGHT - clearance)


def _radius(region: Region, numbers: ForwardPassNumbers) -> float:
    """Return the largest radius of neurons with their names over them that fit a region."""
    if numbers.crowded:
        return _LARGEST_RADIUS
    others = numbers.sizes[1:]
    gaps = len(others)
    wide: float = max((region.width - _WEIGHT * gaps) / (2 * gaps + 2), _SMALLEST_RADIUS)
    rows = max(numbers.sizes) - 1
    # One distance between rows for all columns, of which all but the inputs have names over their neurons.
    close: float = region.height / (_CLOSEST * rows + 2)
    named: float = (region.height - OVER * rows) / (2 * rows + 2)
    return min(_LARGEST_RADIUS, wide, close if max(others) == 1 else named)


def _equations(room: Region, theme: Theme, numbers: ForwardPassNumbers) -> tuple[LayerEquation, ...]:
    """Return the layers' equations on as many lines as leave them largest, or none if that is too small."""
    if numbers.given_places is None or numbers.crowded:
        return ()
    layers = range(len(numbers.network.layers))
    best: tuple[LayerEquation, ...] = ()
    for lines in (1, 2):
        tried = tuple(LayerEquation(theme, numbers, k, size=_LARGEST, lines=lines) for k in layers)
        size = _LARGEST * min(1.0, room.width / max(e.width for e in tried), room.height / _height(tried))
        if size >= _SMALLEST and (not best or size > best[0].size + 1e-3):
            for each in tried:
                each.scale(size / _LARGEST)
            best = tried
    return best


def _height(equations: Sequence[LayerEquation]) -> float:
    return float(sum(each.height for each in equations)) + _BETWEEN * (len(equations) - 1)


def _stand(equations: Sequence[LayerEquation], room: Region) -> None:
    """Stand equations one below the other in the middle of their room, their left edges in line."""
    left = room.center[0] - max(each.width for each in equations) / 2
    spare = (room.height - _height(equations)) / (len(equations) + 1)
    top = room.top - spare
    for each in equations:
        each.move_to(np.array([left + each.width / 2, top - each.height / 2, 0.0]))
        top -= each.height + _BETWEEN + spare
