"""Loss: how wrong predictions are, as areas or as −log of a probability."""

from __future__ import annotations

from scenes.learning.loss.cross_entropy import CrossEntropyBeats
from scenes.learning.loss.numbers import DEFINITION
from scenes.learning.loss.squared_error import SquaredErrorBeats


class Loss(SquaredErrorBeats, CrossEntropyBeats):
    """Examples, the errors of their predictions, and what these cost."""

    definition = DEFINITION

    def construct(self) -> None:
        if self.numbers.entropy:
            self.tell_cross_entropy()
        else:
            self.tell_squared_error()

    def tell_squared_error(self) -> None:
        self.set_squared_stage()
        self.show_examples()
        self.add_signed_errors()
        self.draw_squares()
        self.grow_error()
        self.pour_squares()
        self.improve_predictions()
        self.tell_loss_from_cost()

    def tell_cross_entropy(self) -> None:
        with self.beat("chances"):
            self.wait(1)
