"""What moves on screen is, at every frame, what nnmath computed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath.linear_map import LinearMap
from nnmath.turning_over import TurnedMap, turn_over
from scenes import catalog
from scenes.parts.plane.space import Space
from scenes.stage.beat import Beat

MakeJob = Callable[..., Job]
PlayWithProbe = Callable[[Job, Callable[[Scene], None]], Scene]
FPS = 5


def folded(plane_map: Any, points: np.ndarray) -> np.ndarray:
    """Map points (n, 2) by the formula of a plane map, or of one in space, written out."""
    if isinstance(plane_map, TurnedMap):
        nearness = 1 - points @ plane_map.heights / plane_map.eye
        return np.asarray(points @ plane_map.matrix.T / nearness[:, None])
    inner = points @ plane_map.matrix.T + plane_map.offset
    kept = np.maximum(inner, 0) + np.minimum(inner, 0) * (1 - plane_map.fold)
    return np.asarray(kept @ plane_map.outer_matrix.T + plane_map.outer_offset)


def in_data(space: Space, places: np.ndarray) -> np.ndarray:
    """Return the data coordinates (n, 2) of places on the stage."""
    return np.asarray((places - space.view.origin) / space.view.unit)


def assert_one_map(space: Space) -> None:
    """Check dots, basis vectors and axes of a space against the map that it says it shows."""
    shown = space.map
    for label, cloud in zip(space.dataset.classes, space.dots, strict=True):
        expected = folded(shown, space.dataset.of_class(label))
        # Classes that are pressed onto one line stand on either side of it.
        flat = np.linalg.cond(shown.matrix) > 4.0
        assert in_data(space, cloud.positions) == pytest.approx(
            expected, abs=space.diameter / space.view.unit if flat else 1e-8
        )
    if not shown.fold.any():
        for arrow, column in ((space.basis.i, 0), (space.basis.j, 1)):
            assert in_data(space, arrow.tail) == pytest.approx(shown.offset, abs=1e-8)
            head = shown.offset + folded(shown, np.eye(2))[column] - folded(shown, np.zeros((1, 2)))[0]
            assert in_data(space, arrow.head) == pytest.approx(head, abs=1e-8)
    if not shown.fold.any() and not shown.outer_offset.any() and not isinstance(shown, TurnedMap):
        # Each piece of an axis leads through the origin's image along the image of i or j.
        for start, end in in_data(space, space.plane.axes.pieces) - shown.offset:
            leans = [abs(np.cross([*(end - start), 0], [*shown.matrix[:, k], 0])[2]) for k in (0, 1)]
            passes = [abs(np.cross([*start, 0], [*shown.matrix[:, k], 0])[2]) for k in (0, 1)]
            assert min(a + b for a, b in zip(leans, passes, strict=True)) < 1e-6


def maps_at_every_frame(job: Job, play_with_probe: PlayWithProbe) -> tuple[Scene, dict[str, list[Any]]]:
    """Play a job, check its space whenever it is on screen as a whole, and return its maps by beat."""
    seen: dict[str, list[Any]] = {}

    def probe(scene: Any) -> None:
        space = getattr(scene, "space", None)
        if space is None or space not in scene.mobjects:
            return
        # Near by, what is beyond the stage is left out.
        if space.view == getattr(scene, "wide", space.view):
            assert_one_map(space)
        key = scene.definition.beats_for(scene.parameters)[len(scene.beats)]
        seen.setdefault(key, []).append(space.map)

    return play_with_probe(job, probe), seen


@pytest.mark.parametrize("variant", catalog.definition("basis-vectors").presets)
def test_basis_vectors_moves_all_of_space_at_once(
    variant: str, make_job: MakeJob, play_with_probe: PlayWithProbe
) -> None:
    scene, seen = maps_at_every_frame(make_job("basis-vectors", variant, fps=FPS), play_with_probe)
    matrix = np.array(scene.settings.parameters.matrix)
    eye = scene.numbers.map_at(0.5).eye if variant == "flip" else 0.0
    between = (
        (lambda t: turn_over(matrix, t, eye=eye).matrix) if variant == "flip" else LinearMap(matrix).between
    )
    moving = [plane_map.matrix for plane_map in seen["move"]]
    assert len(moving) >= 10
    # Every instant is an instant of nnmath's motion, and they follow in its order.
    times = np.linspace(0, 1, 2001)
    path = np.array([between(t) for t in times])
    at = [int(np.abs(path - instant).sum(axis=(1, 2)).argmin()) for instant in moving]
    assert all(np.abs(path[k] - instant).max() < 5e-3 for k, instant in zip(at, moving, strict=True))
    assert at == sorted(at)
    assert np.array_equal(seen["area"][-1].matrix, matrix)


@pytest.mark.parametrize("variant", catalog.definition("basis-vectors").presets)
def test_basis_vectors_takes_square_and_point_along(
    variant: str, make_job: MakeJob, play_with_probe: PlayWithProbe
) -> None:
    instants = 0

    def probe(scene: Any) -> None:
        nonlocal instants
        if getattr(scene, "space", None) is None or scene.space not in scene.mobjects:
            return
        space, point = scene.space, np.array(scene.settings.parameters.point)
        corners = in_data(space, scene.square.points[::4, :2])
        square = folded(space.map, np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]))
        assert corners == pytest.approx(square, abs=1e-8)
        steps = folded(space.map, np.array([[0.0, 0], [point[0], 0], point]))
        assert in_data(space, scene.path.corners) == pytest.approx(steps, abs=1e-8)
        instants += 1

    play_with_probe(make_job("basis-vectors", variant, fps=FPS), probe)
    assert instants >= 10


def test_basis_vectors_ends_where_the_product_says(make_job: MakeJob) -> None:
    ends: dict[str, tuple[np.ndarray, float]] = {}

    def note(scene: Any, beat: Beat) -> None:
        corners = in_data(scene.space, scene.square.points[::4, :2])
        x, y = corners.T
        area = 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
        ends[beat.key] = in_data(scene.space, scene.path.end.positions)[0], area

    matrix, point = [[1.5, -0.5], [0.25, 2.0]], [2.0, -1.0]
    scene = run_without_drawing(make_job("basis-vectors", matrix=matrix, point=point), note)
    assert ends["recipe"][0] == pytest.approx(point)
    assert ends["move"][0] == pytest.approx([1.5 * 2 + 0.5, 0.25 * 2 - 2.0])
    assert ends["recipe"][1] == pytest.approx(1.0)
    assert ends["area"][1] == pytest.approx(1.5 * 2.0 + 0.5 * 0.25)
    assert scene.results()["determinant"] == pytest.approx(ends["area"][1])
    assert scene.results()["image"] == pytest.approx(ends["move"][0].tolist())


@pytest.fixture(scope="module")
def folding() -> dict[str, Any]:
    """What relu-folding shows at the end of every beat, in data coordinates, and its results."""
    definition = catalog.definition("relu-folding")
    job = Job(definition, "default", definition.preset_parameters(), "relu-folding")
    ends: dict[str, Any] = {}

    def note(scene: Any, beat: Beat) -> None:
        space = scene.space
        ends[beat.key] = {
            "dots": [in_data(space, cloud.positions) for cloud in space.dots],
            "places": [cloud.positions.copy() for cloud in space.dots],
            "boundary": in_data(space, scene.boundary.pieces),
            "map": space.map,
        }

    scene = run_without_drawing(job, note)
    return {"ends": ends, "scene": scene, "results": scene.results(), "data": scene.numbers.dataset}


def layers(folding: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return the weights and biases that the scene's results tell."""
    results = folding["results"]
    first = np.array(results["weights_1"]), np.array(results["bias_1"])
    return *first, np.array(results["weights_2"])[0], float(results["bias_2"][0])


def test_folding_moves_all_of_space_at_once(make_job: MakeJob, play_with_probe: PlayWithProbe) -> None:
    _, seen = maps_at_every_frame(make_job("relu-folding", fps=FPS), play_with_probe)
    counted = Counter({key: len(maps) for key, maps in seen.items()})
    for key in ("turn", "fold-1", "fold-2", "separate", "score", "bent-line", "creases"):
        assert counted[key] >= 4, key
    folds = np.array([plane_map.fold for key in ("fold-1", "fold-2") for plane_map in seen[key]])
    assert (np.diff(folds, axis=0) >= -1e-9).all()
    # The second unit folds only after the first is flat.
    assert (folds[folds[:, 1] > 0, 0] == 1).all()


def test_folding_follows_the_network_step_by_step(folding: dict[str, Any]) -> None:
    weights, bias, _, _ = layers(folding)
    for label in (0, 1):
        points = folding["data"].of_class(label)
        before = points @ weights.T + bias
        half = np.column_stack([np.maximum(before[:, 0], 0), before[:, 1]])
        expected = {
            "curves": points,
            "turn": before,
            "fold-1": half,
            "fold-2": np.maximum(before, 0),
            "separate": np.maximum(before, 0),
            "bent-line": before,
            "creases": points,
        }
        for key, places in expected.items():
            assert folding["ends"][key]["dots"][label] == pytest.approx(places, abs=1e-8), key


def test_the_separating_line_is_where_the_score_is_the_threshold(folding: dict[str, Any]) -> None:
    _, _, weights, bias = layers(folding)
    line = folding["ends"]["separate"]["boundary"]
    assert line.shape == (1, 2, 2)
    assert line[0] @ weights + bias == pytest.approx([folding["results"]["threshold"]] * 2, abs=1e-8)
    assert np.hypot(*(line[0, 1] - line[0, 0])) > 1


def test_the_bent_line_is_where_the_score_is_the_threshold(folding: dict[str, Any]) -> None:
    first, first_bias, second, second_bias = layers(folding)
    boundary = folding["ends"]["creases"]["boundary"]
    assert len(boundary) >= 2
    shares = np.linspace(0, 1, 9)[:, None, None]
    along = (boundary[:, 0] + shares * (boundary[:, 1] - boundary[:, 0])).reshape(-1, 2)
    scores = np.maximum(along @ first.T + first_bias, 0) @ second + second_bias
    assert scores == pytest.approx(np.full(len(along), folding["results"]["threshold"]), abs=1e-6)


def test_the_count_on_screen_is_the_count_of_unringed_marks(folding: dict[str, Any]) -> None:
    first, first_bias, second, second_bias = layers(folding)
    scene, results, data = folding["scene"], folding["results"], folding["data"]
    scores = np.maximum(data.points @ first.T + first_bias, 0) @ second + second_bias
    right = int(((scores >= results["threshold"]) == (data.labels == 1)).sum())
    assert right == results["right"] == len(data) - len(scene.strips.rings.positions)
    assert str(right) == scene.counter.number.source
    line = scene.strips.line
    for label in (0, 1):
        places = folding["ends"]["score"]["places"][label][:, 0]
        expected = line.zero + line.unit * scores[data.labels == label]
        assert np.abs(places - expected).max() <= scene.strips.diameter / 2 + 1e-6
