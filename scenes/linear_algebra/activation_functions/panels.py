"""All functions side by side, each with a plane of its own, all to one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from manim import VGroup

from nnmath import FloatArray
from scenes.linear_algebra.activation_functions.bent_line import BentLine, unchanged
from scenes.linear_algebra.activation_functions.numbers import FunctionNumbers
from scenes.parts.plane.plane import Plane
from scenes.parts.plane.view import View
from scenes.stage.motion import Drive
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE, Layout, Region
from scenes.style.theme import Theme

_GAP, _HEADING, _MARGIN = 0.14, 0.62, 0.22


class Panels(VGroup):
    """A plane for every function, under the function's name; the row lies on y = x at first.

    Attributes:
        planes, ghosts, lines, names: of every function.
    """

    def __init__(
        self,
        layout: Layout,
        theme: Theme,
        inputs: FloatArray,
        functions: Sequence[FunctionNumbers],
        corners: FloatArray,
        write: Callable[..., Formula],
    ) -> None:
        """Set up the panels.

        Args:
            corners: data points that every panel shows, `(n, 2)`.
            write: makes a formula of markup, in the scene's theme.
        """
        super().__init__()
        self.functions = functions
        fields, windows = _divided(layout, len(functions))
        fitted = [View.fitting(field, [corners], margin=_MARGIN) for field in fields]
        unit = min(view.unit for view in fitted)
        self.planes, self.ghosts, self.lines, self.names = VGroup(), VGroup(), VGroup(), VGroup()
        for function, window, field in zip(functions, windows, fields, strict=True):
            view = View(field, field.center[:2], unit, window)
            line = BentLine(view, theme, inputs, unchanged)
            self.planes.add(Plane(view, theme))
            self.ghosts.add(line.ghost())
            self.lines.add(line)
            name = write(f"{function.call}(x)", size=FORMULA_SIZE * 1.1, role="active", halo=True)
            self.names.add(name.move_to([field.center[0], field.top + _HEADING / 2, 0.0]))
        self.add(self.planes, self.ghosts, self.lines, self.names)

    def bend(self, **options: Any) -> Drive:
        """Return the animation in which every function bends its line."""

        def show(t: float) -> None:
            for line, function in zip(self.lines, self.functions, strict=True):
                line.take(partial(function.bent, share=t), output=t)

        return Drive(self.lines, show, **options)


def _divided(layout: Layout, count: int) -> tuple[list[Region], list[Region]]:
    """Return where the data of each panel are, and what of the frame it shows.

    The panels stand in a row, or in two where the frame is narrow; together they fill the frame.
    """
    body, frame = layout.body, layout.frame
    a_row = count if layout.panel_flow == "down" else 2
    rows = body.rows(*np.ones(math.ceil(count / a_row)), gap=_GAP)
    fields, windows = [], []
    for k in range(count):
        row, last = rows[k // a_row], min(a_row, count - k // a_row * a_row) - 1
        cell = row.columns(*np.ones(last + 1), gap=_GAP)[k % a_row]
        fields.append(replace(cell, top=cell.top - _HEADING))
        windows.append(
            Region(
                frame.left if k % a_row == 0 else cell.left,
                frame.bottom if row is rows[-1] else row.bottom,
                frame.right if k % a_row == last else cell.right,
                frame.top if row is rows[0] else row.top,
            )
        )
    return fields, windows
