"""A project file: the videos of a lesson, in order, with what they have in common."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from explainer.errors import UserError, one_line, unknown
from explainer.request.look import QUALITIES, Wishes
from explainer.request.parameters import shortened
from explainer.request.toml import read_toml
from scenes.style.layout import LAYOUTS
from scenes.style.locales import LOCALES
from scenes.style.theme import THEMES

TEMPLATE = """\
# A lesson: the videos that `nnmath render --project` makes of this file, in this order.
# Each one is a scene and a preset; `nnmath list` names them, `nnmath show SCENE` explains the parameters.

# What holds for every video that does not say otherwise.
[defaults]
theme = "dark"            # as the page is: dark or light
locale = "en"             # the language: en, zh-Hant or zh-Hans
quality = "hd"            # draft, preview, hd or uhd
# aspect = "16:9"
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
_KNOWN: Mapping[str, Mapping[str, object]] = {
    "theme": THEMES,
    "locale": LOCALES,
    "aspect": LAYOUTS,
    "quality": QUALITIES,
}
# What pydantic's strict mode finds in the models below, in a reader's words.
_WRONG: Mapping[str, str] = {
    "string_type": 'must be a text in quotation marks, such as "light"',
    "bool_type": "must be true or false, without quotation marks",
    "list_type": 'must be a list in brackets, such as ["mp4", "gif"]',
    "dict_type": "must be a table, such as {gap = 0.6}",
    "model_type": "must be a table, below its name in brackets",
    "too_short": 'must hold at least one video: scene = "two-curves", say',
}


class ProjectVideo(Wishes):
    """One entry: which scene, with which parameters, under which name, and where it differs in its look."""

    scene: str
    name: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)


class ProjectTables(BaseModel):
    """A project file as TOML has it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    defaults: Wishes = Wishes()
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
        project = ProjectTables.model_validate(tables)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"--project {path}: not valid TOML: {one_line(error)}") from None
    except UnicodeDecodeError:
        raise UserError(f"--project {path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        remedy = "nnmath init writes one" if isinstance(error, FileNotFoundError) else "give a TOML file"
        raise UserError(f"--project {path}: {error.strerror}; {remedy}") from None
    except ValidationError as error:
        # A misspelt key first: what it was meant for is then missing, too.
        problems = error.errors(include_url=False)
        problem = min(problems, key=lambda each: each["type"] != "extra_forbidden")
        raise UserError(f"--project {path}, {_complaint(problem)}") from None
    _require_possible(project.defaults, f"--project {path}, [defaults]")
    entries = []
    for number, video in enumerate(project.video, start=1):
        place = f"--project {path}, [[video]] {number}"
        _require_possible(video, place)
        look = (project.defaults, Wishes(**{name: getattr(video, name) for name in Wishes.model_fields}))
        entries.append(ProjectEntry(place, path.parent, video.scene, video.name, video.parameters, look))
    return tuple(entries)


def _require_possible(wishes: Wishes, place: str) -> None:
    for name, known in _KNOWN.items():
        given = getattr(wishes, name)
        if given is not None and given not in known:
            raise UserError(f"{place}: {unknown(name, given, known)}")


def _complaint(problem: ErrorDetails) -> str:
    place, known, key = _place(problem["loc"])
    if problem["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        remedy = f"did you mean {near[0]!r}?" if near else f"it may hold: {', '.join(known)}"
        return f"{place}: unknown key {key!r}; {remedy}"
    if problem["type"] == "missing" and key == "video":
        return '[[video]]: there is none; add one with scene = "two-curves"'
    if problem["type"] == "missing":
        return f'{place}: {key!r} is missing; add {key} = "two-curves", say'
    wrong = _WRONG.get(problem["type"]) or f"is not what is wanted ({one_line(problem['msg'])})"
    return f"{place}: {key} {wrong}; got {shortened(problem['input'])}"


def _place(location: tuple[int | str, ...]) -> tuple[str, list[str], str]:
    """Return the table, the keys that it may hold, and the key that a problem is about."""
    match location:
        case ("defaults", str(key), *_):
            return "[defaults]", list(Wishes.model_fields), key
        case ("video", int(index), str(key), *_):
            return f"[[video]] {index + 1}", list(ProjectVideo.model_fields), key
        case _:
            return "top level", list(ProjectTables.model_fields), str(location[0]) if location else "file"
