"""The colours of the classes run out of the data: what is left are points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup

from scenes.parts.marks.dots import Dots
from scenes.parts.plane.view import View, Viewed
from scenes.stage.motion import Drive
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]


class Drain(VGroup, Viewed):
    """All points alike, round and grey, which take the place of the coloured ones from left to right.

    Attributes:
        grey: the points that have lost their class.
    """

    def __init__(self, view: View, theme: Theme, clouds: Sequence[Dots]) -> None:
        super().__init__()
        self.view, self._clouds = view, tuple(clouds)
        self._places = [cloud.positions.copy() for cloud in clouds]
        self._all = np.concatenate(self._places)
        self.grey = Dots(theme["muted"], clouds[0].diameter).set_z_index(clouds[0].z_index)
        self.add(self.grey)
        self.show(0.0)

    def front(self, share: float) -> float:
        """Return how far from the left the colours have gone, in scene units."""
        low, high = float(self._all[:, 0].min()), float(self._all[:, 0].max())
        # All of them at the end, and none at the start.
        return low + share * (high - low) * (1 + 1e-9) + (1e-9 if share >= 1.0 else -1e-9)

    def show(self, share: float) -> None:
        """Take the colours from this share of the way."""
        front = self.front(share)
        self.grey.set_positions(self._all[self._all[:, 0] < front])
        for cloud, places in zip(self._clouds, self._places, strict=True):
            cloud.set_positions(places[places[:, 0] >= front])

    def run(self, also: Callable[[float], object], **options: Any) -> Drive:
        """Return the animation in which the colours go; `also` is told the front at every instant."""

        def show(share: float) -> None:
            self.show(share)
            also(self.front(share))

        return Drive(VGroup(self, *self._clouds), show, introducer=True, **options)
