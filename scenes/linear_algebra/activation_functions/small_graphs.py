"""All functions' graphs side by side, drawn to one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from manim import VGroup

from scenes.linear_algebra.activation_functions.numbers import FunctionNumbers
from scenes.parts.charts.chart import Chart, Curve
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE, Region
from scenes.style.theme import Theme

# Room for the name above a graph, and what parts graphs, in rows and in columns.
_HEADING, _APART, _ASIDE = 0.5, 0.35, 0.4


class SmallGraphs(VGroup):
    """A graph for every function under its name, in two rows."""

    def __init__(
        self,
        region: Region,
        theme: Theme,
        like: Chart,
        functions: Sequence[FunctionNumbers],
        write: Callable[..., Formula],
    ) -> None:
        """Draw every function as the chart `like` shows it; `write` makes a formula of markup."""
        super().__init__()
        a_row = [1.0] * math.ceil(len(functions) / 2)
        cells = [
            cell for row in region.rows(1.0, 1.0, gap=_APART) for cell in row.columns(*a_row, gap=_ASIDE)
        ]
        for function, cell in zip(functions, cells, strict=False):
            name = write(function.call, size=LABEL_SIZE)
            name.move_to([cell.center[0], cell.top - name.height / 2, 0.0])
            plot = Region(cell.left, cell.bottom, cell.right, cell.top - _HEADING)
            chart = Chart(plot, theme, like.x_range, like.y_range)
            self.add(VGroup(chart, Curve(chart, function.curve, theme["active"], width=5.0), name))
