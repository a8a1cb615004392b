"""A job as JSON values, for keys and for other machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import BaseModel

from explainer.request.job import Job
from scenes import catalog


def describe(job: Job) -> dict[str, Any]:
    """Return every field of a job as a JSON value."""
    return {field.name: _plain(getattr(job, field.name)) for field in fields(job)}


def described(description: Mapping[str, Any]) -> Job:
    """Return the job that a description describes."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in description.items()
    }
    model = catalog.definition(description["scene"]).parameters
    values["parameters"] = model(**description["parameters"])
    return Job(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return list(value) if isinstance(value, tuple) else value
