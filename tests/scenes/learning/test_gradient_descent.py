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
from nnmath import Network
from scenes.families.walking_weight.descent import Moment
from scenes.families.walking_weight.walk import rate_places
from scenes.learning.gradient_descent.numbers import DEFINITION, GradientDescentParameters, compute
from scenes.linear_algebra.relu_folding.numbers import ReluFoldingParameters
from scenes.linear_algebra.relu_folding.numbers import compute as compute_folding
from scenes.parts.marks.segments import clipped
from scenes.stage.beat import Beat
from scenes.style.numerals import fixed, math_fixed, numeral, shown


def score_by_hand(
    parameters: GradientDescentParameters, network: Network, weight: complex, points: Any
) -> Any:
    """The score of points `(n, 2)` with one weight replaced, neuron by neuron; the weight may be complex."""
    first, last = network.layers
    weights = first.weights.astype(type(weight))
    weights[parameters.row - 1, parameters.column - 1] = weight
    before = points @ weights.T + first.bias
    return np.where(before.real > 0, before, 0.0) @ last.weights[0] + last.bias[0]


def loss_by_hand(parameters: GradientDescentParameters, network: Network, weight: complex) -> Any:
    """Binary cross-entropy of the network with one weight replaced, from its definition."""
    dataset = parameters.dataset()
    scores = score_by_hand(parameters, network, weight, dataset.points)
    against = np.where(dataset.labels == 1, -1.0, 1.0) * scores
    # log(1 + e^a), written so that nothing overflows.
    large = np.where(against.real > 0, against, 0.0)
    return np.mean(large + np.log1p(np.exp(against - 2 * large)))


@pytest.mark.parametrize(("row", "column"), [(2, 1), (1, 1), (1, 2)])
def test_curve_and_slope_are_those_of_the_network(row: int, column: int) -> None:
    parameters = GradientDescentParameters(row=row, column=column)
    numbers = compute(parameters)
    for weight, loss, slope in numbers.curve[::57]:
        assert loss == pytest.approx(loss_by_hand(parameters, numbers.network, weight), abs=1e-9)
        # The derivative by a step along the imaginary axis, which takes no difference.
        ahead = loss_by_hand(parameters, numbers.network, complex(weight, 1e-30))
        assert slope == pytest.approx(ahead.imag / 1e-30, abs=1e-9)
        h = 1e-6
        behind, before = (loss_by_hand(parameters, numbers.network, weight + d) for d in (h, -h))
        assert slope == pytest.approx((behind - before) / (2 * h), abs=2e-3)


def test_the_network_is_the_one_that_folds_the_plane() -> None:
    numbers, folding = compute(GradientDescentParameters()), compute_folding(ReluFoldingParameters(seed=6))
    assert numbers.network.parameters == pytest.approx(folding.network.parameters)
    assert numbers.dataset.points == pytest.approx(folding.dataset.points)
    assert numbers.right_at(numbers.trained_weight) == 200
    assert numbers.trained_weight == folding.network.layers[0].weights[1, 0]


@settings(max_examples=15)
@given(weight=st.floats(-4, 4), row=st.sampled_from([1, 2]), column=st.sampled_from([1, 2]))
def test_the_boundary_is_where_the_score_is_nought_and_wrong_is_beyond_it(
    weight: float, row: int, column: int
) -> None:
    parameters = GradientDescentParameters(row=row, column=column, points_per_curve=20)
    numbers = compute(parameters)
    points = numbers.dataset.points
    scores = score_by_hand(parameters, numbers.network, weight, points)
    assert numbers.wrong_at(weight).tolist() == ((scores >= 0) != (numbers.dataset.labels == 1)).tolist()
    pieces = numbers.boundary_at(weight, np.array([-6.0, -4.0]), np.array([6.0, 4.0]))
    along = np.linspace(0.0, 1.0, 7)[:, None, None]
    on = (pieces[:, 0] + along * (pieces[:, 1] - pieces[:, 0])).reshape(-1, 2)
    assert np.abs(score_by_hand(parameters, numbers.network, weight, on)).max(initial=0.0) < 1e-6
    # Between a point with a score above 0 and one below 0 there is a piece to cross.
    for a, b in zip(points, points[::-1], strict=True):
        ends = score_by_hand(parameters, numbers.network, weight, np.array([a, b]))
        if ends[0] * ends[1] < -1e-9:
            assert any(crosses(a, b, *piece) for piece in pieces)


def crosses(a: Any, b: Any, c: Any, d: Any) -> bool:
    """Tell whether the pieces from a to b and from c to d, `(2,)` each, meet."""

    def side(p: Any, q: Any, r: Any) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    small = 1e-9
    return side(a, b, c) * side(a, b, d) <= small and side(c, d, a) * side(c, d, b) <= small


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
    places = rate_places(rate)
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
def test_label_and_sum_say_the_same_at_every_rest(
    chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    compared: list[str] = []

    def at_rest(scene: Scene, beat: Beat) -> None:
        numbers, tangent, table = scene.numbers, scene.descent.tangent, scene.sum
        if beat.key in ("network", "curve"):
            return
        on_screen = {part for each in scene.mobjects for part in each.get_family()}
        taken = {"slope": 0, "step": 1}.get(beat.key, len(numbers.steps))
        weight = numbers.path[taken]
        assert scene.descent.moment.weight == scene.bending.weight == weight
        label = tangent.label.source.rpartition(" = ")[2]
        told = tangent.label in on_screen and tangent.label.get_fill_opacity() > 0
        # Slope and sum are never those of two places.
        assert told == (beat.key in ("slope", "end"))
        if told:
            assert tangent.at[0] == weight
            assert label == math_fixed(numbers.slope_at(weight), numbers.places)
            assert table.terms[1] not in on_screen
        if beat.key == "end":
            assert table.values[0].source == math_fixed(weight, numbers.places)
        elif beat.key != "slope":
            assert table.values[2].source.removeprefix("= ") == math_fixed(weight, numbers.places)
        compared.append(beat.key)

    run_without_drawing(make_job("gradient-descent", **chosen), at_rest)
    assert compared == ["slope", "step", "repeat", "end"]


@given(st.lists(st.floats(-40, 40), min_size=2, max_size=8), st.floats(0, 1))
def test_a_step_is_an_arrow_first_and_then_the_point_leaves_the_curve(path: list[float], u: float) -> None:
    weights = np.array(path)
    for k in range(len(path) - 1):
        moment = Moment.of(weights, k + u)
        low, high = sorted(path[k : k + 2])
        assert low <= moment.weight <= high or u == 0.0
        if moment.lift > 0:
            # Never on the curve, or above the axis, between two weights of the walk.
            assert moment.weight in path
        if moment.weight != path[k] and u > 0:
            assert moment.arrow == 1.0
            assert moment.touch == 0.0
    assert Moment.of(weights, len(path) - 1).weight == path[-1]


def test_presets_arrive_crawl_and_bounce() -> None:
    arrived = compute(GradientDescentParameters())
    assert arrived.outcome == "arrived"
    lengths = np.abs([step.step for step in arrived.steps])
    assert (np.diff(lengths) < 0).all()
    assert arrived.results()["right"] == sorted(arrived.results()["right"])
    presets = DEFINITION.presets
    assert compute(GradientDescentParameters(**presets["small-step"])).outcome == "under-way"
    large = compute(GradientDescentParameters(**presets["large-step"]))
    assert large.outcome == "bouncing"
    assert np.sign(large.path[:5] - large.lowest).tolist() == [1, -1, 1, -1, 1]


def test_point_boundary_rings_and_sum_show_the_numbers_at_every_frame(
    make_job: Callable[..., Job], play_with_probe: Callable[[Job, Callable[[Scene], None]], Scene]
) -> None:
    seen: list[float] = []

    def probe(scene: Scene) -> None:
        if not scene.beats:
            return
        numbers, descent, chart, plane = scene.numbers, scene.descent, scene.chart, scene.bending
        weight = plane.weight
        # What the plane shows is the network's at this very weight.
        wrong = numbers.dataset.points[numbers.wrong_at(weight)]
        assert plane.rings.positions == pytest.approx(plane.view.to_scene(wrong), abs=1e-3)
        assert scene.counter.value == 200 - len(wrong) == int(scene.counter.number.source)
        pieces = numbers.boundary_at(weight, *plane.view.seen_bounds)
        drawn = plane.view.to_scene(pieces.reshape(-1, 2)).reshape(-1, 2, 2)
        assert plane.boundary.pieces == pytest.approx(clipped(drawn, plane.view.seen), abs=1e-6)
        if len(scene.beats) < 3:
            return
        x, y = descent.point.positions[0]
        top = chart.point(descent.moment.weight, numbers.loss_at(descent.moment.weight))
        assert x == pytest.approx(top[0], abs=1e-3)
        assert y == pytest.approx(chart.across + descent.moment.lift * (top[1] - chart.across), abs=1e-3)
        assert descent.moment.weight == weight
        if len(descent.tangent.line.pieces):
            start, end = descent.tangent.line.pieces[0]
            slope = (end[1] - start[1]) / (end[0] - start[0])
            assert slope == pytest.approx(
                chart.scene_slope(numbers.slope_at(descent.tangent.at[0])), abs=1e-6
            )
        if descent.moment.arrow == 1.0:
            ends = [chart.point(end, 0.0)[0] for end in numbers.path[descent.moment.step :][:2]]
            assert [descent.arrow.tail[0], descent.arrow.head[0]] == pytest.approx(ends)
        family = {part for shown in scene.mobjects for part in shown.get_family()}
        # Where a step leads is not told before its arrow is there.
        if scene.sum.names[2] in family and descent.moment.step == 0:
            assert descent.moment.arrow == 1.0
        if scene.sum.terms[2] in family and scene.sum.values[2].get_fill_opacity() > 0:
            a, b, c = (Decimal(value.source.strip("= ").replace(" ", "")) for value in scene.sum.values)
            assert a + b == c
        seen.append(float(weight))

    scene = play_with_probe(make_job("gradient-descent", "slope", fps=5), probe)
    assert max(seen) == scene.numbers.path[0] == 0.6
    assert min(seen) == pytest.approx(min(scene.numbers.path), abs=0.02)


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
