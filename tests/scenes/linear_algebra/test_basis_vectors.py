"""The names on the stage of `basis-vectors` keep off each other and off the edges, whatever the matrix."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import run_without_drawing
from nnmath import PlaneMap
from scenes.linear_algebra.basis_vectors import formulas
from scenes.linear_algebra.basis_vectors.numbers import BasisVectorsParameters, compute
from scenes.linear_algebra.basis_vectors.unit_square import UnitSquare
from scenes.parts.plane.view import View
from scenes.style.layout import LAYOUTS
from scenes.style.theme import THEMES

entries = st.integers(-40, 40).map(lambda n: n / 10)
matrices = st.tuples(st.tuples(entries, entries), st.tuples(entries, entries))
MakeJob = Callable[..., Job]


def drawn_at_random(seed: int) -> dict[str, Any]:
    """Return a matrix and a point with two decimals."""
    rng = np.random.default_rng(seed)
    matrix, point = rng.uniform(-2, 2, (2, 2)), rng.uniform(-3, 3, 2)
    return {"matrix": matrix.round(2).tolist(), "point": point.round(2).tolist()}


@pytest.mark.parametrize(
    "chosen",
    [
        {"matrix": [[-1.65, 2.0], [-0.58, -1.0]], "point": [3.0, -2.93]},  # p near the left edge
        {"matrix": [[-0.93, 2.0], [-1.0, 1.76]], "point": [-1.1, -1.0]},  # p near the tip of i
    ],
)
def test_the_name_of_p_keeps_off_names_and_edges(chosen: dict[str, Any], make_job: MakeJob) -> None:
    found = check(make_job("basis-vectors", **chosen, aspect="9:16"))
    # Where the plane grows much, its points are many on little room.
    assert [finding.message for finding in found if finding.kind != "points touch"] == []


@pytest.mark.parametrize("seed", range(4))
def test_long_numbers_are_large_enough_to_read_in_a_square(seed: int, make_job: MakeJob) -> None:
    found = check(make_job("basis-vectors", **drawn_at_random(seed), aspect="1:1"))
    assert [finding.message for finding in found if finding.kind == "text size"] == []


def test_p_has_no_name_while_it_moves_among_those_of_i_and_j(
    make_job: MakeJob, play_with_probe: Callable[[Job, Callable[[Any], None]], Any]
) -> None:
    named: list[bool] = []

    def probe(scene: Any) -> None:
        moved = scene.space.map.matrix
        if (
            np.abs(moved - np.eye(2)).max() > 1e-6
            and np.abs(moved - scene.numbers.linear_map.matrix).max() > 1e-6
        ):
            named.append(scene.path.name in scene.get_mobject_family_members())

    play_with_probe(make_job("basis-vectors", **drawn_at_random(5), fps=30), probe)
    assert len(named) > 60
    assert not any(named)


@given(matrices)
def test_the_square_covers_the_determinant_times_its_area(matrix: tuple[tuple[float, float], ...]) -> None:
    view = View(LAYOUTS["16:9"].stage, np.array([1.0, 0.5]), 0.7)
    square = UnitSquare(view, THEMES["dark"]).show(PlaneMap(np.array(matrix)))
    (x, y) = np.array(square.get_start_anchors())[:, :2].T
    area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    (a, b), (c, d) = matrix
    assert area / 0.7**2 == pytest.approx(a * d - b * c, abs=1e-9)


@given(matrices, st.tuples(entries, entries))
def test_the_product_says_the_same_on_however_many_lines(
    matrix: tuple[tuple[float, float], ...], point: tuple[float, float]
) -> None:
    numbers = compute(BasisVectorsParameters(matrix=matrix, point=point, points_per_curve=20))
    one, *others = (formulas.product(numbers, lines) for lines in (1, 2, 3))
    for lines, other in enumerate(others, start=2):
        assert other.count("\\") == lines - 1
        assert other.replace("\\", "").replace("&", "").split() == one.split()


@given(matrices)
@example(((0.6, -0.8), (0.8, 0.6)))
@example(((1.0, 1.0), (0.0, 1.0)))
@example(((0.0, 1.0), (1.0, 0.0)))
@example(((2.0, 1.0), (4.0, 2.0)))
@example(((0.1, 0.2), (0.3, 0.6)))  # whose determinant in floats is not quite 0
@example(((0.1, 0.1), (0.1, 0.12)))  # a slim parallelogram
def test_the_caption_of_the_area_is_true(matrix: tuple[tuple[float, float], ...]) -> None:
    numbers = compute(BasisVectorsParameters(matrix=matrix, points_per_curve=20))
    (a, b), (c, d) = matrix
    determinant = float(Fraction(repr(a)) * Fraction(repr(d)) - Fraction(repr(b)) * Fraction(repr(c)))
    assert numbers.determinant == determinant
    expected = {
        "area-point": not np.any(matrix),
        "area-flat": determinant == 0,
        "area-flipped": determinant < 0,
        "area-kept": [math.hypot(a, c), math.hypot(b, d), a * b + c * d] == pytest.approx([1, 1, 0]),
        "area-one": determinant == pytest.approx(1),
        "area": determinant > 0,
    }
    assert numbers.captions()["area"] == next(caption for caption, fits in expected.items() if fits)


@given(matrices, st.tuples(entries, entries))
def test_p_lands_where_its_steps_along_the_columns_say(
    matrix: tuple[tuple[float, float], ...], point: tuple[float, float]
) -> None:
    numbers = compute(BasisVectorsParameters(matrix=matrix, point=point, points_per_curve=20))
    (a, b), (c, d) = matrix
    x, y = point
    assert numbers.prediction == pytest.approx([x * a + y * b, x * c + y * d], abs=1e-9)
    assert numbers.image == pytest.approx(numbers.prediction, abs=1e-9)
    assert numbers.map_at(1.0).apply([point])[0] == pytest.approx(numbers.image, abs=1e-9)


@given(matrices, st.tuples(entries, entries))
def test_everything_lands_on_the_line(
    matrix: tuple[tuple[float, float], ...], point: tuple[float, float]
) -> None:
    numbers = compute(BasisVectorsParameters(matrix=matrix, point=point, points_per_curve=20))
    flat = numbers.determinant == 0 and bool(np.any(matrix))
    assert (numbers.line is not None) == flat
    if numbers.line is not None:
        assert np.cross([*numbers.image, 0], [*numbers.line, 0])[2] == pytest.approx(0, abs=1e-9)


def test_classes_on_one_line_stand_on_either_side_of_it(make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("basis-vectors", "projection"), lambda scene, beat: None)
    across = np.array([-1.0, 1.0]) / math.sqrt(2)
    sides = [(cloud.positions - scene.space.view.origin) @ across for cloud in scene.space.dots]
    apart = 0.9 * scene.space.diameter
    assert max(map(np.ptp, sides)) < 1e-9
    assert abs(sides[0][0] - sides[1][0]) >= apart


@pytest.mark.parametrize("variant", ["shear", "rotation", "projection", "flip"])
def test_numbers_of_columns_stand_beside_the_legs_to_where_i_and_j_land(
    variant: str, make_job: MakeJob
) -> None:
    seen: dict[str, list[tuple[np.ndarray, float]]] = {}

    def note(scene: Any, beat: Any) -> None:
        view = scene.landings[0].view
        seen[beat.key] = [((each.arrow.head - view.origin) / view.unit, view.unit) for each in scene.landings]

    scene = run_without_drawing(make_job("basis-vectors", variant), note)
    matrix = np.array(scene.settings.parameters.matrix)
    for n in (0, 1):
        assert seen["column-2"][n][0] == pytest.approx(matrix[:, n], abs=1e-9)
    # Nearer than the view in which all of the plane is shown.
    assert seen["column-2"][0][1] > 1.2 * seen["move"][0][1]


def test_the_arc_from_i_to_j_turns_the_other_way_after_a_flip(make_job: MakeJob) -> None:
    turns: dict[str, float] = {}

    def note(scene: Any, beat: Any) -> None:
        corners = scene.arc.arc.pieces[:, 0] - scene.space.view.origin
        turns[beat.key] = float(np.cross([*corners[0], 0], [*corners[-1], 0])[2])

    run_without_drawing(make_job("basis-vectors", "flip"), note)
    assert turns["recipe"] > 0.1
    assert turns["area"] < -0.1
