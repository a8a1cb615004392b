"""A 2-2-1 network with ReLU folds the plane until one straight line separates the two curves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pydantic import Field

from nnmath import FloatArray, decision_boundary, linearly_separable
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, Gap, PointsParameters
from scenes.families.exactness import trained_network
from scenes.families.hidden_plane.numbers import HiddenPlaneNumbers
from scenes.linear_algebra.relu_folding.boundary import bends, line_count

# Beyond the curves, how far the boundary is followed, and how near to them a bend is among them.
_BEYOND, _BESIDE = 1.5, 1e-6


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
        """Where the score is the threshold: straight pieces `(s, 2, 2)` of the input plane.

        There are none where the threshold parts nothing.
        """
        return self._boundary_within(_BEYOND)

    def _boundary_within(self, beyond: float) -> FloatArray:
        """Return the boundary's pieces as far as `beyond` the outermost points."""
        if not self.parts:
            return np.zeros((0, 2, 2))
        low, high = self.dataset.extent
        return decision_boundary(self.network, low - beyond, high + beyond, level=self.threshold.value)

    def folded(self, t: float) -> PlaneMap:
        """Return the map at time `t` in [0, 2] of the fold: h₁ until 1, then h₂."""
        fold = np.clip([t, t - 1.0], 0.0, 1.0)
        return PlaneMap(self.first.weights, self.first.bias, fold)

    def unfolded(self, t: float) -> PlaneMap:
        """Return the map at time `t` of the way back: unfold, then undo the shift and the turn."""
        return self.folded(2.0 - 4.0 * t) if t < 0.5 else self.unmoved(2.0 * t - 1.0)

    def captions(self) -> dict[str, str]:
        almost = "separate-almost" if self.parts else "separate-none"
        return {
            **super().captions(),
            "curves": "curves-easy" if self.separable else "curves",
            "fold-1": self._fold_caption(0),
            "fold-2": self._fold_caption(1),
            "separate": "separate" if self.perfect else almost,
            "bent-line": self._boundary_caption(),
        }

    def _fold_caption(self, unit: int) -> str:
        """Return the caption that says whether this unit's fold moves points of the data, or anything."""
        if (self.pre_activations[:, unit] < 0).any():
            return f"fold-{unit + 1}"
        # Only a plane that reaches below 0 has something to fold.
        moves = self.first.weights[unit].any()
        return f"fold-{unit + 1}-empty" if moves else f"fold-{unit + 1}-none"

    def _boundary_caption(self) -> str:
        """Return the caption that says what the boundary looks like among the points, and around them."""
        if not len(self.boundary):
            return "bent-line-none"
        if line_count(self.boundary) > 1:
            return "bent-line-two"
        if bends(self._boundary_within(_BESIDE)):
            return "bent-line"
        return "bent-line-among" if bends(self.boundary) else "bent-line-straight"


def compute(parameters: ReluFoldingParameters) -> ReluFoldingNumbers:
    """Train the network on the two curves and follow every point through it."""
    dataset = parameters.dataset()
    network = trained_network(
        dataset,
        (2,),
        "relu",
        seed=parameters.seed,
        restarts=parameters.restarts,
        weight_decay=parameters.weight_decay,
    )
    return ReluFoldingNumbers.of(dataset, network)


DEFINITION = SceneDefinition(
    home=__name__,
    name="relu-folding",
    summary="ReLU folds the plane so that one straight line separates the two curves.",
    parameters=ReluFoldingParameters,
    # From this start both folds lay down a wing of the curves.
    presets={"hard": {"seed": 6}},
    beats={
        "curves": ("curves", "curves-easy"),
        "turn": ("turn", "turn-flat", "turn-zero", "turn-slight"),
        "shift": ("shift", "shift-still", "shift-slight"),
        "fold-1": ("fold-1", "fold-1-empty", "fold-1-none"),
        "fold-2": ("fold-2", "fold-2-empty", "fold-2-none"),
        "separate": ("separate", "separate-almost", "separate-none"),
        "score": (),
        "bent-line": (
            "bent-line",
            "bent-line-two",
            "bent-line-among",
            "bent-line-straight",
            "bent-line-none",
        ),
    },
    compute=compute,
    captions=ReluFoldingNumbers.captions,
    drawing="drawing:ReluFolding",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "separate"},
)
