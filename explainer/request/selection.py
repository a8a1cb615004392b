"""Which videos a command line asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from explainer.errors import UserError, cut, unknown
from explainer.request.data_files import data_digests, found_again, seen_from
from explainer.request.job import Job
from explainer.request.look import Look, Wishes
from explainer.request.parameters import (
    ParameterFile,
    Setting,
    parse_setting,
    read_parameter_file,
    require_effect,
    require_known,
    resolve,
    validate,
)
from explainer.request.project import ProjectEntry, read_project
from explainer.request.recipe import Recipe, is_recipe_path, read_recipe
from scenes import catalog
from scenes.definition import SceneDefinition, SceneParameters

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Target:
    """A scene and one of its presets, and whether the preset was named."""

    definition: SceneDefinition[Any, Any]
    preset: str
    named: bool

    @property
    def stem(self) -> str:
        return f"{self.definition.name}-{self.preset}" if self.named else self.definition.name


def parse_target(given: str) -> Target:
    """Read `SCENE` or `SCENE@PRESET`; UserError with the nearest name for what does not exist."""
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


def every_target() -> list[Target]:
    """Return every preset of every scene, in the catalogue's order."""
    try:
        definitions = catalog.definitions()
    except catalog.CatalogError as error:
        raise UserError(f"--all: {error}") from error
    return [Target(each, preset, named=True) for each in definitions for preset in each.presets]


def select_jobs(
    given: Sequence[str],
    *,
    everything: bool,
    settings: Sequence[str] = (),
    params: Path | None = None,
    look: Wishes | None = None,
    name: str | None = None,
    project: Path | None = None,
    warn: Callable[[str], None] = lambda message: None,
) -> list[Job]:
    """Return the jobs that a command line asks for, each with validated parameters.

    `warn` is told in one line of what is odd about a recipe but stops nothing.

    Raises:
        UserError: for anything given that is unknown, out of range or contradictory.
    """
    if everything and given:
        raise UserError(f"--all and {given[0]!r} exclude each other; give one of them")
    if project is not None and (everything or given):
        other = "--all" if everything else repr(given[0])
        raise UserError(f"--project and {other} exclude each other; give one of them")
    if not everything and not given and project is None:
        raise UserError("no scene given; name one, or say --all for every one (nnmath list shows them)")
    file = read_parameter_file(params) if params is not None else None
    chosen = [parse_setting(text) for text in settings]
    wanted = look or Wishes()
    jobs: list[Job] = []
    if everything:
        jobs = [_job(target, file, chosen, [wanted]) for target in every_target()]
    if project is not None:
        jobs = [_job_of_entry(entry, file, chosen, wanted) for entry in read_project(project)]
    for item in given:
        if is_recipe_path(item):
            recipe = read_recipe(Path(item))
            jobs.append(_job_again(recipe, Path(item), chosen, wanted))
            for doubt in recipe.doubts():
                warn(f"{item}: {doubt}")
        else:
            jobs.append(_job(parse_target(item), file, chosen, [wanted]))
    if name is not None:
        jobs = [_renamed(jobs, name)]
    return _distinct(jobs)


def plain_name(option: str, given: str) -> str:
    """Return `given` if it is a plain file name; UserError otherwise."""
    odd_ends = given.strip() != given or given[:1] in ("", ".")
    bad = odd_ends or any(c in "/\\:" or not c.isprintable() for c in given)
    if bad or len(given.encode()) > _LONGEST_NAME:
        raise UserError(
            f"{option} {cut(repr(given))} is not a plain file name; leave out slashes, colons and"
            f" a leading dot or blank, and keep it under {_LONGEST_NAME} bytes"
        )
    return given


def _job(
    target: Target,
    file: ParameterFile | None,
    settings: Sequence[Setting],
    look: Sequence[Wishes],
    entry: tuple[str, Mapping[str, Any]] | None = None,
) -> Job:
    parameters = resolve(target.definition, target.preset, file, settings, entry)
    return Job(target.definition, target.preset, parameters, target.stem, Look().after(*look))


def _job_of_entry(
    entry: ProjectEntry, file: ParameterFile | None, settings: Sequence[Setting], look: Wishes
) -> Job:
    try:
        target = parse_target(entry.scene)
        parameters = seen_from(entry.folder, target.definition, entry.parameters)
        # What the command line says comes before what the file says.
        job = _job(target, file, settings, (*entry.look, look), (entry.place, parameters))
        return job if entry.name is None else _renamed([job], entry.name, "name")
    except UserError as error:
        message = str(error)
        raise UserError(message if entry.place in message else f"{entry.place}: {message}") from None


def _job_again(recipe: Recipe, path: Path, settings: Sequence[Setting], look: Wishes) -> Job:
    try:
        definition = scene_named(recipe.scene)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    made_with = found_again(path.parent, definition, recipe.parameters, recipe.data)
    values = made_with | {setting.name: setting.value for setting in settings}
    sources = dict.fromkeys(recipe.parameters, str(path))
    sources |= {setting.name: setting.source for setting in settings}
    for name, source in sources.items():
        require_known(definition, [name], source)
    require_effect(definition, values, {setting.name: setting.source for setting in settings})
    parameters = validate(definition, values, sources)
    names_then = {str(made_with[name]): str(then) for name, then in recipe.parameters.items()}
    digests_then = recipe.data | {
        here: recipe.data[name] for here, name in names_then.items() if name in recipe.data
    }
    _require_same_data(path, parameters, digests_then, settings)
    try:
        stem = plain_name("recipe", path.stem)
        return Job(definition, recipe.preset, parameters, stem, recipe.look.after(look))
    except UserError as error:
        raise UserError(f"{path}: {error}") from None


def _require_same_data(
    path: Path, parameters: SceneParameters, digests_then: Mapping[str, str], settings: Sequence[Setting]
) -> None:
    """Refuse a data file with other contents than the recipe's, unless `--set` names it anew."""
    named_anew = {str(setting.value) for setting in settings}
    for file, digest in data_digests(parameters).items():
        if file not in named_anew and digest != digests_then.get(file, digest):
            raise UserError(
                f"{path}: {file} no longer has the contents that the video was made from;"
                f" bring them back, or take it as it is with --set data={file}"
            )


def _renamed(jobs: Sequence[Job], name: str, option: str = "--name") -> Job:
    if len(jobs) != 1:
        raise UserError(f"{option} {name!r} names one video, but {len(jobs)} were asked for; leave it out")
    return replace(jobs[0], stem=plain_name(option, name))


def _distinct(jobs: Iterable[Job]) -> list[Job]:
    by_stem: dict[str, Job] = {}
    for job in jobs:
        if by_stem.setdefault(job.stem, job) != job:
            raise UserError(f"two different videos would be named {job.stem!r}; give one another name")
    return list(by_stem.values())
