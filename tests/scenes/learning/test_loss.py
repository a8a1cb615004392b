"""Loss: what is drawn is what was computed, at every instant; captions are true for any parameters."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import binary_cross_entropy
from scenes.learning.loss.numbers import DEFINITION, LossParameters, compute
from scenes.learning.loss.pool import Pool
from scenes.learning.loss.reading import exact, moving
from scenes.stage.beat import Beat
from scenes.style.layout import Region
from scenes.style.theme import DARK

value = st.floats(-999, 999).map(lambda x: round(x, 3))


def numbers_of(preset: str | None = None, **changes: Any) -> Any:
    return compute(LossParameters(**{**DEFINITION.presets[preset or "worked"], **changes}))


def test_the_worked_numbers() -> None:
    results = numbers_of().results()
    assert results["squared_errors"] == [1.0, 0.0, 0.0, 1.0]
    assert results["mean_squared_error"] == 0.5
    assert results["improved_mean_squared_error"] == 0.125
    assert results["mended_mean_squared_error"] == 0.0625
    assert (results["pair_mean"], results["pair_mean_size"]) == (0.0, 100.0)
    assert results["growth"] == [[0.01, pytest.approx(0.0001)], [100.0, 10000.0]]


def test_cross_entropy_is_that_of_the_core_and_of_its_definition() -> None:
    numbers = numbers_of("cross-entropy")
    p, t = numbers.predictions, numbers.targets
    scores = np.log(p / (1 - p))
    assert numbers.mean_entropy(numbers.errors) == pytest.approx(binary_cross_entropy.value(scores, t))
    by_hand = [-math.log(q) for q in (0.9, 0.8, 0.6, 0.02)]
    assert numbers.results()["entropies"] == pytest.approx(by_hand, rel=1e-12)
    assert max(numbers.squares(numbers.errors)) <= 1.0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"predictions": [0.0]}, "predictions has 1 numbers but targets has 4"),
        ({"growth": [2.0, 3.0]}, "at least twice the first"),
        ({"loss": "binary_cross_entropy", "targets": [0.5]}, "targets[0] is 0.5"),
        ({"loss": "binary_cross_entropy", "predictions": [0, 0.5, 1, 0.5]}, "−log 0 is infinite"),
        ({"targets": [1e9]}, "less than or equal to 999.99"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(told)):
        LossParameters(**changes)


@given(
    st.lists(st.tuples(value, value), min_size=1, max_size=6),
    st.tuples(value, value),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_captions_are_true(
    examples: list[tuple[float, float]], pair: tuple[float, float], share: float
) -> None:
    targets, predictions = zip(*examples, strict=True)
    numbers = numbers_of(targets=targets, predictions=predictions, pair=pair, closer=share)
    captions = numbers.captions()
    for beat, caption in captions.items():
        assert caption in DEFINITION.captions_of(beat)
    right = targets == predictions
    assert (captions["examples"] == "examples-right") == right
    assert (captions["squares"] == "squares-none") == right == (captions["pour"] == "pour-none")
    a, b = pair
    assert (captions["signed"] == "signed") == (a == -b != 0)
    assert (captions["signed"] == "signed-partly") == (a * b < 0 and a != -b)
    before, after = numbers.mean_square(numbers.errors), numbers.mean_square(numbers.improved)
    assert after <= before
    if captions["improve"] == "improve":
        assert after < before
    if captions["improve"] == "improve-not":
        assert after == before > 0


@given(st.floats(1e-6, 1e6))
def test_no_number_at_rest_is_shown_as_nothing(number: float) -> None:
    assert exact(number) != "0"
    assert moving(number)(0.0) == "0"
    assert set(moving(number)(number)) - set("0.")


@given(st.lists(st.floats(0, 4), min_size=1, max_size=6).filter(lambda areas: sum(areas) > 0.01))
def test_nothing_is_lost_in_pouring(areas: list[float]) -> None:
    brought, unit = np.array(areas), 0.7
    block = Region(3.0, -2.0, 6.0, 2.0)
    pool = Pool(DARK, block, brought, unit)
    side = np.sqrt(brought) * unit
    pool.sources = np.column_stack([0 * side, 0 * side, side, side])
    for share in np.linspace(0.0, 1.0, 7):
        pool.pour(float(share))
        assert pool.solid.areas / unit**2 == pytest.approx(brought, abs=1e-9)
        assert pool.area == pytest.approx(float(brought[pool.landed].sum()), abs=1e-9)
    assert pool.area == pytest.approx(brought.sum())
    # The column holds it without a gap or an overlap.
    boxes = pool.solid.boxes[brought > 1e-9]
    assert boxes[1:, 1] == pytest.approx(boxes[:-1, 3], abs=1e-5)
    for share in (0.0, 0.4, 1.0):
        pool.divide(share)
        assert pool.area == pytest.approx(brought.sum() * (1 - share * (1 - 1 / len(areas))))
    for share in (0.0, 0.5, 1.0):
        pool.square_up(share)
        assert pool.area == pytest.approx(brought.mean())
    ((left, bottom, right, top),) = pool.solid.boxes
    assert right - left == pytest.approx(top - bottom)


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_gaps_squares_and_mean_agree_at_every_frame(
    aspect: str, make_job: Callable[..., Job], play_with_probe: Callable[..., Scene]
) -> None:
    seen: set[str] = set()

    def probe(scene: Scene) -> None:
        played = {beat.key for beat in scene.beats}
        family = {part for shown in scene.mobjects for part in shown.get_family()}
        examples, squares, pool = scene.examples, scene.squares, scene.pool
        unit = examples.arrangement.unit
        gaps = examples.gaps.pieces
        drawn = np.abs(gaps[:, 1, 1] - gaps[:, 0, 1]) / unit
        errors = np.abs(examples.errors)
        stretched = errors * examples.stretched
        assert drawn == pytest.approx(stretched[stretched * unit > 1e-6], abs=1e-6)
        if "squares" in played and squares.drawing in family:
            areas = scene.numbers.squares(examples.errors)
            assert squares.areas == pytest.approx(areas, abs=1e-9)
            # No square meets another, or another's gap.
            boxes = squares.drawing.boxes
            rows = examples.arrangement.rows
            for k in range(len(boxes) - 1):
                assert rows[k] != rows[k + 1] or boxes[k, 2] < boxes[k + 1, 0]
            seen.add("squares")
        if "pour" in played and pool.solid in family:
            mean = scene.numbers.mean_square(examples.errors)
            assert pool.area == pytest.approx(mean, abs=1e-9)
            assert scene.reading.number.source in (exact(mean), f"{mean:.2f}", moving(1.0)(mean))
            seen.add("mean")
        if scene.growth.square in family:
            growth = scene.growth
            assert growth.area == pytest.approx(growth.error**2, rel=1e-9)
            seen.add("growth")

    play_with_probe(make_job("loss", "worked", fps=5, aspect=aspect), probe)
    assert seen == {"squares", "mean", "growth"}


def test_the_pair_cancels_and_its_sizes_do_not(make_job: Callable[..., Job]) -> None:
    sums: list[float] = []

    def at_rest(scene: Scene, beat: Beat) -> None:
        if beat.key == "signed":
            sums.append(scene.pair.sum)
            scene.pair.show(np.ones(2), 0.0)
            sums.append(scene.pair.sum)

    run_without_drawing(make_job("loss", pair=[70.0, -70.0]), at_rest)
    assert sums == [pytest.approx(140.0), pytest.approx(0.0, abs=1e-9)]


def test_bars_are_heights_of_the_curve_and_level_to_their_mean(
    make_job: Callable[..., Job], play_with_probe: Callable[..., Scene]
) -> None:
    sums: list[float] = []

    def probe(scene: Scene) -> None:
        bars, curve, numbers = scene.bars, scene.curve, scene.numbers
        assert bars.heights == pytest.approx(bars.values, abs=1e-9)
        assert scene.squared.heights.max() <= 1.0
        if len(scene.beats) == 1 and scene.curve in scene.mobjects:
            assert curve.cost == pytest.approx(-math.log(curve.chance))
            top = scene.chart.point(curve.chance, curve.cost)
            assert curve.point.positions[0] == pytest.approx(top[:2], abs=1e-3)
        if [beat.key for beat in scene.beats][-1:] == ["bars"]:
            # What one bar loses the others gain.
            sums.append(float(bars.values.sum()))
            assert sums[-1] == pytest.approx(float(numbers.entropies(numbers.errors).sum()))

    scene = play_with_probe(make_job("loss", "cross-entropy", fps=5), probe)
    assert sums
    assert scene.bars.values == pytest.approx(scene.numbers.entropies(scene.numbers.improved))


CHOICES: list[tuple[str, dict[str, Any]]] = [
    # Values far from 0, in one row and in several.
    ("16:9", {"targets": [-123.456, 100.0, 999.99], "predictions": [-100.0, 140.0, 999.0]}),
    ("1:1", {"targets": [-999.99]}),
    ("9:16", {"targets": [688.25, 4.563613, 158.524], "pair": [930.077, -856.9147]}),
    ("1:1", {"predictions": [13.9558, 0.0013, -160.456, 999.99], "closer": 1.0, "pair": [435.0, 673.39]}),
    # Nothing wrong at all, and as wrong as can be.
    ("9:16", {"targets": [5.0], "predictions": [5.0], "pair": [0.0, 0.0]}),
    ("16:9", {"targets": [1, 1, 1, 1, 1, 1], "growth": [0.001, 1000.0]}),
]


@pytest.mark.parametrize(("aspect", "chosen"), CHOICES)
def test_unusual_parameters_have_their_place(
    aspect: str, chosen: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    assert check(make_job("loss", aspect=aspect, **chosen)) == []


def test_six_probabilities_have_their_place(make_job: Callable[..., Job]) -> None:
    chosen = {"targets": [0, 0, 1, 0, 0, 1], "predictions": [0.5, 0.001, 0.999, 0.69, 0.5, 0.5]}
    assert check(make_job("loss", "cross-entropy", aspect="1:1", closer=0.269, **chosen)) == []
