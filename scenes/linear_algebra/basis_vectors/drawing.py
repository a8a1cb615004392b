"""Basis vectors: the columns of a matrix are where i and j land."""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np
from manim import FadeIn, FadeOut, Indicate, VGroup, VMobject

from nnmath.plane_map import PlaneMap
from scenes.linear_algebra.basis_vectors import formulas
from scenes.linear_algebra.basis_vectors.close_up import close_up, on_stage, on_the_way
from scenes.linear_algebra.basis_vectors.numbers import (
    DEFINITION,
    BasisVectorsNumbers,
    BasisVectorsParameters,
)
from scenes.linear_algebra.basis_vectors.recipe_path import PLACES, RecipePath
from scenes.linear_algebra.basis_vectors.side_by_side import SideBySide
from scenes.linear_algebra.basis_vectors.turning_arc import FlipAxis, TurningArc
from scenes.linear_algebra.basis_vectors.unit_square import UnitSquare
from scenes.parts.plane.coordinates import Coordinates
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.flight import appear, arrive
from scenes.parts.writing.frame import Frame
from scenes.parts.writing.placing import Obstacle, best, boxes_at, boxes_of, grown
from scenes.parts.writing.stack import stack
from scenes.stage.drawn import BackdropGroup
from scenes.stage.motion import Drive
from scenes.stage.scene import PAUSE, ExplainerScene
from scenes.stage.writing import Formula
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import numeral, shown
from scenes.style.theme import COLUMN_ROLES

# How large data points may grow near by, in scene units.
_LARGEST_MARK = 0.12
_ALONG = np.linspace(0.0, 1.0, 9)[:, None]


class BasisVectorsScene(ExplainerScene[BasisVectorsParameters, BasisVectorsNumbers]):
    """A 2 × 2 matrix moves i, j and with them the grid, the curves and a point."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_recipe()
        self.show_column(0)
        self.show_column(1)
        self.predict()
        self.move_space()
        self.show_area()

    # The stage.

    def set_stage(self) -> None:
        numbers, stage = self.numbers, self.layout.stage
        self.wide = view = View.filling(self.layout, numbers.clouds(), margin=0.12)
        self.close = close_up(self.layout, view, numbers.shown_matrix)
        self.space = Space(view, self.theme, numbers.dataset)
        within = stage.overlap(self.layout.text_safe)
        self.path = RecipePath(view, self.theme, numbers.point, within)
        self.square = UnitSquare(view, self.theme)
        self.arc = TurningArc(view, self.theme)
        self.space.followers += [self.path.show, self.square.show, self.arc.show]
        if numbers.line is not None:
            self.space.followers.append(SideBySide(self.space, numbers.line).show)
        self.goal = RecipePath(view, self.theme, numbers.point, within, ring=True)
        self.goal.show(numbers.map_at(1.0))
        self.place_name()
        self.compose_panel()
        self.landings: tuple[Coordinates, ...] = ()
        self.left = BackdropGroup()
        self.look(self.close)
        for n in (0, 1):
            self.landings += (self.landing(n),)
        self.look(self.wide)
        self.add(self.space, self.square)

    def place_name(self) -> None:
        """Stand p's name where it keeps off the names of i and j, before and after the motion."""
        crowded = np.zeros(len(PLACES))
        for end in (self.numbers.map_at(1.0), PlaneMap()):
            self.space.show(end)
            crowded += self.path.crowding_of_name(self.space.basis.names)
        # The first of the best, hence the usual place where that is free; it stays the same in between.
        self.path.place = PLACES[best(crowded)]
        self.space.show(PlaneMap())

    def landing(self, n: int) -> Coordinates:
        """Return the coordinates of where i, or j, will land; those of j go up first, so that both show."""
        basis, column = self.space.basis, self.numbers.shown_matrix[:, n]
        entries = formulas.column(self.numbers, n)
        drawn = Coordinates(
            self.close, self.theme, column, entries, role=COLUMN_ROLES[n], up_first=n == 1, size=FORMULA_SIZE
        )
        arrows = [each.tail + _ALONG * (each.head - each.tail) for each in (basis.i, basis.j)]
        dots = [cloud.positions for cloud in self.space.dots]
        others = [*basis.names, *(number for each in self.landings for number in each.numbers)]
        obstacles = [
            Obstacle(boxes_at(np.concatenate([*arrows, *dots])), reach=0.1),
            Obstacle(grown(boxes_of(others), 0.08)),
        ]
        drawn.place_numbers(obstacles, self.layout.stage.overlap(self.layout.text_safe))
        return drawn

    def look(self, view: View) -> None:
        """Draw everything as `view` sees it."""
        for thing in (self.path, self.square, self.arc, self.goal, *self.left[:1]):
            thing.view = view
        for square in self.left[:1]:
            square.show(PlaneMap())
        for each in self.landings:
            each.look(view)
        self.space.look(view)
        self.goal.show(self.goal.map)
        self.space.restore_marks()
        if view != self.wide:
            self.keep_on_stage(view.unit)

    def keep_on_stage(self, unit: float) -> None:
        """Leave out the data beyond the stage; the others' marks grow with the distances between them."""
        diameter = min(self.space.diameter_at(unit), _LARGEST_MARK)
        clouds = [*self.space.dots, *(cloud for ghost in self.space.ghosts for cloud in ghost.clouds)]
        for cloud in clouds:
            cloud.resize(diameter)
            places = cloud.positions
            cloud.set_positions(places[on_stage(self.layout.stage, places, cloud.diameter)])

    def glide(self, view: View) -> Drive:
        """Return the animation in which the camera goes over to `view`; nothing else moves."""
        start = self.space.view
        return Drive(self.space, lambda t: self.look(on_the_way(start, view, t)), run_time=1.2)

    def compose_panel(self) -> None:
        numbers, panel, flow = self.numbers, self.layout.panel, self.layout.panel_flow
        write = partial(self.formula, paint=formulas.PAINT)
        self.matrix = write(formulas.matrix(numbers), size=FORMULA_SIZE * 1.3)
        # Powers of ten leave no room for p's column.
        tiny = any(value and not shown(value) for value in numbers.shown_point.tolist())
        self.recipe = write(formulas.recipe(numbers, short=tiny))
        self.product = write(formulas.product(numbers))
        # Where the panel is wide and low, a second line costs more than it saves.
        for lines, widest in ((2, 1.1), (3, 1.45), (4, 1.65)) if flow == "down" else ():
            if self.product.width > widest * panel.width:
                self.product = write(formulas.product(numbers, lines))
        self.determinant = write(formulas.determinant(numbers))
        stack(panel, [self.matrix, self.recipe, self.product, self.determinant], flow)
        self.frame = Frame(self.theme, margin=min(0.1, 0.16 * self.matrix.size))

    # The beats.

    def show_recipe(self) -> None:
        with self.beat("recipe"):
            self.play(FadeIn(self.recipe), self.path.draw(), run_time=1.8)

    def show_column(self, n: Literal[0, 1]) -> None:
        landing, names = self.landings[n], [f"w{m}{n + 1}" for m in (1, 2)]
        entries = [self.matrix.part(name) for name in names]
        with self.beat(f"column-{n + 1}"):
            if n == 0:
                self.come_close()
            frame = self.frame.change_to if n else self.frame.appear_around
            self.play(frame(*entries), run_time=0.4)
            order: tuple[Literal[0, 1], ...] = (1, 0) if n else (0, 1)
            for axis in order:
                self.send(entries[axis], landing.numbers[axis])
                self.play(landing.draw_leg(axis, run_time=0.4))
            self.play(landing.draw_arrow(run_time=0.8))
            if n == 1:
                self.wait(PAUSE)

    def come_close(self) -> None:
        """Leave p alone, and look at i and j from near by."""
        self.play(FadeOut(self.path), FadeIn(self.matrix), run_time=0.4)
        if self.close is not self.wide:
            self.play(self.glide(self.close))

    def send(self, entry: VMobject, number: Formula) -> None:
        """Let an entry of the matrix fly to where it is a number beside a leg."""
        resting = [*self.matrix.submobjects, self.recipe, self.title, *self.space.basis.names]
        resting += [other for each in self.landings for other in each.numbers]
        past = [thing for thing in resting if thing is not entry and thing is not number]
        target = number.submobjects[0]
        target.set_fill(opacity=0.0)
        self.add(number)
        within = self.layout.text_safe
        self.play(arrive(self.theme, target, entry, within=within, past=past, run_time=1.0))

    def predict(self) -> None:
        self.numbers_of_landings = VGroup(*(number for each in self.landings for number in each.numbers))
        parts = [self.product.part(name) for name in ("is", "landing")]
        for part in parts:
            part.set_fill(opacity=0.0)
        with self.beat("prediction"):
            self.play(FadeOut(self.frame), FadeOut(self.numbers_of_landings), run_time=0.4)
            if self.close is not self.wide:
                self.play(self.glide(self.wide))
            self.play(FadeIn(self.product), FadeIn(self.path.mark), run_time=0.6)
            self.play(self.goal.draw(run_time=1.8))
            self.play(*(appear(part) for part in parts), run_time=0.4)
            self.wait(PAUSE)

    def move_space(self) -> None:
        with self.beat("move"):
            self.leave_ghosts()
            # On its way it would run into the names of i and j.
            legs = [leg for each in self.landings for leg in each.legs]
            self.play(*map(FadeOut, (self.path.name, *legs)), run_time=0.4)
            if self.numbers.axis is not None:
                self.axis = FlipAxis(self.space.view, self.theme, self.numbers.axis)
                self.play(FadeIn(self.axis, self.arc), run_time=0.6)
                self.wait(PAUSE)
            self.play(self.space.move(self.numbers.map_at), run_time=2.6)
            arrival = Indicate(self.goal.ring, 1.5, self.colour("active"))
            # What marked the places has been covered.
            covered = [FadeOut(each.arrow) for each in self.landings]
            self.play(arrival, FadeIn(self.path.name), *covered, run_time=0.8)

    def leave_ghosts(self) -> None:
        """Leave faint copies of everything that the map is about to move."""
        self.space.leave_ghost()
        square = UnitSquare(self.space.view, self.theme).set_fill(opacity=0.05).set_stroke(opacity=0.3)
        self.left.add(square, self.path.end.copy().set_stroke(opacity=0.3))
        self.add(self.left.set_z_index(-0.4))

    def show_area(self) -> None:
        gone = [*(each.ring for each in self.landings), self.goal.legs]
        if self.numbers.axis is not None:
            gone.append(self.axis)
        # Where nothing but the square's area has changed, it is looked at from near by.
        near = self.close is not self.wide and self.numbers.determinant > 0
        if near:
            gone += [self.path.mark, self.goal.ring, self.left[1]]
        with self.beat("area", area=numeral(abs(self.numbers.determinant))):
            self.disappear(*gone, run_time=0.4)
            if near:
                self.play(self.glide(self.close))
            lit = [self.square.light()] if near else []
            self.play(FadeIn(self.determinant), *lit, run_time=1.0)
