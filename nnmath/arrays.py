"""Array aliases and the checks of arguments that every module shares."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]

_Scalar = TypeVar("_Scalar", bound=np.generic)
_Item = TypeVar("_Item")


def frozen(array: NDArray[_Scalar]) -> NDArray[_Scalar]:
    """Return a copy of an array, of any shape, that nobody can write to."""
    copy = np.array(array)
    copy.setflags(write=False)
    return copy


def as_array(value: ArrayLike, name: str) -> FloatArray:
    """Return finite real numbers of any shape as a read-only float64 copy; ValueError names the argument."""
    try:
        raw: NDArray[Any] = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name} must be a rectangular array of numbers; got rows of unequal length"
        ) from error
    if raw.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers; got {_shorten(value)}")
    numbers = raw.astype(np.float64)
    bad = ~np.isfinite(numbers)
    if bad.any():
        where = tuple(int(index) for index in np.argwhere(bad)[0])
        place = f" at index {where[0] if len(where) == 1 else where}" if where else ""
        raise ValueError(f"{name} must be finite; got {numbers[where]}{place}")
    numbers.setflags(write=False)
    return numbers


def as_points(value: ArrayLike, name: str) -> FloatArray:
    """Return one or more points as a read-only copy of shape (n, 2); ValueError names the argument."""
    return as_rows(value, name, columns=2)


def as_rows(value: ArrayLike, name: str, columns: int | None = None) -> FloatArray:
    """Return at least one row of numbers as a read-only copy of shape (n, columns).

    columns None accepts any number of columns from 1. Raises ValueError.
    """
    numbers = as_array(value, name)
    wanted = "n" if columns is None else str(columns)
    if numbers.ndim != 2 or (columns is not None and numbers.shape[1] != columns) or numbers.size == 0:
        raise ValueError(
            f"{name} must have shape (rows, {wanted}) with at least one row; got shape {numbers.shape}"
        )
    return numbers


def as_matrix(value: ArrayLike, name: str, shape: tuple[int, int]) -> FloatArray:
    """Return a matrix of exactly this shape as a read-only copy; ValueError names the argument."""
    numbers = as_array(value, name)
    if numbers.shape != shape:
        raise ValueError(f"{name} must have shape {shape}; got shape {numbers.shape}")
    return numbers


def as_vector(value: ArrayLike, name: str, length: int | None = None) -> FloatArray:
    """Return at least one number as a read-only copy of shape (length,); ValueError names the argument."""
    numbers = as_array(value, name)
    if numbers.ndim != 1 or numbers.size == 0 or (length is not None and numbers.size != length):
        wanted = "at least one number" if length is None else f"{length} numbers"
        raise ValueError(f"{name} must be a vector of {wanted}; got shape {numbers.shape}")
    return numbers


def as_labels(value: ArrayLike, name: str, length: int | None = None) -> IntArray:
    """Return class numbers 0, 1, 2, ... as a read-only int64 copy of shape (length,); else ValueError."""
    numbers = as_vector(value, name, length)
    wrong = (numbers != np.floor(numbers)) | (numbers < 0) | (numbers > 2**31)
    if wrong.any():
        index = int(np.argmax(wrong))
        raise ValueError(
            f"{name} must be whole class numbers 0, 1, 2, ...; got {numbers[index]} at index {index}"
        )
    return frozen(numbers.astype(np.int64))


def as_binary_labels(value: ArrayLike, name: str, length: int | None = None) -> IntArray:
    """Return labels 0 and 1, both present, as a read-only int64 copy of shape (length,); else ValueError."""
    labels = as_labels(value, name, length)
    classes = np.unique(labels)
    if classes.size == 1:
        raise ValueError(f"{name} must hold both classes, 0 and 1; got only class {classes[0]}")
    if classes.size > 2 or classes[-1] != 1:
        raise ValueError(f"{name} must be 0 or 1; got classes {_shorten(classes.tolist())}")
    return labels


def as_number(
    value: float,
    name: str,
    *,
    above: float | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
) -> float:
    """Return one finite number within bounds as a float; ValueError names the argument and the bounds."""
    limits = []
    if above is not None:
        limits.append("positive" if above == 0 else f"above {above:g}")
    if at_least is not None:
        limits.append(f"at least {at_least:g}")
    if at_most is not None:
        limits.append(f"at most {at_most:g}")
    if below is not None:
        limits.append(f"below {below:g}")
    wanted = f"{name} must be {' and '.join([*limits, 'finite'])}; got {_shorten(value)}"
    if isinstance(value, (str, bytes, complex)) or value is None:
        raise ValueError(wanted)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(wanted) from error
    if (
        not math.isfinite(number)
        or (above is not None and number <= above)
        or (at_least is not None and number < at_least)
        or (at_most is not None and number > at_most)
        or (below is not None and number >= below)
    ):
        raise ValueError(wanted)
    return number


def as_count(value: int, name: str, *, at_least: int = 1, at_most: int | None = None) -> int:
    """Return a whole number within bounds as an int; ValueError names the argument and the bounds."""
    upper = "" if at_most is None else f" and at most {at_most}"
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole or value < at_least or (at_most is not None and value > at_most):
        raise ValueError(
            f"{name} must be a whole number of at least {at_least}{upper}; got {_shorten(value)}"
        )
    return int(value)


def as_items(value: Iterable[_Item], name: str) -> tuple[_Item, ...]:
    """Return the items of a list or of anything else to go through; ValueError names the argument."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise ValueError(f"{name} must be a list; got {_shorten(value)}")
    return tuple(value)


def as_generator(value: np.random.Generator | None, name: str) -> np.random.Generator:
    """Return the random generator; ValueError says how to make one when it is missing."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy random Generator, like np.random.default_rng(0); got {_shorten(value)}"
        )
    return value


def _shorten(value: object, limit: int = 60) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
