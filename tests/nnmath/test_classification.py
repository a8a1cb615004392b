import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from nnmath import LinearMap, accuracy, best_threshold, count_right, two_curves

finite = st.floats(-1e6, 1e6) | st.integers(-5, 5).map(float)
labelled = st.lists(st.tuples(finite, st.integers(0, 1)), min_size=2, max_size=25).filter(
    lambda pairs: len({label for _, label in pairs}) == 2
)


def right_by_hand(scores, labels, threshold) -> int:
    return sum((score >= threshold) == (label == 1) for score, label in zip(scores, labels, strict=True))


def guess() -> tuple[np.ndarray, np.ndarray]:
    easy = two_curves(1.9)
    return LinearMap([[1, 1]]).apply(easy.points)[:, 0] - 2, easy.labels


def test_the_guessed_layer_gets_132_of_200_with_the_threshold_one() -> None:
    scores, labels = guess()
    best = best_threshold(scores, labels)
    assert best.value == 1.0
    assert (best.right, best.total) == (132, 200)
    assert best.total - best.right == 68
    assert best.accuracy == accuracy(scores, labels, 1.0) == 0.66
    assert count_right(scores, labels, best.value) == 132


@given(labelled)
def test_no_threshold_does_better_and_every_best_one_is_listed(pairs) -> None:
    scores, labels = zip(*pairs, strict=True)
    best = best_threshold(scores, labels)
    levels = sorted(set(scores))
    # One threshold at each score and one above all settle every threshold there is.
    by_hand = {level: right_by_hand(scores, labels, level) for level in levels}
    above = math.inf
    by_hand[above] = right_by_hand(scores, labels, above)
    most = max(by_hand.values())
    assert best.right == most
    below = dict(zip([*levels, above], [-math.inf, *levels], strict=True))
    expected = [[below[level], level] for level in [*levels, above] if by_hand[level] == most]
    assert best.intervals.tolist() == expected


@given(labelled)
def test_the_number_shown_is_the_number_used(pairs) -> None:
    scores, labels = zip(*pairs, strict=True)
    best = best_threshold(scores, labels)
    assert math.isfinite(best.value)
    assert right_by_hand(scores, labels, best.value) == best.right == count_right(scores, labels, best.value)
    low, high = next(row for row in best.intervals.tolist() if row[0] < best.value <= row[1])
    if high - low > max(1e-9 * max(abs(low), abs(high)), 1e-300):
        assert best.value < high


@given(labelled)
def test_the_value_is_a_multiple_of_the_largest_power_of_ten_that_fits(pairs) -> None:
    scores, labels = zip(*pairs, strict=True)
    best = best_threshold(scores, labels)
    bounded = [
        [Fraction(end) for end in row] for row in best.intervals.tolist() if all(map(math.isfinite, row))
    ]
    if not bounded or min(high - low for low, high in bounded) < 1e-6:
        return
    inner = [(low + (high - low) / 20, high - (high - low) / 20) for low, high in bounded]
    for exponent in range(8, -9, -1):
        unit = Fraction(10) ** exponent
        if any(math.ceil(low / unit) * unit <= high for low, high in inner):
            count = Fraction(repr(best.value)) / unit
            assert count.denominator == 1
            return
    raise AssertionError("a threshold this fine is not expected here")


@pytest.mark.parametrize(
    ("scores", "labels", "value"),
    [
        ([0.0, 1.0], [0, 1], 0.5),
        ([-3.0, 4.0], [0, 1], 0.0),
        ([0.12, 0.19], [0, 1], 0.15),
        ([120.0, 380.0], [0, 1], 200.0),
    ],
)
def test_small_examples(scores, labels, value) -> None:
    best = best_threshold(scores, labels)
    assert best.value == value
    assert best.right == len(scores)


@pytest.mark.parametrize(
    ("scores", "labels"), [([1.0, 2.0], [1, 0]), ([5.0, 5.0], [1, 0]), ([7, 8, 9], [1, 1, 0])]
)
def test_where_only_one_class_can_be_had_the_threshold_stands_clear_of_all_scores(scores, labels) -> None:
    best = best_threshold(scores, labels)
    assert not np.isfinite(best.intervals).all(axis=1).any()
    assert not min(scores) <= best.value <= max(scores)
    assert (
        count_right(scores, labels, best.value) == best.right == max(sum(labels), len(labels) - sum(labels))
    )


@pytest.mark.parametrize(
    "scores",
    [
        [1.0, math.nextafter(1.0, 2)],
        [-1.7e308, 1.7e308],
        [5e-324, 1e-323],
        [1e300, 1.0000001e300],
        [-5e-324, 5e-324],
    ],
)
def test_extreme_scores_have_a_threshold_that_works(scores) -> None:
    best = best_threshold(scores, [0, 1])
    assert best.right == right_by_hand(scores, [0, 1], best.value) == 2
    worst = best_threshold(scores, [1, 0])
    assert worst.right == right_by_hand(scores, [1, 0], worst.value) == 1


def test_a_score_at_the_threshold_counts_as_class_one() -> None:
    assert count_right([1.0, 1.0], [1, 0], threshold=1.0) == 1
    assert accuracy([0.9, 1.0], [0, 1], threshold=1.0) == 1
    # One class is enough for counting.
    assert count_right([1.0, 2.0], [1, 1]) == 2


def test_results_are_frozen() -> None:
    scores, labels = guess()
    best = best_threshold(scores, labels)
    with pytest.raises(ValueError, match="read-only"):
        best.intervals[0, 0] = 1
    again = best_threshold(scores, labels)
    assert_array_equal(again.intervals, best.intervals)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: best_threshold([1, 2], [0]), r"labels must be a vector of 2 numbers; got shape \(1,\)"),
        (lambda: best_threshold([], []), "scores must be a vector of at least one number"),
        (lambda: best_threshold([1, 2], [1, 1]), "labels must hold both classes, 0 and 1; got only class 1"),
        (lambda: best_threshold([1, 2, 3], [0, 1, 2]), "labels must be 0 or 1; got classes"),
        (lambda: best_threshold([1, math.nan], [0, 1]), "scores must be finite; got nan at index 1"),
        (lambda: best_threshold([[1], [2]], [0, 1]), r"scores must be a vector .*got shape \(2, 1\)"),
        (lambda: count_right([1, 2], [0, 3]), "labels must be 0 or 1; got 3"),
        (lambda: count_right([1, 2], [0, 1], math.nan), "threshold must be finite; got nan"),
        (lambda: accuracy([1, 2], [0, 1, 1]), "labels must be a vector of 2 numbers"),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
