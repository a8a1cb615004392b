"""The loss over two weights of a network whose hidden neurons can be swapped, and walks down it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from nnmath import Dataset, FloatArray, LossPlane, Network, PlaneDescent, WeightPlace
from scenes.definition import SceneDefinition
from scenes.families.walking_weight.numbers import LOSS, FoldingParameters, LearningRate
from scenes.families.walking_weight.twins import twin_network
from scenes.learning.loss_surface.valley import Valley, settle
from scenes.parts.surface.contours import Contour, contours
from scenes.parts.surface.relief import Relief

# Cells of the drawn mesh along its shorter side, and of the one in which contours are looked for.
CELLS, _FINE = 40, 80
_LEVELS = 11
# The ground reaches so much farther than what happens on it.
_BEYOND = 1.75
# Of what walks visit, that counts which is no farther off than this many times of all else.
_FAR = 1.6
# What happens is at least this far from 0, and the trained weights lie within this share of it.
_LEAST, _TRAINED = 0.4, 0.6
# Starts nearer than this share of that are close together; so are ends.
_NEAR = 0.2
# A walk has arrived when the valley's lowest point is no farther than this share of the reach.
_ARRIVED = 0.07
# Weights that are written alike differ by less.
WRITTEN = 0.005
# The longest piece of a path, in cells.
_PIECE = 0.4

Weight: TypeAlias = Annotated[float, Field(ge=-1.5, le=1.5)]
Start: TypeAlias = tuple[Weight, Weight]
End = Literal["arrived", "under-way", "astray"]


class LossSurfaceParameters(FoldingParameters):
    """Parameters of `loss-surface`."""

    points_per_curve: int = Field(100, ge=20, le=400, description="points on each curve")
    compare: Literal["starts", "batches"] = Field(
        "starts", description="what the walks differ in: where they start, or how many points a step uses"
    )
    starts: Annotated[tuple[Start, ...], Field(min_length=1, max_length=2)] = Field(
        ((0.82, 0.75), (0.75, 0.82)),
        description="one or two pairs (w₁₁, w₂₁) at which walks begin; batches all begin at the first",
    )
    point: Start = Field((0.7, -0.1), description="where the gradient is shown, as (w₁₁, w₂₁)")
    learning_rate: LearningRate = 0.015
    steps: int = Field(48, ge=1, le=120, description="updates that every walk makes")
    batch_size: int = Field(
        16, ge=2, le=799, description="points in a mini-batch, where batches are compared"
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        whole = 2 * self.points_per_curve
        if self.compare == "batches" and self.batch_size >= whole:
            raise ValueError(
                f"batch_size is {self.batch_size} but all points are {whole}: give 2 to {whole - 1}"
            )
        if len(self.starts) == 2 and self.starts[0] == self.starts[1]:
            raise ValueError(f"starts has {self.starts[0]} twice: give two places, or one alone")
        return self


@dataclass(frozen=True)
class Walk:
    """A descent, and the valley at whose side it ends."""

    descent: PlaneDescent
    valley: Valley
    end: End

    @property
    def last(self) -> FloatArray:
        """The weights `(2,)` at its end."""
        last: FloatArray = self.descent.weights[-1]
        return last

    @property
    def loss(self) -> float:
        """The loss at its end."""
        return float(self.descent.losses[-1])


@dataclass(frozen=True)
class Trace:
    """A walk in short pieces, as far as there is ground: lines that go on after leaving it are cut there.

    Attributes:
        weights: `(k, 2)`. losses: `(k,)`.
        updates: how many updates were made there, `(k,)`, not whole between two of them.
    """

    weights: FloatArray
    losses: FloatArray
    updates: FloatArray


@dataclass(frozen=True)
class LossSurfaceNumbers:
    """The loss over w₁₁ and w₂₁, all other parameters held as they were trained.

    Attributes:
        plane: the loss over the two weights.
        walks: from each start; or with all points, a mini-batch, and one point a step.
        compare: what they differ in.
        point: the weights `(2,)` at which the gradient is shown; gradient: the one there.
        learning_rate: of all walks. reach: how far from 0 that is which happens on the ground.
    """

    dataset: Dataset
    plane: LossPlane
    walks: tuple[Walk, ...]
    compare: Literal["starts", "batches"]
    point: FloatArray
    gradient: FloatArray
    learning_rate: float
    reach: float

    @property
    def network(self) -> Network:
        """The trained network."""
        return self.plane.network

    @cached_property
    def trained(self) -> FloatArray:
        """What training made of the two weights, `(2,)`."""
        return self.plane.own_weights

    @property
    def map_reach(self) -> float:
        """How far from 0 that is which happens while the ground is a map."""
        if self.compare == "batches":
            return self.reach
        return max(float(np.abs(self.trained).max()) / _TRAINED, float(np.abs(self.point).max()), _LEAST)

    @property
    def half(self) -> float:
        """How far the ground reaches from 0 along both weights, where nothing asks for more."""
        return _BEYOND * self.reach

    def relief(self, low: FloatArray, high: FloatArray, cells: int = CELLS) -> Relief:
        """Return the ground between two pairs of weights, with so many cells along its shorter side."""
        span = high - low
        first, second = (
            np.linspace(a, b, int(np.ceil(cells * s / span.min() - 1e-9)) + 1)
            for a, b, s in zip(low, high, span, strict=True)
        )
        losses = self.plane.grid(first, second)
        floors = [float(losses.min()), *(walk.valley.loss for walk in self.walks)]
        return Relief(first, second, losses, min(floors), float(losses.max()))

    def contours(self, relief: Relief) -> tuple[Contour, ...]:
        """Return lines of equal loss on a ground, their heights evenly spaced."""
        levels = [relief.loss_at_height((k + 1) / (_LEVELS + 1)) for k in range(_LEVELS)]
        return contours(self._fine(relief), levels, self.plane.losses)

    def contour_through(self, weights: FloatArray, relief: Relief) -> tuple[Contour, ...]:
        """Return the line of equal loss through a pair of weights `(2,)`; none if all is flat there."""
        return contours(self._fine(relief), [self.plane.loss_at(weights)], self.plane.losses)

    def _fine(self, relief: Relief) -> Relief:
        low = np.array([relief.first[0], relief.second[0]])
        high = np.array([relief.first[-1], relief.second[-1]])
        fine = self.relief(low, high, _FINE)
        return Relief(fine.first, fine.second, fine.losses, *relief.limits)

    def trace(self, walk: Walk, relief: Relief) -> Trace:
        """Return a walk in pieces short enough to follow the ground."""
        weights = walk.descent.weights
        piece = _PIECE * 2 * float(relief.half.min()) / CELLS
        shares = []
        for k, (here, there) in enumerate(pairwise(weights)):
            # Beyond the ground nothing is drawn, however far it goes.
            count = int(np.clip(np.ceil(np.hypot(*(there - here)) / piece), 1, 4 * CELLS))
            shares.append(k + np.arange(count) / count)
        updates = np.append(np.concatenate(shares or [np.zeros(0)]), len(weights) - 1.0)
        before = np.minimum(updates.astype(np.intp), max(len(weights) - 2, 0))
        after = np.minimum(before + 1, len(weights) - 1)
        share = (updates - before)[:, None]
        places = weights[before] + share * (weights[after] - weights[before])
        return Trace(places, self.losses_near(places, relief), updates)

    def losses_near(self, places: FloatArray, relief: Relief) -> FloatArray:
        """Return the loss at weights `(k, 2)`; beyond the ground, where nothing is drawn, the highest."""
        losses = np.full(len(places), relief.limits[1])
        inside = relief.holds(places)
        if inside.any():
            losses[inside] = self.plane.losses(places[inside])
        return losses

    @property
    def swapped(self) -> bool:
        """Whether two walks end in two places that are, as written, each other with the weights exchanged."""
        if self.compare == "batches" or len(self.walks) < 2:
            return False
        one, other = (walk.last for walk in self.walks)
        return bool(np.abs(one - other[::-1]).max() < WRITTEN and np.abs(one - other).max() > 4 * WRITTEN)

    def captions(self) -> dict[str, str]:
        chosen = {"gradient": self._gradient_caption()}
        if self.compare == "batches":
            return chosen | {"compare": self._compare_caption()}
        return chosen | {"ridge": self._ridge_caption(), "end": self._end_caption()}

    def _gradient_caption(self) -> str:
        return "gradient" if self.gradient.any() else "gradient-flat"

    def _ridge_caption(self) -> str:
        if len(self.walks) == 1:
            return "ridge-one"
        one, other = (walk.descent.weights[0] for walk in self.walks)
        near = np.abs(one - other).max() <= _NEAR * self.reach
        return "ridge-near" if near else "ridge-apart"

    def _end_caption(self) -> str:
        ends = {walk.end for walk in self.walks}
        if "astray" in ends:
            return "end-astray"
        if self.swapped and ends == {"arrived"}:
            return "end-swapped"
        if "under-way" in ends:
            return "end-under-way"
        if len(self.walks) == 1:
            return "end-arrived"
        one, other = (walk.valley for walk in self.walks)
        return "end-same" if one.near(other, _NEAR * self.reach) else "end-apart"

    def _compare_caption(self) -> str:
        return "compare-astray" if any(walk.end == "astray" for walk in self.walks) else "compare"

    def results(self) -> dict[str, Any]:
        return {
            "compare": self.compare,
            "trained_weights": self.trained.tolist(),
            "parameters": self.network.parameters.tolist(),
            "swapped": self.swapped,
            "walks": [
                {
                    "batch_size": walk.descent.batch_size,
                    "learning_rate": walk.descent.learning_rate,
                    "updates": len(walk.descent),
                    "passes": float(walk.descent.passes[-1]),
                    "weights": walk.descent.weights.tolist(),
                    "losses": walk.descent.losses.tolist(),
                    "end": walk.end,
                    "valley": walk.valley.weights.tolist(),
                    "valley_loss": walk.valley.loss,
                }
                for walk in self.walks
            ],
        }


def compute(parameters: LossSurfaceParameters) -> LossSurfaceNumbers:
    """Train the network, then let two of its weights walk with every other parameter held."""
    dataset = parameters.dataset()
    network = twin_network(dataset, parameters.seed)
    places = WeightPlace(0, 0, 0), WeightPlace(0, 1, 0)
    plane = LossPlane(network, *places, dataset.points, dataset.labels, LOSS)
    if parameters.compare == "starts":
        plans: list[tuple[Start, int | None]] = [(start, None) for start in parameters.starts]
    else:
        plans = [(parameters.starts[0], size) for size in (None, parameters.batch_size, 1)]
    descents = [
        plane.descend(
            start=start,
            learning_rate=parameters.learning_rate,
            steps=parameters.steps,
            batch_size=size,
            rng=np.random.default_rng([parameters.seed, size or 0]),
        )
        for start, size in plans
    ]
    point = np.array(parameters.point)
    reach = _reach(plane, descents, point if parameters.compare == "starts" else np.zeros(2))
    return LossSurfaceNumbers(
        dataset=dataset,
        plane=plane,
        walks=tuple(_walk(plane, descent, reach) for descent in descents),
        compare=parameters.compare,
        point=point,
        gradient=plane.gradient_at(point),
        learning_rate=parameters.learning_rate,
        reach=reach,
    )


def _reach(plane: LossPlane, descents: list[PlaneDescent], point: FloatArray) -> float:
    """Return how far from 0 that is which happens on the ground, along either weight."""
    starts = [float(np.abs(descent.weights[0]).max()) for descent in descents]
    trained = float(np.abs(plane.own_weights).max()) / _TRAINED
    least = max(trained, *starts, float(np.abs(point).max()), _LEAST)
    visited = np.concatenate([np.abs(descent.weights).max(axis=1) for descent in descents])
    return max(least, float(visited[visited <= _FAR * least].max()))


def _walk(plane: LossPlane, descent: PlaneDescent, reach: float) -> Walk:
    """Tell what became of a descent."""
    last = descent.weights[-1]
    if descent.diverged_at is not None or np.abs(last).max() > _BEYOND * reach:
        own = plane.own_weights
        return Walk(descent, Valley(own, plane.loss_at(own)), "astray")
    valley = settle(plane, last)
    arrived = np.abs(last - valley.weights).max() <= _ARRIVED * reach
    return Walk(descent, valley, "arrived" if arrived else "under-way")


def _beats_of(parameters: LossSurfaceParameters) -> tuple[str, ...]:
    if parameters.compare == "batches":
        return ("above", "full", "mini", "single", "compare")
    return ("curve", "surface", "map", "gradient", "ridge", "part", "end")


DEFINITION = SceneDefinition(
    home=__name__,
    name="loss-surface",
    summary="Two weights, one loss: from one ridge, walks part into two valleys of the same network.",
    parameters=LossSurfaceParameters,
    presets={
        "two-valleys": {},
        "batches": {
            "compare": "batches",
            "starts": ((0.8, 0.6),),
            "noise": 0.25,
            "batch_size": 8,
            "steps": 100,
        },
    },
    beats={
        "curve": (),
        "surface": (),
        "map": (),
        "gradient": ("gradient", "gradient-flat"),
        "ridge": ("ridge-near", "ridge-apart", "ridge-one"),
        "part": (),
        "end": (
            "end-swapped",
            "end-same",
            "end-apart",
            "end-arrived",
            "end-under-way",
            "end-astray",
        ),
        "above": (),
        "full": (),
        "mini": (),
        "single": (),
        "compare": ("compare", "compare-astray"),
    },
    compute=compute,
    captions=LossSurfaceNumbers.captions,
    beats_of=_beats_of,
    drawing="drawing:LossSurface",
    lesson="scenes.learning.lesson",
    cover={"two-valleys": "part", "batches": "compare"},
)
