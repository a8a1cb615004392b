"""A large count changes its number and nothing else."""

from __future__ import annotations

import pytest

from scenes.parts.writing.counter import Counter
from scenes.style.layout import CAPTION_SIZE
from scenes.style.theme import THEMES

DARK = THEMES["dark"]


def test_its_words_stay_put_while_it_counts() -> None:
    counter = Counter(DARK, "of 200 right", "en", 0, widest=200)
    counter.shift([1.0, 2.0, 0.0])
    words, left = counter.words.get_center().copy(), float(counter.number.get_left()[0])
    baseline = counter.words.baseline
    for value in (7, 98, 132, 200, 11):
        counter.show(value)
        assert counter.value == value
        assert counter.number.source == str(value)
        assert counter.words.get_center() == pytest.approx(words)
        assert float(counter.number.get_left()[0]) == pytest.approx(left, abs=1e-6)
        assert counter.number.baseline == pytest.approx(baseline, abs=1e-6)
        assert counter.number.get_right()[0] < counter.words.get_left()[0]


def test_it_is_the_largest_writing_of_a_picture() -> None:
    counter = Counter(DARK, "／200 正確", "zh-Hant", 166)
    assert counter.number.size >= 2 * CAPTION_SIZE
    assert counter.words.size < counter.number.size


def test_numbers_can_be_written_otherwise() -> None:
    counter = Counter(DARK, "%", "en", 5, write=lambda number: f"{number / 10:.1f}")
    assert counter.number.source == "0.5"
    assert counter.show(12).number.source == "1.2"
