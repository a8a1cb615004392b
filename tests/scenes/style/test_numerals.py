"""Numbers as written can be read back, and add up."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scenes.style.numerals import (
    all_shown,
    fixed,
    math_column,
    math_equals,
    math_factor,
    math_fixed,
    math_matrix,
    math_number,
    math_percent,
    math_term,
    numeral,
    shown,
    written,
    written_dot,
)

plain = st.floats(-99_999, 99_999)
finite = st.floats(allow_nan=False, allow_infinity=False)
places = st.integers(0, 6)


def read(text: str) -> float:
    """Return the number that a viewer reads."""
    return float(text.replace("−", "-"))


@given(plain, places)
@example(0.125, 2)
@example(2.675, 2)
@example(-0.001, 2)
@example(99_998.996, 2)
def test_what_is_written_reads_back_as_the_rounded_number(value: float, places: int) -> None:
    text = numeral(value, places)
    assert read(text) == shown(value, places)
    # Nearer to the value than half a unit of the last place, by exact arithmetic on what the float prints as.
    assert abs(Fraction(repr(shown(value, places))) - Fraction(repr(value))) <= Fraction(1, 2 * 10**places)
    assert read(fixed(value, places)) == shown(value, places)


@given(finite, places)
@example(1e30, 2)
@example(-1e30, 6)
@example(1.7976931348623157e308, 2)
@example(5e-324, 2)
def test_every_finite_number_is_written_shortly(value: float, places: int) -> None:
    text = numeral(value, places)
    assert len(text) <= 14
    assert set(text) <= set("0123456789.−e")
    assert text != "−0"
    assert not text.startswith("−0e")
    if abs(value) >= 100_000:
        assert read(text) == pytest.approx(value, rel=0.06) or math.isinf(read(text))


@given(st.floats(-0.0049, 0.0049))
def test_nothing_rounds_to_a_negative_nought(value: float) -> None:
    assert numeral(value) == "0"
    assert fixed(value) == "0.00"
    assert math.copysign(1.0, shown(value)) == 1.0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-1.5, "−1.5"),
        (0.30000000000000004, "0.3"),
        (100.0, "100"),
        (1e30, "1e30"),
        (-2.5e7, "−2.5e7"),
        (99_999.999, "1e5"),
        (9.96e9, "1e10"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: float, text: str) -> None:
    assert numeral(value) == text


@given(plain, places)
def test_columns_line_up(value: float, places: int) -> None:
    text = fixed(value, places)
    assert len(text.partition(".")[2]) == places
    assert text.startswith("−") == (shown(value, places) < 0)


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_shown_sums_of_shown_numbers_are_exact(a: int, b: int) -> None:
    first, second = shown(a / 10), shown(b / 10)
    assert Fraction(numeral(first + second).replace("−", "-")) == Fraction(a + b, 10)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="value must be finite"):
        numeral(value)


def test_formulas_use_the_sign_that_formulas_understand() -> None:
    assert math_number(-1.5) == "-1.5"
    assert math_number(-2.5e7) == "-2.5 dot 10^(7)"
    assert math_factor(-1.5) == "(-1.5)"
    assert math_factor(1.5) == "1.5"
    assert math_column(np.array([1.0, -0.001])) == 'mat(delim: "[", 1; 0)'


def test_every_entry_of_a_matrix_is_a_part() -> None:
    from scenes.style.markup import part_key
    from scenes.style.typesetting import set_formula

    outlines = set_formula(math_matrix([[1, -2.5], [0, 4]]), ("Source Sans 3",))
    keys = [part_key(f"w{m}{n}") for m in (1, 2) for n in (1, 2)]
    assert set(keys) <= set(outlines.parts)
    middles = {key: outlines.parts[key].mean(axis=0) for key in keys}
    upper_left, upper_right, lower_left, lower_right = (middles[key] for key in keys)
    assert upper_left[0] < upper_right[0]
    assert lower_left[0] < lower_right[0]
    assert upper_left[1] > lower_left[1]
    assert upper_right[1] > lower_right[1]


@given(finite, places)
@example(123_456.0, 2)
def test_what_is_written_is_known_exactly(value: float, places: int) -> None:
    assert Fraction(written(value, places)) == Fraction(numeral(value, places).replace("−", "-"))


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=4), plain)
def test_a_sum_of_products_is_exact_as_written(pairs: list[tuple[float, float]], bias: float) -> None:
    weights, inputs = all_shown(pairs).T
    truth = Fraction(repr(shown(bias)))
    for weight, value in pairs:
        truth += Fraction(numeral(weight).replace("−", "-")) * Fraction(numeral(value).replace("−", "-"))
    assert Fraction(written_dot(weights, inputs, shown(bias))) == truth


@given(st.lists(st.lists(plain, min_size=3, max_size=3), max_size=3), places)
def test_arrays_are_rounded_number_by_number(rows: list[list[float]], places: int) -> None:
    assert all_shown(rows, places).tolist() == [[shown(value, places) for value in row] for row in rows]


def test_what_is_rounded_is_not_called_equal() -> None:
    assert (math_equals(True), math_equals(False)) == ("=", "approx")


@given(plain, places)
@example(-0.001, 2)
def test_formulas_and_text_say_the_same(value: float, places: int) -> None:
    assert math_fixed(value, places) == fixed(value, places).replace("−", "-")
    sign, size = math_term(value, places).split(" ")
    assert size == math_number(abs(value), places)
    assert sign == ("-" if shown(value, places) < 0 else "+")


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (1, 2, "= 50 %"),
        (174, 200, "= 87 %"),
        (1, 3, "approx 33.3 %"),
        (1, 1600, "approx 0.1 %"),
        (7, 1000, "= 0.7 %"),
    ],
)
def test_a_share_says_whether_it_is_exact(part: int, whole: int, words: str) -> None:
    assert math_percent(part, whole) == words
