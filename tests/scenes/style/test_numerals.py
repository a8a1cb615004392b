"""Numbers as written can be read back, and add up."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scenes.style.numerals import (
    all_written,
    fixed,
    math_bracketed,
    math_brief,
    math_column,
    math_equals,
    math_factor,
    math_fixed,
    math_matrix,
    math_number,
    math_percent,
    math_significant,
    math_term,
    numeral,
    shown,
    significant,
    written,
    written_dot,
)

plain = st.floats(-99_999, 99_999)
finite = st.floats(allow_nan=False, allow_infinity=False)
places = st.integers(0, 6)
LOWERED = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def read(text: str) -> float:
    """Return the number that a viewer reads."""
    return float(text.replace("·10", "e").translate(LOWERED))


@given(plain, places)
@example(0.125, 2)
@example(2.675, 2)
@example(-0.001, 2)
@example(99_998.996, 2)
def test_what_is_written_reads_back_as_the_rounded_number(value: float, places: int) -> None:
    rounded = shown(value, places)
    # Nearer to the value than half a unit of the last place, by exact arithmetic on what the float prints as.
    assert abs(Fraction(repr(rounded)) - Fraction(repr(value))) <= Fraction(1, 2 * 10**places)
    assert read(fixed(value, places)) == rounded
    if rounded != 0 or value == 0:
        assert read(numeral(value, places)) == rounded


@given(finite, places)
@example(1e30, 2)
@example(-1e30, 6)
@example(1.7976931348623157e308, 2)
@example(5e-324, 2)
@example(-3.2e-7, 2)
def test_every_finite_number_is_written_shortly_and_read_as_what_it_says(value: float, places: int) -> None:
    text = numeral(value, places)
    assert len(text) <= 14
    assert set(text) <= set("0123456789.−·⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    assert read(text) == float(written(value, places)) == all_written([[value]], places)[0, 0]
    assert (text == "0") == (value == 0)
    if abs(value) >= 100_000:
        assert read(text) == pytest.approx(value, rel=0.06) or math.isinf(read(text))
    elif 1e-300 < abs(value) < 0.5 * 10.0**-places:
        assert read(text) == pytest.approx(value, rel=0.34)


@given(st.floats(-0.0049, 0.0049))
def test_in_a_column_nothing_rounds_to_a_negative_nought(value: float) -> None:
    assert fixed(value) == "0.00"
    assert math.copysign(1.0, shown(value)) == 1.0
    assert numeral(0.0 * value) == "0"


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=4), plain)
def test_sums_of_what_is_written_are_exact(pairs: list[tuple[float, float]], bias: float) -> None:
    (weights, inputs), shift = all_written(np.array(pairs).T), float(written(bias))
    products = (
        Fraction(repr(w)) * Fraction(repr(x)) for w, x in zip(weights.tolist(), inputs.tolist(), strict=True)
    )
    truth = sum(products, Fraction(repr(shift)))
    assert Fraction(written_dot(weights, inputs, shift)) == truth


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-1.5, "−1.5"),
        (0.30000000000000004, "0.3"),
        (100.0, "100"),
        (1e30, "1·10³⁰"),
        (-2.5e7, "−2.5·10⁷"),
        (99_999.999, "1·10⁵"),
        (9.96e9, "1·10¹⁰"),
        (3e-7, "3·10⁻⁷"),
        (-0.00321, "−0.003"),
        (-0.000321, "−3·10⁻⁴"),
        (0.00996, "0.01"),
        (5e-324, "5·10⁻³²⁴"),
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
    assert math_number(-2.5e7) == '-2.5 class("normal", dot) 10^(7)'
    assert math_factor(-1.5) == "(-1.5)"
    assert math_factor(1.5) == "1.5"
    assert math_factor(3e-7) == '(3 class("normal", dot) 10^(-7))'
    assert math_column(np.array([1.0, -0.001])) == 'mat(delim: "[", 1; -0.001)'


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


def test_what_is_rounded_is_not_called_equal() -> None:
    assert (math_equals(True), math_equals(False)) == ("=", "approx")


@given(plain, places)
@example(-0.001, 2)
def test_formulas_and_text_say_the_same(value: float, places: int) -> None:
    assert math_fixed(value, places) == fixed(value, places).replace("−", "-")
    sign, size = math_term(value, places).split(" ", 1)
    assert size == math_number(abs(value), places)
    assert sign == ("-" if numeral(value, places).startswith("−") else "+")


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


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.9990889488055994, "0.999"),
        (-0.0004, "0.000"),
        (9.99951, "10.00"),
        (-12.3456, "-12.35"),
        (-123.456, "-123.5"),
        (99999.4, "99999"),
        (123456.0, '1.2 class("normal", dot) 10^(5)'),
    ],
)
def test_brief_numbers_are_about_equally_long(value: float, written: str) -> None:
    assert math_brief(value, 3) == written


@given(st.floats(-1e300, 1e300), st.integers(1, 6))
def test_significant_digits_are_those_that_were_asked_for(value: float, digits: int) -> None:
    number = significant(value, digits)
    assert float(number) == pytest.approx(value, rel=0.5000001 * 10.0 ** (1 - digits), abs=5e-324)
    text = math_significant(value, digits)
    mantissa, _, power = text.partition(' class("normal", dot) 10^(')
    assert Decimal(mantissa).scaleb(int(power.rstrip(")") or 0), Context(prec=1500)) == number
    # Nothing but 0 is written as 0, and only what is large has more digits than were asked for.
    assert (text == "0") == (value == 0)
    if abs(value) < 1:
        assert len(mantissa.lstrip("-0.").replace(".", "")) <= digits


def test_numbers_that_change_keep_their_noughts() -> None:
    assert [math_significant(x, full=True) for x in (0.5, 1.0, 0.0474, -2.0)] == [
        "0.500",
        "1.00",
        "0.0474",
        "-2.00",
    ]
    assert [math_significant(x) for x in (0.5, 1.0, 12345.6, -2.0)] == ["0.5", "1", "12346", "-2"]
    assert math_significant(-1e-60) == '-1 class("normal", dot) 10^(-60)'
    assert math_bracketed("-0.5") == "(-0.5)"
    assert math_bracketed("0.5") == "0.5"
