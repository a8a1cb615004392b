"""Gradient descent: what is written adds up, is what happened, and is what is drawn."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pytest
from bounding_box import region_of
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import Layer, Network
from scenes.linear_algebra.gradient_descent.numbers import (
    GradientDescentParameters,
    _rate_places,
    compute,
)
from scenes.stage.beat import Beat
from scenes.style.numerals import fixed, math_fixed, numeral, shown


def loss_by_hand(parameters: GradientDescentParameters, network: Network, weight: float) -> float:
    """Binary cross-entropy of the network with one weight replaced, from its definition."""
    first, last = network.layers
    weights = first.weights.copy()
    weights[parameters.row - 1, parameters.column - 1] = weight
    changed = Network((Layer(weights, first.bias, first.activation), last))
    dataset = parameters.dataset()
    scores = changed.forward(dataset.points).output[:, 0]
    signs = np.where(dataset.labels == 1, 1.0, -1.0)
    return float(np.mean(np.log1p(np.exp(-signs * scores))))


@pytest.mark.parametrize(("row", "column"), [(2, 1), (1, 1), (1, 2)])
def test_curve_and_slope_are_those_of_the_network(row: int, column: int) -> None:
    parameters = GradientDescentParameters(row=row, column=column)
    numbers = compute(parameters)
    for weight, loss, slope in numbers.curve[::57]:
        assert loss == pytest.approx(loss_by_hand(parameters, numbers.network, weight), abs=1e-9)
        h = 1e-6
        ahead, behind = (loss_by_hand(parameters, numbers.network, weight + d) for d in (h, -h))
        assert slope == pytest.approx((ahead - behind) / (2 * h), abs=1e-4)


@settings(max_examples=25)
@given(
    start=st.floats(-4, 4),
    learning_rate=st.floats(1e-3, 10),
    steps=st.integers(1, 12),
    row=st.sampled_from([1, 2]),
)
def test_every_step_adds_up_as_written(start: float, learning_rate: float, steps: int, row: int) -> None:
    numbers = compute(
        GradientDescentParameters(
            start=start, learning_rate=learning_rate, steps=steps, row=row, points_per_curve=20
        )
    )
    places = numbers.places
    for one in numbers.steps:
        weight, step, new = (
            Decimal(fixed(v, places).replace("−", "-")) for v in (one.weight, one.step, one.next_weight)
        )
        assert weight + step == new
        # The step is −η times the slope, both as written, to half a unit of the last place.
        rate, slope = Decimal(numeral(numbers.learning_rate, numbers.rate_places)), Decimal(str(one.slope))
        assert abs(step + rate * slope) <= Decimal(5).scaleb(-places - 1)
    assert all(a.next_weight == b.weight for a, b in zip(numbers.steps, numbers.steps[1:], strict=False))


@given(st.floats(1e-4, 10))
def test_the_learning_rate_that_is_written_is_the_one_that_is_given_to_four_digits(rate: float) -> None:
    places = _rate_places(rate)
    assert shown(rate, places) == pytest.approx(rate, rel=5.0001e-4)
    assert len(numeral(rate, places)) <= 9


@settings(max_examples=10)
@given(
    gap=st.floats(0, 3),
    start=st.floats(-4, 4),
    learning_rate=st.floats(1e-3, 10),
    row=st.sampled_from([1, 2]),
    column=st.sampled_from([1, 2]),
)
def test_losses_and_slopes_are_exact_at_every_weight_visited(
    gap: float, start: float, learning_rate: float, row: int, column: int
) -> None:
    parameters = GradientDescentParameters(
        gap=gap, start=start, learning_rate=learning_rate, row=row, column=column, points_per_curve=20
    )
    numbers = compute(parameters)
    loss = partial(loss_by_hand, parameters, numbers.network)
    assert numbers.results()["losses"] == pytest.approx([loss(weight) for weight in numbers.path], rel=1e-9)
    for step in numbers.steps:
        assert step.slope == shown(numbers.slope_at(step.weight), numbers.places)
    # No weight that is looked at, sample or not, has less loss than the one that is ringed.
    lowest = loss(numbers.lowest)
    assert lowest == pytest.approx(numbers.loss_at(numbers.lowest), rel=1e-9)
    assert lowest <= numbers.curve[:, 1].min() + 1e-12
    beside = np.clip(numbers.lowest + np.array([-1e-3, 1e-3]), *numbers.curve[[0, -1], 0])
    assert all(loss(weight) >= lowest - 1e-12 for weight in beside)


def test_numbers_are_frozen_and_travel_between_processes() -> None:
    numbers = compute(GradientDescentParameters(points_per_curve=20))
    again = pickle.loads(pickle.dumps(numbers))
    assert again.results() == numbers.results()
    assert again.slope_at(0.3) == numbers.slope_at(0.3)
    with pytest.raises(FrozenInstanceError):
        numbers.places = 3  # type: ignore[misc]


def at_random(seed: int) -> dict[str, Any]:
    """Return parameters within their bounds."""
    rng = np.random.default_rng(seed)
    return {
        "learning_rate": float(10 ** rng.uniform(-3.5, 1)),
        "start": float(rng.uniform(-4, 4)),
        "gap": float(rng.uniform(0, 3)),
        "row": int(rng.integers(1, 3)),
        "column": int(rng.integers(1, 3)),
        "steps": int(rng.integers(1, 8)),
        "points_per_curve": 20,
    }


@pytest.mark.parametrize(
    "chosen",
    [
        {"learning_rate": 0.0158, "start": -0.62, "gap": 0.37, "row": 1, "column": 1, "steps": 5},
        *map(at_random, range(5)),
    ],
)
def test_label_and_table_say_the_same_slope_at_every_rest(
    chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    compared: list[str] = []

    def at_rest(scene: Scene, beat: Beat) -> None:
        numbers, tangent = scene.numbers, scene.tangent
        if beat.key == "curve":
            return
        weight, slope = (value.source for value in scene.table.values[:2])
        label = tangent.label.source.rpartition(" = ")[2]
        taken = {"slope": 0, "step": 1}.get(beat.key, len(numbers.steps))
        assert tangent.at[0] == numbers.path[taken]
        assert label == math_fixed(numbers.slope_at(numbers.path[taken]), numbers.places)
        assert tangent.role == tangent.role_of(float(label))
        if taken < len(numbers.steps):
            assert label == math_fixed(numbers.steps[taken].slope, numbers.places)
        if weight == math_fixed(tangent.at[0], numbers.places):
            assert slope == label
            compared.append(beat.key)

    run_without_drawing(make_job("gradient-descent", **chosen), at_rest)
    assert {"slope", "end"} <= set(compared)


def test_presets_arrive_crawl_and_bounce() -> None:
    assert compute(GradientDescentParameters()).outcome == "arrived"
    assert compute(GradientDescentParameters(learning_rate=0.1)).outcome == "under-way"
    large = compute(GradientDescentParameters(learning_rate=4.0))
    assert large.outcome == "bouncing"
    sides = np.sign(large.path - large.lowest)
    assert (sides[1:] != sides[:-1]).all()


def test_drawn_point_tangent_and_table_show_the_numbers(
    make_job: Callable[..., Job], play_with_probe: Callable[[Job, Callable[[Scene], None]], Scene]
) -> None:
    """At every frame the point is on the curve, the tangent has its slope, and the table adds up."""
    seen: list[float] = []
    arrived: list[str] = []

    def probe(scene: Scene) -> None:
        if not scene.beats:  # the table is not on screen yet
            return
        numbers, tangent, chart = scene.numbers, scene.tangent, scene.chart
        assert tangent.point.positions[0] == pytest.approx(chart.to_scene(tangent.at[None])[0], abs=1e-3)
        assert tangent.at[1] == pytest.approx(numbers.loss_at(tangent.at[0]), abs=1e-9)
        start, end = tangent.line.pieces[0]
        drawn = (end[1] - start[1]) / (end[0] - start[0])
        assert drawn == pytest.approx(chart.scene_slope(numbers.slope_at(tangent.at[0])), abs=1e-6)
        weight, slope, eta, step, new = (Decimal(value.source) for value in scene.table.values)
        if weight + step == new:
            assert str(eta) == numeral(numbers.learning_rate, numbers.rate_places)
        else:
            # At the end weight and slope are those of the point, and no sum is left on screen.
            family = [part for shown in scene.mobjects for part in shown.get_family()]
            assert not {*scene.table.entries[2:], scene.table.rule} & set(family)
            assert float(weight) == tangent.at[0] == numbers.path[-1]
            assert float(slope) == shown(numbers.slope_at(numbers.path[-1]), numbers.places)
            arrived.append(scene.beats[-1].key)
        seen.append(float(tangent.at[0]))

    scene = play_with_probe(make_job("gradient-descent", "slope", fps=5), probe)
    assert min(seen) == scene.numbers.path[0] == -2.0
    assert max(seen) == pytest.approx(max(scene.numbers.path), abs=0.05)
    assert set(arrived) == {"repeat"}  # the last beat that had ended by then


@pytest.mark.parametrize(
    "changes",
    [
        {},
        # Losses of a few thousandths, hence wide numbers.
        {"gap": 2.7, "noise": 0.2, "seed": 28, "start": 2.7, "learning_rate": 0.02, "aspect": "9:16"},
        {"row": 2, "column": 2, "learning_rate": 2.0, "aspect": "1:1"},
    ],
)
def test_numbers_of_the_chart_are_text_safe_and_off_the_ring(
    changes: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    scene = run_without_drawing(make_job("gradient-descent", **changes))
    numbers, chart = scene.numbers, scene.chart
    goal = chart.point(numbers.lowest, numbers.loss_at(numbers.lowest))[:2]
    for number in (*chart.x_numbers, *chart.y_numbers):
        box = region_of(number)
        assert scene.layout.text_safe.contains(box)
        beyond = np.maximum([box.left - goal[0], box.bottom - goal[1]], goal - [box.right, box.top])
        assert np.hypot(*np.maximum(beyond, 0.0)) > 0.2
    assert max(region_of(number).right for number in chart.y_numbers) < chart.up
