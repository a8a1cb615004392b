"""Outlines and words drawn over a finished frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from scenes.stage.frames import Rgba
from scenes.style.fonts import font_files
from scenes.style.layout import Region
from scenes.style.theme import Role, Theme

_COLOURS: tuple[Role, ...] = ("wrong", "active")
# In pixels of a picture 720 pixels high.
_AROUND, _LINE, _LETTERS, _PADDING = 4, 2, 20, 5
_WEIGHT = 400


def marked(pixels: Rgba, frame: Region, boxes: Sequence[Region], words: str, theme: Theme) -> Rgba:
    """Return a frame `(height, width, 4)` with boxes outlined and words beside them.

    Args:
        frame: what the picture shows. boxes: what is outlined. Both in scene units.
    """
    picture = Image.fromarray(pixels[:, :, :3].copy())
    pen = ImageDraw.Draw(picture)
    unit = picture.width / frame.width
    corners = [
        (
            (box.left - frame.left) * unit - _AROUND,
            (frame.top - box.top) * unit - _AROUND,
            (box.right - frame.left) * unit + _AROUND,
            (frame.top - box.bottom) * unit + _AROUND,
        )
        for box in boxes
    ]
    for k, corner in enumerate(corners):
        pen.rectangle(corner, outline=theme[_COLOURS[k % len(_COLOURS)]], width=_LINE)
    font = ImageFont.truetype(str(font_files()[0]), _LETTERS)
    # The variable font begins with its thinnest weight.
    font.set_variation_by_axes([_WEIGHT])
    left, top, right, bottom = pen.textbbox((0, 0), words, font=font)
    width, height = right - left + 2 * _PADDING, bottom - top + 2 * _PADDING
    x, y = _beside(corners, width, height, picture.width, picture.height)
    pen.rectangle((x, y, x + width, y + height), fill=theme["surface"], outline=theme[_COLOURS[0]])
    pen.text((x + _PADDING - left, y + _PADDING - top), words, font=font, fill=theme["text"])
    opaque = np.full((*pixels.shape[:2], 1), 255, dtype=pixels.dtype)
    return np.concatenate([np.asarray(picture), opaque], axis=2)


def _beside(
    corners: Sequence[tuple[float, float, float, float]], width: float, height: float, across: int, down: int
) -> tuple[float, float]:
    """Return the upper left corner of words below all boxes, or above them if there is no room below."""
    if not corners:
        return _PADDING, _PADDING
    x = min(max(min(corner[0] for corner in corners), 0.0), max(across - width - 1, 0.0))
    below, above = max(corner[3] for corner in corners), min(corner[1] for corner in corners)
    if below + _PADDING + height < down:
        return x, below + _PADDING
    return x, max(above - _PADDING - height, 0.0)
