"""Stacked scores: what a dot histogram may and may not do to them."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.charts.stacking import stack_scores

hundredths = st.integers(-1000, 1000).map(lambda n: n / 100)
floats = st.floats(-1e3, 1e3, allow_nan=False, allow_infinity=False)
scored = st.lists(st.tuples(hundredths | floats, st.integers(0, 2)), min_size=1, max_size=60)
widths = st.sampled_from([0.1, 0.01, 0.3, 1 / 3, 1.0, 7.0])


def split(pairs: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores and the labels of (score, label) pairs."""
    scores, labels = zip(*pairs, strict=True)
    return np.array(scores, dtype=float), np.array(labels)


@given(scored, widths, hundredths)
def test_no_column_holds_scores_of_both_sides(
    pairs: list[tuple[float, int]], width: float, threshold: float
) -> None:
    scores, labels = split(pairs)
    stacks = stack_scores(scores, labels, width=width, threshold=threshold)
    sides = defaultdict(set)
    for score, center in zip(scores, stacks.centers, strict=True):
        sides[center].add(bool(score >= threshold))
        # The column stands on the side of its scores, whole.
        edge = center - width / 2 if score >= threshold else center + width / 2
        assert (edge - threshold) * (1 if score >= threshold else -1) >= -1e-9 * (1 + abs(edge))
    assert all(len(side) == 1 for side in sides.values())


@given(scored, widths, hundredths)
def test_levels_count_each_column_without_gaps(
    pairs: list[tuple[float, int]], width: float, threshold: float
) -> None:
    scores, labels = split(pairs)
    stacks = stack_scores(scores, labels, width=width, threshold=threshold)
    columns = defaultdict(list)
    for label, center, level, score in zip(labels, stacks.centers, stacks.levels, scores, strict=True):
        columns[label, center].append((int(level), float(score)))
    for column in columns.values():
        column.sort()
        assert [level for level, _ in column] == list(range(len(column)))
        assert [score for _, score in column] == sorted(score for _, score in column)
    assert sum(map(len, columns.values())) == len(scores)
    assert stacks.tallest == max(map(len, columns.values()))


@given(scored, widths, hundredths)
def test_every_score_stands_within_half_a_column_of_its_value(
    pairs: list[tuple[float, int]], width: float, threshold: float
) -> None:
    scores, labels = split(pairs)
    stacks = stack_scores(scores, labels, width=width, threshold=threshold)
    assert np.abs(stacks.centers - scores).max() <= width / 2 + 1e-9 * (1 + np.abs(scores).max())
    # Columns are whole widths apart.
    steps = (stacks.centers - threshold) / width - 0.5
    assert steps == pytest.approx(np.round(steps), abs=1e-6)


@given(scored, widths, hundredths, st.randoms(use_true_random=False))
def test_the_heap_does_not_depend_on_the_order_of_the_scores(
    pairs: list[tuple[float, int]], width: float, threshold: float, random: object
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    heaps = []
    for some in (pairs, shuffled):
        scores, labels = split(some)
        stacks = stack_scores(scores, labels, width=width, threshold=threshold)
        heaps.append(Counter(zip(labels, stacks.centers, stacks.levels, scores, strict=True)))
    assert heaps[0] == heaps[1]


def test_a_score_at_the_threshold_belongs_above_it() -> None:
    scores = np.array([0.3, np.nextafter(0.3, -1), 0.3])
    stacks = stack_scores(scores, [1, 1, 0], width=0.1, threshold=0.3)
    assert stacks.centers == pytest.approx([0.35, 0.25, 0.35])
    assert stacks.levels.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"width": 0.0}, "width must be positive"),
        ({"threshold": float("nan")}, "threshold must be finite"),
        ({"scores": [1.0, float("inf")]}, "scores must be finite"),
        ({"labels": [0]}, "labels must be a vector of 2 numbers"),
    ],
)
def test_what_cannot_be_stacked_is_refused_by_name(changed: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"scores": [1.0, 2.0], "labels": [0, 1], "width": 0.1, "threshold": 0.0}
    arguments |= changed
    with pytest.raises(ValueError, match=message):
        stack_scores(**arguments)  # type: ignore[arg-type]
