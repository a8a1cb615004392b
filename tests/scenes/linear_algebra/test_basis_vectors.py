"""The names on the stage of `basis-vectors` keep off each other and off the edges, whatever the matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explainer.audit.check import check
from explainer.jobs.job import Job

MakeJob = Callable[..., Job]


def drawn_at_random(seed: int) -> dict[str, Any]:
    """Return a matrix and a point with two decimals."""
    rng = np.random.default_rng(seed)
    matrix, point = rng.uniform(-2, 2, (2, 2)), rng.uniform(-3, 3, 2)
    return {"matrix": matrix.round(2).tolist(), "point": point.round(2).tolist()}


@pytest.mark.parametrize(
    "chosen",
    [
        {"matrix": [[-1.65, 2.0], [-0.58, -1.0]], "point": [3.0, -2.93]},  # p near the left edge
        {"matrix": [[-0.93, 2.0], [-1.0, 1.76]], "point": [-1.1, -1.0]},  # p near the tip of i
    ],
)
def test_the_name_of_p_keeps_off_names_and_edges(chosen: dict[str, Any], make_job: MakeJob) -> None:
    found = check(make_job("basis-vectors", **chosen, aspect="9:16"))
    assert [finding.message for finding in found] == []


@pytest.mark.parametrize("seed", range(4))
def test_long_numbers_are_large_enough_to_read_in_a_square(seed: int, make_job: MakeJob) -> None:
    found = check(make_job("basis-vectors", **drawn_at_random(seed), aspect="1:1"))
    assert [finding.message for finding in found if finding.kind == "text size"] == []


def test_the_name_of_p_moves_without_a_jump(
    make_job: MakeJob, play_with_probe: Callable[[Job, Callable[[Any], None]], Any]
) -> None:
    offsets: list[np.ndarray] = []

    def probe(scene: Any) -> None:
        if scene.beats and scene.beats[-1].key == "columns":
            path = scene.path
            offsets.append(path.name.get_center()[:2] - path.end.positions[0])

    play_with_probe(make_job("basis-vectors", **drawn_at_random(5), fps=30), probe)
    assert len(offsets) > 60
    assert np.hypot(*np.diff(np.array(offsets), axis=0).T).max() < 0.1
