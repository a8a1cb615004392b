import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from nnmath import Layer, LossSlice, Network, find_loss, random_network, two_curves

DATA = two_curves(0.7, 12)
NETWORK = random_network((2, 3, 1), ("tanh", "identity"), rng=np.random.default_rng(4))
LINE = Network((Layer([[0.0]], [0.0], "identity"),))
# Its loss is (w - 2)^2.
PARABOLA = LossSlice(LINE, 0, 0, 0, [[1.0]], [2.0], "mean_squared_error")


def test_the_loss_along_a_weight_is_the_loss_of_the_network_with_that_weight() -> None:
    values = np.linspace(-3, 3, 9)
    part = LossSlice(NETWORK, 0, 1, 0, DATA.points, DATA.labels, "binary_cross_entropy")
    losses = part.losses(values)
    for value, expected in zip(values, losses, strict=True):
        weights = np.array(NETWORK.layers[0].weights)
        weights[1, 0] = value
        first = Layer(weights, NETWORK.layers[0].bias, "tanh")
        scores = Network((first, NETWORK.layers[1])).forward(DATA.points).output
        assert find_loss("binary_cross_entropy").value(scores, DATA.labels) == pytest.approx(
            expected, rel=1e-12
        )


@settings(max_examples=30)
@given(st.floats(-3, 3), st.floats(1e-3, 1), st.sampled_from([(0, 2, 1), (0, 1, 0), (1, 0, 2)]))
def test_every_step_adds_up_and_every_slope_is_that_of_the_curve(start, rate, place) -> None:
    part = LossSlice(NETWORK, *place, DATA.points, DATA.labels, "mean_squared_error")
    descent = part.descend(start=start, learning_rate=rate, steps=5)
    assert len(descent) == 5
    assert descent.weights[0] == start
    assert_array_equal(descent.weights[1:], descent.next_weights[:-1])
    assert_array_equal(descent.steps, -rate * descent.slopes)
    assert_array_equal(descent.next_weights, descent.weights + descent.steps)
    assert_allclose(descent.losses, part.losses(descent.weights), rtol=1e-12)
    differences = (part.losses(descent.weights + 1e-5) - part.losses(descent.weights - 1e-5)) / 2e-5
    assert_allclose(descent.slopes, differences, atol=1e-7)


@pytest.mark.parametrize("rate", [0.1, 0.45, 0.5, 0.9])
def test_on_a_parabola_the_error_shrinks_by_a_constant_factor(rate) -> None:
    """The loss (w - 2)^2 has slope 2 (w - 2)."""
    descent = PARABOLA.descend(start=-1, learning_rate=rate, steps=8)
    assert_allclose(descent.weights - 2, -3 * (1 - 2 * rate) ** np.arange(8), atol=1e-12)
    assert descent.diverged_at is None


def test_a_descent_that_diverges_ends_with_finite_numbers() -> None:
    descent = PARABOLA.descend(start=-1, learning_rate=1e3, steps=500)
    assert descent.diverged_at == len(descent) < 500
    for array in (descent.weights, descent.losses, descent.slopes, descent.steps, descent.next_weights):
        assert np.isfinite(array).all()
    # Each step multiplies the error by 1999, so that its square passes 1.8e308 after 47 steps.
    assert descent.diverged_at == 47


def placed(**changes):
    options = {
        "layer": 0,
        "row": 0,
        "column": 0,
        "inputs": [[1.0]],
        "targets": [2.0],
        "loss": "mean_squared_error",
    }
    return lambda: LossSlice(LINE, **options | changes)


def descended(**changes):
    return lambda: PARABOLA.descend(**{"start": 0.0, "learning_rate": 0.1, "steps": 1} | changes)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (placed(layer=1), "layer must be a whole number of at least 0 and at most 0; got 1"),
        (placed(row=1), "row must be a whole number .*at most 0; got 1"),
        (placed(column=-1), "column must be a whole number of at least 0"),
        (descended(start=np.nan), "start must be finite; got nan"),
        (descended(start=1e300), "start must be closer to 0: the loss or its slope overflows"),
        (descended(learning_rate=0), "learning_rate must be positive and finite; got 0"),
        (descended(steps=0), "steps must be a whole number of at least 1; got 0"),
        (placed(loss="hinge"), "loss must be one of"),
        (placed(targets=[1.0, 2.0]), "targets must have the shape"),
        (placed(inputs=[[1.0, 2.0]]), "inputs must have shape"),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
