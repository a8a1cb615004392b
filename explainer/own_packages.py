"""The packages beside this one are those that it is made for, whatever else lies in a working folder.

`python -m explainer`, a notebook and the workers of a cluster look for modules in their working folder first,
and a folder called `scenes` is nothing odd there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("nnmath", "scenes")


class _BesideThis(MetaPathFinder):
    """Finds these packages beside this one before Python looks anywhere else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(fullname, [str(_ROOT)]) if fullname in _PACKAGES else None


def _require_ours(package: str) -> None:
    """Raise an ImportError if something else was imported under a package's name already."""
    module = sys.modules.get(package)
    if module is None:
        return
    file = getattr(module, "__file__", None)
    if file is None or Path(file).resolve().parents[1] != _ROOT:
        other = file or ", ".join(getattr(module, "__path__", ["?"]))
        raise ImportError(
            f"another {package!r} than nnmath's is imported already ({other});"
            " start Python anew and import explainer before it, or rename that folder"
        )


for _package in _PACKAGES:
    _require_ours(_package)
sys.meta_path.insert(0, _BesideThis())
