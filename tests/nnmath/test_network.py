import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import Layer, Network, collapse_linear, leaky_relu, random_network, rescale_hidden

seeds = st.integers(0, 2**32 - 1)
widths = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def network_with_biases(sizes, activations, seed) -> Network:
    rng = np.random.default_rng(seed)
    network = random_network(sizes, activations, rng=rng)
    return network.with_parameters(network.parameters + rng.normal(scale=0.5, size=network.parameter_count))


def test_worked_forward_pass() -> None:
    row = [0.0, 1.0]
    network = Network((Layer([row, row], [0, 0], "sigmoid"), Layer([row], [0], "sigmoid")))
    done = network.forward([[2, 3]])
    assert_array_equal(done.pre_activations[0], [[3, 3]])
    assert_allclose(done.activations[0], 0.9526, atol=5e-5)
    assert done.output[0, 0] == pytest.approx(0.7216325609518421, abs=1e-15)
    neuron = Network((Layer([row], [4], "sigmoid"),)).forward([[2, 3]])
    assert neuron.pre_activations[0][0, 0] == 7
    assert neuron.output[0, 0] == pytest.approx(0.9990889488055994, abs=1e-15)


def test_numbers_of_parameters() -> None:
    rng = np.random.default_rng(0)
    assert random_network((784, 128, 10), ("relu", "softmax"), rng=rng).parameter_count == 101_770
    assert random_network((2, 2, 1), ("relu", "identity"), rng=rng).parameter_count == 9


@given(seeds, widths, st.integers(1, 4))
def test_forward_is_the_sum_over_edges_neuron_by_neuron(seed, sizes, examples) -> None:
    network = network_with_biases(sizes, ["tanh"] * (len(sizes) - 1), seed)
    inputs = np.random.default_rng(seed).normal(size=(examples, sizes[0]))
    done = network.forward(inputs)
    assert network.sizes == tuple(sizes)
    for example in range(examples):
        values = inputs[example].tolist()
        for layer, pre_activation, activations in zip(
            network.layers, done.pre_activations, done.activations, strict=True
        ):
            sums = [
                sum(w * v for w, v in zip(row, values, strict=True)) + b
                for row, b in zip(layer.weights.tolist(), layer.bias.tolist(), strict=True)
            ]
            assert_allclose(pre_activation[example], sums, atol=1e-12)
            values = [math.tanh(total) for total in sums]
            assert_allclose(activations[example], values, atol=1e-12)
    assert_array_equal(done.output, done.activations[-1])


@given(seeds, widths)
def test_parameters_go_out_and_in_again_in_the_stated_order(seed, sizes) -> None:
    network = network_with_biases(sizes, ["relu"] * (len(sizes) - 1), seed)
    vector = network.parameters
    assert vector.shape == (network.parameter_count,)
    again = network.with_parameters(vector)
    for before, after in zip(network.layers, again.layers, strict=True):
        assert_array_equal(before.weights, after.weights)
        assert_array_equal(before.bias, after.bias)
        assert before.activation == after.activation
    first = network.layers[0]
    assert vector[: sizes[0]].tolist() == first.weights[0].tolist()
    assert vector[-1] == network.layers[-1].bias[-1]


@given(
    seeds,
    st.lists(st.integers(1, 4), min_size=3, max_size=5),
    st.sampled_from(["relu", "identity", leaky_relu(0.2)]),
)
def test_rescaling_a_hidden_layer_changes_no_output(seed, sizes, chosen) -> None:
    network = network_with_biases(sizes, [chosen] * (len(sizes) - 1), seed)
    rng = np.random.default_rng(seed)
    index = int(rng.integers(len(sizes) - 2))
    factors = np.exp(rng.normal(size=sizes[index + 1]))
    scaled = rescale_hidden(network, index, factors)
    inputs = rng.normal(size=(7, sizes[0]))
    before, after = network.forward(inputs), scaled.forward(inputs)
    assert_allclose(after.output, before.output, atol=1e-10)
    assert_allclose(after.activations[index], before.activations[index] * factors, atol=1e-10)


@given(seeds, st.lists(st.integers(1, 4), min_size=2, max_size=5))
def test_linear_layers_are_one_matrix(seed, sizes) -> None:
    network = network_with_biases(sizes, ["identity"] * (len(sizes) - 1), seed)
    single = collapse_linear(network)
    inputs = np.random.default_rng(seed).normal(size=(6, sizes[0]))
    assert_allclose(Network((single,)).forward(inputs).output, network.forward(inputs).output, atol=1e-10)


def test_collapsing_keeps_the_last_activation() -> None:
    network = network_with_biases((2, 3, 1), ("identity", "sigmoid"), 1)
    inputs = np.random.default_rng(2).normal(size=(5, 2))
    single = Network((collapse_linear(network),))
    assert_allclose(single.forward(inputs).output, network.forward(inputs).output, atol=1e-12)


def test_random_weights_have_the_variances_of_the_papers() -> None:
    network = random_network((300, 200, 100), ("relu", "tanh"), rng=np.random.default_rng(0))
    assert_allclose(network.layers[0].weights.var(), 2 / 300, rtol=0.03)
    assert_allclose(network.layers[1].weights.var(), 2 / 300, rtol=0.04)
    wide = random_network((100, 400), ("sigmoid",), rng=np.random.default_rng(0))
    assert_allclose(wide.layers[0].weights.var(), 2 / 500, rtol=0.04)
    assert not network.layers[0].bias.any()
    again = random_network((300, 200, 100), ("relu", "tanh"), rng=np.random.default_rng(0))
    assert_array_equal(again.parameters, network.parameters)


def test_nothing_shared_can_be_changed() -> None:
    weights = np.ones((1, 2))
    layer = Layer(weights, [0], "relu")
    weights[0, 0] = 9
    assert layer.weights[0, 0] == 1
    network = Network((layer,))
    done = network.forward([[1, 2]])
    arrays = (
        layer.weights,
        layer.bias,
        network.parameters,
        done.inputs,
        done.pre_activations[0],
        done.output,
    )
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        layer.bias = np.zeros(1)  # type: ignore[misc]


SMALL = Network((Layer([[1, 2]], [0], "sigmoid"), Layer([[1]], [0], "identity")))
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Layer([1, 2], [0]), r"weights must have shape .*got shape \(2,\)"),
        (lambda: Layer([[1, 2]], [0, 1]), r"bias must be a vector of 1 numbers; got shape \(2,\)"),
        (lambda: Layer([[1, math.inf]], [0]), r"weights must be finite; got inf at index \(0, 1\)"),
        (lambda: Layer([[1, 2]], [0], "swish"), "activation must be one of relu, .*got 'swish'"),
        (lambda: Network(()), "layers must be one or more Layer objects"),
        (lambda: Network((SMALL.layers[0], SMALL.layers[0])), "layer 1 gives 1 numbers but layer 2 takes 2"),
        (lambda: SMALL.forward([1, 2]), r"inputs must have shape \(rows, 2\)"),
        (lambda: SMALL.forward([[1, math.nan]]), "inputs must be finite"),
        (lambda: SMALL.forward(np.zeros((0, 2))), "inputs must have shape .*at least one row"),
        (lambda: SMALL.forward([[1e308, 1e308]]), "inputs must be smaller: the values overflow in layer 1"),
        (lambda: SMALL.with_parameters([1, 2]), "parameters must be a vector of 5 numbers"),
        (lambda: random_network((2,), (), rng=RNG), r"sizes must be at least inputs and outputs; got \[2\]"),
        (
            lambda: random_network((2, 0), ("relu",), rng=RNG),
            "sizes must be a whole number of at least 1.*got 0",
        ),
        (lambda: random_network((2, 1), ("relu", "relu"), rng=RNG), "activations must be a list of 1"),
        (lambda: random_network((2, 1), "relu", rng=RNG), "activations must be a list; got 'relu'"),
        (lambda: random_network(2, ("relu",), rng=RNG), "sizes must be a list; got 2"),
        (lambda: Network(SMALL.layers[0]), r"layers must be a list; got Layer\("),
        (lambda: random_network((2, 1), ("relu",), rng=None), "rng must be a numpy random Generator"),
        (lambda: rescale_hidden(SMALL, 0, [1]), "layer_index must name a layer with relu.*got sigmoid"),
        (lambda: rescale_hidden(SMALL, 1, [1]), "layer_index must name a hidden layer, 0 to 0; got 1"),
        (lambda: rescale_hidden(Network(SMALL.layers[:1]), 0, [1]), "layer_index must name a hidden layer"),
        (lambda: collapse_linear(SMALL), "network must have no hidden activation; got sigmoid in layer 1"),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("factors", [[0, 1], [-1, 1]])
def test_factors_must_be_positive(factors) -> None:
    network = random_network((2, 2, 1), ("relu", "identity"), rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="factors must be positive; got"):
        rescale_hidden(network, 0, factors)
