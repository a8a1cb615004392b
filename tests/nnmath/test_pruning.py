import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import Layer, Network, prune, random_network, two_curves

POINTS = two_curves(0.7, 20).points


def test_what_adds_next_to_nothing_is_set_to_0_and_the_rest_stays() -> None:
    first = Layer([[2.0, 1e-7], [-3e-6, 1e-5]], [1e-6, -1e-4], "relu")
    last = Layer([[1e-9, 5.0]], [0.25])
    pruned = prune(Network((first, last)), [[1.0, 4.0], [-2.0, 0.0]], below=1e-5)
    # 1e-5 times 4 is enough; -3e-6 times 2 is not.
    assert pruned.layers[0].weights.tolist() == [[2.0, 0.0], [0.0, 1e-5]]
    assert pruned.layers[0].bias.tolist() == [0.0, -1e-4]
    # The second hidden unit gives 0 for both inputs, so that no weight of it adds anything.
    assert pruned.layers[1].weights.tolist() == [[0.0, 0.0]]
    assert pruned.layers[1].bias.tolist() == [0.25]
    assert [layer.activation.name for layer in pruned.layers] == ["relu", "identity"]


@given(st.integers(0, 2**31 - 1), st.floats(-9, -1))
def test_no_output_changes_by_more_than_the_weights_let_through(seed: int, exponent: float) -> None:
    below = 10.0**exponent
    network = random_network((2, 3, 1), ("tanh", "identity"), rng=np.random.default_rng(seed))
    pruned = prune(network, POINTS, below=below)
    # Each of three hidden values is off by three small terms at most, the output by four more.
    most = below * (3 * np.abs(network.layers[1].weights).sum() + 4)
    before, after = network.forward(POINTS).output, pruned.forward(POINTS).output
    assert_allclose(after, before, rtol=0, atol=most)
    again = prune(pruned, POINTS, below=below)
    assert_array_equal(again.parameters, pruned.parameters)


def test_a_limit_of_0_prunes_nothing() -> None:
    network = random_network((2, 2, 1), ("relu", "identity"), rng=np.random.default_rng(0))
    assert_array_equal(prune(network, POINTS, below=0).parameters, network.parameters)


@pytest.mark.parametrize(
    ("inputs", "below", "message"),
    [
        (POINTS, -1.0, "below must be at least 0 and finite; got -1"),
        (POINTS, np.nan, "below must be at least 0 and finite; got nan"),
        (POINTS[:, :1], 1e-5, "inputs must have shape"),
    ],
)
def test_bad_arguments_are_named(inputs, below: float, message: str) -> None:
    network = random_network((2, 1), ("identity",), rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=message):
        prune(network, inputs, below=below)
