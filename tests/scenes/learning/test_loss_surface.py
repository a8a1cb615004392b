"""The loss surface: swapped neurons are the same network, and all that walks is where it was computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import FloatArray, Network
from scenes.families.walking_weight.numbers import FoldingParameters, folding_network
from scenes.families.walking_weight.twins import twin_network
from scenes.learning.loss_surface.card import Card
from scenes.learning.loss_surface.composition import Composition
from scenes.learning.loss_surface.landscape import Landscape
from scenes.learning.loss_surface.ledger import Entry
from scenes.learning.loss_surface.numbers import (
    DEFINITION,
    LossSurfaceNumbers,
    LossSurfaceParameters,
    compute,
)
from scenes.learning.loss_surface.slope_mark import SlopeMark, gradient_lines
from scenes.parts.surface.viewpoint import Viewpoint
from scenes.stage.writing import Text
from scenes.style.layout import LAYOUTS, Region
from scenes.style.theme import DARK

MakeJob = Callable[..., Job]
few = {"points_per_curve": 20, "steps": 12}
weights = st.floats(-1.5, 1.5)
choices = st.fixed_dictionaries(
    {
        "gap": st.floats(0, 3),
        "noise": st.floats(0, 0.5),
        "seed": st.integers(0, 10**6),
        "points_per_curve": st.just(20),
        "learning_rate": st.sampled_from([1e-4, 0.01, 0.05, 0.5, 10.0]),
        "steps": st.integers(1, 40),
        "batch_size": st.integers(2, 39),
        "starts": st.lists(st.tuples(weights, weights), min_size=1, max_size=2, unique=True),
        "point": st.tuples(weights, weights),
        "compare": st.sampled_from(["starts", "batches"]),
    }
)


@pytest.fixture(scope="module")
def numbers() -> LossSurfaceNumbers:
    return compute(LossSurfaceParameters())


def loss_by_hand(network: Network, parameters: LossSurfaceParameters, pair: FloatArray) -> Any:
    """Binary cross-entropy from its definition, the two weights of x₁ replaced; they may be complex."""
    dataset, (first, last) = parameters.dataset(), network.layers
    into = first.weights.astype(np.asarray(pair).dtype)
    into[:, 0] = pair
    before = dataset.points @ into.T + first.bias
    scores = np.where(before.real > 0, before, 0.0) @ last.weights[0] + last.bias[0]
    against = np.where(dataset.labels == 1, -1.0, 1.0) * scores
    large = np.where(against.real > 0, against, 0.0)
    return np.mean(large + np.log(np.exp(-large) + np.exp(against - large)))


@settings(max_examples=6)
@given(choices, st.tuples(weights, weights), st.integers(0, 99))
def test_to_exchange_the_two_weights_changes_nothing(changes, pair, seed) -> None:
    parameters = LossSurfaceParameters(**changes)
    numbers = compute(parameters)
    plane, (a, b) = numbers.plane, pair
    # The parameters that are held are the same number for both neurons, to the last bit.
    first, last = numbers.network.layers
    assert first.weights[0, 1] == first.weights[1, 1]
    assert first.bias[0] == first.bias[1]
    assert last.weights[0, 0] == last.weights[0, 1]
    assert plane.loss_at((a, b)) == pytest.approx(plane.loss_at((b, a)), abs=1e-12, rel=1e-12)
    assert plane.loss_at((a, b)) == pytest.approx(
        loss_by_hand(numbers.network, parameters, np.array([a, b])), abs=1e-9
    )
    points = np.random.default_rng(seed).normal(scale=4, size=(50, 2))
    one, other = (plane.network_at(each).forward(points).output for each in ((a, b), (b, a)))
    assert one == pytest.approx(other, rel=1e-12, abs=1e-12)


def test_without_ties_training_finds_the_same_network() -> None:
    """The twins are no invention: what `relu-folding` and `gradient-descent` train is this network."""
    parameters = FoldingParameters()
    dataset = parameters.dataset()
    twins, free = twin_network(dataset, parameters.seed), folding_network(parameters, dataset)
    assert twins.parameters == pytest.approx(free.parameters, abs=2e-4)
    assert round(float(twins.layers[0].weights[0, 0]), 2) == 0.42
    scores = twins.forward(dataset.points).output[:, 0]
    assert ((scores >= 0) == (dataset.labels == 1)).all()


def test_gradient_and_walks_of_the_preset(numbers: LossSurfaceNumbers) -> None:
    parameters = LossSurfaceParameters()
    for k in range(2):
        pair = numbers.point.astype(complex)
        pair[k] += 1e-30j
        ahead = loss_by_hand(numbers.network, parameters, pair)
        assert numbers.gradient[k] == pytest.approx(ahead.imag / 1e-30, abs=1e-9)
    one, other = numbers.walks
    # The starts are each other's mirror image, and so are all steps.
    assert one.descent.weights == pytest.approx(other.descent.weights[:, ::-1], abs=1e-12)
    assert one.descent.losses == pytest.approx(other.descent.losses, abs=1e-12)
    assert numbers.swapped
    assert {walk.end for walk in numbers.walks} == {"arrived"}
    assert numbers.captions() == {
        "gradient": "gradient",
        "ridge": "ridge-near",
        "end": "end-swapped",
    }
    assert one.last == pytest.approx([0.41, -0.41], abs=0.02)
    assert one.valley.loss == pytest.approx(0.00596, abs=1e-5)
    assert (np.diff(one.descent.losses) < 0).all()


@settings(max_examples=12)
@given(choices)
def test_captions_are_true(changes) -> None:
    parameters = LossSurfaceParameters(**changes)
    numbers = compute(parameters)
    captions, walks = numbers.captions(), numbers.walks
    for beat, caption in captions.items():
        assert caption in DEFINITION.captions_of(beat)
    for walk in walks:
        descent = walk.descent
        assert np.isfinite(descent.weights).all()
        assert numbers.plane.loss_at(walk.valley.weights) == pytest.approx(walk.valley.loss, rel=1e-12)
        inside = bool(np.abs(walk.last).max() <= numbers.half + 1e-9) and descent.diverged_at is None
        assert (walk.end == "astray") == (not inside)
        if walk.end == "arrived":
            assert np.abs(walk.last - walk.valley.weights).max() < 0.1 * numbers.reach
        if walk.end != "astray":
            assert walk.valley.loss <= walk.loss
    if parameters.compare == "batches":
        assert [walk.descent.batch_size for walk in walks] == [40, parameters.batch_size, 1]
        if captions["compare"] == "compare":
            assert {len(walk.descent) for walk in walks} == {parameters.steps}
        return
    if captions["end"] == "end-swapped":
        assert walks[0].last == pytest.approx(walks[1].last[::-1], abs=0.005)
        assert np.abs(walks[0].last - walks[1].last).max() > 0.01
    if captions["end"] == "end-same":
        assert walks[0].valley.loss == pytest.approx(walks[1].valley.loss, abs=0.05)
    assert (captions["gradient"] == "gradient-flat") == (not numbers.gradient.any())


def test_bad_input_is_told_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"batch_size is 40 but all points are 40: give 2 to 39"):
        LossSurfaceParameters(compare="batches", points_per_curve=20, batch_size=40)
    with pytest.raises(ValueError, match=r"starts has \(0.5, 0.1\) twice"):
        LossSurfaceParameters(starts=((0.5, 0.1), (0.5, 0.1)))
    with pytest.raises(ValueError, match="starts"):
        LossSurfaceParameters(starts=())


def landscape(numbers: LossSurfaceNumbers, viewpoint: Viewpoint | None = None) -> Landscape:
    layout, half = LAYOUTS["16:9"], np.full(2, numbers.half)
    relief = numbers.relief(-half, half)
    above = Composition.of(layout).above(relief, numbers.map_reach)
    return Landscape(numbers, DARK, layout, relief, viewpoint or above, numbers.contours(relief))


def test_ball_curve_and_trail_are_where_the_loss_is(numbers: LossSurfaceNumbers) -> None:
    land = landscape(numbers)
    relief = land.relief
    descent = numbers.walks[0].descent
    walked = relief.lift(descent.weights, descent.losses)
    aside = Composition.of(LAYOUTS["16:9"]).aside(relief, walked)
    for viewpoint in (land.viewpoint, aside, land.viewpoint.towards(aside, 0.4)):
        land.look_from(viewpoint)
        pair = np.array([0.7, -0.1])
        height = relief.rise * relief.heights(numbers.plane.loss_at(pair))
        assert land.stand(pair).ball.place[0] == pytest.approx(viewpoint.project(np.array([*pair, height])))
    land.lift_to(float(relief.second[-1]))
    land.look_from(land.viewpoint)
    land.show_curve(-0.42, 0.5)
    ends = land.curve.lines[0]
    assert ends[-1, :2] == pytest.approx([0.0, -0.42], abs=1e-12)
    for x, y, z in ends[::40]:
        assert z == pytest.approx(relief.rise * relief.heights(numbers.plane.loss_at((x, y))), abs=1e-12)
    land.look_from(aside)
    trail = land.walk(DARK, 0, "class_0")
    for k in (0, 5, 48):
        world = walked[k]
        trail.show(float(k))
        assert trail.ball.place[0] == pytest.approx(land.viewpoint.project(world), abs=1e-9)


def test_contours_rise_with_the_water(numbers: LossSurfaceNumbers) -> None:
    land = landscape(numbers)
    lines = numbers.contours(land.relief)
    for each in lines:
        for line in each.lines:
            assert numbers.plane.losses(line) == pytest.approx(np.full(len(line), each.level), rel=1e-4)
    counts = []
    for height in (0.0, 0.3, 0.6, 1.0):
        land.flood(height)
        shown = np.concatenate([np.zeros((0, 3)), *land.contours.lines])
        assert (shown[:, 2] <= (height + 1e-6) * land.relief.rise).all()
        counts.append(len(land.contours.lines))
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[-1] == sum(len(each.lines) for each in lines)


def test_the_gradient_stands_square_on_its_line(numbers: LossSurfaceNumbers) -> None:
    land = landscape(numbers)
    line = numbers.contour_through(numbers.point, land.relief)
    within = LAYOUTS["16:9"].stage
    mark = SlopeMark(DARK, land, numbers, line, within)
    mark.climb(1.0).descend(1.0)
    along = mark.gradient.head - mark.gradient.tail
    # The direction of the line at the point, from the loss alone.
    near = min((each for one in line for each in one.lines), key=lambda e: distance(e, numbers.point))
    k = int(np.argmin(np.hypot(*(near - numbers.point).T)))
    tangent = near[k + 1] - near[k - 1]
    assert abs(along @ tangent) < 0.06 * np.hypot(*along) * np.hypot(*tangent)
    step = mark.step.head - mark.step.tail
    assert step == pytest.approx(-numbers.learning_rate * numbers.gradient * land.viewpoint.unit)
    assert mark.gradient.tail == pytest.approx(mark.place)
    pieces = mark.square.pieces
    assert (pieces[0, 1] - pieces[0, 0]) @ (pieces[1, 1] - pieces[1, 0]) == pytest.approx(0.0, abs=1e-12)


def distance(line: FloatArray, point: FloatArray) -> float:
    return float(np.hypot(*(line - point).T).min())


def numbers_in(markup: str) -> list[Decimal]:
    plain = re.sub(r' class\("normal", dot\) 10\^\(([-\d]+)\)', r"e\1", markup)
    return [Decimal(each) for each in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", plain)]


@settings(max_examples=6)
@given(choices)
def test_the_written_step_is_the_written_rate_times_the_written_gradient(changes) -> None:
    numbers = compute(LossSurfaceParameters(**changes | {"compare": "starts"}))
    gradient, rate, step = (
        line.source for line in gradient_lines(DARK, numbers, Region(-6.4, -2.6, -2.75, 0.0))
    )
    (eta,) = numbers_in(rate)
    products = [-eta * each for each in numbers_in(gradient)]
    written = numbers_in(step.replace("-eta nabla L", ""))
    assert len(products) == len(written) == 2
    for product, shown in zip(products, written, strict=True):
        last_digit = Decimal(10) ** int(shown.as_tuple().exponent)
        assert abs(product - shown) <= last_digit / 2
        # Whatever the size: what is not 0 is never written as 0.
        assert (shown == 0) == (product == 0)
    assert ("approx" in step) == (products != written)


def test_swapped_neurons_take_their_edges_along(numbers: LossSurfaceNumbers) -> None:
    plane = numbers.plane
    one, other = (
        Card(
            DARK,
            Region(-6.4, 0.0, -2.75, 2.6),
            "class_0",
            plane.network_at,
            walk.last,
            walk.loss,
            numbers.half,
        )
        for walk in numbers.walks
    )
    for t in (0.3, 0.5, 1.0):
        other.exchange(t)
        for (layer, m, n), edge in other.diagram._edges.items():
            begin, end = other.diagram.neuron(layer, n), other.diagram.neuron(layer + 1, m)
            radius = other.diagram.radius
            assert np.hypot(*(edge.start - begin.middle[:2])) == pytest.approx(radius)
            assert np.hypot(*(edge.end - end.middle[:2])) == pytest.approx(radius)
        apart = np.hypot(*(other.neuron(0).middle - other.neuron(1).middle)[:2])
        assert apart > 2 * other.diagram.radius
    # Now the second diagram is the first one, line by line; only the neurons' names have changed places.
    for layer, m, n in other.diagram._edges:
        twin = (layer, 1 - m, n) if layer == 0 else (layer, m, 1 - n)
        moved, still = other.diagram.edge(layer, m, n), one.diagram.edge(*twin)
        assert moved.start == pytest.approx(still.start)
        assert moved.end == pytest.approx(still.end)
        assert moved.width_at_rest == pytest.approx(still.width_at_rest, rel=1e-9)
        assert moved.negative == still.negative


def test_the_ledger_counts_what_was_read() -> None:
    numbers = compute(LossSurfaceParameters(**DEFINITION.presets["batches"]))
    lengths = []
    for walk in numbers.walks:
        entry = Entry(DARK, walk, "class_0", "whole", Text("200 points", DARK))
        share = float(walk.descent.passes[-1] / numbers.walks[0].descent.passes[-1])
        words = Text("updates", DARK), Text("passes", DARK)
        entry.stand(Region(-6.4, 0.0, -2.75, 1.8), words, None, share)
        for updates, done in ((0.0, 0), (37.5, 37), (100.0, 100)):
            entry.show(updates)
            assert entry.updates.source == str(done)
            read = done * walk.descent.batch_size / 200
            assert float(entry.passes.source) == pytest.approx(read, abs=0.0051)
            assert float(entry.loss.source.removeprefix("L = ")) == pytest.approx(
                walk.descent.losses[done], abs=5e-3
            )
        entry.measure(1.0)
        (piece,) = entry.bar.pieces
        lengths.append(float(np.hypot(*(piece[1] - piece[0]))))
    assert lengths[1] / lengths[0] == pytest.approx(8 / 200)
    assert lengths[2] / lengths[0] == pytest.approx(1 / 200, abs=0.002)


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_camera_and_ground_never_move_together(
    aspect: str, make_job: MakeJob, play_with_probe: Callable[..., Scene]
) -> None:
    seen: list[tuple[FloatArray, FloatArray]] = []

    def probe(scene: Scene) -> None:
        land = getattr(scene, "land", None)
        if land is not None:
            view = land.viewpoint
            walked = tuple(trail.progress for trail in land.trails)
            camera = (view.azimuth, view.elevation, view.unit, *view.place)
            at = (9.0, 9.0) if land.at is None else tuple(land.at)
            ground = (land.surface.lifted, land.second, land.level, sum(walked), *at)
            seen.append((np.array(camera), np.array(ground)))

    scene = play_with_probe(make_job("loss-surface", aspect=aspect, fps=10, steps=8), probe)
    for (camera, ground), (later, moved) in pairwise(seen):
        assert np.allclose(camera, later, atol=1e-9) or np.allclose(ground, moved, atol=1e-9)
    assert len({tuple(camera) for camera, _ in seen}) > 20
    assert len({tuple(ground) for _, ground in seen}) > 40
    # At every moment of its walk the card has the weights that the ball is at.
    ends = [walk.descent for walk in scene.numbers.walks]
    for card, descent in zip(scene.cards, ends, strict=True):
        assert card.weights == pytest.approx(descent.weights[-1])
        assert card.loss == descent.losses[-1]


@pytest.mark.parametrize(
    ("aspect", "chosen"),
    [
        # Nothing to be learnt: the loss is the same everywhere.
        ("16:9", {"gap": 0.0, **few}),
        ("1:1", {"compare": "batches", "learning_rate": 10.0, "seed": 1917121846, "gap": 2.021}),
        ("9:16", {"starts": [[-1.4, -1.2]], "steps": 1, "points_per_curve": 20}),
        ("1:1", {"gap": 3.0, "point": [0.0049, -0.976], "starts": [[0.7, 0.0], [1.0, -1.0]], **few}),
        ("16:9", {"learning_rate": 10.0, "starts": [[1.5, -1.5], [0.0, 0.0]], **few}),
        ("9:16", {"compare": "batches", "noise": 0.5, "learning_rate": 1e-4, "batch_size": 2, **few}),
    ],
)
def test_odd_choices_have_their_place(aspect: str, chosen: dict[str, Any], make_job: MakeJob) -> None:
    assert check(make_job("loss-surface", aspect=aspect, **chosen)) == []


def test_one_start_plays_to_its_end(make_job: MakeJob) -> None:
    scene = run_without_drawing(make_job("loss-surface", starts=[[0.9, 0.2]], **few))
    assert [beat.key for beat in scene.beats][-3:] == ["ridge", "part", "end"]
    assert len(scene.cards) == 1
