"""The scene that all explainers share: parameters in, beats out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

import numpy as np
from manim import FadeIn, FadeOut, Mobject

from scenes.definition import N, P, SceneDefinition, SceneParameters
from scenes.stage.beat import Beat
from scenes.stage.caption_bar import CaptionBar
from scenes.stage.depths import PANEL
from scenes.stage.manim_internals import ExactScene, ExplainerCamera
from scenes.stage.veil import Veil
from scenes.stage.writing import Formula, Text
from scenes.style.layout import LAYOUTS, TITLE_SIZE, Layout, Region, Shade
from scenes.style.theme import THEMES, Role, Theme
from scenes.style.words import Words

# Every duration is a multiple of this many seconds, hence a whole number of frames at 10, 15, 20, 25,
# 30, 50 and 60 frames a second: a scene lasts equally long at all of them.
TICK = 0.2
SHORTEST_HOLD = 1.0
# What a beat with a question, or with a video's greatest move, adds to its stillness.
PAUSE = 0.6
CAPTION_CHANGE = 0.4


@dataclass(frozen=True)
class SceneSettings:
    """What one rendering of a scene is made from, apart from its size in pixels."""

    parameters: SceneParameters
    theme: str = "dark"
    locale: str = "en"
    aspect: str = "16:9"


def ticks(seconds: float) -> float:
    """Return `seconds` rounded up to whole ticks."""
    return round(math.ceil(seconds / TICK - 1e-6) * TICK, 6)


class ExplainerScene(ExactScene, Generic[P, N]):
    """Base of every explainer: made from settings and numbers, it plays beats.

    A subclass names its `definition` and writes `construct` as a list of beats. When `construct` runs, the
    title and the caption's place are on screen.
    """

    definition: ClassVar[SceneDefinition[Any, Any]]

    def __init__(
        self, settings: SceneSettings | None = None, numbers: N | None = None, **options: Any
    ) -> None:
        """Make the scene of `numbers`, which were computed from the settings' parameters.

        Manim's own command gives neither: then they are those of the default preset.
        """
        options.setdefault("camera_class", ExplainerCamera)
        super().__init__(**options)
        chosen = settings or SceneSettings(self.definition.preset_parameters())
        self.settings = chosen
        self.parameters: P = chosen.parameters  # type: ignore[assignment]
        self.numbers: N = self.definition.compute(chosen.parameters) if numbers is None else numbers
        self.theme: Theme = THEMES[chosen.theme]
        self.layout: Layout = LAYOUTS[chosen.aspect]
        self.words = Words.of(self.definition.words_file, chosen.locale)
        self.beats: list[Beat] = []
        self.after_beat: Callable[[Beat], None] | None = None

    def setup(self) -> None:
        self.camera.background_color = self.theme["background"]
        self.camera.init_background()
        self.title = self.text(self.title_words(), size=TITLE_SIZE, role="muted")
        self.title.within(self.title_region(), align=np.array([-1.0, 1.0, 0.0]))
        beats = len(self.definition.beats_for(self.parameters))
        self.caption_bar = CaptionBar(self.layout, self.theme, self.words, beats)
        self.caption_bar.set_z_index(PANEL)
        self.add(*(Veil(self.theme, shade) for shade in self.shades()), self.title, self.caption_bar)

    def shades(self) -> tuple[Shade, ...]:
        """Return what veils cover; a scene overrides it whose panel is wider than others'."""
        return self.layout.panel_shade, self.layout.caption_shade

    def title_words(self) -> str:
        """Return the title; a scene overrides it where the title depends on the parameters."""
        return self.words.title

    def title_region(self) -> Region:
        """Return where the title stands; a scene without a stage may give it the whole width."""
        return self.layout.title

    def results(self) -> dict[str, Any]:
        """Return the numbers that the scene showed, as plain JSON values."""
        return self.numbers.results()

    @contextmanager
    def beat(self, key: str, **values: object) -> Iterator[None]:
        """Show one idea: its caption, then the change in the `with` block, then a pause to take it in.

        Args:
            key: the beat's name, one of the definition's, which also chooses its caption.
            values: what the caption's placeholders stand for.
        """
        index = self.definition.beats_for(self.parameters).index(key)
        words = self.words.caption(self.definition.caption_for(key, self.numbers), **values)
        self.next_section(key)
        start = self.time
        self.play(self.caption_bar.show(words, index), run_time=CAPTION_CHANGE)
        yield
        unread = self.words.reading_time(words) - (self.time - start)
        self.wait(ticks(max(SHORTEST_HOLD, unread)))
        beat = Beat(key=key, start_s=round(start, 3), end_s=round(self.time, 3), caption=words)
        self.beats.append(beat)
        if self.after_beat is not None:
            self.after_beat(beat)

    def text(self, words: str | tuple[str, ...], **style: Any) -> Text:
        """Return words in this scene's theme and language."""
        text = Text(words, self.theme, self.settings.locale, **style)
        text.set_z_index(PANEL)
        return text

    def label(self, key: str, values: Mapping[str, object] | None = None, **style: Any) -> Text:
        """Return a word from the captions file as text, its placeholders filled with `values`."""
        return self.text(self.words.label(key, **(values or {})), **style)

    def formula(self, markup: str, **style: Any) -> Formula:
        """Return a formula in this scene's theme."""
        formula = Formula(markup, self.theme, self.settings.locale, **style)
        formula.set_z_index(PANEL)
        return formula

    def colour(self, role: Role) -> str:
        """Return the theme's colour for a role."""
        return self.theme[role]

    def appear(self, *mobjects: Mobject, instead_of: Iterable[Mobject] = (), run_time: float = 0.6) -> None:
        """Fade the mobjects in together, while others fade out if they come instead of these."""
        self.play(*map(FadeOut, instead_of), *map(FadeIn, mobjects), run_time=run_time)

    def disappear(self, *mobjects: Mobject, run_time: float = 0.6) -> None:
        """Fade the mobjects out together."""
        self.play(*map(FadeOut, mobjects), run_time=run_time)
