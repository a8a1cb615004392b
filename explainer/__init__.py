"""From a scene and its parameters to finished files: on the command line, and from Python.

    >>> import explainer
    >>> numbers = explainer.compute("relu-folding", gap=0.6)
    >>> numbers.results()["right"]
    200

`render` makes a video, `show` one to look at in a notebook, `still` a picture; `check` returns what the audit
finds, `compute` the numbers alone. What is wrong with the input is raised as UserError, what the machine
failed at as MachineError, each with one line that says what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explainer import own_packages as own_packages
from explainer.errors import ExplainerError, MachineError, UserError

if TYPE_CHECKING:
    from explainer.interface import Finding, Picture, Video, check, compute, render, show, still

__all__ = [
    "ExplainerError",
    "Finding",
    "MachineError",
    "Picture",
    "UserError",
    "Video",
    "check",
    "compute",
    "render",
    "show",
    "still",
]


def __getattr__(name: str) -> Any:
    # Every module of the package begins here: none of them should wait for what it does not use.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from explainer import interface

    return getattr(interface, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
