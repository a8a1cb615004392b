"""ReLU folds space: what one straight line cannot separate, it can separate after the fold."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from nnmath.plane_map import PlaneMap
from scenes.base import ExplainerScene
from scenes.definitions.relu_folding import DEFINITION, ReluFoldingNumbers
from scenes.layout import FORMULA_SIZE, LABEL_SIZE
from scenes.numerals import math_column, math_matrix, math_number
from scenes.parts.motion import Drive
from scenes.parts.network_diagram import NetworkDiagram
from scenes.parts.number_line import NumberLine
from scenes.parts.score_strips import ScoreStrips
from scenes.parts.segments import Segments, bent_pieces
from scenes.parts.space import Space
from scenes.parts.stack import stack
from scenes.parts.typesetting import named
from scenes.parts.view import View
from scenes.parts.writing import Text
from scenes.theme import CLASS_ROLES

_PAINT = {"w11": "basis_i", "w21": "basis_i", "w12": "basis_j", "w22": "basis_j", "relu": "active"}


class ReluFolding(ExplainerScene[ReluFoldingNumbers]):
    """A trained 2-2-1 network moves, shifts and folds the plane, and then one line is enough."""

    definition = DEFINITION

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
        path = [numbers.turned(t) for t in (0.0, 0.25, 0.5, 0.75)] + [
            numbers.shifted(0.0),
            numbers.folded(0.0),
        ]
        view = View.fitting(self.layout.stage, [step.apply(numbers.dataset.points) for step in path])
        self.space = Space(view, self.theme, numbers.dataset, reach=1.0)
        self.diameters = [cloud.diameter for cloud in self.space.dots]
        self.boundary = Segments(self.colour("boundary"), 5.0).set_z_index(4)
        self.axis_names = VGroup(
            *(self.formula(f"h_{k}", size=LABEL_SIZE, role="muted", halo=True) for k in (1, 2))
        )
        self.wide_view = view
        self.compose_panel()

    def compose_panel(self) -> None:
        numbers = self.numbers
        top, middle, low = self.layout.panel.rows(1.8, 0.5, 2.4, gap=0.2)
        self.diagram = NetworkDiagram(numbers.network, self.theme, top, card=True)
        relu = named("relu", 'upright("relu")')
        self.rule = self.formula(
            f"bold(h) = {relu}({named('W', 'W_1')} bold(x) + {named('b', 'bold(b)_1')})", paint=_PAINT
        ).within(middle)
        self.weights = self.formula(f"W_1 = {math_matrix(numbers.first.weights)}", paint=_PAINT)
        self.bias = self.formula(f"bold(b)_1 = {math_column(numbers.first.bias)}")
        stack(low, [self.weights, self.bias], self.layout.panel_flow)
        self.score_rule = self.formula("y = W_2 bold(h) + b_2").within(middle)
        self.score_weights = self.formula(f"W_2 = {math_matrix(numbers.last.weights)}")
        self.score_bias = self.formula(f"b_2 = {math_number(numbers.last.bias[0])}")
        total = numbers.threshold.total
        self.count = self.label(
            "right_of", {"right": numbers.threshold.right, "total": total}, size=FORMULA_SIZE
        )
        self.share = self.formula(
            f"{math_number(100 * numbers.threshold.accuracy, 1)} %", size=FORMULA_SIZE * 1.3
        )
        self.readings = VGroup(self.score_weights, self.score_bias, self.count, self.share)
        stack(low, list(self.readings), self.layout.panel_flow, gap=0.15)

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

    def class_names(self) -> tuple[Text, Text]:
        first, second = (self.label(f"class_{k}", role=CLASS_ROLES[k], halo=True) for k in (0, 1))
        return first, second

    def number_line(self) -> NumberLine:
        scores = self.numbers.scores
        low, high = float(min(scores.min(), 0.0)), float(max(scores.max(), 0.0))
        return NumberLine(self.layout.stage, self.theme, low, high, float(self.space.view.origin[1]))

    def show_curves(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("curves", parameters=self.numbers.network.parameter_count):
            self.play(FadeIn(space.basis), *(FadeIn(cloud) for cloud in space.dots), run_time=0.8)
            self.play(FadeIn(self.diagram), FadeIn(self.rule), run_time=1.0)

    def turn(self) -> None:
        self.add(self.space)
        with self.beat("turn"):
            self.play(FadeIn(self.weights), self.diagram.light_column(1), run_time=0.8)
            self.play(self.space.move(self.numbers.turned), run_time=2.4)

    def shift_by_bias(self) -> None:
        with self.beat("shift"):
            self.play(FadeIn(self.bias), run_time=0.6)
            self.play(self.space.move(self.numbers.shifted), run_time=1.6)

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
        numbers = self.numbers
        perfect = numbers.threshold.right == numbers.threshold.total
        with self.beat("separate", caption="separate" if perfect else "separate-almost"):
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
        foot = -bias * weights / (weights @ weights)
        along = np.array([-weights[1], weights[0]]) / np.hypot(*weights)
        far = 50.0
        ends = view.to_scene(np.array([foot - far * along, foot + far * along]))
        return Segments("#000000", 1).set_pieces(ends[None], view.region).pieces

    def score(self) -> None:
        numbers, view = self.numbers, self.space.view
        self.line = self.number_line()
        scale = self.line.unit / view.unit
        zero = (self.line.zero - view.origin[0]) / view.unit
        strips = ScoreStrips(
            self.layout.stage,
            self.theme,
            self.line,
            numbers.scores,
            numbers.dataset.labels,
            numbers.threshold.value,
            self.formula(f"y = {math_number(numbers.threshold.value)}", halo=True),
            self.class_names(),
        )
        perfect = numbers.threshold.right == numbers.threshold.total
        values = {"right": numbers.threshold.right, "total": numbers.threshold.total}
        with self.beat("score", caption="score" if perfect else "score-almost", **values):
            self.disappear(self.boundary, self.weights, self.bias, self.axis_names, self.rule, run_time=0.4)
            self.play(
                *(FadeIn(thing) for thing in (self.score_rule, self.score_weights, self.score_bias)),
                self.diagram.light_column(2),
                run_time=0.6,
            )
            self.play(
                self.space.move(lambda t: numbers.scored(t, scale, zero)), FadeIn(self.line), run_time=1.8
            )
            self.play(FadeOut(self.space.plane), run_time=0.4)
            self.play(strips.lift(self.space.dots), run_time=1.2)
            self.play(FadeIn(strips), FadeIn(self.count), FadeIn(self.share), run_time=0.6)
        self.strips = strips

    def pull_back(self) -> None:
        numbers, space = self.numbers, self.space
        starts, ends = numbers.boundary[:, 0], numbers.boundary[:, 1]

        def follow(plane_map: PlaneMap) -> None:
            corners = space.view.to_scene(plane_map.apply_to_lines(starts, ends).reshape(-1, 2))
            self.boundary.set_pieces(bent_pieces(corners.reshape(-1, 4, 2)), space.view.region)

        with self.beat("bent-line", right=numbers.threshold.right, total=numbers.threshold.total):
            self.play(*(FadeOut(thing) for thing in (self.strips, self.line, *space.dots)), run_time=0.4)
            space.followers.append(follow)
            space.look(self.wide_view)
            space.show(numbers.unfolded(0.0))
            for cloud, diameter in zip(space.dots, self.diameters, strict=True):
                cloud.resize(diameter)
            self.play(*(FadeIn(thing) for thing in (space.plane, *space.dots, self.boundary)), run_time=0.6)
            self.add(space)
            self.play(space.move(numbers.unfolded), run_time=3.0)
