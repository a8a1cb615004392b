"""An edge: one weight as a line, as wide as the weight is large, dashed where it is negative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import CapStyleType, ManimColor

from scenes.parts.marks.segments import Segments, dashes
from scenes.stage.depths import PANEL
from scenes.stage.drawn import Backdrop
from scenes.stage.motion import Drive
from scenes.style.colour import blend, rgb
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

# Still three times as bright as the page, or as dark, in every theme.
DIM = 0.72
_THIN = 0.5  # the share of its width that an edge keeps when it stands back
_SHINING, _WIDER = 1.35, 1.2  # how an edge widens that shines: by a factor, and by so much at the least
# How much of an edge of a crowd shows at rest: one of no weight, and one of the largest.
_FAINTEST, _CLEAREST = 0.13, 0.62


@dataclass(frozen=True)
class EdgeWidths:
    """Stroke widths in hundredths of a scene unit: least and largest weight, and a weight without number."""

    thinnest: float = 1.6
    widest: float = 9.0
    plain: float = 4.0

    def of(self, weight: float | None, largest: float) -> float:
        """Return the width for a weight when the largest of its network is `largest` in size."""
        if weight is None:
            return self.plain
        share = min(abs(weight) / largest, 1.0) if largest > 0 else 0.0
        return self.thinnest + share * (self.widest - self.thinnest)

    def times(self, factor: float) -> EdgeWidths:
        """Return narrower widths, of which the thinnest can still be seen."""
        return EdgeWidths(
            *(
                max(low, factor * width)
                for low, width in ((0.9, self.thinnest), (2.6, self.widest), (1.4, self.plain))
            )
        )


class Edge(Segments):
    """The line from one neuron's rim to another's.

    Attributes:
        start, end: its ends, `(2,)` in scene units.
        weight: what it stands for, or None when no number is given.
        role: its colour. width_at_rest, opacity_at_rest: how it looks while nothing happens.
        drawn: the share of it that shows. level: how brightly it shines, in [0, 1].
    """

    def __init__(
        self,
        theme: Theme,
        start: FloatArray,
        end: FloatArray,
        role: Role = "edge",
        widths: EdgeWidths | None = None,
    ) -> None:
        self.widths = widths or EdgeWidths()
        super().__init__(theme[role], self.widths.plain)
        self.theme = theme
        self.role: Role = role
        self.start, self.end = np.asarray(start, dtype=float)[:2], np.asarray(end, dtype=float)[:2]
        # A round cap would fill the gaps between dashes.
        self.cap_style = CapStyleType.BUTT
        self.set_z_index(PANEL)
        self.weight: float | None = None
        self.width_at_rest = self.widths.plain
        self.opacity_at_rest = 1.0
        self.drawn, self.level = 1.0, 0.0
        self.show(1.0)

    def set_weight(self, weight: float | None, largest: float = 1.0) -> Self:
        """Take the width and dash of `weight`, where `largest` is the weight that is drawn widest."""
        self.weight = weight
        self.width_at_rest = self.widths.of(weight, largest)
        self.set_stroke(width=self.width_at_rest)
        return self.show(self.drawn)

    @property
    def negative(self) -> bool:
        """Whether the line is dashed."""
        return self.weight is not None and self.weight < 0

    def at(self, share: float | FloatArray) -> FloatArray:
        """Return the point `(2,)` at a share of the way from start to end, or points at shares `(n, 1)`."""
        point: FloatArray = self.start + share * (self.end - self.start)
        return point

    def show(self, share: float) -> Self:
        """Draw this share of the line, from its start."""
        self.drawn = share
        tip = self.at(share)
        if share <= 0:
            return self.set_pieces(np.zeros((0, 2, 2)))
        return self.set_pieces(dashes(self.start, tip) if self.negative else np.array([[self.start, tip]]))

    def aim(self, start: FloatArray, end: FloatArray) -> Self:
        """Run from another place, `(2,)`, to another one, as much of it drawn as before."""
        self.start, self.end = np.asarray(start, dtype=float)[:2], np.asarray(end, dtype=float)[:2]
        return self.show(self.drawn)

    def shine(self, level: float) -> Self:
        """Shine, at 0 as at rest, at 1 wide and bright; what has no colour takes on the active one."""
        self.level = level
        lit = max(_SHINING * self.width_at_rest, self.width_at_rest + _WIDER)
        colour = rgb(self.theme[self.role])
        if self.role == "edge":
            colour = blend(rgb(self.theme["active"]), colour, level)
        self.set_stroke(
            ManimColor(colour),
            width=self.width_at_rest + level * (lit - self.width_at_rest),
            opacity=self.opacity_at_rest + level * (1.0 - self.opacity_at_rest),
        )
        return self

    def draw(self, **options: Any) -> Drive:
        """Return the animation in which the line grows from its start to its end."""
        return Drive(self, self.show, introducer=True, **options)

    def light(self, **options: Any) -> Drive:
        """Return the animation in which the line swells and shines."""
        return self._restroke(max(1.5 * self.width_at_rest, self.width_at_rest + 3.0), 1.0, **options)

    def stand_back(self, **options: Any) -> Drive:
        """Return the animation in which the line stands back."""
        return self._restroke(max(_THIN * self.width_at_rest, 0.9), DIM, **options)

    def _restroke(self, width: float, opacity: float, **options: Any) -> Drive:
        old_width, old_opacity = self.get_stroke_width(), self.get_stroke_opacity()

        def show(t: float) -> None:
            self.set_stroke(
                width=old_width + t * (width - old_width), opacity=old_opacity + t * (opacity - old_opacity)
            )

        return Drive(self, show, **{"run_time": 0.4, **options})


class FaintEdge(Edge, Backdrop):
    """An edge of a crowd: at rest as clear as its weight is large, so that all together stay a web."""

    def set_weight(self, weight: float | None, largest: float = 1.0) -> Self:
        super().set_weight(weight, largest)
        share = 0.5 if weight is None else min(abs(weight) / largest, 1.0) if largest > 0 else 0.0
        self.opacity_at_rest = _FAINTEST + share * (_CLEAREST - _FAINTEST)
        return self.shine(self.level)
