"""Creases instead of presses: what any number of hidden neurons do to the plane, one neuron at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import AnimationGroup, FadeIn

from scenes.families.hidden_plane.drawing import RELU, HiddenPlaneScene
from scenes.linear_algebra.relu_folding.creases import Creases, Silent
from scenes.linear_algebra.relu_folding.numbers import ReluFoldingNumbers, ReluFoldingParameters
from scenes.parts.marks.segments import clipped
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE

# Corners are told in words up to this many.
_TOLD = 4


class NeuronByNeuron(HiddenPlaneScene[ReluFoldingParameters, ReluFoldingNumbers]):
    """The plane as it is, with the creases of a trained network and its boundary, which bends at them."""

    rules_markup = (
        "bold(z) = W_1 bold(x) + bold(b)_1",
        f"bold(h) = {RELU}(bold(z))",
        "s = W_2 bold(h) + b_2",
    )

    def set_stage(self) -> None:
        super().set_stage()
        numbers, view = self.numbers, self.wide_view
        self.pieces = numbers.boundary
        self.counter = self.count(numbers.threshold)
        self.creases = Creases(view, self.theme, numbers.creases, numbers.corners)
        seen = view.to_scene(numbers.boundary.reshape(-1, 2)).reshape(-1, 2, 2)
        self.creases.name_clear_of(view.to_scene(numbers.dataset.points), clipped(seen, view.seen))

    def counts(self) -> dict[str, str]:
        """Return in words how many neurons, creases and corners there are."""
        numbers, label = self.numbers, self.words.label
        corners = len(numbers.corners)
        told = label(f"corners_{corners}") if corners <= _TOLD else label("corners", count=corners)
        return {
            "neurons": label(f"neurons_{numbers.units}"),
            "creases": label(f"creases_{len(numbers.creases)}"),
            "corners": told,
        }

    def show_curves(self) -> None:
        numbers = self.numbers
        with self.beat("curves", parameters=numbers.network.parameter_count, hidden=numbers.units):
            self.appear(self.diagram, run_time=0.8)
            self.wait(PAUSE)

    def show_neurons(self) -> None:
        """Play the beats that follow the curves."""
        for unit in range(self.numbers.units):
            self.show_neuron(unit)
        self.show_pieces()
        self.show_corners()

    def show_neuron(self, unit: int) -> None:
        """Draw a neuron's crease, and tint for a while the half of the plane on which it gives 0."""
        crease = self.numbers.crease_of(unit)
        with self.beat(f"neuron-{unit + 1}"):
            if unit == 0:
                # Nothing after this needs the arrows, and creases cross them.
                self.appear(self.rules[0], self.rules[1], instead_of=[self.space.basis], run_time=0.6)
                self.space.remove(self.space.basis)
            neuron = self.diagram.neuron(1, unit).light()
            edges = [edge.light(run_time=0.6) for edge in self.diagram.edges(0, m=unit)]
            self.play(AnimationGroup(neuron, *edges), run_time=0.6)
            if crease is not None:
                k = self.numbers.creases.index(crease)
                line, name = self.creases.lines[k], self.creases.names[k]
                if crease.units[0] == unit:
                    self.play(line.draw(run_time=1.0))
                silent = Silent(self.wide_view, self.theme, self.numbers.own_crease(unit))
                self.appear(silent, *([name] if crease.units[0] == unit else []), run_time=0.6)
                self.wait(1.0)
                self.disappear(silent, run_time=0.4)

    def show_pieces(self) -> None:
        """Draw the boundary, which is straight in every piece."""
        with self.beat("pieces"):
            self.play(FadeIn(self.rules[2]), self.diagram.light_column(2), run_time=0.6)
            if len(self.pieces):
                self.play(self.trace(run_time=3.0))

    def trace(self, **options: Any) -> Drive:
        """Return the animation in which the boundary is drawn from its one end to the other."""
        view, boundary = self.wide_view, self.boundary
        whole = view.to_scene(self.pieces.reshape(-1, 2)).reshape(-1, 2, 2)
        whole = whole if whole[0, 0, 0] <= whole[-1, 1, 0] else whole[::-1, ::-1]
        seen = clipped(whole, view.seen)
        lengths = np.hypot(*(seen[:, 1] - seen[:, 0]).T)
        begins = np.cumsum(lengths) - lengths

        def show(share: float) -> None:
            drawn = np.clip((share * lengths.sum() - begins) / lengths, 0.0, 1.0)[:, None]
            ends = seen[:, 0] + drawn * (seen[:, 1] - seen[:, 0])
            boundary.take(whole if share >= 1.0 else np.stack([seen[:, 0], ends], axis=1)[drawn[:, 0] > 0])

        return Drive(boundary, show, introducer=True, **options)

    def show_corners(self) -> None:
        with self.beat("creases", **self.counts()):
            self.appear(self.creases.rings, run_time=0.8)
            self.appear(self.counter, run_time=0.6)
            self.wait(PAUSE)
