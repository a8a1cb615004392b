"""Which neurons of a column are drawn, and the letters of its columns."""

from __future__ import annotations


def drawn(size: int, most: int) -> tuple[int, ...]:
    """Return which of a column's neurons are drawn: all, or no middle if they are more than `most`."""
    if size <= most:
        return tuple(range(size))
    half = most // 2
    return (*range(half), *range(size - half, size))


def letters(columns: int) -> tuple[str, ...]:
    """Return what the values in so many columns are called: x, h, y, with a layer number when deep."""
    hidden = columns - 2
    if hidden <= 1:
        return ("x", *["h"] * hidden, "y")
    return ("x", *(f"h^(({k + 1}))" for k in range(hidden)), "y")
