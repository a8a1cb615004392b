"""Networks as somebody writes them down: what fits, what is drawn from the seed, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from nnmath import random_network
from scenes.families.small_network import SmallNetworkParameters


def test_weights_decide_the_shape_and_biases_are_nought_unless_given() -> None:
    parameters = SmallNetworkParameters(weights=(((0, 1), (0, 1)), ((0, 1),)))
    network = parameters.network()
    assert network.sizes == (2, 2, 1)
    output = network.forward(np.array([[2.0, 3.0]])).output[0, 0]
    assert output == pytest.approx(0.7216325609518421, abs=1e-15)
    shifted = SmallNetworkParameters(weights=(((0, 1), (0, 1)), ((0, 1),)), biases=((1, 2), (3,))).network()
    assert [layer.bias.tolist() for layer in shifted.layers] == [[1, 2], [3]]


def test_without_weights_they_are_drawn_from_the_seed() -> None:
    parameters = SmallNetworkParameters(
        inputs=(1, 2, 3), hidden=(6, 5), outputs=2, activation="relu", output_activation="identity", seed=4
    )
    network = parameters.network()
    drawn = random_network((3, 6, 5, 2), ("relu", "relu", "identity"), rng=np.random.default_rng(4))
    assert network.parameters == pytest.approx(drawn.parameters)
    assert [layer.activation.name for layer in network.layers] == ["relu", "relu", "identity"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"weights": [[[1, 2, 3]]]}, "3 numbers in a row of layer 1 but inputs has 2 numbers"),
        ({"weights": [[[1, 2]], [[1, 2]]]}, "2 numbers in a row of layer 2 but layer 1 gives 1 number"),
        ({"biases": [[1, 2, 3], [1]]}, r"\[3, 1\] numbers by layer but the layers have \[2, 1\] units"),
        ({"hidden": [7]}, "less than or equal to 6"),
        ({"inputs": []}, "at least 1"),
        ({"hidden": [1, 1, 1, 1, 1]}, "at most 4"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        SmallNetworkParameters(**given)
