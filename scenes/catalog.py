"""Every explainer by name: ours and those of other packages, by one road.

A package adds scenes by the entry point group `nnmath.scenes`: the name is the scene's, the value the
module in which its `DEFINITION` stands. Names are known without importing anything; a scene is imported
when it is named.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from scenes.definition import SceneDefinition, definition_in

GROUP = "nnmath.scenes"
OURS = "nnmath"

# By what scenes are sorted: whose they are, and where they stand in their lesson.
Place: TypeAlias = tuple[bool, str, int, str, int]


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

    @property
    def ours(self) -> bool:
        return self.package == OURS


class CatalogError(ValueError):
    """A scene that cannot be had; the message says why and what to do.

    Attributes:
        by: those that announce it.
    """

    def __init__(self, message: str, *by: Entry) -> None:
        super().__init__(message)
        self.by = by


@cache
def entries() -> tuple[Entry, ...]:
    """Return what every installed package announces, ours first, each package's in the order of names."""
    found = [
        # What follows a colon would name the object; it is always DEFINITION.
        Entry(point.name, point.value.partition(":")[0].strip(), point.dist.name, str(point.dist.version))
        for point in importlib.metadata.entry_points(group=GROUP)
        # An installation that was cut off may have no name.
        if point.dist is not None and point.dist.name
    ]
    return tuple(sorted(found, key=lambda entry: (not entry.ours, entry.package, entry.name)))


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
        raise CatalogError(f"the scene {name!r} is announced by {origins}; uninstall one of them", *found)
    return found[0]


def announced(found: SceneDefinition[Any, Any]) -> Entry | None:
    """Return what announces a definition; None if it stands in a file of somebody's own."""
    return next((each for each in entries() if (each.name, each.module) == (found.name, found.home)), None)


def definition(name: str) -> SceneDefinition[Any, Any]:
    """Return the definition of the explainer `name`.

    Raises:
        KeyError: if there is none.
        CatalogError: if two packages announce it, or its package fails to import.
    """
    by = entry(name)
    found = loaded(by.module, f"the scene {name!r} of {by.origin}", by)
    if found.name != name:
        raise CatalogError(f"{by.origin} announces the scene {name!r}, but it is called {found.name!r}", by)
    return found


def loaded(module: str, what: str, *by: Entry) -> SceneDefinition[Any, Any]:
    """Return the definition in a module; CatalogError, which begins with `what`, if it cannot be had."""
    with _told_as(what, *by):
        return definition_in(module)


@contextmanager
def _told_as(what: str, *by: Entry) -> Iterator[None]:
    """Turn whatever importing raises into a CatalogError that begins with `what`."""
    try:
        yield
    # A module that ends the program when it is imported would end the list of all others.
    except (Exception, SystemExit) as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise CatalogError(f"{what} cannot be loaded ({why})", *by) from error


def definitions(warn: Callable[[CatalogError], object] | None = None) -> list[SceneDefinition[Any, Any]]:
    """Return all definitions: our lessons first, then those of others, each in its order.

    Args:
        warn: told of every scene that cannot be had; without it, that is raised.
    """
    found: list[tuple[Place, SceneDefinition[Any, Any]]] = []
    for name in names():
        try:
            each = definition(name)
            found.append((_place(each), each))
        except CatalogError as error:
            if warn is None:
                raise
            warn(error)
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _place(found: SceneDefinition[Any, Any]) -> Place:
    by = entry(found.name)
    with _told_as(f"the lesson of the scene {found.name!r} of {by.origin}", by):
        lesson = found.load_lesson()
    if lesson is None:
        return not by.ours, by.package, 0, "", 0
    scenes = lesson.scenes
    at = scenes.index(found.name) if found.name in scenes else len(scenes)
    return not by.ours, by.package, lesson.number, lesson.key, at
