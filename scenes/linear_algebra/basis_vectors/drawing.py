"""Basis vectors: the columns of a matrix are where i and j land."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, Indicate, Polygon, VGroup

from nnmath.plane_map import PlaneMap
from scenes.linear_algebra.basis_vectors.numbers import (
    DEFINITION,
    BasisVectorsNumbers,
    BasisVectorsParameters,
)
from scenes.linear_algebra.basis_vectors.recipe_path import RecipePath
from scenes.parts.plane.space import Space
from scenes.parts.plane.view import View
from scenes.parts.writing.placing import best
from scenes.parts.writing.stack import stack
from scenes.stage.drawn import BackdropGroup
from scenes.stage.scene import ExplainerScene
from scenes.style.layout import FORMULA_SIZE, Region
from scenes.style.markup import named
from scenes.style.numerals import math_column, math_matrix, math_number, numeral
from scenes.style.theme import COLUMN_ROLES

_COLUMN_PAINT = {
    "w11": "basis_i",
    "w21": "basis_i",
    "w12": "basis_j",
    "w22": "basis_j",
    "i": "basis_i",
    "j": "basis_j",
}
# How far p's name may turn out of its way, the nearest first, in radians.
_TURNS = tuple(sign * quarters * np.pi / 4 for quarters in range(5) for sign in (1, -1))


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
        numbers = self.numbers
        path = [PlaneMap(), *(numbers.map_at(t) for t in (0.25, 0.5, 0.75, 1.0))]
        clouds = [numbers.dataset.points, numbers.point[None], np.array([[1.3, 1.3], [-1.0, -1.0]])]
        view = View.fitting(
            self.layout.stage, [plane_map.apply(cloud) for plane_map in path for cloud in clouds]
        )
        self.space = Space(view, self.theme, numbers.dataset, reach=1.6)
        self.path = RecipePath(view, self.theme, numbers.point, self.room_for_names())
        self.square = Polygon(
            *([[0, 0, 0]] * 4), color=self.colour("area"), stroke_width=3.0, fill_opacity=0.18
        )
        self.square.set_z_index(1)
        self.space.followers += [self.path.show, self.follow_square]
        self.turn_name()
        self.compose_panel()

    def room_for_names(self) -> Region:
        """Return the part of the stage in which words may stand."""
        stage, safe = self.layout.stage, self.layout.text_safe
        return Region(
            max(stage.left, safe.left), stage.bottom, min(stage.right, safe.right), min(stage.top, safe.top)
        )

    def turn_name(self) -> None:
        """Turn p's name to where it keeps off the names of i and j, before and after the motion."""
        crowded = np.zeros(len(_TURNS))
        for end in (self.numbers.map_at(1.0), PlaneMap()):
            self.space.show(end)
            crowded += self.path.crowding_of_name(_TURNS, self.space.basis.names)
        # The first of the best, hence the usual place where that is free; it stays the same in between.
        self.path.turn = _TURNS[best(crowded)]
        self.space.show(PlaneMap())

    def compose_panel(self) -> None:
        numbers = self.numbers
        a = math_number(numbers.shown_point[0])
        first, second = (math_column(column) for column in numbers.shown_matrix.T)
        self.matrix = self.formula(
            f"W = {math_matrix(numbers.shown_matrix)}", paint=_COLUMN_PAINT, size=FORMULA_SIZE * 1.15
        )
        plus = "+" if numbers.shown_point[1] >= 0 else "-"
        size = math_number(abs(numbers.shown_point[1]))
        steps = f"{a} {named('i', 'bold(i)')} {plus} {size} {named('j', 'bold(j)')}"
        self.recipe = self.formula(
            f"bold(p) = {math_column(numbers.shown_point)} = {steps}", paint=_COLUMN_PAINT
        )
        sum_of_columns = f"{a} {named('i', first)} {plus} {size} {named('j', second)}"
        landing = math_column(numbers.shown_image)
        self.product = self.formula(f"W bold(p) = {sum_of_columns} = {landing}", paint=_COLUMN_PAINT)
        # Where the panel is wide and low, a second line costs more than it saves.
        narrow = self.layout.panel_flow == "down"
        if narrow and self.product.width > self.layout.panel.width * 1.1:
            self.product = self.formula(f"W bold(p) &= {sum_of_columns} \\ &= {landing}", paint=_COLUMN_PAINT)
        if narrow and self.product.width > self.layout.panel.width * 1.45:
            lines = f"& W bold(p) \\ &= {sum_of_columns} \\ &= {landing}"
            self.product = self.formula(lines, paint=_COLUMN_PAINT)
        self.determinant = self.formula(
            f"det W = {named('det', math_number(numbers.determinant))}", paint={"det": "area"}
        )
        stack(
            self.layout.panel,
            [self.matrix, self.recipe, self.product, self.determinant],
            self.layout.panel_flow,
        )

    def follow_square(self, plane_map: PlaneMap) -> None:
        corners = plane_map.apply(np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]))
        placed = self.space.view.to_scene(corners)
        self.square.set_points_as_corners(np.column_stack([placed, np.zeros(4)])[[0, 1, 2, 3, 0]])

    def show_recipe(self) -> None:
        space = self.space
        self.add(space.plane)
        with self.beat("recipe"):
            self.play(FadeIn(space.basis), *(FadeIn(cloud) for cloud in space.dots), run_time=0.6)
            self.play(FadeIn(self.recipe), self.path.draw(), run_time=1.6)

    def show_columns(self) -> None:
        with self.beat("columns"):
            self.play(FadeIn(self.matrix), run_time=0.8)
            basis = self.space.basis
            columns = (("w11", "w21"), ("w12", "w22"))
            for column, role, arrow, name in zip(
                columns, COLUMN_ROLES, (basis.i, basis.j), basis.names, strict=False
            ):
                entries = VGroup(*(self.matrix.part(part) for part in column))
                self.play(
                    *(Indicate(thing, 1.3, self.colour(role)) for thing in (entries, arrow, name)),
                    run_time=1.0,
                )

    def move_space(self) -> None:
        numbers = self.numbers
        basis = self.space.basis.copy()
        basis.remove(basis.names)
        ghost = BackdropGroup(basis).set_opacity(0.2).set_z_index(0)
        with self.beat("move"):
            self.add(ghost, self.space)
            self.play(self.space.move(numbers.map_at), run_time=2.6)

    def show_landing(self) -> None:
        with self.beat("landing"):
            # The point goes before the recipe is followed anew from the origin; else it would jump there.
            self.disappear(self.path, run_time=0.4)
            self.play(self.path.draw(), FadeIn(self.product), run_time=1.6)

    def show_area(self) -> None:
        determinant = self.numbers.determinant
        if abs(determinant) < 0.005:
            caption = "area-flat"
        elif determinant < 0:
            caption = "area-flipped"
        elif self.numbers.keeps_shape:
            caption = "area-kept"
        else:
            caption = "area-one" if abs(determinant - 1) < 0.005 else "area"
        with self.beat("area", caption=caption, area=numeral(abs(determinant))):
            self.play(FadeIn(self.square), FadeIn(self.determinant), run_time=1.2)
