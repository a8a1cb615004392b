"""What a scene shows, looked at again and again; what has not changed is not measured anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from manim import Mobject, VMobject

from explainer.audit.drawing import Drawing, Leaf, at_place, leaf_of, on_screen
from explainer.audit.naming import Register
from explainer.play.render import Scene

# Curves, and colours with widths, of a mobject: as bytes, which are compared the fastest.
_Look: TypeAlias = tuple[bytes, tuple[bytes | float, ...]]
_NEVER: _Look = b"", ()
# In scene units, a ten-thousandth of a pixel.
_STANDING = 1e-6


@dataclass(frozen=True)
class Instant:
    """One look at a scene.

    Attributes:
        seconds: when.
        drawing: what is seen.
        moved: the `id`s of mobjects that are new on screen or have other curves than at the look before.
        changed: the same with those that have other colours, and those that have gone.
    """

    seconds: float
    drawing: Drawing
    moved: frozenset[int]
    changed: frozenset[int]


@dataclass(frozen=True)
class _Seen:
    mobject: Mobject
    look: _Look
    leaf: Leaf | None


class Screen:
    """Looks at one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._seen: dict[int, _Seen] = {}
        self._register: Register | None = None

    def name_anew(self) -> None:
        """Ask the scene again what everything is called; at the end of a beat it knows best."""
        self._register = None

    def look(self) -> Instant:
        """Return what the scene shows now."""
        mobjects = on_screen(self._scene)
        if any(id(mobject) not in self._seen for mobject in mobjects):
            self._register = None
        known, old = self._seen, self._register
        register = self._register = old or Register(self._scene)
        self._seen, leaves = {}, list[Leaf]()
        moved, changed = set[int](), {*known} - {id(mobject) for mobject in mobjects}
        for order, mobject in enumerate(mobjects):
            key = id(mobject)
            before = known.get(key)
            look = _look_of(mobject)
            if before is not None and _stands(before.look[0], look[0]):
                look = before.look[0], look[1]
            same_shape = before is not None and before.look[0] == look[0]
            same = same_shape and before is not None and before.look[1] == look[1]
            leaf = before.leaf if before is not None else None
            if old is None or not same:
                shape = leaf.shape if leaf is not None and same_shape else None
                leaf = leaf_of(order, mobject, register.of(mobject), shape)
            elif leaf is not None:
                leaf = at_place(leaf, order)
            if leaf is not None:
                leaves.append(leaf)
            # What was and is unseen has changed nothing.
            if not same and (leaf is not None or (before is not None and before.leaf is not None)):
                changed.add(key)
                if not same_shape or before is None or before.leaf is None:
                    moved.add(key)
            self._seen[key] = _Seen(mobject, look, leaf)
        drawing = Drawing(tuple(leaves), register)
        return Instant(float(self._scene.time), drawing, frozenset(moved), frozenset(changed))


def _stands(before: bytes, now: bytes) -> bool:
    """Tell whether curves are the same but for roundings, as when something fades."""
    if before == now or len(before) != len(now):
        return False
    return bool(np.abs(np.frombuffer(before) - np.frombuffer(now)).max() < _STANDING)


def _look_of(mobject: Mobject) -> _Look:
    if not isinstance(mobject, VMobject):
        return _NEVER
    colours = (
        mobject.get_fill_rgbas().tobytes(),
        mobject.get_stroke_rgbas().tobytes(),
        mobject.get_stroke_rgbas(background=True).tobytes(),
        float(mobject.get_stroke_width()),
        float(mobject.get_stroke_width(background=True)),
    )
    return mobject.points.tobytes(), colours
