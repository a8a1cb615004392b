"""A scene in a file of somebody's own, named by its place: a module, or a folder that is a package."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from scenes import catalog
from scenes.catalog import CatalogError
from scenes.definition import SceneDefinition

# A folder may be the one that the house itself stands in.
_NEVER_FORGOTTEN = ("nnmath", "scenes", "explainer", "__main__")


# By their files; as lasting as what Python has imported.
_loaded: dict[Path, SceneDefinition[Any, Any]] = {}
# When all that was imported from a folder was as its files are: nanoseconds of the clock that dates files.
_current: dict[Path, int] = {}


def is_place(given: str) -> bool:
    """Tell whether what is given as a scene means a file or folder rather than a scene's name."""
    return given.endswith(".py") or "/" in given or os.sep in given


def definition_at(place: Path) -> SceneDefinition[Any, Any]:
    """Import the definition at a place, anew if its files have changed since.

    Args:
        place: a module that holds it; or a folder whose `numbers.py` does, or the `drawing.py` beside that.

    Raises:
        CatalogError: if there is none, Python has another module of that name, importing it fails, or another
            scene has the same name.
    """
    file = _file_at(place)
    root, module = _import_name(file, place)
    _require_free(module, root, place)
    if str(root) not in sys.path:
        # At the end: nothing that lies there may take the place of what is installed.
        sys.path.append(str(root))
    now = time.time_ns()
    if _changed_since(_current.get(root, now), root):
        _forget(root)
    _current[root] = now
    if file not in _loaded:
        importlib.invalidate_caches()
        found = catalog.loaded(module, str(place))
        _require_sole(found, place)
        _loaded[file] = found
    return _loaded[file]


def definitions() -> dict[str, SceneDefinition[Any, Any]]:
    """Return the definitions of all files that were named so far, by scene."""
    return {found.name: found for found in _loaded.values()}


def place_of(definition: SceneDefinition[Any, Any]) -> Path:
    """Return the file of a definition."""
    return Path(str(sys.modules[definition.home].__file__))


def name_of(definition: SceneDefinition[Any, Any]) -> str:
    """Return the file of a definition as seen from where it is imported, such as `stretch/numbers.py`."""
    steps = definition.home.count(".")
    return Path(*place_of(definition).parts[-1 - steps :]).as_posix()


def _file_at(place: Path) -> Path:
    file = place.resolve()
    if file.is_dir():
        if not (file / "numbers.py").is_file():
            raise CatalogError(f"{place}: the folder has no numbers.py; name the file that holds DEFINITION")
        return file / "numbers.py"
    if not file.is_file():
        raise CatalogError(f"{place}: there is no such file")
    # The drawing knows the definition too, but importing it costs the time that Manim takes.
    beside = file.with_name("numbers.py")
    return beside if file.name == "drawing.py" and beside.is_file() else file


def _import_name(file: Path, place: Path) -> tuple[Path, str]:
    """Return the folder from which Python imports a file, and the dotted name under which it does."""
    steps, folder = [file.stem], file.parent
    while (folder / "__init__.py").is_file():
        steps.insert(0, folder.name)
        folder = folder.parent
    for step in steps:
        if "." in step or file.suffix != ".py":
            raise CatalogError(f"{place}: Python cannot import {step!r}; name it with letters, digits and _")
    return folder, ".".join(steps)


def _require_free(module: str, root: Path, place: Path) -> None:
    """Raise a CatalogError if Python would find something else by the first step of a module's name."""
    top, dot, _ = module.partition(".")
    own = root / top / "__init__.py" if dot else root / f"{top}.py"
    try:
        spec = importlib.util.find_spec(top)
    except ValueError:
        # Such as __main__, which was found by nobody.
        raise CatalogError(f"{place}: Python has a {top!r} of its own; rename it") from None
    if spec is None or spec.origin is None:
        return
    other = Path(spec.origin)
    if not other.is_file() or not other.samefile(own):
        remedy = "rename the folder" if dot else "rename it, or put an empty __init__.py beside it"
        raise CatalogError(f"{place}: Python has another {top!r} already ({other}); {remedy}")


def _require_sole(found: SceneDefinition[Any, Any], place: Path) -> None:
    announced = {each.module: each.origin for each in catalog.entries() if each.name == found.name}
    own = {each.home: str(place_of(each)) for each in definitions().values() if each.name == found.name}
    for module, origin in (announced | own).items():
        if module != found.home:
            raise CatalogError(
                f"{place} calls its scene {found.name!r}, as does {origin}; give it another name"
            )


def _changed_since(instant: int, root: Path) -> bool:
    for module in _modules_in(root).values():
        try:
            if Path(str(module.__file__)).stat().st_mtime_ns > instant:
                return True
        except OSError:
            return True
    return False


def _forget(root: Path) -> None:
    """Let all that was imported from a folder be imported anew."""
    for name in _modules_in(root):
        del sys.modules[name]
    for file in [file for file in _loaded if file.is_relative_to(root)]:
        del _loaded[file]


def _modules_in(root: Path) -> dict[str, ModuleType]:
    """Return the imported modules that lie in a folder, or in a package there; none of the house's own."""
    found = {}
    for name, module in list(sys.modules.items()):
        top = name.partition(".")[0]
        file = getattr(sys.modules.get(top), "__file__", None)
        if file is None or getattr(module, "__file__", None) is None or top in _NEVER_FORGOTTEN:
            continue
        place = Path(file)
        if root == (place.parents[1] if place.name == "__init__.py" else place.parent):
            found[name] = module
    return found
