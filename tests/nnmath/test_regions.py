import math
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from nnmath import (
    Layer,
    Network,
    decision_boundary,
    leaky_relu,
    linear_regions,
    random_network,
    train_classifier,
    two_curves,
)

LOWER, UPPER = (-5.0, -3.0), (5.0, 3.0)
seeds = st.integers(0, 2**32 - 1)
shapes = st.sampled_from([(2, 1), (2, 2, 1), (2, 5, 1), (2, 3, 3, 1)])
hidden = st.sampled_from(["relu", "identity", leaky_relu(0.1)])


def some_network(seed, sizes, chosen, output="identity") -> Network:
    rng = np.random.default_rng(seed)
    network = random_network(sizes, [*[chosen] * (len(sizes) - 2), output], rng=rng)
    return network.with_parameters(network.parameters + rng.normal(scale=0.7, size=network.parameter_count))


def area(corners) -> float:
    x, y = np.asarray(corners).T
    return 0.5 * float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))


@settings(max_examples=60)
@given(seeds, shapes, hidden)
def test_regions_tile_the_box_and_the_network_is_linear_on_each(seed, sizes, chosen) -> None:
    network = some_network(seed, sizes, chosen)
    regions = linear_regions(network, LOWER, UPPER)
    assert math.isclose(sum(area(region.corners) for region in regions), 60, rel_tol=1e-9)
    rng = np.random.default_rng(seed)
    for region in regions:
        assert area(region.corners) > 0
        share = rng.dirichlet(np.ones(len(region.corners)), size=5)
        inside = share @ region.corners
        done = network.forward(inside)
        assert_allclose(inside @ region.weights.T + region.bias, done.output, atol=1e-9)
        for pre_activation, active in zip(done.pre_activations, region.active, strict=False):
            if area(region.corners) > 1e-6 and chosen != "identity":
                assert ((pre_activation > 1e-9) <= np.array(active)).all()
                assert ((pre_activation < -1e-9) <= ~np.array(active)).all()


@settings(max_examples=60)
@given(seeds, shapes, hidden, st.floats(-0.5, 0.5))
def test_the_output_equals_the_level_along_every_segment(seed, sizes, chosen, level) -> None:
    network = some_network(seed, sizes, chosen)
    segments = decision_boundary(network, LOWER, UPPER, level)
    assert segments.shape[1:] == (2, 2)
    for start, end in segments:
        along = start + np.linspace(0, 1, 7)[:, None] * (end - start)
        assert_allclose(network.forward(along).output, level, atol=1e-8)
        assert (along >= np.array(LOWER) - 1e-9).all()
        assert (along <= np.array(UPPER) + 1e-9).all()


@settings(max_examples=60)
@given(seeds, shapes, hidden)
def test_every_change_of_side_along_a_ray_is_on_the_boundary(seed, sizes, chosen) -> None:
    network = some_network(seed, sizes, chosen)
    segments = decision_boundary(network, LOWER, UPPER)
    rng = np.random.default_rng(seed)
    start, end = rng.uniform(LOWER, UPPER, size=(2, 2))
    ray = start + np.linspace(0, 1, 400)[:, None] * (end - start)
    scores = network.forward(ray).output[:, 0]
    for index in np.flatnonzero(np.sign(scores[:-1]) * np.sign(scores[1:]) < 0):
        crossing = (ray[index] + ray[index + 1]) / 2
        spacing = np.hypot(*(ray[1] - ray[0]))
        assert min(distance(crossing, segment) for segment in segments) <= spacing


def distance(point, segment) -> float:
    start, end = segment
    along = end - start
    share = np.clip((point - start) @ along / (along @ along), 0, 1)
    return float(np.hypot(*(point - start - share * along)))


def test_the_bent_line_of_the_hard_curves_is_one_polyline_between_them() -> None:
    hard = two_curves(0.7)
    network = train_classifier(hard, seed=0).network
    segments = decision_boundary(network, LOWER, UPPER)
    assert 2 <= len(segments) <= 3
    for first, second in pairwise(segments):
        assert_allclose(first[1], second[0], atol=1e-9)
    line = np.concatenate([segments[:, 0], segments[-1:, 1]])
    line = line[np.argsort(line[:, 0])]
    for points, above in ((hard.of_class(0), False), (hard.of_class(1), True)):
        heights = np.interp(points[:, 0], line[:, 0], line[:, 1])
        assert ((points[:, 1] > heights) == above).all()


def test_a_known_fold_has_known_segments() -> None:
    # |x1| - x2 = 0: two half lines from the origin.
    network = Network(
        (Layer([[1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 4, "relu"), Layer([[1, 1, -1, 1]], [0]))
    )
    segments = decision_boundary(network, (-2, -2), (2, 2))
    ends = sorted(sorted(map(tuple, np.round(segment, 12) + 0.0)) for segment in segments)
    assert ends == [[(-2, 2), (0, 0)], [(0, 0), (2, 2)]]


def test_a_boundary_along_a_crease_is_one_segment() -> None:
    # relu(x1) - relu(-x1) is x1, zero just where both units fold.
    network = Network((Layer([[1, 0], [-1, 0]], [0, 0], "relu"), Layer([[1, -1]], [0])))
    segments = decision_boundary(network, (-2, -1), (2, 1))
    assert np.sort(segments[:, :, 1], axis=1).tolist() == [[-1, 1]]
    assert not segments[:, :, 0].any()


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_a_boundary_of_three_segments_is_told_from_end_to_end(order) -> None:
    # x2 = |x1 + 1| - |x1 - 1|, which is 2 x1 between -1 and 1 and -2 or 2 outside; x2 + 9 is never folded.
    units = np.array([[1, 0, 1], [-1, 0, -1], [1, 0, -1], [-1, 0, 1], [0, 1, 9]])[list(order)]
    outgoing = np.array([1, 1, -1, -1, -1])[list(order)]
    network = Network((Layer(units[:, :2], units[:, 2], "relu"), Layer([outgoing], [9])))
    segments = decision_boundary(network, (-4, -5), (4, 5))
    corners = np.concatenate([segments[:, 0], segments[-1:, 1]])
    assert_allclose(corners[np.argsort(corners[:, 0])], [[-4, -2], [-1, -2], [1, 2], [4, 2]], atol=1e-9)
    for first, second in pairwise(segments):
        assert_allclose(first[1], second[0], atol=1e-9)


def test_a_sigmoid_output_is_crossed_at_its_own_level() -> None:
    straight = Network((Layer([[1, 0]], [0], "sigmoid"),))
    assert_allclose(decision_boundary(straight, (-2, -1), (2, 1), 0.5)[0][:, 0], 0, atol=1e-12)
    assert_allclose(decision_boundary(straight, (-2, -1), (2, 1), 0.75)[0][:, 0], math.log(3))
    assert decision_boundary(straight, (-2, -1), (2, 1), 0.99).shape == (0, 2, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: decision_boundary(some_network(0, (3, 1), "relu"), LOWER, UPPER),
            "network must have 2 inputs; got 3",
        ),
        (
            lambda: decision_boundary(some_network(0, (2, 2), "relu"), LOWER, UPPER),
            "network must have 1 output; got 2",
        ),
        (lambda: linear_regions(some_network(0, (2, 2, 1), "tanh"), LOWER, UPPER), "hidden relu.*got tanh"),
        (
            lambda: decision_boundary(some_network(0, (2, 1), "relu", "tanh"), LOWER, UPPER),
            "output of identity or",
        ),
        (lambda: linear_regions(some_network(0, (2, 1), "relu"), UPPER, LOWER), "upper must be above lower"),
        (
            lambda: decision_boundary(some_network(0, (2, 1), "relu"), [0], UPPER),
            "lower must be a vector of 2",
        ),
        (
            lambda: decision_boundary(some_network(0, (2, 1), "relu", "sigmoid"), LOWER, UPPER, 1.0),
            "level must be positive and below 1 and finite; got 1",
        ),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
