"""A 2-2-1 network with ReLU folds the plane until one straight line separates the two curves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pydantic import Field

from nnmath import FloatArray, between_maps, decision_boundary, linearly_separable, train_classifier
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, Gap, PointsParameters
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers
from scenes.linear_algebra import LESSON

# Beyond the curves, how far the boundary is followed.
_BEYOND = 1.5


class ReluFoldingParameters(PointsParameters):
    """Parameters of `relu-folding`."""

    gap: Gap = HARD_GAP
    weight_decay: float = Field(
        1e-3, ge=0.0, le=0.1, description="strength of the pull on the weights towards 0 while training"
    )
    restarts: int = Field(6, ge=1, le=12, description="random starts, of which the best is kept")


@dataclass(frozen=True)
class ReluFoldingNumbers(HiddenPlaneNumbers):
    """The trained network, its hidden plane, its decision, and the fold in between."""

    @cached_property
    def separable(self) -> bool:
        """Whether a straight line could part the classes without any fold."""
        return linearly_separable(self.dataset.points, self.dataset.labels)

    @cached_property
    def boundary(self) -> FloatArray:
        """Where the score is the threshold: straight pieces `(s, 2, 2)` of the input plane."""
        low, high = self.dataset.extent
        return decision_boundary(self.network, low - _BEYOND, high + _BEYOND, level=self.threshold.value)

    @property
    def motions(self) -> tuple[Callable[[float], PlaneMap], ...]:
        return *super().motions, self.unfolded

    def folded(self, t: float) -> PlaneMap:
        """Return the map at time `t` in [0, 2] of the fold: h₁ until 1, then h₂."""
        fold = np.clip([t, t - 1.0], 0.0, 1.0)
        return PlaneMap(self.first.weights, self.first.bias, fold)

    def unfolded(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the way back: unfold, then undo the shift and the turn."""
        if t < 0.5:
            return self.folded(2.0 - 4.0 * t)
        left = 2.0 - 2.0 * t
        return PlaneMap(between_maps(np.eye(2), self.first.weights, left), left * self.first.bias)

    def captions(self) -> dict[str, str]:
        perfect, pieces = self.perfect, len(self.boundary)
        first, second = (bool((unit < 0).any()) for unit in self.pre_activations.T)
        return {
            "curves": "curves-easy" if self.separable else "curves",
            # A fold that moves no point of the data says so.
            "fold-1": "fold-1" if first else "fold-1-empty",
            "fold-2": "fold-2" if second else "fold-2-empty",
            "separate": "separate" if perfect else "separate-almost",
            "score": "score" if perfect else "score-almost",
            "bent-line": "bent-line" if pieces > 1 else "bent-line-straight" if pieces else "bent-line-none",
        }


def compute(parameters: ReluFoldingParameters) -> ReluFoldingNumbers:
    """Train the network on the two curves and follow every point through it."""
    dataset = parameters.dataset()
    run = train_classifier(
        dataset,
        (2,),
        "relu",
        seed=parameters.seed,
        restarts=parameters.restarts,
        weight_decay=parameters.weight_decay,
    )
    return ReluFoldingNumbers.of(dataset, run.network)


DEFINITION = SceneDefinition(
    home=__name__,
    name="relu-folding",
    summary="ReLU folds the plane so that one straight line separates the two curves.",
    parameters=ReluFoldingParameters,
    # From this start both folds lay down a wing of the curves.
    presets={"hard": {"seed": 6}},
    beats={
        "curves": ("curves", "curves-easy"),
        "turn": (),
        "shift": (),
        "fold-1": ("fold-1", "fold-1-empty"),
        "fold-2": ("fold-2", "fold-2-empty"),
        "separate": ("separate", "separate-almost"),
        "score": ("score", "score-almost"),
        "bent-line": ("bent-line", "bent-line-straight", "bent-line-none"),
    },
    compute=compute,
    captions=ReluFoldingNumbers.captions,
    drawing="drawing:ReluFolding",
    lesson=LESSON,
    cover={"": "separate"},
)
