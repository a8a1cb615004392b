"""`one-layer-map` and `one-layer-classifier`: what is drawn is what nnmath computes, at every instant."""

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
from pydantic import ValidationError

from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import BestLine, Dataset, PlaneMap
from scenes.linear_algebra.one_layer_classifier import numbers as one_layer_classifier
from scenes.linear_algebra.one_layer_map import numbers as one_layer_map
from scenes.linear_algebra.one_layer_map.level_lines import LevelLines
from scenes.linear_algebra.one_layer_map.line_reading import LineReading
from scenes.linear_algebra.one_layer_map.numbers import OneLayerMapNumbers
from scenes.linear_algebra.one_layer_map.picked_point import PickedPoint
from scenes.parts.charts.number_line import NumberLine
from scenes.parts.plane.boundary import Boundary
from scenes.parts.plane.straight_line import StraightLine
from scenes.parts.plane.view import View
from scenes.parts.writing.tally import Tally
from scenes.stage.writing import Text
from scenes.style import numerals
from scenes.style.layout import Region
from scenes.style.numerals import math_number
from scenes.style.theme import DARK

STAGE = Region(-2.2, -2.3, 6.6, 3.6)
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


@pytest.mark.parametrize(
    ("variant", "right", "best"), [("guess", 132, 200), ("trained", 200, 200), ("hard", 166, 174)]
)
def test_results_are_the_known_ones(variant: str, right: int, best: int) -> None:
    definition = one_layer_classifier.DEFINITION
    results = definition.compute(definition.preset_parameters(variant)).results()
    assert (results["right"], results["total"], results["wrong"]) == (right, 200, 200 - right)
    assert results["accuracy"] == right / 200
    assert results["best_line_right"] == best


def test_the_guess_is_parted_best_at_one() -> None:
    definition = one_layer_classifier.DEFINITION
    numbers = definition.compute(definition.preset_parameters("guess"))
    assert numbers.threshold.value == 1.0
    # By hand: a score of 1 is x1 + x2 = 3.
    beyond = numbers.dataset.points.sum(axis=1) >= 3
    assert np.count_nonzero(beyond == (numbers.dataset.labels == 1)) == 132


def test_training_hardly_uses_x1() -> None:
    definition = one_layer_classifier.DEFINITION
    numbers = definition.compute(definition.preset_parameters("trained"))
    assert numbers.thin == 0
    # By the curves' mirror symmetry it is 0; what training leaves of it is below a millionth.
    assert 0 < abs(numbers.weights[0]) < 1e-6 < 1 < numbers.weights[1]
    assert numbers.shown_weights[0] == numbers.drawn_network.layers[0].weights[0, 0] == 0
    assert numbers.drawn_network.layers[0].weights[0, 1] == numbers.weights[1]


@pytest.mark.parametrize("name", ["weights", "bias"])
def test_weights_are_either_given_or_trained(name: str) -> None:
    value = {"weights": (1.0, 2.0), "bias": 0.5}[name]
    with pytest.raises(ValidationError, match=f"{name} is given but trained is true: set trained=false"):
        one_layer_classifier.OneLayerClassifierParameters(trained=True, **{name: value})


# What the scenes draw.


@pytest.mark.parametrize("weights_", [(1.0, 1.0), (-0.4, 3.0), (0.0, -1.0)])
def test_bar_line_rings_and_count_are_of_one_threshold(
    weights_: tuple[float, float], make_job: MakeJob, play_with_probe: Play
) -> None:
    thresholds = []

    def probe(scene: Any) -> None:
        if not scene.beats or scene.beats[-1].key not in ("threshold", "sweep", "best"):
            return
        decision, strip, numbers = scene.decision, scene.strip, scene.numbers
        x = decision.bar.pieces[0, :, 0]
        assert x[0] == x[1]
        value = (x[0] - strip.line.zero) / strip.line.unit
        if len(decision.line.pieces):
            data = (decision.line.pieces[0] - scene.view.origin) / scene.view.unit
            assert data @ numbers.weights + numbers.bias == pytest.approx(value, abs=1e-6)
            assert scene.view.seen.bottom - 1e-6 <= decision.line.pieces[0, :, 1].min()
        # No score is so near to the line that rounding could put it on the other side.
        if np.abs(numbers.scores - value).min() < 1e-6:
            return
        wrong = (numbers.scores >= value) != (numbers.dataset.labels == 1)
        assert scene.count.value == np.count_nonzero(~wrong)
        for rings in decision.strip_rings:
            assert rings.positions == pytest.approx(strip.positions[wrong])
        for rings in decision.plane_rings:
            assert rings.positions == pytest.approx(scene.view.to_scene(numbers.dataset.points[wrong]))
        thresholds.append(value)

    scene = play_with_probe(make_job("one-layer-classifier", "guess", fps=15, weights=weights_), probe)
    assert len(set(thresholds)) > 40
    # All are tried: from the lowest score to the highest.
    span = np.ptp(scene.numbers.scores)
    assert min(thresholds) < scene.numbers.scores.min() + 0.1 * span
    assert max(thresholds) > scene.numbers.scores.max() - 0.1 * span
    assert scene.count.value == scene.numbers.threshold.right
    assert len(scene.decision.plane_rings[0].positions) == scene.numbers.wrong


def test_every_mark_of_the_strip_stands_at_its_score(make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("one-layer-classifier", "hard"))
    strip, numbers = scene.strip, scene.numbers
    for label, cloud in enumerate(strip.clouds):
        scores = numbers.scores[numbers.dataset.labels == label]
        assert cloud.positions[:, 0] == pytest.approx(strip.line.zero + strip.line.unit * scores)
    assert strip.clouds[0].positions[:, 1].max() < strip.clouds[1].positions[:, 1].min()


def test_bar_and_line_are_each_one_object_for_good(make_job: MakeJob, play_with_probe: Play) -> None:
    shown: list[tuple[bool, bool]] = []

    def probe(scene: Any) -> None:
        drawn = {id(part) for each in scene.mobjects for part in each.get_family() if len(part.points)}
        shown.append((id(scene.decision.bar) in drawn, id(scene.decision.line) in drawn))

    play_with_probe(make_job("one-layer-classifier", "hard", fps=5), probe)
    for each in zip(*shown, strict=True):
        assert list(each) == sorted(each)
        assert each[-1]


@pytest.mark.parametrize("shift", [0.0, 0.7])
def test_training_has_less_loss_than_the_line_with_more_points_right(shift: float) -> None:
    definition = one_layer_classifier.DEFINITION
    numbers = definition.compute(definition.preset_parameters("hard"))
    dataset = numbers.dataset
    signs = np.where(dataset.labels == 1, 1.0, -1.0)

    def loss(weights: np.ndarray, bias: float) -> float:
        margins = signs * (dataset.points @ weights + bias)
        return float(np.log1p(np.exp(-margins)).mean() + 0.5e-3 * weights @ weights)

    assert numbers.loss == pytest.approx(loss(numbers.weights, numbers.bias))
    assert numbers.beaten
    assert numbers.loss < numbers.best_loss
    # Of all layers whose lines are parallel to the best one, none has less; some have about as much.
    steps = np.linspace(0.05, 8.0, 160)
    offsets = numbers.best.offset + np.linspace(-2.0, 2.0, 81) + 0.01 * shift
    tried = [loss(k * numbers.best.normal, -k * offset) for k in steps for offset in offsets]
    assert numbers.best_loss - 1e-9 <= min(tried) <= numbers.best_loss + 1e-3


def test_a_best_line_that_faces_the_other_way_is_no_layer_of_less_loss() -> None:
    # All but one of class 1 is below class 0, so that the line that faces up has none of it.
    points = np.array([[0.0, 3.0], [0.0, -1.0], [0.0, -2.0], [0.0, 0.0], [0.0, 1.0]])
    dataset = Dataset(points, np.array([1, 1, 1, 0, 0]), "five")
    up = BestLine(np.array([0.0, 1.0]), 2.0, 3, 5, exact=True)
    down = BestLine(np.array([0.0, -1.0]), 0.5, 4, 5, exact=True)
    share = 0.6
    entropy = -share * math.log(share) - (1 - share) * math.log(1 - share)
    losses = [one_layer_classifier.least_loss_along(line, dataset) for line in (up, down)]
    assert max(losses) == pytest.approx(entropy)
    assert min(losses) < entropy


@pytest.mark.parametrize("variant", ["guess", "trained", "hard"])
def test_the_count_is_not_known_before_the_sweep(variant: str) -> None:
    definition = one_layer_classifier.DEFINITION
    numbers = definition.compute(definition.preset_parameters(variant))
    assert numbers.right_at(numbers.first_threshold) < numbers.threshold.right
    assert all(numbers.right_at(value) == numbers.threshold.right for value in numbers.room)


def test_the_table_says_who_is_better_in_what(make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("one-layer-classifier", "hard"))
    counts = [row[1] for row in scene.table.counts]
    assert [each.source for each in counts] == ["166 right", "174 right"]
    assert [each.role for each in counts] == ["text", "active"]
    assert [each.source for each in scene.table.losses] == ["loss 0.42", "loss 0.50"]
    assert [each.role for each in scene.table.losses] == ["active", "text"]
    data = (scene.best.shape[0] - scene.view.origin) / scene.view.unit
    above = dataset_side(data, scene.numbers.dataset.points)
    right = np.count_nonzero(above == (scene.numbers.dataset.labels == 1))
    assert max(right, 200 - right) == 174


def dataset_side(line: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Tell for every point `(n, 2)` whether it is above a line through two points, `(2, 2)`."""
    (x0, y0), (x1, y1) = line
    return points[:, 1] > y0 + (points[:, 0] - x0) * (y1 - y0) / (x1 - x0)


@pytest.mark.parametrize(
    ("variant", "caption"), [("guess", "200"), ("trained", "0.04"), ("hard", "not the count")]
)
def test_the_last_word_fits(variant: str, caption: str, make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("one-layer-classifier", variant))
    assert caption in scene.beats[-1].caption


@pytest.mark.parametrize(
    "given_values",
    [
        {"gap": 0.0},
        {"gap": 0.0, "noise": 0.5, "points_per_curve": 2000},
        {"gap": 3.0, "points_per_curve": 20},
        {"noise": 0.5, "points_per_curve": 20, "seed": 7},
    ],
)
def test_any_set_of_curves_ends_in_a_true_verdict(given_values: dict[str, Any], make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("one-layer-classifier", "trained", **given_values))
    results = scene.results()
    assert (
        results["right"] + results["wrong"]
        == results["total"]
        == 2 * given_values.get("points_per_curve", 100)
    )
    assert results["best_line_right"] >= results["right"]
    said = {beat.key: beat.caption for beat in scene.beats}
    beaten, exact = results["best_line_right"] > results["right"], results["total"] <= 1200
    assert ("But" in said["verdict"]) == beaten
    assert ("not the count" in said["why"]) == beaten
    assert ("No straight line" in said["verdict"]) == (results["wrong"] > 0 and not beaten and exact)
    assert ("we found" in said["verdict"].lower()) == (results["wrong"] > 0 and not exact)
    if beaten:
        assert results["loss"] <= results["best_line_loss"] + 1e-9
    assert all(beat.end_s - beat.start_s <= 7.0 for beat in scene.beats)


# The parts.


@given(st.floats(-3, 3), st.floats(0.01, math.tau), st.floats(0.01, 100), st.floats(0, 1), st.floats(0.2, 2))
def test_a_straight_line_holds_its_equation(offset, angle, length, share, unit) -> None:
    normal = length * np.array([math.cos(angle), math.sin(angle)])
    view = View(STAGE, STAGE.center[:2], unit)
    line = StraightLine(view, DARK, normal, offset * length)
    if line.ends is None:
        corners = (
            np.array(
                [
                    [STAGE.left, STAGE.bottom],
                    [STAGE.left, STAGE.top],
                    [STAGE.right, STAGE.bottom],
                    [STAGE.right, STAGE.top],
                ]
            )
            - view.origin
        ) / unit
        sides = corners @ normal / length - offset
        assert (sides > -1e-6).all() or (sides < 1e-6).all()
        return
    data = (line.show(share).pieces[0] - view.origin) / unit
    assert data @ normal / length == pytest.approx(offset, abs=1e-6)
    for x, y in line.ends:
        on_side = min(abs(x - STAGE.left), abs(x - STAGE.right), abs(y - STAGE.bottom), abs(y - STAGE.top))
        assert on_side < 1e-6
        assert STAGE.contains(Region(x, y, x, y))


@given(st.floats(-3, 3), st.floats(0.01, math.tau), st.booleans())
def test_a_line_laid_anew_is_the_line_that_was_asked_for(offset, angle, dashed) -> None:
    view, normal = View(STAGE, STAGE.center[:2], 1.0), np.array([math.cos(angle), math.sin(angle)])
    laid = StraightLine(view, DARK, np.array([0.3, -2.0]), 1.0, dashed=dashed).lay(normal, offset)
    fresh = StraightLine(view, DARK, normal, offset, dashed=dashed)
    assert laid.pieces == pytest.approx(fresh.pieces)
    assert (laid.ends is None) == (fresh.ends is None)


@given(st.floats(-8, 4), st.booleans(), st.floats(0, 1))
def test_a_reading_points_at_its_number(value, above, share) -> None:
    line = NumberLine(STAGE, DARK, -8.0, 4.0, 0.5)
    reading = LineReading(line, DARK, value, "b = 1", "text", above=above).show(share)
    assert reading.arrow.tail[0] == pytest.approx(float(line.at(0.0)))
    assert reading.arrow.head[0] == pytest.approx(float(line.at(value)))
    assert (reading.arrow.head[1] - 0.5) * (1 if above else -1) >= 0
    assert reading.name.get_left()[0] >= STAGE.left
    assert reading.name.get_right()[0] <= STAGE.right


def test_a_picked_point_is_ringed_wherever_it_goes() -> None:
    view = View(STAGE, STAGE.center[:2], 0.5)
    place, nothing = np.array([2.0, 1.0]), np.zeros((0, 2))
    point = PickedPoint(
        view, DARK, place, place, label=1, points=nothing, line=nothing, names=np.zeros((0, 4))
    )
    assert "2, 1" in point.origin.source
    point.show(PlaneMap(np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([-2.0, 0.0])))
    for marks in point.ring:
        assert marks.positions == pytest.approx(view.to_scene(np.array([[1.0, 0.0]])))
    name = point.landing("s = 1", 1.0)
    assert name.get_center()[0] == pytest.approx(view.to_scene(np.array([[1.0, 0.0]]))[0, 0])


@given(weights, st.floats(0.2, 1.0))
def test_level_lines_hold_their_equation(pair, unit) -> None:
    view = View(STAGE, STAGE.center[:2], unit, Region(-7, -4, 7, 4))
    point, values = np.array([0.5, 1.0]), np.array([-1.0, 0.0, 2.0])
    lines = LevelLines(view, DARK, np.array(pair), values, point, np.zeros((0, 2)), lambda t: PlaneMap())
    if not any(pair):
        assert not len(lines.line.pieces) + len(lines.others.pieces) + len(lines.places)
        return
    ends = (lines.line.pieces[0] - view.origin) / unit
    assert ends @ pair == pytest.approx(pair @ point, abs=1e-6)
    assert lines.places @ pair == pytest.approx(pair @ point, abs=1e-6)
    for piece in lines.others.pieces:
        level = (piece - view.origin) / unit @ pair
        assert level[0] == pytest.approx(level[1], abs=1e-6)
        assert np.abs(values - level[0]).min() < 1e-6


def test_a_tally_changes_in_place() -> None:
    tally = Tally(lambda n: Text(f"{n} of 200", DARK), 100)
    tally.scale(0.7).shift([1.0, 2.0, 0.0])
    drawn, size, baseline = tally.get_family(), tally.writing.size, tally.writing.baseline
    middle = tally.get_center()[0]
    tally.show(7)
    assert tally.writing.source == "7 of 200"
    assert tally.get_family() == drawn
    assert tally.writing.size == pytest.approx(size)
    assert tally.writing.baseline == pytest.approx(baseline)
    assert tally.get_center()[0] == pytest.approx(middle)
    fresh = Text("7 of 200", DARK).scale(0.7)
    assert tally.width == pytest.approx(fresh.width)
