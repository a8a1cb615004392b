"""Where product, layer, sum and plane stand, in every aspect."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scenes.style.layout import Layout, Region, Shade

FloatArray = npt.NDArray[np.float64]

# Where the plane begins beside the layer, in scene units, and how much of the height it has below it: as a
# plane, and as a number line.
_BESIDE, _BELOW = 2.5, {"1:1": (2.5, 1.7), "9:16": (3.2, 2.2)}
_GAP = 0.45
# The most of the width that the product may take from the diagram, and in a square.
_WIDEST_PRODUCT, _IN_SQUARE = 0.49, 0.5
# What the product takes of the height where it stands over the diagram: at least, and at most, with and
# without a plane below.
_LEAST_UPPER, _UPPER_BY_PLANE, _UPPER = 0.32, 0.38, 0.43


@dataclass(frozen=True)
class Regions:
    """The parts of one picture.

    Attributes:
        product, diagram: for the product W x, and for the layer. line: for the sum under both.
        plane: what landing places keep within, or None where there is no plane.
        shade: the veil under everything but the plane.
        title: where the title stands.
    """

    product: Region
    diagram: Region
    line: Region
    plane: Region | None
    shade: Shade
    title: Region

    @classmethod
    def of(cls, layout: Layout, *, product: FloatArray, line_height: float, plane: int) -> Regions:
        """Divide the frame.

        Args:
            product: width and height of the product where nothing shrinks it. line_height: of the sum.
            plane: its dimensions, 2 for the plane and 1 for a line; 0 if it is not in the picture.
        """
        body, title, beside = layout.body, layout.title, layout.panel_flow == "down"
        world, floor = None, layout.caption_shade.whole.top - 0.1
        if plane and beside:
            world = Region(_BESIDE + 0.3, floor, layout.text_safe.right, layout.text_safe.top)
            body = replace(body, right=_BESIDE)
        elif plane:
            top = body.bottom + _BELOW[layout.aspect][2 - plane]
            world = Region(layout.text_safe.left, floor, layout.text_safe.right, top)
            body = replace(body, bottom=top + 0.3)
        line = replace(body, top=body.bottom + line_height)
        upper = replace(body, bottom=line.top + 0.15)
        if beside or (plane and layout.aspect == "1:1"):
            widest = _WIDEST_PRODUCT if beside else _IN_SQUARE
            share = min(float(product[0]) / (upper.width - _GAP), widest)
            left, diagram = upper.columns(share, 1 - share, gap=_GAP)
        else:
            height = float(product[1]) * min(1.0, upper.width / float(product[0]))
            most = _UPPER_BY_PLANE if plane else _UPPER
            share = float(np.clip(height / (upper.height - _GAP), _LEAST_UPPER, most))
            left, diagram = upper.rows(share, 1 - share, gap=_GAP)
        # It has thinned out where the plane's own things begin.
        edge = body.right - 0.55 if beside else body.bottom
        right = _BESIDE if world is not None and beside else layout.body.right
        shade = layout.panel_shade_to(edge) if world is not None else layout.panel_shade
        return cls(left, diagram, line, world, shade, replace(title, right=right))
