"""A project file: the videos of a lesson, in order, with what they have in common."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from explainer.errors import UserError, one_line
from explainer.jobs.look import Wishes
from explainer.request.toml import read_toml
from explainer.request.wording import shortened, wrong_with
from scenes import catalog

TEMPLATE = """\
# A lesson: the videos that `nnmath render --project` makes of this file, in this order.
# Each one is a scene and a preset; `nnmath list` names them, `nnmath show SCENE` explains the parameters.

# What holds for every video that does not say otherwise.
[defaults]
theme = "dark"            # as the page is: dark or light
locale = "en"             # the language: en, zh-Hant or zh-Hans
quality = "hd"            # draft, preview, hd or uhd
# aspect = "16:9"
# size = "1200x628"       # in pixels, in place of the quality's; the nearest aspect is laid out
# fps = 30                # frames a second, in place of the quality's: a multiple of 5
# formats = ["mp4", "gif"]
# max_size = "2MB"        # of a gif

[[video]]
scene = "two-curves@easy"
name = "1-two-curves"     # of its files; without it, scene and preset

[[video]]
scene = "two-curves@hard"
name = "2-two-curves-closer"
theme = "light"
[video.parameters]        # these come before the preset's; a data file is sought from this file's folder
gap = 0.6
"""
_A_VIDEO = 'scene = "two-curves"'
# What may stand behind a key, as one writes it.
_EXAMPLES: Mapping[str, str] = {
    "theme": '"light"',
    "locale": '"zh-Hant"',
    "aspect": '"1:1"',
    "quality": '"preview"',
    "size": '"1200x628"',
    "fps": "30",
    "formats": '["mp4", "gif"]',
    "transparent": "true",
    "max_size": '"2MB"',
    "scene": '"two-curves"',
    "name": '"1-two-curves"',
    "parameters": "{gap = 0.6}",
    "defaults": "[defaults]",
}


class ProjectWishes(Wishes):
    """What a project file says of a look, in its own spelling."""

    @staticmethod
    def spelling(wish: str) -> str:
        return wish


class ProjectVideo(ProjectWishes):
    """One entry: which scene, with which parameters, under which name, and where it differs in its look."""

    scene: str
    name: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)


class ProjectTables(BaseModel):
    """A project file as TOML has it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    defaults: ProjectWishes = ProjectWishes()
    video: list[ProjectVideo] = Field(min_length=1)


@dataclass(frozen=True)
class ProjectEntry:
    """One video of a project.

    Attributes:
        place: where in the file it stands, for messages.
        folder: that of the file, from which the names of data files in it hold.
        look: what the file wishes of all its videos, and of this one.
    """

    place: str
    folder: Path
    scene: str
    name: str | None
    parameters: Mapping[str, Any]
    look: tuple[Wishes, ...]


def read_project(path: Path) -> tuple[ProjectEntry, ...]:
    """Read a project file.

    Raises:
        UserError: in one line with file, table, key and remedy, for whatever is wrong in it.
    """
    try:
        tables = read_toml(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"--project {path}: not valid TOML: {one_line(error)}") from None
    except UnicodeDecodeError:
        raise UserError(f"--project {path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        remedy = "nnmath init writes one" if isinstance(error, FileNotFoundError) else "give a TOML file"
        raise UserError(f"--project {path}: {error.strerror}; {remedy}") from None
    try:
        project = ProjectTables.model_validate(tables)
    except ValidationError as error:
        # A misspelt key first: what it was meant for is then missing, too.
        problems = error.errors(include_url=False)
        problem = min(problems, key=lambda each: each["type"] != "extra_forbidden")
        raise UserError(f"--project {path}, {_complaint(problem, tables)}") from None
    place = f"--project {path}"
    _require_possible(project.defaults, f"{place}, [defaults]")
    entries = []
    for number, video in enumerate(project.video, start=1):
        here = f"{place}, [[video]] {number}"
        _require_possible(video, here)
        look = (project.defaults, video)
        entries.append(ProjectEntry(here, path.parent, video.scene, video.name, video.parameters, look))
    return tuple(entries)


def _require_possible(wishes: Wishes, place: str) -> None:
    try:
        wishes.require_possible()
    except UserError as error:
        raise UserError(f"{place}: {error}") from None


def _complaint(problem: ErrorDetails, tables: Mapping[str, Any]) -> str:
    place, known, key = _place(problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{place}: unknown key {key!r}; {_remedy(key, known, _parameters_beside(problem, tables))}"
    if problem["type"] == "missing" and key == "video":
        return f"[[video]]: there is none; add one with {_A_VIDEO}"
    if problem["type"] == "missing":
        return f"{place}: {key!r} is missing; add {key} = {_EXAMPLES[key]}, say"
    if problem["type"] == "too_short":
        return f"{place}: {key} must hold at least one video: {_A_VIDEO}, say"
    if key == "video":
        wrong = f"must be a list of tables: begin each with a line [[video]], and below it {_A_VIDEO}"
    else:
        wrong = wrong_with(problem, _EXAMPLES.get(key, ""))
    return f"{place}: {key} {wrong}; got {shortened(problem['input'])}"


def _remedy(key: str, known: Sequence[str], parameters: Collection[str]) -> str:
    if key in parameters:
        return "it is a parameter: put it in [video.parameters]"
    near = difflib.get_close_matches(key, [*known, *parameters], n=1, cutoff=0.6)
    if not near:
        return f"it may hold: {', '.join(known)}"
    within = "" if near[0] in known else " in [video.parameters]"
    return f"did you mean {near[0]!r}{within}?"


def _parameters_beside(problem: ErrorDetails, tables: Mapping[str, Any]) -> set[str]:
    """Return the parameters of the scenes that the table is about in which a problem was found."""
    videos = tables.get("video")
    match problem["loc"]:
        case ("video", int(index), *_):
            videos = tables["video"][index : index + 1]
    scenes = [video.get("scene") for video in videos or () if isinstance(video, dict)]
    names = {scene.partition("@")[0] for scene in scenes if isinstance(scene, str)}
    found: set[str] = set()
    for name in names.intersection(catalog.names()):
        # A scene that cannot be had is told about when its video is made.
        with suppress(catalog.CatalogError):
            found.update(catalog.definition(name).parameters.model_fields)
    return found


def _place(location: tuple[int | str, ...]) -> tuple[str, list[str], str]:
    """Return the table, the keys that it may hold, and the key that a problem is about."""
    match location:
        case ("defaults", str(key), *_):
            return "[defaults]", list(ProjectWishes.model_fields), key
        case ("video", int(index), str(key), *_):
            return f"[[video]] {index + 1}", list(ProjectVideo.model_fields), key
        case _:
            return "top level", list(ProjectTables.model_fields), str(location[0]) if location else "file"
