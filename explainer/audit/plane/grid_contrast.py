"""Whether the grid stands back behind the data."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.audit.drawing import Drawing, Leaf
from explainer.audit.finding import Fault
from explainer.audit.geometry import FloatArray
from scenes.parts.marks.dots import Dots
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.space import Space
from scenes.style.colour import blend, contrast, rgb
from scenes.style.theme import Theme

# The most that lines may stand out from the page, as a share of what the faintest data do.
GRID, GHOST = 0.35, 0.15
_ROUNDING = 0.005


def faults(drawing: Drawing, theme: Theme) -> Iterator[Fault]:
    """Find grids that stand out too much; contrast counts from 1, which is none."""
    page = rgb(theme["background"])
    seen = {id(leaf.mobject): leaf for leaf in drawing.leaves}
    for plane, standing in drawing.register.every(Plane):
        data = _data(drawing, standing.stage)
        for lines, most in ((plane.grid, GRID), (plane.ghost, GHOST)):
            leaf = seen.get(id(lines))
            if leaf is None or not data:
                continue
            faintest = min(data, key=lambda cloud: _above(cloud, page))
            share = _above(leaf, page) / max(_above(faintest, page), 1e-9)
            if share > most + _ROUNDING:
                how = f"{share:.0%} of the data's contrast, at most {most:.0%}"
                yield Fault("grid contrast", (leaf.name, faintest.name), how)


def _data(drawing: Drawing, stage: object) -> list[Leaf]:
    """Return the clouds that are the data on a stage; where nobody says so, all that there are."""
    named = {id(cloud) for space, _ in drawing.register.every(Space) for cloud in space.dots}
    clouds = [
        leaf
        for leaf in drawing.leaves
        if isinstance(leaf.mobject, Dots) and leaf.standing.stage == stage and not leaf.standing.backdrop
    ]
    return [leaf for leaf in clouds if id(leaf.mobject) in named] or clouds


def _above(leaf: Leaf, page: FloatArray) -> float:
    colour = leaf.stroke[0]
    return contrast(blend(colour[:3], page, float(colour[3])), page) - 1.0
