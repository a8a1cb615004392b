"""Activation functions on screen: the line is bent to where nnmath puts it, and outputs are counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from bounding_box import region_of
from manim import Mobject
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.play.render import run_without_drawing
from scenes.linear_algebra.activation_functions.bent_line import BentLine
from scenes.linear_algebra.activation_functions.numbers import (
    DEFINITION,
    ActivationFunctionsParameters,
    beats_of,
    compute,
)

Play = Callable[..., Any]

TRUTH: dict[str, Callable[[float], float]] = {
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: x if x > 0 else 0.1 * x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}


def shown(scene: Any) -> list[Mobject]:
    return [part for mobject in scene.mobjects for part in mobject.get_family()]


@pytest.mark.parametrize("name", TRUTH)
def test_outputs_and_curves_are_the_functions_values(name: str) -> None:
    numbers = compute(ActivationFunctionsParameters(functions=(name,)))
    (function,) = numbers.functions
    assert function.outputs == pytest.approx([TRUTH[name](x) for x in numbers.inputs])
    assert function.curve[:, 1] == pytest.approx([TRUTH[name](x) for x in function.curve[:, 0]])
    # The corner of ReLU is a point of the curve.
    assert (np.abs(function.curve[:, 0]) < 1e-12).any()
    assert np.diff(numbers.inputs) == pytest.approx(8.0 / 16)
    assert function.bent(numbers.inputs, 0.0) == pytest.approx(numbers.inputs)
    assert function.bent(numbers.inputs, 1.0) == pytest.approx(function.outputs)
    # Nothing is outside of the levels that it is pressed to, but for what leaks.
    low, high = function.levels[0], function.levels[-1]
    if name != "leaky_relu":
        assert (function.outputs >= low).all()
    if len(function.levels) == 2:
        assert (function.outputs <= high).all()


@pytest.mark.parametrize(("points", "became"), [(17, 8), (5, 2), (6, 3), (25, 12)])
def test_what_was_0_before_did_not_become_0(points: int, became: int) -> None:
    (relu,) = compute(ActivationFunctionsParameters(points=points)).functions
    assert int(relu.zeroed.sum()) == became
    assert (relu.inputs[relu.zeroed] < 0).all()


def test_captions_are_true_whatever_leaks() -> None:
    sealed = compute(ActivationFunctionsParameters(functions=("leaky_relu",), leak=0.0))
    leaking = compute(ActivationFunctionsParameters(functions=("leaky_relu",), leak=0.5))
    assert sealed.captions()["result"] == "result-zero"
    assert leaking.captions()["result"] == "result-leaky_relu"
    assert compute(ActivationFunctionsParameters()).captions()["over"] == "over-zero"
    assert compute(ActivationFunctionsParameters(functions=("tanh",))).captions()["over"] == "over"


def test_one_function_plays_slowly_and_several_have_a_beat_each() -> None:
    assert len(beats_of(ActivationFunctionsParameters(functions=("tanh",)))) == 5
    both = ActivationFunctionsParameters(functions=("tanh", "relu"))
    assert beats_of(both) == ("row", "tanh", "relu", "compare")
    assert set(beats_of(both)) <= set(DEFINITION.beats)


def test_a_function_named_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="must name each function once"):
        ActivationFunctionsParameters(functions=("relu", "relu"))


def test_the_line_of_all_numbers_is_bent_and_read_off(make_job: Play, play_with_probe: Play) -> None:
    phases: set[str] = set()

    def probe(scene: Any) -> None:
        bent, inputs = getattr(scene, "bent", None), scene.numbers.inputs
        if bent is None or getattr(scene, "pressing", None) is None:
            return
        view, outputs = bent.view, scene.function.outputs
        x, y = bent.places.T
        # Marks are on the stage where the line is, in equal units.
        assert bent.marks.positions == pytest.approx(view.origin + view.unit * bent.places)
        if np.allclose(x, inputs):
            between = (np.minimum(0, inputs) - 1e-9 <= y) & (y <= np.maximum(0, inputs) + 1e-9)
            assert between.all()
            phases.update(
                name
                for name, heights in (("flat", 0 * inputs), ("unchanged", inputs), ("bent", outputs))
                if np.allclose(y, heights)
            )
        else:
            assert y == pytest.approx(outputs)
            phases.add("on the axis" if np.allclose(x, 0) else "reading")

    scene = play_with_probe(make_job("activation-functions", fps=10), probe)
    assert phases == {"flat", "unchanged", "bent", "reading", "on the axis"}
    # In the end the marks stand apart, at the height of their value.
    ends = scene.bent.marks.positions
    assert ends[:, 1] == pytest.approx(
        scene.bent.view.origin[1] + scene.bent.view.unit * scene.function.outputs
    )
    distances = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    assert distances[~np.eye(len(ends), dtype=bool)].min() >= 0.9 * scene.bent.diameter


def test_the_negative_half_turns_about_its_hinge_and_the_other_rests(
    make_job: Play, play_with_probe: Play
) -> None:
    slopes: list[float] = []

    def probe(scene: Any) -> None:
        pressing = getattr(scene, "pressing", None)
        if pressing is None or not any(part is pressing.levels for part in shown(scene)):
            return
        bent = scene.bent
        corners = (bent.line.pieces.reshape(-1, 2) - bent.view.origin) / bent.view.unit
        if bent.places[:, 0] != pytest.approx(bent.inputs):
            return
        right, left = corners[corners[:, 0] >= 0], corners[corners[:, 0] < -1e-9]
        assert right[:, 1] == pytest.approx(right[:, 0], abs=1e-9)
        ratio = left[:, 1] / left[:, 0]
        assert ratio == pytest.approx(ratio[0], abs=1e-6)
        slopes.append(float(ratio[0]))

    play_with_probe(make_job("activation-functions", fps=10), probe)
    assert slopes[0] == pytest.approx(1.0)
    assert slopes[-1] == pytest.approx(0.0, abs=1e-9)
    assert slopes == sorted(slopes, reverse=True)


def test_the_line_runs_on_to_the_edges_of_the_frame(make_job: Play) -> None:
    scene = run_without_drawing(make_job("activation-functions", functions=("tanh",)))
    ends = scene.bent.line.pieces[[0, -1], [0, 1], 0]
    assert ends == pytest.approx([scene.layout.frame.left, scene.layout.frame.right])


def test_zeros_are_counted_as_they_arrive(make_job: Play, play_with_probe: Play) -> None:
    counts: list[int] = []

    def probe(scene: Any) -> None:
        if scene.renderer.time and scene.counter in scene.mobjects:
            x, y = scene.bent.places.T
            arrived = (np.abs(x) < 1e-12) & (np.abs(y) < 1e-12) & (scene.numbers.inputs < 0)
            if len(scene.beats) < 4:
                assert scene.counter.value == int(arrived.sum())
            counts.append(scene.counter.value)

    scene = play_with_probe(make_job("activation-functions", fps=30), probe)
    assert list(dict.fromkeys(counts)) == list(range(9))
    assert scene.beats[-1].caption.startswith("8 of 17 ")


def test_at_the_end_every_function_has_its_panel_all_to_one_scale(make_job: Play) -> None:
    scene = run_without_drawing(make_job("activation-functions", "all"))
    lines = [part for part in shown(scene) if isinstance(part, BentLine)]
    assert len(lines) == len(scene.numbers.functions) == 4
    for line, function in zip(lines, scene.numbers.functions, strict=True):
        assert line.view.unit == lines[0].view.unit
        assert line.places == pytest.approx(np.column_stack([scene.numbers.inputs, function.outputs]))
        assert line.marks.positions == pytest.approx(line.view.to_scene(line.places))


@pytest.mark.parametrize("aspect", ["16:9", "1:1", "9:16"])
@pytest.mark.parametrize(
    "functions", [("sigmoid", "relu", "tanh", "leaky_relu"), ("tanh", "relu", "sigmoid")]
)
def test_panels_fill_the_frame_and_do_not_meet(
    aspect: str, functions: tuple[str, ...], make_job: Play
) -> None:
    scene = run_without_drawing(make_job("activation-functions", functions=functions, aspect=aspect))
    lines = [part for part in shown(scene) if isinstance(part, BentLine)]
    windows, frame = [line.view.seen for line in lines], scene.layout.frame
    assert min(window.left for window in windows) == frame.left
    assert max(window.right for window in windows) == frame.right
    assert max(window.top for window in windows) == frame.top
    assert min(window.bottom for window in windows) == frame.bottom
    for k, one in enumerate(windows):
        for other in windows[:k]:
            apart = max(one.left - other.right, other.left - one.right, one.bottom - other.top)
            assert max(apart, other.bottom - one.top) > 0
    for line in lines:
        assert scene.layout.body.contains(line.view.region)


@pytest.mark.parametrize("name", ["relu", "sigmoid"])
@pytest.mark.parametrize("reach", [1.0, 2.0, 8.0])
@pytest.mark.parametrize("aspect", ["16:9", "1:1", "9:16"])
def test_no_mark_passes_a_number(name: str, reach: float, aspect: str, make_job: Play) -> None:
    job = make_job("activation-functions", functions=(name,), reach=reach, aspect=aspect)
    scene = run_without_drawing(job)
    inputs, outputs = scene.numbers.inputs, scene.function.outputs
    shares = np.linspace(0, 1, 101)
    up = [np.column_stack([inputs, share * inputs]) for share in shares]
    up += [np.column_stack([inputs, scene.function.bent(inputs, share)]) for share in shares]
    across = [np.column_stack([share * inputs, outputs]) for share in shares]
    numbers = scene.axis_numbers
    assert len(numbers.x_numbers) or len(numbers.y_numbers)
    for passing, written in ((up, numbers.x_numbers), (across, numbers.y_numbers)):
        marks = scene.bent.view.to_scene(np.concatenate(passing))
        for box in map(region_of, written):
            apart = np.abs(marks - box.center[:2]) - np.array([box.width, box.height]) / 2
            assert np.hypot(*np.maximum(apart, 0).T).min() >= scene.bent.diameter / 2


def test_formulas_say_what_is_and_what_is_not_exact() -> None:
    (sigmoid,) = compute(ActivationFunctionsParameters(functions=("sigmoid",))).functions
    (relu,) = compute(ActivationFunctionsParameters()).functions
    assert sigmoid.example(-4.0, float(sigmoid.outputs[0])) == "sigma(-4) approx 0.02"
    assert relu.example(4.0, 4.0) == 'upright("relu")(4) = 4'


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
    kinds = "overlap", "text size", "data off stage"
    found = [each for each in check(make_job("activation-functions", **changes)) if each.kind in kinds]
    # The line runs on under the veil that the formulas stand on.
    assert [each for each in found if "bent.line" not in each.things] == []
