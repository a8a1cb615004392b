"""A finished video; free of Manim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from explainer.request.recipe import Recipe
from scenes.stage.beat import Beat


@dataclass(frozen=True, repr=False)
class Video:
    """A finished video, which plays in place where a notebook shows it.

    Attributes:
        recipe: all that it was made from and what it shows.
        files: its files by ending (`mp4`, `vtt`, `png`, `json`), the video last.
    """

    recipe: Recipe
    files: Mapping[str, Path]

    @property
    def path(self) -> Path:
        """The video's file; the first in the order of formats, and the poster if there is nothing else."""
        moving = [path for ending, path in self.files.items() if ending not in ("vtt", "png", "json")]
        return moving[-1] if moving else self.poster

    @property
    def poster(self) -> Path:
        """The file of the picture that says most."""
        return self.files["png"]

    @property
    def beats(self) -> tuple[Beat, ...]:
        """Its beats in order, each with its key, its caption and when it plays, in seconds."""
        return self.recipe.beats

    @property
    def results(self) -> Mapping[str, JsonValue]:
        """The numbers that it shows."""
        return self.recipe.results

    def __repr__(self) -> str:
        recipe = self.recipe
        size = f"{recipe.width}×{recipe.height}"
        return f"<Video {str(self.path)!r}: {size}, {recipe.fps} fps, {recipe.duration_s:g} s>"

    def _repr_html_(self) -> str | None:
        from explainer.film.player import player

        return player(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        from explainer.film.player import bundle

        return bundle(self, include, exclude)
