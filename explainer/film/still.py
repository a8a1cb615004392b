"""A single picture of a video."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from explainer.disk.files import Staging, require_writable
from explainer.encoding.picture import png
from explainer.errors import UserError
from scenes.stage.frames import Rgba


@dataclass(frozen=True, eq=False, repr=False)
class Picture:
    """One picture of a video; it shows itself in a notebook.

    Attributes:
        pixels: `(height, width, 4)`, red, green, blue and opacity, top row first; read-only.
        name: what it shows, such as `relu-folding at separate`.
    """

    pixels: Rgba
    name: str

    def __post_init__(self) -> None:
        # The file and what is shown are made of them.
        self.pixels.setflags(write=False)

    @cached_property
    def png(self) -> bytes:
        """The contents of its PNG file."""
        return png(self.pixels)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it as a PNG file, whole or not at all, and return the file's path.

        The folder is made if it is missing.

        Raises:
            UserError: if the name does not end in `.png`, or nothing can be written there.
        """
        file = Path(path)
        if file.suffix != ".png":
            raise UserError(f"path {str(file)!r}: a picture is saved as PNG; give a name that ends in .png")
        require_writable(file.parent, "folder")
        with Staging(file.parent, (file.name,)) as staging:
            staging.write(file.name, self.png)
            (saved,) = staging.commit()
        return saved

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.array(self.pixels, dtype, copy=copy)

    def __repr__(self) -> str:
        height, width = self.pixels.shape[:2]
        return f"<Picture of {self.name}: {width}×{height}>"

    def _repr_png_(self) -> bytes:
        return self.png
