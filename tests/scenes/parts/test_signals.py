"""What stands in neurons and how brightly they shine, against the forward pass that they show."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import Layer, Network
from scenes.parts.network.network_diagram import NetworkDiagram
from scenes.parts.network.pulses import Pulses
from scenes.parts.network.signals import Signals
from scenes.style.colour import contrast, rgb
from scenes.style.layout import Region
from scenes.style.numerals import math_brief
from scenes.style.theme import THEMES

REGION = Region(-6.0, -2.6, 6.0, 2.85)


def network_of(sizes: list[int], activation: str, seed: int) -> Network:
    rng = np.random.default_rng(seed)
    return Network(
        tuple(Layer(rng.normal(size=(m, n)), rng.normal(size=m), activation) for n, m in pairwise(sizes))
    )


def signals_of(sizes: list[int], activation: str, seed: int, theme: str = "dark") -> tuple[Signals, Network]:
    network = network_of(sizes, activation, seed)
    forward = network.forward(np.random.default_rng(seed).normal(size=(2, sizes[0])))
    diagram = NetworkDiagram(network, THEMES[theme], REGION, names="none")
    return Signals(diagram, [forward], places=3), network


@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5),
    activation=st.sampled_from(["sigmoid", "tanh", "relu", "identity"]),
    seed=st.integers(0, 99),
    theme=st.sampled_from(sorted(THEMES)),
)
@settings(max_examples=20)
def test_neurons_say_and_shine_what_was_computed(
    sizes: list[int], activation: str, seed: int, theme: str
) -> None:
    signals, network = signals_of(sizes, activation, seed, theme)
    inputs = np.random.default_rng(seed).normal(size=(2, sizes[0]))
    forward = network.forward(inputs)
    for column, values in enumerate(forward.activations, start=1):
        signals.arrive(column, values[1]).interpolate(1.0)
    brightest = 0.0
    for column, values in enumerate(forward.activations, start=1):
        largest = np.abs(values).max()
        for k, value in enumerate(values[1]):
            neuron = signals.diagram.neuron(column, k)
            assert neuron.inside is not None
            assert neuron.inside.source == math_brief(value, 3)
            assert neuron.number == value
            whole = 1.0 if activation in ("sigmoid", "tanh") else largest or 1.0
            assert neuron.level == pytest.approx(min(abs(value) / whole, 1.0))
            behind = np.array(neuron.ring.get_fill_rgbas()[0, :3])
            ink = rgb(signals.diagram.theme[neuron.ink])
            # The best that any ink can do on a colour half way between the two.
            assert contrast(ink, behind) >= 3.9
            brightest = max(brightest, neuron.level)
    assert 0.0 <= brightest <= 1.0


def test_values_arrive_after_what_was_there_has_gone() -> None:
    signals, _ = signals_of([2, 3, 1], "sigmoid", 4)
    first, second = np.array([0.1, 0.9, 0.5]), np.array([0.7, 0.2, 0.4])
    change = signals.arrive(1, first)
    neuron = signals.diagram.neuron(1, 1)
    assert neuron.inside is not None
    inside = neuron.inside
    assert inside.submobjects[0].get_fill_opacity() == 0.0
    change.interpolate(1.0)
    assert inside.source == "0.900"
    assert inside.submobjects[0].get_fill_opacity() == 1.0
    change = signals.arrive(1, second)
    change.interpolate(0.4)
    assert inside.source == "0.900"
    change.interpolate(1.0)
    assert neuron.inside is inside, "the renderer holds the writing that it began with"
    assert (inside.source, neuron.level) == ("0.200", pytest.approx(0.2))
    neuron.glow(0.0)
    inside.set_fill(opacity=0.0)
    assert neuron.level == 0.0
    change = signals.arrive(1, first)
    change.interpolate(0.2)
    assert inside.submobjects[0].get_fill_opacity() == 0.0, "what was cleared does not flash"


def test_pulses_run_along_every_edge_there_and_back() -> None:
    signals, _ = signals_of([3, 2], "relu", 1)
    edges = signals.diagram.edges(0)
    pulses = Pulses("#ffffff", 0.2, REGION)
    for back in (False, True):
        run = pulses.run(edges, back=back, rate_func=lambda t: t)
        run.interpolate(0.25)
        share = 0.75 if back else 0.25
        assert pulses.positions == pytest.approx(np.array([edge.at(share) for edge in edges]))


def test_a_diagram_of_letters_has_no_signals() -> None:
    with pytest.raises(ValueError, match="must have a network"):
        Signals(NetworkDiagram((2, 1), THEMES["dark"], REGION), [])
