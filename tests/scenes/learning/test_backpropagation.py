"""Chain rule, nudge and steps against ways of their own: complex steps, autograd, forward passes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import Network
from scenes.learning.backpropagation.formulas import step_markup
from scenes.learning.backpropagation.links import MOST_FACTORS, product, single_way, weight_name
from scenes.learning.backpropagation.numbers import (
    DEFINITION,
    BackpropagationNumbers,
    BackpropagationParameters,
    compute,
)
from scenes.stage.beat import Beat
from scenes.style.numerals import math_significant, significant

SMOOTH = ("sigmoid", "tanh", "identity")


def functions(np_like: Any) -> dict[str, Callable[[Any], Any]]:
    """The textbook formulas."""
    return {
        "sigmoid": lambda z: 1 / (1 + np_like.exp(-z)),
        "tanh": lambda z: (np_like.exp(z) - np_like.exp(-z)) / (np_like.exp(z) + np_like.exp(-z)),
        "relu": lambda z: np_like.where(z > 0, z, 0.0 * z),
        "leaky_relu": lambda z: np_like.where(z > 0, z, 0.01 * z),
        "identity": lambda z: z,
    }


def loss_by_hand(network: Network, inputs: Any, targets: Any, np_like: Any = np) -> Callable[[Any], Any]:
    """The loss as a function of all parameters, written without nnmath."""

    def loss(vector: Any) -> Any:
        values, start = inputs, 0
        for layer in network.layers:
            rows, columns = layer.weights.shape
            weights = np_like.reshape(vector[start : start + rows * columns], (rows, columns))
            bias = vector[start + rows * columns : start + rows * columns + rows]
            start += rows * columns + rows
            values = functions(np_like)[layer.activation.name](np_like.dot(weights, values) + bias)
        return np_like.mean((targets - values) ** 2)

    return loss


def drawn(seed: int, activations: tuple[str, ...] = SMOOTH) -> BackpropagationParameters:
    """Parameters at random, of a network whose numbers stay moderate."""
    rng = np.random.default_rng(seed)
    hidden = tuple(int(size) for size in rng.integers(1, 5, rng.integers(0, 4)))
    outputs = int(rng.integers(1, 4))
    inputs = int(rng.integers(1, 5))
    sizes = (inputs, *hidden, outputs)
    layer = int(rng.integers(len(sizes) - 1))
    return BackpropagationParameters(
        inputs=tuple(rng.normal(size=inputs).tolist()),
        hidden=hidden,
        outputs=outputs,
        activation=str(rng.choice(activations)),
        output_activation=str(rng.choice(activations)),
        biases=tuple(tuple(rng.normal(size=size).tolist()) for size in sizes[1:]),
        targets=tuple(rng.normal(size=outputs).tolist()),
        nudged_weight=(
            layer + 1,
            int(rng.integers(sizes[layer + 1])) + 1,
            int(rng.integers(sizes[layer])) + 1,
        ),
        learning_rate=float(10 ** rng.uniform(-2, 0)),
        seed=int(rng.integers(1000)),
    )


def position(numbers: BackpropagationNumbers) -> int:
    """Where the nudged weight stands in the vector of all parameters."""
    layer, m, n = numbers.place
    before = sum(each.weights.size + each.bias.size for each in numbers.network.layers[:layer])
    return before + m * numbers.network.layers[layer].input_size + n


def test_worked_numbers_to_all_their_digits() -> None:
    numbers = compute(DEFINITION.preset_parameters("worked"))
    h = 1 / (1 + np.exp(3))
    y = 1 / (1 + np.exp(-2 * h))
    results = numbers.results()
    assert results["activations"] == [[pytest.approx(h, rel=1e-14)] * 2, [pytest.approx(y, rel=1e-14)]]
    assert results["loss"] == pytest.approx((1 - y) ** 2, rel=1e-14)
    factors = {"dL/dy": -2 * (1 - y), "dy/dh1": y * (1 - y), "dh1/dw1": -2 * h * (1 - h)}
    assert results["factors"] == {name: pytest.approx(value, rel=1e-13) for name, value in factors.items()}
    assert results["gradient_of_weight"] == pytest.approx(np.prod(list(factors.values())), rel=1e-13)
    # As the sources have them.
    written = [math_significant(value) for value in results["factors"].values()]
    assert written == ["-0.953", "0.249", "-0.0904"]
    assert str(numbers.product) == "0.0215"
    assert Decimal("-0.953") * Decimal("0.249") * Decimal("-0.0904") != numbers.product
    assert not numbers.product_is_exact
    assert [math_significant(value) for value in (h, y, results["loss"])] == ["0.0474", "0.524", "0.227"]


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_gradients_are_those_of_complex_steps(seed: int) -> None:
    numbers = compute(drawn(seed))
    loss = loss_by_hand(numbers.network, numbers.inputs, numbers.targets)
    vector = np.array(numbers.network.parameters)
    expected = []
    for k in range(len(vector)):
        ahead = vector.astype(complex)
        ahead[k] += 1e-30j
        expected.append(loss(ahead).imag / 1e-30)
    assert numbers.backward.gradient == pytest.approx(np.array(expected), rel=1e-9, abs=1e-13)
    exact = np.prod([factor.value for factor in numbers.factors])
    assert exact == pytest.approx(expected[position(numbers)], rel=1e-9, abs=1e-13)
    assert numbers.slope == pytest.approx(expected[position(numbers)], rel=1e-9, abs=1e-13)


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_bent_activations_agree_with_autograd_and_a_step_is_minus_eta_times_that(seed: int) -> None:
    parameters = drawn(seed, ("relu", "leaky_relu", "sigmoid"))
    numbers = compute(parameters)
    loss = loss_by_hand(numbers.network, numbers.inputs, numbers.targets, anp)
    vector = np.array(numbers.network.parameters)
    gradient = autograd.grad(loss)(vector)
    assert numbers.backward.gradient == pytest.approx(gradient, rel=1e-9, abs=1e-12)
    for k, passed in enumerate(numbers.rounds):
        if k:
            gradient = autograd.grad(loss)(vector)
        vector = vector - parameters.learning_rate * gradient
        assert np.array(passed.network.parameters) == pytest.approx(vector, rel=1e-8, abs=1e-10)
        assert passed.loss == pytest.approx(loss(vector), rel=1e-8, abs=1e-12)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(-1, 1))
def test_a_nudge_moves_what_a_forward_pass_says_and_nothing_else(seed: int, share: float) -> None:
    numbers = compute(drawn(seed, ("relu", "tanh", "sigmoid")))
    change = share * numbers.nudge
    vector = np.array(numbers.network.parameters)
    vector[position(numbers)] += change
    forward = numbers.network.with_parameters(vector).forward(numbers.inputs[None])
    passed = numbers.nudged(change)
    for new, old in zip(passed.forward.activations, forward.activations, strict=True):
        assert new == pytest.approx(old, abs=1e-12)
    assert passed.loss == pytest.approx(
        float(loss_by_hand(numbers.network, numbers.inputs, numbers.targets)(vector)), rel=1e-9, abs=1e-12
    )
    pairs = zip(passed.forward.activations, numbers.still.forward.activations, strict=True)
    for column, (new, old) in enumerate(pairs, start=1):
        for k in np.flatnonzero(np.abs(new[0] - old[0]) > 1e-9):
            assert (column, int(k)) in numbers.moved
    assert not any(column <= numbers.place[0] for column, _ in numbers.moved)


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_the_factors_multiply_as_written(seed: int) -> None:
    numbers = compute(drawn(seed, ("relu", "tanh", "sigmoid", "identity")))
    exact = product(numbers.factors)
    assert significant(float(exact)) == significant(numbers.slope) == numbers.product
    assert numbers.product_is_exact == (exact == numbers.product)
    chained = single_way(numbers.network, numbers.place[0])
    assert 2 <= len(numbers.factors) <= MOST_FACTORS
    # Each factor begins with what the one behind it ends with; the chain runs from the loss to the weight.
    for one, other in pairwise(numbers.factors):
        assert one.by == other.of
    assert numbers.factors[0].of.kind == "loss"
    assert numbers.factors[-1].by.kind == "weight"
    if not chained:
        assert [link.kind for link in numbers.links] == ["weight", "sum", "neuron", "loss"]


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_captions_say_what_was_computed(seed: int) -> None:
    numbers = compute(drawn(seed, ("relu", "relu", "sigmoid")))
    said = numbers.captions()
    moves = {numbers.nudged(change).loss != numbers.loss for change in np.linspace(-0.2, 0.2, 9)}
    assert (said["nudge"] == "nudge-none") == (True not in moves)
    assert (said["product"] == "product-zero") == any(factor.value == 0 for factor in numbers.factors)
    after = significant(numbers.rounds[0].loss) - significant(numbers.loss)
    if numbers.backward.gradient.any():
        assert said["step"] == ("step-down" if after < 0 else "step-up" if after > 0 else "step-faint")
    else:
        assert said["step"] == "step-none"
        assert said["backward"] == "backward-none"


def test_extremes_are_told_as_they_are() -> None:
    dead = compute(BackpropagationParameters(weights=(((1, 1),), ((1,),)), activation="relu"))
    assert dead.captions() == {
        "nudge": "nudge-none",
        "links": "links",
        "product": "product-zero",
        "backward": "backward-none",
        "step": "step-none",
        "cycle": "cycle-vain",
    }
    faint = compute(BackpropagationParameters(inputs=(70.0,), weights=(((2,),), ((1,),)), targets=(0.0,)))
    assert faint.captions()["product"] == "product-faint"
    assert 0 < abs(faint.slope) < 1e-58
    assert "10^" in math_significant(faint.product)
    large = compute(BackpropagationParameters(activation="identity", learning_rate=10, hidden=(6,)))
    assert large.captions()["step"] == "step-up"
    assert large.captions()["cycle"] == "cycle-vain"


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"targets": (1, 2)}, "targets has 2 numbers but the network has 1 outputs"),
        ({"nudged_weight": (3, 1, 1)}, "nudged_weight is in layer 3 but there are 2"),
        ({"nudged_weight": (1, 3, 1)}, "nudged_weight is in row 3 and column 1 but W of layer 1 has 2 rows"),
        ({"rival": "sigmoid"}, "rival is sigmoid, as activation is"),
        ({"rival": "relu", "hidden": ()}, "rival needs a hidden layer"),
    ],
)
def test_what_does_not_fit_is_named(chosen: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        BackpropagationParameters(**chosen)


def test_a_step_beyond_all_floats_is_refused() -> None:
    sizes = (6, 6, 6, 6, 6)
    weights = tuple(tuple((999.99,) * taken for _ in range(6)) for taken in (1, *sizes[1:]))
    with pytest.raises(ValueError, match="learning_rate must be smaller"):
        compute(
            BackpropagationParameters(
                inputs=(999.99,), weights=weights, activation="identity", learning_rate=10
            )
        )


def test_weights_are_numbered_through_and_numbers_travel() -> None:
    numbers = compute(DEFINITION.preset_parameters("worked"))
    places = [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1)]
    assert [weight_name(numbers.network, *place) for place in places] == [f"w_({k})" for k in range(1, 7)]
    assert pickle.loads(pickle.dumps(numbers)).results() == numbers.results()


def test_the_step_that_is_written_adds_up() -> None:
    numbers = compute(DEFINITION.preset_parameters("worked"))
    assert step_markup(numbers, lines=1).endswith("0.9785)")
    assert "= 1 - 1 dot 0.0215 =" in step_markup(numbers, lines=1)


def test_only_in_the_deep_sigmoid_network_the_gradient_fades() -> None:
    numbers = compute(DEFINITION.preset_parameters("deep"))
    assert numbers.fading is not None
    first, second = numbers.fading.contenders
    for contender in (first, second):
        loss = loss_by_hand(contender.network, numbers.inputs, numbers.targets, anp)
        gradient = autograd.grad(loss)(np.array(contender.network.parameters))
        start = 0
        for layer, mean in zip(contender.network.layers, contender.means, strict=True):
            part = gradient[start : start + layer.weights.size]
            assert mean == pytest.approx(np.abs(part).mean(), rel=1e-9)
            start += layer.weights.size + layer.bias.size
    assert first.network.sizes == second.network.sizes == (2, 3, 3, 3, 3, 1)
    assert (np.diff(first.means) > 0).all()
    assert first.share < 1e-3
    assert second.share > 0.5
    assert numbers.captions()["faded"] == "faded-first"
    # The slope of a sigmoid is a quarter at the most.
    assert first.slopes.max() <= 0.25


def test_every_instant_of_the_nudge_shows_a_real_pass(
    make_job: Callable[..., Job], play_with_probe: Callable[[Job, Callable[[Scene], None]], Scene]
) -> None:
    seen: list[float] = []

    def probe(scene: Scene) -> None:
        if len(scene.beats) != 1 or not hasattr(scene, "nudging"):
            return
        if not any(scene.nudging.amounts.values()):
            return
        numbers, nudging, picture = scene.numbers, scene.nudging, scene.picture
        passes = {column: numbers.nudged(amount) for column, amount in nudging.amounts.items()}
        weight = numbers.weight + nudging.amounts[0]
        assert nudging.edge.weight == pytest.approx(weight)
        assert nudging.knob.share == pytest.approx(nudging.amounts[0] / numbers.nudge)
        for column in (1, 2):
            told = [neuron.inside.source for neuron in picture.diagram.column(column)]
            values = passes[column].forward.activations[column - 1][0].tolist()
            assert told == [math_significant(value, full=True) for value in values]
        # The other hidden neuron is not behind this weight.
        assert picture.diagram.neuron(1, 1).inside.source == "0.0474"
        assert picture.loss.inside.source == math_significant(passes[3].loss, full=True)
        change = Decimal(nudging.changes.values[3].source.replace("+", ""))
        assert abs(float(change) - (passes[3].loss - numbers.loss)) <= 0.5e-4 + 1e-12
        seen.append(nudging.amounts[3])

    play_with_probe(make_job("backpropagation", fps=15), probe)
    assert min(seen) == pytest.approx(-0.2, abs=1e-3)
    assert max(seen) == pytest.approx(0.2)


def test_widths_shares_and_numbers_at_rest_are_those_of_the_gradient(make_job: Callable[..., Job]) -> None:
    looked: list[str] = []

    def at_rest(scene: Scene, beat: Beat) -> None:
        numbers, picture = scene.numbers, scene.picture
        if beat.key == "product":
            values = [value.source.strip("()") for value in scene.terms.values]
            assert values == ["-0.953", "0.249", "-0.0904"]
            assert scene.rates.labelled
        if beat.key == "backward":
            for layer, gradient in enumerate(numbers.backward.layers):
                told = [neuron.inside.source for neuron in picture.diagram.column(layer + 1)]
                assert told == [math_significant(share, full=True) for share in gradient.delta[0].tolist()]
                for (m, n), value in np.ndenumerate(gradient.weights):
                    line = scene.gradients.line(layer, m, n)
                    assert line.negative == (value < 0)
                    share = abs(value) / scene.gradients.largest
                    low, high = line.widths.thinnest, line.widths.widest
                    assert line.get_stroke_width() == pytest.approx(low + share * (high - low))
                    label = scene.numbers_on_edges.label(layer, m, n)
                    assert label.formula.source == math_significant(float(value))
        if beat.key == "cycle":
            last = numbers.rounds[-1]
            assert picture.loss.inside.source == math_significant(last.loss, full=True)
            for (layer, m, n), edge in (((k, 0, 0), picture.diagram.edge(k, 0, 0)) for k in (0, 1)):
                assert edge.weight == pytest.approx(last.network.layers[layer].weights[m, n])
        looked.append(beat.key)

    run_without_drawing(make_job("backpropagation"), at_rest)
    assert looked == list(DEFINITION.beats_for(DEFINITION.preset_parameters()))


def test_bars_are_as_high_as_the_means(make_job: Callable[..., Job]) -> None:
    def at_rest(scene: Scene, beat: Beat) -> None:
        if beat.key == "faded":
            for lane in scene.comparison.lanes:
                means, tallest = lane.contender.means, lane.ceiling - lane.floor
                heights = [bar.height for bar in lane.bars]
                assert heights == pytest.approx((means / means.max() * tallest).tolist(), abs=2e-3)
                for number, mean in zip(lane.numbers, means.tolist(), strict=True):
                    assert number.source in (math_significant(mean, 2), math_significant(mean, 1))

    run_without_drawing(make_job("backpropagation", "deep"), at_rest)


@pytest.mark.parametrize(
    "chosen",
    [
        # A target wider than the loss, six rounds that lead nowhere.
        {
            "inputs": [-488.9954, 999.99, 999.99, 0.0],
            "hidden": [3],
            "weights": None,
            "activation": "relu",
            "seed": 2119918461,
            "targets": [-999.99],
            "learning_rate": 7.548,
            "rounds": 6,
            "aspect": "1:1",
            "locale": "zh-Hant",
        },
        # Five layers, and numbers of every size.
        {
            "inputs": [436.259, -999.99, 831.0, 2.3e-06],
            "hidden": [2, 1, 2, 2],
            "weights": None,
            "outputs": 3,
            "nudge": 5.987,
            "aspect": "9:16",
        },
    ],
)
def test_odd_parameters_have_their_place(chosen: dict[str, Any], make_job: Callable[..., Job]) -> None:
    assert check(make_job("backpropagation", **chosen)) == []
