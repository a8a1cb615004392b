"""Harder curves on screen: the line, its errors and their count at every instant."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import Dataset, best_line
from scenes.linear_algebra.harder_curves.numbers import HarderCurvesNumbers, HarderCurvesParameters, compute

Play = Callable[..., Any]


@pytest.fixture(scope="module")
def article() -> HarderCurvesNumbers:
    """The numbers of the only preset."""
    return compute(HarderCurvesParameters())


def test_the_article_gets_174_of_200_at_the_end(article: HarderCurvesNumbers) -> None:
    results = article.results()
    assert (results["right"], results["total"], results["wrong"]) == (174, 200, 26)
    assert results["wrong_at_first"] == 0
    assert results["exact"]
    # The upper curve's ends and the lower curve's top are level at 0.7 (1 + cos(π / 4)) = 1.195.
    assert results["line_fails_at_gap"] == pytest.approx(0.7 * (1 + np.cos(np.pi / 4)), abs=0.01)


def test_the_line_on_screen_is_as_good_as_the_best_at_other_gaps_too(article: HarderCurvesNumbers) -> None:
    for gap in np.linspace(1.9, 0.7, 9):
        dataset = article.dataset_at(float(gap))
        best = best_line(dataset.points, dataset.labels).right
        shown = len(dataset) - article.line_at(float(gap)).wrong_count
        # Between the gaps that were searched its direction is interpolated.
        assert best - 1 <= shown <= best


def test_the_line_moves_without_jumps(article: HarderCurvesNumbers) -> None:
    lines = [article.line_at(float(gap)) for gap in np.linspace(1.9, 0.7, 241)]
    assert np.abs(np.diff([line.angle for line in lines])).max() < np.radians(0.5)
    assert np.abs(np.diff([line.offset for line in lines])).max() < 0.05


@settings(max_examples=12)
@given(st.integers(0, 2**31 - 1), st.floats(0.0, 0.5), st.floats(0.0, 1.4), st.floats(0.1, 1.5))
def test_wrong_points_are_those_on_the_wrong_side(seed: int, noise: float, last: float, more: float) -> None:
    parameters = HarderCurvesParameters(
        from_gap=last + more, to_gap=last, noise=noise, seed=seed, points_per_curve=20
    )
    numbers = compute(parameters)
    for gap in np.linspace(parameters.from_gap, parameters.to_gap, 5):
        dataset, line = numbers.dataset_at(float(gap)), numbers.line_at(float(gap))
        towards_0, towards_1 = (
            (line.offset + step) * np.array([math.cos(line.angle), math.sin(line.angle)]) for step in (-1, 1)
        )
        for point, label, wrong in zip(dataset.points, dataset.labels, line.wrong, strict=True):
            # Of two places beside the line, the nearer one is on the point's own side.
            nearer = math.dist(point, towards_0) - math.dist(point, towards_1)
            if abs(nearer) > 1e-9:
                assert wrong == ((nearer > 0) != (label == 1))
    last_set = numbers.last_dataset
    # No angle does better than the best of all lines.
    best = best_line(last_set.points, last_set.labels).right
    assert numbers.right == numbers.sweep.most == best
    assert numbers.sweep.line_at(numbers.last_tilt).wrong_count == numbers.last_line.wrong_count


def most_right(dataset: Dataset, tilt: float) -> int:
    """Try a line of this tilt between any two neighbours, and beyond all; either side may be class 1."""
    across = np.array([-math.sin(tilt), math.cos(tilt)])
    heights = (dataset.points @ across).tolist()
    levels = sorted(set(heights))
    places = [levels[0] - 1, levels[-1] + 1, *((a + b) / 2 for a, b in pairwise(levels))]
    most = 0
    for place in places:
        above = [height > place for height in heights]
        right = sum(up == bool(label) for up, label in zip(above, dataset.labels, strict=True))
        most = max(most, right, len(heights) - right)
    return most


@settings(max_examples=10)
@given(st.integers(0, 2**31 - 1), st.floats(0.01, 0.5), st.floats(0.0, 1.4))
def test_every_angle_has_the_best_line_that_it_can_have(seed: int, noise: float, gap: float) -> None:
    numbers = compute(
        HarderCurvesParameters(from_gap=1.5, to_gap=gap, noise=noise, seed=seed, points_per_curve=20)
    )
    sweep = numbers.sweep
    assert (np.diff(sweep.tilts) > 0).all()
    assert [sweep.tilts[0], sweep.tilts[-1]] == pytest.approx([-np.pi / 2, np.pi / 2])
    assert np.diff(sweep.tilts).max() <= np.radians(0.5) + 1e-12
    for k in range(0, len(sweep.tilts), 23):
        tilt = float(sweep.tilts[k])
        line = sweep.line_at(tilt)
        assert len(sweep.dataset) - line.wrong_count == sweep.rights[k] == most_right(sweep.dataset, tilt)
        # It has this tilt, whichever side class 1 is on.
        assert abs(math.sin(line.angle - np.pi / 2 - tilt)) < 1e-9


def test_the_curve_by_angle_touches_its_ceiling_twice(article: HarderCurvesNumbers) -> None:
    sweep = article.sweep
    best = sweep.tilts[sweep.rights == 174]
    assert sweep.most == 174
    assert article.best_tilt == article.last_tilt == pytest.approx(np.radians(6.9), abs=0.01)
    assert -best.min() == pytest.approx(best.max(), abs=1e-6)
    # The curves are their own mirror image, and upright lines part nothing.
    assert sweep.rights.tolist() == sweep.rights[::-1].tolist()
    assert sweep.least == sweep.rights[0] == sweep.rights[-1] == 100


def test_the_line_turns_without_leaping_while_there_is_a_choice(article: HarderCurvesNumbers) -> None:
    middle = article.last_dataset.points.mean(axis=0)
    lines = [article.sweep.line_at(tilt) for tilt in np.linspace(-np.pi / 2, np.pi / 2, 721)]
    away = np.array(
        [(line.offset - line.normal @ middle) * (1 if np.sin(line.angle) >= 0 else -1) for line in lines]
    )
    assert np.abs(np.diff(away)).max() < 0.35


def test_what_was_only_tried_is_not_called_the_best_there_is() -> None:
    few = compute(HarderCurvesParameters(points_per_curve=20, noise=0.5, seed=1))
    many = compute(HarderCurvesParameters(points_per_curve=601, noise=0.5, seed=1))
    assert (few.path.first.exact, many.path.first.exact) == (True, False)
    assert few.captions() | {"start": "start-wrong", "verdict": "verdict"} == few.captions()
    said = many.captions()
    assert said | {"start": "start-tried", "verdict": "verdict-tried"} == said


def test_the_curves_must_close_in() -> None:
    with pytest.raises(ValueError, match=r"to_gap must be less than from_gap; got 1\.9 and 0\.7"):
        HarderCurvesParameters(from_gap=0.7, to_gap=1.9)


def test_every_frame_counts_and_rings_what_stands_wrong_on_screen(
    make_job: Play, play_with_probe: Play
) -> None:
    seen: set[int] = set()
    turned: list[float] = []

    def probe(scene: Any) -> None:
        if not hasattr(scene, "chart") or not len(scene.line.pieces):
            return
        clouds = [cloud.positions for cloud in scene.space.dots]
        line = scene.line.shape[0] if scene.beats else None
        if line is None:
            return
        (x0, y0), (x1, y1) = line
        wrong = []
        for label, cloud in enumerate(clouds):
            above = (x1 - x0) * (cloud[:, 1] - y0) - (y1 - y0) * (cloud[:, 0] - x0)
            wrong.append(int(((above < 0) if label else (above >= 0)).sum()))
        # Upright and beyond, class 1 may be on either side.
        count = min(sum(wrong), 200 - sum(wrong))
        assert scene.counter.value == 200 - count == int(scene.counter.number.source)
        assert len(scene.rings.positions) == count
        if len(scene.beats) >= 4:
            chart = scene.chart.chart
            tilt = math.degrees(math.atan2(y1 - y0, x1 - x0))
            x, y = scene.chart.point.positions[0]
            right = chart.y_range[0] + (y - chart.inner.bottom) / chart.units[1]
            assert right == pytest.approx(200 - count, abs=0.01)
            shown = chart.x_range[0] + (x - chart.inner.left) / chart.units[0]
            assert math.sin(math.radians(shown - tilt)) == pytest.approx(0.0, abs=1e-3)
            # What is drawn never passes the ceiling.
            ceiling = scene.chart.ceiling_at[0, 1]
            assert scene.chart.curve.pieces[..., 1].max(initial=ceiling - 9) <= ceiling + 1e-6
            turned.append(shown)
        seen.add(count)

    scene = play_with_probe(make_job("harder-curves", fps=5), probe)
    assert scene.gap.number.value == 70
    assert {0, 26, 100} <= seen
    assert len(seen) > 20
    assert min(turned) == pytest.approx(-90, abs=0.1)
    assert max(turned) == pytest.approx(90, abs=0.1)
    assert scene.chart.curve.pieces[..., 1].max() == pytest.approx(scene.chart.ceiling_at[0, 1])


def test_the_gap_is_as_long_as_it_says(make_job: Play, play_with_probe: Play) -> None:
    lengths: list[tuple[float, int]] = []

    def probe(scene: Any) -> None:
        if not hasattr(scene, "gap"):
            return
        down, up = scene.gap.arrows
        marks = scene.gap.mark
        lengths.append(((up.head[1] - down.head[1] + marks) / scene.view.unit, scene.gap.number.value))

    play_with_probe(make_job("harder-curves", fps=5), probe)
    assert len({number for _, number in lengths}) > 5
    assert all(length == pytest.approx(number / 100, abs=0.006) for length, number in lengths)
