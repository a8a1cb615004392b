"""The line of all inputs with a row of evenly spaced ones on it: a rod that functions bend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import ManimColor, VGroup

from nnmath import FloatArray
from scenes.parts.marks.dots import Dots
from scenes.parts.marks.segments import BackdropSegments, Segments, clipped, polyline
from scenes.parts.plane.view import View, Viewed
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive
from scenes.style.colour import blend, rgb
from scenes.style.theme import Theme

_LARGEST, _SHARE = 0.2, 0.6
_WIDTH = 6.0
_SAMPLES = 161
_GHOST = 0.2
# Manim's stroke widths are hundredths of a scene unit; no pixel is so small as this length.
_WIDTH_PER_UNIT, _NO_LENGTH = 100.0, 4e-4

# Heights `(n,)` over inputs `(n,)`, in data units.
Shape = Callable[[FloatArray], FloatArray]


def flat(inputs: FloatArray) -> FloatArray:
    """The axis itself."""
    return np.zeros_like(inputs)


def unchanged(inputs: FloatArray) -> FloatArray:
    """Every output is its input."""
    return inputs


class BentLine(VGroup, Viewed):
    """The graph of a function as far as it is seen, and the row as marks on it.

    Attributes:
        inputs: of the row, `(n,)`. places: of its marks, `(n, 2)` in data units.
        line, marks: its drawing.
    """

    def __init__(self, view: View, theme: Theme, inputs: FloatArray, shape: Shape) -> None:
        super().__init__()
        self.view, self.theme, self.inputs = view, theme, inputs
        low, high = (float(bound[0]) for bound in view.seen_bounds)
        # 0 is among them, where ReLU has its corner.
        self._along = np.concatenate([np.linspace(low, 0, _SAMPLES)[:-1], np.linspace(0, high, _SAMPLES)])
        self.diameter = min(_LARGEST, _SHARE * float(inputs[1] - inputs[0]) * view.unit)
        self.line = Segments(theme["muted"], _WIDTH).set_z_index(1)
        self.marks = Dots(theme["text"], self.diameter).set_z_index(3)
        self.add(self.line, self.marks)
        self.take(shape)

    def take(self, shape: Shape, *, output: float = 0.0) -> Self:
        """Be the graph of a function, its line so much in the colour of outputs: 0 not at all, 1 wholly."""
        corners = self.view.to_scene(np.column_stack([self._along, shape(self._along)]))
        self.line.set_pieces(clipped(polyline(corners), self.view.seen))
        self.stand(np.column_stack([self.inputs, shape(self.inputs)]))
        start, end = rgb(self.theme["muted"]), rgb(self.theme["active"])
        self.line.set_stroke(ManimColor(blend(end, start, output)))
        return self

    def stand(self, places: FloatArray) -> Self:
        """Put the marks of the row elsewhere, `(n, 2)` in data units."""
        self.places = places
        self.marks.set_positions(self.view.to_scene(places))
        return self

    def bend(self, start: Shape, end: Shape, output: tuple[float, float] = (0, 0), **options: Any) -> Drive:
        """Return the animation in which every point goes straight up or down from one graph to another.

        Args:
            output: how much it has the colour of outputs at the start and at the end.
        """
        first, last = output
        return Drive(
            self,
            lambda t: self.take(lambda x: (1 - t) * start(x) + t * end(x), output=first + t * (last - first)),
            **options,
        )

    def ghost(self) -> LineGhost:
        """Return a faint copy of it as it is now."""
        return LineGhost(self)


class LineGhost(BackdropGroup, Viewed):
    """What is left where a line and its row were; it never moves.

    Attributes:
        line, marks: its drawing; a mark is a line of no length with round ends.
    """

    def __init__(self, bent: BentLine) -> None:
        super().__init__()
        self.view = bent.view
        self.line = BackdropSegments(bent.theme["muted"], _WIDTH).set_pieces(bent.line.pieces)
        self.marks = BackdropSegments(bent.theme["text"], bent.diameter * _WIDTH_PER_UNIT)
        middles = bent.marks.positions[:, None]
        self.marks.set_pieces(np.concatenate([middles, middles + np.array([_NO_LENGTH, 0.0])], axis=1))
        self.add(self.line, self.marks)
        self.set_stroke(opacity=_GHOST)
        self.set_z_index(-0.5)
