"""Numbers as they are written on screen, and arithmetic that adds up as written."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from scenes.style.markup import named

FloatArray = npt.NDArray[np.float64]

PLACES = 2
# From here on numbers are written as powers of ten.
_LARGEST_PLAIN = 100_000
# Numbers of so many digits, rather than so many decimals, are plain from the one power of ten to the other.
_SMALLEST_POWER, _LARGEST_POWER = -3, 5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# The largest float has 309 digits before its decimal point; Decimal's default keeps 28 in all.
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_EVEN)
# From the first digit of the largest product of two floats to the last one of the smallest.
_EXACT = Context(prec=1500)


def shown(value: float, places: int = PLACES) -> float:
    """Return `value` rounded to `places` decimals: what a viewer reads in a column of numbers."""
    if not math.isfinite(value):
        raise ValueError(f"value must be finite; got {value}")
    rounded = float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), context=_ROUNDING))
    return rounded + 0.0  # no negative nought


def written(value: float, places: int = PLACES) -> Decimal:
    """Return exactly what `numeral` writes for `value`."""
    power = _power_of_ten(value, places)
    return Decimal(repr(shown(value, places))) if power is None else Decimal("{}e{}".format(*power))


def all_written(values: ArrayLike, places: int = PLACES) -> FloatArray:
    """Return the numbers that a viewer reads where `numeral` writes each of `values`, in their shape."""
    numbers = np.asarray(values, dtype=np.float64)
    read = [float(written(value, places)) for value in numbers.ravel().tolist()]
    return np.array(read).reshape(numbers.shape)


def written_dot(weights: FloatArray, inputs: FloatArray, bias: float = 0.0) -> Decimal:
    """Return weights · inputs + bias, `(n,)` each, to the last digit: the sum of numbers as written."""
    pairs = zip(weights.tolist(), inputs.tolist(), strict=True)
    with localcontext(_EXACT):
        return sum((Decimal(repr(a)) * Decimal(repr(b)) for a, b in pairs), Decimal(repr(bias)))


def _power_of_ten(value: float, places: int) -> tuple[str, int] | None:
    """Return mantissa and exponent of what is too large for the decimals, or would be 0 but for its form."""
    rounded = shown(value, places)
    if abs(rounded) < _LARGEST_PLAIN and (rounded != 0 or value == 0):
        return None
    # A tiny number says how tiny it is; a second digit would say no more.
    mantissa, exponent = (f"{value:.0e}" if rounded == 0 else f"{value:.1e}").split("e")
    return mantissa.removesuffix(".0"), int(exponent)


def numeral(value: float, places: int = PLACES) -> str:
    """Return `value` as plain text with at most `places` decimals, no idle noughts, and a true minus sign.

    What would be rounded to 0 without being 0 has one decimal more if that shows it, 0.003; else it is
    written as a power of ten, 3·10⁻⁷, as is what is huge.
    """
    power = _power_of_ten(value, places)
    if power is not None and power[1] == -places - 1:
        return f"{float(value):.{places + 1}f}".replace("-", "−")
    if power is not None:
        mantissa, exponent = power
        return f"{mantissa}·10{str(exponent).translate(_RAISED)}".replace("-", "−")
    digits = f"{shown(value, places):.{places}f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace("-", "−")


def fixed(value: float, places: int = PLACES) -> str:
    """Return `value` with exactly `places` decimals, for columns of numbers that line up."""
    rounded = shown(value, places)
    return ("−" if rounded < 0 else "") + f"{abs(rounded):.{places}f}"


def math_number(value: float, places: int = PLACES) -> str:
    """Return `value` as formula markup."""
    power = _power_of_ten(value, places)
    if power is not None and power[1] != -places - 1:
        # As one number, without the spaces of a product.
        return '{} class("normal", dot) 10^({})'.format(*power)
    return numeral(value, places).replace("−", "-")


def math_fixed(value: float, places: int = PLACES) -> str:
    """Return `value` as formula markup with exactly `places` decimals."""
    return fixed(value, places).replace("−", "-")


def math_brief(value: float, places: int = PLACES) -> str:
    """Return `value` as formula markup of about the same length whatever its size.

    It has `places` decimals, and one less for every digit before the point but the first; what is huge is
    written as a power of ten.
    """
    digits = len(str(int(abs(shown(value, places)))))
    if digits > len(str(_LARGEST_PLAIN)) - 1:
        return math_number(value, 0)
    return math_fixed(value, max(places + 1 - digits, 0))


def significant(value: float, digits: int = 3) -> Decimal:
    """Return exactly what `math_significant` writes for `value`."""
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(repr(float(value)))
    if rounded and _SMALLEST_POWER <= rounded.adjusted() < _LARGEST_POWER:
        return _whole(Decimal(repr(float(value))), max(digits - 1 - rounded.adjusted(), 0))
    return rounded


def math_significant(value: float | Decimal, digits: int = 3, *, full: bool = False) -> str:
    """Return `value` as formula markup of so many digits, or more where it is plain and large.

    Idle noughts at its end are left out, unless it is to be written in `full`, as numbers that change are.
    What is tiny or huge is written as a power of ten.
    """
    number = value if isinstance(value, Decimal) else significant(value, digits)
    if not number:
        return "0"
    power = number.adjusted()
    plain = _SMALLEST_POWER <= power < _LARGEST_POWER
    places = max(digits - 1 - (power if plain else 0), 0)
    text = str(_whole(number if plain else number.scaleb(-power, context=_EXACT), places))
    if "." in text and not (full and plain):
        text = text.rstrip("0").rstrip(".")
    # As one number, without the spaces of a product.
    return text if plain else f'{text} class("normal", dot) 10^({power})'


def _whole(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), context=_ROUNDING)


def math_bracketed(markup: str) -> str:
    """Return a number's markup as a factor behind a sign: negative ones and powers of ten in brackets."""
    return f"({markup})" if markup.startswith("-") or "10^" in markup else markup


def math_term(value: float, places: int = PLACES) -> str:
    """Return `value` as a further term of a sum: its sign, then its size."""
    return f"{'-' if value < 0 else '+'} {math_number(abs(value), places)}"


def math_equals(exact: bool) -> str:
    """Return the sign before a result, which says whether it is right to the last digit."""
    return "=" if exact else "approx"


def math_percent(part: int, whole: int) -> str:
    """Return how many in a hundred that is, behind `=` or, where one decimal is not enough, `≈`."""
    return f"{math_equals(1000 * part % whole == 0)} {math_number(100 * part / whole, 1)} %"


def math_factor(value: float, places: int = PLACES) -> str:
    """Return `value` as a factor behind a sign: negative numbers and powers of ten stand in brackets."""
    text = math_number(value, places)
    return f"({text})" if text.startswith("-") or "10^" in text else text


def math_column(values: ArrayLike, places: int = PLACES) -> str:
    """Return a column vector as formula markup."""
    entries = "; ".join(math_number(float(value), places) for value in np.asarray(values).ravel())
    return f'mat(delim: "[", {entries})'


def math_matrix(matrix: ArrayLike, places: int = PLACES) -> str:
    """Return a matrix as formula markup, each entry a part named `w11`, `w12` …"""
    rows = [
        ", ".join(
            named(f"w{m}{n}", math_number(float(value), places)) for n, value in enumerate(row, start=1)
        )
        for m, row in enumerate(np.atleast_2d(np.asarray(matrix, dtype=float)), start=1)
    ]
    return f'mat(delim: "[", {"; ".join(rows)})'
