"""A job as JSON values, for keys and for other machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from explainer.jobs.job import Job
from explainer.jobs.look import Look, quality_named
from explainer.jobs.target import scene_at, scene_named
from scenes import catalog, own


def describe(job: Job) -> dict[str, Any]:
    """Return everything that a job says, as JSON values; of a scene of one's own, its file too."""
    is_own = catalog.announced(job.definition) is None
    return {
        "scene": job.scene,
        **({"file": str(own.place_of(job.definition))} if is_own else {}),
        "preset": job.preset,
        "parameters": job.parameters.model_dump(mode="json"),
        "stem": job.stem,
        "look": describe_look(job.look),
        "folder": None if job.folder is None else str(job.folder.absolute()),
    }


def describe_look(look: Look) -> dict[str, Any]:
    """Return a look as JSON values: the quality by its name, formats as a list."""
    values = {field.name: getattr(look, field.name) for field in fields(look)}
    return {**values, "quality": str(look.quality), "formats": list(look.formats)}


def described(description: Mapping[str, Any]) -> Job:
    """Return the job that a description describes; UserError if its scene cannot be had here."""
    file = description.get("file")
    definition = scene_at(Path(file)) if file else scene_named(description["scene"])
    return Job(
        definition,
        description["preset"],
        definition.parameters(**description["parameters"]),
        description["stem"],
        look_described(description["look"]),
        None if description["folder"] is None else Path(description["folder"]),
    )


def look_described(values: Mapping[str, Any]) -> Look:
    """Return the look that JSON values describe."""
    return Look(
        **{**values, "quality": quality_named(values["quality"]), "formats": tuple(values["formats"])}
    )
