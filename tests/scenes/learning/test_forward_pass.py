"""The forward pass: what neurons say is what was computed, what is written adds up, captions are true."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from scenes.learning.forward_pass.numbers import (
    DEFINITION,
    ForwardPassNumbers,
    ForwardPassParameters,
    compute,
    says,
)
from scenes.stage.beat import Beat
from scenes.style.numerals import all_written, shown


def of(**chosen: Any) -> ForwardPassNumbers:
    return compute(ForwardPassParameters(**chosen))


def test_the_worked_example_to_all_digits() -> None:
    numbers = compute(DEFINITION.preset_parameters("worked"))
    results = numbers.results()
    assert results["outputs"][0] == [pytest.approx(0.7216325609518421, abs=1e-15)]
    assert results["activations"][0][0] == [pytest.approx(0.9525741268224334, abs=1e-15)] * 2
    assert results["sums"][0][0] == [3.0, 3.0]
    assert results["inputs"] == [[2.0, 3.0], [-2.0, -3.0]]


def by_hand(parameters: ForwardPassParameters, inputs: list[float]) -> list[float]:
    """Run a network of sigmoids neuron by neuron."""
    values = inputs
    for layer in parameters.network().layers:
        values = [
            1 / (1 + math.exp(-(sum(w * v for w, v in zip(row, values, strict=True)) + b)))
            for row, b in zip(layer.weights.tolist(), layer.bias.tolist(), strict=True)
        ]
    return values


@given(
    inputs=st.lists(st.floats(-9, 9), min_size=1, max_size=6),
    hidden=st.lists(st.integers(1, 6), max_size=4),
    outputs=st.integers(1, 6),
    seed=st.integers(0, 999),
)
@settings(max_examples=25)
def test_both_passes_are_those_of_the_network(inputs: Any, hidden: Any, outputs: int, seed: int) -> None:
    parameters = ForwardPassParameters(inputs=inputs, hidden=hidden, outputs=outputs, seed=seed)
    numbers = compute(parameters)
    assert numbers.forward.output[0] == pytest.approx(by_hand(parameters, inputs))
    assert numbers.forward.output[1] == pytest.approx(by_hand(parameters, [-x for x in inputs]))


@given(st.floats(-1e5, 1e5))
def test_a_neuron_says_its_number_in_few_letters(value: float) -> None:
    said = says(value)
    assert "10^" in said or len(said) <= 7
    if "10^" not in said:
        digits = len(said.partition(".")[2])
        assert float(said) == shown(value, digits)
        # Without noughts at the end it is exact.
        if digits < 3 and abs(value) < 10:
            assert float(said) == value


@given(
    inputs=st.lists(st.floats(-9, 9).map(lambda x: round(x, 2)), min_size=1, max_size=3),
    hidden=st.lists(st.integers(1, 3), max_size=1),
    activation=st.sampled_from(["sigmoid", "tanh", "relu", "leaky_relu", "identity"]),
    seed=st.integers(0, 999),
)
@settings(max_examples=20)
def test_equations_add_up_as_written(inputs: Any, hidden: Any, activation: str, seed: int) -> None:
    numbers = of(inputs=inputs, hidden=hidden, activation=activation, seed=seed)
    places = numbers.given_places
    if places is None:
        return
    for k, layer in enumerate(numbers.network.layers):
        read = [Decimal(repr(x)) for x in numbers.read(k).tolist()]
        for row, b, result in zip(
            all_written(layer.weights, places),
            all_written(layer.bias, places),
            numbers.read(k + 1),
            strict=True,
        ):
            products = [Decimal(repr(w)) * x for w, x in zip(row.tolist(), read, strict=True)]
            total = sum(products, Decimal(repr(float(b))))
            given = float(layer.activation(np.array([float(total)]))[0])
            # Within one unit of the last digit written, and exactly where the sign says so.
            last = 10.0 ** -max(0, 4 - len(str(int(abs(result)))))
            assert abs(given - result) <= last * (1 + 1e-6)
            if numbers.is_exact(k):
                assert given == pytest.approx(result, abs=1e-9)


def captions_of(**chosen: Any) -> dict[str, str]:
    return of(**chosen).captions()


def test_captions_say_what_was_computed() -> None:
    dead = {"inputs": [1.0], "weights": [[[-1.0], [-2.0]], [[1.0, 1.0]]], "activation": "relu"}
    assert captions_of(**dead)["layers"] == "layers-dead"
    assert captions_of(**dead)["second"] == "second"
    assert captions_of(**dead, second_inputs=[2.0])["second"] == "second-unmoved"
    assert captions_of(inputs=[50.0], weights=[[[1.0]], [[9.0]]])["layers"] == "layers-saturated"
    assert captions_of(inputs=[0.0, 0.0])["second"] == "second-same"
    assert captions_of(hidden=[])["network"] == "network-single"
    assert captions_of(hidden=[], activation="identity")["layers"] == "layers-one-identity"
    assert captions_of(activation="relu", output_activation="tanh", seed=1)["layers"] == "layers-mixed"
    assert captions_of(outputs=2, weights=[[[1.0, 0.0]], [[1.0], [1.0]]])["output"] == "output-even"
    assert captions_of(weights=[[[0.0, 0.0]], [[0.0]]], target=[0.5])["output"] == "output-hit"
    hardly = captions_of(inputs=[9.0], second_inputs=[9.001], weights=[[[1.0]], [[1.0]]])
    assert hardly["second"] == "second-hardly"


@given(seed=st.integers(0, 9999), outputs=st.integers(2, 6))
@settings(max_examples=20)
def test_the_largest_output_is_the_largest_that_is_seen(seed: int, outputs: int) -> None:
    numbers = of(outputs=outputs, seed=seed)
    said = [float(says(value)) for value in numbers.values(-1).tolist()]
    if numbers.largest_output is None:
        assert said.count(max(said)) > 1
    else:
        assert said.index(max(said)) == numbers.largest_output
        assert said.count(max(said)) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"second_inputs": [1.0]}, "second_inputs has 1 numbers but there are 2 inputs: give 2"),
        ({"target": [1.0, 2.0]}, "target has 2 numbers but there are 1 outputs: give 1"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        ForwardPassParameters(**given)


@pytest.mark.parametrize("shown_preset", ["worked", "three-inputs", "deep"])
def test_neurons_and_equations_say_the_same_at_every_rest(
    shown_preset: str, make_job: Callable[..., Job]
) -> None:
    def at_rest(scene: Scene, beat: Beat) -> None:
        numbers, diagram = scene.numbers, scene.diagram
        example = int(beat.key == "second")
        reached = {"network": 0, "input": 1}.get(beat.key, len(numbers.sizes))
        for column in range(reached):
            for k, value in enumerate(numbers.columns[column][example].tolist()):
                neuron = diagram.neuron(column, k)
                assert neuron.number == value
                assert neuron.inside.source == scene.said(column, value)
        if beat.key == "matrices":
            for layer, equation in enumerate(scene.parts.equations):
                inside = [neuron.inside.source for neuron in diagram.column(layer + 1)]
                assert all(said in equation.source for said in inside)
                assert all(part.get_fill_opacity() == 1.0 for part in equation.submobjects)

    run_without_drawing(make_job("forward-pass", shown_preset), after_beat=at_rest)


ODD: list[tuple[str, dict[str, Any]]] = [
    (
        "1:1",
        {
            "inputs": [-488.9954, 999.99, 999.99, 0.0],
            "hidden": [4, 3],
            "activation": "relu",
            "target": [-999.99],
        },
    ),
    ("16:9", {"inputs": [-412.51, -292.1, -958.5, 207.8], "outputs": 3}),
    ("9:16", {"hidden": [], "outputs": 2, "seed": 796521772, "target": [999.99, 987.5]}),
]


@pytest.mark.parametrize(("aspect", "chosen"), ODD)
def test_unusual_parameters_have_their_place(
    aspect: str, chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    job = make_job("forward-pass", aspect=aspect, **{"weights": None, "inputs": [2.0, 3.0], **chosen})
    assert check(job) == []
