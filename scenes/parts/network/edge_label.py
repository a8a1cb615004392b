"""What is written on an edge, on a small card of the page's colour that keeps the lines off."""

from __future__ import annotations

from manim import RoundedRectangle, VGroup

from scenes.parts.writing.placing import Obstacle, boxes_of
from scenes.stage.depths import PANEL
from scenes.stage.writing import Formula
from scenes.style.layout import LABEL_SIZE
from scenes.style.theme import Role, Theme

_MARGIN = 0.05


class EdgeLabel(VGroup):
    """A formula and the card behind it."""

    def __init__(
        self,
        markup: str,
        theme: Theme,
        role: Role = "edge",
        *,
        size: float = LABEL_SIZE,
    ) -> None:
        super().__init__()
        self.formula = Formula(markup, theme, size=size, role=role, halo=True)
        self.backing = RoundedRectangle(
            corner_radius=_MARGIN,
            width=self.formula.width + 2 * _MARGIN,
            height=self.formula.height + 2 * _MARGIN,
            stroke_width=0,
            fill_color=theme["background"],
            fill_opacity=1.0,
        ).move_to(self.formula)
        self.backing.set_z_index(PANEL + 3.5)
        self.formula.set_z_index(PANEL + 4)
        self.add(self.backing, self.formula)

    def touches(self, other: EdgeLabel) -> bool:
        """Tell whether the two labels' cards overlap."""
        return bool(Obstacle(boxes_of([self])).crowding(boxes_of([other]))[0])
