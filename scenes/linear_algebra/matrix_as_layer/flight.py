"""Glyphs that fly from one place to another."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VMobject

from scenes.stage.motion import Drive
from scenes.style.colour import blend

FloatArray = npt.NDArray[np.float64]

# How far a flight swings out, as a share of its length.
_SWING = 0.12
_ABOVE = 5.0


def arrive(glyphs: VMobject, source: VMobject, **options: Any) -> Drive:
    """Return the animation in which `glyphs` fly to where they stand now from where `source` stands.

    On their way they take on their own size and colour from those of `source`.
    """
    end = glyphs.points.copy()
    start = _laid_over(end, source)
    # Manim's own get_fill_color knows no black that is hidden.
    colours = source.get_fill_rgbas()[0, :3].copy(), glyphs.get_fill_rgbas()[0, :3].copy()

    def show(t: float) -> None:
        glyphs.set_points(_between(start, end, t))
        glyphs.set_fill(ManimColor(blend(colours[1], colours[0], t)), opacity=1.0)

    return Drive(glyphs, show, **options)


def depart(glyphs: VMobject, target: FloatArray, **options: Any) -> Drive:
    """Return the animation in which a copy of `glyphs` flies to the point `target` (2,) and melts away."""
    flying = glyphs.copy().set_z_index(_ABOVE)
    start = flying.points.copy()
    end = start + np.append(target, 0.0) - flying.get_center()

    def show(t: float) -> None:
        flying.set_points(_between(start, end, t))
        flying.set_fill(opacity=float(np.clip(3 * (1 - t), 0.0, 1.0)))

    return Drive(flying, show, introducer=True, remover=True, **options)


def appear(glyphs: VMobject, **options: Any) -> Drive:
    """Return the animation in which hidden glyphs show where they stand."""
    return Drive(glyphs, lambda t: glyphs.set_fill(opacity=t), **options)


def _laid_over(points: FloatArray, source: VMobject) -> FloatArray:
    if len(points) == len(source.points):
        # The same glyphs: every outline starts exactly on its twin.
        return np.array(source.points)
    low, high = points.min(axis=0), points.max(axis=0)
    share = float(source.height) / max(float(high[1] - low[1]), 1e-9)
    laid: FloatArray = source.get_center() + (points - (low + high) / 2) * share
    return laid


def _between(start: FloatArray, end: FloatArray, t: float) -> FloatArray:
    along = (end - start).mean(axis=0)
    aside = np.array([-along[1], along[0], 0.0]) * _SWING * np.sin(np.pi * t)
    between: FloatArray = start + t * (end - start) + aside
    return between
