"""Which videos a command line asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from explainer.errors import UserError, cut
from explainer.jobs.job import Job
from explainer.jobs.look import Look, Wishes
from explainer.jobs.target import Target, every_target, parse_target, targets_of_lesson
from explainer.request.data_files import data_digests, found_again, seen_from
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
from explainer.request.recipe_scene import scene_of
from scenes.definition import SceneParameters

_LONGEST_NAME = 200


def select_jobs(
    given: Sequence[str],
    *,
    everything: bool,
    lesson: str | None = None,
    settings: Sequence[str | Setting] = (),
    params: Path | None = None,
    look: Wishes | None = None,
    name: str | None = None,
    project: Path | None = None,
    warn: Callable[[str], None] = lambda message: None,
) -> list[Job]:
    """Return the jobs that a command line asks for, each with validated parameters.

    A file of one's own, named beside a recipe of its scene, only says where that scene stands. `warn` is told
    in one line of what is odd about a recipe, or of a scene that `everything` or a `lesson` leaves out, but
    stops nothing.

    Raises:
        UserError: for anything given that is unknown, out of range or contradictory.
    """
    _require_one_way(given, everything, lesson, project)
    # Files of one's own come first: tables of parameters, and recipes, may be about their scenes.
    entries = [(each, _target_of(each)) for each in (read_project(project) if project is not None else ())]
    targets = {item: parse_target(item) for item in given if not is_recipe_path(item)}
    recipes = {item: read_recipe(Path(item)) for item in given if is_recipe_path(item)}
    file = read_parameter_file(params) if params is not None else None
    chosen = [parse_setting(each) if isinstance(each, str) else each for each in settings]
    wanted = look or Wishes()
    listed = every_target(warn) if everything else [] if lesson is None else targets_of_lesson(lesson, warn)
    jobs = [_job(target, file, chosen, [wanted]) for target in listed]
    jobs += [_job_of_entry(entry, target, file, chosen, wanted) for entry, target in entries]
    supplied = {recipe.scene for recipe in recipes.values() if recipe.file is not None}
    for item in given:
        if item in recipes:
            recipe = recipes[item]
            jobs.append(_job_again(recipe, Path(item), chosen, wanted))
            for doubt in recipe.doubts():
                warn(f"{item}: {doubt}")
        elif targets[item].named or targets[item].definition.name not in supplied:
            jobs.append(_job(targets[item], file, chosen, [wanted]))
    if name is not None:
        jobs = [_renamed(jobs, name)]
    return _distinct(jobs)


def _require_one_way(
    given: Sequence[str], everything: bool, lesson: str | None, project: Path | None
) -> None:
    """Refuse to be told in two ways, or in none, which videos are wanted."""
    ways = [
        said
        for said, there in (
            ("--project", project is not None),
            ("--all", everything),
            ("--lesson", lesson is not None),
            (repr(given[0]) if given else "", bool(given)),
        )
        if there
    ]
    if len(ways) > 1:
        raise UserError(f"{ways[0]} and {ways[1]} exclude each other; give one of them")
    if not ways:
        raise UserError("no scene given; name one, or say --all for every one (nnmath list shows them)")


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


def _target_of(entry: ProjectEntry) -> Target:
    try:
        return parse_target(entry.scene, entry.folder)
    except UserError as error:
        raise UserError(f"{entry.place}: {error}") from None


def _job_of_entry(
    entry: ProjectEntry,
    target: Target,
    file: ParameterFile | None,
    settings: Sequence[Setting],
    look: Wishes,
) -> Job:
    try:
        parameters = seen_from(entry.folder, target.definition, entry.parameters)
        # What the command line says comes before what the file says.
        job = _job(target, file, settings, (*entry.look, look), (entry.place, parameters))
        return job if entry.name is None else _renamed([job], entry.name, "name")
    except UserError as error:
        message = str(error)
        raise UserError(message if entry.place in message else f"{entry.place}: {message}") from None


def _job_again(recipe: Recipe, path: Path, settings: Sequence[Setting], look: Wishes) -> Job:
    try:
        definition = scene_of(recipe)
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
