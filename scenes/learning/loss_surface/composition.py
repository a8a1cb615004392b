"""Where the surface, the diagrams and the numbers stand, in every aspect, and from where it is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnmath import FloatArray
from scenes.parts.surface.relief import Relief
from scenes.parts.surface.viewpoint import ABOVE, Viewpoint
from scenes.style.layout import Layout, Region

# Seen along the saddle, so that both valleys lie open.
_AZIMUTH = np.pi / 4
_ELEVATIONS = np.radians(np.arange(42.0, 61.0, 2.0)).tolist()
# Where name, updates, passes and loss begin in one line, as shares of its width.
_COLUMNS = (0.115, 0.345, 0.58, 0.82)
# How much of the stage's half what happens reaches on the map.
_FILLED = 0.95


@dataclass(frozen=True)
class Composition:
    """The frame divided.

    Attributes:
        stage: free of veils; what walks keeps within it. window: where the ground is seen.
        space: what the whole surface fills, seen from the side.
        front: what the curve alone fills, seen from the front.
        first, second: where the two diagrams stand. entries: where three walks are told of.
        columns: where the parts of what is told of a walk begin in one line, or None for one below the other.
    """

    stage: Region
    window: Region
    space: Region
    front: Region
    first: Region
    second: Region
    entries: tuple[Region, ...]
    columns: tuple[float, ...] | None

    @classmethod
    def of(cls, layout: Layout) -> Composition:
        stage, panel, frame = layout.stage, layout.panel, layout.frame
        floor = layout.caption_shade.solid.top
        if layout.panel_flow == "down":
            first, second = panel.rows(1, 1, gap=0.25)
            return cls(
                stage=stage,
                window=replace(frame, left=panel.right, bottom=floor),
                space=Region(-2.85, -2.7, 7.0, 4.5),
                front=Region(-1.6, -1.9, 6.4, 3.0),
                first=first,
                second=second,
                entries=panel.rows(1, 1, 1, gap=0.1),
                columns=None,
            )
        first, second = panel.columns(1, 1, gap=0.35)
        return cls(
            stage=stage,
            window=replace(frame, top=panel.bottom, bottom=floor),
            space=stage.inset(-0.2, -0.4),
            front=Region(stage.left + 0.3, stage.bottom + 0.5, stage.right - 0.3, stage.top - 0.3),
            first=first,
            second=second,
            entries=panel.rows(1, 1, 1, gap=0.0),
            columns=_COLUMNS,
        )

    def map_unit(self, reach: float) -> float:
        """Return the scene units to one of weight on a map on which so much, either way, is on the stage."""
        return _FILLED * min(self.stage.width, self.stage.height) / 2 / reach

    def ground(self, reach: float) -> tuple[FloatArray, FloatArray]:
        """Return the weights `(2,)` in the corners of the ground that fills the window as a map."""
        unit, middle = self.map_unit(reach), self.stage.center[:2]
        window = self.window
        low, high = np.array([window.left, window.bottom]), np.array([window.right, window.top])
        return (low - middle) / unit, (high - middle) / unit

    def above(self, relief: Relief, reach: float) -> Viewpoint:
        """Return the viewpoint from which the ground is a map."""
        unit = self.map_unit(reach)
        return Viewpoint(0.0, ABOVE, unit, self.stage.center[:2] + unit * relief.middle)

    def aside(self, relief: Relief, shown: FloatArray) -> Viewpoint:
        """Return the lowest viewpoint aside from which world points `(k, 3)` on the ground are all seen."""
        for elevation in _ELEVATIONS:
            viewpoint = Viewpoint(_AZIMUTH, elevation, 1.0, np.zeros(2))
            if not relief.hidden(shown, viewpoint).any():
                break
        return self._holding(_AZIMUTH, elevation, self.space, relief.corners)

    def before(self, relief: Relief) -> Viewpoint:
        """Return the viewpoint from which a curve along the first weight is upright."""
        return self._holding(0.0, 0.0, self.front, relief.corners)

    @staticmethod
    def _holding(azimuth: float, elevation: float, box: Region, points: FloatArray) -> Viewpoint:
        begun = Viewpoint(azimuth, elevation, 1.0, np.zeros(2))
        low, high = np.array([box.left, box.bottom]), np.array([box.right, box.top])
        return begun.holding(low, high, points.reshape(-1, 3))
