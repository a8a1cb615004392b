"""The names on the stage of `basis-vectors` keep off each other and off the edges, whatever the matrix."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.audit.check import check
from explainer.jobs.job import Job
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
    assert [finding.message for finding in found] == []


@pytest.mark.parametrize("seed", range(4))
def test_long_numbers_are_large_enough_to_read_in_a_square(seed: int, make_job: MakeJob) -> None:
    found = check(make_job("basis-vectors", **drawn_at_random(seed), aspect="1:1"))
    assert [finding.message for finding in found if finding.kind == "text size"] == []


def test_the_name_of_p_moves_without_a_jump(
    make_job: MakeJob, play_with_probe: Callable[[Job, Callable[[Any], None]], Any]
) -> None:
    offsets: list[np.ndarray] = []

    def probe(scene: Any) -> None:
        if scene.beats and scene.beats[-1].key == "columns":
            path = scene.path
            offsets.append(path.name.get_center()[:2] - path.end.positions[0])

    play_with_probe(make_job("basis-vectors", **drawn_at_random(5), fps=30), probe)
    assert len(offsets) > 60
    assert np.hypot(*np.diff(np.array(offsets), axis=0).T).max() < 0.1


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
def test_the_caption_of_the_area_is_true(matrix: tuple[tuple[float, float], ...]) -> None:
    numbers = compute(BasisVectorsParameters(matrix=matrix, points_per_curve=20))
    (a, b), (c, d) = matrix
    determinant = a * d - b * c
    expected = {
        "area-point": not np.any(matrix),
        "area-flat": abs(determinant) < 0.005,
        "area-flipped": determinant <= -0.005,
        "area-kept": [math.hypot(a, c), math.hypot(b, d), a * b + c * d] == pytest.approx([1, 1, 0]),
        "area-one": determinant == pytest.approx(1),
        "area": determinant >= 0.005,
    }
    assert numbers.captions()["area"] == next(caption for caption, fits in expected.items() if fits)
