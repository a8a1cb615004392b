"""Everything that a scene shows at one instant, in the order in which it is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject
from manim.constants import CapStyleType
from manim.utils.family import extract_mobject_family_members
from manim.utils.iterables import list_update

from explainer.audit.geometry import (
    FloatArray,
    Shape,
    corners_and_centres,
    curves_of,
    inside,
    region_around,
)
from explainer.audit.naming import Register, Standing, writing_name
from explainer.play.render import Scene
from scenes.parts.plane.plane import Plane
from scenes.stage.glyphs import Glyphs
from scenes.stage.veil import Veil
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
        shape: its curves.
        stroke, fill: its visible colours with opacity, `(n, 4)`; empty if it has none.
        rim: the colours of the stroke behind the fill, likewise.
        half_width, rim_width: what strokes and the rim add on either side of the curves, in scene units.
    """

    order: int
    mobject: VMobject
    standing: Standing
    shape: Shape
    stroke: FloatArray
    fill: FloatArray
    rim: FloatArray
    half_width: float
    rim_width: float

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return self.standing.name

    @property
    def pieces(self) -> FloatArray:
        """Its curves as straight pieces, `(n, 2, 2)`."""
        return self.shape.pieces

    @property
    def contours(self) -> list[FloatArray]:
        """Its curves as closed outlines."""
        return self.shape.contours

    @property
    def core(self) -> Region:
        """The bounding box of its curves; strokes add their width to it."""
        return self.shape.core

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
        return self.hides(1.0)

    def hides(self, opacity: float) -> bool:
        """Tell whether its fill hides what is under it from something of that opacity."""
        return len(self.fill) > 0 and float(self.fill[:, 3].min()) >= _OPAQUE * opacity

    @cached_property
    def opacity(self) -> float:
        """The opacity of what is seen best of it."""
        return float(max(colours[:, 3].max(initial=0.0) for colours in (self.stroke, self.fill)))

    @property
    def veil(self) -> Veil | None:
        """The veil that it is, if it is one."""
        return self.mobject if isinstance(self.mobject, Veil) else None


@dataclass(frozen=True, eq=False)
class Ink:
    """Letters that belong together as they stand on screen.

    Attributes:
        name: what they are called in a report.
        grounds: the filled shapes and the veils that there are.
    """

    name: str
    leaves: tuple[Leaf, ...]
    grounds: tuple[Leaf, ...] = field(repr=False)

    @property
    def order(self) -> int:
        return self.leaves[0].order

    @property
    def backdrop(self) -> bool:
        return self.leaves[0].standing.backdrop

    @property
    def halo(self) -> bool:
        """Whether they carry a rim, and so may stand on drawings."""
        return any(len(leaf.rim) for leaf in self.leaves)

    @property
    def opacity(self) -> float:
        return max(leaf.opacity for leaf in self.leaves)

    @cached_property
    def boxes(self) -> FloatArray:
        """The tight boxes of the strokes of ink, `(n, 4)` in scene units."""
        return np.concatenate([leaf.shape.boxes for leaf in self.leaves])

    @cached_property
    def box(self) -> Region:
        """The bounding box of the ink."""
        return region_around(self.boxes.reshape(-1, 2))

    @cached_property
    def ground(self) -> Leaf | None:
        """The last shape or veil below that carries all of it and hides what is under it, if there is one.

        A card may come and go together with what it carries.
        """
        corners = corners_and_centres(self.boxes)
        for fill in reversed(self.grounds):
            if fill.order > self.order:
                continue
            if fill.veil is not None:
                carries = fill.opaque and fill.veil.solid.contains(self.box)
            else:
                carries = fill.hides(self.opacity) and bool(inside(corners, fill.contours).all())
            if carries:
                return fill
        return None


@dataclass(frozen=True, eq=False)
class Lettering(Ink):
    """One writing as it stands on screen."""

    writing: Writing

    @property
    def halo(self) -> bool:
        return self.writing.halo


@dataclass(frozen=True, eq=False)
class Drawing:
    """One picture.

    Attributes:
        leaves: everything visible, in drawing order.
        register: what everything is called.
    """

    leaves: tuple[Leaf, ...]
    register: Register = field(repr=False)

    @classmethod
    def of(cls, scene: Scene) -> Drawing:
        """Return what the scene shows now."""
        register = Register(scene)
        seen = (
            leaf_of(order, mobject, register.of(mobject)) for order, mobject in enumerate(on_screen(scene))
        )
        return cls(tuple(leaf for leaf in seen if leaf is not None), register)

    @cached_property
    def letterings(self) -> tuple[Lettering, ...]:
        """Every visible writing."""
        written: dict[Writing, list[Leaf]] = {}
        for leaf in self.leaves:
            if leaf.standing.writing is not None:
                written.setdefault(leaf.standing.writing, []).append(leaf)
        return tuple(
            Lettering(
                writing_name(writing, self.register.of(writing).name), tuple(parts), self._grounds, writing
            )
            for writing, parts in written.items()
        )

    @cached_property
    def loose(self) -> tuple[Ink, ...]:
        """Visible letters that belong to no writing, such as a copy on its way."""
        return tuple(
            Ink(f"letters {leaf.name}", (leaf,), self._grounds)
            for leaf in self.leaves
            if leaf.standing.writing is None and isinstance(leaf.mobject, Glyphs)
        )

    @cached_property
    def _grounds(self) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in self.leaves if leaf.standing.writing is None and len(leaf.fill))

    @property
    def graphics(self) -> Iterable[Leaf]:
        """Everything that is neither writing nor a veil."""
        return (leaf for leaf in self.leaves if leaf.standing.writing is None and leaf.veil is None)

    @property
    def obstacles(self) -> Iterable[Leaf]:
        """The drawings that writing keeps off: not backdrops, but for the axes of planes."""
        planes = self.register.every(Plane)
        axes = {id(plane.axes) for plane, standing in planes if not standing.backdrop}
        return (leaf for leaf in self.graphics if not leaf.standing.backdrop or id(leaf.mobject) in axes)


def on_screen(scene: Scene) -> list[Mobject]:
    """Return everything that the scene draws, visible or not, in the order in which it is drawn."""
    mobjects: list[Mobject] = extract_mobject_family_members(
        list_update(scene.mobjects, scene.foreground_mobjects),
        use_z_index=True,
        only_those_with_points=True,
    )
    return mobjects


def leaf_of(order: int, mobject: Mobject, standing: Standing, shape: Shape | None = None) -> Leaf | None:
    """Return a mobject as it is drawn, or None if nothing of it can be seen; `shape` if it is known."""
    if not isinstance(mobject, VMobject):
        return None
    width = float(np.max(mobject.get_stroke_width()))
    rim_width = float(np.max(mobject.get_stroke_width(background=True)))
    stroke = _visible(mobject.get_stroke_rgbas()) if width > 0 else np.zeros((0, 4))
    rim = _visible(mobject.get_stroke_rgbas(background=True)) if rim_width > 0 else np.zeros((0, 4))
    fill = _visible(mobject.get_fill_rgbas())
    if not len(stroke) and not len(fill):
        return None
    if shape is None:
        curves = curves_of(mobject.points)
        if not len(curves):
            return None
        shape = Shape(curves)
    return Leaf(
        order,
        mobject,
        standing,
        shape,
        stroke,
        fill,
        rim,
        width * _UNITS_PER_WIDTH / 2 if len(stroke) else 0.0,
        rim_width * _UNITS_PER_WIDTH / 2 if len(rim) else 0.0,
    )


def at_place(leaf: Leaf, order: int) -> Leaf:
    """Return the same leaf at a place in the drawing order."""
    return leaf if leaf.order == order else replace(leaf, order=order)


def _visible(rgbas: npt.ArrayLike) -> FloatArray:
    colours = np.asarray(rgbas, dtype=np.float64).reshape(-1, 4)
    return colours if colours[:, 3].max(initial=0.0) > _UNSEEN else np.zeros((0, 4))
