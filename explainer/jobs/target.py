"""What is named to be shown: a scene of the catalogue or of one's own file, and one of its presets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.errors import UserError, unknown
from scenes import catalog, own
from scenes.definition import SceneDefinition


@dataclass(frozen=True)
class Target:
    """A scene and one of its presets, and whether the preset was named."""

    definition: SceneDefinition[Any, Any]
    preset: str
    named: bool

    @property
    def stem(self) -> str:
        return f"{self.definition.name}-{self.preset}" if self.named else self.definition.name


def parse_target(given: str, folder: Path = Path()) -> Target:
    """Read `SCENE`, `SCENE@PRESET`, or either with a file of one's own in place of the scene's name.

    Args:
        given: what was said.
        folder: where a file's name counts from.

    Raises:
        UserError: with the nearest name for what does not exist; or if a scene cannot be loaded.
    """
    if own.is_place(given.partition("@")[0]) or own.is_place(given):
        # A folder's name may hold the sign, too.
        whole = (folder / given).exists()
        scene, at, preset = (given, "", "") if whole else _cut_last(given)
        definition = scene_at(folder / scene)
    else:
        scene, at, preset = given.partition("@")
        definition = scene_named(scene)
    if not at:
        return Target(definition, definition.default_preset, named=False)
    if preset not in definition.presets:
        raise unknown(f"preset of {scene}", preset, definition.presets)
    return Target(definition, preset, named=True)


def scene_named(name: str) -> SceneDefinition[Any, Any]:
    """Return the definition of a scene; UserError if there is none, or it cannot be had."""
    try:
        return catalog.definition(name)
    except KeyError:
        raise unknown("scene", name, catalog.names()) from None
    except catalog.CatalogError as error:
        raise UserError(str(error)) from error


def scene_at(place: Path) -> SceneDefinition[Any, Any]:
    """Return the definition in a file or folder of one's own; UserError if it cannot be had."""
    try:
        return own.definition_at(place)
    except catalog.CatalogError as error:
        raise UserError(str(error)) from error


def every_target(warn: Callable[[str], object] = lambda message: None, option: str = "--all") -> list[Target]:
    """Return every preset of every scene, in the catalogue's order.

    Args:
        warn: told in one line of every scene of another package that cannot be had.
        option: what asked for them.

    Raises:
        UserError: if one of ours cannot be had.
    """

    def leave_out(error: catalog.CatalogError) -> None:
        if any(each.ours for each in error.by):
            raise UserError(f"{option}: {error}") from error
        warn(str(error))

    definitions = catalog.definitions(leave_out)
    return [Target(each, preset, named=True) for each in definitions for preset in each.presets]


def targets_of_lesson(key: str, warn: Callable[[str], object] = lambda message: None) -> list[Target]:
    """Return every preset of a lesson's scenes, in the order in which the lesson plays them.

    Args:
        key: what the lesson is called.
        warn: as for `every_target`.

    Raises:
        UserError: if no scene belongs to such a lesson, or one of ours cannot be had.
    """
    placed: dict[str, list[tuple[int, Target]]] = {}
    for target in every_target(warn, "--lesson"):
        lesson = target.definition.load_lesson()
        if lesson is not None:
            place = lesson.place_of(target.definition.name, target.preset)
            placed.setdefault(lesson.key, []).append((place, target))
    if key not in placed:
        raise unknown("lesson", key, placed)
    return [target for _, target in sorted(placed[key], key=lambda pair: pair[0])]


def _cut_last(given: str) -> tuple[str, str, str]:
    scene, at, preset = given.rpartition("@")
    return (scene, at, preset) if at else (given, "", "")
