"""Every explainer by name: ours and those of other packages, by one road.

A package adds scenes by the entry point group `nnmath.scenes`: the name is the scene's, the value the
module in which its `DEFINITION` stands. Names are known without importing anything; a scene is imported
when it is named.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from scenes.definition import SceneDefinition, definition_in

GROUP = "nnmath.scenes"
OURS = "nnmath"


class CatalogError(ValueError):
    """A scene that cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """A scene as a package announces it.

    Attributes:
        name: the scene's. module: where its definition stands.
        package, version: of the distribution that it comes with.
    """

    name: str
    module: str
    package: str
    version: str

    @property
    def origin(self) -> str:
        return f"{self.package} {self.version}"


@cache
def entries() -> tuple[Entry, ...]:
    """Return what every installed package announces, ours first, each package's in the order of names."""
    found = [
        Entry(point.name, point.value, point.dist.name, point.dist.version)
        for point in importlib.metadata.entry_points(group=GROUP)
        if point.dist is not None
    ]
    return tuple(sorted(found, key=lambda entry: (entry.package != OURS, entry.package, entry.name)))


def names() -> list[str]:
    """Return the names of all explainers, each once; nothing is imported."""
    return list(dict.fromkeys(entry.name for entry in entries()))


def entry(name: str) -> Entry:
    """Return what announces the scene `name`; KeyError if nothing does, CatalogError if two packages do."""
    found = [each for each in entries() if each.name == name]
    if not found:
        raise KeyError(name)
    if len(found) > 1:
        origins = " and by ".join(each.origin for each in found)
        raise CatalogError(f"the scene {name!r} is announced by {origins}; uninstall one of them")
    return found[0]


def definition(name: str) -> SceneDefinition[Any, Any]:
    """Return the definition of the explainer `name`.

    Raises:
        KeyError: if there is none.
        CatalogError: if two packages announce it, or its package fails to import.
    """
    announced = entry(name)
    try:
        found = definition_in(announced.module)
    except Exception as error:
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise CatalogError(f"the scene {name!r} of {announced.origin} cannot be loaded ({why})") from error
    if found.name != name:
        raise CatalogError(
            f"{announced.origin} announces the scene {name!r}, but it is called {found.name!r}"
        )
    return found


def definitions(warn: Callable[[str], object] | None = None) -> list[SceneDefinition[Any, Any]]:
    """Return all definitions: our lessons first, then those of others, each in its order.

    Args:
        warn: told in one line of every scene that cannot be had; without it, that is raised.
    """
    found = []
    for name in names():
        try:
            found.append(definition(name))
        except CatalogError as error:
            if warn is None:
                raise
            warn(str(error))
    return sorted(found, key=_place)


def _place(found: SceneDefinition[Any, Any]) -> tuple[bool, str, int, str, int]:
    announced, lesson = entry(found.name), found.lesson
    foreign = announced.package != OURS
    if lesson is None:
        return foreign, announced.package, 0, "", 0
    scenes = lesson.scenes
    at = scenes.index(found.name) if found.name in scenes else len(scenes)
    return foreign, announced.package, lesson.number, lesson.key, at
