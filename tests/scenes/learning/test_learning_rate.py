"""Three learning rates: what is written adds up, is what happened, and is what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explainer.audit.check import check
from explainer.jobs.job import Job
from explainer.play.render import Scene, run_without_drawing
from nnmath import Dataset, LossSlice, Network
from scenes.families.walking_weight.numbers import WalkingParameters, walking_slice
from scenes.learning.gradient_descent.numbers import GradientDescentParameters
from scenes.learning.gradient_descent.numbers import compute as compute_descent
from scenes.learning.learning_rate.marks import DASHES, dashed
from scenes.learning.learning_rate.numbers import (
    DEFINITION,
    LearningRateParameters,
    Walk,
    compute,
    loss_written,
    window,
)
from scenes.stage.beat import Beat
from scenes.style.numerals import fixed, math_fixed

rates = st.tuples(*[st.floats(-3.5, 1).map(lambda power: 10.0**power)] * 3)
JUMPED = {"bouncing", "overshot", "outside", "diverged"}


@pytest.fixture(autouse=True, scope="module")
def trained_once() -> Iterator[None]:
    """Train no network a second time because its weight walks from elsewhere."""
    known: dict[tuple[int, int, float, int], LossSlice] = {}

    def once(parameters: WalkingParameters, dataset: Dataset) -> LossSlice:
        key = parameters.row, parameters.column, parameters.gap, len(dataset)
        if parameters.noise or parameters.seed != 6:
            return walking_slice(parameters, dataset)
        if key not in known:
            known[key] = walking_slice(parameters, dataset)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scenes.learning.learning_rate.numbers.walking_slice", once)
        yield


def chosen(
    learning_rates: tuple[float, float, float], start: float, steps: int, row: int, gap: float = 0.7
) -> LearningRateParameters:
    return LearningRateParameters(
        learning_rates=learning_rates, start=start, steps=steps, row=row, gap=gap, points_per_curve=20
    )


def loss_by_hand(parameters: LearningRateParameters, network: Network, weight: complex) -> Any:
    """Binary cross-entropy of the network with one weight replaced, neuron by neuron; it may be complex."""
    dataset, (first, last) = parameters.dataset(), network.layers
    weights = first.weights.astype(type(weight))
    weights[parameters.row - 1, parameters.column - 1] = weight
    before = dataset.points @ weights.T + first.bias
    scores = np.where(before.real > 0, before, 0.0) @ last.weights[0] + last.bias[0]
    against = np.where(dataset.labels == 1, -1.0, 1.0) * scores
    large = np.where(against.real > 0, against, 0.0)
    return np.mean(large + np.log1p(np.exp(against - 2 * large)))


@settings(max_examples=15, deadline=None)
@given(rates, st.floats(-4, 4), st.integers(1, 8), st.sampled_from([1, 2]))
def test_every_step_adds_up_as_written(
    learning_rates: tuple[float, float, float], start: float, steps: int, row: int
) -> None:
    parameters = chosen(learning_rates, start, steps, row)
    numbers = compute(parameters)
    # All set out from one place with one slope, told alike.
    assert len({(walk.steps[0].weight, walk.steps[0].slope, walk.places) for walk in numbers.walks}) == 1
    for walk, rate in zip(numbers.walks, parameters.learning_rates, strict=True):
        assert walk.learning_rate == pytest.approx(rate, rel=5e-4, abs=5.001e-6)
        for step in walk.steps:
            weight, change, new = (
                Decimal(fixed(v, walk.places).replace("−", "-"))
                for v in (step.weight, step.step, step.next_weight)
            )
            assert weight + change == new
            slope = Decimal(fixed(step.slope, walk.slope_places).replace("−", "-"))
            exact = -Decimal(walk.rate_written) * slope
            assert abs(change - exact) <= Decimal(5).scaleb(-walk.places - 1)
        assert all(a.next_weight == b.weight for a, b in zip(walk.steps, walk.steps[1:], strict=False))


@pytest.mark.parametrize(("row", "column"), [(2, 1), (1, 2)])
def test_losses_and_slopes_are_those_of_the_network(row: int, column: int) -> None:
    parameters = LearningRateParameters(row=row, column=column, points_per_curve=20)
    numbers = compute(parameters)
    network = numbers.loss_slice.network
    for walk, told in zip(numbers.walks, numbers.results()["walks"], strict=True):
        by_hand = [loss_by_hand(parameters, network, weight) for weight in walk.path.tolist()]
        assert told["losses"] == pytest.approx(by_hand, rel=1e-9)
        for step in walk.steps:
            # The derivative by a step along the imaginary axis, which takes no difference.
            slope = loss_by_hand(parameters, network, complex(step.weight, 1e-30)).imag / 1e-30
            assert abs(step.slope - slope) <= 0.5001 * 10.0**-walk.slope_places


def test_the_preset_crawls_arrives_and_bounces_on_the_curve_of_gradient_descent() -> None:
    numbers, descent = compute(LearningRateParameters()), compute_descent(GradientDescentParameters())
    assert [walk.fate for walk in numbers.walks] == ["crawling", "arrived", "bouncing"]
    assert numbers.captions()["best"] == "best-rule"
    assert numbers.best == (1,)
    assert numbers.loss_slice.network.parameters == pytest.approx(descent.network.parameters)
    assert numbers.start == descent.path[0] == 0.6
    first = [walk.steps[0] for walk in numbers.walks]
    assert {step.slope for step in first} == {6.72} == {descent.steps[0].slope}
    assert [step.step for step in first] == [-0.067, -0.605, -2.016]
    assert [step.next_weight for step in first] == [0.533, -0.005, -1.416]


@settings(max_examples=30, deadline=None)
@given(rates, st.floats(-4, 4), st.integers(1, 8), st.sampled_from([1, 2]), st.sampled_from([0.7, 2.6]))
def test_verdicts_and_captions_are_true(
    learning_rates: tuple[float, float, float], start: float, steps: int, row: int, gap: float
) -> None:
    numbers = compute(chosen(learning_rates, start, steps, row, gap))
    low, high = float(numbers.curve[0, 0]), float(numbers.curve[-1, 0])
    for walk in numbers.walks:
        verdict_holds(walk, low, high)
    captions = numbers.captions()
    for beat, caption in captions.items():
        assert caption in DEFINITION.captions_of(beat)
    lengths = {step.step for step in (walk.steps[0] for walk in numbers.walks)}
    if captions["first"] == "first-none":
        assert lengths == {0.0}
    else:
        assert len(lengths) == {"first": 3, "first-two": 2, "first-same": 1}[captions["first"]]
    if captions["walk"] == "walk-still":
        assert all(np.ptp(walk.path) == 0 for walk in numbers.walks)
    last = [float(walk.path_losses[-1]) for walk in numbers.walks]
    assert numbers.best[0] <= int(np.argmin(last)) <= numbers.best[-1]
    assert {loss_written(last[k]) for k in numbers.best} == {loss_written(min(last))}
    best_holds(captions["best"], numbers.walks, numbers.best)


def verdict_holds(walk: Walk, low: float, high: float) -> None:
    """Check what is said of a walk against its path."""
    end, changes = float(walk.path[-1]), np.abs(np.diff(walk.path))
    if walk.fate == "diverged":
        assert abs(end) > 40
    elif walk.fate == "outside":
        assert not low <= end <= high
    elif walk.fate == "crawling":
        assert changes.max() <= 0.05 * (high - low) + 1e-9
    elif walk.fate == "bouncing":
        slopes = np.array([walk.slope_at(weight) for weight in walk.path.tolist()])
        assert np.count_nonzero(np.diff(np.sign(slopes)) != 0) >= 2
    elif walk.fate == "arrived":
        losses = walk.curve[:, 1]
        assert walk.path_losses[-1] <= losses.min() + 0.021 * np.ptp(losses)
        assert low <= end <= high


def best_holds(caption: str, walks: tuple[Walk, ...], best: tuple[int, ...]) -> None:
    """Check what is said of the best learning rate."""
    told = sorted(walk.learning_rate for walk in walks)
    if len(best) > 1:
        assert caption == ("best-all" if len(best) == 3 else "best-shared")
        return
    rate = walks[best[0]].learning_rate
    if caption == "best-smallest":
        assert rate == told[0] < told[1]
    elif caption == "best-largest":
        assert rate == told[2] > told[1]
    else:
        assert told[0] < rate < told[2]
    if caption == "best-rule":
        assert walks[best[0]].fate == "arrived"
        assert {walk.fate for walk in walks if walk.learning_rate > rate} <= JUMPED
        assert {walk.fate for walk in walks if walk.learning_rate < rate} <= {"crawling", "under-way"}


@given(st.floats(-4, 4), st.floats(-4, 4), st.lists(st.floats(-1e3, 1e3), max_size=20))
def test_the_window_shows_both_ends_of_the_way_and_no_far_jump(
    start: float, trained: float, visited: list[float]
) -> None:
    low, high = window(start, trained, np.array(visited))
    span = max(abs(start - trained), 0.8)
    assert low <= min(start, trained) - 0.5 * span
    assert high >= max(start, trained) + 0.5 * span
    # However far they jump, the way from the start to the trained weight takes a fifth of the width.
    assert span >= 0.2 * (high - low)
    near = [w for w in visited if min(start, trained) - span <= w <= max(start, trained) + span]
    assert all(low < weight < high for weight in near)


def test_bad_rates_are_refused_by_name() -> None:
    for wrong in ((0.1, 0.2), (0.1, 0.2, 0.3, 0.4), (0.1, 0.2, 0.0), (0.1, -0.2, 0.3), (0.1, 0.2, 11.0)):
        with pytest.raises(ValidationError, match="learning_rates"):
            LearningRateParameters(learning_rates=wrong)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=6, unique=True))
def test_dashes_lie_on_the_line_and_leave_out_their_gaps(corners: list[tuple[float, float]]) -> None:
    line = np.array(corners)
    length = float(np.hypot(*np.diff(line, axis=0).T).sum())
    for dash in DASHES:
        pieces = dashed(line, dash)
        drawn = float(np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum())
        if dash is None:
            assert drawn == pytest.approx(length)
            continue
        whole, rest = divmod(length, sum(dash))
        assert drawn == pytest.approx(whole * dash[0] + min(rest, dash[0]), abs=1e-6 + dash[0] * 1e-3)
        for end in pieces.reshape(-1, 2):
            assert distance(end, line) < 1e-6


def distance(point: np.ndarray, line: np.ndarray) -> float:
    """Return how far a point `(2,)` is from the line through corners `(n, 2)`."""
    start, along = line[:-1], np.diff(line, axis=0)
    squared = np.maximum((along**2).sum(axis=1), 1e-300)
    share = np.clip(((point - start) * along).sum(axis=1) / squared, 0.0, 1.0)
    return float(np.hypot(*(point - start - share[:, None] * along).T).min())


def test_all_step_at_the_same_moments_and_points_and_numbers_are_those_of_the_walks(
    make_job: Callable[..., Job], play_with_probe: Callable[[Job, Callable[[Scene], None]], Scene]
) -> None:
    seen: set[int] = set()

    def probe(scene: Scene) -> None:
        if not 2 <= len(scene.beats) <= 4:
            return
        moments = [panel.descent.moment for panel in scene.panels]
        # Those that have steps left are in the same step, at the same instant of it.
        assert len({(moment.step, moment.arrow, moment.lift) for moment in moments}) == 1
        for panel, reading in zip(scene.panels, scene.readings, strict=True):
            chart, walk, descent = panel.chart, panel.walk, panel.descent
            weight, lift = descent.moment.weight, descent.moment.lift
            shown = float(np.clip(weight, *chart.x_range))
            top = chart.point(shown, walk.loss_at(shown))[:2]
            assert descent.point.positions[0] == pytest.approx(
                [top[0], chart.across + lift * (top[1] - chart.across)], abs=1e-3
            )
            out = shown != weight and lift == 1.0
            assert (
                (panel.beyond.label.get_fill_opacity() > 0) == out == bool(len(panel.beyond.arrow.tip.points))
            )
            if out:
                assert panel.beyond.label.source.endswith(math_fixed(weight, walk.places))
            taken = int(reading.count.source)
            assert reading.loss.source == loss_written(float(walk.path_losses[taken]))
            seen.add(taken)

    job = make_job("learning-rate", learning_rates=(0.09, 0.8, 0.3), fps=5)
    scene = play_with_probe(job, probe)
    assert max(seen) == 8
    assert any(abs(w) > 4 for w in scene.panels[1].walk.path)


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_marks_of_the_losses_come_from_the_curves_and_end_at_their_steps(
    aspect: str, make_job: Callable[..., Job]
) -> None:
    compared: list[str] = []

    def at_rest(scene: Scene, beat: Beat) -> None:
        if beat.key not in ("losses", "best"):
            return
        race, count = scene.race, scene.numbers.most_steps
        assert race.chart.x_range == (0.0, count)
        for k, walk in enumerate(scene.numbers.walks):
            wanted = [race.chart.point(step, loss)[:2] for step, loss in enumerate(walk.path_losses)]
            assert race.marks[k].positions == pytest.approx(np.array(wanted), abs=1e-3)
            drawn = race.lines[k].pieces
            assert drawn[0, 0] == pytest.approx(wanted[0], abs=1e-6)
            assert drawn[-1, 1] == pytest.approx(wanted[-1], abs=0.15)
            if aspect == "16:9":
                # Side by side, a mark keeps its height on its way.
                assert scene.panels[k].descent.places()[:, 1] == pytest.approx(np.array(wanted)[:, 1])
        compared.append(beat.key)

    run_without_drawing(make_job("learning-rate", aspect=aspect), at_rest)
    assert compared == ["losses", "best"]


def test_the_arithmetic_on_screen_adds_up(make_job: Callable[..., Job]) -> None:
    scene = run_without_drawing(make_job("learning-rate", start=-1.3))
    for written, panel in zip(scene.sums, scene.panels, strict=True):
        first = panel.walk.steps[0]
        assert first.slope < 0
        weight, change, total = (
            Decimal(each.source.replace("med", "").replace(" ", "").strip("="))
            for each in (written.weight, written.change, written.total)
        )
        assert weight + change == total == Decimal(math_fixed(float(panel.walk.path[1]), panel.walk.places))
        equal, step = written.step.source.split()
        product = -Decimal(panel.walk.rate_written) * Decimal(repr(first.slope))
        assert (equal == "=") == (Decimal(step) == product)
        assert Decimal(step) == change


ODD: list[tuple[str, dict[str, Any]]] = [
    # Long numbers in narrow columns, and a walk that leaves at once.
    ("1:1", {"gap": 2.8557, "noise": 0.1, "row": 1, "learning_rates": (0.00043, 9.5547, 1.229)}),
    ("1:1", {"gap": 0.567, "seed": 927624393, "start": 3.0, "learning_rates": (0.0001, 0.307, 4.17)}),
    # A flat curve high in its chart; an arrow out of the last chart.
    ("9:16", {"gap": 2.633, "learning_rates": (0.1, 0.4, 6.0)}),
    ("16:9", {"noise": 0.24, "row": 1, "start": 0.0, "learning_rates": (0.0001, 2.1878, 9.3652)}),
]


@pytest.mark.parametrize(("aspect", "changes"), ODD, ids=range(len(ODD)))
def test_odd_parameters_have_their_place(
    aspect: str, changes: dict[str, Any], make_job: Callable[..., Job]
) -> None:
    assert check(make_job("learning-rate", aspect=aspect, **changes)) == []
