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
from scenes.families.hidden_plane.numbers import TIPS, Box, HiddenPlaneNumbers, read_off
from scenes.style.numerals import all_written, written, written_dot


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
    def shown_product(self) -> FloatArray:
        """W₂ W₁ as a viewer multiplies it out from the numbers on screen, `(1, 2)`."""
        (outer,), inner = all_written(self.last.weights), all_written(self.first.weights)
        return all_written([[float(written_dot(outer, column)) for column in inner.T]])

    @property
    def shown_bias(self) -> float:
        """W₂ b₁ + b₂ as a viewer adds it up from the numbers on screen."""
        (outer,), (bias,) = all_written(self.last.weights), all_written(self.last.bias)
        return float(written(float(written_dot(outer, all_written(self.first.bias), float(bias)))))

    def captions(self) -> dict[str, str]:
        better = self.threshold.right > self.alone.right
        return {
            **super().captions(),
            "read-off": "read-off" if self.last.weights.any() else "read-off-zero",
            # How two layers compare with one.
            "score": "score-better" if better else "score-perfect" if self.perfect else "score",
        }

    def rewound(self, t: float, scale: float, zero: float, box: Box) -> PlaneMap:
        """Return the map at time `t` of the way back from the number line to the plane as it was."""
        return self.scored(1.0 - 2.0 * t, scale, zero, box) if t < 0.5 else self.unmoved(2.0 * t - 1.0)

    def scored_at_once(self, t: float, scale: float, zero: float, box: Box) -> PlaneMap:
        """Return the map at time `t` of the one motion that W₂ W₁ makes; arguments as of `scored`."""
        return PlaneMap(*read_off(self.collapsed, self.dataset.points, t, scale, zero, box, TIPS))

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
        "shift": ("shift", "shift-still", "shift-slight"),
        "read-off": ("read-off", "read-off-zero"),
        "score": ("score", "score-better", "score-perfect"),
        "rewind": (),
        "product": (),
        "at-once": (),
    },
    compute=compute,
    captions=TwoLinearLayersNumbers.captions,
    drawing="drawing:TwoLinearLayers",
    lesson="scenes.linear_algebra.lesson",
    cover={"": "score"},
)
