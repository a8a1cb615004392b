"""Two curves on screen: what is read off, counted and asked is what nnmath computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Mobject, VMobject

from explainer.play.render import run_without_drawing
from scenes.linear_algebra.two_curves.numbers import TwoCurvesParameters, compute
from scenes.linear_algebra.two_curves.vector import FlyingNumber

Play = Callable[..., Any]


def shown(scene: Any) -> list[Mobject]:
    return [part for mobject in scene.mobjects for part in mobject.get_family()]


@given(pick=st.floats(0, 1), gap=st.floats(0, 3), noise=st.floats(0, 0.5))
@settings(max_examples=20, deadline=None)
def test_what_is_looked_at_are_points_of_the_data(pick: float, gap: float, noise: float) -> None:
    numbers = compute(TwoCurvesParameters(pick=pick, gap=gap, noise=noise, points_per_curve=30))
    rows = numbers.dataset.points.tolist()
    labels = [numbers.dataset.labels[rows.index(point)] for point in numbers.asked.tolist()]
    # Curves without a gap between them share their points.
    if gap > 0.01:
        assert labels == [1, 1, 0]
    for label, example in zip(numbers.dataset.classes, numbers.examples, strict=True):
        assert example.tolist() in numbers.dataset.of_class(label).tolist()
    assert numbers.picked.tolist() == numbers.examples[1].tolist()


def test_points_arrive_and_are_counted(make_job: Play, play_with_probe: Play) -> None:
    counts: list[int] = []

    def probe(scene: Any) -> None:
        if getattr(scene, "drain", None) is None or len(scene.drain.grey.positions):
            return
        there = sum(len(cloud.positions) for cloud in scene.space.dots)
        assert scene.counter.value == there
        counts.append(there)

    play_with_probe(make_job("two-curves", points_per_curve=40, fps=10), probe)
    # The first frame shows some already.
    assert 20 <= counts[0] < counts[5] < counts[-1] == 80
    assert counts == sorted(counts)


@pytest.mark.parametrize("of_preset", ["easy", "hard"])
def test_the_vector_always_says_where_the_point_is(
    of_preset: str, make_job: Play, play_with_probe: Play
) -> None:
    places: list[list[float]] = []

    def probe(scene: Any) -> None:
        reading = getattr(scene, "reading", None)
        if reading is None or reading.ring not in shown(scene):
            return
        assert scene.vector.point == pytest.approx(reading.point)
        here = scene.space.view.to_scene(reading.point[None])[0]
        assert reading.ring.get_center()[:2] == pytest.approx(here)
        if not places or places[-1] != pytest.approx(reading.point.tolist()):
            places.append(reading.point.tolist())

    scene = play_with_probe(make_job("two-curves", of_preset, fps=10), probe)
    asked = scene.numbers.asked.tolist()
    assert places[0] == pytest.approx(asked[0])
    assert places[-1] == pytest.approx(asked[-1])
    assert all(any(np.allclose(point, place) for place in places) for point in asked)


def test_numbers_fly_from_the_axes_into_the_vector(make_job: Play, play_with_probe: Play) -> None:
    flights: dict[str, list[np.ndarray]] = {}

    def probe(scene: Any) -> None:
        flying = [part for part in shown(scene) if isinstance(part, FlyingNumber)]
        # They never cross each other.
        assert len(flying) <= 1
        for number in flying:
            assert number.halo
            flights.setdefault(number.source, []).append(number.get_center())

    scene = play_with_probe(make_job("two-curves", fps=30), probe)
    assert list(flights) == [value.source for value in scene.reading.values]
    for path, value, entry in zip(flights.values(), scene.reading.values, scene.vector.entries, strict=True):
        assert path[0] == pytest.approx(value.get_center(), abs=0.1)
        left = [float(np.linalg.norm(place - entry.get_center())) for place in path]
        assert left == sorted(left, reverse=True)
        assert left[-1] < 0.1


def test_colours_drain_and_no_point_is_lost(make_job: Play, play_with_probe: Play) -> None:
    seen: list[int] = []

    def probe(scene: Any) -> None:
        drain = getattr(scene, "drain", None)
        if drain is None or drain.grey not in shown(scene):
            return
        clouds = [cloud.positions for cloud in (drain.grey, *scene.space.dots)]
        everything = scene.space.view.to_scene(scene.numbers.dataset.points)
        together = np.concatenate(clouds)
        assert np.allclose(together[np.lexsort(together.T)], everything[np.lexsort(everything.T)])
        seen.append(len(clouds[0]))

    scene = play_with_probe(make_job("two-curves", "hard", fps=10), probe)
    assert seen == sorted(seen)
    assert seen[-1] == len(scene.numbers.dataset)
    # What is left gives no class away: one shape, one colour, and the point that is asked about has both.
    grey, mark = scene.drain.grey, scene.reading.grey
    assert grey.get_color() == mark.get_color()
    assert not grey.square
    assert not mark.square
    assert not len(scene.reading.mark.positions)
    assert not any(len(cloud.positions) for cloud in scene.space.dots)


def test_marks_of_the_legend_come_out_of_points_of_their_class(make_job: Play, play_with_probe: Play) -> None:
    starts: dict[int, np.ndarray] = {}

    def probe(scene: Any) -> None:
        legend = getattr(scene, "legend", None)
        for k, mark in enumerate([] if legend is None else legend.marks):
            if mark in shown(scene):
                starts.setdefault(k, mark.get_center()[:2])

    scene = play_with_probe(make_job("two-curves", fps=30), probe)
    for k, start in starts.items():
        own = scene.space.view.to_scene(scene.numbers.dataset.of_class(k))
        assert np.hypot(*(own - start).T).min() < 0.05
    assert len(starts) == 2
    marks: list[VMobject] = list(scene.legend.marks)
    colours = [mark.get_fill_color() for mark in marks]
    assert colours == [cloud.get_stroke_color() for cloud in scene.space.dots]


def test_points_of_ones_own_take_the_same_way(make_job: Play, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("x1,x2,label\n-30,12,0\n-28,10,0\n0,0,1\n20,3,1\n45,-40,1\n", encoding="utf-8")
    scene = run_without_drawing(make_job("two-curves", data=file))
    assert scene.title.source == "Points of two classes"
    assert scene.numbers.picked.tolist() == [20, 3]
    assert [entry.source for entry in scene.vector.entries] == ["-28", "10"]
    assert scene.results()["picked"] == [20, 3]
