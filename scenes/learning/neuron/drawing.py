"""To be drawn."""

from __future__ import annotations

from scenes.learning.neuron.numbers import DEFINITION, Numbers, Parameters
from scenes.stage.scene import ExplainerScene


class Neuron(ExplainerScene[Parameters, Numbers]):
    """Nothing yet."""

    definition = DEFINITION

    def construct(self) -> None:
        with self.beat("start"):
            self.wait(1)
