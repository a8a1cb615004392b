"""What a mobject can be to the camera and to the audit, apart from its looks."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, TypeAlias

import cairo
from manim import Camera, VGroup, VMobject

from scenes.style.layout import Region

Context: TypeAlias = "cairo.Context[Any]"


class Drawn(VMobject):
    """A mobject that knows a shorter way onto the picture than Manim, which traces and fills every curve."""

    @abstractmethod
    def draw_on(self, camera: Camera, context: Context) -> None:
        """Draw it as the camera's colours and widths say; the context maps scene units to pixels."""


class Backdrop:
    """What may be faint, and may have writing on it: the audit lets it and all that it holds alone."""


class Flying:
    """What may pass over things at rest for an instant, such as a number on its way on a rim of its own."""


class Bounded:
    """What keeps its points within bounds of its own wherever the stage is, such as a chart."""

    bounds: Region


class BackdropGroup(VGroup, Backdrop):
    """Mobjects that are a backdrop, whatever they are elsewhere."""
