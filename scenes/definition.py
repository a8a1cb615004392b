"""What an explainer is, before anything is drawn: its parameters, its presets, its beats, its numbers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from scenes.stage.scene import ExplainerScene


class SceneParameters(BaseModel):
    """Base of every scene's parameters: typed, bounded, documented, finite and frozen.

    `makes_idle` names, for a parameter that takes the place of others when it is given, those others.
    """

    makes_idle: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SceneNumbers(Protocol):
    """What a scene shows, computed by nnmath from its parameters."""

    def results(self) -> dict[str, Any]:
        """Return the numbers that the scene shows, as plain JSON values."""
        ...


@dataclass(frozen=True)
class SceneDefinition:
    """One explainer's entry in the catalogue; free of Manim, so that listing and checking cost little.

    Attributes:
        name: what it is called on the command line.
        summary: what it shows, in one line.
        parameters: the model that types, bounds and documents its parameters.
        presets: parameter values by preset; the first preset is the default.
        beats: the keys of its beats, in the order in which they play.
        beats_of: for scenes whose beats depend on the parameters, those that play; `beats` are then all.
        compute: turns parameters into numbers.
        scene: `module:class` of the Manim scene that draws the numbers.
    """

    name: str
    summary: str
    parameters: type[SceneParameters]
    presets: Mapping[str, Mapping[str, Any]]
    beats: tuple[str, ...]
    compute: Callable[[Any], SceneNumbers]
    scene: str
    beats_of: Callable[[Any], tuple[str, ...]] | None = None

    def beats_for(self, parameters: SceneParameters) -> tuple[str, ...]:
        """Return the keys of the beats that play with these parameters, in their order."""
        return self.beats if self.beats_of is None else self.beats_of(parameters)

    @property
    def default_preset(self) -> str:
        return next(iter(self.presets))

    def preset_parameters(self, preset: str | None = None) -> SceneParameters:
        """Return the validated parameters of `preset`, or of the default one; KeyError if there is none."""
        return self.parameters(**self.presets[preset or self.default_preset])

    def load_scene(self) -> type[ExplainerScene[Any]]:
        """Import Manim and return the class that draws this explainer."""
        module, _, name = self.scene.partition(":")
        loaded: type[ExplainerScene[Any]] = getattr(importlib.import_module(module), name)
        return loaded
