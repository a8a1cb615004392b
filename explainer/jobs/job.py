"""One video to make: what is shown, with which parameters, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from explainer.errors import UserError, one_line
from explainer.jobs.look import Look
from scenes.definition import SceneDefinition, SceneNumbers, SceneParameters


@dataclass(frozen=True)
class Job:
    """Everything that one video is made from, validated.

    Attributes:
        definition, preset: what is shown; the preset only names where the parameters came from.
        parameters: the scene's own model, with every value filled in.
        stem: the name of its files without their endings.
        folder: where its files will lie; names of data files in its recipe count from there.
    """

    definition: SceneDefinition[Any, Any]
    preset: str
    parameters: SceneParameters
    stem: str
    look: Look = field(default_factory=Look)
    folder: Path | None = None

    @property
    def scene(self) -> str:
        """The scene's name."""
        return self.definition.name

    @property
    def beats(self) -> tuple[str, ...]:
        """The keys of the beats that play."""
        return self.definition.beats_for(self.parameters)

    def looking(self, **changes: Any) -> Self:
        """Return the same job with another look."""
        return replace(self, look=replace(self.look, **changes))

    def compute(self) -> SceneNumbers:
        """Return what nnmath makes of the parameters.

        Raises:
            UserError: if they are each in range but cannot be computed with.
        """
        # nnmath tells wrong arguments by ValueError, and here the arguments are what the user gave.
        try:
            numbers: SceneNumbers = self.definition.compute(self.parameters)
        except ValueError as error:
            raise UserError(f"{self.stem}: {one_line(error)}") from error
        return numbers
