"""Gradients against three other ways: autograd, complex steps, and central differences."""

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import Layer, Network, backpropagate, find_loss, random_network
from nnmath.objective import Objective

LOSSES = ["mean_squared_error", "half_squared_error", "binary_cross_entropy", "cross_entropy"]
ANALYTIC = ["sigmoid", "tanh", "identity", "softmax"]
seeds = st.integers(0, 2**32 - 1)


def plain_activation(name: str, z, np_like):
    """The textbook formula, with no care for extremes, for autograd and for complex numbers."""
    return {
        "relu": lambda: np_like.where(z > 0, z, 0.0 * z),
        "leaky_relu": lambda: np_like.where(z > 0, z, 0.01 * z),
        "sigmoid": lambda: 1 / (1 + np_like.exp(-z)),
        "tanh": lambda: (np_like.exp(z) - np_like.exp(-z)) / (np_like.exp(z) + np_like.exp(-z)),
        "identity": lambda: z,
        "softmax": lambda: np_like.exp(z) / np_like.sum(np_like.exp(z), axis=1, keepdims=True),
    }[name]()


def plain_loss(name: str, outputs, targets, np_like):
    """The textbook formula of a loss; the targets of cross-entropy are one-hot."""
    share = 1 / (1 + np_like.exp(-outputs))
    total = np_like.sum(np_like.exp(outputs), axis=1, keepdims=True)
    return {
        "mean_squared_error": lambda: np_like.mean((targets - outputs) ** 2),
        "half_squared_error": lambda: np_like.mean(np_like.sum((targets - outputs) ** 2, axis=1)) / 2,
        "binary_cross_entropy": lambda: (
            -np_like.mean(targets * np_like.log(share) + (1 - targets) * np_like.log(1 - share))
        ),
        "cross_entropy": lambda: -np_like.mean(np_like.sum(targets * (outputs - np_like.log(total)), axis=1)),
    }[name]()


def objective(vector, sizes, names, inputs, targets, loss_name, decay, np_like):
    """Loss plus penalty as a function of the flat vector, written without nnmath."""
    values, start, penalty = inputs, 0, 0.0
    for layer, name in enumerate(names):
        rows, columns = sizes[layer + 1], sizes[layer]
        weights = np_like.reshape(vector[start : start + rows * columns], (rows, columns))
        start += rows * columns
        bias = vector[start : start + rows]
        start += rows
        penalty = penalty + decay / 2 * np_like.sum(weights**2)
        values = plain_activation(name, np_like.dot(values, weights.T) + bias, np_like)
    return plain_loss(loss_name, values, targets, np_like) + penalty


def example(seed: int, names: list[str], loss_name: str):
    rng = np.random.default_rng(seed)
    sizes = [int(size) for size in rng.integers(1, 5, size=len(names) + 1)]
    if loss_name == "cross_entropy":
        sizes[-1] = max(2, sizes[-1])
    network = random_network(sizes, names, rng=rng)
    network = network.with_parameters(
        network.parameters + rng.normal(scale=0.3, size=network.parameter_count)
    )
    inputs = rng.normal(size=(int(rng.integers(1, 6)), sizes[0]))
    if loss_name == "cross_entropy":
        targets = np.eye(sizes[-1])[rng.integers(sizes[-1], size=len(inputs))]
    else:
        targets = rng.uniform(size=(len(inputs), sizes[-1]))
    return sizes, network, inputs, targets


@settings(max_examples=150)
@given(
    seeds,
    st.lists(st.sampled_from(["relu", "leaky_relu", *ANALYTIC]), min_size=1, max_size=4),
    st.sampled_from(LOSSES),
    st.sampled_from([0.0, 0.1]),
)
def test_every_architecture_agrees_with_autograd(seed, names, loss_name, decay) -> None:
    sizes, network, inputs, targets = example(seed, names, loss_name)
    result = backpropagate(network, inputs, targets, loss_name, decay)
    value_and_gradient = autograd.value_and_grad(objective)
    value, gradient = value_and_gradient(
        np.array(network.parameters), sizes, names, inputs, targets, loss_name, decay, anp
    )
    assert_allclose(result.loss, value, rtol=1e-9, atol=1e-12)
    assert_allclose(result.gradient, gradient, rtol=1e-7, atol=1e-10)


@given(seeds, st.lists(st.sampled_from(ANALYTIC), min_size=1, max_size=4), st.sampled_from(LOSSES))
def test_analytic_architectures_agree_with_complex_steps(seed, names, loss_name) -> None:
    sizes, network, inputs, targets = example(seed, names, loss_name)
    vector = np.array(network.parameters)
    expected = []
    for index in range(len(vector)):
        stepped = vector.astype(complex)
        stepped[index] += 1e-30j
        value = objective(stepped, sizes, names, inputs, targets, loss_name, 0.2, np)
        expected.append(value.imag / 1e-30)
    result = backpropagate(network, inputs, targets, loss_name, 0.2)
    assert_allclose(result.gradient, expected, rtol=1e-9, atol=1e-13)


@settings(max_examples=40)
@given(seeds, st.lists(st.sampled_from(ANALYTIC), min_size=1, max_size=3), st.sampled_from(LOSSES))
def test_architectures_agree_with_central_differences_of_our_own_loss(seed, names, loss_name) -> None:
    _, network, inputs, targets = example(seed, names, loss_name)
    result = backpropagate(network, inputs, targets, loss_name)
    vector = network.parameters
    for index in range(len(vector)):
        step = 1e-5 * np.eye(len(vector))[index]
        up, down = (
            find_loss(loss_name).value(network.with_parameters(moved).forward(inputs).output, targets)
            for moved in (vector + step, vector - step)
        )
        assert_allclose(result.gradient[index], (up - down) / 2e-5, atol=1e-7)


@given(seeds, st.lists(st.sampled_from(ANALYTIC), min_size=1, max_size=3))
def test_each_layers_values_are_derivatives_too(seed, names) -> None:
    """Shifting one pre-activation of one example is shifting what its delta belongs to."""
    _, network, inputs, targets = example(seed, names, "mean_squared_error")
    result = backpropagate(network, inputs, targets, "mean_squared_error")
    for number, (layer, part) in enumerate(zip(network.layers, result.layers, strict=True)):
        values = result.forward.activations[number - 1] if number else inputs
        assert_allclose(part.weights, np.einsum("ki,kj->ij", part.delta, values), atol=1e-12)
        assert_allclose(part.bias, part.delta.sum(axis=0), atol=1e-12)
        assert_allclose(part.input_gradient, part.delta @ layer.weights, atol=1e-12)
        shifted = result.forward.pre_activations[number].astype(complex)
        shifted[0, 0] += 1e-30j
        outputs = plain_activation(names[number], shifted, np)
        for later, name in zip(network.layers[number + 1 :], names[number + 1 :], strict=True):
            outputs = plain_activation(name, outputs @ later.weights.T + later.bias, np)
        derivative = plain_loss("mean_squared_error", outputs, targets, np).imag / 1e-30
        assert_allclose(part.delta[0, 0], derivative, rtol=1e-9, atol=1e-13)


def test_worked_numbers_of_the_chain_rule() -> None:
    network = Network((Layer([[1, 1], [1, 1]], [0, 0], "sigmoid"), Layer([[1, 1]], [0], "sigmoid")))
    result = backpropagate(network, [[-2, -1]], [1], "mean_squared_error")
    assert_allclose(result.forward.activations[0], 0.0474, atol=5e-5)
    assert_allclose(result.forward.output, 0.524, atol=5e-4)
    assert result.layers[0].weights[0, 0] == pytest.approx(0.0215, abs=5e-5)
    # The product of the three factors: loss by y, y by h1, h1 by w1.
    h = 1 / (1 + math.exp(3))
    y = 1 / (1 + math.exp(-2 * h))
    factors = (-2 * (1 - y), y * (1 - y), -2 * h * (1 - h))
    assert result.layers[0].weights[0, 0] == pytest.approx(math.prod(factors), rel=1e-12)
    assert result.layers[1].output_gradient[0, 0] == pytest.approx(factors[0], rel=1e-12)
    assert result.layers[0].output_gradient[0, 0] == pytest.approx(factors[0] * factors[1], rel=1e-12)


def test_the_inner_loop_of_training_agrees_with_the_record() -> None:
    _, network, inputs, targets = example(5, ["relu", "softmax", "tanh"], "half_squared_error")
    result = backpropagate(network, inputs, targets, "half_squared_error", 0.3)
    objective = Objective.of(network, inputs, targets, "half_squared_error", 0.3)
    value, gradient = objective.value_and_gradient(network.parameters)
    assert value == objective.value(network.parameters) == result.loss
    assert_array_equal(gradient, result.gradient)
    assert_array_equal(objective.outputs(network.parameters), result.forward.output)
    assert result.penalty == pytest.approx(0.15 * sum(np.sum(layer.weights**2) for layer in network.layers))


def test_results_cannot_be_changed_and_arguments_stay() -> None:
    _, network, inputs, targets = example(6, ["relu", "sigmoid"], "mean_squared_error")
    kept = inputs.copy(), targets.copy()
    result = backpropagate(network, inputs, targets, "mean_squared_error")
    assert_array_equal(inputs, kept[0])
    assert_array_equal(targets, kept[1])
    for array in (result.gradient, result.layers[0].delta, result.layers[1].weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


SMALL = Network((Layer([[1, 2]], [0], "identity"),))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: backpropagate(SMALL, [[1, 2]], [1], "hinge"), "loss must be one of"),
        (lambda: backpropagate(SMALL, [[1, 2]], [1, 2], "mean_squared_error"), "targets must have the shape"),
        (lambda: backpropagate(SMALL, [[1]], [1], "mean_squared_error"), "inputs must have shape"),
        (
            lambda: backpropagate(SMALL, [[1, 2]], [1], "mean_squared_error", -1),
            "weight_decay must be at least 0",
        ),
        (
            lambda: backpropagate(SMALL, [[1e200, 0]], [1], "mean_squared_error"),
            "the loss or its gradient overflows",
        ),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
