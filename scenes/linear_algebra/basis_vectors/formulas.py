"""What the panel says, as formula markup: the matrix, p's recipe, what becomes of it, and the determinant."""

from __future__ import annotations

from scenes.linear_algebra.basis_vectors.numbers import BasisVectorsNumbers
from scenes.style.markup import named
from scenes.style.numerals import math_column, math_number, math_term
from scenes.style.theme import Role

PAINT: dict[str, Role] = {
    **dict.fromkeys(("w11", "w21", "i"), "basis_i"),
    **dict.fromkeys(("w12", "w22", "j"), "basis_j"),
    "det": "area",
}

# The sign before where p lands, which comes with it.
_IS = f'class("relation", {named("is", "=")})'


def matrix(numbers: BasisVectorsNumbers) -> str:
    """Return W, with room for a frame around a column."""
    rows = "; ".join(
        "med " + ", ".join(named(f"w{m}{n}", math_number(entry)) for n, entry in enumerate(row, 1)) + " med"
        for m, row in enumerate(numbers.shown_matrix.tolist(), 1)
    )
    return f'W = mat(delim: "[", row-gap: #0.4em, column-gap: #0.8em, {rows})'


def column(numbers: BasisVectorsNumbers, n: int) -> tuple[str, str]:
    """Return the entries of column n, counted from 0, each as markup."""
    first, second = numbers.shown_matrix[:, n].tolist()
    return math_number(first), math_number(second)


def recipe(numbers: BasisVectorsNumbers, *, short: bool = False) -> str:
    """Return p as so many steps along i and so many along j; the short form leaves out p's column."""
    column = "" if short else f"{math_column(numbers.shown_point)} ="
    return f"bold(p) = {column} {_steps(numbers, 'bold(i)', 'bold(j)')}"


def product(numbers: BasisVectorsNumbers, lines: int = 1) -> str:
    """Return the same steps along the columns of W, and where they end, on one to four lines."""
    first, second = (math_column(column) for column in numbers.shown_matrix.T)
    steps, landing = (
        _steps(numbers, first, second, " \\ &" if lines == 4 else ""),
        named("landing", math_column(numbers.shown_image)),
    )
    if lines == 1:
        return f"W bold(p) = {steps} {_IS} {landing}"
    begin = "W bold(p) &=" if lines == 2 else "& W bold(p) \\ &="
    return f"{begin} {steps} \\ & {_IS} {landing}"


def determinant(numbers: BasisVectorsNumbers) -> str:
    return f"det W = {named('det', math_number(numbers.determinant))}"


def _steps(numbers: BasisVectorsNumbers, i: str, j: str, between: str = "") -> str:
    along_i, along_j = numbers.shown_point
    return f"{math_number(along_i)} {named('i', i)}{between} {math_term(along_j)} {named('j', j)}"
