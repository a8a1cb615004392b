"""Two linear layers on screen: every instant is nnmath's map, and the two end where the one ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.play.render import run_without_drawing
from nnmath import Layer, LinearMap, Network, best_line, count_right
from scenes.families.hidden_plane.numbers import LinePlace, carried, read_off
from scenes.linear_algebra.relu_folding.numbers import ReluFoldingParameters
from scenes.linear_algebra.relu_folding.numbers import compute as compute_folding
from scenes.linear_algebra.two_linear_layers.numbers import (
    DEFINITION,
    TwoLinearLayersNumbers,
    TwoLinearLayersParameters,
    compute,
)
from scenes.linear_algebra.two_linear_layers.shrinking import shrink_to
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.style.layout import LAYOUTS
from scenes.style.numerals import shown
from scenes.style.theme import THEMES

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
@given(seeds, st.floats(0.1, 5.0), st.floats(-3.0, 3.0), st.floats(-2.0, 2.0))
def test_one_move_ends_where_the_two_layers_end(seed: int, scale: float, zero: float, height: float) -> None:
    numbers = hard(seed=seed, points_per_curve=30, noise=0.2)
    points, place = numbers.dataset.points, LinePlace(scale, zero, WIDE, height)
    two = numbers.scored(1.0, place).apply(points)
    one = numbers.scored_at_once(1.0, place).apply(points)
    score = numbers.network.forward(points).output[:, 0]
    assert two == pytest.approx(one, abs=1e-9)
    assert two == pytest.approx(
        np.column_stack([scale * score + zero, np.full(len(score), height)]), abs=1e-9
    )


@few
@given(seeds, instants)
def test_the_motions_join_without_a_jump(seed: int, t: float) -> None:
    numbers = hard(seed=seed, points_per_curve=20, noise=0.1)
    points, place = numbers.dataset.points, LinePlace(1.3, 0.4, WIDE)
    assert numbers.turned(0.0).apply(points) == pytest.approx(points)
    assert numbers.turned(1.0).apply(points) == pytest.approx(numbers.shifted(0.0).apply(points))
    assert numbers.shifted(1.0).apply(points) == pytest.approx(numbers.hidden)
    assert numbers.scored(0.0, place).apply(points) == pytest.approx(numbers.hidden)
    assert numbers.unmoved(0.0).apply(points) == pytest.approx(numbers.hidden)
    assert numbers.unmoved(1.0).apply(points) == pytest.approx(points)
    assert numbers.scored_at_once(0.0, place).apply(points) == pytest.approx(points)
    turned = LinearMap(numbers.first.weights).between(t)
    assert numbers.turned(t).apply(points) == pytest.approx(points @ turned.T)


@few
@given(seeds, instants)
def test_points_stay_in_the_box_on_their_way(seed: int, t: float) -> None:
    numbers = hard(seed=seed, points_per_curve=20)
    low, high = np.array([-8.0, -6.0]), np.array([8.0, 6.0])
    for motion in (numbers.scored, numbers.scored_at_once):
        moved = motion(t, LinePlace(1.0, 0.0, (low, high), -1.0)).apply(numbers.dataset.points)
        assert (moved >= low - 1e-9).all()
        assert (moved <= high + 1e-9).all()


@given(st.floats(0.0, 2 * np.pi), instants)
def test_what_fills_a_low_box_from_side_to_side_stays_in_it_as_it_turns(angle: float, t: float) -> None:
    points = np.random.default_rng(0).uniform([-3.0, -1.0], [3.0, 1.0], (40, 2))
    layer = Layer(np.array([[np.cos(angle), np.sin(angle)]]), np.zeros(1))
    scores = layer.weights[0] @ points.T
    low, high = np.array([-3.6, -2.3]), np.array([3.6, 2.3])
    scale = 6.8 / float(np.ptp(scores))
    place = LinePlace(scale, -scale * float(scores.max() + scores.min()) / 2, (low, high))
    matrix, offset = read_off(layer, points, t, place, points[:0])
    moved = points @ matrix.T + offset
    assert (moved >= low - 1e-9).all()
    assert (moved <= high + 1e-9).all()


@given(st.floats(0.0, 2 * np.pi), st.floats(0.2, 5.0), st.floats(-3.0, 3.0), instants)
def test_the_carried_line_is_where_its_points_go(angle: float, length: float, score: float, t: float) -> None:
    points = np.random.default_rng(1).uniform(-2.0, 2.0, (30, 2))
    weights = length * np.array([np.cos(angle), np.sin(angle)])
    layer, place = Layer(weights[None], np.array([0.3])), LinePlace(0.8, 0.5, WIDE, -1.0)
    moved = read_off(layer, points, t, place, points[:0])
    normal, offset = carried(layer, score, *moved)
    along = np.array([-weights[1], weights[0]]) / length
    on_line = weights * (score - 0.3) / length**2 + np.array([[-2.0], [0.0], [3.0]]) * along
    assert (on_line @ moved[0].T + moved[1]) @ normal == pytest.approx([offset] * 3, abs=1e-9)
    # In the end it stands upright over its score.
    if t == 1.0:
        assert normal[1] == pytest.approx(0.0, abs=1e-9)
        assert offset / normal[0] == pytest.approx(0.8 * score + 0.5, abs=1e-9)


def test_the_carried_line_ends_upright_over_the_threshold() -> None:
    numbers, place = hard(), LinePlace(1.3, 0.4, WIDE)
    for line in (numbers.decision(1.0, place), numbers.decision_at_once(1.0, place)):
        normal, offset = line
        assert normal[1] == pytest.approx(0.0, abs=1e-9)
        assert offset / normal[0] == pytest.approx(1.3 * numbers.threshold.value + 0.4)


@few
@given(seeds)
def test_the_boundary_is_where_the_score_is_the_threshold(seed: int) -> None:
    numbers = hard(seed=seed, noise=0.3, points_per_curve=20)
    ends = numbers.boundary.reshape(-1, 2)
    scores = numbers.network.forward(ends).output[:, 0] if len(ends) else np.zeros(0)
    assert scores == pytest.approx(np.full(len(ends), numbers.threshold.value), abs=1e-6)


@few
@given(seeds)
def test_the_sweep_counts_what_is_right(seed: int) -> None:
    numbers = hard(seed=seed, noise=0.2, points_per_curve=20)
    output = numbers.network.forward(numbers.dataset.points).output[:, 0]
    for threshold in (-1.0, 0.0, 0.7):
        assert numbers.right_at(threshold) == count_right(output, numbers.dataset.labels, threshold)
    assert numbers.right_at(numbers.threshold.value) == numbers.threshold.right


def test_the_product_is_that_of_the_exact_weights(make_job: Play) -> None:
    scene = run_without_drawing(make_job("two-linear-layers"))
    numbers = scene.numbers
    exact = numbers.last.weights @ numbers.first.weights
    bias = float((numbers.last.weights @ numbers.first.bias + numbers.last.bias)[0])
    written = [part.source for part in scene.product]
    for value in exact[0].tolist():
        assert f"{shown(value):.2f}" in written[2]
    assert f"{shown(bias):.2f}".replace("-", "") in written[4]
    assert "approx" in written[2]
    assert "approx" in written[4]


def test_a_diagram_of_two_layers_shrinks_to_that_of_one() -> None:
    numbers, region, theme = hard(), LAYOUTS["16:9"].panel_parts()[0], THEMES["dark"]
    diagram = NetworkDiagram(numbers.network, theme, region)
    single = NetworkDiagram(Network((numbers.collapsed,)), theme, region, radius=diagram.radius)
    shrink = shrink_to(diagram, numbers.collapsed)
    shrink.interpolate(1.0)
    for n in (0, 1):
        one, other = diagram.edge(0, n, n), single.edge(0, 0, n)
        assert one.start == pytest.approx(other.start, abs=1e-9)
        assert one.end == pytest.approx(other.end, abs=1e-9)
        assert one.pieces == pytest.approx(other.pieces, abs=1e-9)
        assert one.get_stroke_width() == pytest.approx(other.get_stroke_width())
    gone = [diagram.edge(0, 0, 1), diagram.edge(0, 1, 0), *diagram.edges(1)]
    assert not any(len(edge.pieces) for edge in gone)
    assert not any(len(member.points) for member in diagram.column(1).get_family())


def test_weight_decay_presses_the_first_layer_flat() -> None:
    assert not hard().flat
    assert hard(weight_decay=1e-3).flat


def test_scaling_for_the_stage_keeps_what_relu_computes() -> None:
    numbers = compute_folding(ReluFoldingParameters())
    assert np.abs(numbers.pre_activations).max(axis=0) == pytest.approx([3.0, 3.0])
    assert np.linalg.det(numbers.first.weights) >= 0
    end = numbers.scored(1.0, LinePlace(2.0, 1.0, WIDE)).apply(numbers.dataset.points)
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
        if space is None or len(scene.beats) in (3, 4, 6):
            return
        frames["all"] += 1
        dataset = scene.numbers.dataset
        for label, cloud in zip(dataset.classes, space.dots, strict=True):
            places = space.view.to_scene(space.map.apply(dataset.of_class(label)))
            assert cloud.positions == pytest.approx(places, abs=1e-6)
        assert space.basis.images == pytest.approx(space.map.matrix.T, abs=1e-9)

    scene = play_with_probe(job, probe)
    assert frames["all"] > 40
    marks = np.concatenate([cloud.positions for cloud in scene.space.dots])
    order = np.argsort(scene.numbers.dataset.labels, kind="stable")
    assert marks == pytest.approx(scene.strips.targets[order], abs=1e-6)
    wrong = (scene.numbers.scores >= scene.numbers.threshold.value) != (scene.numbers.dataset.labels == 1)
    assert len(scene.strips.rings.positions) == wrong.sum() == 34
    # Every point has dropped into the place that was left for it.
    places = np.concatenate([hollows.places for hollows in scene.hollows])
    assert marks == pytest.approx(places, abs=1e-6)
