import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import (
    Layer,
    LossPlane,
    LossSlice,
    Network,
    WeightPlace,
    backpropagate,
    cross_entropy,
    find_loss,
    fit_tied,
    random_network,
    two_curves,
)

DATA = two_curves(0.7, 12)
NETWORK = random_network((2, 3, 1), ("tanh", "identity"), rng=np.random.default_rng(4))
FIRST, SECOND = WeightPlace(0, 1, 0), WeightPlace(1, 0, 2)
PLANE = LossPlane(NETWORK, FIRST, SECOND, DATA.points, DATA.labels, "binary_cross_entropy")
# Its loss is (v - 2)^2 + (w - 5)^2 over two outputs, halved.
LINES = Network((Layer([[0.0], [0.0]], [0.0, 0.0], "identity"),))
BOWL = LossPlane(
    LINES, WeightPlace(0, 0, 0), WeightPlace(0, 1, 0), [[1.0]], [[2.0, 5.0]], "half_squared_error"
)
pairs = st.tuples(st.floats(-3, 3), st.floats(-3, 3))


def loss_with(pair: tuple[complex, complex]) -> complex:
    """The loss by its definition, in numbers that may be complex."""
    first, last = NETWORK.layers
    into, out = first.weights.astype(complex), last.weights.astype(complex)
    into[1, 0], out[0, 2] = pair
    scores = np.tanh(DATA.points @ into.T + first.bias) @ out[0] + last.bias[0]
    return complex(np.mean(np.log(1 + np.exp(np.where(DATA.labels == 1, -1.0, 1.0) * scores))))


@given(pairs)
def test_value_and_gradient_are_those_of_the_network_with_those_weights(pair) -> None:
    assert PLANE.loss_at(pair) == pytest.approx(loss_with(pair).real, abs=1e-12)
    h = 1e-30
    ahead = loss_with((complex(pair[0], h), pair[1])), loss_with((pair[0], complex(pair[1], h)))
    assert_allclose(PLANE.gradient_at(pair), [each.imag / h for each in ahead], atol=1e-12)
    network = PLANE.network_at(pair)
    assert (network.layers[0].weights[1, 0], network.layers[1].weights[0, 2]) == pair
    whole = backpropagate(network, DATA.points, DATA.labels, "binary_cross_entropy")
    assert PLANE.loss_at(pair) == pytest.approx(whole.loss, rel=1e-12)
    assert_array_equal(
        PLANE.gradient_at(pair), [whole.layers[0].weights[1, 0], whole.layers[1].weights[0, 2]]
    )


def test_a_grid_has_the_loss_of_every_pair_in_its_place() -> None:
    first, second = np.linspace(-2, 2, 7), np.linspace(-1, 3, 5)
    grid = PLANE.grid(first, second)
    assert grid.shape == (5, 7)
    for row, b in enumerate(second):
        for column, a in enumerate(first):
            assert grid[row, column] == PLANE.loss_at((a, b))
    line = LossSlice(NETWORK, *FIRST, DATA.points, DATA.labels, "binary_cross_entropy")
    own = PLANE.own_weights
    assert_allclose(PLANE.losses([(a, own[1]) for a in first]), line.losses(first), rtol=1e-13)


@pytest.mark.parametrize("name", ["mean_squared_error", "half_squared_error", "binary_cross_entropy"])
def test_the_loss_of_each_example_has_the_loss_as_its_mean(name) -> None:
    rng = np.random.default_rng(3)
    outputs, targets = rng.normal(scale=4, size=(5, 7, 3)), rng.uniform(size=(7, 3))
    each = find_loss(name).each(outputs, targets)
    assert each.shape == (5, 7)
    assert_allclose(each.mean(axis=1), [find_loss(name).measure(one, targets) for one in outputs])
    shares = np.eye(3)[rng.integers(3, size=7)]
    assert_allclose(
        cross_entropy.each(outputs, shares).mean(axis=1),
        [cross_entropy.value(one, shares) for one in outputs],
    )


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_in_a_bowl_the_error_shrinks_by_a_constant_factor(rate) -> None:
    """Half of (v - 2)^2 + (w - 5)^2 has the gradient (v - 2, w - 5)."""
    descent = BOWL.descend(start=(-1, 3), learning_rate=rate, steps=8)
    errors = np.array([-3.0, -2.0]) * (1 - rate) ** np.arange(9)[:, None]
    assert_allclose(descent.weights - [2, 5], errors, atol=1e-12)
    assert_allclose(descent.losses, (errors**2).sum(axis=1) / 2, atol=1e-12)
    assert_array_equal(descent.passes, np.arange(9))
    assert len(descent) == 8
    assert descent.diverged_at is None


@settings(max_examples=20)
@given(pairs, st.floats(1e-3, 0.3), st.integers(1, 24), st.integers(0, 1000))
def test_every_step_goes_against_the_gradient_of_its_batch(start, rate, size, seed) -> None:
    descent = PLANE.descend(
        start=start, learning_rate=rate, steps=30, batch_size=size, rng=np.random.default_rng(seed)
    )
    assert_array_equal(descent.weights[1:], descent.weights[:-1] - rate * descent.gradients)
    assert_allclose(descent.losses, PLANE.losses(descent.weights), rtol=1e-12)
    # In the order in which the generator deals the examples, batch by batch.
    rng, done = np.random.default_rng(seed), 0
    while done < 30:
        order = rng.permutation(24) if size < 24 else np.arange(24)
        for first in range(0, 24, size):
            if done == 30:
                break
            rows = order[first : first + size]
            part = LossPlane(
                NETWORK, FIRST, SECOND, DATA.points[rows], DATA.labels[rows], "binary_cross_entropy"
            )
            assert_allclose(descent.gradients[done], part.gradient_at(descent.weights[done]), atol=1e-14)
            done += 1
            assert descent.passes[done] == pytest.approx(descent.passes[done - 1] + len(rows) / 24, abs=1e-12)


def test_the_same_generator_gives_the_same_walk_and_another_one_another() -> None:
    walks = [
        PLANE.descend(
            start=(1, 1), learning_rate=0.2, steps=20, batch_size=3, rng=np.random.default_rng(seed)
        ).weights
        for seed in (1, 1, 2)
    ]
    assert_array_equal(walks[0], walks[1])
    assert np.abs(walks[0] - walks[2]).max() > 1e-3


def test_a_descent_that_diverges_ends_with_finite_numbers() -> None:
    descent = BOWL.descend(start=(-1, 3), learning_rate=1e3, steps=500)
    assert descent.diverged_at == len(descent) < 500
    assert np.isfinite(descent.weights).all()
    assert np.isfinite(descent.losses).all()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"second must be another weight than first; got \(0, 1, 0\)"):
        LossPlane(NETWORK, FIRST, FIRST, DATA.points, DATA.labels, "mean_squared_error")
    with pytest.raises(ValueError, match=r"second\.row must be"):
        LossPlane(NETWORK, FIRST, WeightPlace(0, 3, 0), DATA.points, DATA.labels, "mean_squared_error")
    with pytest.raises(ValueError, match="rng"):
        PLANE.descend(start=(0, 0), learning_rate=0.1, steps=1, batch_size=2)
    with pytest.raises(ValueError, match="batch_size"):
        PLANE.descend(start=(0, 0), learning_rate=0.1, steps=1, batch_size=25)
    with pytest.raises(ValueError, match="weights must be closer to 0: the loss overflows at 1e\\+200, 0"):
        BOWL.loss_at((1e200, 0))
    with pytest.raises(ValueError, match="start"):
        PLANE.descend(start=(0,), learning_rate=0.1, steps=1)


def test_tied_parameters_are_one_number_and_the_rest_is_at_a_minimum() -> None:
    network = random_network((2, 2, 1), ("tanh", "identity"), rng=np.random.default_rng(8))
    ties = [(1, 3), (4, 5), (6, 7)]
    found = fit_tied(
        network,
        DATA.points,
        DATA.labels,
        loss="binary_cross_entropy",
        ties=ties,
        weight_decay=1e-2,
        iterations=3000,
    )
    parameters = found.parameters
    for one, other in ties:
        assert parameters[one] == parameters[other]
    assert parameters[0] != parameters[2]
    gradient = backpropagate(found, DATA.points, DATA.labels, "binary_cross_entropy", 1e-2).gradient
    alone = [0, 2, 8]
    assert np.abs(gradient[alone]).max() < 1e-5
    for one, other in ties:
        assert abs(gradient[one] + gradient[other]) < 1e-5


@pytest.mark.parametrize("ties", [[(0, 1), (1, 2)], [(3, 3)], [(0, 9)]])
def test_ties_name_each_parameter_once(ties) -> None:
    network = random_network((2, 2, 1), ("tanh", "identity"), rng=np.random.default_rng(8))
    with pytest.raises(ValueError, match="ties"):
        fit_tied(network, DATA.points, DATA.labels, loss="mean_squared_error", ties=ties)
