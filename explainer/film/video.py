"""A finished video; free of Manim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.request.recipe import Recipe


@dataclass(frozen=True)
class Video:
    """A finished video: its recipe, and its files by ending (`mp4`, `vtt`, `png`, `json`), the video last."""

    recipe: Recipe
    files: Mapping[str, Path]
