import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from nnmath import find_activation, identity, leaky_relu, relu, sigmoid, softmax, tanh

NAMES = ["relu", "leaky_relu", "sigmoid", "tanh", "identity", "softmax"]
vectors = st.lists(st.floats(-1000, 1000), min_size=1, max_size=6).map(np.array)


@given(vectors)
def test_each_function_agrees_with_another_way_to_write_it(x) -> None:
    assert_array_equal(relu(x), np.maximum(x, 0))
    assert_array_equal(leaky_relu(0.2)(x), np.maximum(x, 0.2 * x))
    # Below the smallest normal number either may be rounded to nought.
    assert_allclose(sigmoid(x), special.expit(x), rtol=1e-14, atol=1e-307)
    assert_allclose(tanh(x), 2 * special.expit(2 * x) - 1, atol=1e-12)
    assert_array_equal(identity(x), x)
    assert_allclose(softmax(x), special.softmax(x), rtol=1e-12)


@given(vectors)
def test_relu_twice_is_relu_once(x) -> None:
    assert_array_equal(relu(relu(x)), relu(x))


@given(vectors, st.floats(-1e3, 1e3))
def test_softmax_is_a_share_and_a_common_shift_changes_nothing(x, shift) -> None:
    share = softmax(x)
    assert share.min() >= 0
    assert_allclose(share.sum(), 1)
    assert_allclose(softmax(x + shift), share, atol=1e-10)


@given(st.sampled_from(NAMES), vectors, st.floats(1e-3, 1e3))
def test_homogeneous_functions_are_those_that_say_so(name, x, factor) -> None:
    function = find_activation(name)
    if function.positively_homogeneous:
        # Numbers next to nothing have fewer digits.
        assert_allclose(function(factor * x), factor * function(x), rtol=1e-12, atol=1e-300)
    else:
        probe = np.array([0.3, -1.2])
        assert not np.allclose(function(2 * probe), 2 * function(probe))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "identity"])
@given(x=st.lists(st.floats(-300, 300), min_size=1, max_size=6).map(np.array))
def test_derivatives_of_analytic_functions_by_complex_step(name, x) -> None:
    function = find_activation(name)
    assert_allclose(function.derivative(x), function(x + 1e-30j).imag / 1e-30, rtol=1e-9, atol=1e-200)


@pytest.mark.parametrize("function", [relu, leaky_relu(), leaky_relu(0.3)], ids=lambda each: f"{each.slope}")
@given(x=st.floats(-100, 100).filter(lambda value: abs(value) > 1e-3))
def test_derivatives_of_rectifiers_by_differences_away_from_the_kink(function, x) -> None:
    step = 1e-5
    difference = (function(np.array([x + step])) - function(np.array([x - step]))) / (2 * step)
    assert_allclose(function.derivative(np.array([x])), difference, atol=1e-8)


def test_at_the_kink_the_left_derivative_is_taken() -> None:
    assert relu.derivative(np.array([0.0, -0.0])).tolist() == [0, 0]
    assert leaky_relu(0.1).derivative(np.array([0.0])).tolist() == [0.1]


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=5).map(np.array), st.integers(0, 2**32 - 1))
def test_softmax_jacobian_by_complex_step_and_its_product(x, seed) -> None:
    size = len(x)
    jacobian = np.stack([softmax(x + 1e-30j * np.eye(size)[k]).imag / 1e-30 for k in range(size)], axis=1)
    assert_allclose(softmax.derivative(x), jacobian, rtol=1e-9, atol=1e-15)
    gradient = np.random.default_rng(seed).normal(size=size)
    assert_allclose(softmax.pull_back(x, gradient), jacobian.T @ gradient, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_and_no_argument_changes(name) -> None:
    x = np.array([[-1e300, 1e300], [-800.0, 800.0]])
    kept = x.copy()
    function = find_activation(name)
    assert np.isfinite(function(x)).all()
    assert np.isfinite(function.derivative(x)).all()
    function(x)[0, 0] = 5.0
    assert_array_equal(x, kept)


def test_sigmoid_of_seven_is_the_worked_number() -> None:
    assert float(sigmoid(np.array(7.0))) == pytest.approx(0.9990889488055994, abs=1e-16)


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_found_by_name_and_survive_pickling(name) -> None:
    found = find_activation(name)
    assert found.name == name
    assert find_activation(found) is found
    assert pickle.loads(pickle.dumps(found)) == found
    x = np.array([-2.0, 0.5])
    assert_array_equal(pickle.loads(pickle.dumps(found))(x), found(x))


def test_leaky_relus_of_different_slope_differ() -> None:
    assert leaky_relu() == find_activation("leaky_relu")
    assert leaky_relu(0.2) != leaky_relu(0.1)


@pytest.mark.parametrize("name", ["swish", "", None, 3, ["relu"]])
def test_an_unknown_name_lists_the_known_ones(name) -> None:
    with pytest.raises(
        ValueError, match="activation must be one of relu, leaky_relu, sigmoid, tanh, identity, softmax"
    ):
        find_activation(name)


@pytest.mark.parametrize("slope", [-0.1, 1, np.inf, np.nan, "steep"])
def test_a_bad_slope_is_named(slope) -> None:
    with pytest.raises(ValueError, match="slope must be at least 0 and below 1"):
        leaky_relu(slope)
