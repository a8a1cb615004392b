"""Points from a file of one's own: shown as they are, or refused in one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from explainer.errors import UserError
from explainer.jobs.job import Job
from explainer.play.render import run_without_drawing
from explainer.request.parameters import parse_setting, resolve
from nnmath import people
from scenes.catalog import definition

SCENES = ("two-curves", "one-layer-map", "one-layer-classifier", "relu-folding")


def csv_of(rows: list[tuple[float, float, int]], path: Path) -> Path:
    """Write points with their labels as a file and return its path."""
    path.write_text("x1,x2,label\n" + "".join(f"{x},{y},{label}\n" for x, y, label in rows))
    return path


@pytest.fixture
def four_people(tmp_path: Path) -> Path:
    dataset = people()
    rows = [(*point, int(label)) for point, label in zip(dataset.points, dataset.labels, strict=True)]
    return csv_of(rows, tmp_path / "people.csv")


@pytest.mark.parametrize("shown_by", SCENES)
def test_the_points_drawn_are_those_of_the_file(
    shown_by: str, four_people: Path, make_job: Callable[..., Job]
) -> None:
    job = make_job(shown_by, data=four_people)
    numbers = definition(shown_by).compute(job.parameters)
    assert numbers.dataset.points == pytest.approx(people().points)
    assert numbers.dataset.labels.tolist() == people().labels.tolist()
    rendering = run_without_drawing(job)
    assert [beat.key for beat in rendering.beats] == list(definition(shown_by).beats_for(job.parameters))
    assert "curve" not in " ".join(beat.caption for beat in rendering.beats).lower()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no rows"),
        ("x1,x2,label\n1,nan,0\n2,3,1\n", "line 2, column x2"),
        ("x1,x2,label\n1,inf,0\n2,3,1\n", "line 2, column x2"),
        ("x1,x2,label\n1,2\n", "line 2"),
        ("x1,x2,label\n1,2,0\n3,4,0\n", "both classes"),
        ("x1,x2,label\n1e30,2,0\n3,4,1\n", "1e+30"),
        ("x1,x2,label\n1e-9,2e-9,0\n3e-9,0,1\n", "within 2e-09 of each other, which is one dot"),
        ("x1,x2,label\n40,40,0\n40.1,40,1\n", "within 0.1 of each other"),
        ("x1,x2,label\n" + "1,2,0\n3,4,1\n" * 2001, "4002 rows"),
    ],
)
def test_files_that_no_picture_can_show_are_refused_in_one_line(
    content: str, told: str, tmp_path: Path, make_job: Callable[..., Job]
) -> None:
    path = tmp_path / "points.csv"
    path.write_text(content)
    with pytest.raises(UserError) as refusal:
        run_without_drawing(make_job("two-curves", data=path))
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_points_that_are_all_the_origin_can_be_computed_with(tmp_path: Path) -> None:
    path = csv_of([(0, 0, 0), (0, 0, 1), (0, 0, 1)], tmp_path / "points.csv")
    relu_folding = definition("relu-folding")
    numbers = relu_folding.compute(relu_folding.parameters(data=path))
    assert np.isfinite(numbers.hidden).all()
    assert (numbers.threshold.right, numbers.threshold.total) == (2, 3)


def test_what_is_no_file_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    pipe, huge = tmp_path / "pipe", tmp_path / "huge.csv"
    os.mkfifo(pipe)
    huge.touch()
    os.truncate(huge, 10**9)
    for path in (pipe, huge, tmp_path, tmp_path / "none.csv", Path("/dev/zero")):
        with pytest.raises(UserError, match=r"^--set data=.*: data must be a CSV file") as refusal:
            resolve(definition("two-curves"), "easy", None, [parse_setting(f"data={path}")])
        assert "\n" not in str(refusal.value)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no such file")
def test_a_file_that_cannot_be_read_is_named() -> None:
    said = r"^--set data=/proc/self/mem: data must be a CSV file that can be read: Input/output error"
    with pytest.raises(UserError, match=said):
        resolve(definition("two-curves"), "easy", None, [parse_setting("data=/proc/self/mem")])


def test_captions_own_up_when_a_line_would_do(make_job: Callable[..., Job]) -> None:
    hard, easy = (run_without_drawing(make_job("relu-folding", gap=gap)).beats[0] for gap in (0.7, 1.9))
    assert hard.caption.startswith("No straight line")
    assert easy.caption.startswith("A straight line could")


def test_what_only_shapes_the_curves_is_refused_beside_a_file(four_people: Path) -> None:
    two_curves, relu_folding = definition("two-curves"), definition("relu-folding")
    own = parse_setting(f"data={four_people}")
    # A preset's own gap is no one's wish.
    assert resolve(two_curves, "hard", None, [own]).dataset().points.shape == (4, 2)
    assert resolve(relu_folding, "hard", None, [own, parse_setting("seed=3")]).seed == 3
    for setting in ("gap=1", "points_per_curve=50", "noise=0"):
        with pytest.raises(UserError, match=rf"^--set {setting}: \w+ changes nothing beside data"):
            resolve(two_curves, "hard", None, [parse_setting(setting), own])


def test_label_and_column_order_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("label;x2;x1\n1;2;1\n0;-2;3\n")
    parameters = definition("two-curves").parameters(data=path)
    assert np.array_equal(parameters.dataset().points, [[1, 2], [3, -2]])
