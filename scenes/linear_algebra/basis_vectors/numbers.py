"""A 2 × 2 matrix says where i and j land, and with them everything else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeAlias

import numpy as np
from pydantic import Field

from nnmath.arrays import FloatArray
from nnmath.datasets import Dataset
from nnmath.linear_map import LinearMap
from nnmath.plane_map import PlaneMap
from nnmath.turning_over import flip_axis, turn_over
from scenes.definition import SceneDefinition
from scenes.families.curves import CurvesParameters
from scenes.style.numerals import all_written, written_dot

Entry: TypeAlias = Annotated[float, Field(ge=-4.0, le=4.0)]
Row: TypeAlias = tuple[Entry, Entry]

_INSTANTS = np.linspace(0.0, 1.0, 13).tolist()
# What the stage always has room for: i and j with their names.
_ROOM = np.array([[1.3, 1.3], [-1.0, -1.0]])
# How high above the plane the eye is, against the farthest of what it sees.
_EYE = 2.6
# Numbers that differ by less are written alike.
_SAME = 0.005
# A difference of two products below this share of the larger one is what rounding leaves of 0.
_RESOLUTION = 1e-12


class BasisVectorsParameters(CurvesParameters):
    """Parameters of `basis-vectors`."""

    points_per_curve: int = Field(50, ge=20, le=10_000, description="points on each curve")
    matrix: tuple[Row, Row] = Field(
        ((1.0, 1.0), (0.0, 1.0)), description="W, row by row; entries from −4 to 4"
    )
    point: tuple[Entry, Entry] = Field((3.0, 2.0), description="the point p whose recipe is followed")


@dataclass(frozen=True)
class BasisVectorsNumbers:
    """The map, the data set, and the arithmetic as it is shown.

    Attributes:
        point: p, `(2,)`. image: where p really lands, `(2,)`.
        shown_matrix, shown_point: the numbers as written; shown_image: their product, written alike.
    """

    dataset: Dataset
    linear_map: LinearMap
    point: FloatArray
    image: FloatArray
    shown_matrix: FloatArray
    shown_point: FloatArray
    shown_image: FloatArray

    @cached_property
    def determinant(self) -> float:
        """The signed factor by which areas grow, without the rounding errors that would hide a 0."""
        (a, b), (c, d) = self.linear_map.matrix
        exact = float(written_dot(np.array([a, -b]), np.array([d, c])))
        return 0.0 if abs(exact) <= _RESOLUTION * max(abs(a * d), abs(b * c)) else exact

    @property
    def keeps_shape(self) -> bool:
        """Whether the unit square is at most turned: the columns stay of length 1 and at right angles."""
        matrix = self.linear_map.matrix
        return self.determinant > 0 and bool(np.abs(matrix.T @ matrix - np.eye(2)).max() < _SAME)

    @cached_property
    def axis(self) -> FloatArray | None:
        """The direction of the line about which the plane turns over, `(2,)`, if it does."""
        return flip_axis(self.linear_map.matrix) if self.determinant < 0 else None

    @cached_property
    def line(self) -> FloatArray | None:
        """The direction, of length 1, of the line on which everything lands, `(2,)`, if there is one."""
        matrix = self.linear_map.matrix
        if self.determinant != 0 or not matrix.any():
            return None
        direction: FloatArray = np.linalg.svd(matrix)[0][:, 0]
        return direction

    @cached_property
    def prediction(self) -> FloatArray:
        """Where p's steps along the columns end, `(2,)`."""
        first, second = self.linear_map.matrix.T
        place: FloatArray = self.point[0] * first + self.point[1] * second
        return place

    def map_at(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the motion, in which i and j each turn onto their columns.

        Where they change sides, the plane turns over in space.
        """
        if self.axis is None:
            return PlaneMap(self.linear_map.between(t))
        reach = float(np.hypot(*np.concatenate([self.dataset.points, self.point[None], _ROOM]).T).max())
        return turn_over(self.linear_map.matrix, t, eye=_EYE * reach)

    def clouds(self) -> list[FloatArray]:
        """Return what the stage must hold, `(n, 2)` each, at instants of the motion."""
        things = np.concatenate([self.dataset.points, self.point[None], _ROOM])
        return [self.map_at(t).apply(things) for t in _INSTANTS]

    def captions(self) -> dict[str, str]:
        determinant = self.determinant
        if determinant == 0:
            flat = "flat" if self.linear_map.matrix.any() else "point"
            return {"move": f"move-{flat}", "area": f"area-{flat}"}
        if determinant < 0:
            return {"move": "move-flipped", "area": "area-flipped"}
        kept = "area-one" if abs(determinant - 1) < _SAME else "area"
        return {"area": "area-kept" if self.keeps_shape else kept}

    def results(self) -> dict[str, Any]:
        return {
            "matrix": self.linear_map.matrix.tolist(),
            "determinant": self.determinant,
            "point": self.point.tolist(),
            "image": self.image.tolist(),
        }


def compute(parameters: BasisVectorsParameters) -> BasisVectorsNumbers:
    """Return the map of the plane and what becomes of the point p."""
    linear_map = LinearMap(np.array(parameters.matrix))
    point = np.array(parameters.point)
    shown_matrix, shown_point = all_written(linear_map.matrix), all_written(point)
    return BasisVectorsNumbers(
        dataset=parameters.dataset(),
        linear_map=linear_map,
        point=point,
        image=linear_map.apply(point[None])[0],
        shown_matrix=shown_matrix,
        shown_point=shown_point,
        shown_image=all_written([float(written_dot(row, shown_point)) for row in shown_matrix]),
    )


DEFINITION = SceneDefinition(
    home=__name__,
    name="basis-vectors",
    summary="Where i and j land says where everything lands: columns of a matrix.",
    parameters=BasisVectorsParameters,
    presets={
        "shear": {},
        "rotation": {"matrix": [[0, -1], [1, 0]]},
        "projection": {"matrix": [[0.5, 0.5], [0.5, 0.5]]},
        "flip": {"matrix": [[0, 1], [1, 0]]},
    },
    beats={
        "recipe": (),
        "column-1": (),
        "column-2": (),
        "prediction": (),
        "move": ("move", "move-flipped", "move-flat", "move-point"),
        "area": ("area", "area-one", "area-kept", "area-flipped", "area-flat", "area-point"),
    },
    compute=compute,
    captions=BasisVectorsNumbers.captions,
    drawing="drawing:BasisVectorsScene",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "column-2"},
)
