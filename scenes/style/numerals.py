"""Numbers as they are written on screen, and arithmetic that adds up as written."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from scenes.style.markup import named

FloatArray = npt.NDArray[np.float64]

PLACES = 2
# From here on, and below the last decimal, numbers are written as powers of ten.
_LARGEST_PLAIN = 100_000
# The largest float has 309 digits before its decimal point; Decimal's default keeps 28 in all.
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_EVEN)


def shown(value: float, places: int = PLACES) -> float:
    """Return the number that a viewer reads when `value` is written with `places` decimals."""
    if not math.isfinite(value):
        raise ValueError(f"value must be finite; got {value}")
    rounded = float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), context=_ROUNDING))
    return rounded + 0.0  # no negative nought


def all_shown(values: ArrayLike, places: int = PLACES) -> FloatArray:
    """Return the numbers that a viewer reads when `values` are written with `places` decimals."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.array([shown(value, places) for value in numbers.ravel().tolist()]).reshape(numbers.shape)


def written(value: float, places: int = PLACES) -> Decimal:
    """Return exactly what `numeral` writes for `value`: less than a viewer might read if it is huge."""
    rounded = shown(value, places)
    return Decimal(f"{value:.1e}" if abs(rounded) >= _LARGEST_PLAIN else repr(rounded))


def written_dot(weights: FloatArray, inputs: FloatArray, bias: float = 0.0) -> Decimal:
    """Return weights · inputs + bias, `(n,)` each, to the last digit: the sum of numbers as written."""
    pairs = zip(weights.tolist(), inputs.tolist(), strict=True)
    return sum((Decimal(repr(a)) * Decimal(repr(b)) for a, b in pairs), Decimal(repr(bias)))


def numeral(value: float, places: int = PLACES) -> str:
    """Return `value` as plain text with at most `places` decimals, no idle noughts, and a true minus sign."""
    rounded = shown(value, places)
    if abs(rounded) >= _LARGEST_PLAIN:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{numeral(float(mantissa), 1)}e{int(exponent)}".replace("e-", "e−")
    digits = f"{abs(rounded):.{places}f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"−{digits}" if rounded < 0 else digits


def fixed(value: float, places: int = PLACES) -> str:
    """Return `value` with exactly `places` decimals, for columns of numbers that line up."""
    rounded = shown(value, places)
    return ("−" if rounded < 0 else "") + f"{abs(rounded):.{places}f}"


def math_number(value: float, places: int = PLACES) -> str:
    """Return `value` as formula markup."""
    text = numeral(value, places)
    if "e" not in text:
        return text.replace("−", "-")
    mantissa, exponent = text.replace("−", "-").split("e")
    return f"{mantissa} dot 10^({exponent})"


def math_fixed(value: float, places: int = PLACES) -> str:
    """Return `value` as formula markup with exactly `places` decimals."""
    return fixed(value, places).replace("−", "-")


def math_term(value: float, places: int = PLACES) -> str:
    """Return `value` as a further term of a sum: its sign, then its size."""
    return f"{'-' if shown(value, places) < 0 else '+'} {math_number(abs(value), places)}"


def math_equals(exact: bool) -> str:
    """Return the sign before a result, which says whether it is right to the last digit."""
    return "=" if exact else "approx"


def math_percent(part: int, whole: int) -> str:
    """Return how many in a hundred that is, behind `=` or, where one decimal is not enough, `≈`."""
    return f"{math_equals(1000 * part % whole == 0)} {math_number(100 * part / whole, 1)} %"


def math_factor(value: float, places: int = PLACES) -> str:
    """Return `value` as a factor behind a sign: negative numbers stand in brackets."""
    text = math_number(value, places)
    return f"({text})" if text.startswith("-") else text


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
