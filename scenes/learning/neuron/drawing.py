"""One neuron: how it comes to its output, when it fires, and what it says about a whole plane."""

from __future__ import annotations

from scenes.learning.neuron.composition import Composition
from scenes.learning.neuron.numbers import DEFINITION
from scenes.learning.neuron.plane_story import PlaneStory
from scenes.learning.neuron.threshold_story import ThresholdStory
from scenes.style.layout import Region, Shade


class OneNeuron(ThresholdStory, PlaneStory):
    """One neuron and everything that it computes, in one of three stories."""

    definition = DEFINITION

    def shades(self) -> tuple[Shade, ...]:
        # Only the plane has a world under what is read.
        return super().shades() if self.numbers.story == "plane" else ()

    def title_words(self) -> str:
        return self.words.label(f"title-{self.numbers.story}")

    def title_region(self) -> Region:
        if self.numbers.story == "plane":
            return self.layout.title
        return Composition.of(self.layout, self.numbers.count).title

    def construct(self) -> None:
        {"sum": self.compute_output, "threshold": self.find_threshold, "plane": self.ask_plane}[
            self.numbers.story
        ]()

    def compute_output(self) -> None:
        self.set_sum()
        self.send_inputs()
        self.multiply()
        self.fill_level()
        self.tip_level()
        self.fire()
        self.write_formula()
        if self.plays("sweep"):
            self.sweep_bias()

    def find_threshold(self) -> None:
        self.set_threshold()
        self.ask_threshold()
        self.grow_inputs()
        self.pass_threshold()
        self.lay_down()
        self.ebb_and_flow()

    def ask_plane(self) -> None:
        self.set_plane()
        self.ask_about_point()
        self.flood_field()
        self.draw_edge()
        if self.plays("turn"):
            self.turn_weights()
        if self.plays("shift"):
            self.shift_edge()
        self.sharpen_edge()

    def plays(self, beat: str) -> bool:
        """Tell whether a beat plays with these parameters."""
        return beat in self.definition.beats_for(self.parameters)
