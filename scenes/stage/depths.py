"""What lies over what: the world with its data, the veils over it, and over these all that is read."""

from __future__ import annotations

from typing import TypeVar

from manim import Mobject

M = TypeVar("M", bound=Mobject)

# Everything in the world stands below this, at depths of its own from -4 to 7.
VEIL = 7.5
# Diagrams, tables and writing over a veil. They change most often, and what lies below need not be redrawn.
PANEL = 8.0


def over_veil(mobject: M) -> M:
    """Raise a picture with depths of its own, and all that it holds now, over the veils."""
    for member in mobject.get_family():
        member.set_z_index(member.z_index + PANEL, family=False)
    return mobject
