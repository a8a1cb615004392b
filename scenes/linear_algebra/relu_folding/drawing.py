"""ReLU folds space: what one straight line cannot separate, it can separate after the fold."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, VGroup

from nnmath.plane_map import PlaneMap
from scenes.families.hidden_plane.drawing import HiddenPlaneScene
from scenes.families.scores import counted
from scenes.linear_algebra.relu_folding.numbers import DEFINITION, ReluFoldingNumbers, ReluFoldingParameters
from scenes.parts.marks.segments import Segments, bent_pieces
from scenes.parts.plane.view import View
from scenes.stage.motion import Drive
from scenes.style.layout import LABEL_SIZE
from scenes.style.markup import named

_RELU = named("relu", 'upright("relu")')


class ReluFolding(HiddenPlaneScene[ReluFoldingParameters, ReluFoldingNumbers]):
    """A trained 2-2-1 network moves, shifts and folds the plane, and then one line is enough."""

    definition = DEFINITION
    rule_markup = f"bold(h) = {_RELU}(W_1 bold(x) + bold(b)_1)"

    def construct(self) -> None:
        self.set_stage()
        self.show_curves()
        self.turn()
        self.shift_by_bias()
        self.fold_first()
        self.fold_second()
        self.separate()
        self.score()
        self.pull_back()

    def set_stage(self) -> None:
        super().set_stage()
        self.boundary = Segments(self.colour("boundary"), 5.0).set_z_index(4)
        self.axis_names = VGroup(
            *(self.formula(f"h_{k}", size=LABEL_SIZE, role="muted", halo=True) for k in (1, 2))
        )

    def hidden_view(self) -> View:
        """Return the view in which the folded plane, all of it in one quadrant, fills the stage."""
        largest = 3 * self.space.view.unit
        return View.filling(self.layout, [self.numbers.hidden], margin=0.8, largest_unit=largest)

    def place_axis_names(self, _: PlaneMap) -> None:
        """Keep the names of h₁ and h₂ at the ends of their axes, whatever the view."""
        view, region = self.space.view, self.layout.stage
        across, up = self.axis_names
        across.move_to(np.array([region.right - 0.35, view.origin[1] - 0.32, 0.0]))
        up.move_to(np.array([view.origin[0] - 0.35, region.top - 0.3, 0.0]))

    def fold_first(self) -> None:
        with self.beat("fold-1"):
            self.place_axis_names(self.space.map)
            self.appear(self.axis_names, instead_of=[self.space.basis])
            self.space.remove(self.space.basis)
            self.space.followers.append(self.place_axis_names)
            self.play(self.space.move(self.numbers.folded), run_time=2.4)

    def fold_second(self) -> None:
        with self.beat("fold-2"):
            self.play(self.space.move(lambda t: self.numbers.folded(1.0 + t)), run_time=2.4)

    def separate(self) -> None:
        with self.beat("separate", **counted(self.numbers.threshold)):
            self.play(self.space.glide(self.hidden_view()), run_time=1.2)
            pieces = self.separating_line()
            start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
            grow = Drive(
                self.boundary,
                lambda t: self.boundary.set_pieces(np.stack([start, start + t * along], axis=1)),
                introducer=True,
                run_time=1.6,
            )
            self.play(grow)

    def separating_line(self) -> np.ndarray:
        """Return the line w·h + b = threshold across the stage, `(1, 2, 2)` in scene units.

        There is none, `(0, 2, 2)`, where the threshold parts nothing.
        """
        numbers, view = self.numbers, self.space.view
        weights, bias = numbers.last.weights[0], float(numbers.last.bias[0]) - numbers.threshold.value
        if not numbers.parts:
            return np.zeros((0, 2, 2))
        foot = -bias * weights / (weights @ weights)
        along = np.array([-weights[1], weights[0]]) / np.hypot(*weights)
        far = 500.0  # hidden coordinates are below 50
        ends = view.to_scene(np.array([foot - far * along, foot + far * along]))
        return Segments("#000000", 1).set_pieces(ends[None], view.seen).pieces

    def score(self) -> None:
        self.set_score_line()
        with self.beat("score", **counted(self.numbers.threshold)):
            self.disappear(self.boundary, self.weights, self.bias, self.axis_names, self.rule, run_time=0.4)
            self.show_last_layer()
            self.play(self.read_off(run_time=1.8), FadeIn(self.line), run_time=1.8)
            self.disappear(self.space.plane, run_time=0.4)
            names = FadeIn(self.strips.names)
            self.play(self.strips.lift(self.space.dots), names, run_time=1.2)
            self.appear(*self.strips.decision, self.count, self.share)

    def pull_back(self) -> None:
        numbers, space = self.numbers, self.space
        starts, ends = numbers.boundary[:, 0], numbers.boundary[:, 1]

        def follow(plane_map: PlaneMap) -> None:
            if not len(starts):  # the network puts everything in one class
                return
            corners = space.view.to_scene(plane_map.apply_to_lines(starts, ends).reshape(-1, 2))
            self.boundary.set_pieces(bent_pieces(corners.reshape(-1, 4, 2)), space.view.seen)

        with self.beat("bent-line", **counted(numbers.threshold)):
            self.disappear(self.strips, self.line, *space.dots, run_time=0.4)
            space.followers.append(follow)
            space.look(self.wide_view).show(numbers.unfolded(0.0)).restore_marks()
            self.appear(space.plane, *space.dots, self.boundary)
            self.add(space)
            self.play(space.move(numbers.unfolded), run_time=3.0)
