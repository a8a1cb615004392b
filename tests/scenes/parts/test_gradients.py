"""Lines of a gradient over the edges of a network: widths, dashes, and what becomes of the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import random_network
from scenes.parts.network.edge import DIM
from scenes.parts.network.gradients import GradientEdges
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.style.layout import Region
from scenes.style.theme import DARK

REGION = Region(-6.0, -2.6, 6.0, 2.85)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=4), st.integers(0, 10**6))
def test_lines_grow_back_as_wide_as_the_gradient_and_edges_take_their_weights_again(
    sizes: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    network, other = (random_network(sizes, ["tanh"] * (len(sizes) - 1), rng=rng) for _ in range(2))
    diagram = NetworkDiagram(network, DARK, REGION, names="none")
    gradients = [rng.normal(size=layer.weights.shape) for layer in network.layers]
    gradients[0][0, 0] = 0.0
    lines = GradientEdges(diagram, DARK, gradients)
    largest = max(np.abs(each).max() for each in gradients)
    back = lines.run_back(range(len(gradients)))
    back.interpolate(0.5)
    for layer, gradient in enumerate(gradients):
        for (m, n), value in np.ndenumerate(gradient):
            line, edge = lines.line(layer, m, n), diagram.edge(layer, m, n)
            assert line.start == pytest.approx(edge.end)
            if value:
                # Half the way from where the edge ends; its last dash may end before that.
                tip, length = line.pieces[-1, 1], np.hypot(*(edge.end - edge.start))
                assert np.hypot(*(tip - edge.end)) == pytest.approx(length / 2, abs=0.1 + 1e-6)
            else:
                assert len(line.pieces) == 0
    back.interpolate(1.0)
    for layer, gradient in enumerate(gradients):
        for (m, n), value in np.ndenumerate(gradient):
            line, edge = lines.line(layer, m, n), diagram.edge(layer, m, n)
            low, high = line.widths.thinnest, line.widths.widest
            assert line.get_stroke_width() == pytest.approx(
                low + abs(value) / (largest or 1.0) * (high - low)
            )
            assert line.negative == (value < 0)
            assert edge.get_stroke_opacity() == pytest.approx(DIM)
    lines.give_back(other).interpolate(1.0)
    for layer, each in enumerate(other.layers):
        for (m, n), weight in np.ndenumerate(each.weights):
            edge = diagram.edge(layer, m, n)
            assert edge.weight == weight
            assert edge.get_stroke_width() == pytest.approx(edge.width_at_rest)
            assert edge.get_stroke_opacity() == pytest.approx(1.0)
            assert len(lines.line(layer, m, n).pieces) == 0
