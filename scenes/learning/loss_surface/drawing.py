"""The landscape of a loss over two weights: a curve, a surface, a map, and walks down it."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from nnmath import FloatArray
from scenes.learning.loss_surface.axis_names import AxisNames
from scenes.learning.loss_surface.card import Card
from scenes.learning.loss_surface.composition import Composition
from scenes.learning.loss_surface.landscape import Landscape
from scenes.learning.loss_surface.numbers import DEFINITION, LossSurfaceNumbers, LossSurfaceParameters
from scenes.learning.loss_surface.slope_mark import SlopeMark
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import math_equals, math_fixed, math_number, shown
from scenes.style.theme import Role

WALKERS: tuple[Role, Role] = ("class_0", "class_1")


class LossSurface(ExplainerScene[LossSurfaceParameters, LossSurfaceNumbers]):
    """Two weights of a real network, its loss as a landscape, and what walks down it."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        if self.numbers.compare == "batches":
            self.compare_batches()
            return
        self.draw_curve()
        self.lift_surface()
        self.lie_down()
        self.show_gradient()
        self.stand_up()
        self.walk_down()
        self.show_end()

    def set_stage(self) -> None:
        numbers, parts = self.numbers, Composition.of(self.layout)
        self.parts = parts
        half = np.full(2, numbers.half)
        self.relief = relief = numbers.relief(-half, half)
        self.above, self.aside = parts.above(relief, numbers.reach), parts.aside(relief)
        self.before = parts.before(relief)
        self.land = Landscape(numbers, self.theme, self.layout, relief, self.before, numbers.contours(relief))
        self.axes_names = AxisNames(self.theme, relief, parts.stage)
        self.card = self.make_card(0)
        self.land.lift_to(float(relief.second[-1]))
        self.see(self.before)

    def make_card(self, index: int) -> Card:
        numbers, walk = self.numbers, self.numbers.walks[index]
        region = (self.parts.first, self.parts.second)[index]
        weights = walk.descent.weights[0]
        loss = float(walk.descent.losses[0])
        return Card(self.theme, region, WALKERS[index], numbers.plane.network_at, weights, loss, numbers.half)

    def see(self, viewpoint: Viewpoint) -> None:
        """Look at everything from somewhere."""
        self.land.look_from(viewpoint)
        self.axes_names.look_from(viewpoint)

    def turn(self, start: Viewpoint, end: Viewpoint, run_time: float) -> None:
        """Move the camera, and nothing else."""
        moved = VGroup(self.land, self.axes_names)
        self.play(Drive(moved, lambda t: self.see(start.towards(end, t))), run_time=run_time)

    def put(self, weights: FloatArray) -> None:
        """Put the ball, and the network on the card, at two weights."""
        self.land.stand(weights)
        self.card.show(weights, self.numbers.plane.loss_at(weights))

    # The beats.

    def draw_curve(self) -> None:
        land, relief, (first, second) = self.land, self.relief, self.numbers.trained
        start, end = float(relief.first[0]), float(relief.first[-1])

        def sweep(share: float) -> None:
            land.show_curve(second, share)
            self.put(np.array([start + share * (end - start), second]))

        def settle(share: float) -> None:
            self.put(np.array([end + share * (first - end), second]))

        land.weave.set_stroke(opacity=0.0)
        sweep(0.0)
        self.add(self.card, self.axes_names, land)
        with self.beat("curve"):
            moved = VGroup(land, self.card)
            self.play(Drive(moved, sweep, rate_func=linear), run_time=2.4)
            self.play(Drive(moved, settle), run_time=1.0)

    def lift_surface(self) -> None:
        land, relief, (first, second) = self.land, self.relief, self.numbers.trained
        near, far = float(relief.second[0]), float(relief.second[-1])

        def slide(share: float) -> None:
            value = second + share * (far - second)
            land.show_curve(value)
            self.put(np.array([first, value]))

        def lift(share: float) -> None:
            value = far + share * (near - far)
            land.lift_to(value)
            self.put(np.array([first, value]))

        with self.beat("surface"):
            moved = VGroup(land, self.card)
            self.play(Drive(moved, slide), run_time=1.0)
            self.turn(self.before, self.aside, 1.4)
            land.weave.set_stroke(opacity=0.14)
            self.play(Drive(moved, lift), run_time=2.8)

    def lie_down(self) -> None:
        land = self.land
        with self.beat("map"):
            land.stand(None)
            self.play(FadeOut(land.curve), Drive(land.contours, land.flood, rate_func=linear), run_time=1.4)
            land.remove(land.curve)
            self.turn(self.aside, self.above, 2.2)

    def show_gradient(self) -> None:
        numbers, land, walk = self.numbers, self.land, self.numbers.walks[0].descent
        start, gradient = walk.weights[0], numbers.first_gradient
        mark = SlopeMark(
            self.theme,
            land,
            start,
            gradient,
            walk.learning_rate,
            numbers.contour_through(start, self.relief),
            self.parts.stage,
        )
        self.mark, lines = mark, self.gradient_lines()
        with self.beat("gradient"):
            self.put(start)
            self.add(land.ball)
            self.appear(land.ball, mark.line, run_time=0.6)
            self.add(mark.gradient, mark.square)
            self.play(Drive(mark, mark.climb), FadeIn(mark.names[0], lines[0]), run_time=1.0)
            self.wait(0.4)
            self.add(mark.step)
            self.play(Drive(mark, mark.descend), FadeIn(mark.names[1], *lines[1:]), run_time=1.0)
            self.play(
                Drive(
                    VGroup(land.ball, self.card), lambda t: self.put(start + t * (self.second_place - start))
                ),
                run_time=0.8,
            )

    @property
    def second_place(self) -> FloatArray:
        """Where the first walk is after a step."""
        weights = self.numbers.walks[0].descent.weights
        place: FloatArray = weights[min(1, len(weights) - 1)]
        return place

    def gradient_lines(self) -> VGroup:
        """Return the gradient and the step in numbers; as written, the step is −η times the gradient."""
        walk = self.numbers.walks[0].descent
        slopes = [shown(float(each)) for each in self.numbers.first_gradient]
        rate = walk.learning_rate
        steps = [shown(-rate * slope) for slope in slopes]
        exact = all(abs(-rate * a - b) < 1e-12 for a, b in zip(slopes, steps, strict=True))
        written = (
            (f"nabla L = {_written(slopes)}", "slope"),
            (f"eta = {math_number(rate, 4)}", "step"),
            (f"-eta nabla L {math_equals(exact)} {_written(steps)}", "step"),
        )
        region = self.parts.second
        lines = VGroup(*(self.formula(text, size=FORMULA_SIZE, role=role) for text, role in written))
        factor = min(1.0, region.width / max(line.width for line in lines))
        for k, line in enumerate(lines):
            line.scale(factor).stand_at(
                np.array([region.left, region.top - 0.6 - 0.62 * k, 0.0]), np.array([-1.0, 0.0, 0.0])
            )
        self.slopes = lines
        return lines

    def stand_up(self) -> None:
        land, walks = self.land, self.numbers.walks
        with self.beat("ridge"):
            self.disappear(self.mark, self.slopes, land.ball, run_time=0.4)
            land.stand(None)
            self.turn(self.above, self.aside, 1.8)
            self.trails = [land.walk(self.theme, k, role=WALKERS[k]) for k in range(len(walks))]
            self.cards = [self.card, *(self.make_card(k) for k in range(1, len(walks)))]
            self.card.show(walks[0].descent.weights[0], float(walks[0].descent.losses[0]))
            self.appear(*self.trails, *self.cards[1:], run_time=0.6)

    def walk_down(self) -> None:
        with self.beat("part"):
            moved = VGroup(*self.trails, *self.cards)
            end = max(trail.end for trail in self.trails)
            self.play(Drive(moved, self.walk_to, end=end, rate_func=linear), run_time=4.0)
            self.wait(PAUSE)

    def walk_to(self, time: float) -> None:
        """Show every walk as it is after so many updates."""
        for trail, card, walk in zip(self.trails, self.cards, self.numbers.walks, strict=True):
            descent = walk.descent
            trail.show(min(time, trail.end))
            k = min(int(time + 1e-9), len(descent))
            card.show(descent.weights[k], float(descent.losses[k]))

    def show_end(self) -> None:
        caption = self.definition.caption_for("end", self.numbers)
        with self.beat("end", count=len(self.numbers.walks[0].descent)):
            if caption == "end-swapped":
                self.play(self.cards[1].swap(), run_time=2.0)
                self.wait(PAUSE)
            else:
                self.wait(1.0)

    def compare_batches(self) -> None:
        for key in ("above", "full", "mini", "single", "compare"):
            with self.beat(key, count=0):
                self.wait(1)


def _written(pair: list[float]) -> str:
    return "({}, {})".format(*map(math_fixed, pair))
