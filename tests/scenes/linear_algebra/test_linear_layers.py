"""Two linear layers on screen: every instant is nnmath's map, and the two end where the one ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import Layer, LinearMap, best_line, count_right
from scenes.families.hidden_plane.numbers import read_off
from scenes.linear_algebra.relu_folding.numbers import ReluFoldingParameters
from scenes.linear_algebra.relu_folding.numbers import compute as compute_folding
from scenes.linear_algebra.two_linear_layers.numbers import (
    DEFINITION,
    TwoLinearLayersNumbers,
    TwoLinearLayersParameters,
    compute,
)
from scenes.style.numerals import all_written

Play = Callable[..., Any]

WIDE = (np.array([-50.0, -50.0]), np.array([50.0, 50.0]))
seeds = st.integers(0, 2**31 - 1)
instants = st.floats(0.0, 1.0)
# Each example trains networks.
few = settings(max_examples=12)


def hard(**changes: Any) -> TwoLinearLayersNumbers:
    """Return the numbers of the first preset with other parameters."""
    return compute(TwoLinearLayersParameters(**{**DEFINITION.presets["hard"], **changes}))


def test_the_hard_preset_is_no_better_than_one_layer() -> None:
    results = hard().results()
    assert (results["right"], results["total"], results["right_alone"]) == (166, 200, 166)
    assert results["parameters"] == 9
    assert results["largest_difference"] < 1e-12


@few
@given(seeds, st.floats(0.0, 3.0), st.floats(0.0, 0.5), st.sampled_from([0.0, 1e-3]))
def test_no_training_beats_the_best_straight_line(seed: int, gap: float, noise: float, decay: float) -> None:
    numbers = hard(seed=seed, gap=gap, noise=noise, weight_decay=decay, points_per_curve=20)
    assert numbers.threshold.right <= best_line(numbers.dataset.points, numbers.dataset.labels).right
    output = numbers.network.forward(numbers.dataset.points).output[:, 0]
    assert numbers.threshold.right == count_right(output, numbers.dataset.labels, numbers.threshold.value)


@few
@given(seeds, st.floats(0.1, 5.0), st.floats(-3.0, 3.0))
def test_one_move_ends_where_the_two_layers_end(seed: int, scale: float, zero: float) -> None:
    numbers = hard(seed=seed, points_per_curve=30, noise=0.2)
    points = numbers.dataset.points
    two = numbers.scored(1.0, scale, zero, WIDE).apply(points)
    one = numbers.scored_at_once(1.0, scale, zero, WIDE).apply(points)
    score = numbers.network.forward(points).output[:, 0]
    assert two == pytest.approx(one, abs=1e-9)
    assert two == pytest.approx(np.column_stack([scale * score + zero, 0 * score]), abs=1e-9)


@few
@given(seeds, instants)
def test_the_motions_join_without_a_jump(seed: int, t: float) -> None:
    numbers = hard(seed=seed, points_per_curve=20, noise=0.1)
    points = numbers.dataset.points
    place = (1.3, 0.4, WIDE)
    assert numbers.turned(0.0).apply(points) == pytest.approx(points)
    assert numbers.turned(1.0).apply(points) == pytest.approx(numbers.shifted(0.0).apply(points))
    assert numbers.shifted(1.0).apply(points) == pytest.approx(numbers.hidden)
    assert numbers.scored(0.0, *place).apply(points) == pytest.approx(numbers.hidden)
    assert numbers.rewound(0.0, *place).apply(points) == pytest.approx(
        numbers.scored(1.0, *place).apply(points)
    )
    assert numbers.rewound(1.0, *place).apply(points) == pytest.approx(points)
    assert numbers.scored_at_once(0.0, *place).apply(points) == pytest.approx(points)
    turned = LinearMap(numbers.first.weights).between(t)
    assert numbers.turned(t).apply(points) == pytest.approx(points @ turned.T)


@few
@given(seeds, instants)
def test_points_stay_in_the_box_on_their_way(seed: int, t: float) -> None:
    numbers = hard(seed=seed, points_per_curve=20)
    low, high = np.array([-8.0, -6.0]), np.array([8.0, 6.0])
    for motion in (numbers.scored, numbers.scored_at_once):
        moved = motion(t, 1.0, 0.0, (low, high)).apply(numbers.dataset.points)
        assert (moved >= low - 1e-9).all()
        assert (moved <= high + 1e-9).all()


@given(st.floats(0.0, 2 * np.pi), instants)
def test_what_fills_a_low_box_from_side_to_side_stays_in_it_as_it_turns(angle: float, t: float) -> None:
    points = np.random.default_rng(0).uniform([-3.0, -1.0], [3.0, 1.0], (40, 2))
    layer = Layer(np.array([[np.cos(angle), np.sin(angle)]]), np.zeros(1))
    scores = layer.weights[0] @ points.T
    low, high = np.array([-3.6, -2.3]), np.array([3.6, 2.3])
    scale = 6.8 / float(np.ptp(scores))
    matrix, offset = read_off(
        layer, points, t, scale, -scale * float(scores.max() + scores.min()) / 2, (low, high), points[:0]
    )
    moved = points @ matrix.T + offset
    assert (moved >= low - 1e-9).all()
    assert (moved <= high + 1e-9).all()


@few
@given(seeds)
def test_the_shown_product_adds_up_as_shown(seed: int) -> None:
    numbers = hard(seed=seed, noise=0.3, points_per_curve=20)
    outer, inner = all_written(numbers.last.weights), all_written(numbers.first.weights)
    assert numbers.shown_product == pytest.approx(outer @ inner, abs=0.005 + 1e-9)
    bias = float((outer @ all_written(numbers.first.bias) + all_written(numbers.last.bias))[0])
    assert numbers.shown_bias == pytest.approx(bias, abs=0.005 + 1e-9)


def test_weight_decay_presses_the_first_layer_flat() -> None:
    assert not hard().flat
    assert hard(weight_decay=1e-3).flat


def test_scaling_for_the_stage_keeps_what_relu_computes() -> None:
    numbers = compute_folding(ReluFoldingParameters())
    assert np.abs(numbers.pre_activations).max(axis=0) == pytest.approx([3.0, 3.0])
    assert np.linalg.det(numbers.first.weights) >= 0
    end = numbers.scored(1.0, 2.0, 1.0, WIDE).apply(numbers.dataset.points)
    assert end[:, 0] == pytest.approx(2.0 * numbers.scores + 1.0)
    assert numbers.threshold.right == 200


def test_every_frame_shows_the_points_where_the_map_on_show_takes_them(
    make_job: Play, play_with_probe: Play
) -> None:
    job = make_job("two-linear-layers", fps=5)
    frames = {"all": 0}

    def probe(scene: Any) -> None:
        space = getattr(scene, "space", None)
        # From the lifting on, the marks stand in their stacks.
        if space is None or len(scene.beats) in (4, 5, 7):
            return
        frames["all"] += 1
        dataset = scene.numbers.dataset
        for label, cloud in zip(dataset.classes, space.dots, strict=True):
            places = space.view.to_scene(space.map.apply(dataset.of_class(label)))
            assert cloud.positions == pytest.approx(places, abs=1e-6)
        assert space.basis.images == pytest.approx(space.map.matrix.T, abs=1e-9)

    scene = play_with_probe(job, probe)
    assert frames["all"] > 50
    marks = np.concatenate([cloud.positions for cloud in scene.space.dots])
    order = np.argsort(scene.numbers.dataset.labels, kind="stable")
    assert marks == pytest.approx(scene.strips.targets[order], abs=1e-6)
    wrong = (scene.numbers.scores >= scene.numbers.threshold.value) != (scene.numbers.dataset.labels == 1)
    assert len(scene.strips.rings.positions) == wrong.sum() == 34
