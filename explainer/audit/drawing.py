"""Everything that a scene shows at one instant, in the order in which it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject
from manim.constants import CapStyleType
from manim.utils.family import extract_mobject_family_members
from manim.utils.iterables import list_update

from explainer.audit.geometry import (
    FloatArray,
    boxes_of,
    contours_of,
    corners_and_centres,
    curves_of,
    inside,
    pieces_of,
    region_around,
)
from explainer.audit.naming import Register, Standing, writing_name
from explainer.play.render import Scene
from scenes.stage.writing import Writing
from scenes.style.layout import Region

# Manim's stroke widths are hundredths of a scene unit.
_UNITS_PER_WIDTH = 0.01
_UNSEEN = 0.01
_OPAQUE = 0.9


@dataclass(frozen=True, eq=False)
class Leaf:
    """One drawn mobject.

    Attributes:
        order: its place in the drawing order; later ones cover earlier ones.
        name: what it is called in a report.
        stroke, fill: its visible colours with opacity, `(n, 4)`; empty if it has none.
        rim: the colours of the stroke behind the fill, likewise.
        half_width, rim_width: what strokes and the rim add on either side of the curves, in scene units.
    """

    order: int
    name: str
    mobject: VMobject
    standing: Standing
    curves: FloatArray
    stroke: FloatArray
    fill: FloatArray
    rim: FloatArray
    half_width: float
    rim_width: float

    @cached_property
    def pieces(self) -> FloatArray:
        """Its curves as straight pieces, `(n, 2, 2)`."""
        return pieces_of(self.curves)

    @cached_property
    def contours(self) -> list[FloatArray]:
        """Its curves as closed outlines."""
        return contours_of(self.curves)

    @cached_property
    def core(self) -> Region:
        """The bounding box of its curves; strokes add their width to it."""
        return region_around(self.pieces.reshape(-1, 2))

    @cached_property
    def box(self) -> Region:
        """What it covers, strokes included."""
        return self.core.inset(-self.half_width)

    @property
    def square(self) -> bool:
        """Whether its strokes end in squares."""
        return bool(self.mobject.cap_style == CapStyleType.SQUARE)

    @property
    def opaque(self) -> bool:
        """Whether its fill hides what is under it."""
        return len(self.fill) > 0 and float(self.fill[:, 3].min()) >= _OPAQUE


@dataclass(frozen=True, eq=False)
class Lettering:
    """One writing as it stands on screen.

    Attributes:
        boxes: the tight boxes of its strokes of ink, `(n, 4)` in scene units.
        card: the opaque filled shape that carries all of it, if there is one.
    """

    name: str
    writing: Writing
    leaves: tuple[Leaf, ...]
    boxes: FloatArray
    card: Leaf | None

    @property
    def order(self) -> int:
        return self.leaves[0].order

    @property
    def backdrop(self) -> bool:
        return self.leaves[0].standing.backdrop

    @cached_property
    def box(self) -> Region:
        """The bounding box of the ink."""
        return region_around(self.boxes.reshape(-1, 2))


@dataclass(frozen=True)
class Drawing:
    """One picture.

    Attributes:
        leaves: everything visible, in drawing order.
        letterings: every visible writing.
    """

    leaves: tuple[Leaf, ...]
    letterings: tuple[Lettering, ...] = field(default=())

    @classmethod
    def of(cls, scene: Scene) -> Drawing:
        """Return what the scene shows now."""
        register = Register(scene)
        mobjects = extract_mobject_family_members(
            list_update(scene.mobjects, scene.foreground_mobjects),
            use_z_index=True,
            only_those_with_points=True,
        )
        seen = [_leaf(order, mobject, register.of(mobject)) for order, mobject in enumerate(mobjects)]
        leaves = tuple(leaf for leaf in seen if leaf is not None)
        written: dict[Writing, list[Leaf]] = {}
        for leaf in leaves:
            if leaf.standing.writing is not None:
                written.setdefault(leaf.standing.writing, []).append(leaf)
        fills = [leaf for leaf in leaves if leaf.standing.writing is None and len(leaf.fill)]
        letterings = (_lettering(each, parts, register, fills) for each, parts in written.items())
        return cls(leaves, tuple(letterings))

    @property
    def graphics(self) -> Iterable[Leaf]:
        """Everything that is not writing."""
        return (leaf for leaf in self.leaves if leaf.standing.writing is None)


def _leaf(order: int, mobject: Mobject, standing: Standing) -> Leaf | None:
    if not isinstance(mobject, VMobject):
        return None
    curves = curves_of(mobject.points)
    if not len(curves):
        return None
    width = float(np.max(mobject.get_stroke_width()))
    rim_width = float(np.max(mobject.get_stroke_width(background=True)))
    stroke = _visible(mobject.get_stroke_rgbas()) if width > 0 else np.zeros((0, 4))
    rim = _visible(mobject.get_stroke_rgbas(background=True)) if rim_width > 0 else np.zeros((0, 4))
    fill = _visible(mobject.get_fill_rgbas())
    if not len(stroke) and not len(fill):
        return None
    return Leaf(
        order,
        standing.name,
        mobject,
        standing,
        curves,
        stroke,
        fill,
        rim,
        width * _UNITS_PER_WIDTH / 2 if len(stroke) else 0.0,
        rim_width * _UNITS_PER_WIDTH / 2 if len(rim) else 0.0,
    )


def _visible(rgbas: npt.ArrayLike) -> FloatArray:
    colours = np.asarray(rgbas, dtype=np.float64).reshape(-1, 4)
    return colours if colours[:, 3].max(initial=0.0) > _UNSEEN else np.zeros((0, 4))


def _lettering(writing: Writing, parts: list[Leaf], register: Register, fills: list[Leaf]) -> Lettering:
    boxes = np.concatenate([boxes_of(leaf.contours) for leaf in parts])
    corners = corners_and_centres(boxes)
    cards = [
        fill
        for fill in fills
        if fill.order < parts[0].order and fill.opaque and inside(corners, fill.contours).all()
    ]
    name = writing_name(writing, register.of(writing).name)
    return Lettering(name, writing, tuple(parts), boxes, cards[-1] if cards else None)
