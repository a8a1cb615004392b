"""One neuron: what is written, filled, lit and drawn is what it computes, at every instant."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.jobs.look import Look, Quality
from explainer.play.render import Scene, run_without_drawing
from scenes.learning.neuron.numbers import DEFINITION, NeuronNumbers, NeuronParameters, compute
from scenes.learning.neuron.picture import spread
from scenes.learning.neuron.saying import output_markup
from scenes.parts.marks.segments import clipped

Play = Callable[[Job, Callable[[Scene], None]], Scene]
VALUES = st.one_of(st.just(0.0), st.floats(-999.99, 999.99).map(lambda value: round(value, 3)))
ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "identity")


@st.composite
def neurons(draw: st.DrawFn, story: str = "sum") -> NeuronParameters:
    """Any neuron; the numbers are as they will be written."""
    count = draw(st.integers(1, 6))
    numbers = st.lists(VALUES, min_size=count, max_size=count)
    inputs = draw(numbers.filter(any) if story == "threshold" else numbers)
    return NeuronParameters(
        story=story,  # type: ignore[arg-type]
        weights=tuple(draw(numbers)),
        inputs=tuple(inputs),
        bias=draw(VALUES),
        activation=draw(st.sampled_from(ACTIVATIONS)),
    )


def output_by_hand(name: str, z: float) -> float:
    """The activations, from their definitions."""
    if name == "sigmoid":
        return 1 / (1 + math.exp(-z)) if z > -700 else 0.0
    if name == "tanh":
        return math.tanh(z)
    return {"relu": max(z, 0.0), "leaky_relu": max(z, 0.01 * z), "identity": z}[name]


def exact_sum(numbers: NeuronNumbers) -> Fraction:
    """w · x + b of what is written, without any rounding."""
    pairs = zip(numbers.weights.tolist(), numbers.inputs.tolist(), strict=True)
    return sum((Fraction(repr(a)) * Fraction(repr(b)) for a, b in pairs), Fraction(repr(numbers.bias)))


def test_the_worked_neuron_comes_to_seven_and_is_almost_fully_on() -> None:
    numbers = compute(NeuronParameters())
    assert [float(total) for total in numbers.running] == [0, 0, 3, 7]
    assert numbers.results()["output"] == 0.9990889488055994
    assert output_markup("sigmoid", numbers.output, resting=True) == "0.999"
    assert numbers.captions()["fire"] == "fire-on"
    assert numbers.bias_to == -8
    assert numbers.output_at(numbers.swept) == pytest.approx(1 / (1 + math.exp(5)))


def test_given_numbers_are_the_neuron() -> None:
    numbers = compute(NeuronParameters(weights=(0.5, -2), bias=1, inputs=(3, 1)))
    assert numbers.terms.tolist() == [1.5, -2, 1]
    assert [float(total) for total in numbers.running] == [0, 1.5, -0.5, 0.5]
    assert numbers.output == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert numbers.captions()["level"] == "level-down"


@given(neurons())
def test_sums_and_outputs_are_those_of_the_definition(parameters: NeuronParameters) -> None:
    numbers = compute(parameters)
    total = exact_sum(numbers)
    assert Fraction(numbers.running[-1]) == total
    assert numbers.output == pytest.approx(output_by_hand(numbers.name, float(total)), rel=1e-12, abs=1e-300)
    layer = numbers.network.forward(numbers.inputs[None])
    assert layer.output[0, 0] == pytest.approx(numbers.output, rel=1e-6, abs=1e-6 * max(1, abs(float(total))))


@given(neurons())
def test_captions_are_true_of_what_was_computed(parameters: NeuronParameters) -> None:
    numbers, y, name = compute(parameters), compute(parameters).output, parameters.activation
    truths: dict[str, bool] = {
        "fire-on": name in ("sigmoid", "tanh") and y >= 0.95,
        "fire-mostly": name == "sigmoid" and 0.5 < y < 0.95,
        "fire-half": name == "sigmoid" and abs(y - 0.5) < 0.05,
        "fire-hardly": name == "sigmoid" and 0.05 < y < 0.5,
        "fire-off": name == "sigmoid" and y <= 0.05 + 1e-9,
        "fire-minus": name == "tanh" and y <= -0.95,
        "fire-between": name == "tanh" and -0.95 < y < 0.95,
        "fire-zero": y == 0 == numbers.pre_activation,
        "fire-passed": name in ("relu", "leaky_relu") and y == numbers.pre_activation > 0,
        "fire-leak": name == "leaky_relu" and numbers.pre_activation < y < 0,
        "fire-dead": name == "relu" and y == 0 and numbers.pre_activation <= 0,
        "fire-same": name == "identity" and y == numbers.pre_activation,
    }
    assert truths.keys() == set(DEFINITION.beats["fire"])
    captions = numbers.captions()
    assert truths[captions["fire"]]
    change = numbers.brightness(numbers.output_at(numbers.swept)) - numbers.brightness(y)
    assert {"sweep-dims": change < 0, "sweep-lights": change > 0, "sweep": abs(change) <= 0.3}[
        captions["sweep"]
    ]
    drains = min(*numbers.weights * numbers.inputs, numbers.bias) < 0
    assert (captions["level"] == "level-down") == drains


@given(neurons("threshold"))
def test_the_threshold_is_where_the_sum_changes_its_sign(parameters: NeuronParameters) -> None:
    numbers = compute(parameters)
    shares = np.linspace(0, 1, 41)
    sums = np.array([numbers.sum_at(share * numbers.inputs, numbers.bias) for share in shares])
    captions = numbers.captions()
    if numbers.crossing is None:
        assert not ((sums > 0).any() and (sums < 0).any())
        told = captions["past"]
        assert told in ("past-always", "past-never", "past-last", "past-first")
        assert (told == "past-always") <= bool((sums > 0).all())
        assert (told == "past-never") <= bool((sums <= 0).all())
        assert (told == "past-first") <= bool((sums[1:] > 0).all() and sums[0] == 0)
        assert (captions["grow"] == "grow-still") == (numbers.dot == 0)
        return
    assert numbers.sum_at(numbers.crossing * numbers.inputs, numbers.bias) == 0
    assert (sums[0] > 0) != (sums[-1] > 0)
    assert captions["past"] == ("past" if sums[-1] > 0 else "past-off")
    assert captions["grow"] == ("grow-edge" if sums[-1] > 0 else "grow-edge-down")


@given(st.floats(-60, 60), st.booleans())
def test_no_output_reads_as_a_value_that_is_not_reached(z: float, resting: bool) -> None:
    for name in ("sigmoid", "tanh"):
        y = output_by_hand(name, z)
        text = output_markup(name, y, resting=resting)
        if text[0] in "<>":
            bound = float(text[2:])
            assert y < bound if text[0] == "<" else y > bound
        elif text != "0":
            assert abs(float(text) - y) <= 5.001e-4
            assert float(text) not in (-1.0, 1.0)
            assert float(text) or y == 0.0


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=7), st.floats(0.1, 0.5))
def test_terms_beside_the_level_keep_apart_and_within(wanted: list[float], height: float) -> None:
    placed = spread(sorted(wanted), [height] * len(wanted), (-3.0, 3.0))
    assert all(b - a >= height - 1e-9 for a, b in pairwise(placed))
    assert min(placed) >= -3.0 + height / 2 - 1e-9
    assert max(placed) <= 3.0 - height / 2 + 1e-9


@pytest.mark.parametrize(
    ("given_values", "message"),
    [
        ({"weights": [1, 2, 3]}, "weights has 3 numbers but inputs has 2 numbers: give one for each"),
        (
            {"story": "plane", "weights": [1], "inputs": [1]},
            "weights has 1 number but story=plane needs two: give 2 weights",
        ),
        ({"story": "plane", "weights": [0, 0]}, "weights are all 0, so that story=plane has no edge"),
        ({"story": "threshold", "inputs": [0, 0]}, "inputs are all 0"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_remedy(given_values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        NeuronParameters(**given_values)


def test_what_would_not_move_does_not_play() -> None:
    assert "sweep" not in DEFINITION.beats_for(NeuronParameters(bias_to=4))
    plane = NeuronParameters(story="plane", weights=(1, 1), bias=2, bias_to=2, turn=0)
    assert DEFINITION.beats_for(plane) == ("point", "field", "edge", "sharpen")


def number_in(markup: str) -> float:
    """The number behind a formula's last sign of equality."""
    text = markup.rpartition("=")[2].rpartition("approx")[2]
    return float(text)


def says(written: Any, value: float) -> bool:
    """Tell whether an output is written as it is, moving or at rest."""
    return written.source in {output_markup("sigmoid", value, resting=resting) for resting in (True, False)}


def test_level_curve_and_neuron_say_the_same_at_every_frame(
    make_job: Callable[..., Job], play_with_probe: Play
) -> None:
    outputs: list[float] = []

    def probe(scene: Scene) -> None:
        if len(scene.beats) < 2 or not hasattr(scene, "picture"):
            return
        picture, squashing, level = scene.picture, scene.squashing, scene.level
        total, pose = level.total, level.pose
        assert level.ends[-1, 1] == pytest.approx(float(level.terms.sum()))
        # The mark lies across the level where the sum is.
        assert level.mark.pieces[0].mean(axis=0) @ pose.up == pytest.approx(pose.at(total) @ pose.up)
        if picture.total.get_fill_opacity() and len(scene.beats) > 2:
            assert number_in(picture.total.source) == pytest.approx(total, abs=0.0501)
        if len(scene.beats) < 5:
            return
        # Now the level lies on the axis, and the curve is read above its mark.
        foot, tip = (
            squashing.chart.point(total, 0.0),
            squashing.chart.point(total, scene.numbers.output_at(total)),
        )
        assert pose.at(total)[0] == pytest.approx(foot[0])
        assert squashing.point.positions[0] == pytest.approx(tip[:2], abs=1e-3)
        value = output_by_hand("sigmoid", total)
        assert tip[1] == pytest.approx(squashing.chart.point(0.0, value)[1])
        neuron = scene.wiring.neuron
        assert says(neuron.inside, value)
        assert neuron.level == pytest.approx(value, abs=1e-9)
        assert number_in(scene.wiring.bias.source) == pytest.approx(level.terms[-1], abs=0.0501)
        outputs.append(value)

    play_with_probe(make_job("neuron", "worked", fps=5), probe)
    assert max(outputs) == outputs[-1] == 0.9990889488055994
    assert min(outputs) == pytest.approx(1 / (1 + math.exp(5)), abs=1e-3)


def test_growing_inputs_move_everything_at_every_frame(
    make_job: Callable[..., Job], play_with_probe: Play
) -> None:
    sums: list[float] = []

    def probe(scene: Scene) -> None:
        if len(scene.beats) < 1:
            return
        inputs = scene.grown * scene.numbers.inputs
        assert scene.level.terms[:-1] == pytest.approx(scene.numbers.weights * inputs)
        assert [float(ring.inside.source) for ring in scene.wiring.inputs] == pytest.approx(
            inputs, abs=0.0501
        )
        value = output_by_hand("sigmoid", scene.level.total)
        assert says(scene.wiring.neuron.inside, value)
        assert scene.wiring.neuron.level == pytest.approx(value, abs=1e-9)
        sums.append(scene.level.total)

    scene = play_with_probe(make_job("neuron", "threshold", fps=5), probe)
    assert min(sums) == -10
    assert max(sums) == 6
    assert 0.0 in sums
    # The bias is as long as the threshold is high.
    start, end = scene.level.ends[-1]
    assert start - end == 10


def test_field_line_arrow_and_neuron_turn_together(
    make_job: Callable[..., Job], play_with_probe: Play
) -> None:
    angles: list[float] = []

    def probe(scene: Scene) -> None:
        if len(scene.beats) < 3:
            return
        shown, view = scene.picture_of_field, scene.picture_of_field.view
        w, b = shown.weights, shown.bias
        field = shown.field
        by_hand = 1 / (1 + np.exp(-(field.at @ w + b)))
        assert field.shares.reshape(-1) == pytest.approx(by_hand)
        line = (shown.boundary.pieces.reshape(-1, 2) - view.origin) / view.unit
        assert line @ w + b == pytest.approx(0.0, abs=1e-6)
        assert len(clipped(shown.boundary.pieces, view.seen)) == 1
        # w stands on the line, to scale.
        tail, head = (np.array([shown.arrow.tail, shown.arrow.head]) - view.origin) / view.unit
        assert tail @ w + b == pytest.approx(0.0, abs=1e-9)
        assert head - tail == pytest.approx(shown.scale_of_arrow * w)
        assert [edge.weight for edge in scene.wiring.edges] == pytest.approx(w)
        assert [number_in(each.source) for each in scene.numbers_written] == pytest.approx(
            [*w, b], abs=5.1e-3
        )
        value = output_by_hand("sigmoid", float(shown.at @ w + b))
        assert says(scene.wiring.neuron.inside, value)
        angles.append(math.degrees(math.atan2(w[1], w[0])))

    scene = play_with_probe(make_job("neuron", "plane", fps=5), probe)
    assert scene.picture_of_field.scale_of_arrow == 1.0
    first, last = math.degrees(math.atan2(0.8, -0.6)), angles[-1]
    assert angles[0] == pytest.approx(first)
    assert last == pytest.approx(first - 150)
    assert np.hypot(*scene.picture_of_field.weights) == pytest.approx(2.0)


ODD: list[tuple[str, dict[str, Any]]] = [
    (
        "16:9",
        {"weights": [-123.456, 999.99, 0.5], "inputs": [3, -1, 1e-5], "bias": -7.5, "activation": "relu"},
    ),
    (
        "1:1",
        {"weights": [12, 0, 42.69, 0.075, 0.03, 0], "inputs": [73.3, -48.2, 69, 73.7, -14, -62], "bias": 16},
    ),
    (
        "9:16",
        {"weights": [94.65], "inputs": [-15.6], "bias": 17.5, "activation": "identity", "story": "threshold"},
    ),
    (
        "1:1",
        {
            "weights": [2.72, 187.2],
            "inputs": [-908, -361],
            "bias": -425,
            "activation": "tanh",
            "story": "plane",
        },
    ),
]


@pytest.mark.parametrize(("aspect", "chosen"), ODD)
def test_unusual_numbers_have_their_place(
    aspect: str, chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    assert check(make_job("neuron", aspect=aspect, **chosen)) == []


@settings(max_examples=2)
@given(parameters=neurons())
def test_any_neuron_can_be_played(parameters: NeuronParameters) -> None:
    job = Job(DEFINITION, "worked", parameters, "neuron", Look(quality=Quality(90, 15)))
    scene = run_without_drawing(job)
    assert scene.level.total == pytest.approx(scene.numbers.pre_activation, rel=1e-6, abs=1e-6)
