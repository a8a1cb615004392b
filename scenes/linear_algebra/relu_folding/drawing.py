"""ReLU folds space: what one straight line cannot separate, it can separate after the press."""

from __future__ import annotations

from typing import Literal

import numpy as np
from manim import FadeIn, FadeOut

from nnmath.plane_map import PlaneMap
from scenes.families.hidden_plane.axes import NamedAxes
from scenes.linear_algebra.relu_folding.neuron_by_neuron import NeuronByNeuron
from scenes.linear_algebra.relu_folding.numbers import DEFINITION
from scenes.parts.marks.segments import clipped
from scenes.parts.plane.press import Press
from scenes.parts.plane.view import View
from scenes.stage.scene import PAUSE
from scenes.style.layout import Region

# How much larger than the plane as it was the pressed one may be shown, and how far its points keep inside.
_LARGER, _MARGIN = 3.0, 0.8
# In scene units: beyond every window.
_FAR = 1e3


class ReluFolding(NeuronByNeuron):
    """A trained network moves, shifts and presses the plane, and then one line is enough."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_curves()
        if self.numbers.units > 2:
            self.show_neurons()
            return
        self.make_z_plane()
        self.press(0)
        self.press(1)
        self.separate()
        self.score()
        self.go_back()
        self.show_creases()

    def set_stage(self) -> None:
        super().set_stage()
        if self.numbers.units > 2:
            return
        self.compose_numbers()
        self.set_score_line()
        clear_of = [(self.wide_view, self.numbers.pre_activations), (self.hidden_view, self.numbers.hidden)]
        self.presses = Press(self.wide_view, self.theme, 0), Press(self.wide_view, self.theme, 1)
        self.axes = NamedAxes(self.wide_view, self.theme, "z", clear_of)

    @property
    def hidden_view(self) -> View:
        """The view in which the pressed plane, all of it in one quadrant, fills the stage."""
        largest = _LARGER * self.wide_view.unit
        return View.filling(self.layout, [self.numbers.hidden], margin=_MARGIN, largest_unit=largest)

    def make_z_plane(self) -> None:
        with self.beat("turn"):
            self.appear(self.rules[0], run_time=0.4)
            self.move_plane()

    def press(self, unit: Literal[0, 1]) -> None:
        """Show what is about to be pressed, and onto what, for a second; then press it."""
        press = self.presses[unit]
        with self.beat(f"fold-{unit + 1}"):
            if unit == 0:
                self.clear_for_press()
            else:
                self.disappear(self.presses[0].hinge, run_time=0.2)
            self.appear(press, run_time=0.6)
            self.wait(0.4)
            self.play(self.space.move(lambda t: self.numbers.folded(unit + t), run_time=1.6))
            self.play(FadeOut(press.tint, press.arrows, self.axes.names[unit]), run_time=0.4)
            self.appear(self.axes.rename("h", unit), run_time=0.2)

    def clear_for_press(self) -> None:
        """Leave the points of the z plane, and a ghost of where they are, and nothing of what was before."""
        space = self.space
        self.disappear(self.ghost, space.basis, self.first_numbers, run_time=0.4)
        space.remove(space.basis)
        space.ghosts.remove(self.ghost)
        self.ghost = space.leave_ghost(basis=False)
        # Neither class covers the other where an axis gathers both.
        space.dots[1].lie_among(space.dots[0])
        self.add(space)
        self.appear(self.rules[1], run_time=0.4)

    def separate(self) -> None:
        space, numbers = self.space, self.numbers
        with self.beat("separate"):
            self.disappear(self.ghost, self.presses[1].hinge, run_time=0.4)
            space.ghosts.remove(self.ghost)
            self.add(space)
            space.followers.append(self.keep_in_view)
            self.play(space.glide(self.hidden_view), run_time=1.0)
            if numbers.parts:
                self.boundary.line(*numbers.hidden_line)
                self.play(self.boundary.draw(), run_time=1.2)
                space.followers.append(self.carry_straight_line)

    def keep_in_view(self, _: PlaneMap) -> None:
        """Let the axes and the boundary be seen as the plane is."""
        self.boundary.view = self.space.view
        self.axes.look(self.space.view)

    def carry_straight_line(self, _: PlaneMap) -> None:
        """Let the boundary be the straight line of the pressed plane in whatever view."""
        self.boundary.line(*self.numbers.hidden_line)

    def score(self) -> None:
        strips, boundary = self.strips, self.boundary
        self.space.followers.clear()
        with self.beat("score"):
            self.disappear(self.axes, run_time=0.4)
            self.show_last_layer()
            self.play(self.read_off(run_time=1.6))
            shorten = boundary.glide_to(self.bar) if self.numbers.parts else FadeIn(boundary.take(self.bar))
            self.play(FadeIn(self.line), shorten, run_time=0.4)
            self.drop = strips.lift(self.space.dots, start=1.0, end=0.0, run_time=0.6)
            lift = strips.lift(self.space.dots)
            self.play(lift, FadeIn(strips.names), FadeOut(self.last_numbers), run_time=1.2)
            self.appear(strips.rings, strips.threshold_name, self.counter, run_time=0.4)

    def go_back(self) -> None:
        """Play everything backwards, as far as the plane before it was pressed."""
        space, strips, boundary, numbers = self.space, self.strips, self.boundary, self.numbers
        with self.beat("bent-line"):
            gone = () if numbers.parts else (boundary,)
            self.disappear(strips.rings, strips.threshold_name, strips.names, *gone, run_time=0.4)
            boundary.take(self.bar if numbers.parts else np.zeros((0, 2, 2)))
            lengthen = [boundary.glide_to(self.upright)] if numbers.parts else []
            self.play(self.drop)
            self.play(FadeOut(self.line), *lengthen, run_time=0.4)
            self.add(space)
            self.play(self.read_off(back=True, run_time=1.0))
            space.followers.append(self.keep_in_view)
            if numbers.parts:
                space.followers.append(self.carry_straight_line)
            self.play(space.glide(self.wide_view), run_time=0.8)
            self.release()

    def release(self) -> None:
        """Leave of the line what the pressed plane covers, and let what was pressed go back to its places."""
        space, numbers, boundary = self.space, self.numbers, self.boundary
        self.creases.show(numbers.shifted(1.0))
        x, y = self.wide_view.origin
        covered = clipped(boundary.shape, Region(x, y, _FAR, _FAR))
        trim = [boundary.glide_to(covered)] if len(clipped(covered, boundary.view.seen)) else []
        self.play(FadeIn(self.creases.lines), *trim, run_time=0.4)
        space.followers = [self.carry_boundary]
        self.play(space.move(lambda t: numbers.folded(2.0 - 2.0 * t), run_time=1.4))

    def show_creases(self) -> None:
        """Take boundary and creases back to the plane as it was, where each corner lies on a crease."""
        space, creases = self.space, self.creases
        space.followers.append(creases.show)
        with self.beat("creases", **self.counts()):
            self.play(space.move(self.numbers.unmoved, run_time=3.0))
            self.appear(creases.rings, creases.names, run_time=0.6)
            self.wait(PAUSE)
