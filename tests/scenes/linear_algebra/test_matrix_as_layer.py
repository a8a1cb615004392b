"""The numbers of `matrix-as-layer`: what is written must add up as written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scenes.linear_algebra.matrix_as_layer.numbers import DEFINITION, MatrixAsLayerParameters, compute
from scenes.style.numerals import written

HUNDREDTHS = st.integers(-99999, 99999).map(lambda n: n / 100)


@st.composite
def layers(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(HUNDREDTHS, min_size=columns, max_size=columns)
    return {
        "rows": rows,
        "columns": columns,
        "symbolic": False,
        "weights": draw(st.lists(row, min_size=rows, max_size=rows)),
        "inputs": draw(row),
    }


def as_written(value: float) -> Fraction:
    return Fraction(written(value))


@given(layers())
def test_shown_outputs_are_the_products_of_shown_numbers(given_values):
    numbers = compute(MatrixAsLayerParameters(**given_values))
    for row, output, exact in zip(numbers.weights, numbers.outputs, numbers.exact, strict=True):
        pairs = zip(row, numbers.inputs, strict=True)
        truth = sum((as_written(w) * as_written(x) for w, x in pairs), Fraction(0))
        assert exact == (truth == as_written(output))
        # What is huge is written with two digits.
        unit = Fraction("0.01") if abs(truth) < 99_999 else abs(truth) / 10
        assert abs(truth - Fraction(output)) <= Fraction("0.501") * unit


def test_the_worked_example_is_eighteen():
    numbers = compute(DEFINITION.preset_parameters("1x2-numbers"))
    assert numbers.results()["outputs"] == [18.0]


@given(st.integers(0, 2**31 - 1))
def test_drawn_numbers_are_halves_and_add_up_exactly(seed):
    numbers = compute(MatrixAsLayerParameters(rows=4, columns=4, symbolic=False, seed=seed))
    assert all(numbers.exact)
    assert (numbers.weights * 2 == (numbers.weights * 2).round()).all()
    assert (numbers.weights != 0).all()


def test_letters_give_way_to_numbers_that_are_given():
    assert compute(MatrixAsLayerParameters()).network is None
    numbers = compute(MatrixAsLayerParameters(weights=[[-123.456, 5]]))
    assert numbers.weights.tolist() == [[-123.46, 5.0]]
    assert numbers.network.layers[0].weights.tolist() == [[-123.46, 5.0]]


@pytest.mark.parametrize(
    ("given_values", "line"),
    [
        (
            {"symbolic": True, "weights": [[1, 2]]},
            "weights is given but symbolic is true: set symbolic=false to show numbers",
        ),
        (
            {"symbolic": False, "weights": [[1, 2], [3, 4]]},
            "weights has 2 rows but rows is 1: set rows=2 or give 1 row",
        ),
        (
            {"symbolic": False, "weights": [[1, 2, 3]]},
            "weights has 3 numbers in a row but columns is 2: set columns=3 or give 2 numbers in a row",
        ),
        (
            {"symbolic": False, "inputs": [1, 2, 3, 4, 5]},
            "inputs has 5 numbers but columns is 2: give 2 numbers",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_remedy(given_values, line):
    with pytest.raises(ValidationError) as caught:
        MatrixAsLayerParameters(**given_values)
    assert [error["msg"] for error in caught.value.errors()] == [f"Value error, {line}"]
