"""To be drawn."""

from __future__ import annotations

from scenes.learning.loss.numbers import DEFINITION, Numbers, Parameters
from scenes.stage.scene import ExplainerScene


class LossScene(ExplainerScene[Parameters, Numbers]):
    """Nothing yet."""

    definition = DEFINITION

    def construct(self) -> None:
        with self.beat("start"):
            self.wait(1)
