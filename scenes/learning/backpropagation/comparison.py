"""To be drawn."""

from __future__ import annotations

from typing import Any


class Comparison:
    def __init__(self, scene: Any, fading: Any) -> None:
        self.scene = scene

    def play(self) -> None:
        s = self.scene
        for k in ("networks", "fade", "faded", "slopes"):
            with s.beat(k, first="sigmoid", second="ReLU"):
                s.wait(1)
