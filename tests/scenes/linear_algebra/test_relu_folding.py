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
from scenes.linear_algebra.relu_folding.boundary import corners, line_count
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
ANGLES = np.linspace(0.0, 2 * np.pi, 24, endpoint=False)
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
    assert captions["turn"] == "W₁ is 0: the plane shrinks to one point"
    assert "One class for all points" in captions["separate"]
    assert "no line here at all" in captions["bent-line"]
    assert drawn["separate"] == drawn["bent-line"] == drawn["creases"] == 0


@pytest.mark.parametrize(
    ("network", "captions"),
    [
        ((np.zeros((2, 2)), [1.0, 1.0], [1.0, 1.0]), {"turn": "turn-zero", "fold-1": "fold-1-none"}),
        ((np.zeros((2, 2)), [-1.0, 0.0], [1.0, 1.0]), {"fold-1": "fold-1", "fold-2": "fold-2-none"}),
        ((1e-4 * np.eye(2), [1.0, 1.0], [1.0, 0.0]), {"turn": "turn-slight", "fold-2": "fold-2-empty"}),
        (([[1.0, 2.0], [0.5, 1.0]], [0.0, 0.0], [1.0, 0.0]), {"turn": "turn-flat"}),
        ((np.eye(2), [1e-3, 0.0], [1.0, 0.0]), {"turn": "turn"}),
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
    assert (line_count(straight), len(corners(straight))) == (1, 0)
    assert line_count(bent) == 1
    assert corners(bent) == pytest.approx(np.array([[1.0, 1.0]]))
    # Two lines of different directions are no bend.
    two = np.concatenate([line((0, 0), (1, 1)), line((5, 0), (6, 0))])
    assert (line_count(two), len(corners(two))) == (2, 0)
    none = np.zeros((0, 2, 2))
    assert (line_count(none), len(corners(none))) == (0, 0)


def test_corners_that_are_one_to_the_eye_are_one_corner_and_a_closed_line_has_them_all() -> None:
    near = line((0, 0), (1, 0), (1.001, 0.0005), (2, 1))
    assert len(corners(near)) == 2
    assert len(corners(near, 0.01)) == 1
    assert len(corners(line((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))) == 4


@pytest.mark.parametrize(("hidden", "seed"), [(2, 6), (2, 0), (3, 0), (3, 12), (4, 1), (4, 4)])
def test_every_corner_is_on_a_crease_and_the_boundary_bends_there(hidden: int, seed: int) -> None:
    numbers = compute(ReluFoldingParameters(hidden=hidden, seed=seed, restarts=2))
    assert numbers.units == hidden
    assert len(numbers.corners)
    weights, bias = numbers.first.weights, numbers.first.bias
    for corner in numbers.corners:
        distances = np.abs(weights @ corner + bias) / np.hypot(*weights.T)
        assert distances.min() < 0.02 * numbers.reach
        score = np.maximum(weights @ corner + bias, 0) @ numbers.last.weights[0] + numbers.last.bias[0]
        assert score == pytest.approx(numbers.threshold.value, abs=1e-6)
        # Where nothing bends, scores on opposite sides of the corner differ from the threshold by as much.
        around = corner + 1e-3 * np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
        scores = np.maximum(around @ weights.T + bias, 0) @ numbers.last.weights[0] + numbers.last.bias[0]
        odd = scores - 2 * numbers.threshold.value + np.roll(scores, len(ANGLES) // 2)
        assert np.abs(odd).max() > 1e-6


def test_the_preset_of_three_neurons_has_three_creases_and_three_corners() -> None:
    numbers = compute(ReluFoldingParameters(**DEFINITION.presets["three"]))
    assert (numbers.threshold.right, numbers.threshold.total) == (200, 200)
    assert len(numbers.creases) == len(numbers.corners) == len(numbers.near_corners) == 3
    nearest = [
        min(numbers.creases, key=lambda c, p=corner: abs(c.normal @ p - c.offset) / np.hypot(*c.normal)).units
        for corner in numbers.corners
    ]
    assert len(set(nearest)) == 3
    assert numbers.captions()["creases"] == "creases"


def test_neurons_without_a_crease_or_with_one_already_there_say_so() -> None:
    first = Layer([[1.0, 0.0], [2.0, 0.0], [0.0, 0.0]], [-1.0, -2.0, 1.0], "relu")
    numbers = ReluFoldingNumbers.of(FOUR, Network((first, Layer([[1.0, 1.0, 1.0]], [0.0]))))
    captions = numbers.captions()
    assert [captions[f"neuron-{k}"] for k in (1, 2, 3)] == ["neuron-1", "neuron-same", "neuron-none"]
    assert [crease.units for crease in numbers.creases] == [(0, 1)]


@pytest.mark.parametrize("hidden", [3, 4])
def test_rings_and_creases_are_drawn_where_they_are_computed(hidden: int, make_job: MakeJob) -> None:
    scene: Any = run_without_drawing(make_job("relu-folding", hidden=hidden, seed=1, restarts=2))
    view, numbers = scene.wide_view, scene.numbers
    rings = np.array([ring.get_center()[:2] for ring in scene.creases.rings]).reshape(-1, 2)
    assert rings == pytest.approx(view.to_scene(numbers.corners), abs=1e-6)
    for drawn, crease in zip(scene.creases.lines, numbers.creases, strict=True):
        places = (drawn.pieces.reshape(-1, 2) - view.origin) / view.unit
        assert places @ crease.normal == pytest.approx(np.full(len(places), crease.offset), abs=1e-6)
    ends = (scene.boundary.pieces.reshape(-1, 2) - view.origin) / view.unit
    hidden_values = np.maximum(ends @ numbers.first.weights.T + numbers.first.bias, 0)
    scores = hidden_values @ numbers.last.weights[0] + numbers.last.bias[0]
    assert scores == pytest.approx(np.full(len(ends), numbers.threshold.value), abs=1e-6)
    assert scene.beats[-1].caption.count(",") == 2 or len(numbers.near_corners) != len(numbers.corners)


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
        if len(scene.beats) > 1:  # the arrows go before the first press
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
