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
    return {name: _version(name) for name in dict.fromkeys(("python", *_LIBRARIES, *more))}


@cache
def _version(name: str) -> str:
    if name == "python":
        return platform.python_version()
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
