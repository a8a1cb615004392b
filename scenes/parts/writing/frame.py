"""A rounded frame around one piece of writing after the other."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from manim import Mobject, RoundedRectangle, VMobject

from scenes.stage.depths import PANEL
from scenes.stage.motion import Drive
from scenes.style.theme import Role, Theme

FloatArray = npt.NDArray[np.float64]

_CORNER = 0.08


class Frame(VMobject):
    """A frame around some mobjects.

    Attributes:
        box: left, bottom, right and top of the frame, `(4,)` in scene units.
    """

    def __init__(
        self, theme: Theme, role: Role = "active", *, margin: float = 0.09, width: float = 4.0
    ) -> None:
        """Make a frame that keeps `margin`, in scene units, from what it surrounds."""
        super().__init__(stroke_color=theme[role], stroke_width=width, fill_opacity=0.0)
        self.box = np.zeros(4)
        self.margin = margin
        self.set_z_index(PANEL + 4)

    def stand_around(self, *mobjects: Mobject) -> Self:
        """Stand around the mobjects."""
        return self._show(self._box_of(mobjects))

    def appear_around(self, *mobjects: Mobject, **options: Any) -> Drive:
        """Return the animation in which the frame appears around the mobjects."""
        self.stand_around(*mobjects)
        return Drive(self, lambda t: self.set_stroke(opacity=t), introducer=True, **options)

    def change_to(self, *mobjects: Mobject, **options: Any) -> Drive:
        """Return the animation in which the frame goes out, and lights up around the mobjects.

        It does not slide there: on its way it would cut through letters.
        """
        start, end = self.box, self._box_of(mobjects)

        def show(t: float) -> None:
            self._show(start if t < 0.5 else end)
            self.set_stroke(opacity=abs(2.0 * t - 1.0))

        return Drive(self, show, **options)

    def _show(self, box: FloatArray) -> Self:
        self.box = box
        width, height = max(box[2] - box[0], 1e-3), max(box[3] - box[1], 1e-3)
        corner = min(_CORNER, width / 2.1, height / 2.1)
        outline = RoundedRectangle(corner_radius=corner, width=width, height=height)
        self.set_points(outline.points + np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 0.0]))
        return self

    def _box_of(self, mobjects: tuple[Mobject, ...]) -> FloatArray:
        points = np.concatenate([mobject.get_all_points() for mobject in mobjects])[:, :2]
        return np.concatenate([points.min(axis=0) - self.margin, points.max(axis=0) + self.margin])
