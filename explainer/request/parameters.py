"""Parameter values from presets, files and `--set`, brought together and validated."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from explainer.errors import UserError, cut, one_line, unknown
from explainer.jobs.target import scene_named
from explainer.request.data_files import seen_from
from explainer.request.parameter_table import parameter_rows
from explainer.request.toml import read_toml
from explainer.request.wording import place_of, shortened, wrong_with
from scenes import catalog, own
from scenes.definition import SceneDefinition, SceneParameters

_OPENINGS = tuple("[{\"'")
_LONGEST_SAID = 80


@dataclass(frozen=True)
class Setting:
    """One parameter that somebody set for this video.

    Attributes:
        name, value: what is set, as TOML or JSON has it.
        source: what a message calls it.
    """

    name: str
    value: Any
    source: str


@dataclass(frozen=True)
class ParameterFile:
    """The tables of a `--params` file, by scene."""

    path: Path
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def parse_setting(given: str) -> Setting:
    """Read `NAME=VALUE`, where VALUE is TOML; a bare word that is no TOML value is text."""
    name, equals, text = (part.strip() for part in given.partition("="))
    if not equals or not name or not text:
        raise UserError(f"{_source(given)}: write NAME=VALUE, for example --set gap=0.7")
    return Setting(name, _toml_value(given, text), _source(given))


def _source(given: str) -> str:
    return f"--set {cut(one_line(given), _LONGEST_SAID)}"


def _toml_value(given: str, text: str) -> Any:
    try:
        read = read_toml(f"value = {text}")
    except tomllib.TOMLDecodeError as error:
        if text.startswith(_OPENINGS) or "\n" in text:
            example = '--set "weights=[[1, 5]]"'
            raise UserError(f"{_source(given)}: not TOML ({error}); write for example {example}") from None
        return text
    if set(read) != {"value"}:
        raise UserError(f"{_source(given)}: give one value; repeat --set for another parameter")
    return read["value"]


def read_parameter_file(path: Path) -> ParameterFile:
    """Read a TOML file of one table per scene; UserError for a file, table or key that is not known."""
    try:
        tables = read_toml(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"--params {path}: not valid TOML: {one_line(error)}") from None
    except UnicodeDecodeError:
        raise UserError(f"--params {path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise UserError(f"--params {path}: {error.strerror}; give a TOML file that can be read") from None
    for scene, table in tables.items():
        if not isinstance(table, dict):
            raise UserError(
                f"--params {path}: {scene!r} stands outside a table; put it below a scene's name in brackets,"
                f" such as [{catalog.names()[0]}]"
            )
        definition = own.definitions().get(scene)
        if definition is None and scene not in catalog.names():
            known = [*own.definitions(), *catalog.names()]
            raise UserError(f"--params {path}: {unknown('scene table', scene, known)}")
        require_known(definition or scene_named(scene), table, f"--params {path}, [{scene}]")
    return ParameterFile(path, tables)


def resolve(
    definition: SceneDefinition[Any, Any],
    preset: str,
    file: ParameterFile | None = None,
    settings: Iterable[Setting] = (),
    entry: tuple[str, Mapping[str, Any]] | None = None,
) -> SceneParameters:
    """Return a scene's parameters: its defaults, then the preset, then the file, then `--set`.

    Args:
        definition, preset: what is shown.
        file: the `--params` file.
        settings: what `--set` says.
        entry: values that come between preset and file, after the words that say where they stand.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}

    def take(given: Mapping[str, Any], source: str) -> None:
        require_known(definition, given, source)
        values.update(given)
        sources.update(dict.fromkeys(given, source))

    of_preset = f"preset {preset!r}"
    take(definition.presets[preset], of_preset)
    if entry is not None:
        take(entry[1], entry[0])
    if file is not None and definition.name in file.tables:
        table = seen_from(file.path.parent, definition, file.tables[definition.name])
        take(table, f"--params {file.path}, [{definition.name}]")
    for setting in settings:
        take({setting.name: setting.value}, setting.source)
    given = {name: source for name, source in sources.items() if source != of_preset}
    _give_way(definition, values, given)
    require_effect(definition, values, given)
    return validate(definition, values, sources)


def _give_way(
    definition: SceneDefinition[Any, Any], values: dict[str, Any], given: Mapping[str, str]
) -> None:
    """Leave out of `values` what only the preset says, where it would make idle what somebody gave."""
    for name, idle in definition.parameters.makes_idle.items():
        if name not in given and any(other in given for other in idle):
            values.pop(name, None)


def require_effect(
    definition: SceneDefinition[Any, Any], values: Mapping[str, Any], sources: Mapping[str, str]
) -> None:
    """Raise a UserError for a value that would change nothing, since another one takes its place.

    Args:
        definition: the scene.
        values: all that are not left at their defaults.
        sources: where those were given that somebody gave for this video.
    """
    for name, idle in definition.parameters.makes_idle.items():
        for other in idle if values.get(name) is not None else ():
            if other in sources:
                raise UserError(
                    f"{sources[other]}: {other} changes nothing beside {name}; leave one of them out"
                )


def validate(
    definition: SceneDefinition[Any, Any], values: Mapping[str, Any], sources: Mapping[str, str]
) -> SceneParameters:
    """Return validated parameters; UserError in one line that names where the wrong value came from."""
    try:
        parameters: SceneParameters = definition.parameters(**values)
        problems = [
            problem
            for name, value in values.items()
            for problem in _of_another_kind((name,), value, getattr(parameters, name))
        ]
    except ValidationError as error:
        problems = error.errors(include_url=False)
    else:
        if not problems:
            return parameters
    first = problems[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    source = sources.get(name) or "; ".join(dict.fromkeys(sources.values())) or definition.name
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    raise UserError(f"{source}: {_complaint(definition, first)}{more}")


def _of_another_kind(place: tuple[int | str, ...], given: object, taken: object) -> Iterator[ErrorDetails]:
    """Yield a problem for every value that pydantic took for one of another kind: true for 1, or "1" for 1.

    Its strict mode would refuse those, but the lists and names of files that TOML gives, too.
    """
    if isinstance(given, list) and isinstance(taken, tuple):
        for k, (one, other) in enumerate(zip(given, taken, strict=False)):
            yield from _of_another_kind((*place, k), one, other)
    elif isinstance(taken, bool):
        if not isinstance(given, bool):
            yield ErrorDetails(type="bool_type", loc=place, msg="", input=given)
    elif isinstance(taken, int | float) and isinstance(given, bool | str):
        kind = "int_type" if isinstance(taken, int) else "float_type"
        yield ErrorDetails(type=kind, loc=place, msg="", input=given)


def _complaint(definition: SceneDefinition[Any, Any], problem: ErrorDetails) -> str:
    wrong = wrong_with(problem)
    if not problem["loc"]:
        return wrong
    given = "" if problem["type"] == "missing" else f"; got {shortened(problem['input'])}"
    name = problem["loc"][0]
    row = next((row for row in parameter_rows(definition.parameters) if row.name == name), None)
    allowed = f"; give {_article(row.allowed)}" if row else ""
    return f"{place_of(problem)} {wrong}{given}{allowed}"


def _article(words: str) -> str:
    return words if words.startswith(('"', "true")) else f"a {words}"


def require_known(definition: SceneDefinition[Any, Any], given: Iterable[str], source: str) -> None:
    """Raise a UserError, with the nearest name, for a parameter that a scene does not have."""
    known = list(definition.parameters.model_fields)
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            remedy = f"did you mean {near[0]!r}?" if near else f"it has: {', '.join(known) or 'none'}"
            raise UserError(f"{source}: {definition.name} has no parameter {name!r}; {remedy}")
