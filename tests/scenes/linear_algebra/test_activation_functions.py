"""Activation functions on screen: marks ride to where nnmath puts them."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from bounding_box import region_of
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.play.render import run_without_drawing
from scenes.linear_algebra.activation_functions.numbers import (
    DEFINITION,
    ActivationFunctionsParameters,
    beats_of,
    compute,
)
from scenes.parts.charts.chart import Curve

Play = Callable[..., Any]

TRUTH: dict[str, Callable[[float], float]] = {
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: x if x > 0 else 0.1 * x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}


@pytest.mark.parametrize("name", TRUTH)
def test_outputs_and_curves_are_the_functions_values(name: str) -> None:
    (function,) = compute(ActivationFunctionsParameters(functions=(name,))).functions
    numbers = compute(ActivationFunctionsParameters(functions=(name,)))
    assert function.outputs == pytest.approx([TRUTH[name](x) for x in numbers.inputs])
    assert function.curve[:, 1] == pytest.approx([TRUTH[name](x) for x in function.curve[:, 0]])
    # The corner of ReLU is a point of the curve.
    assert (np.abs(function.curve[:, 0]) < 1e-12).any()
    assert np.diff(numbers.inputs) == pytest.approx(8.0 / 16)


def test_one_function_plays_slowly_and_several_have_a_beat_each() -> None:
    assert len(beats_of(ActivationFunctionsParameters(functions=("tanh",)))) == 5
    both = ActivationFunctionsParameters(functions=("tanh", "relu"))
    assert beats_of(both) == ("row", "tanh", "relu", "compare")
    assert set(beats_of(both)) <= set(DEFINITION.beats)


def test_a_function_named_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="must name each function once"):
        ActivationFunctionsParameters(functions=("relu", "relu"))


@pytest.mark.parametrize("of_preset", ["relu", "all"])
def test_marks_stay_on_their_way_from_axis_to_curve_to_axis(
    of_preset: str, make_job: Play, play_with_probe: Play
) -> None:
    phases: set[str] = set()

    def probe(scene: Any) -> None:
        ride, chart = getattr(scene, "ride", None), getattr(scene, "chart", None)
        if ride is None or not any(ride.marks in shown.get_family() for shown in scene.mobjects):
            return
        here, inputs, outputs = ride.marks.positions, scene.numbers.inputs, ride.function.outputs
        on_axis, on_curve, across = (
            chart.to_scene(np.column_stack(pair))
            for pair in ((inputs, 0 * outputs), (inputs, outputs), (0 * inputs, outputs))
        )
        if np.allclose(here, on_curve, atol=1e-6):
            phases.add("curve")
        if np.allclose(here, across, atol=1e-6):
            phases.add("axis")
        rising = np.allclose(here[:, 0], on_axis[:, 0], atol=1e-6)
        crossing = np.allclose(here[:, 1], on_curve[:, 1], atol=1e-6)
        assert rising or crossing
        phases.add("rising" if rising else "crossing")

    scene = play_with_probe(make_job("activation-functions", of_preset, fps=10), probe)
    assert {"rising", "crossing", "curve"} <= phases
    # At the end they stand in their column, at the height of their value, apart from each other.
    marks, outputs = scene.ride.marks, scene.ride.function.outputs
    ends = marks.positions
    assert ends[:, 1] == pytest.approx(scene.chart.to_scene(np.column_stack([0 * outputs, outputs]))[:, 1])
    distances = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    assert distances[~np.eye(len(ends), dtype=bool)].min() >= 0.9 * marks.diameter
    assert ends[:, 0].max() <= scene.layout.stage.right


def test_at_the_end_every_function_has_its_graph_all_to_one_scale(make_job: Play) -> None:
    scene = run_without_drawing(make_job("activation-functions", "all"))
    family = [part for shown in scene.mobjects for part in shown.get_family()]
    curves = [part for part in family if isinstance(part, Curve)]
    assert len(curves) == len(scene.numbers.functions) == 4
    for curve, function in zip(curves, scene.numbers.functions, strict=True):
        corners = curve.chart.to_scene(function.curve)
        assert curve.pieces[0, 0] == pytest.approx(corners[0])
        assert curve.pieces[-1, 1] == pytest.approx(corners[-1])
        assert curve.chart.scene_slope(1.0) == pytest.approx(curves[0].chart.scene_slope(1.0))


@pytest.mark.parametrize(
    "changes",
    [
        {"functions": ("leaky_relu",), "leak": 0.2, "points": 9},
        {"functions": ("tanh",), "reach": 1.0, "points": 7, "aspect": "1:1"},
        {"functions": ("sigmoid",), "reach": 2.5, "points": 11, "aspect": "1:1"},
        {"functions": ("tanh", "relu", "leaky_relu"), "reach": 1.0, "points": 5, "aspect": "1:1"},
        {"functions": ("sigmoid", "relu", "tanh", "leaky_relu"), "reach": 6.0, "aspect": "9:16"},
    ],
)
def test_neither_numbers_nor_names_clash_with_anything(changes: dict[str, Any], make_job: Play) -> None:
    assert check(make_job("activation-functions", **changes)) == []


@pytest.mark.parametrize("reach", [1.0, 2.0, 8.0])
def test_the_row_is_on_the_chart_though_no_curve_comes_down_to_it(reach: float, make_job: Play) -> None:
    scene = run_without_drawing(make_job("activation-functions", functions=("sigmoid",), reach=reach))
    assert scene.row.positions[:, 1] == pytest.approx(scene.chart.across)
    assert scene.chart.across >= scene.chart.inner.bottom - 1e-9


@pytest.mark.parametrize("aspect", ["16:9", "1:1", "9:16"])
def test_the_names_of_all_columns_are_text_safe(aspect: str, make_job: Play) -> None:
    functions = ("sigmoid", "relu", "tanh", "leaky_relu")
    scene = run_without_drawing(make_job("activation-functions", functions=functions, aspect=aspect))
    names = [region_of(column[1]) for column in scene.columns]
    assert all(scene.layout.text_safe.contains(name) for name in names)
    assert all(left.right + 0.1 < right.left for left, right in pairwise(names))


def test_numbers_stand_where_neither_marks_nor_guides_pass(make_job: Play) -> None:
    scene = run_without_drawing(make_job("activation-functions", functions=("tanh",)))
    chart = scene.chart
    sides = {number.source: number.get_center()[1] > chart.across for number in chart.x_numbers}
    assert sides == {"-4": True, "-2": True, "2": False}
