"""The versions of everything that changes what is drawn."""

from __future__ import annotations

import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

# What draws, computes or encodes: another version of any of these may give another picture.
_LIBRARIES = (
    "nnmath",
    "manim",
    "manimpango",
    "pycairo",
    "typst",
    "svgelements",
    "contourpy",
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


def with_requirements(package: str | None) -> tuple[str, ...]:
    """Return a package and what it says that it needs itself, extras apart; nothing for None."""
    if package is None:
        return ()
    needed = [each for each in requires(package) or () if "extra ==" not in each]
    names = [name[0] for each in needed if (name := re.match(r"[A-Za-z0-9._-]+", each))]
    return (package, *names)


@cache
def _version(name: str) -> str:
    if name == "python":
        return platform.python_version()
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
