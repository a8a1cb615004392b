"""Harder curves on screen: the line, its errors and their count at every instant."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnmath import best_line
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
    assert numbers.right == best_line(last_set.points, last_set.labels).right
    assert not numbers.turning_helps
    for t in (0.0, 0.5, 1.0):
        assert numbers.turned(t).wrong_count == numbers.last_line.wrong_count


def test_what_was_only_tried_is_not_called_the_best_there_is() -> None:
    few = compute(HarderCurvesParameters(points_per_curve=20, noise=0.5, seed=1))
    many = compute(HarderCurvesParameters(points_per_curve=601, noise=0.5, seed=1))
    assert (few.path.first.exact, many.path.first.exact) == (True, False)
    assert few.captions() | {"start": "start-wrong", "verdict": "verdict"} == few.captions()
    said = many.captions()
    assert said | {"start": "start-tried", "turn": "turn-any", "verdict": "verdict-tried"} == said


def test_the_curves_must_close_in() -> None:
    with pytest.raises(ValueError, match=r"to_gap must be less than from_gap; got 1\.9 and 0\.7"):
        HarderCurvesParameters(from_gap=0.7, to_gap=1.9)


def test_every_frame_counts_and_rings_what_stands_wrong_on_screen(
    make_job: Play, play_with_probe: Play
) -> None:
    seen: set[int] = set()

    def probe(scene: Any) -> None:
        if not hasattr(scene, "tallies"):
            return
        clouds = [cloud.positions for cloud in scene.space.dots]
        if scene.line.ends is None or any(len(cloud) == 0 for cloud in clouds):
            return
        (x0, y0), (x1, y1) = scene.line.ends
        wrong = 0
        for label, cloud in enumerate(clouds):
            above = (x1 - x0) * (cloud[:, 1] - y0) - (y1 - y0) * (cloud[:, 0] - x0)
            wrong += int(((above < 0) if label else (above >= 0)).sum())
        assert scene.wrong.value == wrong == len(scene.rings.positions)
        assert scene.right.value == 200 - wrong
        seen.add(wrong)

    scene = play_with_probe(make_job("harder-curves", fps=5), probe)
    assert scene.gap.value == 70
    assert {0, 26} <= seen
    assert len(seen) > 8
