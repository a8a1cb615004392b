"""Where diagram, equations and targets stand, in every aspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenes.learning.forward_pass.equation import LayerEquation
from scenes.learning.forward_pass.numbers import ForwardPassNumbers
from scenes.parts.network.headings import HEADINGS_HEIGHT, HEADINGS_WIDTH
from scenes.style.layout import Layout, Region
from scenes.style.theme import Theme

# The em of equations: at the most, and the least at which they are written.
_LARGEST, _SMALLEST = 0.46, 0.3
# Beside the diagram, equations have this share of the width; under it, at most such a share of the height.
_BESIDE, _UNDER = 0.48, 0.42
_BETWEEN = 0.4
# A line of formula, and the row of the matrices' sizes.
_LINE, _SIZES = 0.62, 0.48
# What names need: over a neuron, left of the inputs, and beside or under outputs.
OVER, _LEFT, _OUTPUTS = 0.5, 0.62, 0.55
# What targets need beside the diagram, or under it.
_TARGETS_BESIDE, _TARGETS_UNDER = 3.2, 1.5
_NARROW = 0.3
# Between brackets and neurons that have no names.
CLEAR = 0.08
_LARGEST_RADIUS, _CLOSEST = 0.56, 2.4


@dataclass(frozen=True)
class Composition:
    """The parts of one picture.

    Attributes:
        first: for the neurons to begin with. beside: beside or over the equations. last: beside targets.
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
        title, line = replace(layout.title, right=layout.text_safe.right), replace(body, top=body.bottom + _LINE)
        first = replace(body, bottom=line.top + 0.25)
        if wide and numbers.crowded:
            title, line = layout.title, replace(layout.title, left=layout.title.right, right=body.right)
            first = body
        sizes = replace(first, top=first.bottom + (_SIZES if numbers.crowded and not down else 0.0))
        clearance = CLEAR if numbers.crowded else OVER
        first = _inner(replace(first, bottom=sizes.top), numbers, clearance, down)
        room = _room(body, wide)
        equations = _equations(room, theme, numbers, _LARGEST)
        beside = first
        if equations and wide:
            beside = _inner(replace(body, right=room.left - _BETWEEN), numbers, clearance, down)
            _stand(equations, room)
        elif equations:
            room = replace(room, top=room.bottom + _height(equations))
            beside = _inner(replace(body, bottom=room.top + 0.25), numbers, clearance, down)
            _stand(equations, room)
        last, target = first, None
        if numbers.target is not None and down:
            target = replace(first, top=first.bottom + _TARGETS_UNDER)
            last = replace(first, bottom=target.top)
        elif numbers.target is not None:
            width = min(_TARGETS_BESIDE, _NARROW * body.width)
            target = replace(first, left=body.right - width, right=body.right)
            last = replace(first, right=target.left)
        radius = min(_radius(region, numbers) for region in (first, beside, last))
        return cls(first, beside, last, equations, line, sizes, target, title, clearance, down, radius)


def _inner(region: Region, numbers: ForwardPassNumbers, clearance: float, down: bool) -> Region:
    """Return what of a region is left to the neurons."""
    named = numbers.crowded and numbers.target is None and numbers.sizes[-1] > 1
    if down:
        bottom = region.bottom + (_OUTPUTS if named else 0.0)
        return replace(region, left=region.left + HEADINGS_WIDTH + 0.08, bottom=bottom)
    left = region.left + (0.0 if numbers.crowded else _LEFT)
    right = region.right - (_OUTPUTS if named else 0.0)
    return Region(left, region.bottom, right, region.top - HEADINGS_HEIGHT - clearance)


def _radius(region: Region, numbers: ForwardPassNumbers) -> float:
    """Return the largest radius of neurons with their names over them that fit a region."""
    if numbers.crowded:
        return _LARGEST_RADIUS
    inputs, *others = numbers.sizes
    radii = [(region.height - OVER * (size - 1)) / (2 * size) for size in others]
    return min(_LARGEST_RADIUS, region.height / (_CLOSEST * (inputs - 1) + 2), *radii)


def _room(body: Region, wide: bool) -> Region:
    if wide:
        return replace(body, left=body.right - _BESIDE * body.width)
    return replace(body, top=body.bottom + _UNDER * body.height)


def _equations(
    room: Region, theme: Theme, numbers: ForwardPassNumbers, largest: float
) -> tuple[LayerEquation, ...]:
    """Return the layers' equations on as many lines as leave them largest, or none if that is too small."""
    if numbers.given_places is None or numbers.crowded:
        return ()
    layers = range(len(numbers.network.layers))
    best: tuple[LayerEquation, ...] = ()
    for lines in (1, 2):
        tried = tuple(LayerEquation(theme, numbers, k, size=largest, lines=lines) for k in layers)
        size = largest * min(1.0, room.width / max(e.width for e in tried), room.height / _height(tried))
        if size >= _SMALLEST and (not best or size > best[0].size + 1e-3):
            for each in tried:
                each.scale(size / largest)
            best = tried
    return best


def _height(equations: Sequence[LayerEquation]) -> float:
    return sum(each.height for each in equations) + _BETWEEN * (len(equations) - 1)


def _stand(equations: Sequence[LayerEquation], room: Region) -> None:
    """Stand equations one below the other in the middle of their room, their left edges in line."""
    left = room.center[0] - max(each.width for each in equations) / 2
    spare = (room.height - _height(equations)) / (len(equations) + 1)
    top = room.top - spare
    for each in equations:
        each.move_to(np.array([left + each.width / 2, top - each.height / 2, 0.0]))
        top -= each.height + _BETWEEN + spare
