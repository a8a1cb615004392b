"""The scene that a recipe is about, which may have come from elsewhere and not be here.

A recipe comes from anybody: what it names is looked for among what is here, and never fetched or imported.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from explainer.errors import UserError, unknown
from explainer.jobs.target import scene_at, scene_named
from explainer.request.recipe import Recipe
from scenes import catalog, own
from scenes.definition import SceneDefinition

_VERSION = re.compile(r"[\w.+!-]{1,40}")


def scene_of(recipe: Recipe) -> SceneDefinition[Any, Any]:
    """Return the definition of a recipe's scene; UserError that says what to do if it is not here."""
    if recipe.file is not None:
        found = own.definitions().get(recipe.scene)
        if found is None:
            raise UserError(
                f"the scene {recipe.scene!r} stood in a file of somebody's own;"
                f" if you trust it, name it as well: nnmath render RECIPE FOLDER/{recipe.file}"
            )
        return scene_at(own.place_of(found))
    package = recipe.package or catalog.OURS
    announced = [each for each in catalog.entries() if each.name == recipe.scene]
    if any(_plain(each.package) == _plain(package) for each in announced):
        return scene_named(recipe.scene)
    if package == catalog.OURS:
        raise unknown("scene", recipe.scene, [each.name for each in catalog.entries() if each.ours])
    raise UserError(_remedy(recipe, package))


def _remedy(recipe: Recipe, package: str) -> str:
    then = recipe.versions.get(package, "")
    then = then if _VERSION.fullmatch(then) else ""
    came = f"the scene {recipe.scene!r} came with the package {package}{f' {then}' if then else ''}"
    try:
        here = version(package)
    except PackageNotFoundError:
        return f"{came}, which is not installed; pip install {package}, if you trust it"
    exactly = f"{package}=={then}" if then else f"another {package}"
    return f"{came}, but {package} {here}, which is installed, has none; install {exactly}, if you trust it"


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
