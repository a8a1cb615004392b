"""Loss: how wrong predictions are, as areas or as −log of a probability."""

from __future__ import annotations

from dataclasses import replace

from scenes.learning.loss.composition import legend_room
from scenes.learning.loss.cross_entropy import CrossEntropyBeats
from scenes.learning.loss.numbers import DEFINITION
from scenes.learning.loss.squared_error import SquaredErrorBeats
from scenes.style.layout import Region, Shade

# Between the title and the legend.
_BETWEEN = 0.3


class Loss(SquaredErrorBeats, CrossEntropyBeats):
    """Examples, the errors of their predictions, and what these cost."""

    definition = DEFINITION

    def shades(self) -> tuple[Shade, ...]:
        # The examples fill the body; nothing lies under what is written.
        return ()

    def title_words(self) -> str:
        return self.words.label("title-entropy") if self.numbers.entropy else self.words.title

    def title_region(self) -> Region:
        return replace(self.layout.title, right=legend_room(self.layout).left - _BETWEEN)

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
        self.set_entropy_stage()
        self.show_chances()
        self.slide_along_curve()
        self.read_bars()
        self.level_bars()
        self.compare_squares()
        self.make_likelier()
