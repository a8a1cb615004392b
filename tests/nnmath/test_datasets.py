import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnmath import Dataset, fruit, people, two_curves, xor


@given(gap=st.floats(0, 10), count=st.integers(2, 300))
def test_two_curves_are_an_arch_shifted_down_and_up(gap: float, count: int) -> None:
    dataset = two_curves(gap, count)
    lower, upper = dataset.of_class(0), dataset.of_class(1)
    assert lower.shape == upper.shape == (count, 2)
    assert dataset.labels.tolist() == [0] * count + [1] * count
    np.testing.assert_allclose(np.diff(lower[:, 0]), 9 / (count - 1), atol=1e-12)
    np.testing.assert_allclose(upper - lower, np.tile([0.0, gap], (count, 1)), atol=1e-12)
    # An independent form of the arch: cos(pi x / 6) = 1 - 2 sin(pi x / 12)^2.
    middle = [0.7 * (1 - 2 * math.sin(math.pi * x / 12) ** 2) for x in lower[:, 0]]
    np.testing.assert_allclose((lower + upper)[:, 1] / 2, middle, atol=1e-12)


def test_default_curves_are_the_easy_set() -> None:
    dataset = two_curves()
    assert len(dataset) == 200
    # The two middle points of a hundred stand half a step from the top.
    top = 0.7 * math.cos(math.pi / 6 * 4.5 / 99) + 0.95
    np.testing.assert_allclose(dataset.extent, [[-4.5, -0.7 * math.sqrt(0.5) - 0.95], [4.5, top]])


def test_noise_has_the_standard_deviation_asked_for_in_both_coordinates() -> None:
    clean = two_curves(1.0, 5000)
    noisy = two_curves(1.0, 5000, noise=0.2, rng=np.random.default_rng(7))
    error = noisy.points - clean.points
    # 10 000 samples know a standard deviation to 0.7 %; four times that is allowed.
    np.testing.assert_allclose(error.std(axis=0), 0.2, rtol=0.03)
    np.testing.assert_allclose(error.mean(axis=0), 0, atol=0.01)
    again = two_curves(1.0, 5000, noise=0.2, rng=np.random.default_rng(7))
    np.testing.assert_array_equal(noisy.points, again.points)


def test_xor_and_people_say_what_the_tables_say() -> None:
    for (first, second), label in zip(xor().points.astype(int), xor().labels, strict=True):
        assert label == first ^ second
    answers = {
        tuple(point): label for point, label in zip(people().points.tolist(), people().labels, strict=True)
    }
    assert answers == {(-2, -1): 1, (25, 6): 0, (17, 4): 0, (-15, -6): 1}


@pytest.mark.parametrize("seed", range(5))
def test_fruit_clouds_fill_two_rectangles_and_the_ring_goes_round(seed: int) -> None:
    clouds = fruit("clouds", rng=np.random.default_rng(seed))
    strawberries, blueberries = clouds.of_class(0), clouds.of_class(1)
    assert len(strawberries) == len(blueberries) == 50
    assert strawberries[:, 0].min() > blueberries[:, 0].max()
    assert strawberries[:, 1].max() < blueberries[:, 1].min()
    ring = fruit("ring", rng=np.random.default_rng(seed))
    outer, inner = np.hypot(*ring.of_class(0).T), np.hypot(*ring.of_class(1).T)
    assert (len(outer), len(inner)) == (60, 50)
    assert inner.max() <= 1.6 < 2.6 <= outer.min() <= outer.max() <= 3.8
    # The origin is surrounded: no direction without strawberries within 45 degrees.
    angles = np.sort(np.arctan2(*ring.of_class(0).T[::-1]))
    assert np.diff(np.append(angles, angles[0] + 2 * np.pi)).max() < np.pi / 2


def test_fruit_of_the_ring_are_spread_evenly_over_its_area() -> None:
    rings = [fruit("ring", rng=np.random.default_rng(seed)) for seed in range(60)]
    for label, inner, outer in ((0, 2.6, 3.8), (1, 0.0, 1.6)):
        radii = np.concatenate([np.hypot(*ring.of_class(label).T) for ring in rings])
        inside = (radii**2 - inner**2) / (outer**2 - inner**2)
        # Over 3000 fruit the share of the area inside each is uniform to about 0.005.
        np.testing.assert_allclose(np.quantile(inside, [0.25, 0.5, 0.75]), [0.25, 0.5, 0.75], atol=0.04)


def test_a_dataset_keeps_its_own_copy_that_nobody_can_change() -> None:
    points, labels = np.zeros((2, 2)), np.array([0, 1])
    dataset = Dataset(points, labels, "mine")
    points[0, 0] = 5
    labels[0] = 1
    assert dataset.points[0, 0] == 0
    assert dataset.labels[0] == 0
    for array in (dataset.points, dataset.labels, dataset.extent, dataset.of_class(0)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        dataset.name = "other"  # type: ignore[misc]
    assert dataset.classes == (0, 1)
    assert dataset.of_class(7).shape == (0, 2)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: two_curves(gap=-1), r"gap must be at least 0 and finite; got -1"),
        (lambda: two_curves(gap=math.nan), r"gap must be .*got nan"),
        (lambda: two_curves(gap="wide"), r"gap must be .*got 'wide'"),
        (
            lambda: two_curves(points_per_curve=1),
            r"points_per_curve must be a whole number of at least 2.*got 1",
        ),
        (lambda: two_curves(points_per_curve=2.5), r"points_per_curve must be a whole number.*got 2.5"),
        (lambda: two_curves(noise=-0.1, rng=np.random.default_rng()), r"noise must be at least 0.*got -0.1"),
        (lambda: two_curves(noise=0.1), r"rng must be a numpy random Generator.*got None"),
        (lambda: fruit("row", rng=np.random.default_rng()), r"arrangement must be clouds or ring; got 'row'"),
        (lambda: fruit("ring", rng=3), r"rng must be a numpy random Generator.*got 3"),
        (lambda: Dataset([[1, 2, 3]], [0], ""), r"points must have shape \(rows, 2\).*got shape \(1, 3\)"),
        (lambda: Dataset(np.zeros((0, 2)), [], ""), r"points must have .*at least one row"),
        (lambda: Dataset([[1, 2], [3]], [0, 1], ""), r"points must be a rectangular array"),
        (lambda: Dataset([[1, math.inf]], [0], ""), r"points must be finite; got inf at index \(0, 1\)"),
        (lambda: Dataset([[1, 2j]], [0], ""), r"points must hold real numbers"),
        (lambda: Dataset([["1", "2"]], [0], ""), r"points must hold real numbers"),
        (lambda: Dataset([[1, 2]], [0, 1], ""), r"labels must be a vector of 1 numbers; got shape \(2,\)"),
        (lambda: Dataset([[1, 2]], [0.5], ""), r"labels must be whole class numbers.*got 0.5 at index 0"),
        (lambda: Dataset([[1, 2]], [-1], ""), r"labels must be whole class numbers.*got -1"),
    ],
)
def test_bad_arguments_are_named(make, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        make()
    assert "\n" not in str(caught.value)
