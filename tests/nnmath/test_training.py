import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import LogisticRegression

from nnmath import (
    LBFGS,
    Adam,
    Dataset,
    GradientDescent,
    Layer,
    Momentum,
    Network,
    TrainingOptions,
    backpropagate,
    best_line,
    best_of_seeds,
    best_threshold,
    count_right,
    fit,
    fruit,
    people,
    random_network,
    train_classifier,
    two_curves,
    xor,
)

LINE = Network((Layer([[0.0]], [0.0], "identity"),))


def test_gradient_descent_on_a_parabola_is_a_geometric_sequence() -> None:
    """The loss (b - 3)^2 has slope 2 (b - 3): each step multiplies the error by 1 - 2 learning_rate."""
    run = fit(LINE, [[0.0]], [3.0], loss="mean_squared_error", optimizer=GradientDescent(0.1), epochs=20)
    assert_allclose(run.parameters[:, 1], 3 - 3 * 0.8 ** np.arange(21), atol=1e-12)
    assert_allclose(run.losses, 9 * 0.64 ** np.arange(21), atol=1e-12)
    assert run.steps.tolist() == list(range(21))
    assert run.diverged_at is None


def test_momentum_follows_its_recurrence() -> None:
    run = fit(LINE, [[0.0]], [3.0], loss="mean_squared_error", optimizer=Momentum(0.1, 0.5), epochs=12)
    # b(n+1) = b(n) + 0.5 (b(n) - b(n-1)) - 0.2 (b(n) - 3): the heavy ball written in positions.
    b = run.parameters[:, 1]
    assert_allclose(b[2:], b[1:-1] + 0.5 * (b[1:-1] - b[:-2]) - 0.2 * (b[1:-1] - 3), atol=1e-12)
    assert b[1] == pytest.approx(0.6)


@given(st.floats(-50, 50).filter(lambda target: abs(target) > 1), st.floats(1e-3, 0.3))
def test_the_first_step_of_adam_has_the_length_of_the_learning_rate(target, rate) -> None:
    run = fit(LINE, [[0.0]], [target], loss="mean_squared_error", optimizer=Adam(rate), epochs=1)
    assert run.parameters[1, 1] == pytest.approx(math.copysign(rate, target), rel=1e-6)


@pytest.mark.parametrize("optimizer", [GradientDescent(0.05), Momentum(0.02), Adam(0.05), LBFGS()])
def test_every_optimizer_arrives_at_the_least_squares_line(optimizer) -> None:
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(30, 2))
    targets = inputs @ [2.0, -1.0] + 0.5 + rng.normal(scale=0.1, size=30)
    exact = np.linalg.lstsq(np.column_stack([inputs, np.ones(30)]), targets, rcond=None)[0]
    start = random_network((2, 1), ("identity",), rng=rng)
    run = fit(start, inputs, targets, loss="mean_squared_error", optimizer=optimizer, epochs=2000)
    assert_allclose(run.network.parameters, exact, atol=1e-4)
    assert_array_equal(run.network.parameters, run.parameters[-1])


@pytest.mark.parametrize("gap", [1.9, 0.7])
def test_one_layer_is_logistic_regression(gap) -> None:
    dataset = two_curves(gap)
    run = train_classifier(dataset, hidden=(), seed=0, weight_decay=1e-3)
    # scikit-learn minimises C times the summed loss plus half the squared weights.
    reference = LogisticRegression(C=1 / (1e-3 * len(dataset)), tol=1e-10, max_iter=10_000)
    reference.fit(dataset.points, dataset.labels)
    assert_allclose(run.network.layers[0].weights, reference.coef_, atol=1e-3)
    assert_allclose(run.network.layers[0].bias, reference.intercept_, atol=1e-3)


def test_one_layer_separates_the_easy_curves_and_not_the_hard_ones() -> None:
    easy, hard = two_curves(1.9), two_curves(0.7)
    run = train_classifier(easy, hidden=(), seed=0)
    assert run.accuracy == 1
    run = train_classifier(hard, hidden=(), seed=0)
    scores = run.network.forward(hard.points).output[:, 0]
    assert count_right(scores, hard.labels) == 146
    assert run.accuracy == 146 / 200
    assert best_threshold(scores, hard.labels).right == 166
    assert best_line(hard.points, hard.labels).right == 174


@pytest.mark.parametrize("gap", [0.7, 0.6])
@pytest.mark.parametrize("seed", range(10))
def test_two_hidden_relus_get_every_point_of_the_hard_curves_right(gap, seed) -> None:
    dataset = two_curves(gap)
    run = train_classifier(dataset, seed=seed)
    assert run.network.sizes == (2, 2, 1)
    scores = run.network.forward(dataset.points).output[:, 0]
    assert count_right(scores, dataset.labels) == 200
    assert run.accuracy == 1


@pytest.mark.parametrize("seed", range(6))
def test_the_first_start_that_gets_every_point_right_is_kept(seed) -> None:
    hard = two_curves(0.7)
    run = train_classifier(hard, seed=seed)
    starts = [
        random_network((2, 2, 1), ("relu", "identity"), rng=np.random.default_rng([seed, k]))
        for k in range(20)
    ]
    taken = next(k for k, start in enumerate(starts) if (start.parameters == run.parameters[0]).all())
    for k in range(taken):
        assert train_classifier(hard, seed=seed, restarts=k + 1).accuracy < 1


def test_two_linear_layers_do_no_better_than_a_line() -> None:
    hard = two_curves(0.7)
    run = train_classifier(hard, (2,), "identity", seed=0, restarts=3)
    scores = run.network.forward(hard.points).output[:, 0]
    assert best_threshold(scores, hard.labels).right <= 174


def test_rings_and_exclusive_or_are_learned() -> None:
    ring = fruit("ring", rng=np.random.default_rng(0))
    assert train_classifier(ring, (4,), seed=0).accuracy == 1
    assert train_classifier(xor(), (2,), seed=0).accuracy == 1


def test_hopeless_sets_end_with_the_best_of_all_starts() -> None:
    # Nothing separates these curves with two units, so that every restart is used.
    hopeless = two_curves(0.02)
    tries = [train_classifier(hopeless, seed=0, restarts=starts).accuracy for starts in (1, 4, 8)]
    assert tries == sorted(tries)
    assert 0.5 <= tries[-1] < 1
    assert train_classifier(two_curves(0.7, 2000), seed=0).accuracy == 1


def test_people_are_told_apart_one_at_a_time() -> None:
    start = random_network((2, 2, 1), ("sigmoid", "sigmoid"), rng=np.random.default_rng(1))
    four = people()
    run = fit(
        start,
        four.points,
        four.labels,
        loss="mean_squared_error",
        optimizer=GradientDescent(0.1),
        epochs=1000,
        options=TrainingOptions(batch_size=1),
        rng=np.random.default_rng(0),
    )
    assert len(run) == 1001
    assert (run.steps[-1], run.epochs[-1]) == (4000, 1000)
    emily, frank = run.network.forward([[-7, -3], [20, 2]]).output[:, 0]
    assert emily == pytest.approx(0.95, abs=0.03)
    assert frank == pytest.approx(0.04, abs=0.03)


def small_problem():
    dataset = two_curves(0.7, 10)
    return random_network((2, 3, 1), ("tanh", "identity"), rng=np.random.default_rng(2)), dataset


@pytest.mark.parametrize("optimizer", [GradientDescent(0.2), LBFGS()])
def test_every_record_holds_what_its_own_network_says(optimizer) -> None:
    start, dataset = small_problem()
    run = fit(
        start,
        dataset.points,
        dataset.labels,
        loss="binary_cross_entropy",
        optimizer=optimizer,
        epochs=25,
        options=TrainingOptions(record_every=4, weight_decay=0.01),
    )
    assert run.steps.tolist() == [0, 4, 8, 12, 16, 20, 24, 25]
    assert_array_equal(run.parameters[0], start.parameters)
    for index in range(len(run)):
        network = run.network_at(index)
        again = backpropagate(network, dataset.points, dataset.labels, "binary_cross_entropy", 0.01)
        assert run.losses[index] == pytest.approx(again.loss, rel=1e-12)
        right = (again.forward.output[:, 0] >= 0) == (dataset.labels == 1)
        assert run.accuracies[index] == right.mean()
    assert run.losses[-1] < run.losses[0]


@pytest.mark.parametrize("optimizer", [Momentum(0.1), Adam(0.1)])
def test_an_optimizer_is_a_value_that_remembers_nothing_of_a_run(optimizer) -> None:
    start, dataset = small_problem()

    def run():
        return fit(
            start, dataset.points, dataset.labels, loss="mean_squared_error", optimizer=optimizer, epochs=5
        )

    assert_array_equal(run().parameters, run().parameters)
    assert optimizer == type(optimizer)(0.1)


def test_small_batches_use_each_example_once_an_epoch() -> None:
    """With a loss linear in the bias, the updates of an epoch add up to the same whatever the order."""
    inputs = np.zeros((6, 1))
    run = fit(
        LINE,
        inputs,
        [0, 0, 0, 1, 1, 1],
        loss="binary_cross_entropy",
        optimizer=GradientDescent(1e-6),
        epochs=3,
        options=TrainingOptions(batch_size=2),
        rng=np.random.default_rng(0),
    )
    assert run.steps.tolist() == [0, 3, 6, 9]
    assert run.epochs.tolist() == [0, 1, 2, 3]
    # At rates this small the score stays 0, where the slopes of the two classes cancel.
    assert_allclose(run.parameters[:, 1], 0, atol=1e-11)


def test_the_same_generator_gives_the_same_run_and_arguments_stay() -> None:
    start, dataset = small_problem()
    points = np.array(dataset.points)

    def run():
        return fit(
            start,
            points,
            dataset.labels,
            loss="mean_squared_error",
            optimizer=GradientDescent(0.1),
            epochs=5,
            options=TrainingOptions(batch_size=3, record_every=1),
            rng=np.random.default_rng(9),
        )

    first, second = run(), run()
    assert_array_equal(first.parameters, second.parameters)
    assert_array_equal(points, dataset.points)
    assert len(first) == 1 + 5 * 7
    assert_array_equal(pickle.loads(pickle.dumps(first)).parameters, first.parameters)
    with pytest.raises(ValueError, match="read-only"):
        first.losses[0] = 0


@settings(max_examples=30)
@given(st.floats(1.2, 1e6), st.sampled_from([GradientDescent, Momentum]), st.integers(1, 7))
def test_too_large_a_learning_rate_stops_with_a_finite_record(rate, optimizer, every) -> None:
    run = fit(
        LINE,
        [[0.0], [1.0]],
        [3.0, 5.0],
        loss="mean_squared_error",
        optimizer=optimizer(rate * 2),
        epochs=3000,
        options=TrainingOptions(record_every=every),
    )
    assert run.diverged_at is not None
    assert run.steps[-1] < run.diverged_at <= 3000
    for array in (run.parameters, run.losses, run.accuracies, run.network.parameters):
        assert np.isfinite(array).all()


def test_divergence_is_reported_at_the_step_that_passed_the_limit() -> None:
    """With rate 10 the error of the bias is multiplied by -19 each step; 3 * 19^n passes 10^12 at n = 10."""
    run = fit(LINE, [[0.0]], [3.0], loss="mean_squared_error", optimizer=GradientDescent(10), epochs=100)
    assert run.diverged_at == 10
    assert run.steps[-1] == run.diverged_at - 1


def test_tolerance_ends_training_when_the_slope_is_flat() -> None:
    run = fit(
        LINE,
        [[0.0]],
        [3.0],
        loss="mean_squared_error",
        optimizer=GradientDescent(0.1),
        epochs=1000,
        options=TrainingOptions(tolerance=1e-3),
    )
    slopes = 6 * 0.8**run.steps
    assert slopes[-1] <= 1e-3 < slopes[-2]


def test_no_epochs_leave_the_network_as_it_is() -> None:
    for optimizer in (Adam(0.1), LBFGS()):
        run = fit(LINE, [[1.0]], [3.0], loss="mean_squared_error", optimizer=optimizer, epochs=0)
        assert run.steps.tolist() == [0]
        assert run.loss == 9


def test_accuracy_of_several_outputs_counts_the_largest() -> None:
    inputs = np.array([[0.0], [1.0], [2.0]])
    network = Network((Layer([[0.0], [1.0]], [0.5, 0.0], "softmax"),))
    run = fit(
        network,
        inputs,
        np.eye(2)[[0, 0, 1]],
        loss="half_squared_error",
        optimizer=GradientDescent(1e-9),
        epochs=1,
    )
    # The second share is larger for inputs above 0.5, so that the middle example is wrong.
    assert run.accuracies[0] == pytest.approx(2 / 3)


def test_the_best_seed_is_the_most_accurate_then_the_lowest_loss() -> None:
    dataset = two_curves(0.7, 20)
    runs = {}

    def make_run(rng):
        start = random_network((2, 2, 1), ("relu", "identity"), rng=rng)
        run = fit(
            start, dataset.points, dataset.labels, loss="binary_cross_entropy", optimizer=LBFGS(), epochs=15
        )
        runs[len(runs)] = run
        return run

    best = best_of_seeds(make_run, range(6))
    assert len(runs) == 6
    assert best.accuracy == max(run.accuracy for run in runs.values())
    assert best.loss == min(run.loss for run in runs.values() if run.accuracy == best.accuracy)
    single = best_of_seeds(make_run, [4])
    assert_array_equal(single.parameters, runs[4].parameters)


def problem(**changes):
    arguments = {"inputs": [[1.0], [2.0]], "targets": [0.0, 1.0], "loss": "mean_squared_error"}
    arguments |= {"optimizer": GradientDescent(0.1), "epochs": 1} | changes
    return lambda: fit(LINE, **arguments)


def with_options(**options):
    return lambda: problem(options=TrainingOptions(**options))()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GradientDescent(0), "learning_rate must be positive and finite; got 0"),
        (lambda: Momentum(-0.1), "learning_rate must be positive and finite; got -0.1"),
        (lambda: Adam(math.nan), "learning_rate must be positive and finite; got nan"),
        (lambda: Momentum(0.1, 1), "momentum must be at least 0 and below 1 and finite; got 1"),
        (problem(optimizer="sgd"), "optimizer must be GradientDescent, .*got 'sgd'"),
        (
            problem(optimizer=LBFGS(), options=TrainingOptions(batch_size=1)),
            "batch_size must be left out with LBFGS; got 1",
        ),
        (problem(epochs=-1), "epochs must be a whole number of at least 0; got -1"),
        (problem(epochs=1.5), "epochs must be a whole number"),
        (with_options(batch_size=0), "batch_size must be a whole number of at least 1; got 0"),
        (with_options(batch_size=3), "batch_size must be a whole number of at least 1 and at most 2; got 3"),
        (with_options(batch_size=1), "rng must be a numpy random Generator.*got None"),
        (with_options(record_every=0), "record_every must be a whole number of at least 1; got 0"),
        (problem(epochs=10**8), "record_every must be larger: 1 would record over"),
        (with_options(weight_decay=-1), "weight_decay must be at least 0"),
        (with_options(tolerance=-1), "tolerance must be at least 0"),
        (problem(loss="hinge"), "loss must be one of"),
        (problem(inputs=[[1.0]]), "targets must have the shape of the outputs"),
        (problem(inputs=[[math.nan], [1.0]]), "inputs must be finite; got nan"),
        (problem(targets=[1e200, 0.0]), "the loss overflows before training"),
        (lambda: best_of_seeds(lambda rng: problem()(), []), "seeds must hold at least one seed"),
        (lambda: best_of_seeds(lambda rng: problem()(), 3), "seeds must be a list; got 3"),
        (lambda: best_of_seeds(lambda rng: problem()(), [-1]), "seeds must be .*at least 0; got -1"),
        (lambda: train_classifier(xor(), 2, seed=0), "hidden must be a list; got 2"),
        (
            lambda: train_classifier(Dataset([[1, 2]], [1], ""), seed=0),
            "labels must hold both classes.*only class 1",
        ),
        (lambda: train_classifier(Dataset([[1, 2]] * 2, [0, 2], ""), seed=0), "labels must be 0 or 1"),
        (lambda: train_classifier(xor(), seed=-1), "seed must be a whole number of at least 0; got -1"),
        (
            lambda: train_classifier(xor(), seed=0, restarts=0),
            "restarts must be a whole number of at least 1",
        ),
        (lambda: train_classifier(xor(), (0,), seed=0), "hidden must be a whole number of at least 1"),
        (lambda: train_classifier(xor(), activation="swish", seed=0), "activation must be one of"),
        (lambda: problem()().network_at(2), "index must be a record, 0 to 1; got 2"),
    ],
)
def test_bad_arguments_are_named(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
