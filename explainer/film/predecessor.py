"""What lies under a video's name when another one takes it: kept in the recipe, or named as replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.errors import UserError
from explainer.film.video import Video
from explainer.jobs.formats import FORMATS
from explainer.request.recipe import Recipe, read_recipe
from explainer.request.wording import shortened

# What may differ between two recipes of which each is as good for the files of the other.
_OF_FILES = {"formats", "max_size", "digest"}
# How fine a video is does not make it another one.
_OF_LOOK = ("theme", "locale", "aspect", "transparent")


@dataclass(frozen=True)
class Predecessor:
    """A finished video, before another one is put in its place.

    Attributes:
        recipe: what it was made from.
        formats: those of the recipe's whose files lie there.
        untouched: whether the recipe is, to the letter, as nnmath writes it.
    """

    recipe: Recipe
    formats: tuple[str, ...]
    untouched: bool

    def joined(self, recipe: Recipe) -> Recipe:
        """Return the recipe of a video put beside these files: with their formats, if it is theirs, too."""
        if not self._is_made_like(recipe):
            return recipe
        formats = tuple(name for name in FORMATS if name in {*self.formats, *recipe.formats})
        most = recipe.max_size if "gif" in recipe.formats or "gif" not in formats else self.recipe.max_size
        return recipe.renewed(formats=formats, max_size=most)

    def alone(self, formats: tuple[str, ...]) -> Recipe | None:
        """Return what `joined` made this recipe from, if it was that of these formats."""
        all_there = set(self.formats) == set(self.recipe.formats)
        if not (self.untouched and all_there and set(formats) < set(self.formats)):
            return None
        most = self.recipe.max_size if "gif" in formats else None
        return self.recipe.renewed(formats=formats, max_size=most)

    def lost_to(self, video: Video) -> str | None:
        """Return in one line what a video replaced that was made otherwise, or None if nothing was."""
        alike = self._is_made_like(video.recipe)
        stale = [] if alike else [name for name in self.formats if name not in video.files]
        # A finer video of the same takes nothing away, unless a file is left that is not as fine.
        differs = _differences(self.recipe, video.recipe, (*_OF_LOOK, "quality") if stale else _OF_LOOK)
        if not self.formats or not (differs or stale):
            return None
        made = f"with {', '.join(differs)}" if differs else "from other data or with other versions"
        place = video.files[next((name for name in self.formats if name in video.files), "json")]
        line = f"{place} replaced (it was made {made}; another --name keeps both)"
        if not stale:
            return line
        left = " and ".join(str(place.with_suffix(f".{name}")) for name in stale)
        return f"{line}; still as before: {left}"

    def _is_made_like(self, recipe: Recipe) -> bool:
        return self.recipe.model_dump(exclude=_OF_FILES) == recipe.model_dump(exclude=_OF_FILES)


def predecessor(folder: Path, stem: str) -> Predecessor | None:
    """Return what lies in a folder under the name of a video; None if there is no recipe of it."""
    path = folder / f"{stem}.json"
    try:
        recipe = read_recipe(path)
        untouched = path.read_bytes() == recipe.renewed().to_json().encode()
    except (UserError, OSError):
        return None
    formats = tuple(name for name in recipe.formats if (folder / f"{stem}.{name}").is_file())
    return Predecessor(recipe, formats, untouched)


def _differences(before: Recipe, after: Recipe, look: Sequence[str]) -> list[str]:
    """Return what of scene, parameters and look was otherwise before, as one would set it again."""
    one, other = before.model_dump(mode="json"), after.model_dump(mode="json")
    if one["scene"] != other["scene"]:
        return [f"scene={one['scene']}"]
    parameters = _changed(one["parameters"], other["parameters"], one["parameters"])
    return [*parameters, *_changed(one, other, look)]


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    changed = [(name, before[name]) for name in names if before[name] != after.get(name)]
    return [f"no {name}" if value is None else f"{name}={_said(value)}" for name, value in changed]


def _said(value: Any) -> str:
    return value if isinstance(value, str) else shortened(value, 40)
