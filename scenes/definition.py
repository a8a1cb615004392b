"""What an explainer is, before anything is drawn: its parameters, its presets, its beats, its numbers."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from scenes.stage.scene import ExplainerScene

# Scenes and presets name files.
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class SceneParameters(BaseModel):
    """Base of every scene's parameters: typed, bounded, documented, finite and frozen.

    `makes_idle` names, for a parameter that takes the place of others when it is given, those others.
    """

    makes_idle: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    # Built when first given values: whoever lists all scenes gives none to any.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class SceneNumbers(Protocol):
    """What a scene shows, computed by nnmath from its parameters."""

    def results(self) -> dict[str, Any]:
        """Return the numbers that the scene shows, as plain JSON values."""
        ...


P = TypeVar("P", bound=SceneParameters)
N = TypeVar("N", bound=SceneNumbers)


@dataclass(frozen=True)
class Lesson:
    """Scenes that belong together, in the order in which a lecture would play them.

    Attributes:
        key: what programs call it. title: what people do.
        steps: what it plays, in order: `scene`, or `scene@preset` where the presets of a scene have places
            of their own.
        number: its place among the lessons.
    """

    key: str
    title: str
    steps: tuple[str, ...]
    number: int = 0

    @property
    def scenes(self) -> tuple[str, ...]:
        """The names of its scenes, in the order in which they first play."""
        return tuple(dict.fromkeys(step.partition("@")[0] for step in self.steps))

    def place_of(self, scene: str, preset: str) -> int:
        """Return where a preset plays: at its own step, else at its scene's; else after all others."""
        for step in (f"{scene}@{preset}", scene):
            if step in self.steps:
                return self.steps.index(step)
        return len(self.steps)


@dataclass(frozen=True, eq=False)
class SceneDefinition(Generic[P, N]):
    """One explainer's entry in the catalogue; free of Manim, so that listing and checking cost little.

    Attributes:
        home: the module that it stands in as `DEFINITION`: its `__name__`.
        name: what it is called on the command line.
        summary: what it shows, in one line.
        parameters: the model that types, bounds and documents its parameters.
        presets: parameter values by preset; the first preset is the default.
        beats: its beats by key, in the order in which they play, each with the keys of the captions that it
            chooses among; none where the beat's own key is the only one.
        compute: turns parameters into numbers.
        captions: for numbers, the caption by beat, where a beat chooses among several.
        drawing: `module:class` of the Manim scene that draws the numbers; the module is a sibling of `home`,
            or `home` itself if it is left out.
        lesson: the module in which the `LESSON` that it belongs to stands; empty for a scene on its own. Only
            its name is here: a lesson that gets another scene leaves the others as they are.
        beats_of: for scenes whose beats depend on the parameters, those that play; `beats` are then all.
        cover: the preset's most telling beat by preset, or "" for all others: its picture in a gallery.
        words: the name of its words file, beside `home`.

    Raises ValueError for a name, its own or a preset's, that is not lower-case words joined by hyphens, and
    if there is no preset.
    """

    home: str
    name: str
    summary: str
    parameters: type[P]
    presets: Mapping[str, Mapping[str, Any]]
    beats: Mapping[str, tuple[str, ...]]
    compute: Callable[[P], N]
    drawing: str
    captions: Callable[[N], Mapping[str, str]] | None = None
    lesson: str = ""
    beats_of: Callable[[P], tuple[str, ...]] | None = None
    cover: Mapping[str, str] | None = None
    words: str = "words.toml"

    def __post_init__(self) -> None:
        for name in (self.name, *self.presets):
            if not NAME.fullmatch(name):
                raise ValueError(f"a name must be lower-case words joined by hyphens; got {name!r}")
        if not self.presets:
            raise ValueError("presets must hold at least one; it may be {'plain': {}}")

    def __reduce__(self) -> tuple[Callable[[str], SceneDefinition[Any, Any]], tuple[str]]:
        # Another process imports it: what it holds, such as functions, cannot travel.
        return definition_in, (self.home,)

    def beats_for(self, parameters: P) -> tuple[str, ...]:
        """Return the keys of the beats that play with these parameters, in their order."""
        return tuple(self.beats) if self.beats_of is None else self.beats_of(parameters)

    def captions_of(self, beat: str) -> tuple[str, ...]:
        """Return the keys of the captions that a beat chooses among."""
        return self.beats[beat] or (beat,)

    def caption_for(self, beat: str, numbers: N) -> str:
        """Return the key of a beat's caption: the one that `captions` chooses, or else its first.

        Raises ValueError if that is none of those that the beat chooses among.
        """
        declared = self.captions_of(beat)
        chosen = {} if self.captions is None else self.captions(numbers)
        caption = chosen.get(beat, declared[0])
        if caption not in declared:
            raise ValueError(f"beat {beat!r} may have the captions {', '.join(declared)}; got {caption!r}")
        return caption

    def cover_of(self, preset: str) -> str:
        """Return the beat whose end is the picture of a preset in a gallery."""
        cover = self.cover or {}
        return cover.get(preset, cover.get("", list(self.beats_for(self.preset_parameters(preset)))[-1]))

    @property
    def default_preset(self) -> str:
        return next(iter(self.presets))

    def preset_parameters(self, preset: str | None = None) -> P:
        """Return the validated parameters of `preset`, or of the default one; KeyError if there is none."""
        return self.parameters(**self.presets[preset or self.default_preset])

    @property
    def folder(self) -> Path:
        """The folder of its home, in which its words are and, as a rule, its drawing."""
        return Path(str(sys.modules[self.home].__file__)).parent

    @property
    def words_file(self) -> Path:
        return self.folder / self.words

    @property
    def drawing_module(self) -> str:
        """The dotted name of the module that draws it."""
        sibling = self.drawing.partition(":")[0]
        package = self.home.rpartition(".")[0]
        return ".".join(part for part in (package, sibling) if part) if sibling else self.home

    def load_lesson(self) -> Lesson | None:
        """Import the lesson that it belongs to; None for a scene on its own.

        Raises whatever importing it raises, and TypeError if there is no LESSON.
        """
        if not self.lesson:
            return None
        found = getattr(importlib.import_module(self.lesson), "LESSON", None)
        if not isinstance(found, Lesson):
            raise TypeError(f"{self.lesson} has no LESSON")
        return found

    def load_scene(self) -> type[ExplainerScene[P, N]]:
        """Import Manim and return the class that draws this explainer."""
        module = importlib.import_module(self.drawing_module)
        loaded: type[ExplainerScene[P, N]] = getattr(module, self.drawing.partition(":")[2])
        return loaded


def definition_in(module: str) -> SceneDefinition[Any, Any]:
    """Return the `DEFINITION` of a module; whatever importing it raises, and TypeError if it has none."""
    found = getattr(importlib.import_module(module), "DEFINITION", None)
    if not isinstance(found, SceneDefinition):
        raise TypeError(f"{module} has no DEFINITION of a scene")
    definition: SceneDefinition[Any, Any] = found
    if getattr(sys.modules.get(definition.home), "DEFINITION", None) is not found:
        raise TypeError(f"the DEFINITION of {module} says home={definition.home!r}; it must be home=__name__")
    return definition
