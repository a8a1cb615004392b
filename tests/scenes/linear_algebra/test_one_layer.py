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
from scenes.families.one_layer.numbers import OneLayerNumbers, OneLayerParameters
from scenes.linear_algebra.one_layer_classifier import numbers as one_layer_classifier
from scenes.linear_algebra.one_layer_map import numbers as one_layer_map
from scenes.linear_algebra.one_layer_map.line_reading import LineReading
from scenes.linear_algebra.one_layer_map.passage import Passage
from scenes.parts.charts.number_line import NumberLine
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


def layer(pair: tuple[float, float], bias: float = 0.0) -> OneLayerNumbers:
    parameters = OneLayerParameters(weights=pair, bias=bias, points_per_curve=20)
    return OneLayerNumbers(parameters.dataset(), parameters.network())


# The motion.


@given(weights, times)
def test_i_and_j_turn_evenly_onto_the_line_and_do_not_shrink_into_it(pair, t) -> None:
    matrix = layer(pair).turned(t).matrix
    for column, start, weight in zip(matrix.T, (0.0, math.pi / 2), pair, strict=True):
        if abs(weight) < 0.1:
            continue
        assert math.hypot(*column) == pytest.approx(1 - t + t * abs(weight))
        end = 0.0 if weight > 0 else math.pi
        angle = math.atan2(column[1], column[0])
        # A half turn may go either way round.
        ways = {t * end} | {-t * end} if start == 0.0 else {start + t * (end - start)}
        assert any(abs(math.remainder(angle - way, math.tau)) < 1e-6 for way in ways)


@given(weights)
def test_the_motion_begins_with_the_plane_and_ends_with_the_layer(pair) -> None:
    numbers = layer(pair, bias=-1.5)
    points = numbers.dataset.points
    assert numbers.turned(0.0).apply(points) == pytest.approx(points)
    on_line = points[:, 0] * pair[0] + points[:, 1] * pair[1]
    for plane_map, scores in ((numbers.turned(1.0), on_line), (numbers.shifted(1.0), on_line - 1.5)):
        images = plane_map.apply(points)
        assert images[:, 0] == pytest.approx(scores)
        assert images[:, 1] == pytest.approx(0.0)
    assert numbers.scores == pytest.approx(on_line - 1.5)


@given(st.floats(-0.05, 0.05), times)
def test_a_vector_that_vanishes_does_not_spin(slight, t) -> None:
    first = layer((slight, 3.0)).turned(t).matrix[:, 0]
    assert first == pytest.approx([1 - t + t * slight, 0.0])


@pytest.mark.parametrize("given_values", EXTREMES)
def test_points_ride_along_with_i_and_j_and_stay_on_the_stage(
    given_values: dict[str, Any], make_job: MakeJob, play_with_probe: Play
) -> None:
    seen: list[tuple[str, np.ndarray]] = []

    def probe(scene: Any) -> None:
        space, stage = scene.space, scene.layout.stage
        if space.basis not in space.submobjects or not scene.beats or len(scene.beats) > 4:
            return
        dataset = scene.numbers.dataset
        where = [cloud.positions for cloud in space.dots]
        tail = space.view.to_scene(space.map.offset[None])[0]
        # The arrows as drawn; one without length has no tip to measure.
        spans = [arrow.head - arrow.tail for arrow in (space.basis.i, space.basis.j)]
        for label, cloud in enumerate(where):
            recipe = tail + dataset.of_class(label) @ np.array(spans)
            assert cloud == pytest.approx(recipe, abs=1e-6)
            assert (cloud >= [stage.left, stage.bottom]).all()
            assert (cloud <= [stage.right, stage.top]).all()
        seen.append((scene.beats[-1].key, space.map.matrix.copy()))

    scene = play_with_probe(make_job("one-layer-map", fps=10, points_per_curve=20, **given_values), probe)
    moving = [matrix for key, matrix in seen if key == "layer"]
    assert len({matrix.tobytes() for matrix in moving}) > 15
    assert moving[-1][0] == pytest.approx(scene.numbers.weights)
    assert moving[-1][1] == pytest.approx(0.0)


def test_one_unit_serves_the_plane_and_the_line(make_job: MakeJob, play_with_probe: Play) -> None:
    def probe(scene: Any) -> None:
        line, view = scene.line, scene.line_view
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
        ({"weights": (0.0, 0.0), "bias": 0.0}, {"turn": "turn-zero", "shift": "shift-none"}),
        ({"weights": (0.003, -1e-7), "bias": 3e-4}, {"turn": "turn-slight", "shift": "shift"}),
        # A j as short as this does not swing.
        ({"weights": (1.0, 0.02)}, {"turn": "turn-plain"}),
        ({"weights": (1.0, 0.3)}, {"turn": "turn"}),
        ({"weights": (-1.0, 0.3)}, {"turn": "turn-plain"}),
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
    assert "straight line between the classes" in scene.beats[-1].caption
    drawn = [part for shown in scene.mobjects for part in shown.get_family()]
    assert any(isinstance(part, StraightLine) and len(part.pieces) for part in drawn)
    assert math_number(1e-7) in scene.filled_rule.source


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


def test_rings_and_count_follow_the_threshold(make_job: MakeJob, play_with_probe: Play) -> None:
    thresholds = []

    def probe(scene: Any) -> None:
        strips = getattr(scene, "strips", None)
        if strips is None or len(scene.beats) != 4:
            return
        numbers = scene.numbers
        x = strips.threshold_line.pieces[0, 0, 0]
        value = (x - strips.line.zero) / strips.line.unit
        # No score is so near to the line that rounding could put it on the other side.
        if np.abs(numbers.scores - value).min() < 1e-6 or value == pytest.approx(strips.threshold):
            return
        wrong = (numbers.scores >= value) != (numbers.dataset.labels == 1)
        assert strips.rings.positions == pytest.approx(strips.targets[wrong])
        if scene.count in scene.mobjects and len(thresholds) > 2:
            assert scene.count.value == np.count_nonzero(~wrong)
            assert scene.count.writing.source == scene.count_words(scene.count.value).source
        thresholds.append(value)

    scene = play_with_probe(make_job("one-layer-classifier", "guess", fps=15), probe)
    assert len(set(thresholds)) > 20
    assert scene.count.value == 132
    assert len(scene.strips.rings.positions) == 68


@pytest.mark.parametrize(
    ("variant", "caption"), [("guess", "200"), ("trained", "straight line"), ("hard", "174")]
)
def test_the_verdict_fits(variant: str, caption: str, make_job: MakeJob) -> None:
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
    last = scene.beats[-1].caption
    assert ("no straight line at all" in last) == (results["best_line_right"] < results["total"] <= 300)
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


def test_a_passage_leads_from_the_point_to_its_number() -> None:
    view = View(STAGE, STAGE.center[:2], 0.5)
    passage = Passage(
        view, DARK, np.array([2.0, 1.0]), np.array([-3.0, 0.0]), label=1, written=(np.array([2.0, 1.0]), -3.0)
    )
    start, end = view.to_scene(np.array([[2.0, 1.0], [-3.0, 0.0]]))
    assert passage.trail.pieces[0, 0] == pytest.approx(start)
    towards = passage.trail.pieces[-1, 1] - start
    assert np.cross([*towards, 0], [*(end - start), 0])[2] == pytest.approx(0.0)
    passage.show(0.0)
    assert len(passage.trail.pieces) == 0


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
