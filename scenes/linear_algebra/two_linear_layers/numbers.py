"""A 2-2-1 network without activation: two linear maps in a row are one linear map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from nnmath import (
    BestThreshold,
    FloatArray,
    Layer,
    best_threshold,
    collapse_linear,
)
from nnmath.plane_map import PlaneMap
from scenes.definition import SceneDefinition
from scenes.families.curves import HARD_GAP, CurvesParameters, Gap
from scenes.families.exactness import joined, trained_network
from scenes.families.hidden_plane.numbers import (
    TIPS,
    HiddenPlaneNumbers,
    Line,
    LinePlace,
    carried,
    read_off,
)

# How far the boundary is followed, so that no picture shows its end, in shares of the points' reach.
_FAR = 1000.0


class TwoLinearLayersParameters(CurvesParameters):
    """Parameters of `two-linear-layers`."""

    gap: Gap = HARD_GAP
    weight_decay: float = Field(
        0.0,
        ge=0.0,
        le=0.1,
        description="strength of the pull on the weights towards 0 while training; it presses W₁ flat",
    )


@dataclass(frozen=True)
class TwoLinearLayersNumbers(HiddenPlaneNumbers):
    """The trained network, the one layer that it is worth, and a layer trained alone.

    Attributes:
        alone: the decision of a single layer trained on the same points.
    """

    alone: BestThreshold

    @property
    def collapsed(self) -> Layer:
        """The single layer of weights W₂ W₁ and bias W₂ b₁ + b₂."""
        return collapse_linear(self.network)

    @property
    def boundary(self) -> FloatArray:
        """Where the score is the threshold: one straight piece `(1, 2, 2)` of the input plane, or none."""
        if not self.parts:
            return np.zeros((0, 2, 2))
        weights = self.collapsed.weights[0]
        low, high = self.dataset.extent
        foot = weights * (self.threshold.value - self.collapsed.bias[0]) / (weights @ weights)
        along = np.array([-weights[1], weights[0]]) / np.hypot(*weights)
        far = _FAR * float(np.abs([low, high, foot]).max())
        return np.array([[foot - far * along, foot + far * along]])

    def captions(self) -> dict[str, str]:
        return {
            **super().captions(),
            "read-off": "read-off" if self.last.weights.any() else "read-off-zero",
            "rewind": self._rewind_caption(),
        }

    def _rewind_caption(self) -> str:
        """Return the caption that says how two layers compare with one, and why."""
        if not self.parts:
            return "rewind-none"
        return "rewind-better" if self.threshold.right > self.alone.right else "rewind"

    def scored_at_once(self, t: float, place: LinePlace) -> PlaneMap:
        """Return the map at time `t` of the one motion that W₂ W₁ makes."""
        return PlaneMap(*read_off(self.collapsed, self.dataset.points, t, place, TIPS))

    def decision_at_once(self, t: float, place: LinePlace) -> Line:
        """Return where the line of all scores at the threshold is at time `t` of that motion."""
        moved = read_off(self.collapsed, self.dataset.points, t, place, TIPS)
        return carried(self.collapsed, self.threshold.value, *moved)

    def right_at(self, threshold: float) -> int:
        """Return how many points are right if the threshold is another one."""
        return int(np.count_nonzero((self.scores >= threshold) == (self.dataset.labels == 1)))

    @property
    def largest_difference(self) -> float:
        """The largest distance between a point's score after two layers and after the one."""
        single = self.dataset.points @ self.collapsed.weights[0] + self.collapsed.bias[0]
        return float(np.abs(single - self.scores).max())

    def results(self) -> dict[str, Any]:
        return {
            **super().results(),
            "right_alone": self.alone.right,
            "product": self.collapsed.weights.tolist(),
            "product_bias": self.collapsed.bias.tolist(),
            "largest_difference": self.largest_difference,
        }


def compute(parameters: TwoLinearLayersParameters) -> TwoLinearLayersNumbers:
    """Train two layers without activation, and one layer alone, on the two curves."""
    dataset = parameters.dataset()
    # Every start ends at the same loss: the network can only be a line.
    decay = parameters.weight_decay
    two = trained_network(dataset, (2,), "identity", seed=parameters.seed, weight_decay=decay)
    one = trained_network(dataset, (), seed=parameters.seed, weight_decay=decay)
    alone = best_threshold(joined(one.forward(dataset.points).output[:, 0]), dataset.labels)
    return TwoLinearLayersNumbers.of(dataset, two, alone=alone)


DEFINITION = SceneDefinition(
    home=__name__,
    name="two-linear-layers",
    summary="Two layers without activation do no more than one: two linear maps are one.",
    parameters=TwoLinearLayersParameters,
    presets={"hard": {"seed": 4}},
    beats={
        "curves": (),
        "turn": ("turn", "turn-flat", "turn-zero", "turn-slight"),
        "read-off": ("read-off", "read-off-zero"),
        "score": (),
        "rewind": ("rewind", "rewind-better", "rewind-none"),
        "product": (),
        "at-once": (),
    },
    compute=compute,
    captions=TwoLinearLayersNumbers.captions,
    drawing="drawing:TwoLinearLayers",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "at-once"},
)
