"""The versions of everything that changes what is drawn."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

# What draws, computes or encodes: another version of any of these may give another picture.
_LIBRARIES = (
    "nnmath",
    "manim",
    "manimpango",
    "pycairo",
    "typst",
    "svgelements",
    "pillow",
    "numpy",
    "scipy",
    "av",
    "fontpkg-source-sans-3",
    "noto-cjk-sans-otc",
)


def versions(*more: str) -> dict[str, str]:
    """Return the versions of Python, of every library that changes what is drawn, and of `more` packages."""
    libraries = [library for library in dict.fromkeys((*_LIBRARIES, *more)) if library != "python"]
    return {"python": platform.python_version(), **{library: _version(library) for library in libraries}}


@cache
def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"
