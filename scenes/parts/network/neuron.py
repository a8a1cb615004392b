"""A neuron: a ring, a value or a name inside, a name or a bias outside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, AnimationGroup, Circle, ManimColor, RoundedRectangle, VGroup

from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.colour import blend, contrast, rgb
from scenes.style.layout import FORMULA_SIZE, LABEL_SIZE, Point
from scenes.style.numerals import math_number
from scenes.style.theme import Role, Theme

RING_WIDTH = 4.0
LIT_WIDTH = 6.5
# How much of a role's colour a full neuron takes on; more would drown the number in it.
_DEEPEST = 0.45
# The share of the radius that the corners of writing inside may reach.
_WITHIN = 0.84
_ASIDE = 0.14
# Numbers in neurons shrink to this em; a neuron becomes wider before they shrink further.
_LEAST_SIZE = 0.3

FloatArray = npt.NDArray[np.float64]
Side = Literal["left", "right", "above", "below"]
_DIRECTIONS = {"left": LEFT, "right": RIGHT, "above": UP, "below": DOWN}


def between_rims(
    first: FloatArray, second: FloatArray, radius: float, other_radius: float
) -> tuple[FloatArray, FloatArray]:
    """Return where edges begin and end from circles around `first` to those around `second`, `(…, 2)`."""
    along = second - first
    unit = along / np.hypot(along[..., 0], along[..., 1])[..., None]
    return first + radius * unit, second - other_radius * unit


class Neuron(VGroup):
    """One neuron of a diagram: a circle, or a capsule where long numbers need the room.

    Attributes:
        radius: of its round ends. half_width: from its middle to its left or right rim, both in scene units.
        role: the ring's colour while nothing happens.
        level: how full it is, in [0, 1]. ink: the colour of the writing inside.
        number: the number shown inside, or None. number_size: the em of writing inside, if it fits.
        inside: the writing in the ring, or None; label, bias: the writings beside it, or None.
    """

    def __init__(
        self,
        theme: Theme,
        center: Point,
        radius: float,
        *,
        half_width: float | None = None,
        role: Role = "text",
    ) -> None:
        super().__init__()
        self.theme, self.radius = theme, radius
        self.half_width = max(radius, half_width or 0.0)
        self.role: Role = role
        self.level = 0.0
        self.ink: Role = "text"
        self.number: float | None = None
        self.number_size = writing_size(radius)
        self.inside: Formula | None = None
        self.label: Formula | None = None
        self.bias: Formula | None = None
        style = {
            "stroke_color": theme[role],
            "stroke_width": RING_WIDTH,
            "fill_color": theme["background"],
            "fill_opacity": 1.0,
        }
        if self.half_width > radius:
            self.ring = RoundedRectangle(
                corner_radius=radius, width=2 * self.half_width, height=2 * radius, **style
            )
        else:
            self.ring = Circle(radius, **style)
        self.ring.move_to(center).set_z_index(PANEL + 1)
        self.add(self.ring)

    @property
    def middle(self) -> Point:
        """The middle of the ring, `(3,)` in scene units."""
        middle: Point = self.ring.get_center()
        return middle

    def rim(self, toward: FloatArray, side: Literal[-1, 1]) -> FloatArray:
        """Return the point `(2,)` on the left (-1) or right (1) round end that faces a direction `(2,)`."""
        end: FloatArray = self.port(side) + self.radius * toward / np.hypot(*toward)
        return end

    def port(self, side: Literal[-1, 1]) -> FloatArray:
        """Return the centre `(2,)` of the left or right round end, at which edges aim."""
        centre: FloatArray = self.middle[:2] + np.array([side * (self.half_width - self.radius), 0.0])
        return centre

    def ends_to(self, other: Neuron) -> tuple[FloatArray, FloatArray]:
        """Return where an edge from here to a neuron on the right begins and ends, `(2,)` each."""
        return between_rims(self.port(1), other.port(-1), self.radius, other.radius)

    def write(self, markup: str) -> Formula:
        """Put a formula into the ring, shrunk to fit, in place of what was there."""
        self._clear_inside()
        self.inside = Formula(markup, self.theme, size=self.number_size, role=self.ink)
        self._fit_inside(self.inside)
        self.inside.set_z_index(PANEL + 3)
        self.add(self.inside)
        return self.inside

    def _fit_inside(self, writing: Formula) -> None:
        writing.scale(self.number_size / max(writing.size, 1e-9))
        writing.scale(self.largest_scale(writing.width / 2, writing.height / 2))
        writing.move_to(self.ring.get_center())

    def largest_scale(self, across: float, up: float) -> float:
        """Return by how much, at most 1, writing of these half extents must shrink to keep off the ring.

        Its corners touch first, and they face the round ends: they keep within a circle about those.
        """
        straight, reach = self.half_width - self.radius, _WITHIN * self.radius
        square = max(across**2 + up**2, 1e-9)
        under_root = (across * straight) ** 2 - square * (straight**2 - reach**2)
        if under_root < 0 or across * reach <= straight * up:
            # Shrunk until it is low enough, it ends before the round ends begin.
            return min(1.0, reach / max(up, 1e-9))
        return min(1.0, (across * straight + math.sqrt(under_root)) / square)

    def write_beside(
        self, markup: str, side: Side, *, size: float = LABEL_SIZE, role: Role = "muted"
    ) -> Formula:
        """Write the neuron's name next to its ring."""
        self.label = self._beside(markup, side, size, role)
        return self.label

    def write_bias(self, markup: str, side: Side = "below", *, size: float = LABEL_SIZE) -> Formula:
        """Write the neuron's bias next to its ring."""
        self.bias = self._beside(markup, side, size, "muted")
        return self.bias

    def fill(self, level: float = 1.0, role: Role = "active") -> None:
        """Colour the inside: 0 is empty, 1 is as deep as a number in it allows."""
        self.level = float(np.clip(level, 0.0, 1.0))
        mixed = blend(rgb(self.theme[role]), rgb(self.theme["background"]), _DEEPEST * self.level)
        self.ring.set_fill(ManimColor(mixed), opacity=1.0)

    def glow(self, level: float, role: Role = "active") -> None:
        """Shine with the whole colour at level 1; the writing inside is light or dark, as can be read."""
        self.level = float(np.clip(level, 0.0, 1.0))
        behind = blend(rgb(self.theme[role]), rgb(self.theme["background"]), self.level)
        self.ring.set_fill(ManimColor(behind), opacity=1.0)
        inks: tuple[Role, Role] = ("text", "background")
        self.ink = max(inks, key=lambda each: contrast(rgb(self.theme[each]), behind))
        if self.inside is not None:
            # It keeps how far it has faded in.
            self.inside.set_fill(self.theme[self.ink])

    def tell(self, markup: str) -> None:
        """Say something else at once, amid a motion too: the drawn writing stays the same mobject."""
        if self.inside is None:
            self.write(markup)
        elif markup != self.inside.source:
            self.inside.rewrite(markup).set_fill(self.theme[self.ink])
            self._fit_inside(self.inside)

    def fill_up(self, level: float = 1.0, role: Role = "active", **options: Any) -> Drive:
        """Return the animation in which the inside takes on colour."""
        start = self.level
        return Drive(self.ring, lambda t: self.fill(start + t * (level - start), role), **options)

    def light(self, role: Role = "active") -> Drive:
        """Return the animation in which the ring lights up."""
        return self._restroke(role, LIT_WIDTH)

    def rest(self) -> Drive:
        """Return the animation in which the ring goes back to its own colour."""
        return self._restroke(self.role, RING_WIDTH)

    def change_to(self, markup: str, **options: Any) -> AnimationGroup:
        """Return the animation in which a formula takes the place of what is inside."""
        old = self.inside
        self.inside = None
        new = self.write(markup)
        if old is None:
            return AnimationGroup(_fade(new, 0.0, 1.0, **options))
        # One after the other: two writings in one place cannot be read.
        return AnimationGroup(
            _fade(new, 0.0, 1.0, within=(0.5, 1.0), **options),
            _fade(old, 1.0, 0.0, within=(0.0, 0.5), **options),
        )

    def change_to_number(self, value: float, places: int = 2, **options: Any) -> AnimationGroup:
        """Return the animation in which a number takes the place of what is inside."""
        change = self.change_to(math_number(value, places), **options)
        self.number = value
        return change

    def _beside(self, markup: str, side: Side, size: float, role: Role) -> Formula:
        written = Formula(markup, self.theme, size=size, role=role)
        written.next_to(self.ring, _DIRECTIONS[side], buff=_ASIDE).set_z_index(PANEL + 3)
        self.add(written)
        return written

    def _clear_inside(self) -> None:
        self.number = None
        if self.inside is not None:
            self.remove(self.inside)
            self.inside = None

    def _restroke(self, role: Role, width: float) -> Drive:
        old, new = self.ring.get_stroke_rgbas()[0, :3].copy(), rgb(self.theme[role])
        start = self.ring.get_stroke_width()

        def show(t: float) -> None:
            self.ring.set_stroke(ManimColor(blend(new, old, t)), width=start + t * (width - start))

        return Drive(self.ring, show, run_time=0.6)


def writing_size(radius: float) -> float:
    """Return the em of what stands in neurons of a radius, in scene units."""
    return min(FORMULA_SIZE, 1.35 * radius)


def half_width_for(markups: Iterable[str], theme: Theme, radius: float) -> float:
    """Return the half width of neurons of a radius in which all these formulas stay large enough to read."""
    half_widths = [radius]
    for markup in markups:
        written = Formula(markup, theme, size=_LEAST_SIZE)
        beyond = math.sqrt(max((_WITHIN * radius) ** 2 - (written.height / 2) ** 2, 0.0))
        half_widths.append(radius + written.width / 2 - beyond)
    return max(half_widths)


def _fade(
    writing: Formula, start: float, end: float, *, within: tuple[float, float] = (0.0, 1.0), **options: Any
) -> Drive:
    """Return the animation in which writing fades, `within` which part of it."""
    first, last = within
    writing.set_fill(opacity=start)

    def show(t: float) -> None:
        share = min(max((t - first) / (last - first), 0.0), 1.0)
        writing.set_fill(opacity=start + share * (end - start))

    return Drive(writing, show, **options)
