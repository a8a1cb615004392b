"""The audit's own measures against independent truth."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import fontpkg_source_sans_3
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given
from hypothesis import strategies as st
from manim import Circle

from explainer.audit.check import check, check_all
from explainer.audit.geometry import (
    boxes_of,
    contours_of,
    curves_of,
    depths,
    inside,
    pieces_of,
    sampled,
    shared_depth,
)
from explainer.audit.placement import action_safe, text_safe
from explainer.audit.words.lettering import letters_of
from explainer.jobs.job import Job
from scenes import catalog
from scenes.stage.writing import Formula, Sentence, Text
from scenes.style.layout import LAYOUTS, Region
from scenes.style.theme import DARK

coordinate = st.floats(-5, 5).map(lambda value: round(value, 3))


@given(x=coordinate, y=coordinate, radius=st.floats(0.1, 3.0))
def test_inside_a_circle_is_nearer_than_its_radius(x: float, y: float, radius: float) -> None:
    contours = contours_of(curves_of(Circle(radius).points))
    distance = math.hypot(x, y)
    # The outline is a polygon of 64 corners, a little inside the circle.
    if abs(distance - radius) > 0.01 * radius:
        assert inside(np.array([[x, y]]), contours)[0] == (distance < radius)


def test_a_hole_is_outside() -> None:
    disc = contours_of(curves_of(Circle(2.0).points))
    hole = [outline[::-1] for outline in contours_of(curves_of(Circle(1.0).points))]
    points = np.array([[0.0, 0.0], [1.5, 0.0], [2.5, 0.0]])
    assert inside(points, disc + hole).tolist() == [False, True, False]


@given(x=coordinate, y=coordinate)
def test_depth_in_a_box(x: float, y: float) -> None:
    left, bottom, right, top = -1.0, -2.0, 3.0, 1.0
    ((depth,),) = depths(np.array([[x, y]]), np.array([[left, bottom, right, top]]))
    nearest = max(left, min(x, right)), max(bottom, min(y, top))
    distance = math.hypot(x - nearest[0], y - nearest[1])
    if distance > 0:
        assert depth == pytest.approx(-distance)
    else:
        assert depth == pytest.approx(min(x - left, right - x, y - bottom, top - y))


def test_boxes_reach_into_each_other_by_the_shorter_way() -> None:
    one, other = np.array([[0.0, 0.0, 2.0, 2.0]]), np.array([[1.5, 0.2, 4.0, 1.0], [9.0, 9.0, 10.0, 10.0]])
    assert shared_depth(one, other) == pytest.approx(0.5)
    assert shared_depth(one, other[1:]) == pytest.approx(-7.0)


def test_pieces_and_samples_follow_a_curve() -> None:
    curves = curves_of(Circle(2.0).points)
    pieces = pieces_of(curves)
    length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
    assert length == pytest.approx(4 * math.pi, rel=2e-3)
    points = sampled(pieces)
    assert np.hypot(*points.T) == pytest.approx(2.0, rel=2e-3)
    assert np.hypot(*np.diff(points, axis=0).T).max() <= 0.02 + 1e-9


def test_letters_have_the_heights_that_their_font_declares() -> None:
    file = Path(fontpkg_source_sans_3.ROOT) / "files" / "SourceSans3[wght].ttf"
    # The variable font's own heights are those of its thinnest weight.
    with instantiateVariableFont(TTFont(file), {"wght": 400}) as font:
        em, table = font["head"].unitsPerEm, font["OS/2"]
        small, capital = table.sxHeight / em, table.sCapHeight / em
    letters = letters_of(Text("words", DARK, size=0.5))
    assert letters.small == pytest.approx(0.5 * small, abs=0.003)
    assert letters.capital == pytest.approx(0.5 * capital, abs=0.003)


def test_a_formula_and_an_ideograph_have_heights_of_their_own() -> None:
    # New Computer Modern has the heights of Computer Modern: 430.6 and 683.3 thousandths of the em.
    formula = letters_of(Formula("sum x", DARK, size=0.5))
    assert (formula.small, formula.capital) == pytest.approx((0.2153, 0.3417), abs=0.001)
    ideographs = letters_of(Text("輸入", DARK, "zh-Hant", size=0.5))
    assert ideographs.small == ideographs.capital > 0.8 * 0.5
    mixed = letters_of(Text("輸入 x", DARK, "zh-Hant", size=0.5))
    assert mixed.small == pytest.approx(letters_of(Text("x", DARK, size=0.5)).small)


def test_every_outline_of_a_writing_is_a_box_of_its_own() -> None:
    (part,) = Text("ill", DARK).submobjects
    boxes = boxes_of(contours_of(curves_of(part.points)))
    # The dot of i, its stem, and two letters l.
    assert len(boxes) == 4
    gaps = np.sort(boxes[:, 0])[2:] - np.sort(boxes[:, 2])[1:-1]
    assert (gaps > 0).all()


@pytest.mark.parametrize("words", ["HH", "Hyphens", "all"])
def test_the_baseline_of_the_last_line(words: str) -> None:
    one = Sentence(words, DARK, size=0.5)
    assert one.last_baseline == pytest.approx(one.baseline, abs=1e-3)
    # H stands on the line.
    two = Sentence((words, "HH"), DARK, size=0.5).shift([1.0, -2.0, 0.0])
    assert two.last_baseline == pytest.approx(float(two.get_bottom()[1]), abs=1e-3)
    assert two.last_baseline < two.baseline - 0.5 * 0.5


def test_safe_areas() -> None:
    wide = LAYOUTS["16:9"]
    assert text_safe(wide).width == pytest.approx(0.9 * wide.frame_width)
    assert action_safe(wide).height == pytest.approx(0.93 * wide.frame_height)
    tall = replace(wide, aspect="9:16", frame=Region(-4.0, -7.0, 4.0, 7.0))
    assert text_safe(tall).bottom == pytest.approx(-7.0 + 0.2 * 14.0)
    assert text_safe(tall).top == pytest.approx(7.0 - 0.05 * 14.0)


def test_processes_find_what_one_process_finds() -> None:
    jobs = []
    for name in ("two-curves", "basis-vectors"):
        definition = catalog.definition(name)
        jobs.append(Job(definition, definition.default_preset, definition.preset_parameters(), name))
    done: list[Job] = []
    together = check_all(jobs, 2, done.append)
    assert together == [finding for job in jobs for finding in check(job)]
    assert sorted(job.scene for job in done) == ["basis-vectors", "two-curves"]
