"""The numbers of `matrix-as-layer`: what is written must add up as written."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.play.render import run_without_drawing
from scenes.linear_algebra.matrix_as_layer.numbers import DEFINITION, MatrixAsLayerParameters, compute
from scenes.stage.drawn import Flying
from scenes.stage.writing import Writing
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


@given(layers())
def test_columns_are_landing_places_where_there_is_a_plane(given_values):
    numbers = compute(MatrixAsLayerParameters(**given_values))
    if numbers.rows > 2 or numbers.columns > 3:
        assert numbers.tips is None
        return
    for n, tip in enumerate(numbers.tips):
        column = numbers.weights[:, n].tolist()
        assert tip.tolist() == [*column, 0.0][:2]


@given(layers(), st.data())
def test_products_on_edges_say_what_is_multiplied(given_values, data):
    numbers = compute(MatrixAsLayerParameters(**given_values))
    m, n = data.draw(st.integers(0, numbers.rows - 1)), data.draw(st.integers(0, numbers.columns - 1))
    weight, value = numbers.product(m, n).split(" dot ")
    assert float(weight.strip("()")) == numbers.weights[m, n]
    assert float(value.strip("()")) == numbers.inputs[n]


SHOWN = [
    ("1x2-numbers", "16:9"),
    ("1x2-numbers", "1:1"),
    ("2x2-symbolic", "16:9"),
    ("2x2-symbolic", "1:1"),
    ("2x3-symbolic", "16:9"),
    ("2x3-symbolic", "9:16"),
]


@pytest.mark.parametrize(("variant", "aspect"), SHOWN)
def test_presets_show_where_basis_vectors_land(variant, aspect, make_job):
    scene = run_without_drawing(make_job("matrix-as-layer", variant, aspect=aspect))
    landing, tips = scene.landing, scene.numbers.tips
    for place, tip in zip(landing.places, tips, strict=True):
        ahead = (place.arrow.head - place.arrow.tail) / landing.view.unit
        assert ahead == pytest.approx(tip)


def test_three_rows_have_no_plane(make_job):
    assert run_without_drawing(make_job("matrix-as-layer", "random")).landing is None


def test_the_frame_goes_out_before_it_stands_elsewhere(make_job, play_with_probe):
    seen = []

    def probe(scene):
        frame = getattr(scene, "frame", None)
        if frame is not None and frame in scene.mobjects and frame.get_stroke_opacity() > 0.3:
            seen.append(tuple(np.round(frame.box, 6)))

    scene = play_with_probe(make_job("matrix-as-layer", "2x2-symbolic", fps=30), probe)
    rows, columns, entries = 2, 2, 2
    assert 3 <= len(set(seen)) <= rows + columns + entries
    stood = [scene.frame._box_of(tuple(part)) for part in map(scene.product.column, (0, 1))]
    assert all(tuple(np.round(box, 6)) in seen for box in stood)


@pytest.mark.parametrize("variant", ["1x2-symbolic", "1x2-numbers", "2x2-symbolic", "2x3-symbolic", "random"])
def test_no_writing_runs_into_another_that_does_not_fly(variant, make_job, play_with_probe):
    worst = {}

    def probe(scene):
        boxes = [(writing, ink(writing)) for writing in writings(scene)]
        for k, (one, first) in enumerate(boxes):
            for other, second in boxes[k + 1 :]:
                low, high = np.maximum(first[:2], second[:2]), np.minimum(first[2:], second[2:])
                depth = 135 * float((high - low).min())
                if depth > 6:
                    worst[one.source, other.source] = max(depth, worst.get((one.source, other.source), 0))

    play_with_probe(make_job("matrix-as-layer", variant, fps=10), probe)
    assert worst == {}


def writings(scene):
    """Return the writings that can be seen and do not fly."""
    everything = [member for mobject in scene.mobjects for member in mobject.get_family()]
    flying = {id(part) for each in everything if isinstance(each, Flying) for part in each.get_family()}
    found = [each for each in everything if isinstance(each, Writing) and id(each) not in flying]
    return [
        each for each in dict.fromkeys(found) if any(g.get_fill_opacity() > 0.15 for g in each.submobjects)
    ]


def ink(writing):
    """Return the box of what is visible of a writing, left, bottom, right, top."""
    points = np.concatenate([g.points for g in writing.submobjects if g.get_fill_opacity() > 0.15])
    return np.concatenate([points.min(axis=0)[:2], points.max(axis=0)[:2]])
