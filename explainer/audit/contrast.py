"""Whether things stand out from what lies behind them, to every eye."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explainer.audit.drawing import Drawing, Leaf, Lettering
from explainer.audit.finding import Fault, pixels
from explainer.audit.geometry import FloatArray, corners_and_centres, inside
from explainer.audit.words.lettering import LARGE_H, letters_of
from scenes.style.colour import SIGHTS, blend, contrast, difference, rgb, seen_by
from scenes.style.theme import CLASS_ROLES, Role, Theme

TEXT_CONTRAST = 4.5
LARGE_TEXT_CONTRAST = GRAPHICS_CONTRAST = 3.0
LEAST_DIFFERENCE = 20.0
# What is told apart by colour; the columns after the second are told apart by their place as well.
_PAIRS: tuple[tuple[Role, Role], ...] = ((CLASS_ROLES[0], CLASS_ROLES[1]), ("basis_i", "basis_j"))
_CARD_ROLES: tuple[Role, ...] = ("background", "surface")
_SAME = 1e-3
# So many points of a drawing are looked at.
_LOOKS = 24
_ROUNDING = 0.005


def theme_faults(theme: Theme) -> Iterator[Fault]:
    """Find pairs of colours that some viewers cannot tell apart."""
    for one, other in _PAIRS:
        for sight in SIGHTS:
            apart = difference(seen_by(rgb(theme[one]), sight), seen_by(rgb(theme[other]), sight))
            if apart < LEAST_DIFFERENCE:
                lacking = f"{LEAST_DIFFERENCE - apart:.1f} less than {LEAST_DIFFERENCE:g}"
                how = f"ΔE {apart:.1f} to {sight} sight, {lacking}"
                yield Fault("colours alike", (one, other), how)


def faults(drawing: Drawing, theme: Theme) -> Iterator[Fault]:
    """Find writing and drawings that are too faint."""
    page = rgb(theme["background"])
    fills = [leaf for leaf in drawing.leaves if leaf.standing.writing is None and len(leaf.fill)]
    for lettering in drawing.letterings:
        if not lettering.backdrop:
            yield from _faint_writing(lettering, fills, page)
    grounds = _grounds(drawing, fills, theme)
    for leaf in drawing.graphics:
        if not leaf.standing.backdrop and id(leaf) not in grounds:
            yield from _faint_drawing(leaf, fills, page)


def _faint_writing(lettering: Lettering, fills: list[Leaf], page: FloatArray) -> Iterator[Fault]:
    large = pixels(letters_of(lettering.writing).capital) >= LARGE_H
    wanted = LARGE_TEXT_CONTRAST if large else TEXT_CONTRAST
    middles = corners_and_centres(lettering.boxes)[-len(lettering.boxes) :]
    behind = np.unique(_behind(middles, lettering.order, fills, page), axis=0)
    seen = min(
        _seen(colour, under)
        for leaf in lettering.leaves
        for colour in leaf.fill
        for under in (_over(leaf.rim, behind) if len(leaf.rim) else behind)
    )
    if seen < wanted - _ROUNDING:
        yield Fault("contrast", (lettering.name, "what lies behind it"), _told(seen, wanted))


def _faint_drawing(leaf: Leaf, fills: list[Leaf], page: FloatArray) -> Iterator[Fault]:
    corners = leaf.pieces.reshape(-1, 2)
    points = corners[np.linspace(0, len(corners) - 1, _LOOKS).astype(int)]
    behind, which = np.unique(_behind(points, leaf.order, fills, page), axis=0, return_inverse=True)
    # A shape is seen by its edge or by its fill. It may touch its like, so what counts is most of it.
    seen = 0.0
    for colours in (leaf.stroke, leaf.fill):
        if len(colours):
            over = np.array([min(_seen(colour, under) for colour in colours) for under in behind])
            seen = max(seen, float(np.median(over[which])))
    if seen < GRAPHICS_CONTRAST - _ROUNDING:
        yield Fault("contrast", (leaf.name, "what lies behind it"), _told(seen, GRAPHICS_CONTRAST))


def _grounds(drawing: Drawing, fills: list[Leaf], theme: Theme) -> set[int]:
    """Return the shapes that others stand on, whose own edges need not be seen.

    Such are cards, told by their colour, and whatever without an edge of its own carries writing.
    """
    cards = [rgb(theme[role]) for role in _CARD_ROLES]
    edgeless = [fill for fill in fills if not len(fill.stroke) and fill.veil is None]
    grounds = {
        id(fill)
        for fill in edgeless
        if fill.opaque and any(np.abs(fill.fill[:, :3] - card).max() < _SAME for card in cards)
    }
    for lettering in drawing.letterings:
        corners = corners_and_centres(lettering.boxes)
        below = [fill for fill in edgeless if fill.order < lettering.order]
        grounds |= {id(fill) for fill in below if inside(corners, fill.contours).all()}
    return grounds


def _behind(points: FloatArray, order: int, fills: list[Leaf], page: FloatArray) -> FloatArray:
    """Return the colours `(n, 3)` that lie under points `(n, 2)` at a place in the drawing order."""
    colours = np.repeat(page[None], len(points), axis=0)
    for fill in fills:
        if fill.order >= order:
            continue
        under = inside(points, fill.contours)
        for colour in fill.fill[:1]:
            colours[under] = blend(colour[:3], colours[under], float(colour[3]))
    return colours


def _over(rim: FloatArray, behind: FloatArray) -> FloatArray:
    return blend(rim[0, :3], behind, float(rim[0, 3]))


def _seen(colour: FloatArray, under: FloatArray) -> float:
    return contrast(blend(colour[:3], under, float(colour[3])), under)


def _told(seen: float, wanted: float) -> str:
    return f"{seen:.2f}:1, {wanted - seen:.2f} less than {wanted:g}:1"
