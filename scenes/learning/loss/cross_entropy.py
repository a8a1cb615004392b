"""The storyboard of −log p."""

from __future__ import annotations

from scenes.learning.loss.numbers import DEFINITION, LossNumbers, LossParameters
from scenes.stage.scene import ExplainerScene


class CrossEntropyBeats(ExplainerScene[LossParameters, LossNumbers]):
    """Sure and wrong costs most."""

    definition = DEFINITION
