"""To be drawn."""

from __future__ import annotations

from scenes.learning.forward_pass.numbers import DEFINITION, Numbers, Parameters
from scenes.stage.scene import ExplainerScene


class ForwardPassScene(ExplainerScene[Parameters, Numbers]):
    """Nothing yet."""

    definition = DEFINITION

    def construct(self) -> None:
        with self.beat("start"):
            self.wait(1)
