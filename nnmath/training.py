"""Training a network, with a record of how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import ArrayLike

from nnmath import arrays
from nnmath.activations import Activation
from nnmath.arrays import FloatArray, IntArray
from nnmath.datasets import Dataset
from nnmath.losses import Loss
from nnmath.network import Network, random_network
from nnmath.objective import Objective
from nnmath.optimizers import LBFGS, Optimizer, UpdateRule
from nnmath.quasi_newton import minimised

DEFAULT_RESTARTS = 20
DEFAULT_OPTIMIZER = LBFGS()
# Parameters that have grown by this factor, or to this size, are not coming back.
DIVERGENCE_LIMIT = 1e12
MAX_RECORDED_NUMBERS = 50_000_000

_Evaluate = Callable[[FloatArray], tuple[float, FloatArray]]


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """What a training may be told besides its optimizer.

    batch_size examples go into each update, all of them when None. weight_decay adds half of itself times the
    sum of squared weights, not biases, to the loss. record_every counts updates, None records once an epoch;
    the start and the end are always recorded. Training ends early when no component of the whole set's
    gradient exceeds tolerance at a record. Raises ValueError.
    """

    batch_size: int | None = None
    weight_decay: float = 0.0
    record_every: int | None = None
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        for name in ("batch_size", "record_every"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, arrays.as_count(getattr(self, name), name))
        for name in ("weight_decay", "tolerance"):
            object.__setattr__(self, name, arrays.as_number(getattr(self, name), name, at_least=0))


DEFAULT_OPTIONS = TrainingOptions()


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRun:
    """What was recorded of a training, k times including the start; every number in it is finite.

    steps (k,) counts updates of the parameters (iterations of LBFGS) and epochs (k,) the passes through the
    set; parameters (k, p); losses (k,) of the whole set, weight decay included; accuracies (k,) the share of
    examples on the right side. diverged_at is the update after which loss or parameters were no longer
    usable, None if there was none. network is the last recorded one. An output counts as class 1 from 0.5, or
    from 0 if the loss takes scores; with several outputs the largest one counts.
    """

    network: Network
    steps: IntArray
    epochs: FloatArray
    parameters: FloatArray
    losses: FloatArray
    accuracies: FloatArray
    diverged_at: int | None = None

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def loss(self) -> float:
        """The last recorded loss."""
        return float(self.losses[-1])

    @property
    def accuracy(self) -> float:
        """The last recorded accuracy, 0 to 1."""
        return float(self.accuracies[-1])

    def network_at(self, index: int) -> Network:
        """The network of one record, 0 to k - 1 or counted from the end; ValueError outside."""
        if not isinstance(index, (int, np.integer)) or not -len(self) <= index < len(self):
            raise ValueError(f"index must be a record, 0 to {len(self) - 1}; got {index!r}")
        return self.network.with_parameters(self.parameters[index])


class _Record:
    """The growing lists behind a TrainingRun."""

    def __init__(self, objective: Objective, updates_per_epoch: int) -> None:
        self._objective, self._updates_per_epoch = objective, updates_per_epoch
        self._rows: list[tuple[int, FloatArray, float, float]] = []

    @property
    def last_step(self) -> int:
        return self._rows[-1][0]

    def add(self, step: int, parameters: FloatArray, value: float) -> None:
        self._rows.append((step, parameters.copy(), value, _share_right(self._objective, parameters)))

    def finish(self, diverged_at: int | None) -> TrainingRun:
        steps, parameters, values, accuracies = zip(*self._rows, strict=True)
        return TrainingRun(
            self._objective.network.with_parameters(parameters[-1]),
            arrays.frozen(np.array(steps, dtype=np.int64)),
            arrays.frozen(np.array(steps) / self._updates_per_epoch),
            arrays.frozen(np.array(parameters)),
            arrays.frozen(np.array(values)),
            arrays.frozen(np.array(accuracies)),
            diverged_at,
        )


def fit(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    epochs: int,
    options: TrainingOptions = DEFAULT_OPTIONS,
    rng: np.random.Generator | None = None,
) -> TrainingRun:
    """Train a network on inputs (k, n) and targets (k, m), starting from the parameters it has.

    LBFGS counts an iteration as an epoch and takes no batch_size. Batches smaller than the set are shuffled
    every epoch and need rng. Raises ValueError.
    """
    if not isinstance(optimizer, Optimizer):
        raise ValueError(f"optimizer must be GradientDescent, Momentum, Adam or LBFGS; got {optimizer!r}")
    if isinstance(optimizer, LBFGS) and options.batch_size is not None:
        raise ValueError(f"batch_size must be left out with LBFGS; got {options.batch_size}")
    epochs = arrays.as_count(epochs, "epochs", at_least=0)
    objective = Objective.of(network, inputs, targets, loss, options.weight_decay)
    examples = len(objective)
    size = examples
    if options.batch_size is not None:
        size = arrays.as_count(options.batch_size, "batch_size", at_most=examples)
    per_epoch = -(-examples // size)
    every = options.record_every or per_epoch
    if (epochs * per_epoch // every + 2) * network.parameter_count > MAX_RECORDED_NUMBERS:
        raise ValueError(
            f"record_every must be larger: {every} would record over {MAX_RECORDED_NUMBERS} numbers"
        )

    record = _Record(objective, per_epoch)
    start = np.array(network.parameters)
    if not np.isfinite(objective.value(start)):
        raise ValueError("network and inputs must be smaller: the loss overflows before training")
    whole = objective.value_and_gradient
    if isinstance(optimizer, LBFGS):
        return _fit_quasi_newton(record, whole, start, epochs, every, options.tolerance)
    batches: Iterator[_Evaluate | None]
    if per_epoch == 1:
        batches = repeat(None, epochs)
    else:
        batches = _batches(objective, size, epochs, arrays.as_generator(rng, "rng"))
    return _fit_by_updates(record, whole, batches, optimizer.update_rule(), start, every, options.tolerance)


def _batches(objective: Objective, size: int, epochs: int, rng: np.random.Generator) -> Iterator[_Evaluate]:
    for _ in range(epochs):
        for batch in objective.batches(size, rng=rng):
            yield batch.value_and_gradient


def _fit_by_updates(
    record: _Record,
    whole: _Evaluate,
    batches: Iterator[_Evaluate | None],
    change: UpdateRule,
    start: FloatArray,
    every: int,
    tolerance: float,
) -> TrainingRun:
    """Follow an update rule through batches; None stands for the whole set."""
    parameters, step = start, 0
    limit = DIVERGENCE_LIMIT * max(1.0, float(np.abs(start).max()))
    # The loss and gradient of the whole set where we stand, if they are known.
    at_start = whole(parameters)
    record.add(0, parameters, at_start[0])
    known: tuple[float, FloatArray] | None = at_start
    for batch in batches:
        if tolerance > 0 and record.last_step == step and known and np.abs(known[1]).max() <= tolerance:
            break
        if batch is None:
            value, gradient = known or whole(parameters)
        else:
            value, gradient = batch(parameters)
        if not (np.isfinite(value) and np.isfinite(gradient).all()):
            return record.finish(step)
        with np.errstate(over="ignore", invalid="ignore"):
            parameters = parameters + change(gradient)
        step += 1
        known = None
        # Written so that NaN counts as diverged.
        if not np.abs(parameters).max() <= limit:
            return record.finish(step)
        if batch is None or step % every == 0:
            known = whole(parameters)
            if not np.isfinite(known[0]):
                return record.finish(step)
            if step % every == 0:
                record.add(step, parameters, known[0])
    if record.last_step != step:
        value = (known or whole(parameters))[0]
        if not np.isfinite(value):
            return record.finish(step)
        record.add(step, parameters, value)
    return record.finish(None)


def _fit_quasi_newton(
    record: _Record, whole: _Evaluate, start: FloatArray, epochs: int, every: int, tolerance: float
) -> TrainingRun:
    """Minimise with L-BFGS, an iteration an epoch."""
    record.add(0, start, whole(start)[0])
    if epochs == 0:
        return record.finish(None)
    step = 0

    def after_iteration(parameters: FloatArray, value: float) -> None:
        nonlocal step
        step += 1
        if step % every == 0 and np.isfinite(value):
            record.add(step, parameters, value)

    end = minimised(
        whole,
        start,
        iterations=epochs,
        value_tolerance=1e-12,
        gradient_tolerance=max(tolerance, 1e-9),
        after_iteration=after_iteration,
    )
    value = whole(end)[0]
    if not (np.isfinite(value) and np.isfinite(end).all()):
        return record.finish(step)
    if record.last_step != step:
        record.add(step, end, value)
    return record.finish(None)


def _share_right(objective: Objective, parameters: FloatArray) -> float:
    outputs, targets = objective.outputs(parameters), objective.targets
    if outputs.shape[1] == 1:
        right = (outputs >= (0.0 if objective.loss.from_scores else 0.5)) == (targets >= 0.5)
    else:
        right = outputs.argmax(axis=1) == targets.argmax(axis=1)
    return float(np.mean(right))


def best_of_seeds(
    make_run: Callable[[np.random.Generator], TrainingRun], seeds: Iterable[int]
) -> TrainingRun:
    """Make a run from each seed; return the one of best last accuracy, then lowest last loss.

    Raises ValueError.
    """
    counts = [arrays.as_count(seed, "seeds", at_least=0) for seed in arrays.as_items(seeds, "seeds")]
    if not counts:
        raise ValueError("seeds must hold at least one seed; got none")
    runs = [make_run(np.random.default_rng(seed)) for seed in counts]
    return min(runs, key=_rank)


def _rank(run: TrainingRun) -> tuple[float, float]:
    return (-run.accuracy, run.loss)


def train_classifier(
    dataset: Dataset,
    hidden: tuple[int, ...] = (2,),
    activation: str | Activation = "relu",
    *,
    seed: int,
    restarts: int = DEFAULT_RESTARTS,
    weight_decay: float = 1e-3,
    optimizer: Optimizer = DEFAULT_OPTIMIZER,
    epochs: int = 1000,
) -> TrainingRun:
    """Train a network with these hidden layers and one score as output to tell class 1 (score >= 0) from 0.

    The loss is binary cross-entropy. Start k takes its random weights from default_rng([seed, k]); the first
    run with every point right is returned, else the best by accuracy, then loss. Without hidden layers there
    is one minimum only and one start. Raises ValueError, also when the set does not hold both classes.
    """
    labels = arrays.as_binary_labels(dataset.labels, "labels")
    seed = arrays.as_count(seed, "seed", at_least=0)
    restarts = arrays.as_count(restarts, "restarts")
    hidden = arrays.as_items(hidden, "hidden")
    sizes = (2, *(arrays.as_count(units, "hidden") for units in hidden), 1)
    activations: list[str | Activation] = [*([activation] * len(hidden)), "identity"]
    options = TrainingOptions(weight_decay=weight_decay)
    runs: list[TrainingRun] = []
    for start in range(restarts if hidden else 1):
        network = random_network(sizes, activations, rng=np.random.default_rng([seed, start]))
        run = fit(
            network,
            dataset.points,
            labels,
            loss="binary_cross_entropy",
            optimizer=optimizer,
            epochs=epochs,
            options=options,
        )
        runs.append(run)
        if run.accuracy == 1.0:
            break
    return min(runs, key=_rank)
