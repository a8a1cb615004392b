"""The landscape of a loss over two weights: a curve, a surface, a map, and walks down it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from nnmath import FloatArray
from scenes.learning.loss_surface.axis_names import AxisNames
from scenes.learning.loss_surface.card import Card
from scenes.learning.loss_surface.composition import Composition
from scenes.learning.loss_surface.landscape import Landscape
from scenes.learning.loss_surface.ledger import Entry
from scenes.learning.loss_surface.numbers import DEFINITION, LossSurfaceNumbers, LossSurfaceParameters
from scenes.learning.loss_surface.slope_mark import SlopeMark, gradient_lines
from scenes.parts.surface.trail import Style
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.style.layout import LABEL_SIZE, SMALL_SIZE
from scenes.style.theme import Role

STARTS: tuple[Role, Role] = ("class_0", "class_1")
BATCHES: tuple[tuple[Role, Style], ...] = (("boundary", "whole"), ("class_0", "dashed"), ("class_1", "thin"))


class LossSurface(ExplainerScene[LossSurfaceParameters, LossSurfaceNumbers]):
    """Two weights of a real network, its loss as a landscape, and what walks down it."""

    definition = DEFINITION

    def construct(self) -> None:
        self.parts = Composition.of(self.layout)
        if self.numbers.compare == "batches":
            self.compare_batches()
        else:
            self.compare_starts()

    def compare_starts(self) -> None:
        half = np.full(2, self.numbers.half)
        self.set_ground(-half, half)
        self.draw_curve()
        self.lift_surface()
        self.lie_down()
        self.show_gradient()
        self.stand_up()
        self.walk_down()
        self.show_end()

    def compare_batches(self) -> None:
        self.set_ground(*self.parts.ground(self.numbers.reach))
        self.look_down()
        self.walk_with("full", 0)
        self.walk_with("mini", 1)
        self.walk_with("single", 2, plays=2)
        self.compare_reading()

    # The stage.

    def set_ground(self, low: FloatArray, high: FloatArray) -> None:
        """Prepare the ground between two pairs of weights."""
        numbers, parts = self.numbers, self.parts
        self.relief = relief = numbers.relief(low, high)
        ends = np.array([each for walk in numbers.walks for each in (walk.last, walk.valley.weights)])
        ends = ends[relief.holds(ends)]
        shown = relief.lift(ends, numbers.losses_near(ends, relief))
        self.above, self.aside = parts.above(relief, numbers.map_reach), parts.aside(relief, shown)
        self.before = parts.before(relief)
        self.land = Landscape(numbers, self.theme, self.layout, relief, self.aside, numbers.contours(relief))
        safe = parts.stage.overlap(self.layout.text_safe)
        self.names = AxisNames(self.theme, relief, safe)

    def see(self, viewpoint: Viewpoint) -> None:
        """Look at everything from somewhere."""
        self.land.look_from(viewpoint)
        self.names.look_from(viewpoint)

    def turn(self, start: Viewpoint, end: Viewpoint, run_time: float) -> None:
        """Move the camera, and nothing else."""
        moved = VGroup(self.land, self.names, *self.land.trails)
        self.play(Drive(moved, lambda t: self.see(start.towards(end, t))), run_time=run_time)

    def make_card(self, index: int) -> Card:
        numbers, descent = self.numbers, self.numbers.walks[index].descent
        region = (self.parts.first, self.parts.second)[index]
        first = descent.weights[0], float(descent.losses[0])
        return Card(self.theme, region, STARTS[index], numbers.plane.network_at, *first, numbers.half)

    def put(self, weights: FloatArray) -> None:
        """Put the ball, and the network on the card, at two weights."""
        self.land.stand(weights)
        self.card.show(weights, self.numbers.plane.loss_at(weights))

    def drive(self, show: Callable[[float], object], run_time: float, *, even: bool = False) -> None:
        """Play what moves the curve, the ground or the ball, and the card with it."""
        options = {"rate_func": linear} if even else {}
        self.play(Drive(VGroup(self.land, self.card), show, **options), run_time=run_time)

    # The beats of two starts.

    def draw_curve(self) -> None:
        land, relief, (first, second) = self.land, self.relief, self.numbers.trained
        start, end = float(relief.first[0]), float(relief.first[-1])

        def sweep(share: float) -> None:
            land.show_curve(second, share)
            self.put(np.array([start + share * (end - start), second]))

        def settle(share: float) -> None:
            self.put(np.array([end + share * (first - end), second]))

        self.card = self.make_card(0)
        land.lift_to(float(relief.second[-1]))
        self.see(self.before)
        sweep(0.0)
        self.add(self.card, self.names, land)
        with self.beat("curve"):
            self.drive(sweep, 2.4, even=True)
            self.drive(settle, 1.0)

    def lift_surface(self) -> None:
        land, relief, (first, second) = self.land, self.relief, self.numbers.trained
        near, far = float(relief.second[0]), float(relief.second[-1])

        def slide(share: float) -> None:
            land.show_curve(second + share * (far - second))
            self.put(np.array([first, land.second]))

        def lift(share: float) -> None:
            land.lift_to(far + share * (near - far))
            self.put(np.array([first, land.second]))

        with self.beat("surface"):
            self.drive(slide, 1.0)
            self.turn(self.before, self.aside, 1.4)
            self.drive(lift, 2.8)

    def lie_down(self) -> None:
        land = self.land
        with self.beat("map"):
            land.stand(None)
            flood = Drive(land.contours, land.flood, rate_func=linear)
            self.play(FadeOut(land.curve), flood, run_time=1.4)
            land.remove(land.curve)
            self.turn(self.aside, self.above, 2.2)

    def show_gradient(self) -> None:
        numbers, land = self.numbers, self.land
        start, step = numbers.point, -numbers.learning_rate * numbers.gradient
        line = numbers.contour_through(start, self.relief)
        mark = SlopeMark(self.theme, land, numbers, line, self.names.within, [*self.names])
        lines = gradient_lines(self.theme, numbers, self.parts.second)
        self.told = VGroup(mark, lines)
        with self.beat("gradient"):
            self.put(start)
            self.appear(land.ball, mark.line, run_time=0.6)
            if numbers.gradient.any():
                self.add(mark.gradient, mark.square)
                self.play(Drive(mark, mark.climb), FadeIn(mark.names[0], lines[0]), run_time=1.0)
                self.wait(0.4)
                self.add(mark.step)
                self.play(Drive(mark, mark.descend), FadeIn(mark.names[1], *lines[1:]), run_time=1.0)
                self.drive(lambda t: self.put(start + t * step), 0.8)
            else:
                self.appear(lines[0])

    def stand_up(self) -> None:
        land, walks = self.land, self.numbers.walks
        with self.beat("ridge"):
            self.disappear(self.told, land.ball, run_time=0.4)
            land.stand(None)
            self.turn(self.above, self.aside, 1.8)
            self.trails = [land.walk(self.theme, k, STARTS[k]) for k in range(len(walks))]
            self.cards = [self.card, *(self.make_card(k) for k in range(1, len(walks)))]
            self.walk_to(0.0)
            self.appear(*self.trails, *self.cards[1:], run_time=0.6)

    def walk_down(self) -> None:
        with self.beat("part"):
            moved = VGroup(*self.trails, *self.cards)
            end = max(trail.end for trail in self.trails)
            for first, last in ((0.0, 0.5), (0.5, 1.0)):
                walk = Drive(moved, self.walk_to, start=first * end, end=last * end, rate_func=linear)
                self.play(walk, run_time=2.0)
            self.wait(PAUSE)

    def walk_to(self, time: float) -> None:
        """Show every walk as it is after so many updates."""
        for trail, card, walk in zip(self.trails, self.cards, self.numbers.walks, strict=True):
            descent = walk.descent
            trail.show(min(time, trail.end))
            k = min(int(time + 1e-9), len(descent))
            card.show(descent.weights[k], float(descent.losses[k]))

    def show_end(self) -> None:
        swapped = self.definition.caption_for("end", self.numbers) == "end-swapped"
        with self.beat("end", count=len(self.numbers.walks[0].descent)):
            if swapped:
                self.play(self.cards[1].swap(), run_time=2.4)
                self.wait(PAUSE)

    # The beats of three batches.

    def look_down(self) -> None:
        land, walks = self.land, self.numbers.walks
        land.remove(land.curve)
        land.flood(1.0)
        self.trails = [land.walk(self.theme, 0, *BATCHES[0])]
        names = self.batch_names()
        most = max(float(walk.descent.passes[-1]) for walk in walks)
        self.entries = []
        for k, walk in enumerate(walks):
            size = LABEL_SIZE if self.parts.columns is None else SMALL_SIZE
            words = (
                self.label("updates", role="muted", size=size),
                self.label("passes", role="muted", size=size),
            )
            share = float(walk.descent.passes[-1]) / most
            entry = Entry(self.theme, walk, *BATCHES[k], self.text(names[k]))
            entry.stand(self.parts.entries[k], words, self.parts.columns, share)
            self.entries.append(entry)
        self.see(self.aside)
        self.add(land, self.names, *self.trails)
        with self.beat("above"):
            self.wait(PAUSE)
            self.turn(self.aside, self.above, 2.4)

    def batch_names(self) -> tuple[str, ...]:
        """Return what each walk uses for a step, in words."""
        sizes = [walk.descent.batch_size for walk in self.numbers.walks]
        return (
            self.words.label("all" if self.parts.columns is None else "some", count=sizes[0]),
            self.words.label("some", count=sizes[1]),
            self.words.label("one"),
        )

    def walk_with(self, key: str, index: int, plays: int = 1) -> None:
        entry = self.entries[index]
        if index:
            self.trails.append(self.land.walk(self.theme, index, *BATCHES[index]))
        trail = self.trails[index]

        def walk(time: float) -> None:
            trail.show(time)
            entry.show(time)

        with self.beat(key, count=entry.walk.descent.batch_size):
            self.appear(entry, trail, run_time=0.4)
            for k in range(plays):
                start, end = (trail.end * part / plays for part in (k, k + 1))
                motion = Drive(VGroup(trail, entry), walk, start=start, end=end, rate_func=linear)
                self.play(motion, run_time=2.0 if plays > 1 else 2.8)

    def compare_reading(self) -> None:
        def measure(share: float) -> None:
            for entry in self.entries:
                entry.measure(share)

        with self.beat("compare"):
            self.add(*(entry.bar for entry in self.entries))
            self.play(Drive(VGroup(*self.entries), measure), run_time=2.0)
            self.wait(PAUSE)
