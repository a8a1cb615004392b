"""The regions of the frame, in scene units, for every aspect.

The shorter side of the frame is always 8 units, so that a letter of one size covers as many pixels in
every aspect. Text keeps 5 % from every edge and action 3.5 %; in 9:16 the bottom fifth holds no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Point: TypeAlias = npt.NDArray[np.float64]

SHORT_SIDE = 8.0
TEXT_MARGIN = 0.05
ACTION_MARGIN = 0.035
# Players lay their own words over this share of an upright picture, at the bottom.
TALL_COVER = 0.2

# The em of every kind of writing, in scene units; 135 pixels to the unit at 1080p.
TITLE_SIZE = 0.37
CAPTION_SIZE = 0.42
# 42 letters of English are about 18 ems long, and a narrow frame's caption is 7.2 units wide.
NARROW_CAPTION_SIZE = 0.38
FORMULA_SIZE = 0.46
COUNTER_SIZE = 0.92
LABEL_SIZE = 0.36
SMALL_SIZE = 0.3


@dataclass(frozen=True)
class Region:
    """An upright rectangle of the frame."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def center(self) -> Point:
        return self.at(0.5, 0.5)

    def at(self, across: float, up: float) -> Point:
        """Return the point `(3,)` at fractions of the region's width and height, from its lower left."""
        return np.array([self.left + across * self.width, self.bottom + up * self.height, 0.0])

    def inset(self, horizontal: float, vertical: float | None = None) -> Region:
        """Return the region less a margin on every side."""
        up = horizontal if vertical is None else vertical
        return Region(self.left + horizontal, self.bottom + up, self.right - horizontal, self.top - up)

    def columns(self, *shares: float, gap: float = 0.3) -> tuple[Region, ...]:
        """Return the region cut into columns of the given shares, left to right."""
        usable, edge, regions = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            width = usable * share / sum(shares)
            regions.append(Region(edge, self.bottom, edge + width, self.top))
            edge += width + gap
        return tuple(regions)

    def rows(self, *shares: float, gap: float = 0.3) -> tuple[Region, ...]:
        """Return the region cut into rows of the given shares, top to bottom."""
        usable, edge, regions = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            height = usable * share / sum(shares)
            regions.append(Region(self.left, edge - height, self.right, edge))
            edge -= height + gap
        return tuple(regions)

    def overlap(self, other: Region) -> Region:
        """Return what this region and `other`, which must meet, have in common."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Region(left, bottom, min(self.right, other.right), min(self.top, other.top))

    def contains(self, other: Region, slack: float = 1e-6) -> bool:
        """Tell whether `other` lies within this region."""
        return (
            other.left >= self.left - slack
            and other.bottom >= self.bottom - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )


Edge: TypeAlias = Literal["left", "right", "bottom", "top"]


@dataclass(frozen=True)
class Shade:
    """What a veil covers: whole in `solid`, thinning out over a distance `fade` beyond its `edge`."""

    solid: Region
    edge: Edge
    fade: float

    @property
    def whole(self) -> Region:
        """Everything that it covers at all."""
        solid = self.solid
        sides = {"left": solid.left, "bottom": solid.bottom, "right": solid.right, "top": solid.top}
        sides[self.edge] += self.fade if self.edge in ("right", "top") else -self.fade
        return Region(**sides)

    @property
    def band(self) -> Region:
        """Where it thins out."""
        solid, whole = self.solid, self.whole
        if self.edge in ("left", "right"):
            left, right = (whole.left, solid.left) if self.edge == "left" else (solid.right, whole.right)
            return Region(left, solid.bottom, right, solid.top)
        bottom, top = (whole.bottom, solid.bottom) if self.edge == "bottom" else (solid.top, whole.top)
        return Region(solid.left, bottom, solid.right, top)

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Points between which it thins out, from where it is whole to where it is gone."""
        solid, whole = self.solid, self.whole
        start, end = (float(getattr(region, self.edge)) for region in (solid, whole))
        if self.edge in ("left", "right"):
            return (start, 0.0), (end, 0.0)
        return (0.0, start), (0.0, end)


@dataclass(frozen=True)
class Layout:
    """Where everything stands in one aspect.

    The world, such as a plane with its data, fills the frame. What is read lies over it on veils: title and
    panel at the left, or at the top where the frame is narrow; the caption at the bottom.

    Attributes:
        frame: the whole picture.
        text_safe, action_safe: what text and action must keep within.
        title, panel, stage, caption, pips: the composition; `panel` holds numbers and the diagram, `stage` is
            free of veils, and the data keep within it.
        body: panel and stage together, for scenes that divide them otherwise.
        panel_shade, caption_shade: the veils under what is read.
        panel_flow: how the panel's items follow each other.
        caption_size: the em of captions, caption_baseline: the height of their last line, in scene units.
    """

    aspect: str
    frame: Region
    text_safe: Region
    title: Region
    panel: Region
    stage: Region
    body: Region
    caption: Region
    pips: Region
    panel_shade: Shade
    caption_shade: Shade
    panel_flow: Literal["down", "across"]
    caption_baseline: float
    caption_size: float = CAPTION_SIZE

    @property
    def frame_width(self) -> float:
        return self.frame.width

    @property
    def frame_height(self) -> float:
        return self.frame.height

    @property
    def action_safe(self) -> Region:
        return self.frame.inset(ACTION_MARGIN * self.frame.width, ACTION_MARGIN * self.frame.height)

    def panel_shade_to(self, edge: float) -> Shade:
        """Return the veil under the panel with its inner edge elsewhere, in scene units."""
        shade = self.panel_shade
        return replace(shade, solid=replace(shade.solid, **{shade.edge: edge}))

    def panel_parts(self) -> tuple[Region, Region, Region]:
        """Return the panel cut up for a diagram, a line of formula, and numbers.

        One below the other; where the panel is wide, the diagram stands on the left of the two others.
        """
        if self.panel_flow == "down":
            diagram, line, numbers = self.panel.rows(1.8, 0.5, 2.4, gap=0.2)
        else:
            diagram, rest = self.panel.columns(2.75, 4.25, gap=0.25)
            line = Region(rest.left, rest.top - 0.5, rest.right, rest.top)
            numbers = Region(rest.left, rest.bottom, rest.right, line.bottom - 0.15)
        return diagram, line, numbers

    def halves(self, gap: float = 0.4) -> tuple[Region, Region]:
        """Return the body in two halves: side by side, or one above the other where the frame is narrow."""
        cut = self.body.columns if self.panel_flow == "down" else self.body.rows
        first, second = cut(1, 1, gap=gap)
        return first, second


def _frame(width: float, height: float) -> tuple[Region, Region]:
    frame = Region(-width / 2, -height / 2, width / 2, height / 2)
    return frame, frame.inset(TEXT_MARGIN * width, TEXT_MARGIN * height)


def _bottom(frame: Region, top: float) -> Shade:
    return Shade(Region(frame.left, frame.bottom, frame.right, top), "top", 0.55)


def _wide() -> Layout:
    frame, safe = _frame(SHORT_SIDE * 16 / 9, SHORT_SIDE)
    edge = -2.75
    return Layout(
        aspect="16:9",
        frame=frame,
        text_safe=safe,
        title=Region(safe.left, 3.1, edge, safe.top),
        panel=Region(safe.left, -2.6, edge, 2.85),
        stage=Region(-1.95, -2.6, 6.6, 3.7),
        body=Region(safe.left, -2.6, safe.right, 2.85),
        caption=Region(safe.left, -3.45, safe.right, -2.8),
        pips=Region(safe.left, -3.7, safe.right, -3.54),
        panel_shade=Shade(Region(frame.left, frame.bottom, edge, frame.top), "right", 1.0),
        caption_shade=_bottom(frame, -2.75),
        panel_flow="down",
        caption_baseline=-3.27,
    )


def _square() -> Layout:
    frame, safe = _frame(SHORT_SIDE, SHORT_SIDE)
    edge = 1.15
    return Layout(
        aspect="1:1",
        frame=frame,
        text_safe=safe,
        title=Region(safe.left, 3.1, safe.right, safe.top),
        panel=Region(safe.left, edge, safe.right, 3.05),
        stage=Region(-3.7, -2.4, 3.7, 0.85),
        body=Region(safe.left, -2.4, safe.right, 3.05),
        caption=Region(safe.left, -3.47, safe.right, -2.5),
        pips=Region(safe.left, -3.7, safe.right, -3.54),
        panel_shade=Shade(Region(frame.left, edge, frame.right, frame.top), "bottom", 0.45),
        caption_shade=_bottom(frame, -2.45),
        panel_flow="across",
        caption_baseline=-3.33,
        caption_size=NARROW_CAPTION_SIZE,
    )


def _tall() -> Layout:
    frame, safe = _frame(SHORT_SIDE, SHORT_SIDE * 16 / 9)
    floor = frame.bottom + TALL_COVER * frame.height
    safe = Region(safe.left, floor, safe.right, safe.top)
    edge = 2.65
    return Layout(
        aspect="9:16",
        frame=frame,
        text_safe=safe,
        title=Region(safe.left, 5.8, safe.right, safe.top),
        panel=Region(safe.left, edge, safe.right, 5.65),
        stage=Region(-3.7, -2.85, 3.7, 2.3),
        body=Region(safe.left, -2.85, safe.right, 5.65),
        caption=Region(safe.left, -3.97, safe.right, -2.95),
        pips=Region(safe.left, floor, safe.right, floor + 0.2),
        panel_shade=Shade(Region(frame.left, edge, frame.right, frame.top), "bottom", 0.6),
        caption_shade=_bottom(frame, -2.9),
        panel_flow="across",
        caption_baseline=-3.83,
        caption_size=NARROW_CAPTION_SIZE,
    )


LAYOUTS: Mapping[str, Layout] = {layout.aspect: layout for layout in (_wide(), _square(), _tall())}
