"""Tiny scenes to feed to the audit, each drawn by a function of its test."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from explainer.audit.check import Finding, check
from explainer.jobs.job import Job
from scenes.definition import SceneDefinition, SceneParameters
from scenes.parts.marks.segments import Segments
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import Point
from scenes.style.words import SHARED_WORDS, Words

CAPTIONS = {"first": "All is well here", "second": "Here is what matters"}


@dataclass(frozen=True)
class GivenWords(Words):
    """Captions that a test gives; those too wide for one line are broken at every stroke."""

    captions: Mapping[str, str] = field(default_factory=dict)
    patience: bool = True

    @property
    def title(self) -> str:
        return "A title"

    def caption(self, key: str, **values: object) -> str:
        return self.captions[key]

    def lines(self, text: str) -> tuple[str, ...]:
        return tuple(text.split(" / "))

    def reading_time(self, text: str) -> float:
        return super().reading_time(text) if self.patience else 0.0


@dataclass
class NoNumbers:
    """What a tiny scene computes: nothing."""

    def results(self) -> dict[str, Any]:
        return {}


@dataclass
class Probe:
    """A scene with an empty first beat, then a second beat that a test draws.

    Attributes:
        draw: what happens in the second beat.
        then: what happens after it.
        computed: how often the scene's numbers were computed.
    """

    draw: Callable[[Any], None]
    captions: Mapping[str, str] = field(default_factory=dict)
    patience: bool = True
    then: Callable[[Any], None] = lambda scene: None
    computed: int = 0

    @cached_property
    def job(self) -> Job:
        """The job that plays the scene."""
        probe = self

        class ProbeDefinition(SceneDefinition[SceneParameters, NoNumbers]):
            def load_scene(self) -> type[Any]:
                return probe._scene(self)

        definition = ProbeDefinition(
            home=__name__,
            name="probe",
            summary="A scene with one fault.",
            parameters=SceneParameters,
            presets={"plain": {}},
            beats={"first": (), "second": ()},
            compute=self._compute,
            drawing="",
            words=str(SHARED_WORDS),
        )
        return Job(definition, "plain", SceneParameters(), "probe")

    def _compute(self, parameters: SceneParameters) -> NoNumbers:
        self.computed += 1
        return NoNumbers()

    def _scene(self, defined: SceneDefinition[SceneParameters, NoNumbers]) -> type[Any]:
        probe = self

        class ProbeScene(ExplainerScene[SceneParameters, NoNumbers]):
            definition = defined

            def __init__(self, *given: Any, **options: Any) -> None:
                super().__init__(*given, **options)
                captions = {**CAPTIONS, **probe.captions}
                self.words = GivenWords(self.words.locale, self.words.file, captions, probe.patience)

            def construct(self) -> None:
                # Something to see from the first frame on, out of the way of all else.
                ends = np.array([[self.at(0.02, 0.97)[:2], self.at(0.04, 0.97)[:2]]])
                self.mark = Segments(self.colour("muted"), 4.0).set_pieces(ends)
                self.add(self.mark)
                with self.beat("first"):
                    pass
                with self.beat("second"):
                    probe.draw(self)
                probe.then(self)

            def at(self, across: float, up: float, *shift: float) -> Point:
                """Return the point at these fractions of the stage, moved so many units right and up."""
                moved: Point = self.layout.stage.at(across, up) + np.array([*shift, 0.0, 0.0, 0.0])[:3]
                return moved

        return ProbeScene


@pytest.fixture
def audit() -> Callable[..., list[Finding]]:
    """Return a function that audits a scene whose second beat it is given, `besides` some kinds of findings.

    Captions of other letters stand at other heights, which matters to few tests.
    """

    def run(
        draw: Callable[[Any], None],
        *,
        captions: Mapping[str, str] | None = None,
        patience: bool = True,
        then: Callable[[Any], None] = lambda scene: None,
        theme: str = "dark",
        locale: str = "en",
        aspect: str = "16:9",
        besides: Collection[str] = ("caption baseline",),
    ) -> list[Finding]:
        probe = Probe(draw, captions or {}, patience, then)
        found = check(probe.job.looking(theme=theme, locale=locale, aspect=aspect))
        return [finding for finding in found if finding.kind not in besides]

    return run
