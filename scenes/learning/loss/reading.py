"""How errors and what they cost are written, at rest and while they move."""

from __future__ import annotations

import math
from collections.abc import Callable

from scenes.style.numerals import fixed, numeral

# Digits behind the point of what is less than 10, at rest and in motion; larger numbers have fewer.
_AT_REST, _IN_MOTION = 4, 2
_LARGEST_PLAIN = 100_000


def exact(value: float) -> str:
    """Return a number as it is written at rest: with four decimals at most, and fewer if it is large."""
    return numeral(value, _places(value, _AT_REST))


def brief(value: float) -> str:
    """Return a number that stays: with two decimals at most."""
    return numeral(value, _places(value, _IN_MOTION))


def moving(largest: float) -> Callable[[float], str]:
    """Return how numbers up to `largest` are written while they move: of nearly the same length."""
    small = max(0, -math.floor(math.log10(largest)) - 1) if largest > 0 else 0
    if small > _AT_REST or largest >= _LARGEST_PLAIN:
        return exact
    # Nothing at all is no rounded number.
    return lambda value: fixed(value, _places(value, _IN_MOTION) + small) if value else "0"


def _places(value: float, most: int) -> int:
    return max(0, most + 1 - len(str(int(abs(value)))))
