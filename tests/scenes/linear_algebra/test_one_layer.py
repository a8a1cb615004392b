"""`one-layer-map`, and what both scenes of one layer compute: what is drawn is what nnmath says."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from scenes.linear_algebra.one_layer_classifier import numbers as one_layer_classifier
from scenes.linear_algebra.one_layer_map import numbers as one_layer_map
from scenes.linear_algebra.one_layer_map.numbers import OneLayerMapNumbers
from scenes.parts.plane.boundary import Boundary
from scenes.style import numerals
from scenes.style.numerals import math_number

MakeJob = Callable[..., Job]
Play = Callable[[Job, Callable[[Scene], None]], Scene]
weights = st.tuples(*[st.floats(-5, 5).map(lambda w: round(w, 3))] * 2)
times = st.floats(0, 1)
EXTREMES = [
    {},
    {"weights": (-1.0, 1.0), "bias": 0.0},
    {"weights": (0.01, -0.01), "bias": 3.0},
    {"weights": (0.0, 0.0), "bias": 0.0},
    {"weights": (-5.0, 5.0), "bias": 10.0, "noise": 0.5, "seed": 3},
]


def layer(pair: tuple[float, float], bias: float = 0.0, pick: float = 0.5) -> OneLayerMapNumbers:
    return one_layer_map.compute(
        one_layer_map.OneLayerMapParameters(weights=pair, bias=bias, pick=pick, points_per_curve=20)
    )


# The motion.


@given(weights, times)
def test_every_point_goes_straight_to_its_number_unless_i_has_to_turn_over(pair, t) -> None:
    numbers = layer(pair)
    points, plane_map = numbers.dataset.points, numbers.flattened(t)
    if pair[0] >= 0:
        goal = np.column_stack([points @ pair, np.zeros(len(points))])
        assert plane_map.apply(points) == pytest.approx((1 - t) * points + t * goal)
        return
    for column, start, weight in zip(plane_map.matrix.T, (0.0, math.pi / 2), pair, strict=True):
        if abs(weight) < 0.1:
            continue
        assert math.hypot(*column) == pytest.approx(1 - t + t * abs(weight))
        end = 0.0 if weight > 0 else math.pi
        angle = math.atan2(column[1], column[0])
        # A half turn may go either way round.
        ways = {t * end} | {-t * end} if start == 0.0 else {start + t * (end - start)}
        assert any(abs(math.remainder(angle - way, math.tau)) < 1e-6 for way in ways)


@given(st.floats(-5, 5), times)
def test_with_a_first_weight_of_1_points_keep_to_their_level_lines(second, t) -> None:
    numbers = layer((1.0, second))
    points = numbers.dataset.points
    moved = numbers.flattened(t).apply(points)
    assert moved @ [1.0, second] == pytest.approx(points @ [1.0, second])


@given(weights, times)
def test_nothing_is_flat_before_its_time(pair, t) -> None:
    if pair[0] >= 0:
        assert np.linalg.det(layer(pair).flattened(t).matrix) >= (1 - t) ** 2 - 1e-9


@given(weights)
def test_the_motion_begins_with_the_plane_and_ends_with_the_layer(pair) -> None:
    numbers = layer(pair, bias=-1.5)
    points = numbers.dataset.points
    assert numbers.flattened(0.0).apply(points) == pytest.approx(points)
    on_line = points[:, 0] * pair[0] + points[:, 1] * pair[1]
    for plane_map, scores in ((numbers.flattened(1.0), on_line), (numbers.shifted(1.0), on_line - 1.5)):
        images = plane_map.apply(points)
        assert images[:, 0] == pytest.approx(scores)
        assert images[:, 1] == pytest.approx(0.0)
    assert numbers.scores == pytest.approx(on_line - 1.5)


@given(st.floats(-0.05, 0.05), times)
def test_a_vector_that_vanishes_does_not_spin(slight, t) -> None:
    first = layer((slight, 3.0)).flattened(t).matrix[:, 0]
    assert first == pytest.approx([1 - t + t * slight, 0.0])


@given(weights, st.floats(0, 1), st.floats(0.0, 0.3))
def test_what_is_on_the_level_line_is_as_near_to_it_as_asked_for(pair, pick, within) -> None:
    numbers = layer(pair, pick=pick)
    if not any(pair):
        assert numbers.on_level(within).all()
        return
    # A point and its foot on the line are apart by the share of w that their scores are apart by.
    off = numbers.dataset.points - numbers.picked
    away = np.abs(np.cross(np.column_stack([off, np.zeros(len(off))]), [-pair[1], pair[0], 0.0])[:, 2])
    assert numbers.on_level(within)[away / math.hypot(*pair) < within - 1e-9].all()
    assert not numbers.on_level(within)[away / math.hypot(*pair) > within + 1e-9].any()


@pytest.mark.parametrize("given_values", EXTREMES)
def test_points_ride_along_with_i_and_j_and_stay_on_the_stage(
    given_values: dict[str, Any], make_job: MakeJob, play_with_probe: Play
) -> None:
    seen: list[tuple[str, np.ndarray]] = []

    def probe(scene: Any) -> None:
        space, stage = scene.space, scene.layout.stage
        if not scene.beats or scene.beats[-1].key not in ("level", "flatten", "read"):
            return
        dataset = scene.numbers.dataset
        where = [cloud.positions for cloud in space.dots]
        tail = space.view.to_scene(space.map.offset[None])[0]
        # The arrows as drawn; one without length has no tip to measure.
        spans = [arrow.head - arrow.tail for arrow in (space.basis.i, space.basis.j)]
        aside = scene.parting * (space.diameter / 2 + 0.05)
        for label, cloud in enumerate(where):
            recipe = tail + dataset.of_class(label) @ np.array(spans) + [0.0, aside if label else -aside]
            assert cloud == pytest.approx(recipe, abs=1e-6)
            assert (cloud >= [stage.left, stage.bottom]).all()
            assert (cloud <= [stage.right, stage.top]).all()
        beads = scene.levels.beads.positions
        assert beads == pytest.approx(tail + scene.levels.places @ np.array(spans), abs=1e-6)
        seen.append((scene.beats[-1].key, space.map.matrix.copy()))

    scene = play_with_probe(make_job("one-layer-map", fps=10, points_per_curve=20, **given_values), probe)
    moving = [matrix for key, matrix in seen if key == "level"]
    assert len({matrix.tobytes() for matrix in moving}) > 15
    assert moving[-1][0] == pytest.approx(scene.numbers.weights)
    assert moving[-1][1] == pytest.approx(0.0)


def test_a_line_of_points_arrives_as_one_dot(make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("one-layer-map"))
    numbers, levels = scene.numbers, scene.levels
    assert len(levels.places) > 10
    # In the plane they stand on the line, far apart; two points of the data are among them, one a class.
    assert levels.places @ numbers.weights == pytest.approx(numbers.level, abs=0.03)
    assert np.ptp(levels.places[:, 0]) > 4
    assert set(numbers.dataset.labels[numbers.on_level(0.03)].tolist()) == {0, 1}
    ends = levels.beads.positions
    assert np.ptp(ends[:, 1]) == pytest.approx(0.0, abs=1e-9)
    assert np.ptp(ends[:, 0]) < 0.03
    assert ends[0, 0] == pytest.approx(float(scene.line.at(numbers.output)))


def test_the_threshold_is_the_level_line_and_stays_one_object(
    make_job: MakeJob, play_with_probe: Play
) -> None:
    shown: list[tuple[int, int]] = []

    def probe(scene: Any) -> None:
        drawn = [part for each in scene.mobjects for part in each.get_family() if isinstance(part, Boundary)]
        shown.append(
            (sum(part is scene.bar for part in drawn), sum(part is scene.boundary for part in drawn))
        )

    job = make_job("one-layer-map", fps=5, points_per_curve=20, weights=(0.5, -2.0), bias=1.0)
    scene = play_with_probe(job, lambda scene: probe(scene) if hasattr(scene, "boundary") else None)
    numbers = scene.numbers
    data = (scene.boundary.pieces[0] - scene.view.origin) / scene.view.unit
    assert data @ numbers.weights + numbers.bias == pytest.approx(numbers.output)
    assert scene.bar.pieces[0, :, 0] == pytest.approx(float(scene.line.at(numbers.output)))
    for each in zip(*shown, strict=True):
        # Once there, for good.
        assert list(each) == sorted(each)
        assert each[-1] == 1


def test_one_unit_serves_the_plane_and_the_line(make_job: MakeJob, play_with_probe: Play) -> None:
    def probe(scene: Any) -> None:
        line, view = scene.line, scene.view
        assert view is scene.space.view
        assert line.unit == pytest.approx(view.unit)
        assert line.at([0.0, 1.0, -2.5]) == pytest.approx(
            view.to_scene(np.array([[0, 0], [1, 0], [-2.5, 0]]))[:, 0]
        )

    play_with_probe(make_job("one-layer-map", fps=5, points_per_curve=20), probe)


# Numbers as they are written.


@given(weights, st.floats(-10, 10), st.floats(0, 1), st.integers(0, 99))
def test_the_arithmetic_adds_up_as_written(pair, bias, pick, seed) -> None:
    numbers = one_layer_map.compute(
        one_layer_map.OneLayerMapParameters(
            weights=pair, bias=bias, pick=pick, seed=seed, noise=0.3, points_per_curve=20
        )
    )

    def written(value: float) -> Fraction:
        return Fraction(numerals.written(value))

    products = zip(numbers.shown_weights, numbers.shown_point, strict=True)
    truth = sum((written(w) * written(x) for w, x in products), written(numbers.shown_bias))
    # Half a hundredth, and what a float cannot tell from it.
    assert abs(truth - written(numbers.shown_output)) <= Fraction(1, 200) + Fraction(1, 10**15)
    assert numbers.exact == (truth == written(numbers.shown_output))
    level = truth - written(numbers.shown_bias)
    assert abs(level - written(numbers.shown_level)) <= Fraction(1, 200) + Fraction(1, 10**15)
    # What is written differs from what is drawn by what rounding two factors to two places can do.
    assert numbers.output == pytest.approx(numbers.shown_output, abs=0.005 * (2 * 5 + 6 + 3 + 2))


@given(weights, st.floats(-10, 10))
def test_no_number_that_is_not_0_is_written_as_0(pair, bias) -> None:
    numbers = layer(pair, bias)
    for exact, read in zip((*pair, bias), (*numbers.shown_weights, numbers.shown_bias), strict=True):
        assert (read == 0) == (exact == 0)
        assert abs(read - exact) <= min(0.005 + 1e-9, 0.34 * abs(exact) + 0.005 * (abs(exact) >= 0.005))


@pytest.mark.parametrize(
    ("given_values", "captions"),
    [
        (
            {"weights": (0.0, 0.0), "bias": 0.0},
            {"flatten": "flatten-zero", "level": "level-zero", "shift": "shift-none"},
        ),
        ({"weights": (0.0, 0.0)}, {"threshold": "threshold-zero"}),
        ({"weights": (0.003, -1e-7), "bias": 3e-4}, {"flatten": "flatten-slight", "shift": "shift"}),
        ({"weights": (0.003, -1e-7)}, {"level": "level", "threshold": "threshold"}),
        ({"weights": (-1.0, 0.3)}, {"flatten": "flatten"}),
        ({"weights": (1e-7, 1e-7)}, {"read": "read-same"}),
        ({"weights": (1e-7, 3e-7)}, {"read": "read-slight"}),
        ({"weights": (0.0, 3.0)}, {"read": "read"}),
    ],
)
def test_captions_are_true_of_small_weights(given_values: dict[str, Any], captions: dict[str, str]) -> None:
    numbers = one_layer_map.compute(one_layer_map.OneLayerMapParameters(**given_values, points_per_curve=20))
    said = numbers.captions()
    assert said | captions == said


def test_a_layer_of_tiny_weights_has_a_line_and_it_is_drawn(make_job: MakeJob) -> None:
    chosen = {"weights": (0.0, 1e-7), "bias": 0.0, "gap": 3.0, "points_per_curve": 20}
    scene = run_without_drawing(make_job("one-layer-classifier", **chosen))
    assert scene.results()["right"] == 40
    assert "A straight line" in scene.beats[-1].caption
    assert len(scene.decision.line.pieces) == 1
    assert math_number(1e-7) in scene.rule.source


def test_equal_scores_are_not_parted_by_their_roundings(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x1,x2,label\n0.1,0.2,1\n0.15,0.15,0\n")
    definition = one_layer_classifier.DEFINITION
    numbers = definition.compute(definition.parameters(data=path, weights=(1.0, 1.0), bias=0.0))
    assert 0.1 + 0.2 != 0.15 + 0.15
    assert np.ptp(numbers.scores) == 0
    assert (numbers.threshold.right, numbers.best_right) == (1, 2)
