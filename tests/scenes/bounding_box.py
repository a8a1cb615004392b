"""The box around what is drawn, as tests of where things stand need it."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from scenes.style.layout import Region


def region_of(mobject: Mobject) -> Region:
    """Return the bounding box of a mobject as a region."""
    left, bottom = mobject.get_corner(np.array([-1.0, -1.0, 0.0]))[:2]
    right, top = mobject.get_corner(np.array([1.0, 1.0, 0.0]))[:2]
    return Region(float(left), float(bottom), float(right), float(top))
