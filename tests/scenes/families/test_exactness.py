"""What training and rounding leave of 0 and of equal numbers is put right before anything is shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnmath import Dataset, train_classifier, two_curves, xor
from scenes.families.exactness import joined, trained_network


def test_a_weight_that_is_0_by_symmetry_is_0() -> None:
    dataset = two_curves(1.9)
    raw, settled = (
        network.layers[0]
        for network in (
            train_classifier(dataset, (), seed=0).network,
            trained_network(dataset, (), seed=0),
        )
    )
    assert 0 < abs(raw.weights[0, 0]) < 1e-6
    assert settled.weights[0, 0] == 0
    assert settled.weights[0, 1] == raw.weights[0, 1]
    assert settled.bias == raw.bias


@pytest.mark.parametrize("decay", [1e-3, 0.1])
def test_a_network_that_training_collapsed_is_0_and_gives_every_point_one_score(decay: float) -> None:
    dataset = two_curves(0.0, 20)
    network = trained_network(dataset, (2,), seed=1167498019, weight_decay=decay)
    assert not any(layer.weights.any() for layer in network.layers)
    assert np.ptp(network.forward(dataset.points).output) == 0


def test_weights_that_cancel_are_0_where_they_are_read_off() -> None:
    dataset = two_curves(0.0, 20)
    network = trained_network(dataset, (2,), "identity", seed=0, weight_decay=0.0)
    assert network.layers[0].weights.any()
    assert not network.layers[1].weights.any()
    assert network.layers[1].bias == 0


def test_no_line_parts_xor_and_none_is_made_of_roundings() -> None:
    assert not trained_network(xor(), (), seed=0).layers[0].weights.any()


def test_what_training_found_is_left_alone() -> None:
    dataset = Dataset(np.array([[-1.0, 0.5], [1.0, -0.5], [2.0, 3.0]]), np.array([0, 1, 1]), "three")
    raw = train_classifier(dataset, (2,), seed=3, restarts=2).network
    assert np.array_equal(trained_network(dataset, (2,), seed=3, restarts=2).parameters, raw.parameters)


def test_scores_that_differ_by_a_rounding_are_one() -> None:
    scores = np.array([0.3, -2.0, 0.1 + 0.2, 5.0, -2.0])
    assert joined(scores).tolist() == [0.3, -2.0, 0.3, 5.0, -2.0]
    assert joined(np.zeros(3)).tolist() == [0, 0, 0]


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_no_score_moves_farther_than_roundings_do_and_order_stays(values: list[float]) -> None:
    scores = np.array(values)
    equal = joined(scores)
    largest = np.abs(scores).max()
    assert np.abs(equal - scores).max() <= 30e-12 * largest
    assert (np.diff(equal[np.argsort(scores)]) >= 0).all()
    assert np.array_equal(joined(equal), equal)
