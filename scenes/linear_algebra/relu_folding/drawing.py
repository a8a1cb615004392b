"""ReLU folds space: what one straight line cannot separate, it can separate after the fold."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from nnmath.plane_map import PlaneMap
from scenes.families.hidden_plane.drawing import HiddenPlaneScene
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
        numbers = self.numbers
        times = np.linspace(0.0, 1.0, 9)
        path = [motion(t) for motion in (numbers.turned, numbers.shifted, numbers.unfolded) for t in times]
        view = View.fitting(self.layout.stage, [step.apply(numbers.dataset.points) for step in path])
        self.set_plane(view)
        self.diameters = [cloud.diameter for cloud in self.space.dots]
        self.boundary = Segments(self.colour("boundary"), 5.0).set_z_index(4)
        self.axis_names = VGroup(
            *(self.formula(f"h_{k}", size=LABEL_SIZE, role="muted", halo=True) for k in (1, 2))
        )

    def hidden_view(self) -> View:
        """Return the view in which the folded plane, all of it in one quadrant, fills the stage."""
        hidden, region = self.numbers.hidden, self.layout.stage
        view = View.fitting(region, [hidden], margin=0.8, largest_unit=3 * self.space.view.unit)
        return view

    def place_axis_names(self, _: PlaneMap) -> None:
        """Keep the names of h₁ and h₂ at the ends of their axes, whatever the view."""
        view, region = self.space.view, self.layout.stage
        across, up = self.axis_names
        across.move_to(np.array([region.right - 0.35, view.origin[1] - 0.32, 0.0]))
        up.move_to(np.array([view.origin[0] - 0.35, region.top - 0.3, 0.0]))

    def fold_first(self) -> None:
        with self.beat("fold-1", caption=self.fold_caption(0)):
            self.place_axis_names(self.space.map)
            self.play(FadeOut(self.space.basis), FadeIn(self.axis_names), run_time=0.6)
            self.space.remove(self.space.basis)
            self.space.followers.append(self.place_axis_names)
            self.play(self.space.move(self.numbers.folded), run_time=2.4)

    def fold_second(self) -> None:
        with self.beat("fold-2", caption=self.fold_caption(1)):
            self.play(self.space.move(lambda t: self.numbers.folded(1.0 + t)), run_time=2.4)

    def fold_caption(self, unit: int) -> str:
        """Return the caption that fits whether this unit's fold moves any point of the data."""
        moves = bool((self.numbers.pre_activations[:, unit] < 0).any())
        return f"fold-{unit + 1}" if moves else f"fold-{unit + 1}-empty"

    def separate(self) -> None:
        with self.beat("separate", caption="separate" if self.numbers.perfect else "separate-almost"):
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
        """Return the line w·h + b = threshold across the stage, `(1, 2, 2)` in scene units."""
        numbers, view = self.numbers, self.space.view
        weights, bias = numbers.last.weights[0], float(numbers.last.bias[0]) - numbers.threshold.value
        if not weights.any():  # every score is the same
            return np.zeros((0, 2, 2))
        foot = -bias * weights / (weights @ weights)
        along = np.array([-weights[1], weights[0]]) / np.hypot(*weights)
        far = 50.0
        ends = view.to_scene(np.array([foot - far * along, foot + far * along]))
        return Segments("#000000", 1).set_pieces(ends[None], view.region).pieces

    def score(self) -> None:
        self.set_score_line()
        caption = "score" if self.numbers.perfect else "score-almost"
        with self.beat("score", caption=caption, **self.counted()):
            self.disappear(self.boundary, self.weights, self.bias, self.axis_names, self.rule, run_time=0.4)
            self.show_last_layer()
            self.play(self.read_off(run_time=1.8), FadeIn(self.line), run_time=1.8)
            self.play(FadeOut(self.space.plane), run_time=0.4)
            names = FadeIn(self.strips.class_names)
            self.play(self.strips.lift(self.space.dots), names, run_time=1.2)
            self.appear(*self.strips.decision, self.count, self.share, run_time=0.6)

    def curves_caption(self) -> str:
        return "curves-easy" if self.numbers.separable else "curves"

    def bent_caption(self) -> str:
        """Return the caption that fits what the boundary is in the plane as it was."""
        pieces = len(self.numbers.boundary)
        return "bent-line" if pieces > 1 else "bent-line-straight" if pieces else "bent-line-none"

    def pull_back(self) -> None:
        numbers, space = self.numbers, self.space
        starts, ends = numbers.boundary[:, 0], numbers.boundary[:, 1]

        def follow(plane_map: PlaneMap) -> None:
            if not len(starts):  # the network puts everything in one class
                return
            corners = space.view.to_scene(plane_map.apply_to_lines(starts, ends).reshape(-1, 2))
            self.boundary.set_pieces(bent_pieces(corners.reshape(-1, 4, 2)), space.view.region)

        with self.beat("bent-line", caption=self.bent_caption(), **self.counted()):
            self.play(*(FadeOut(thing) for thing in (self.strips, self.line, *space.dots)), run_time=0.4)
            space.followers.append(follow)
            space.look(self.wide_view)
            space.show(numbers.unfolded(0.0))
            for cloud, diameter in zip(space.dots, self.diameters, strict=True):
                cloud.resize(diameter)
            self.play(*(FadeIn(thing) for thing in (space.plane, *space.dots, self.boundary)), run_time=0.6)
            self.add(space)
            self.play(space.move(numbers.unfolded), run_time=3.0)
