"""Slices through the surface of the loss, against three other ways to its slope, and bit for bit."""

import pickle

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import (
    Layer,
    LossSlice,
    Network,
    backpropagate,
    binary_cross_entropy,
    random_network,
    two_curves,
)

DATA = two_curves(0.7, 12)
SIGNS = np.where(DATA.labels == 1, 1.0, -1.0)[:, None]
TANH = random_network((2, 3, 1), ("tanh", "identity"), rng=np.random.default_rng(4))
RELU = random_network((2, 3, 1), ("relu", "identity"), rng=np.random.default_rng(5))
PLACES = [(0, 2, 1), (0, 1, 0), (1, 0, 2)]
places = st.sampled_from(PLACES)
weights = st.floats(-4, 4)


def slice_at(place, network: Network = TANH) -> LossSlice:
    return LossSlice(network, *place, DATA.points, DATA.labels, "binary_cross_entropy")


def textbook_loss(weight, network: Network, place, np_like=np):
    """Binary cross-entropy of two layers with one weight replaced, for complex numbers and autograd."""
    layer, row, column = place
    first, second = network.layers
    matrices = [first.weights, second.weights]
    mask = np.zeros(matrices[layer].shape)
    mask[row, column] = 1
    matrices[layer] = matrices[layer] * (1 - mask) + weight * mask
    sums = np_like.dot(DATA.points, matrices[0].T) + first.bias
    hidden = np_like.tanh(sums) if network is TANH else np_like.where(sums > 0, sums, 0 * sums)
    scores = np_like.dot(hidden, matrices[1].T) + second.bias
    # The textbook's log(1 - share) would lose half its digits where the share is close to 1.
    return np_like.mean(np_like.log(1 + np_like.exp(-SIGNS * scores)))


@given(weights, places)
def test_the_slope_agrees_with_a_complex_step(weight, place) -> None:
    exact = textbook_loss(weight + 1e-30j, TANH, place)
    part = slice_at(place)
    assert part.loss_at(weight) == pytest.approx(exact.real, rel=1e-12)
    assert part.slope_at(weight) == pytest.approx(exact.imag / 1e-30, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("network", [TANH, RELU], ids=["tanh", "relu"])
@settings(max_examples=30)
@given(weights, places)
def test_the_slope_agrees_with_autograd(network, weight, place) -> None:
    expected = autograd.grad(lambda w: textbook_loss(w, network, place, anp))(weight)
    assert slice_at(place, network).slope_at(weight) == pytest.approx(expected, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("place", PLACES)
def test_the_slopes_agree_with_central_differences_of_the_losses(place) -> None:
    part, at = slice_at(place), np.linspace(-4, 4, 81)
    differences = (part.losses(at + 1e-5) - part.losses(at - 1e-5)) / 2e-5
    assert_allclose(part.slopes(at), differences, atol=1e-8)


@pytest.mark.parametrize("place", PLACES)
def test_every_way_to_a_number_gives_the_same_bits(place) -> None:
    part, at = slice_at(place, RELU), np.linspace(-4, 4, 33)
    losses, slopes = part.losses(at), part.slopes(at)
    assert losses.tolist() == [part.loss_at(weight) for weight in at]
    assert slopes.tolist() == [part.slope_at(weight) for weight in at]
    named_by_value = LossSlice(RELU, *place, DATA.points, DATA.labels, binary_cross_entropy)
    assert_array_equal(named_by_value.losses(at), losses)
    for index, weight in enumerate(at):
        one = part.descend(start=weight, learning_rate=1.0, steps=1)
        assert (one.losses[0], one.slopes[0]) == (losses[index], slopes[index])


def test_at_its_own_weight_a_slice_is_the_networks_loss_and_gradient() -> None:
    whole = backpropagate(TANH, DATA.points, DATA.labels, "binary_cross_entropy")
    for layer, row, column in PLACES:
        own = float(TANH.layers[layer].weights[row, column])
        part = slice_at((layer, row, column))
        assert part.loss_at(own) == whole.loss
        assert part.slope_at(own) == whole.layers[layer].weights[row, column]


def test_a_slice_is_frozen_and_travels_between_processes() -> None:
    part = slice_at(PLACES[0])
    again = pickle.loads(pickle.dumps(part))
    assert again.slope_at(0.3) == part.slope_at(0.3)
    assert (again.layer, again.row, again.column) == PLACES[0]
    with pytest.raises(AttributeError):
        part.row = 1  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        part.losses([0.0, 1.0])[0] = 1


LINE = LossSlice(Network((Layer([[0.0]], [0.0]),)), 0, 0, 0, [[1.0]], [2.0], "mean_squared_error")


def test_on_a_line_the_slice_is_a_parabola() -> None:
    at = np.linspace(-3, 7, 11)
    assert_array_equal(LINE.losses(at), (at - 2) ** 2)
    assert_array_equal(LINE.slopes(at), 2 * (at - 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slice_at((2, 0, 0)), "layer must be a whole number of at least 0 and at most 1; got 2"),
        (lambda: slice_at((0, 3, 0)), "row must be a whole number of at least 0 and at most 2; got 3"),
        (lambda: slice_at((1, 0, -1)), "column must be a whole number of at least 0 and at most 2; got -1"),
        (lambda: LINE.loss_at(np.nan), "weight must be finite; got nan"),
        (lambda: LINE.slope_at("steep"), "weight must be finite; got 'steep'"),
        (lambda: LINE.loss_at(1e200), r"weight must be closer to 0: the loss overflows at 1e\+200"),
        (lambda: LINE.slope_at(1.5e308), r"weight must be closer to 0: the slope overflows at 1.5e\+308"),
        (lambda: LINE.losses([0, 1e200]), r"weights must be closer to 0: the loss overflows at 1e\+200"),
        (lambda: LINE.slopes([0, -1.5e308]), "weights must be closer to 0: the slope overflows at -1.5e"),
        (lambda: LINE.losses([]), "weights must be a vector of at least one number"),
        (lambda: LINE.slopes([[1.0]]), "weights must be a vector of at least one number"),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
