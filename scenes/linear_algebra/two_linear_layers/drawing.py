"""Two linear layers: one after the other they move the plane no further than one of them can."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from nnmath import BestThreshold
from scenes.families.hidden_plane.axes import NamedAxes
from scenes.families.hidden_plane.drawing import PAINT, HiddenPlaneScene, alike
from scenes.families.scores import right_counter
from scenes.linear_algebra.two_linear_layers.hollows import Hollows
from scenes.linear_algebra.two_linear_layers.numbers import (
    DEFINITION,
    TwoLinearLayersNumbers,
    TwoLinearLayersParameters,
)
from scenes.linear_algebra.two_linear_layers.shrinking import shrink_to
from scenes.parts.writing.counter import Counter
from scenes.parts.writing.stack import stack
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE
from scenes.style.markup import named
from scenes.style.numerals import math_equals, math_fixed, shown
from scenes.style.theme import CLASS_ROLES

# How faint the places are while nothing goes there.
_AT_REST = 0.25
_COUNT_GAP = 0.14


class TwoLinearLayers(HiddenPlaneScene[TwoLinearLayersParameters, TwoLinearLayersNumbers]):
    """A trained 2-2-1 network without activation, and the single layer that does the same in one move."""

    definition = DEFINITION
    rules_markup = ("bold(h) = W_1 bold(x) + bold(b)_1", "s = W_2 bold(h) + b_2")

    def construct(self) -> None:
        self.set_stage()
        self.show_curves()
        self.make_hidden_plane()
        self.map_to_line()
        self.score()
        self.rewind()
        self.multiply()
        self.map_at_once()

    def set_stage(self) -> None:
        super().set_stage()
        numbers = self.numbers
        self.compose_numbers()
        self.set_score_line()
        self.pieces = numbers.boundary
        self.axes = NamedAxes(self.wide_view, self.theme, "h", [(self.wide_view, numbers.hidden)])
        self.two, self.one = (
            self.counted("two_layers", numbers.threshold),
            self.counted("one_layer", numbers.alone),
        )
        stack(self.room, [self.two, self.one], "down", align=-1.0, gap=0.3)
        self.compose_product()

    def counted(self, key: str, threshold: BestThreshold) -> VGroup:
        """Return how many points are right, under the words of `key`."""
        counter = right_counter(self, threshold.right, threshold.total)
        name = self.label(key, role="muted")
        name.next_to(counter, np.array([0.0, 1.0, 0.0]), buff=_COUNT_GAP, aligned_edge=np.array([-1.0, 0, 0]))
        return VGroup(name, counter)

    def compose_product(self) -> None:
        """Set the rule of the one layer that both are, and its weights."""
        collapsed = self.numbers.collapsed
        weights, bias = collapsed.weights[0].tolist(), float(collapsed.bias[0])
        # Exactly what the network computes, and not the product of numbers that are rounded already.
        entries = ", ".join(named(f"w1{n}", math_fixed(weight)) for n, weight in enumerate(weights, start=1))
        lines = (
            "s = W bold(x) + b",
            "W = W_2 W_1",
            f'{math_equals(_is_whole(weights))} mat(delim: "[", {entries})',
            "b = W_2 bold(b)_1 + b_2",
            f"{math_equals(_is_whole([bias]))} {math_fixed(bias)}",
        )
        self.product = VGroup(*(self.formula(line, paint=PAINT) for line in lines))
        alike(list(self.product), self.room.width)
        stack(self.room, list(self.product), self.layout.panel_flow, align=-1.0, gap=0.2)

    def show_curves(self) -> None:
        with self.beat("curves", parameters=self.numbers.network.parameter_count):
            self.appear(self.diagram, run_time=0.8)
            self.wait(PAUSE)

    def make_hidden_plane(self) -> None:
        with self.beat("turn"):
            self.appear(self.rules[0], run_time=0.4)
            self.move_plane()

    def map_to_line(self) -> None:
        space = self.space
        with self.beat("read-off"):
            self.disappear(self.axes, self.first_numbers, self.ghost, run_time=0.4)
            space.ghosts.remove(self.ghost)
            self.add(space)
            self.show_last_layer()
            self.play(self.read_off(run_time=1.6))
            self.appear(self.line, instead_of=[space.basis], run_time=0.4)
            space.remove(space.basis)

    def score(self) -> None:
        strips, space = self.strips, self.space
        counter = self.two[1]
        self.drop = strips.lift(space.dots, start=1.0, end=0.0, run_time=0.6)
        with self.beat("score"):
            self.play(
                strips.lift(space.dots),
                FadeIn(strips.names),
                FadeOut(self.rules, self.last_numbers),
                run_time=1.2,
            )
            counter.show(self.numbers.right_at(self.line.low))
            self.appear(self.two, run_time=0.4)
            self.add(strips.rings)
            self.play(self.sweep(counter))
            self.appear(strips.threshold_name, run_time=0.4)
            self.appear(self.one, run_time=0.4)
            self.wait(PAUSE)

    def sweep(self, counter: Counter) -> Drive:
        """Return the animation in which the bar comes in from the left, and what is right is counted."""
        strips = self.strips

        def show(share: float) -> None:
            threshold = strips.threshold_at(share)
            strips.show_threshold(threshold)
            self.boundary.take(self.bar_at(threshold))
            counter.show(self.numbers.right_at(threshold))

        return Drive(VGroup(self.boundary, strips.rings), show, introducer=True, run_time=1.6)

    def rewind(self) -> None:
        """Go back to the plane as it was; what stays are the places where the points have been."""
        strips, boundary = self.strips, self.boundary
        self.hollows = self.hollow_places()
        with self.beat("rewind"):
            self.add(self.hollows)
            gone = () if self.numbers.parts else (boundary,)
            self.disappear(strips.rings, strips.threshold_name, strips.names, *gone, run_time=0.4)
            lengthen = [boundary.glide_to(self.upright, run_time=0.6)] if self.numbers.parts else []
            self.play(self.drop, self.hollows.animate(run_time=0.6).set_stroke(opacity=_AT_REST), *lengthen)
            self.add(self.space)
            if not self.numbers.parts:
                boundary.take(self.pieces)
            self.play(self.read_off(back=True, run_time=1.2))
            self.go_back()

    def go_back(self) -> None:
        """Undo the first layer; a plane that it has pressed flat shows the boundary only afterwards."""
        space, boundary = self.space, self.boundary
        hidden = self.numbers.flat and self.numbers.parts
        if hidden:
            self.disappear(boundary, run_time=0.2)
        else:
            space.followers = [self.carry_boundary]
        self.play(space.move(self.numbers.unmoved, run_time=1.2))
        space.followers = []
        if hidden:
            self.carry_boundary(space.map)
            self.play(boundary.set_stroke(opacity=1.0).draw(run_time=0.6))

    def hollow_places(self) -> VGroup:
        """Return an empty place for every point, where the two layers have taken it."""
        strips, labels = self.strips, self.numbers.dataset.labels
        return VGroup(
            *(
                Hollows(
                    self.theme,
                    CLASS_ROLES[label],
                    strips.targets[labels == label],
                    cloud.mark_width,
                    square=cloud.square,
                )
                for label, cloud in zip(self.numbers.dataset.classes, self.space.dots, strict=True)
            )
        )

    def multiply(self) -> None:
        with self.beat("product"):
            self.disappear(self.two, self.one, run_time=0.4)
            self.appear(self.product[0], run_time=0.6)
            self.appear(*self.product[1:], run_time=0.8)

    def map_at_once(self) -> None:
        """Let the one layer act, while the hidden one goes from the diagram: every point finds its place."""
        numbers, boundary = self.numbers, self.boundary
        with self.beat("at-once"):
            self.play(
                self.ride(numbers.scored_at_once, numbers.decision_at_once, run_time=3.0),
                shrink_to(self.diagram, numbers.collapsed, run_time=3.0),
            )
            shorten = [boundary.glide_to(self.bar)] if numbers.parts else []
            bright = self.hollows.animate.set_stroke(opacity=1.0)
            self.play(self.strips.lift(self.space.dots), bright, *shorten, run_time=1.6)
            self.wait(PAUSE)


def _is_whole(values: Sequence[float]) -> bool:
    """Tell whether all values are right to the last digit as they are written."""
    return all(shown(value) == value for value in values)
