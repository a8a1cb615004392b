"""ReLU folding, however training ends: captions say what is there, and everything stays on its stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import Dataset, Layer, Network
from scenes.linear_algebra.relu_folding.boundary import bends, line_count
from scenes.linear_algebra.relu_folding.numbers import (
    DEFINITION,
    ReluFoldingNumbers,
    ReluFoldingParameters,
    compute,
)
from scenes.stage.beat import Beat

MakeJob = Callable[..., Job]

COLLAPSED = [
    {"gap": 0.0, "points_per_curve": 20, "seed": 1167498019, "weight_decay": 0.1, "restarts": 1},
    {"gap": 0.0, "points_per_curve": 47, "noise": 0.3, "seed": 0, "weight_decay": 0.1, "restarts": 12},
]
FOUR = Dataset(np.array([[-2.0, -1.0], [2.0, -1.0], [-2.0, 1.0], [2.0, 1.0]]), np.array([0, 1, 0, 1]), "four")


def with_network(first: Any, bias: Any, last: Any, shift: float = 0.0) -> ReluFoldingNumbers:
    """Return the numbers of four points and a 2-2-1 network of these weights."""
    return ReluFoldingNumbers.of(FOUR, Network((Layer(first, bias, "relu"), Layer([last], [shift]))))


@pytest.mark.parametrize("chosen", COLLAPSED)
def test_a_collapsed_network_is_0_and_says_so(chosen: dict[str, Any], make_job: MakeJob) -> None:
    drawn: dict[str, int] = {}

    def at_rest(scene: Scene, beat: Beat) -> None:
        drawn[beat.key] = len(scene.boundary.pieces)

    scene = run_without_drawing(make_job("relu-folding", **chosen), at_rest)
    numbers = scene.numbers
    assert not numbers.first.weights.any()
    assert not numbers.last.weights.any()
    assert numbers.threshold.right == numbers.threshold.total / 2
    captions = {beat.key: beat.caption for beat in scene.beats}
    assert captions["turn"] == "First W₁, which is 0, shrinks the whole plane to one point"
    assert "all points into one class" in captions["separate"]
    assert "no line here at all" in captions["bent-line"]
    assert drawn["separate"] == drawn["bent-line"] == 0


@pytest.mark.parametrize(
    ("network", "captions"),
    [
        ((np.zeros((2, 2)), [1.0, 1.0], [1.0, 1.0]), {"turn": "turn-zero", "fold-1": "fold-1-none"}),
        ((np.zeros((2, 2)), [-1.0, 0.0], [1.0, 1.0]), {"fold-1": "fold-1", "fold-2": "fold-2-none"}),
        ((1e-4 * np.eye(2), [1.0, 1.0], [1.0, 0.0]), {"turn": "turn-slight", "fold-2": "fold-2-empty"}),
        (([[1.0, 2.0], [0.5, 1.0]], [0.0, 0.0], [1.0, 0.0]), {"turn": "turn-flat", "shift": "shift-still"}),
        ((np.eye(2), [1e-3, 0.0], [1.0, 0.0]), {"turn": "turn", "shift": "shift-slight"}),
        ((np.eye(2), [0.5, 0.5], [0.0, 0.0]), {"separate": "separate-none", "bent-line": "bent-line-none"}),
        ((np.eye(2), [0.5, 0.5], [1.0, 0.0]), {"separate": "separate", "bent-line": "bent-line-straight"}),
        ((np.eye(2), [0.5, 0.5], [0.0, 1.0]), {"separate": "separate-almost"}),
    ],
)
def test_every_caption_is_true_of_the_weights(network: Any, captions: dict[str, str]) -> None:
    numbers = with_network(*network)
    chosen = numbers.captions()
    assert chosen | captions == chosen
    assert set(chosen) <= set(DEFINITION.beats)
    assert all(caption in DEFINITION.captions_of(beat) for beat, caption in chosen.items())


def line(*corners: tuple[float, float]) -> np.ndarray:
    """Return the pieces that join corners in turn, `(k, 2, 2)`."""
    points = np.array(corners)
    return np.stack([points[:-1], points[1:]], axis=1)


def test_lines_and_their_bends_are_told_apart() -> None:
    straight, bent = line((0, 0), (1, 1), (3, 3)), line((0, 0), (1, 1), (2, 1))
    assert (line_count(straight), bends(straight)) == (1, False)
    assert (line_count(bent), bends(bent)) == (1, True)
    # Two lines of different directions are no bend.
    two = np.concatenate([line((0, 0), (1, 1)), line((5, 0), (6, 0))])
    assert (line_count(two), bends(two)) == (2, False)
    none = np.zeros((0, 2, 2))
    assert (line_count(none), bends(none)) == (0, False)


def test_two_lines_in_place_of_one_are_called_two() -> None:
    # |x₁| = 1, from h₁ + h₂ = 1.
    points = np.array([[-3.0, 0.5], [0.0, -0.5], [0.2, 0.4], [3.0, 0.0]])
    dataset = Dataset(points, np.array([1, 0, 0, 1]), "band")
    network = Network((Layer([[1.0, 0.0], [-1.0, 0.0]], [0.0, 0.0], "relu"), Layer([[1.0, 1.0]], [-1.0])))
    numbers = ReluFoldingNumbers.of(dataset, network)
    assert numbers.captions()["bent-line"] == "bent-line-two"
    assert numbers.perfect


@pytest.mark.parametrize("seed", range(6))
def test_a_line_is_drawn_if_and_only_if_a_caption_speaks_of_one(seed: int, make_job: MakeJob) -> None:
    rng = np.random.default_rng(seed)
    chosen = {
        "gap": float(rng.choice([0.0, 0.3, 1.5])),
        "noise": float(rng.choice([0.0, 0.4])),
        "weight_decay": float(rng.choice([0.0, 1e-3, 0.1])),
        "seed": seed,
        "restarts": 1,
        "points_per_curve": 20,
    }
    drawn: dict[str, int] = {}

    def at_rest(scene: Scene, beat: Beat) -> None:
        drawn[beat.key] = len(scene.boundary.pieces)

    scene = run_without_drawing(make_job("relu-folding", **chosen), at_rest)
    keys = scene.numbers.captions()
    assert (drawn["separate"] == 0) == (keys["separate"] == "separate-none")
    assert (drawn["bent-line"] == 0) == (keys["bent-line"] == "bent-line-none")


@pytest.fixture
def two_points(tmp_path: Path) -> Path:
    path = tmp_path / "two.csv"
    path.write_text("x1,x2,label\n0,0,0\n1,1,1\n")
    return path


@pytest.mark.parametrize("decay", [0.0, 1e-3])
def test_the_arrows_of_two_points_stay_on_the_stage(
    decay: float, two_points: Path, make_job: MakeJob, play_with_probe: Callable[..., Any]
) -> None:
    seen = 0

    def probe(scene: Any) -> None:
        nonlocal seen
        stage, basis = scene.layout.stage, scene.space.basis
        if len(scene.beats) > 2:  # the arrows go before the first fold
            return
        for arrow in (basis.i, basis.j):
            for end in (arrow.tail, arrow.head):
                assert (end >= [stage.left, stage.bottom]).all()
                assert (end <= [stage.right, stage.top]).all()
        seen += 1

    play_with_probe(make_job("relu-folding", fps=10, data=two_points, weight_decay=decay), probe)
    assert seen > 20


def test_two_points_break_no_rule(two_points: Path, make_job: MakeJob) -> None:
    for aspect in ("16:9", "1:1", "9:16"):
        found = check(make_job("relu-folding", data=two_points, weight_decay=0.0, aspect=aspect))
        assert [finding.message for finding in found] == []


def test_scaling_for_the_arrows_changes_no_score(two_points: Path) -> None:
    parameters = ReluFoldingParameters(data=two_points, weight_decay=0.0)
    numbers = compute(parameters)
    tips = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    reached = np.abs([tips @ numbers.first.weights.T, tips @ numbers.first.weights.T + numbers.first.bias])
    assert reached.max() == pytest.approx(2 / 3)
    assert (numbers.threshold.right, numbers.threshold.total) == (2, 2)
