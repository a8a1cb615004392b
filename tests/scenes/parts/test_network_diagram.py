"""The diagram against the network that it draws: who is joined, how wide, how dashed, and where."""

from itertools import pairwise

import numpy as np
import pytest
from bounding_box import region_of
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath.network import Layer, Network
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.style.layout import Region
from scenes.style.numerals import math_number
from scenes.style.theme import DARK

REGION = Region(-3.0, -2.0, 3.0, 2.5)
SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=4)


def network_of(sizes: list[int], seed: int) -> Network:
    rng = np.random.default_rng(seed)
    pairs = pairwise(sizes)
    return Network(tuple(Layer(rng.normal(size=(m, n)), rng.normal(size=m)) for n, m in pairs))


@given(
    sizes=SIZES,
    seed=st.integers(0, 99),
    names=st.sampled_from(["inside", "beside"]),
    biases=st.booleans(),
)
@settings(max_examples=25)
def test_every_weight_is_one_edge_from_rim_to_rim_inside_the_region(sizes, seed, names, biases):
    network = network_of(sizes, seed)
    diagram = NetworkDiagram(network, DARK, REGION, names=names, biases=biases)
    for layer, parameters in enumerate(network.layers):
        for (m, n), weight in np.ndenumerate(parameters.weights):
            edge = diagram.edge(layer, m, n)
            assert edge.weight == weight
            assert edge.negative == (weight < 0)
            for end, neuron in (
                (edge.start, diagram.neuron(layer, n)),
                (edge.end, diagram.neuron(layer + 1, m)),
            ):
                assert np.hypot(*(end - neuron.middle[:2])) == pytest.approx(diagram.radius)
    assert REGION.contains(region_of(diagram), slack=0.01)


@given(seed=st.integers(0, 99))
@settings(max_examples=20)
def test_a_larger_weight_is_never_a_thinner_edge(seed):
    network = network_of([3, 4, 2], seed)
    diagram = NetworkDiagram(network, DARK, REGION)
    edges = [edge for layer in range(2) for edge in diagram.edges(layer)]
    widths = [edge.width_at_rest for edge in sorted(edges, key=lambda edge: abs(edge.weight))]
    assert widths == sorted(widths)
    assert widths[0] > 0
    assert diagram.largest == max(np.abs(layer.weights).max() for layer in network.layers)


def test_negative_weights_are_drawn_in_pieces_and_others_in_one():
    diagram = NetworkDiagram(Network((Layer([[-1.0, 1.0, 0.0]], [0.0]),)), DARK, REGION)
    counts = [len(diagram.edge(0, 0, n).pieces) for n in range(3)]
    assert counts[0] > 3
    assert counts[1:] == [1, 1]


def test_without_numbers_all_edges_are_alike():
    diagram = NetworkDiagram((3, 2), DARK, REGION)
    assert len({edge.width_at_rest for edge in diagram.edges(0)}) == 1
    assert all(edge.weight is None for edge in diagram.edges(0))


def test_long_columns_leave_out_their_middle_and_say_so():
    diagram = NetworkDiagram((64, 16, 10), DARK, REGION, most=12)
    assert diagram.shown[0] == (*range(6), *range(58, 64))
    assert len(diagram.edges(0)) == 12 * 12
    with pytest.raises(KeyError):
        diagram.neuron(0, 30)
    rows = [diagram.neuron(0, k).middle[1] for k in diagram.shown[0]]
    assert rows == sorted(rows, reverse=True)


@given(value=st.floats(-1e7, 1e7))
@settings(max_examples=40)
def test_numbers_stay_inside_their_neuron(value):
    diagram = NetworkDiagram((2, 1), DARK, REGION, names="beside", values=[value])
    neuron = diagram.neuron(0, 0)
    written = neuron.write(math_number(value))
    assert written.width <= 2 * neuron.half_width
    assert written.size >= 0.26
    # Its corners keep off the round ends.
    beyond = max(0.0, written.width / 2 - (neuron.half_width - neuron.radius))
    assert np.hypot(beyond, written.height / 2) <= 0.85 * neuron.radius


def test_weights_are_written_on_edges_only_where_they_fit():
    network = network_of([2, 1], 3)
    roomy, narrow = Region(-3.0, -2.0, 3.0, 2.0), Region(-0.8, -2.0, 0.8, 2.0)
    labels = NetworkDiagram(network, DARK, roomy).edge_labels(0, 0, most_covered=0.5)
    assert len(labels) == 2
    assert not labels[0].touches(labels[1])
    assert NetworkDiagram(network, DARK, narrow).edge_labels(0, 0, most_covered=0.5) == []


def test_another_network_must_have_the_same_sizes():
    diagram = NetworkDiagram(network_of([2, 1], 0), DARK, REGION)
    with pytest.raises(ValueError, match=r"network must have the sizes \(2, 1\)"):
        diagram.show_weights(network_of([3, 1], 0))


def test_columns_are_named_as_asked():
    diagram = NetworkDiagram((2, 3, 1), DARK, REGION, column_names=("u", "v", "w"))
    named = [[diagram.neuron(column, k).inside.source for k in diagram.shown[column]] for column in range(3)]
    assert named == [["u_1", "u_2"], ["v_1", "v_2", "v_3"], ["w"]]


def test_a_column_lights_up_and_rests_again():
    diagram = NetworkDiagram((2, 3), DARK, REGION)
    rings = [neuron.ring for neuron in diagram.column(1)]
    resting = [(ring.get_stroke_color(), ring.get_stroke_width()) for ring in rings]
    for change, as_before in ((diagram.light_column, False), (diagram.rest_column, True)):
        animation = change(1)
        animation.begin()
        animation.interpolate(1.0)
        now = [(ring.get_stroke_color(), ring.get_stroke_width()) for ring in rings]
        assert all((one == other) == as_before for one, other in zip(now, resting, strict=True))
