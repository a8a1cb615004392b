"""Still pictures as PNG."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from explainer.encoding.transparency import Page, straight
from scenes.stage.frames import Rgba


def png(pixels: Rgba, page: Page | None = None) -> bytes:
    """Return a frame `(height, width, 4)` as the bytes of a PNG file.

    It is opaque; or, if `page` is given, transparent with that colour taken out of it.
    """
    file = BytesIO()
    shown = pixels[:, :, :3] if page is None else straight(pixels, page)
    Image.fromarray(shown).save(file, "PNG")
    return file.getvalue()
