"""Where neuron, level and curve stand, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.style.layout import Layout, Region

# What stands below the curve's axis: its numbers and the sum.
_ROWS = 1.25
# Where the diagram ends beside the curve, and how high it is above it, by aspect.
_EDGE = -0.35
_UPPER = {"1:1": 2.35, "9:16": 3.75}
# In a square, so many inputs need more of it.
_MANY, _UPPER_MANY = 4, 2.85
# How far a square's title goes, which has the formula on its line.
_TITLE = 0.2


@dataclass(frozen=True)
class Composition:
    """The parts of the picture in which one output is computed.

    Attributes:
        diagram: the neuron and its inputs.
        curve: what the curve keeps within; numbers stand below it.
        formula: one line.
        title: what is left for the title.
        radius: of the neuron.
    """

    diagram: Region
    curve: Region
    formula: Region
    title: Region
    radius: float

    @classmethod
    def of(cls, layout: Layout, count: int) -> Composition:
        """Divide the frame for so many inputs: side by side if it is wide, else one above the other."""
        body, safe, title = layout.body, layout.text_safe, layout.title
        if layout.panel_flow == "down":
            return cls(
                diagram=Region(safe.left, body.bottom + 0.1, _EDGE, 2.75),
                curve=Region(0.1, body.bottom + _ROWS, safe.right - 0.15, 2.3),
                formula=Region(_EDGE, 2.85, safe.right, safe.top),
                title=replace(title, right=_EDGE - 0.3),
                radius=1.1,
            )
        square = layout.aspect == "1:1"
        edge = body.top - (_UPPER_MANY if square and count > _MANY else _UPPER[layout.aspect])
        formula = Region(safe.left, edge - 0.55, safe.right, edge - 0.05)
        if square:
            formula = Region(_TITLE + 0.2, title.bottom, safe.right, title.top)
        return cls(
            diagram=Region(safe.left, edge, safe.right, body.top),
            curve=Region(
                safe.left + 0.1,
                body.bottom + _ROWS,
                safe.right - 0.15,
                (edge if square else formula.bottom) - 0.25,
            ),
            formula=formula,
            title=replace(title, right=_TITLE) if square else title,
            radius=0.75 if square else 1.0,
        )
