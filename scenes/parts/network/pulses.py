"""Marks that run along edges, all of a layer as one mobject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scenes.parts.marks.dots import Dots
from scenes.parts.network.edge import Edge
from scenes.parts.plane.view import View, Viewed
from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.style.layout import Region


class Pulses(Dots, Viewed):
    """Marks on edges, one on each, at home in their diagram's region."""

    def __init__(self, colour: str, diameter: float, region: Region) -> None:
        super().__init__(colour, diameter)
        self.view = View(region, region.center[:2], 1.0)
        self.set_z_index(PANEL + 0.5)

    def run(self, edges: Sequence[Edge], *, back: bool = False, **options: Any) -> Drive:
        """Return the animation in which they run along edges at once, `back` from their ends to their starts.

        They come and go with it.
        """
        starts = np.array([edge.end if back else edge.start for edge in edges]).reshape(-1, 2)
        ends = np.array([edge.start if back else edge.end for edge in edges]).reshape(-1, 2)

        def show(share: float) -> None:
            self.set_positions(starts + share * (ends - starts))

        return Drive(self, show, introducer=True, remover=True, **{"run_time": 1.0, **options})
