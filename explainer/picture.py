"""Still pictures as PNG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from explainer.frames import Rgba


def png(pixels: Rgba) -> bytes:
    """Return an opaque frame `(height, width, 4)` as the bytes of a PNG file."""
    file = BytesIO()
    Image.fromarray(pixels[:, :, :3]).save(file, "PNG")
    return file.getvalue()
