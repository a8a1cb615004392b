"""`one-layer-classifier`: bar, line, rings and counts are of one threshold, and verdicts are true."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import BestLine, Dataset
from scenes.linear_algebra.one_layer_classifier import numbers as one_layer_classifier

MakeJob = Callable[..., Job]
Play = Callable[[Job, Callable[[Scene], None]], Scene]
weights = st.tuples(*[st.floats(-5, 5).map(lambda w: round(w, 3))] * 2)


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
        assert decision.strip_rings.positions == pytest.approx(strip.positions[wrong])
        in_plane = scene.view.to_scene(numbers.dataset.points[wrong])
        assert decision.plane_rings.positions == pytest.approx(in_plane)
        thresholds.append(value)

    scene = play_with_probe(make_job("one-layer-classifier", "guess", fps=15, weights=weights_), probe)
    assert len(set(thresholds)) > 40
    # All are tried: from the lowest score to the highest.
    span = np.ptp(scene.numbers.scores)
    assert min(thresholds) < scene.numbers.scores.min() + 0.1 * span
    assert max(thresholds) > scene.numbers.scores.max() - 0.1 * span
    assert scene.count.value == scene.numbers.threshold.right
    assert len(scene.decision.plane_rings.positions) == scene.numbers.wrong


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
