"""A forward pass as one motion, against the numbers that it carries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import ForwardPass, Layer, Network
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.signals import Signals
from scenes.parts.network.wave import Carried, Wave
from scenes.style.layout import Region
from scenes.style.theme import DARK

REGION = Region(-6.0, -2.6, 6.0, 2.85)


def wave_of(sizes: list[int], seed: int, **options: object) -> tuple[Wave, ForwardPass, NetworkDiagram]:
    rng = np.random.default_rng(seed)
    layers = [Layer(rng.normal(size=(m, n)), rng.normal(size=m), "tanh") for n, m in pairwise(sizes)]
    network = Network(tuple(layers))
    forward = network.forward(rng.normal(size=(2, sizes[0])))
    diagram = NetworkDiagram(network, DARK, REGION, names="none", web=True)
    return Wave(Signals(diagram, [forward]), forward, **options), forward, diagram  # type: ignore[arg-type]


@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=6),
    seed=st.integers(0, 99),
    example=st.sampled_from([0, 1]),
)
@settings(max_examples=15)
def test_at_its_end_all_neurons_say_and_shine_what_was_computed(
    sizes: list[int], seed: int, example: int
) -> None:
    wave, forward, diagram = wave_of(sizes, seed, example=example, stage=0.8)
    wave.show(wave.seconds)
    for column, values in enumerate((forward.inputs, *forward.activations)):
        for k, value in enumerate(values[example]):
            neuron = diagram.neuron(column, k)
            assert neuron.number == value
            assert neuron.inside is not None
            assert neuron.inside.submobjects[0].get_fill_opacity() == 1.0
            assert neuron.level == pytest.approx(abs(value) if column else 0.0)
    assert all(edge.level == 0.0 for layer in range(len(sizes) - 1) for edge in diagram.edges(layer))
    assert not len(wave.pulses.positions)


def test_on_its_way_what_lies_ahead_is_dark_and_the_layer_under_way_shines_by_what_it_carries() -> None:
    wave, forward, diagram = wave_of([3, 4, 2], 5, stage=1.0)
    wave.show(1.5)  # half way along the first layer, after the inputs
    weights = diagram.network.layers[0].weights if diagram.network is not None else np.zeros((4, 3))
    products = np.abs(weights * forward.inputs[0])
    levels = np.array([[diagram.edge(0, m, n).level for n in range(3)] for m in range(4)])
    assert np.argsort(levels, axis=None).tolist() == np.argsort(products, axis=None).tolist()
    assert all(edge.level == 0.0 for edge in diagram.edges(1))
    assert [diagram.neuron(1, k).number for k in range(4)] == [None] * 4
    assert [diagram.neuron(0, k).number for k in range(3)] == forward.inputs[0].tolist()
    # Every mark is on its edge.
    for position in wave.pulses.positions:
        ways = [(edge.end - edge.start, position - edge.start) for edge in diagram.edges(0)]
        assert min(abs(along[0] * to[1] - along[1] * to[0]) for along, to in ways) < 1e-9


def test_slices_follow_each_other_without_a_seam() -> None:
    wave, _, _ = wave_of([2, 6, 6, 6, 6, 3], 1, stage=0.8)
    slices = list(wave.slices())
    assert sum(each.run_time for each in slices) == pytest.approx(wave.seconds)
    assert all(each.run_time <= 3.0 for each in slices)
    assert all(first._end == second._start for first, second in pairwise(slices))


def test_pulses_are_as_large_as_what_they_carry() -> None:
    carried = Carried(np.array([2.0, 2.0, -1.0, 3.0]), np.array([0.0, 1.0, 8.0, -0.5]))
    start, end = carried.sizes
    assert start == pytest.approx(np.sqrt(np.array([2, 2, 1, 3]) / 3))
    assert end == pytest.approx(np.sqrt(np.array([0, 2, 8, 1.5]) / 8))
    assert carried.hollow.tolist() == [False, False, True, True]
    assert carried.levels[0] == 0.0
    assert np.argsort(carried.levels).tolist() == [0, 3, 1, 2]


def test_a_spread_diagram_keeps_its_edges_on_its_neurons() -> None:
    for flow in ("across", "down"):
        diagram = NetworkDiagram((3, 6, 2), DARK, REGION, names="none", flow=flow)  # type: ignore[arg-type]
        home = {key: edge.start.copy() for key, edge in diagram._edges.items()}
        diagram.spread(0.5, 0.8, np.array([1.0, -0.3]))
        for (layer, m, n), edge in diagram._edges.items():
            for end, neuron in (
                (edge.start, diagram.neuron(layer, n)),
                (edge.end, diagram.neuron(layer + 1, m)),
            ):
                assert np.hypot(*(end - neuron.middle[:2])) == pytest.approx(diagram.radius)
        diagram.spread(1.0, 1.0, np.zeros(2))
        for key, edge in diagram._edges.items():
            assert edge.start == pytest.approx(home[key])
