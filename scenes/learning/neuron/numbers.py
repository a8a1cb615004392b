"""To be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenes.definition import SceneDefinition, SceneParameters


class Parameters(SceneParameters):
    """None yet."""


@dataclass(frozen=True)
class Numbers:
    """None yet."""

    def results(self) -> dict[str, Any]:
        return {"none": 0}


def compute(parameters: Parameters) -> Numbers:
    """Return nothing yet."""
    return Numbers()


DEFINITION = SceneDefinition(
    home=__name__,
    name="neuron",
    summary="To be drawn.",
    parameters=Parameters,
    presets={"worked": {}, "threshold": {}, "plane": {}},
    beats={"start": ()},
    compute=compute,
    drawing="drawing:Neuron",
    lesson="scenes.learning.lesson",
)
