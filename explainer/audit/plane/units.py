"""Whether equal units are equally long on both axes of a chart that says so."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.audit.drawing import Drawing
from explainer.audit.finding import Fault, pixel_text
from scenes.parts.charts.chart import Chart

_ALIKE = 0.01


def faults(drawing: Drawing) -> Iterator[Fault]:
    """Find charts with `equal_units` on which a unit of x is not as long as one of y."""
    seen = {id(leaf.mobject) for leaf in drawing.leaves}
    for chart, standing in drawing.register.every(Chart):
        if getattr(chart, "equal_units", False) and not seen.isdisjoint(map(id, chart.get_family())):
            across, up = (float(unit) for unit in chart.units)
            if abs(across - up) > _ALIKE * max(across, up):
                how = f"a unit is {pixel_text(across)} along x, {pixel_text(up)} along y"
                yield Fault("unequal units", (f"{standing.name}.x", f"{standing.name}.y"), how)
