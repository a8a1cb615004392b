"""Basis vectors: the columns of a matrix are where i and j land."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import FadeIn, Indicate, VGroup

from nnmath.plane_map import PlaneMap
from scenes.linear_algebra.basis_vectors import formulas
from scenes.linear_algebra.basis_vectors.numbers import (
    DEFINITION,
    BasisVectorsNumbers,
    BasisVectorsParameters,
)
from scenes.linear_algebra.basis_vectors.recipe_path import PLACES, RecipePath
from scenes.linear_algebra.basis_vectors.unit_square import UnitSquare
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import best
from scenes.parts.writing.stack import stack
from scenes.stage.drawn import BackdropGroup
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE
from scenes.style.numerals import numeral, shown
from scenes.style.theme import COLUMN_ROLES


class BasisVectorsScene(ExplainerScene[BasisVectorsParameters, BasisVectorsNumbers]):
    """A 2 × 2 matrix moves i, j and with them the grid, the curves and a point."""

    definition = DEFINITION

    def construct(self) -> None:
        self.set_stage()
        self.show_recipe()
        self.show_columns()
        self.move_space()
        self.show_landing()
        self.show_area()

    def set_stage(self) -> None:
        numbers, stage = self.numbers, self.layout.stage
        view = View.filling(self.layout, numbers.clouds())
        self.space = Space(view, self.theme, numbers.dataset)
        self.path = RecipePath(view, self.theme, numbers.point, stage.overlap(self.layout.text_safe))
        self.square = UnitSquare(view, self.theme)
        self.space.followers += [self.path.show, self.square.show]
        self.place_name()
        self.compose_panel()

    def place_name(self) -> None:
        """Stand p's name where it keeps off the names of i and j, before and after the motion."""
        crowded = np.zeros(len(PLACES))
        for end in (self.numbers.map_at(1.0), PlaneMap()):
            self.space.show(end)
            crowded += self.path.crowding_of_name(self.space.basis.names)
        # The first of the best, hence the usual place where that is free; it stays the same in between.
        self.path.place = PLACES[best(crowded)]
        self.space.show(PlaneMap())

    def compose_panel(self) -> None:
        numbers, panel, flow = self.numbers, self.layout.panel, self.layout.panel_flow
        write = partial(self.formula, paint=formulas.PAINT)
        self.matrix = write(formulas.matrix(numbers), size=FORMULA_SIZE * 1.15)
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

    def show_recipe(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("recipe"):
            self.appear(space.basis, *space.dots)
            self.play(FadeIn(self.recipe), self.path.draw(), run_time=1.6)

    def show_columns(self) -> None:
        with self.beat("columns"):
            self.appear(self.matrix, run_time=0.8)
            basis = self.space.basis
            for n, arrow in enumerate((basis.i, basis.j)):
                entries = VGroup(*(self.matrix.part(f"w{m}{n + 1}") for m in (1, 2)))
                things, colour = (entries, arrow, basis.names[n]), self.colour(COLUMN_ROLES[n])
                self.play(*(Indicate(thing, 1.3, colour) for thing in things), run_time=1.0)

    def move_space(self) -> None:
        basis = self.space.basis.copy()
        basis.remove(basis.names)
        ghost = BackdropGroup(basis).set_opacity(0.2).set_z_index(0)
        with self.beat("move"):
            self.add(ghost, self.space)
            self.play(self.space.move(self.numbers.map_at), run_time=2.6)

    def show_landing(self) -> None:
        with self.beat("landing"):
            # The point goes before the recipe is followed anew from the origin; else it would jump there.
            self.disappear(self.path, run_time=0.4)
            self.play(self.path.draw(), FadeIn(self.product), run_time=1.6)

    def show_area(self) -> None:
        with self.beat("area", area=numeral(abs(self.numbers.determinant))):
            self.appear(self.square, self.determinant, run_time=1.2)
