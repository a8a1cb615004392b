"""What colour a surface has: how high it stands, in the light from one side; free of Manim."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.parts.surface.relief import Relief
from scenes.style.colour import blend, rgb
from scenes.style.theme import Theme

FloatArray = npt.NDArray[np.float64]

# The light comes from the west and the south, and from above.
_LIGHT = np.array([-0.62, 0.1, 0.78])
# How dark the side away from the light becomes on a dark page, and how much of the page it takes on on a
# light one.
_SHADE = 0.5


def shades(relief: Relief, theme: Theme) -> FloatArray:
    """Return the colour of every corner of the mesh, `(m, n, 3)` in [0, 1].

    Valleys have the page's colour with a hint of what is active, heights that of loss.
    """
    height = relief.heights(relief.losses)[..., None]
    page, loss, active = (rgb(theme[role]) for role in ("background", "loss", "active"))
    dark = page.mean() < 0.5
    valley = blend(active, page, 0.13 if dark else 0.22)
    peak = blend(loss, page, 0.72 if dark else 0.92)
    share = height ** (1.0 if dark else 1.15)
    colour = valley + share * (peak - valley)
    light = np.clip(relief.normals @ (_LIGHT / np.linalg.norm(_LIGHT)), 0.0, 1.0)[..., None]
    if dark:
        lit: FloatArray = colour * (1.0 - _SHADE + _SHADE * 1.45 * light)
    else:
        lit = page + (colour - page) * (1.0 + _SHADE - _SHADE * 1.25 * light)
    return np.clip(lit, 0.0, 1.0)
