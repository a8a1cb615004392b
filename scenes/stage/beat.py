"""A beat as it was played; free of Manim."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Beat(BaseModel):
    """One idea of a video: when it plays, in seconds, and the caption that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    start_s: float
    end_s: float
    caption: str
