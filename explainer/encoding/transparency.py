"""What lies behind a translucent picture, taken out of it.

A transparent job is drawn on its theme's page colour at opacity 0: a pixel's colours are those of the
opaque picture, and its alpha tells how much of them is drawing and how much is page.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from scenes.stage.frames import Rgba

Page: TypeAlias = tuple[int, int, int]


def page_of(colour: str) -> Page:
    """Return `#rrggbb` as three numbers from 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def straight(pixels: Rgba, page: Page) -> Rgba:
    """Return a frame `(height, width, 4)` drawn over `page` with straight alpha: the drawing's own colours.

    Where nothing is drawn the page's colour stays, so that an encoder finds no seam at soft edges.
    """
    alpha = pixels[:, :, 3]
    partly = (alpha > 0) & (alpha < 255)
    cleared = pixels.copy()
    share = alpha[partly].astype(np.float32)[:, None] / 255
    behind = np.array(page, np.float32) * (1 - share)
    colours = (pixels[partly][:, :3] - behind) / share
    cleared[partly, :3] = np.clip(np.rint(colours), 0, 255).astype(np.uint8)
    return cleared
