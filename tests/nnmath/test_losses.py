import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit
from sklearn.metrics import log_loss
from sklearn.metrics import mean_squared_error as reference_mean_squared_error

from nnmath import (
    binary_cross_entropy,
    cross_entropy,
    find_loss,
    half_squared_error,
    mean_squared_error,
    negative_log,
)

seeds = st.integers(0, 2**32 - 1)
sizes = st.tuples(st.integers(1, 8), st.integers(1, 4))


def test_worked_numbers() -> None:
    assert mean_squared_error.value(np.zeros(4), [1, 0, 0, 1]) == 0.5
    # One error of 0.01 and one of 100, squared.
    assert mean_squared_error.value([0.01], [0]) == pytest.approx(0.0001, rel=1e-12)
    assert mean_squared_error.value([100, -100], [0, 0]) == 10000
    assert half_squared_error.value([[1.0, 2.0], [3.0, 4.0]], np.zeros((2, 2))) == (5 / 2 + 25 / 2) / 2
    assert binary_cross_entropy.value([0.0], [1]) == pytest.approx(math.log(2))
    assert cross_entropy.value([[0.0, 0.0, 0.0]], [2]) == pytest.approx(math.log(3))


@given(seeds, sizes)
def test_squared_errors_agree_with_scikit_learn(seed, shape) -> None:
    rng = np.random.default_rng(seed)
    outputs, targets = rng.normal(size=shape), rng.normal(size=shape)
    reference = reference_mean_squared_error(targets, outputs)
    assert_allclose(mean_squared_error.value(outputs, targets), reference)
    # Half the sum over outputs, so the mean over them times their number and a half.
    assert_allclose(half_squared_error.value(outputs, targets), reference * shape[1] / 2)


@given(seeds, st.integers(2, 8), st.integers(3, 5))
def test_cross_entropies_agree_with_scikit_learn(seed, count, classes) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(scale=3, size=(count, classes))
    labels = rng.integers(classes, size=count)
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    expected = log_loss(labels, shares, labels=range(classes))
    assert_allclose(cross_entropy.value(scores, labels), expected)
    assert_allclose(cross_entropy.value(scores, np.eye(classes)[labels]), expected)
    binary = (labels > 0).astype(int)
    expected = log_loss(binary, expit(scores[:, 0]), labels=[0, 1])
    assert_allclose(binary_cross_entropy.value(scores[:, 0], binary), expected)


@given(seeds, sizes, st.sampled_from(["mean_squared_error", "half_squared_error", "binary_cross_entropy"]))
def test_gradients_by_central_differences(seed, shape, name) -> None:
    rng = np.random.default_rng(seed)
    check_gradient(name, rng.normal(scale=2, size=shape), rng.uniform(size=shape))


@given(seeds, st.integers(1, 6), st.integers(2, 5))
def test_gradient_of_cross_entropy_by_central_differences(seed, count, classes) -> None:
    rng = np.random.default_rng(seed)
    check_gradient(
        "cross_entropy", rng.normal(scale=2, size=(count, classes)), rng.integers(classes, size=count)
    )


def check_gradient(name: str, outputs: np.ndarray, targets: np.ndarray) -> None:
    chosen = find_loss(name)
    gradient = chosen.gradient(outputs, targets)
    assert gradient.shape == outputs.shape
    for index in np.ndindex(outputs.shape):
        up, down = outputs.copy(), outputs.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        difference = (chosen.value(up, targets) - chosen.value(down, targets)) / 2e-5
        assert_allclose(gradient[index], difference, atol=1e-8)


def test_large_scores_neither_overflow_nor_lose_the_loss() -> None:
    assert binary_cross_entropy.value([1e4, -1e4], [0, 1]) == 1e4
    assert binary_cross_entropy.value([1e4, -1e4], [1, 0]) == 0
    assert cross_entropy.value([[1e4, -1e4]], [1]) == 2e4
    assert_array_equal(cross_entropy.gradient([[1e4, -1e4]], [1]), [[1, -1]])


def test_targets_of_one_output_may_be_a_plain_vector() -> None:
    outputs = np.array([[1.0], [2.0], [4.0]])
    assert mean_squared_error.value(outputs, [1, 2, 3]) == pytest.approx(1 / 3)
    assert mean_squared_error.gradient(outputs, [1, 2, 3]).shape == (3, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: find_loss("hinge"),
            "loss must be one of mean_squared_error, half_squared_error, .*got 'hinge'",
        ),
        (lambda: find_loss(None), "loss must be one of"),
        (
            lambda: mean_squared_error.value([1, 2], [1]),
            r"targets must have the shape of the outputs, \(2,\); got",
        ),
        (lambda: mean_squared_error.value([[1, 2]], [1]), "targets must have the shape of the outputs"),
        (lambda: mean_squared_error.value([], []), "outputs must have shape .*not be empty"),
        (lambda: mean_squared_error.value([math.nan], [1]), "outputs must be finite; got nan at index 0"),
        (lambda: mean_squared_error.value([1], [math.inf]), "targets must be finite; got inf"),
        (lambda: binary_cross_entropy.value([1], [2]), "targets must lie between 0 and 1; got 2"),
        (lambda: cross_entropy.value([[1, 2]], [2]), "targets must be classes 0 to 1; got 2"),
        (lambda: cross_entropy.value([[1, 2]], [0, 1]), "targets must be a vector of 1 numbers"),
        (lambda: cross_entropy.value([1, 2], [0, 1]), r"outputs must have shape \(n, classes\)"),
        (
            lambda: cross_entropy.value([[1, 2]], [[0.5, 0.6]]),
            "targets must sum to 1 in each row; got 1.1 in row 0",
        ),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_negative_log_is_what_cross_entropy_is_the_mean_of() -> None:
    chances = np.array([0.9, 0.5, 0.02, 1.0])
    costs = negative_log(chances)
    assert np.exp(-costs) == pytest.approx(chances)
    assert costs[-1] == 0.0
    scores = np.log(chances[:3] / (1 - chances[:3]))
    assert costs[:3].mean() == pytest.approx(binary_cross_entropy.value(scores, np.ones(3)))
    for wrong in (0.0, -0.1, 1.1):
        with pytest.raises(ValueError, match="probabilities must lie above 0"):
            negative_log([wrong])
