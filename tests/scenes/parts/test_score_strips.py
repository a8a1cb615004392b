"""Scores over a number line: every mark stands over its value, and exactly the wrong ones are ringed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenes.parts.charts.number_line import NumberLine, round_step
from scenes.parts.charts.score_strips import ScoreStrips
from scenes.parts.marks.dots import Dots
from scenes.stage.writing import Text
from scenes.style.layout import LAYOUTS, Region
from scenes.style.theme import THEMES

DARK = THEMES["dark"]
STAGE = LAYOUTS["16:9"].stage
hundredths = st.integers(-300, 300).map(lambda n: n / 100)
scored = st.lists(st.tuples(hundredths, st.integers(0, 1)), min_size=4, max_size=60)


def strips_for(scores: np.ndarray, labels: np.ndarray, threshold: float) -> ScoreStrips:
    """Return strips over a line as long as the scores and nought."""
    low, high = min(scores.min(), 0.0), max(scores.max(), 0.0)
    line = NumberLine(STAGE, DARK, low, high, 1.0)
    names = (Text("class 0", DARK), Text("class 1", DARK))
    return ScoreStrips(STAGE, DARK, line, scores, labels, threshold, Text("y = 0", DARK), names, piled)


def piled(_: int, count: int) -> Text:
    return Text(f"×{count}", DARK)


@pytest.fixture(scope="module")
def many() -> ScoreStrips:
    rng = np.random.default_rng(7)
    labels = np.repeat([0, 1], 150)
    return strips_for(rng.normal(labels * 1.5 - 0.75, 0.6), labels, 0.05)


@settings(max_examples=25)
@given(scored, hundredths)
def test_marks_stand_over_their_scores(pairs: list[tuple[float, int]], threshold: float) -> None:
    scores, labels = (np.array(column) for column in zip(*pairs, strict=True))
    assume(len(set(labels.tolist())) == 2)
    strips = strips_for(scores.astype(float), labels, threshold)
    places = strips.line.zero + strips.line.unit * scores
    assert np.abs(strips.targets[:, 0] - places).max() <= strips.diameter / 2 + 1e-6
    # On the right side of the line at the threshold, whole.
    edge = strips.line.zero + strips.line.unit * threshold
    right = scores >= threshold
    reach = strips.targets[:, 0] + np.where(right, -1, 1) * strips.diameter / 2
    assert ((reach - edge) * np.where(right, 1, -1) >= -1e-6).all()


@settings(max_examples=25)
@given(scored, hundredths)
def test_exactly_the_wrong_ones_are_ringed(pairs: list[tuple[float, int]], threshold: float) -> None:
    scores, labels = (np.array(column) for column in zip(*pairs, strict=True))
    assume(len(set(labels.tolist())) == 2)
    strips = strips_for(scores.astype(float), labels, threshold)
    wrong = [k for k, (score, label) in enumerate(pairs) if (1 if score >= threshold else 0) != label]
    assert strips.rings.positions == pytest.approx(strips.targets[wrong].reshape(-1, 2))
    # The ring shows around the mark.
    assert strips.rings.diameter > strips.diameter


def test_a_sweep_ends_at_the_threshold_and_rings_what_is_wrong_on_its_way(many: ScoreStrips) -> None:
    final, passed = many.rings.positions.copy(), []
    sweep = many.sweep()
    for share in (0.0, 0.3, 0.7, 1.0):
        sweep._show(share)
        at = (many.threshold_line.pieces[0, 0, 0] - many.line.zero) / many.line.unit
        # The line's place is known to a rounding error, which no score is near enough to feel.
        wrong = (many.scores >= at - 1e-9) != (many.labels == 1)
        assert many.rings.positions == pytest.approx(many.targets[wrong])
        passed.append(at)
    assert passed[-1] == pytest.approx(many.threshold)
    assert len(set(passed)) == 4
    assert many.rings.positions == pytest.approx(final)


def test_no_mark_covers_another_and_all_are_on_the_stage(many: ScoreStrips) -> None:
    targets = many.targets
    apart = np.hypot(*(targets[:, None] - targets[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() >= many.diameter - 1e-9
    for x, y in targets:
        radius = many.diameter / 2
        assert STAGE.contains(Region(x - radius, y - radius, x + radius, y + radius))


@pytest.mark.parametrize("equal", [40, 500, 5000])
def test_many_equal_scores_are_a_pile_of_marks_that_can_be_seen(equal: int) -> None:
    rng = np.random.default_rng(3)
    scores = np.concatenate([np.zeros(equal), rng.normal(1.0, 0.4, 100), rng.normal(3.0, 0.4, 100)])
    labels = np.repeat([0, 1], [equal + 50, 150])
    strips = strips_for(scores, labels, 1.9)
    assert strips.diameter >= 0.07
    # Heights compare: the pile is so many times as high as what holds so many times fewer.
    heights = strips.targets[:, 1] - np.where(labels == 0, strips.floor, strips.ceiling)
    assert np.ptp((heights - heights.min() + strips.rise / 2) / (strips.stacks.levels + 0.5)) < 1e-9
    assert heights.max() + strips.diameter / 2 <= strips.ceiling - strips.floor
    # The number is that of the scores in one column, counted anew.
    said = [int(name.source[1:]) for name in strips.pile_names]
    places = [strips.targets[labels == k, 0].round(6) for k in (0, 1)]
    columns = [np.unique(each, return_counts=True)[1].max() for each in places]
    assert said == (columns if strips.rise < strips.diameter / 2 else [])
    assert said[:1] == ([] if equal < 100 else [columns[0]])
    for name in strips.pile_names:
        box = np.abs(strips.targets - name.get_center()[:2]) - np.array([name.width, name.height]) / 2
        assert box.max(axis=1).min() >= strips.diameter / 2 - 1e-9


def test_each_class_has_its_strip(many: ScoreStrips) -> None:
    lower, upper = (many.targets[many.labels == label][:, 1] for label in (0, 1))
    assert lower.min() > many.floor
    assert lower.max() + many.diameter / 2 < many.ceiling < upper.min()


def test_each_name_stands_by_its_own_strip() -> None:
    scores = np.concatenate([np.linspace(-8, -5, 30), np.linspace(5, 8, 30)])
    strips = strips_for(scores, np.repeat([0, 1], 30), 0.0)
    for label, name in enumerate(strips.class_names):
        marks = strips.targets[strips.labels == label]
        beyond = np.abs(marks[:, 0] - name.get_center()[0]).min() - name.width / 2
        assert 0.0 < beyond < 0.5
        assert marks[:, 1].min() - 0.3 < name.get_center()[1] < marks[:, 1].max() + 0.3


def test_the_threshold_line_stands_at_the_threshold(many: ScoreStrips) -> None:
    x = many.line.zero + many.line.unit * many.threshold
    assert many.threshold_line.pieces[:, :, 0] == pytest.approx(
        np.full((len(many.threshold_line.pieces), 2), x)
    )


def test_marks_rise_from_where_they_were_to_their_stacks() -> None:
    scores, labels = np.array([-1.0, 0.5, 0.5, 2.0]), np.array([0, 0, 1, 1])
    strips = strips_for(scores, labels, 0.2)
    clouds = tuple(
        Dots(DARK["text"], 0.12).set_positions(
            np.column_stack([strips.line.at(scores[labels == k]), [1.0, 1.0]])
        )
        for k in (0, 1)
    )
    start = [cloud.positions.copy() for cloud in clouds]
    lift = strips.lift(clouds)
    for share in (0.0, 0.5, 1.0):
        lift._show(share)
        for k, cloud in enumerate(clouds):
            end = strips.targets[labels == k]
            assert cloud.positions == pytest.approx((1 - share) * start[k] + share * end)
        assert strips.line.height_now == pytest.approx((1 - share) * 1.0 + share * strips.floor)


spans = st.tuples(st.floats(-1e4, 1e4), st.floats(1e-2, 1e4)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(max_examples=25)
@given(spans)
def test_a_number_line_is_true_to_scale(span: tuple[float, float]) -> None:
    low, high = span
    line = NumberLine(STAGE, DARK, low, high, -1.0)
    ends = line.at([low, high])
    assert STAGE.left < ends[0] < ends[1] < STAGE.right
    middle = (low + high) / 2
    assert line.at(middle) == pytest.approx(ends.mean())
    assert line.at(0.0) == pytest.approx(line.zero)
    assert line.height_now == -1.0


@settings(max_examples=25)
@given(spans)
def test_ticks_carry_the_number_where_they_stand(span: tuple[float, float]) -> None:
    low, high = span
    line = NumberLine(STAGE, DARK, low, high, 0.0)
    ticks = line.ticks.pieces[:, 0, 0]
    assert 2 <= len(ticks) <= 9
    # Ticks near the ends carry none where it would reach beyond what text keeps to.
    places = [float(number.get_center()[0]) for number in line.numbers]
    # None is more than a sign wider than those that are written.
    reach = 0.15 + max(number.width for number in line.numbers) / 2 + 0.15
    inner = ticks[(ticks > STAGE.left + reach) & (ticks < STAGE.right - reach)]
    assert {round(x, 6) for x in inner} <= {round(x, 6) for x in places} <= {round(x, 6) for x in ticks}
    for x, number in zip(places, line.numbers, strict=True):
        assert STAGE.left + 0.15 - 1e-6 <= number.get_left()[0]
        assert number.get_right()[0] <= STAGE.right - 0.15 + 1e-6
        written = number.source.replace(' class("normal", dot) 10^(', "e").replace(")", "")
        # Large numbers are written with two digits.
        value = (x - line.zero) / line.unit
        assert float(written) == pytest.approx(
            value, abs=(high - low) / 100, rel=0.06 if "e" in written else 0
        )
        assert low - 1e-9 * abs(low) - 1e-9 <= value <= high + 1e-9 * abs(high) + 1e-9


@given(st.floats(1e-6, 1e6), st.integers(1, 20))
def test_steps_are_round_and_few(span: float, most: int) -> None:
    step = round_step(span, most)
    mantissa = float(f"{step:.12e}".split("e")[0])
    assert min(abs(mantissa - m) for m in (1, 2, 5)) < 1e-9
    assert span / step <= most * (1 + 1e-6)
    # The next smaller round step would be too many.
    assert span / (step / 2.5) >= most * (1 - 1e-6)
