from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from nnmath import interleaved_order, two_curves

two_classes = st.lists(st.integers(0, 1), min_size=1, max_size=80)
any_classes = st.lists(st.integers(0, 4), min_size=1, max_size=80)


def test_worked_orders() -> None:
    assert interleaved_order([0, 0, 0, 0, 1, 1, 1, 1]).tolist() == [0, 4, 5, 1, 2, 6, 7, 3]
    assert interleaved_order([0, 0, 0, 1]).tolist() == [0, 1, 3, 2]
    assert interleaved_order([1, 0, 0]).tolist() == [1, 0, 2]
    assert interleaved_order([3]).tolist() == [0]


@given(any_classes)
def test_every_mark_is_drawn_once_and_each_class_in_its_own_order(labels) -> None:
    order = interleaved_order(labels)
    assert sorted(order.tolist()) == list(range(len(labels)))
    for each in set(labels):
        members = [mark for mark in order.tolist() if labels[mark] == each]
        assert members == sorted(members)
    assert_array_equal(order, interleaved_order(np.array(labels)))
    with pytest.raises(ValueError, match="read-only"):
        order[0] = 0


@given(two_classes)
def test_in_every_prefix_each_class_has_its_share_to_half_a_mark(labels) -> None:
    drawn = [labels[mark] for mark in interleaved_order(labels).tolist()]
    for each in (0, 1):
        share = Fraction(labels.count(each), len(labels))
        for length in range(len(labels) + 1):
            assert abs(drawn[:length].count(each) - share * length) <= Fraction(1, 2)


@given(two_classes)
def test_either_class_lies_on_top_equally_often(labels) -> None:
    drawn = np.array(labels)[interleaved_order(labels)]
    zeros_before = np.cumsum(drawn == 0)
    ones_on_top = int(zeros_before[drawn == 1].sum())
    pairs = labels.count(0) * labels.count(1)
    assert abs(2 * ones_on_top - pairs) <= 1


def test_neighbours_of_the_two_curves_cover_each_other_by_turns() -> None:
    dataset = two_curves(0.0)
    rank = np.argsort(interleaved_order(dataset.labels))
    on_top = rank[100:] > rank[:100]
    assert np.count_nonzero(on_top) == 50
    assert (on_top[1:] != on_top[:-1]).all()


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([], "labels must be a vector of at least one number"),
        ([0, 0.5], "labels must be whole class numbers 0, 1, 2, ...; got 0.5 at index 1"),
        ([[0, 1]], "labels must be a vector"),
    ],
)
def test_bad_arguments_are_named(labels, message) -> None:
    with pytest.raises(ValueError, match=message):
        interleaved_order(labels)
