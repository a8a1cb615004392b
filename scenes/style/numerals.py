"""Numbers as they are written on screen, and arithmetic that adds up as written."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
from numpy.typing import ArrayLike

from scenes.style.markup import named

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
