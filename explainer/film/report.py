"""What whoever renders reports: how far it has come, and what it has made. Free of Manim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.film.recipe import Recipe


@dataclass(frozen=True)
class Progress:
    """How far a rendering has come: frames written and beats ended."""

    frames: int
    beats: int


@dataclass(frozen=True)
class Video:
    """A finished video: its recipe, and its files by ending (`mp4`, `vtt`, `png`, `json`), the video last."""

    recipe: Recipe
    files: Mapping[str, Path]
